"""The meeting screen: promises due, findings and questions as the points to discuss, and the time left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget

from core.actions.overdue_actions import age_words
from core.answers.answer import Finding, Proposal, Table
from core.answers.ranking import ASKING, ranked
from core.journal.actions import Action
from core.journal.entry import word_of
from core.journal.projections import TALKED
from core.language.dates import clock
from core.language.wording import N_, listing, plural, say
from tui.keymap import keys
from tui.screens.actions import metric_words
from tui.screens.base_screen import BaseScreen
from tui.screens.dialogs import AskLine
from tui.screens.form import action_form, record_form
from tui.screens.step.step_texts import made_words, note_words
from tui.screens.step_dialogs import decide_carried
from tui.text.meeting_clock import PointTime, clock_words, point_times
from tui.text.sanitize import Shown, content, fit, line
from tui.text.text_layout import Prose, hang
from tui.widgets.answer import role_word
from tui.widgets.containers import Across
from tui.widgets.labels import Words
from tui.widgets.lists import Point, Points
from tui.widgets.rows import Rows
from tui.widgets.timing import minutes_until, span

_SOON = 5
MOST = 12
"""Number of points that a meeting of a quarter of an hour can hold; further ones are hidden at first."""
_WEEK = "week/table"


_WEIGHTS = {"week": 3.0, "promise": 2.0}
"""How much more time than an ordinary point the past week's figures and a promise get (a judgement)."""
_TIME = 5
"""The width of a time in cells."""
_ROOMY = 20
"""The screen height in lines from which the bar of the time used is shown."""


