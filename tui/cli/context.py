"""What every command starts from: clock and user."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, NamedTuple

Clock = Callable[[], datetime]
Progress = Callable[[int, int, str], None]
"""Called with done, total and a word on what is being done."""


class Terms(NamedTuple):
    """What a command is given by whoever starts it."""

    clock: Clock
    user: str
    """The Unix user."""
    said: str = ""
    """Who they say they are (--who, SHOPDAY_WHO): needed where an account is shared."""

    def who(self, folder: Path) -> str:
        """Return who works in the shop; UsageError when they cannot be who they say."""
        from core.shop.loading import load_shop
        from core.shop.permissions import identify

        return identify(load_shop(folder), self.user, self.said) if self.said else self.user


def day_of(word: str) -> date:
    """Return the day of ``2026-11-16``; ValueError for anything else: nothing is guessed."""
    year, *rest = word.split("-")
    month, day = map(int, rest)
    return date(int(year) if len(year) == len("2026") else 0, month, day)


def time_of(word: str) -> time:
    """Return the time of day of ``08:30``; ValueError for anything else."""
    hour, minute = map(int, word.split(":"))
    return time(hour, minute)


def at(clock: Clock, day: date | None, when: time | None, zone: Any) -> Clock:  # noqa: ANN401 - any tzinfo
    """Return a clock that goes on from that time of that day; the clock as it is when no time is named."""
    if when is None:
        return clock
    begin = clock()
    start = datetime.combine(day or begin.astimezone(zone).date(), when, zone)

    def moved() -> datetime:
        return start + max(clock() - begin, timedelta())

    return moved
