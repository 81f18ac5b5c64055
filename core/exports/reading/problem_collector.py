"""Collect the problems of a file, so that a thousand bad rows lead to only a few messages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.errors import Problem
from core.exports import cells
from core.exports.reading.headings import MappedColumn
from core.language.dates import short_day
from core.language.wording import listing, plural, say, sentences

TOLD = 20
"""The number of bad rows reported one by one; the rest is only counted."""
_SHOWN = 40
_DATES_TOLD = 6
_FIELD = 20


class ProblemCollector:
    """The problems of one file in the order they were found."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.bad_rows = 0
        self.first: Problem | None = None
        """The first bad row, to be reported if the whole file is refused because of its rows."""
        self._rows: list[Problem] = []
        self._notes: list[Problem] = []
        self._refused: Problem | None = None

    def refuse(self, what: str, todo: str = "", column: str | None = None) -> None:
        """Refuse the whole file for this reason; only the first reason is kept."""
        self._refused = self._refused or Problem(what, todo, self.where, column=column, level="refused")

    def note(self, what: str, todo: str = "", row: int | None = None, column: str | None = None) -> None:
        """Add a note."""
        self._notes.append(Problem(what, todo, self.where, row, column, "note"))

    def doubt(self, what: str, todo: str = "", row: int | None = None, column: str | None = None) -> None:
        """Add a doubt: a problem that makes figures wrong until a person resolves it."""
        self._notes.append(Problem(what, todo, self.where, row, column, "doubt"))

    def row(self, row: int, what: str, todo: str, column: str | None = None) -> None:
        """Record that a row was left out, and why."""
        self.bad_rows += 1
        self.first = self.first or Problem(what, todo, self.where, row, column)
        if len(self._rows) < TOLD:
            left_out = say("The row was left out. {todo}", todo=todo)
            self._rows.append(Problem(what, left_out, self.where, row, column))

    def take(self, others: ProblemCollector) -> None:
        """Add the problems that another collector found in the same file."""
        self._notes += others._notes
        self._refused = self._refused or others._refused

    @property
    def told_enough(self) -> bool:
        """Return whether enough bad rows are listed, so that further ones are only counted."""
        return len(self._rows) >= TOLD

    @property
    def refused(self) -> bool:
        """Return whether the file is refused."""
        return self._refused is not None

    def all(self) -> tuple[Problem, ...]:
        """Return the problems to report: only the refusal if there is one, else bad rows and then notes."""
        if self._refused is not None:
            return (self._refused,)
        more = self.bad_rows - len(self._rows)
        rest = () if not more else (Problem(_more(more), where=self.where),)
        return (*self._rows, *rest, *self._notes)


def or_teach(todo: str) -> str:
    """Return the remedy ``todo``, followed by the hint that one can define a layout for the file instead."""
    return sentences(
        [todo, say("Or teach shopday this kind of file once: press t in Import, or run shopday teach.")]
    )


def figure(value: float) -> str:
    """Return a figure formatted as in exports: 1,600 or 12.50."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"


def short(text: str) -> str:
    """Return a text from the file, shortened to at most 20 characters for use in a sentence."""
    return text if len(text) <= _FIELD else f"{text[: _FIELD - 1]}…"


def _more(n: int) -> str:
    return plural("{n} more row was left out.", "{n} more rows were left out.", n)


def long_row() -> tuple[str, str]:
    """Return the (problem, remedy) texts for a row with too many cells."""
    return (
        say("The row has more cells than the header: a comma inside a text shifted the rest."),
        say("Import the file as downloaded, not one saved again as csv."),
    )


def cell_problem(text: str, why: type[cells.Unreadable] | None, found: MappedColumn) -> tuple[str, str]:
    """Return the (problem, remedy) texts for an unreadable cell."""
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    if why is cells.LostDigits:
        return (
            say("“{cell}” was an id, but a spreadsheet program rounded it.", cell=shown),
            say("Download the file again and import it without opening and saving it."),
        )
    if why is cells.ManyDays:
        return (
            say("“{cell}” is a total over several days, not one day.", cell=shown),
            say("Download the file again day by day (分日)."),
        )
    kind = found.column.kind
    if kind in ("count", "money", "seconds") and cells.fold(text).endswith("%"):
        return (
            say("“{cell}” does not belong in this column: the row is shifted by one column.", cell=shown),
            say("Download the file again."),
        )
    return _unreadable(kind, shown, sense=why is None), say(
        "Correct the value in the file, or download the file again."
    )


def _unreadable(kind: str, shown: str, *, sense: bool) -> str:
    if sense:
        return say("“{cell}” is not a possible value here.", cell=shown)
    if kind in ("date", "time"):
        return say("“{cell}” is not a date.", cell=shown)
    if kind == "id":
        return say("“{cell}” is not an id.", cell=shown)
    return say("“{cell}” is not a number.", cell=shown)


def days_text(days: Sequence[date]) -> str:
    """Return a list of the days as text; if there are many, only the first ones and the number of others."""
    told = [short_day(day) for day in days[:_DATES_TOLD]]
    if len(days) > _DATES_TOLD:
        told.append(say("{n} more", n=len(days) - _DATES_TOLD))
    return listing(told)
