"""The context passed to every command (clock and user), and parsing of days and times."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, NamedTuple

Clock = Callable[[], datetime]
Progress = Callable[[int, int, str], None]
"""A callback that is given the number done, the total, and a word on the current item."""


class Terms(NamedTuple):
    """What every command is passed: the clock, and the user who runs it."""

    clock: Clock
    user: str
    """The name of the Unix user."""
    said: str = ""
    """The name the user gave with --who or SHOPDAY_WHO, for shared accounts; empty if none."""

    def who(self, folder: Path) -> str:
        """Return the user's name in this shop; raise UsageError if the given name is not allowed."""
        from core.shop.loading import load_shop
        from core.shop.permissions import identify

        return identify(load_shop(folder), self.user, self.said) if self.said else self.user


def day_of(word: str) -> date:
    """Return the date for ``2026-11-16``; raise ValueError for any other format."""
    year, *rest = word.split("-")
    month, day = map(int, rest)
    return date(int(year) if len(year) == len("2026") else 0, month, day)


def time_of(word: str) -> time:
    """Return the time for ``08:30``; raise ValueError for any other format."""
    hour, minute = map(int, word.split(":"))
    return time(hour, minute)


def at(clock: Clock, day: date | None, when: time | None, zone: Any) -> Clock:  # noqa: ANN401 - any tzinfo
    """Return a clock that runs on from the given day and time; ``clock`` itself if ``when`` is None."""
    if when is None:
        return clock
    begin = clock()
    start = datetime.combine(day or begin.astimezone(zone).date(), when, zone)

    def moved() -> datetime:
        return start + max(clock() - begin, timedelta())

    return moved
