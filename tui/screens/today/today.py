"""The Today screen: the day's agenda, the time left, and details of the selected step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget

from core.actions.overdue_actions import age_words, carried
from core.answers.stake_words import stake_words
from core.language.dates import clock, short_day
from core.language.wording import N_, listing, plural, say
from routines.days.platform_steps import unfed_words
from routines.plan.schedule import Agenda, AgendaLine
from tui.keymap import keys
from tui.runtime.answers_ahead import SUMMARY
from tui.screens.base_screen import BaseScreen
from tui.screens.today.carried_over_panel import carried_over_rows
from tui.screens.today.open_screens import OpenScreens
from tui.screens.today.past_days_panel import PastDaysPanel
from tui.text.sanitize import Shown, content, fit, line, width
from tui.text.text_layout import Block, Prose, hang, para, titled
from tui.widgets.agenda import AgendaRows, state_words
from tui.widgets.containers import Across
from tui.widgets.labels import Words, badge
from tui.widgets.presence import finish_words, presence_words
from tui.widgets.rows import Rows
from tui.widgets.timing import box_words, deadline_words, now_line, pace_words, span

if TYPE_CHECKING:
    from core.journal.actions import Action

_CARDS_FROM = 22
"""Minimum screen height in rows at which the key figures are shown."""
_ROOMY_FROM = 30
"""Minimum screen height in rows at which an empty line is left below the key figures."""
_FINDINGS = 5
_ACTIONS = 6


class Today(BaseScreen):
    """The agenda with the current step, the next deadline and, if there is room, the selected step."""

    KEYS: ClassVar[tuple[keys.Key, ...]] = (*keys.TODAY, *keys.EVERYWHERE)
    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(keys.TODAY)
    HELP: ClassVar[str] = N_(
        "The day from morning to evening. Enter opens the step under the cursor; the current "
        "step is marked. If time is short, the screen names steps to leave out; p agrees."
    )
    AUTO_FOCUS: ClassVar[str | None] = "AgendaRows"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (_ROOMY_FROM, "-roomy")]  # noqa: RUF012 - typed by Textual

    def __init__(self) -> None:
        super().__init__()
        self.past_days = PastDaysPanel(self)
        self._accepted: tuple[str, ...] = ()
        """The steps that the last key left out; the key that takes back puts all of them back."""
        self.handlers = (OpenScreens(self, after_handover=self.past_days.look),)

    def body(self) -> Iterable[Widget]:
        """Yield the day's key figures and state, the agenda, and the selected step beside or below it."""
        yield Words(id="cards")
        yield Words(id="now")
        yield Words(id="pace")
        with Across(id="split"):
            yield AgendaRows(id="agenda")
            with VerticalScroll(id="aside", can_focus=False):
                yield Words(id="worth")
                yield Words(id="picked")
                yield Words(id="todo")
        yield Words(id="below")

    def on_mount(self) -> None:
        """Select the current step, and check for news about past days."""
        self.call_after_refresh(self.do_now)
        self.call_after_refresh(self.past_days.look)

    def redraw(self) -> None:
        """Draw the agenda, the lines above the agenda, and the selected step."""
        agenda, actions = self.workday.agenda(), self.workday.actions(open_only=True)
        shown, ahead = self.session.shown_answers(), self.navigator.ahead
        self.query_one(AgendaRows).load(agenda, shown.verdict, stake=shown.stake, coming=ahead.waiting)
        self._draw_cards()
        self._draw_worth()
        self._draw_times(agenda, actions)
        self._draw_picked()
        self._draw_actions(actions)

    def changed(self, parts: frozenset[str]) -> None:
        """Redraw after a change on disk, and check for news."""
        super().changed(parts)
        if parts & {"facts", "journal", "settings"}:
            self.past_days.look()

    def minute(self) -> None:
        """Update the times; called every minute."""
        super().minute()
        self.redraw()

    def _draw_cards(self) -> None:
        """Draw the key figures, once they are known and if the screen is high enough."""
        cards = self.query_one("#cards", Words)
        summary = self.session.answers.get(SUMMARY) if self.size.height >= _CARDS_FROM else None
        cards.display = summary is not None
        if summary is not None:
            from tui.widgets.key_cards import card_lines

            cards.put(Prose([lambda room: card_lines(summary, room)]))

    def _draw_worth(self) -> None:
        """Draw the findings with the most money at stake in the answers computed so far."""
        worth = [(stake_words(one.impact), one.text) for one in self.navigator.ahead.worth_most()]
        side = max((width(stake) for stake, _ in worth), default=0)

        def rows(room: int) -> list[Shown]:
            return [
                line((fit(stake, side, right=True), "$level-watch"), f" {fit(text, room - side - 1)}")
                for stake, text in worth
            ]

        self.query_one("#worth", Words).put(titled(say("Most money at stake"), [rows]) if worth else Prose())

    def _draw_times(self, agenda: Agenda, actions: Sequence[Action]) -> None:
        now = self.workday.now()
        self.query_one("#now", Words).put(now_line(agenda, now, self.size.width - 1), layout=False)
        pace = line(" ", pace_words(agenda, now), "  ", *deadline_words(agenda))
        self.query_one("#pace", Words).put(
            Prose(
                [
                    pace,
                    *self._coming(),
                    *self._files(),
                    *self._proposal(agenda),
                    *self._carried_over(actions),
                    *self._unfed(),
                    *self._people(),
                    *self.past_days.rows(),
                ]
            )
        )

    def _coming(self) -> list[Block]:
        """Return a line on how many of the day's answers have been computed; none when all have been."""
        words = self.navigator.ahead.words()
        return [hang(" ", (words, "$quiet"))] if words else []

    def _files(self) -> list[Block]:
        """Return lines on missing exports and on files that can be imported; none on a past day."""
        if self.session.past:
            return []
        return [
            hang(" ", (words, "$level-watch"), "  ", ("i", "bold $key"))
            for words in self.session.files.lines()
        ]

    def _proposal(self, agenda: Agenda) -> list[Block]:
        rows: list[Block] = []
        if agenda.catch_up:
            caught = [agenda.line(step) for step in agenda.catch_up]
            words = say(
                "Catch up in {span}: {steps}.",
                span=span(sum(line.minutes for line in caught)),
                steps=listing([say(line.step.title) for line in caught]),
            )
            rows.append(hang(" ", (words, "bold $now")))
        if (drop := agenda.proposal) is not None:
            titles = listing([say(self.workday.step(step).title) for step in drop.steps])
            if drop.deadline > self.workday.now():
                words = say(
                    "Short of time: leave out {steps} today to save {span}.",
                    steps=titles,
                    span=span(drop.frees),
                )
            else:
                late = clock(drop.deadline)
                words = say("It is past {time}: leave out {steps} today.", steps=titles, time=late)
            rows.append(hang(" ", (words, "$level-watch"), "  ", ("p", "bold $key"), " ", say("accept")))
        for over in agenda.overruns:
            words = say(
                "The required steps of “{block}” do not fit: they take until {time}.",
                block=say(over.block.title),
                time=clock(over.deadline + timedelta(minutes=over.minutes)),
            )
            rows.append(hang(" ", (words, "$level-act")))
        return rows

    def _carried_over(self, actions: Sequence[Action]) -> list[Block]:
        session = self.session
        return carried_over_rows(
            actions, self.workday.day, promises=session.morning_promises, idle=session.idle_steps
        )

    def _unfed(self) -> list[Block]:
        words = unfed_words(self.workday.plan)
        return [hang(" ", (words, "$quiet"))] if words else []

    def _people(self) -> list[Block]:
        """Return lines on questions addressed to this person by name and on who else is working."""
        rows: list[Block] = []
        if steps := list(dict.fromkeys(entry.step for entry in self.workday.asked(open_only=True))):
            titles = listing([self._title(step) for step in steps])
            rows.append(
                hang(" ", (say("Somebody asks you something in: {steps}", steps=titles), "$level-watch"))
            )
        if words := presence_words(self.workday.presence.others(), self._title):
            rows.append(hang(" ", (words, "$quiet")))
        return rows

    def _title(self, step: str) -> str:
        return next((say(one.title) for one in self.workday.plan.steps if one.id == step), step)

    # -- the selected step -----------------------------------------------------------------------

    @property
    def picked(self) -> AgendaLine | None:
        """The agenda line under the cursor; None if there is none."""
        return self.query_one(AgendaRows).selected

    def _draw_picked(self) -> None:
        picked = self.picked
        if picked is None:
            return
        answer = self.session.shown_answers().get(picked.step.id)
        title = say(picked.step.title)
        times = box_words(picked, self.workday.now(), bar=False)
        state = finish_words(self.workday.finishers(picked.step.id)) or state_words(picked)
        rows: list[Block] = [para((f"{state}  ", "$quiet"), *times)]
        if picked.state in ("running", "due", "late", "later") and picked.start > picked.planned_start:
            rows.append(content(say("planned for {time}", time=clock(picked.planned_start)), "$quiet"))
        if answer is not None:
            rows += [
                content(""),
                line(badge(answer.verdict.level)),
                hang("", (answer.verdict.text, "bold")),
                content(""),
            ]
            rows += [hang(("- ", f"bold $level-{f.level}"), f.text) for f in answer.findings[:_FINDINGS]]
        elif picked.step.analyse:
            rows.append(content(say("Open the step to see what the data show."), "$quiet"))
        replied = {reply.question for reply in self.workday.replies(picked.step.id)}
        if open_questions := [one for one in picked.step.ask if one not in replied]:
            rows += [content(""), *(hang(("? ", "$key"), say(question)) for question in open_questions)]
        elif picked.step.ask:
            rows += [content(""), content(say("All questions are answered."), "$quiet")]
        self.query_one("#picked", Words).put(titled(title, rows))
        below = (
            hang([" ", badge(answer.verdict.level), "  "], answer.verdict.text)
            if answer
            else line(" ", title)
        )
        self.query_one("#below", Words).put(Prose([below]))

    def _draw_actions(self, actions: Sequence[Action]) -> None:
        if not actions:
            self.query_one("#todo", Words).put(titled(say("Open actions"), [content(say("none"), "$quiet")]))
            return
        day = self.workday.day
        old = carried(actions, day)
        left = {one.id for one in old}
        actions = [*old, *(one for one in actions if one.id not in left)]
        rows: list[Block] = [
            hang((f"{age_words(action, day) if action.id in left else short_day(action.due)}  ",
                  self._due_look(action.due)), action.text, (f"  {action.owner or action.role}", "$quiet"))
            for action in actions[:_ACTIONS]
        ]  # fmt: skip
        more = len(actions) - _ACTIONS
        if more > 0:
            rows.append(content(say("{n} more: press a", n=more), "$quiet"))
        self.query_one("#todo", Words).put(titled(say("Open actions"), rows))

    def _due_look(self, due: object) -> str:
        return "bold $level-watch" if due is not None and due <= self.workday.day else "$quiet"  # type: ignore[operator]

    @on(Rows.Moved)
    def _moved(self) -> None:
        self._draw_picked()
        self.draw_keys()

    @on(Rows.Chosen)
    async def _chosen(self) -> None:
        await self.action_do("open")

    # -- keys ------------------------------------------------------------------------------------

    def why_not(self, does: str) -> str | None:
        """Return why the key for ``does`` does not work on the selected line; None if it works."""
        picked = self.picked
        if does in ("open", "finish", "skip", "extend", "restore") and picked is None:
            return say("The cursor is not on a step.")
        if does == "accept" and self.workday.agenda().proposal is None:
            return say("Nothing needs to be left out: all remaining steps fit.")
        if picked is not None:
            over = picked.state in ("done", "skipped", "dropped")
            if does in ("finish", "skip", "extend") and over:
                return say("“{step}” is already finished; press u to undo that.", step=say(picked.step.title))
            if does == "restore" and not over and not self._accepted:
                return say("“{step}” is still open.", step=say(picked.step.title))
        return None

    def pick(self, step: str) -> None:
        """Select a step."""
        self.query_one(AgendaRows).select(step)

    def do_now(self) -> None:
        """Select the current step."""
        current = self.workday.agenda().current
        if current is not None:
            self.query_one(AgendaRows).select(current.step.id)

    def do_nth(self, number: int) -> None:
        """Select the step with this number in the block that the cursor is in."""
        picked = self.picked
        lines = [one for one in self.workday.agenda().lines if picked and one.block == picked.block]
        if number <= len(lines):
            self.query_one(AgendaRows).select(lines[number - 1].step.id)
        else:
            words = plural(
                "This part of the day has {n} step.", "This part of the day has {n} steps.", len(lines)
            )
            self.tell(words, "watch")

    def do_open(self) -> None:
        """Open the selected step."""
        self.navigator.open_step(self._step())

    def do_finish(self) -> None:
        """Finish the selected step, and select the step that is current afterwards."""
        self.workday.finish(self._step())
        self.redraw()
        self.do_now()

    def do_skip(self) -> None:
        """Ask for a reason and skip the selected step."""
        from tui.screens.step_dialogs import ask_skip

        ask_skip(self, self._step(), self.redraw)

    def do_extend(self) -> None:
        """Extend the selected step by five minutes."""
        from tui.screens.step_dialogs import extend

        extend(self, self._step())
        self.redraw()

    async def action_do(self, does: str) -> None:
        """Run the handler of a key; the steps just left out can be put back only by the next key."""
        if does != "restore":
            self._accepted = ()
        await super().action_do(does)

    def do_restore(self) -> None:
        """Reopen the selected step without beginning it, or put back all steps that were just left out."""
        if accepted := self._accepted:
            self._accepted = ()
            for step in accepted:
                self.workday.restore(step)
            self.redraw()
            self.tell(
                plural("{n} step is planned again.", "{n} steps are planned again.", len(accepted)), "good"
            )
            return
        self.workday.restore(self._step())
        self.redraw()
        self.tell(say("The step is open again. Press Enter, then b to start it."), "good")

    def do_accept(self) -> None:
        """Drop the steps that the agenda proposes to leave out because time is short."""
        proposal = self.workday.agenda().proposal
        if proposal is not None:
            self.workday.accept_drop(proposal.steps)
            self._accepted = tuple(proposal.steps)
            self.redraw()
            self.tell(say("Left out. Press u to put everything back."), "good")

    def _step(self) -> str:
        picked = self.picked
        return picked.step.id if picked else ""
