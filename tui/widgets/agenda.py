"""The widget for a day's agenda: its blocks, and their steps with state, time and verdict."""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import TYPE_CHECKING, Any, NamedTuple

from core.answers.stake_words import stake_words
from core.language.dates import clock
from core.language.wording import say
from routines.plan.schedule import Agenda, AgendaLine, State
from routines.plan.step import Block
from tui.text.sanitize import fit, safe, width
from tui.widgets.labels import LEVEL_WORDS
from tui.widgets.rows import Parts, Rows
from tui.widgets.timing import over_words

if TYPE_CHECKING:
    from core.answers.answer import Impact, Verdict

MARKS: dict[State, str] = {
    "done": "✓",
    "skipped": "-",
    "dropped": "-",
    "running": "▸",
    "due": "▸",
    "late": "!",
    "later": " ",
}
"""The mark of each state of a step; all are one cell wide in every terminal."""
_LOOKS: dict[State, str] = {
    "done": "quiet",
    "skipped": "quiet",
    "dropped": "quiet",
    "running": "now",
    "due": "now",
    "late": "watch",
    "later": "",
}


_COMING = ".."
"""Shown instead of a step's verdict while its answer is being computed."""
_STAKE_ROOM = 40
"""Minimum width in cells of the space for a verdict at which the money at stake is shown too."""


def _nothing(_: str) -> None:
    return None


class _Heading(NamedTuple):
    block: Block


class AgendaRows(Rows):
    """The day's steps in a list with a cursor, under the headings of their blocks."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - the widget's id and classes
        super().__init__(**settings)
        self._rows: list[_Heading | AgendaLine] = []
        self._verdict: Callable[[str], Verdict | None] = _nothing
        self._stake: Callable[[str], Impact | None] = _nothing
        self._coming: Container[str] = ()
        self._title = 10

    def load(
        self,
        agenda: Agenda,
        verdict: Callable[[str], Verdict | None],
        *,
        stake: Callable[[str], Impact | None] = _nothing,
        coming: Container[str] = (),
    ) -> None:
        """Show the day's agenda; the cursor stays on the same step, at first on the current step.

        ``verdict`` and ``stake`` return the verdict of a step and the money at stake in it; they are called
        when the step's line is drawn. ``coming`` are the ids of steps whose answers are being computed.
        """
        chosen = self.selected or agenda.current
        self._verdict, self._stake, self._coming = verdict, stake, coming
        self._rows = []
        for line in agenda.lines:
            if not self._rows or self._block(self._rows[-1]) != line.block:
                self._rows.append(_Heading(line.block))
            self._rows.append(line)
        titles = (width(safe(say(line.step.title))) for line in agenda.lines)
        self._title = min(22, max(titles, default=10))
        self.redraw()
        if chosen is not None:
            self.select(chosen.step.id)

    @property
    def selected(self) -> AgendaLine | None:
        """The agenda line under the cursor; None on a heading."""
        row = self._rows[self.cursor] if 0 <= self.cursor < len(self._rows) else None
        return row if isinstance(row, AgendaLine) else None

    def select(self, step: str) -> None:
        """Move the cursor to a step."""
        for number, row in enumerate(self._rows):
            if isinstance(row, AgendaLine) and row.step.id == step:
                self.go(number)

    def count(self) -> int:
        """Return the number of rows."""
        return len(self._rows)

    def stops(self, row: int) -> bool:
        """Return whether the row is a step, so that the cursor may be on it."""
        return isinstance(self._rows[row], AgendaLine)

    def parts(self, row: int) -> Parts:
        """Return the text of a row: a block's heading or a step's line."""
        shown = self._rows[row]
        if isinstance(shown, _Heading):
            ends = say("until {time}", time=f"{shown.block.ends:%H:%M}") if shown.block.ends else ""
            return [(f" {safe(say(shown.block.title))}  ", "head"), (ends, "quiet")]
        return self._step(shown, cursor=row == self.cursor and self.has_focus)

    def _step(self, line: AgendaLine, *, cursor: bool) -> Parts:
        look = _LOOKS[line.state]
        room = self.scrollable_content_region.width - self._title - 19
        start = line.visit.start if line.visit is not None else line.start
        moved = "watch" if line.state == "later" and line.start > line.planned_start else "quiet"
        return [
            (">" if cursor else " ", ""),
            (f"{MARKS[line.state]} ", look or "quiet"),
            (f"{clock(start)} ", look if line.state in ("running", "due", "late") else moved),
            (fit(minutes_words(line), 5, right=True) + "  ", "quiet"),
            (fit(say(line.step.title), self._title) + "  ", look if line.state != "later" else "strong"),
            *self._tail(line, room),
        ]

    def _tail(self, line: AgendaLine, room: int) -> Parts:
        """Return the end of a step's line, cut to ``room`` cells: why it was skipped, or its verdict."""
        if line.state in ("skipped", "dropped"):
            words = line.reason or say("dropped")
            return [(fit(words, max(0, room)), "quiet")]
        verdict = self._verdict(line.step.id)
        if line.over_minutes and line.state not in ("done", "skipped", "dropped"):
            words = f"{over_words(line)}  "
            room -= width(words)
            over: Parts = [(words, "watch")] if room >= 0 else []
            return [*over, *self._verdict_parts(line, verdict, room)]
        return self._verdict_parts(line, verdict, room)

    def _verdict_parts(self, line: AgendaLine, verdict: Verdict | None, room: int) -> Parts:
        if verdict is None:
            words = say("time is over") if line.missed else say("no room before the deadline")
            if line.no_room:
                return [(fit(words, max(0, room)), "watch")]
            return [(fit(_COMING, max(0, room)), "quiet")] if line.step.id in self._coming else []
        word = say(LEVEL_WORDS[verdict.level])
        widest = max(width(say(one)) for one in LEVEL_WORDS.values())
        quiet = "quiet" if line.state == "done" else ""
        stake = "" if line.state == "done" or room < _STAKE_ROOM else stake_words(self._stake(line.step.id))
        end: Parts = (
            [(f"  {stake}", "watch" if verdict.level in ("act", "watch") else "quiet")] if stake else []
        )
        return [
            (fit(word, widest) + " ", verdict.level),
            (fit(verdict.text, max(0, room - widest - 1 - sum(width(words) for words, _ in end))), quiet),
            *end,
        ]

    @staticmethod
    def _block(row: _Heading | AgendaLine) -> Block:
        return row.block


def minutes_words(line: AgendaLine) -> str:
    """Return a step's minutes: time used if it is done, else time planned; a dash if it does not fit."""
    if line.state == "done" and line.used_minutes is not None:
        return say("{n}m", n=line.used_minutes or "<1")
    if line.visit is not None and line.state not in ("done", "skipped", "dropped"):
        start, end = line.visit
        return say("{n}m", n=round((end - start).total_seconds() / 60))
    return "-" if line.no_room else say("{n}m", n=line.minutes or line.step.minutes)


def state_words(line: AgendaLine) -> str:
    """Return a step's state (done, skipped …) in a few words."""
    return {
        "done": say("done"),
        "skipped": say("skipped"),
        "dropped": say("dropped"),
        "running": say("running"),
        "due": say("due now"),
        "late": say("late"),
        "later": say("later"),
    }[line.state]
