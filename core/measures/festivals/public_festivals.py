"""The published dates of the platform's festivals, and estimated dates for years not published yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Final, Literal, NamedTuple, TypeAlias

from core.shop.loading import read

Confidence: TypeAlias = Literal["press", "seen", "habit", "moved"]
"""How dates are known: press reports, a platform's file, a shopping guide, or moved from an earlier year."""
Moves: TypeAlias = Literal["weekday", "lunar"]
_FILE: Final = Path(__file__).with_name("festivals.toml")
_WEEK: Final = 7


class Dates(NamedTuple):
    """A festival's dates in one year."""

    start: date
    end: date
    confidence: Confidence
    source: str


class Festival(NamedTuple):
    """A yearly festival of the platform."""

    id: str
    name: str
    moves: Moves
    size: Literal["great", "small", "holiday"]
    dates: tuple[Dates, ...]
    peak: str = ""
    """The day the festival is named after, as month-day; empty if there is none."""

    def peak_in(self, year: int) -> date | None:
        """Return the day of this year that the festival is named after; None if there is none."""
        return date.fromisoformat(f"{year}-{self.peak}") if self.peak else None


class Occurrence(NamedTuple):
    """A festival with its dates in one year."""

    festival: Festival
    start: date
    end: date
    confidence: Confidence

    @property
    def days(self) -> tuple[date, ...]:
        """Return the festival's days in order."""
        return tuple(self.start + timedelta(days=n) for n in range((self.end - self.start).days + 1))


class _Table(NamedTuple):
    new_years: tuple[date, ...]
    festivals: tuple[Festival, ...]


@cache
def _table() -> _Table:
    return read(_FILE.name, _FILE.read_bytes(), _Table)


def festivals() -> tuple[Festival, ...]:
    """Return all known festivals."""
    return _table().festivals


def new_year(year: int) -> date | None:
    """Return the day of the Spring Festival in this year; None if the table does not contain the year."""
    return next((day for day in _table().new_years if day.year == year), None)


def moved_by_weekday(day: date, years: int) -> date:
    """Return the day ``years`` later on the same weekday, within three days of the same date."""
    same = _same_date(day, day.year + years)
    away = (day.weekday() - same.weekday()) % _WEEK
    return same + timedelta(days=away if away <= _WEEK // 2 else away - _WEEK)


def moved_with_new_year(day: date, new_year_then: date, new_year_now: date) -> date:
    """Return the day at the same distance from the Spring Festival of another year."""
    return new_year_now + (day - new_year_then)


def moved(moves: Moves, start: date, end: date, years: int) -> tuple[date, date] | None:
    """Return the dates of a span moved ``years`` ahead; None if a Spring Festival it needs is not known.

    A lunar span keeps its distance from the Spring Festival of the year in which it ends.
    """
    if moves == "weekday":
        return moved_by_weekday(start, years), moved_by_weekday(end, years)
    then, now = new_year(end.year), new_year(end.year + years)
    if then is None or now is None:
        return None
    return moved_with_new_year(start, then, now), moved_with_new_year(end, then, now)


def occurrence(festival: Festival, year: int) -> Occurrence | None:
    """Return the occurrence of the festival that ends in this year.

    A year without known dates gets those of the latest earlier year, moved. None if there is no such year, or
    if the dates cannot be moved because the date of the Spring Festival is unknown.
    """
    known = next((one for one in reversed(festival.dates) if one.end.year <= year), None)
    if known is None:
        return None
    if known.end.year == year:
        return Occurrence(festival, known.start, known.end, known.confidence)
    shifted = moved(festival.moves, known.start, known.end, year - known.end.year)
    if shifted is None:
        return None
    start, end = shifted
    peak = festival.peak_in(year)
    if peak is not None:
        start, end = min(start, peak), max(end, peak)
    return Occurrence(festival, start, end, "moved")


def occurrences(first: date, last: date) -> Iterator[Occurrence]:
    """Yield the festivals that fall into the days ``first`` to ``last``, in order of their first day."""
    found = [
        one
        for year in range(first.year, last.year + 2)
        for festival in festivals()
        if (one := occurrence(festival, year)) is not None and one.start <= last and one.end >= first
    ]
    yield from sorted(found, key=lambda one: (one.start, one.end))


def _same_date(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return day.replace(year=year, day=28)
