"""The meeting screen: promises, findings and questions as the agenda, and the time left."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget

from core.actions.overdue_actions import age_words
from core.answers.answer import Answer
from core.journal.actions import Action
from core.journal.projections import TALKED
from core.language.dates import clock
from core.language.wording import N_, plural, say
from tui.keymap import keys
from tui.screens.actions import metric_words
from tui.screens.base_screen import BaseScreen
from tui.screens.dialogs import AskLine
from tui.screens.form import action_form
from tui.screens.step.step_texts import made_words, note_words
from tui.screens.step_dialogs import decide_carried
from tui.text.sanitize import Shown, content, line
from tui.text.text_layout import Prose, hang
from tui.widgets.containers import Across
from tui.widgets.labels import Words
from tui.widgets.lists import Point, Points
from tui.widgets.rows import Rows
from tui.widgets.timing import minutes_until, span

_SOON = 5


class Meeting(BaseScreen):
    """The points to talk about, the actions agreed, and the time left."""

    KEYS: ClassVar[tuple[keys.Key, ...]] = (*keys.MEETING, *keys.LEAVE, *keys.EVERYWHERE)
    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(keys.MEETING, keys.LEAVE)
    HELP: ClassVar[str] = N_(
        "Promises first, then what the morning found, then the questions. Space ticks a point, a writes down "
        "who does what by when. The clock above counts down to the end."
    )
    AUTO_FOCUS: ClassVar[str | None] = "Points"

    def __init__(self, step: str) -> None:
        super().__init__()
        self.step_id = step

    def title_words(self) -> str:
        """Return the step's title."""
        return say(self.workday.step(self.step_id).title)

    def body(self) -> Iterable[Widget]:
        """Yield the countdown, the points, and what was agreed beside or below them."""
        yield Words(id="top")
        with Across(id="split"):
            yield Points(id="points")
            with VerticalScroll(id="aside", can_focus=False):
                yield Words(id="picked")
                yield Words(id="todo")
        yield Words(id="bottom")

    # -- the points --------------------------------------------------------------------------------

    def points(self) -> list[Point]:
        """Return the points of the meeting: promises, important findings, questions."""
        done = {key for key, one in self.workday.decisions(self.step_id).items() if one.choice == TALKED}
        found = [*self._promises(), *self._findings(), *self._questions()]
        return [Point(key, group, text, key in done, look) for key, group, text, look in found]

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
        shown = self.session.shown_answers()
        own = shown.get(self.step_id)
        answers: list[tuple[str, Answer]] = [(say("For the meeting"), own)] if own else []
        others = (shown.get(step.id) for step in self.workday.plan.steps if step.id != self.step_id)
        answers += [(say("From the morning"), answer) for answer in others if answer is not None]
        told: set[str] = set()
        rows: list[tuple[str, str, str, str]] = []
        for group, answer in answers:
            for finding in answer.findings:
                if finding.key not in told and (finding.level in ("act", "watch") or answer is own):
                    told.add(finding.key)
                    rows.append((finding.key, group, finding.text, finding.level))
        return rows

    def _questions(self) -> list[tuple[str, str, str, str]]:
        asked = self.workday.step(self.step_id).ask
        return [(f"ask/{question}", say("Questions"), say(question), "") for question in asked]

    # -- drawing ---------------------------------------------------------------------------------

    def redraw(self) -> None:
        """Draw the points, the countdown and what was agreed."""
        self.query_one(Points).load(self.points())
        self._draw_top()
        made = [a for a in self.workday.actions() if a.step == self.step_id and a.created == self.workday.day]
        shown = made_words(made)
        agreed = shown or Prose([content(say("Nothing is agreed yet: a"), "$quiet")])
        self.query_one("#picked", Words).put(agreed)
        self.query_one("#todo", Words).put(note_words(self.workday.notes(self.step_id)))
        self._draw_bottom(len(made))

    def minute(self) -> None:
        """Update the countdown."""
        super().minute()
        self._draw_top()

    def _draw_top(self) -> None:
        points = self.query_one(Points).points
        ticked = sum(1 for point in points if point.ticked)
        talked = say("{n}/{total} talked about", n=ticked, total=len(points))
        self.query_one("#top", Words).put(line(*self._countdown(), "   ", (talked, "$quiet")))

    def _countdown(self) -> tuple[tuple[str, str] | str, ...]:
        end = self._end()
        left = minutes_until(end, self.workday.now())
        if left < 0:
            return (
                (say("{span} over its end at {time}", span=span(-left), time=clock(end)), "bold $level-act"),
            )
        look = "bold $level-watch" if left <= _SOON else "bold"
        return (
            (say("{span} left", span=span(left)), look),
            (f"  {say('ends {time}', time=clock(end))}", "$quiet"),
        )

    def _end(self) -> datetime:
        """Return the hard end of the meeting's block if it has one, else the end of its box."""
        box = self.workday.agenda().line(self.step_id)
        if box.block.hard and box.block.ends is not None:
            return box.planned_start.replace(hour=box.block.ends.hour, minute=box.block.ends.minute)
        return box.end

    def _draw_bottom(self, made: int) -> None:
        picked = self.query_one(Points).picked
        count: Shown = content(plural("{n} action agreed", "{n} actions agreed", made), "$quiet")
        self.query_one("#bottom", Words).put(Prose([hang("", picked.text), count] if picked else [count]))

    @on(Rows.Moved)
    def _moved(self) -> None:
        made = [a for a in self.workday.actions() if a.step == self.step_id and a.created == self.workday.day]
        self._draw_bottom(len(made))

    # -- keys ------------------------------------------------------------------------------------

    def why_not(self, does: str) -> str | None:
        """Return why the key does not work now; None if it works."""
        if does == "tick" and self.query_one(Points).picked is None:
            return say("There is no point to tick.")
        if does == "finish" and self.workday.agenda().line(self.step_id).state in (
            "done",
            "skipped",
            "dropped",
        ):
            return say("This step is over already.")
        return None

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

    def do_act(self) -> None:
        """Open the form for a new action, linked to the selected finding."""
        picked = self.query_one(Points).picked
        finding = picked.key if picked is not None and not picked.key.startswith(("action/", "ask/")) else ""
        self.app.push_screen(action_form(self.session, self.step_id, finding=finding))

    def do_note(self) -> None:
        """Write a one-line note; longer ones are written on the step screen."""
        self.app.push_screen(AskLine(say("Note")), self._noted)

    def _noted(self, text: str | None) -> None:
        if text and self.attempt(self.workday.note, self.step_id, text):
            self.redraw()
            self.tell(say("Saved."), "good")

    def do_finish(self) -> None:
        """Finish the step."""
        self.workday.finish(self.step_id)
        self.dismiss("done")