class Meeting(BaseScreen):
    """The screen for a meeting: the points to discuss, the actions agreed, and the time left."""

    KEYS: ClassVar[tuple[keys.Key, ...]] = (*keys.MEETING, *keys.LEAVE, *keys.EVERYWHERE)
    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(keys.MEETING, keys.LEAVE)
    HELP: ClassVar[str] = N_(
        "On Mondays the meeting starts with the figures of the past week; then come promises due, "
        "the morning's findings and the questions. Space ticks a point, p assigns the proposal for "
        "it, a writes down who does what by when, f decides the ad budget. The clock above counts "
        "the minutes of the meeting and of the current point."
    )
    AUTO_FOCUS: ClassVar[str | None] = "Points"

    def __init__(self, step: str) -> None:
        super().__init__()
        self.step_id = step
        self._extra: dict[str, timedelta] = {}
        """The time that points got in addition, by key."""
        self.unfolded = False
        """Whether all points are shown, not only as many as the meeting can hold."""

    def title_words(self) -> str:
        """Return the step's title."""
        return say(self.workday.step(self.step_id).title)

    def body(self) -> Iterable[Widget]:
        """Yield the time left, the points to discuss, and the actions and notes beside or below them."""
        yield Words(id="top")
        with Across(id="split"):
            yield Points(id="points")
            with VerticalScroll(id="aside", can_focus=False):
                yield Words(id="picked")
                yield Words(id="todo")
        yield Words(id="bottom")

    # -- the points --------------------------------------------------------------------------------

    def points(self) -> list[Point]:
        """Return the points to show; if there are more than ``MOST``, the first ones and all questions.

        With ``unfolded``, all points are shown.
        """
        points = self.all_points()
        if self.unfolded or len(points) <= MOST:
            return points
        questions = {key for key, *_ in self._questions()}
        asked = [point for point in points if point.key in questions]
        rest = [point for point in points if point not in asked]
        return [*rest[: max(0, MOST - len(asked))], *asked]

    def all_points(self) -> list[Point]:
        """Return all points in order: the past week (on Mondays), promises due, findings, questions."""
        done = {key for key, one in self.workday.decisions(self.step_id).items() if one.choice == TALKED}
        found = [*self._week(), *self._promises(), *self._findings(), *self._questions()]
        return [Point(key, group, text, key in done, look) for key, group, text, look in found]

    # -- the clocks --------------------------------------------------------------------------------

    def _times(self, points: Sequence[Point], current: str) -> list[PointTime]:
        """Return the times of the points; ``current`` is the key of the one discussed now.

        Empty if the meeting has not begun.
        """
        box = self.workday.agenda().line(self.step_id)
        if box.visit is None:
            return []
        talked = {
            key: one.at for key, one in self.workday.decisions(self.step_id).items() if one.choice == TALKED
        }
        keys_ = [point.key for point in points]
        return point_times(
            [self._weight(point.key) for point in points],
            [talked.get(key) for key in keys_],
            keys_.index(current) if current in keys_ else -1,
            start=box.visit.start,
            end=box.visit.end,
            now=self.workday.now(),
            extra=self._extra.get(current, timedelta()),
        )

    def _weight(self, key: str) -> float:
        """Return how much of the time a point gets, compared with an ordinary one."""
        return _WEIGHTS["week"] if key == _WEEK else _WEIGHTS["promise"] if key.startswith("action/") else 1.0

    def _current(self, points: Sequence[Point]) -> str:
        """Return the key of the point discussed now: the selected one, or else the first one not ticked."""
        picked = self.query_one(Points).picked
        if picked is not None and any(one.key == picked.key and not one.ticked for one in points):
            return picked.key
        return next((one.key for one in points if not one.ticked), "")

    def _timed(self, points: Sequence[Point]) -> list[Point]:
        """Return the points with their times at the right end; unchanged if the meeting has not begun."""
        times = self._times(points, self._current(points))
        if not times:
            return list(points)
        return [
            replace(point, side=_side(time), side_look="watch" if time.over else "quiet")
            for point, time in zip(points, times, strict=True)
        ]

    def _week(self) -> list[tuple[str, str, str, str]]:
        """Return one point with the past week's figures; an empty list if the meeting's analysis has none."""
        own = self.session.shown_answers().get(self.step_id)
        tables = [piece for piece in own.evidence if isinstance(piece, Table)] if own else []
        week = next((one for one in tables if any(column.id == "last_week" for column in one.columns)), None)
        if week is None:
            return []
        told = [say("{label} {now} ({change})", label=row[0], now=row[1], change=row[3]) if row[3]
                else say("{label} {now}", label=row[0], now=row[1]) for row in week.rows]  # fmt: skip
        return [(_WEEK, say("The past week"), say("{name}: {rows}", name=week.name, rows=listing(told)), "")]

    def _promises(self) -> list[tuple[str, str, str, str]]:
        day = self.workday.day
        due = [
            a
            for a in self.workday.actions(open_only=True)
            if a.created < day and (a.due is None or a.due <= day)
        ]
        return [(f"action/{a.id}", say("Promises due"), self._promise(a), "watch") for a in due]

    def _promise(self, action: Action) -> str:
        number = metric_words(action)
        tail = f" ({number})" if number != "-" else ""
        left = action.first_due is not None and action.first_due < self.workday.day
        age = f"{age_words(action, self.workday.day)}  " if left else ""
        return f"{age}{action.owner or action.role}: {action.text}{tail}"

    def _findings(self) -> list[tuple[str, str, str, str]]:
        return [(one.key, group, one.text, one.level) for group, one in self._found()]

    def _found(self) -> list[tuple[str, Finding]]:
        """Return the findings to discuss, as (heading, finding), by level and then money at stake.

        Those of the meeting's own analysis come first, then those of other steps that ask for action.
        """
        shown = self.session.shown_answers()
        own, margin = shown.get(self.step_id), self.workday.shop.margin
        others = (shown.get(step.id) for step in self.workday.plan.steps if step.id != self.step_id)
        morning = [one for answer in others if answer is not None for one in answer.findings]
        told: set[str] = set()
        found: list[tuple[str, Finding]] = []
        for group, findings in (
            (say("For the meeting"), ranked(own.findings, margin) if own else []),
            (say("Found this morning"), ranked([one for one in morning if one.level in ASKING], margin)),
        ):
            for one in findings:
                if one.key not in told:
                    told.add(one.key)
                    found.append((group, one))
        return found

    def _questions(self) -> list[tuple[str, str, str, str]]:
        asked = self.workday.step(self.step_id).ask
        return [(f"ask/{question}", say("Questions"), say(question), "") for question in asked]

    # -- drawing ---------------------------------------------------------------------------------

    def redraw(self) -> None:
        """Draw the points, the time left, and the actions and notes."""
        held = self.query_one(Points)
        points = self._timed(self.points())
        held.side_title = _side_title() if any(point.side for point in points) else ""
        held.load(points)
        self._draw_top()
        made = [a for a in self.workday.actions() if a.step == self.step_id and a.created == self.workday.day]
        shown = made_words(made)
        agreed = shown or Prose([content(say("No action agreed yet: press a"), "$quiet")])
        self.query_one("#picked", Words).put(agreed)
        self.query_one("#todo", Words).put(note_words(self.workday.notes(self.step_id)))
        self._draw_bottom(len(made))

    def minute(self) -> None:
        """Update the time left; called every minute."""
        super().minute()
        self.redraw()

    def _draw_top(self) -> None:
        points = self.query_one(Points).points
        ticked = sum(1 for point in points if point.ticked)
        talked = say("{n}/{total} discussed", n=ticked, total=len(points))
        folded = len(self.all_points()) - len(points)
        more = "  " + plural("{n} more: press m", "{n} more: press m", folded) if folded else ""
        words = line(*self._countdown(), *self._topic_time(points), "   ", (talked + more, "$quiet"))
        bar = [self._bar] if self.app.size.height >= _ROOMY else []
        self.query_one("#top", Words).put(Prose([words, *bar]))

    def _bar(self, room: int) -> list[Shown]:
        """Return a bar as wide as the screen: the time used, and the time left; all used when it is over."""
        box = self.workday.agenda().line(self.step_id)
        if box.visit is None:
            return []
        whole = max(timedelta(minutes=1), box.visit.end - box.visit.start)
        part = max(0.0, min(1.0, (self.workday.now() - box.visit.start) / whole))
        used = round(part * room)
        return [line(("⣿" * used, "$missed" if part >= 1 else "$plain"), ("⣀" * (room - used), "$quiet"))]

    def _topic_time(self, points: Sequence[Point]) -> tuple[tuple[str, str] | str, ...]:
        """Return how long the current point has been discussed, and by how much it is over its time.

        Empty if the meeting has not begun, or if all points have been discussed.
        """
        times = self._times(points, self._current(points))
        now = next((one for one in times if one.given is not None and one.used is not None), None)
        if now is None or now.given is None or now.used is None:
            return ()
        if now.over >= timedelta(minutes=1):
            over = span(int(now.over // timedelta(minutes=1)))
            return ("   ", (say("this point {span} over", span=over), "bold $level-watch"))
        used, given = clock_words(now.used), clock_words(now.given)
        return ("   ", (say("this point {used} of {given}", used=used, given=given), "$quiet"))

    def _countdown(self) -> tuple[tuple[str, str] | str, ...]:
        end = self._end()
        left = minutes_until(end, self.workday.now())
        if left < 0:
            return (
                (
                    say("{span} over; should have ended at {time}", span=span(-left), time=clock(end)),
                    "bold $level-act",
                ),
            )
        look = "bold $level-watch" if left <= _SOON else "bold"
        return (
            (say("{span} left", span=span(left)), look),
            (f"  {say('ends {time}', time=clock(end))}", "$quiet"),
        )

    def _end(self) -> datetime:
        """Return the meeting's end as planned when it began; if it has not begun, as planned now."""
        box = self.workday.agenda().line(self.step_id)
        return box.end if box.visit is None else box.visit.end

    def _draw_bottom(self, made: int) -> None:
        picked = self.query_one(Points).picked
        count: Shown = content(plural("{n} action agreed", "{n} actions agreed", made), "$quiet")
        self.query_one("#bottom", Words).put(Prose([hang("", picked.text), count] if picked else [count]))

    @on(Rows.Moved)
    def _moved(self) -> None:
        self._draw_times()
        made = [a for a in self.workday.actions() if a.step == self.step_id and a.created == self.workday.day]
        self._draw_bottom(len(made))

    def _draw_times(self) -> None:
        """Draw the times again after another point was selected."""
        shown = self.query_one(Points)
        points = self._timed(shown.points)
        if points != shown.points:
            shown.load(points)
        self._draw_top()

    # -- keys ------------------------------------------------------------------------------------

    def why_not(self, does: str) -> str | None:
        """Return why the key for ``does`` does not work now; None if it works."""
        box = self.workday.agenda().line(self.step_id)
        reasons: dict[str, tuple[Callable[[], object], str]] = {
            "tick": (lambda: self.query_one(Points).picked, N_("There is no point here to tick.")),
            "minute_more": (lambda: box.visit, N_("The meeting has not begun: press Esc, then b.")),
            "take": (
                lambda: self._proposal() or self._next_proposed(),
                N_("There is no proposal for this point; press a to write an action."),
            ),
            "budget": (
                lambda: "ad_budget" in self.workday.step(self.step_id).record,
                N_("The ad budget is not decided in this step."),
            ),
            "more": (lambda: len(self.all_points()) > MOST, N_("All points are already shown.")),
            "finish": (
                lambda: box.state not in ("done", "skipped", "dropped"),
                N_("This step is already finished."),
            ),
        }
        can, reason = reasons.get(does, (lambda: True, ""))
        return None if can() else say(reason)

    @on(Rows.Chosen)
    def do_tick(self) -> None:
        """Tick or untick the selected point."""
        points = self.query_one(Points)
        picked = points.picked
        if picked is None:
            return
        waiting = {f"action/{one.id}": one for one in self.workday.undecided()}
        if picked.key in waiting and not picked.ticked:
            decide_carried(self, waiting[picked.key], self._tick)
            return
        self._tick()

    def _tick(self) -> None:
        points = self.query_one(Points)
        picked = points.picked
        if picked is None:
            return
        self.workday.decide(self.step_id, picked.key, "" if picked.ticked else TALKED, {"text": picked.text})
        self.redraw()
        if not picked.ticked:
            points.action_move("down")

    def _proposal(self) -> tuple[str, Proposal] | None:
        """Return the first proposal for the selected point, as (key of its finding, proposal).

        None if there is none, or if an action was made from the finding today.
        """
        picked = self.query_one(Points).picked
        return None if picked is None else self._proposals().get(picked.key)

    def _proposals(self) -> dict[str, tuple[str, Proposal]]:
        """Return the first proposal of each finding without an action made today, by its point's key."""
        agreed = {one.finding for one in self.workday.actions() if one.created == self.workday.day}
        return {
            one.key: (one.key, one.proposals[0])
            for _, one in self._found()
            if one.proposals and one.key not in agreed
        }

    def _next_proposed(self) -> str | None:
        """Return the key of the next point with a proposal, also a hidden one; None if there is none."""
        proposed, points = self._proposals(), self.all_points()
        picked = self.query_one(Points).picked
        at = next((n for n, one in enumerate(points) if picked is not None and one.key == picked.key), -1)
        return next((one.key for one in (*points[at + 1 :], *points[: at + 1]) if one.key in proposed), None)

    def _go_to(self, key: str) -> None:
        """Put the cursor on a point; if it is hidden, show all points."""
        if key not in [one.key for one in self.points()]:
            self.unfolded = True
            self.redraw()
        self.query_one(Points).pick(key)

    def do_take(self) -> None:
        """Make an action from the first proposal for the selected point, and go to the next with one.

        If the selected point has no proposal, only go to the next one that has.
        """
        proposed = self._proposal()
        if proposed is None:
            if (key := self._next_proposed()) is not None:
                self._go_to(key)
                self.tell(say("This point has a proposal: press p again to assign it."))
            return
        key, proposal = proposed
        entry = self.workday.act(self.step_id, proposal, finding=key)
        self.redraw()
        if (following := self._next_proposed()) is not None:
            self._go_to(following)
        owner = word_of(entry, "owner") or role_word(word_of(entry, "role"))
        self.tell(say("Assigned to {owner}.", owner=owner), "good")

    def do_budget(self) -> None:
        """Open the form for the day's ad budget."""
        form = next(one for one in self.workday.forms(self.step_id) if one.id == "ad_budget")
        self.app.push_screen(record_form(self.session, self.step_id, form), lambda _: self.redraw())

    def do_minute_more(self) -> None:
        """Give the current point one more minute, which the others lose."""
        current = self._current(self.query_one(Points).points)
        if current:
            self._extra[current] = self._extra.get(current, timedelta()) + timedelta(minutes=1)
            self.redraw()

    def do_more(self) -> None:
        """Switch between showing all points and only as many as there is time for."""
        self.unfolded = not self.unfolded
        self.redraw()

    def do_act(self) -> None:
        """Open the form for a new action, linked to the selected finding."""
        picked = self.query_one(Points).picked
        finding = picked.key if picked is not None and not picked.key.startswith(("action/", "ask/")) else ""
        self.app.push_screen(action_form(self.session, self.step_id, finding=finding))

    def do_note(self) -> None:
        """Ask for a one-line note; longer ones are written on the step screen."""
        self.app.push_screen(AskLine(say("Note")), self._noted)

    def _noted(self, text: str | None) -> None:
        if text and self.attempt(self.workday.note, self.step_id, text):
            self.redraw()
            self.tell(say("Saved."), "good")

    def do_finish(self) -> None:
        """Finish the meeting's step and close the screen."""
        self.workday.finish(self.step_id)
        self.dismiss("done")


def _side(time: PointTime) -> str:
    """Return the time given to a point and the time it took, each at its place; what is unknown is blank."""
    if time.afterwards:
        return fit(say("afterwards"), 2 * _TIME + 2, right=True)
    given = "" if time.given is None else clock_words(time.given)
    used = "" if time.used is None else clock_words(time.used)
    return f"{given:>{_TIME}}  {used:>{_TIME}}"


def _side_title() -> str:
    """Return the heading of the times."""
    return f"{fit(say('given'), _TIME, right=True)}  {fit(say('used'), _TIME, right=True)}"
