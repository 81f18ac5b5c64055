"""The calendar: when a working day ends, what kind of day it is, and which steps are due on it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Final, NamedTuple

from core.language.wording import say
from core.shop.settings import CalendarDay, Shop
from routines.plan.step import DayKind

TURNS: Final = time(4, 0)
"""The time at which the working day ends: a report written at 00:20 belongs to the evening before."""
RUSH_FROM: Final = 1.5
"""A promotion day expected to sell this many times a usual day is treated as a rush."""
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_SATURDAY: Final = 5
_DAYS_OF_MONTH: Final = frozenset(str(number) for number in range(1, 32))


class Official(NamedTuple):
    """A year's official days off, and the weekend days worked in exchange (调休)."""

    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()


def day_of(now: datetime) -> date:
    """Return the working day that contains the time."""
    return (now - timedelta(hours=TURNS.hour, minutes=TURNS.minute)).date()


def kind_of(day: date, shop: Shop, official: Official | None, chosen: Mapping[str, DayKind]) -> DayKind:
    """Return the kind of the day.

    The first of these that applies decides: ``chosen`` for the date, the shop's calendar, the platform's peak
    days, the official days, ``chosen`` for the weekday, the weekday itself. ``official``: the year's official
    calendar; None if unknown. ``chosen``: ``[days]`` of routine.toml, which maps dates and weekday names to
    kinds.
    """
    official = official or Official()
    usual: DayKind = "weekend" if day.weekday() >= _SATURDAY else "weekday"
    kinds: tuple[DayKind | None, ...] = (
        chosen.get(day.isoformat()),
        _by_shop(shop.special(day)),
        "rush" if _is_peak(day, shop) else None,
        "weekday" if day in official.worked else None,
        "weekend" if day in official.off else None,
        chosen.get(WEEKDAYS[day.weekday()]),
    )
    return next((kind for kind in kinds if kind is not None), usual)


def _is_peak(day: date, shop: Shop) -> bool:
    """Return whether the day is one of the yearly peak days in the platform's profile.

    Other peak days are in the shop's calendar.
    """
    return any(peak.rush and (peak.month, peak.day) == (day.month, day.day) for peak in shop.profile.calendar)


def _by_shop(special: CalendarDay | None) -> DayKind | None:
    """Return the kind of day implied by a calendar entry; None if it implies none."""
    match special:
        case CalendarDay(kind="festival" | "closed"):
            return "weekend"
        case CalendarDay(kind="work"):
            return "weekday"
        case CalendarDay(kind="platform", multiplier=None):
            return "rush"
        case CalendarDay(kind="platform" | "own" | "launch", multiplier=float(times)) if times >= RUSH_FROM:
            return "rush"
        case _:
            return None


def falls_on(repeat: str, day: date) -> bool:
    """Return whether a step with this ``repeat`` is due on the day.

    ``repeat``: ``weekly:MO,TH``, ``monthly:1``, ``monthly:-1`` (the last day of the month), or "" for every
    day. Raise ValueError if it is invalid.
    """
    if not repeat:
        return True
    from dateutil import rrule

    every, _, on = repeat.partition(":")
    first = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a day has no zone
    if every == "weekly":
        names = [word.strip() for word in on.split(",")]
        known = {str(weekday): weekday for weekday in rrule.weekdays}
        if not set(names) <= set(known):
            raise ValueError(repeat)
        rule = rrule.rrule(rrule.WEEKLY, dtstart=first, byweekday=[known[name] for name in names], count=1)
    elif every == "monthly":
        words = on.split(",")
        if not all(word.removeprefix("-") in _DAYS_OF_MONTH for word in words):
            raise ValueError(repeat)
        days = [int(word) for word in words]
        rule = rrule.rrule(rrule.MONTHLY, dtstart=first, bymonthday=days, count=1)
    else:
        raise ValueError(repeat)
    return bool(list(rule) == [first])


@cache
def official(year: int) -> Official | None:
    """Return the year's official Chinese calendar from the package chinesecalendar.

    None for a year that the package does not cover.
    """
    from chinese_calendar import holidays, workdays

    off = frozenset(day for day in holidays if day.year == year)
    return Official(off, frozenset(day for day in workdays if day.year == year)) if off else None


def unknown_year(year: int) -> str:
    """Return a sentence that the year's official days off are unknown; empty if they are known."""
    if official(year) is not None:
        return ""
    return say(
        "The official holidays of {year} are not known here, so only Saturdays and Sundays count as "
        "days off. Update chinesecalendar, or list the days under calendar in shop.toml.",
        year=year,
    )
