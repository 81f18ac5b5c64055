"""The search results by day: each day with its figures, and the matching entries with their outcomes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from core.language.dates import clock, full_day
from core.language.wording import say
from routines.past.find_results import Result, ResultDay, ResultLine, figure
from tui.text.day_text import KIND_WORDS
from tui.text.sanitize import fit, width
from tui.widgets.rows import Parts, Rows

_BEFORE = 12
"""Number of characters kept before the first match if a line is too long."""


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """A row with the outcome of an action, below the row of the action."""

    words: str


class FoundRows(Rows):
    """The list of matching days, newest first, each with its matching entries."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - the widget's id and classes
        super().__init__(**settings)
        self._rows: list[ResultDay | ResultLine | OutcomeLine] = []
        self._words: tuple[str, ...] = ()

    def load(self, result: Result) -> None:
        """Show this result, scrolled to the top."""
        self._words = result.words
        self._rows = []
        for day in result.days:
            self._rows.append(day)
            for one in day.lines:
                self._rows.append(one)
                if one.outcome:
                    self._rows.append(OutcomeLine(one.outcome))
        self.redraw()
        self.go(0)
        self.scroll_to(y=0, animate=False)

    @property
    def picked(self) -> ResultDay | ResultLine | None:
        """The day or entry under the cursor; None if there is none."""
        row = self._rows[self.cursor] if 0 <= self.cursor < len(self._rows) else None
        return None if isinstance(row, OutcomeLine) else row

    @property
    def day(self) -> date | None:
        """The day under the cursor, or the day of the entry under the cursor; None if there is none."""
        above = (row for row in reversed(self._rows[: self.cursor + 1]) if isinstance(row, ResultDay))
        found = next(above, None)
        return date.fromisoformat(found.date) if found else None

    @property
    def outcome(self) -> str:
        """The outcome of the action under the cursor; empty if there is none."""
        row = self._rows[self.cursor] if 0 <= self.cursor < len(self._rows) else None
        return row.outcome if isinstance(row, ResultLine) else ""

    def count(self) -> int:
        """Return the number of rows."""
        return len(self._rows)

    def stops(self, row: int) -> bool:
        """Return whether the row is a day or an entry, so that the cursor may be on it."""
        return not isinstance(self._rows[row], OutcomeLine)

    def parts(self, row: int) -> Parts:
        """Return the text of a row: a day with its figures, an entry, or an outcome."""
        shown = self._rows[row]
        room = self.scrollable_content_region.width
        mark = ">" if row == self.cursor and self.has_focus else " "
        if isinstance(shown, ResultDay):
            head = f"{mark}{full_day(date.fromisoformat(shown.date))}  "
            return [(head, "head"), (fit(figures_words(shown), max(0, room - width(head))), "")]
        if isinstance(shown, OutcomeLine):
            return [(fit(f"{' ' * 9}-> {shown.words}", room), "quiet")]
        at = clock(datetime.fromisoformat(shown.at))
        head = f"{mark}  {at} "
        who = f"{shown.who} {shown.title} {say(KIND_WORDS[shown.kind])}: "
        words = from_hit(shown.text, self._words, room - width(head + who))
        return [(head, "quiet"), (who, "quiet"), (fit(words, max(0, room - width(head + who))), "")]


def figures_words(day: ResultDay) -> str:
    """Return the day's figures, each with the next day's if known, such as ``1.88% -> 2.33%``."""
    told = []
    for one in day.figures:
        own, after = figure(one.metric, one.value), figure(one.metric, one.next)
        told.append(f"{one.name} {own}" if one.next is None else f"{one.name} {own} -> {after}")
    return "  ".join(told)


def from_hit(text: str, words: tuple[str, ...], room: int) -> str:
    """Return the text on one line; if it is too long, it starts shortly before the first match."""
    flat = " ".join(text.split())
    if width(flat) <= room:
        return flat
    places = [at for word in words if (at := flat.lower().find(word)) >= 0]
    first = min(places, default=0)
    return flat if width(flat[:first]) < room // 2 else f"..{flat[max(0, first - _BEFORE) :]}"
