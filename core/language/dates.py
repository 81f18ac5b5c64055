"""Formatting of dates and times in the current language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from core.language.message import DASH
from core.language.speech import Speech


def day(when: date | None) -> str:
    """Return a date with its weekday: 11月16日 周一 / Mon 16 Nov; a dash for None."""
    return _dated(Speech.formats.day, when)


def weekday(when: date | None) -> str:
    """Return the weekday of a date: 周一 / Mon; a dash for None."""
    return DASH if when is None else Speech.formats.weekdays[when.weekday()]


def weekday_name(number: int) -> str:
    """Return the name of a weekday given its number (0 is Monday): 周一 / Mon."""
    return Speech.formats.weekdays[number]


def full_day(when: date | None) -> str:
    """Return a date with weekday and year: 2026年11月16日 周一 / Mon 16 Nov 2026; a dash for None."""
    return _dated(Speech.formats.full_day, when)


def short_day(when: date | None) -> str:
    """Return a date without its weekday: 11月16日 / 16 Nov; a dash for None."""
    return _dated(Speech.formats.short_day, when)


def short_day_of(iso: str) -> str:
    """Return the day that an ISO date or time begins with, without its weekday; other text unchanged."""
    try:
        return short_day(date.fromisoformat(iso[:10]))
    except ValueError:
        return iso


def _dated(form: str, when: date | None) -> str:
    if when is None:
        return DASH
    month_name = Speech.formats.months[when.month - 1]
    return form.format(
        year=when.year, month=when.month, month_name=month_name, day=when.day, weekday=weekday(when)
    )


def days(found: Iterable[date]) -> str:
    """Return dates as a list, with runs of three or more days as a range: 1 Nov–12 Nov, 14 Nov."""
    runs: list[list[date]] = []
    for when in sorted(found):
        if runs and when - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(when)
        else:
            runs.append([when])
    said = [[f"{short_day(run[0])}–{short_day(run[-1])}"] if run[2:] else map(short_day, run) for run in runs]
    return Speech.formats.names.join(piece for pieces in said for piece in pieces)


def clock(when: datetime | None) -> str:
    """Return the time of day in hours and minutes: 08:30; a dash for None."""
    return DASH if when is None else f"{when:%H:%M}"
