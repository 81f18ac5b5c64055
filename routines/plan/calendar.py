"""Which day it is: when a working day turns, what kind it is, and which steps repeat on it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Final, NamedTuple

from core.errors import CannotWrite
from core.shop.settings import CalendarDay, Shop
from core.storage.atomic_files import write_atomically
from core.storage.decoding import json_in
from routines.plan.step import DayKind

TURNS: Final = time(4, 0)
"""The operator's day ends here: a report written at 00:20 belongs to the evening before."""
PEAKS: Final = ((6, 18), (11, 11), (12, 12))
"""The platform's great days, every year (month, day); the shop's calendar names the others."""
RUSH_FROM: Final = 1.5
"""A promotion day expected to sell this many times a usual day is steered as a rush."""
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_SATURDAY: Final = 5
_DAYS_OF_MONTH: Final = frozenset(str(number) for number in range(1, 32))


class Official(NamedTuple):
    """A year's official days off, and the weekend days worked for them (调休)."""

    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()


def day_of(now: datetime) -> date:
    """Return the working day the moment belongs to."""
    return (now - timedelta(hours=TURNS.hour, minutes=TURNS.minute)).date()


def kind_of(day: date, shop: Shop, official: Official, chosen: Mapping[str, DayKind]) -> DayKind:
    """Return what kind of day it is: the shop's own word first, then peaks, official days, the weekday.

    ``chosen`` is ``[days]`` of routine.toml: a date or a weekday's name to a kind.
    """
    usual: DayKind = "weekend" if day.weekday() >= _SATURDAY else "weekday"
    kinds: tuple[DayKind | None, ...] = (
        chosen.get(day.isoformat()),
        _by_shop(shop.special(day)),
        "rush" if (day.month, day.day) in PEAKS else None,
        "weekday" if day in official.worked else None,
        "weekend" if day in official.off else None,
        chosen.get(WEEKDAYS[day.weekday()]),
    )
    return next((kind for kind in kinds if kind is not None), usual)


def _by_shop(special: CalendarDay | None) -> DayKind | None:
    """Return what the shop's own calendar makes of the day; None when it only tells the analyses."""
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
    """Tell whether a step is due: ``weekly:MO,TH``, ``monthly:1``, ``monthly:-1`` or, empty, each day.

    ValueError when it is not a repeat.
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


def official(year: int, cache: Path) -> Official:
    """Return the year's official Chinese calendar; none of it where the library is missing or does not know.

    The library takes longer to load than the first screen to draw, so a year is worked out once and kept in
    ``cache`` until the library itself changes.
    """
    spec = find_spec("holidays")
    if spec is None or spec.origin is None:
        return Official()
    version = Path(spec.origin).stat().st_mtime_ns
    path = cache / f"holidays-{year}.json"
    kept = _kept(path, version)
    if kept is None:
        kept = _worked_out(year)
        _keep(path, version, kept)
    return kept


def _worked_out(year: int) -> Official:
    try:
        import holidays

        china = holidays.country_holidays("CN", years=year)
        worked = getattr(china, "weekend_workdays", ())
    except (ImportError, NotImplementedError, AttributeError, ValueError, TypeError):
        return Official()
    return Official(frozenset(china), frozenset(day for day in worked if day.year == year))


def _kept(path: Path, version: int) -> Official | None:
    try:
        kept = json_in(path.read_bytes(), path.name)
        if kept["version"] != version:
            return None
        return Official(*(frozenset(map(date.fromisoformat, kept[part])) for part in ("off", "worked")))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _keep(path: Path, version: int, official: Official) -> None:
    """Keep the year where it can be kept; a folder that cannot be written costs only time."""
    days = {"off": official.off, "worked": official.worked}
    words = {"version": version} | {part: sorted(map(str, some)) for part, some in days.items()}
    try:
        write_atomically(path, json.dumps(words).encode())
    except (OSError, CannotWrite):
        return
