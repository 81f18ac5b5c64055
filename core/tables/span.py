"""The days a table covers, grouped into days, weeks or months."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple, Protocol, TypeAlias

from core.errors import UsageError
from core.language import dates
from core.language.wording import say
from core.tables.table import Declared, Kind

By: TypeAlias = Literal["day", "week", "month"]
LONGEST = 3700
"""Maximum number of days in one table: about ten years."""


@dataclass(frozen=True, slots=True)
class Period:
    """A day, week or month; weeks and months are cut off where the span begins or ends."""

    first: date
    last: date
    name: str
    """Name of the period: 2026-11-16, 2026-W47 or 2026-11."""

    @property
    def days(self) -> tuple[date, ...]:
        """Return the days of the period."""
        return tuple(self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))


@dataclass(frozen=True, slots=True)
class Span:
    """The days from ``first`` to ``last`` (inclusive), grouped by day, week (Monday to Sunday) or month."""

    first: date
    last: date
    by: By = "day"

    @property
    def days(self) -> tuple[date, ...]:
        """Return every day of the span."""
        return Period(self.first, self.last, "").days

    @property
    def periods(self) -> tuple[Period, ...]:
        """Return the days, weeks or months of the span, oldest first, cut off at its ends."""
        found: dict[str, list[date]] = {}
        for day in self.days:
            found.setdefault(name_of(day, self.by), []).append(day)
        return tuple(Period(days[0], days[-1], name) for name, days in found.items())

    @property
    def words(self) -> str:
        """Return the first and the last day as text."""
        return f"{self.first} – {self.last}"

    def of(self, day: date) -> str:
        """Return the name of the period that contains the day."""
        return name_of(day, self.by)


def span(first: date, last: date, by: By = "day") -> Span:
    """Return the span; raise UsageError if it ends before it begins or is longer than ten years."""
    if last < first:
        raise UsageError(say("The period ends ({last}) before it begins ({first}).", first=first, last=last))
    if (last - first).days >= LONGEST:
        raise UsageError(say("A table covers at most ten years; choose a shorter period."))
    return Span(first, last, by)


def name_of(day: date, by: By) -> str:
    """Return the name of the day, or of its week or month."""
    if by == "month":
        return f"{day:%Y-%m}"
    if by == "week":
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02d}"
    return day.isoformat()


def week(word: str) -> Span:
    """Return the span of a week given as 2026-W46; raise UsageError if ``word`` is not a week."""
    found = re.fullmatch(r"(\d{4})-?[Ww](\d{1,2})", word.strip())
    try:
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1) if found else None
    except ValueError:
        monday = None
    if monday is None:
        raise UsageError(say("“{word}” is not a week; write it as 2026-W46.", word=word))
    return Span(monday, monday + timedelta(days=6), "week")


def month(word: str) -> Span:
    """Return the span of a month given as 2026-11; raise UsageError if ``word`` is not a month."""
    found = re.fullmatch(r"(\d{4})-(\d{2})", word.strip())
    if found is None or not 1 <= int(found[2]) <= 12 or not int(found[1]):  # noqa: PLR2004 - December
        raise UsageError(say("“{word}” is not a month; write it as 2026-11.", word=word))
    year, number = int(found[1]), int(found[2])
    return Span(date(year, number, 1), date(year, number, monthrange(year, number)[1]), "month")


def before(of: Span) -> Span:
    """Return the preceding span: the previous month for a month, else the same number of days just before."""
    last = of.first - timedelta(days=1)
    if of.by == "month" and of.first.day == 1:
        return Span(last.replace(day=1), last, of.by)
    return Span(of.first - timedelta(days=len(of.days)), last, of.by)


# ---- rows by period, and their leading columns


class HasPeriod(Protocol):
    """A row that belongs to one period."""

    @property
    def period(self) -> Period:
        """Return the period."""


class Cells(NamedTuple):
    """A row of one period whose cells are already computed, by column name."""

    period: Period
    cells: Mapping[str, object]


def cell(name: str, title: str, kind: Kind = "text") -> Declared[Cells]:
    """Return the declaration of a column that shows the cell of that name in rows of :class:`Cells`."""
    return name, title, kind, lambda row: row.cells.get(name)


@dataclass(frozen=True, slots=True)
class PeriodFigures:
    """The figures of one period by name and day; ``days`` are the days of the period that have any figure."""

    period: Period
    daily: Mapping[str, Mapping[date, float]]
    days: Sequence[date]

    def total(self, name: str) -> float | None:
        """Return the sum over the days; None if the figure is unknown for any of them."""
        return summed(self.daily[name], self.days)

    def known_total(self, name: str) -> float | None:
        """Return the sum over the days on which the figure is known; None if there are none."""
        known = [self.daily[name][day] for day in self.days if day in self.daily[name]]
        return sum(known) if known else None

    def rate(self, part: str, whole: str) -> float | None:
        """Return the sum of ``part`` over the sum of ``whole``, for the days on which both are known."""
        return rated(self.daily[part], self.daily[whole], self.days)

    def last(self, name: str) -> float | None:
        """Return the period's last known value; None if there is none."""
        return next((self.daily[name][day] for day in reversed(self.days) if day in self.daily[name]), None)


def period_columns(of: Span) -> tuple[Declared[HasPeriod], ...]:
    """Return the columns that identify a row's period.

    They are date and weekday for days, and name and dates for weeks and months.
    """
    if of.by == "day":
        return (
            ("period", say("Date"), "date", lambda row: row.period.first),
            ("weekday", say("Weekday"), "text", lambda row: dates.weekday(row.period.first)),
        )
    return (
        ("period", span_title(of), "text", lambda row: row.period.name),
        ("dates", say("Days"), "text", lambda row: f"{row.period.first:%m-%d} – {row.period.last:%m-%d}"),
    )


def span_title(of: Span) -> str:
    """Return the title of the column that names the week or month."""
    return say("Calendar week") if of.by == "week" else say("Month")


def summed(values: Mapping[date, float], days: Iterable[date]) -> float | None:
    """Return the sum over the days; None if any day is unknown, because partial sums are not comparable."""
    found = [values.get(day) for day in days]
    known = [value for value in found if value is not None]
    return sum(known) if found and len(known) == len(found) else None


def rated(part: Mapping[date, float], whole: Mapping[date, float], days: Iterable[date]) -> float | None:
    """Return sum of ``part`` / sum of ``whole`` for the days on which both are known; None if there are none.

    A period's rate is computed from sums, not as the mean of daily rates.
    """
    both = [day for day in days if day in part and day in whole]
    total = sum(whole[day] for day in both)
    return sum(part[day] for day in both) / total if total else None
