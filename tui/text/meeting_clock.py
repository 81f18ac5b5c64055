"""How the minutes of a meeting are divided among its points, and how long each one took."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

LEAST: Final = timedelta(seconds=30)
"""The shortest time a point may get; points for which not even that is left are for a talk afterwards."""


@dataclass(frozen=True, slots=True)
class PointTime:
    """The time of one point of a meeting."""

    given: timedelta | None
    """The time it may take; None if it has been discussed, or if no time is left for it."""
    used: timedelta | None
    """The time it took or has taken so far; None if its turn has not come."""

    @property
    def over(self) -> timedelta:
        """By how much the point exceeds the time given to it; zero if it does not."""
        if self.given is None or self.used is None:
            return timedelta()
        return max(timedelta(), self.used - self.given)

    @property
    def afterwards(self) -> bool:
        """Whether no time is left for the point, so that it is for a talk after the meeting."""
        return self.given is None and self.used is None


def point_times(
    weights: Sequence[float],
    ticked: Sequence[datetime | None],
    current: int,
    *,
    start: datetime,
    end: datetime,
    now: datetime,
    extra: timedelta = timedelta(),
) -> list[PointTime]:
    """Return the times of the points, in their order.

    ``ticked`` has the moment at which each point was ticked, or None; ``current`` is the index of the point
    being discussed (-1 if none). The time left is divided by the weights, so what one point overruns, the
    others lose. The current point also gets ``extra``.
    """
    done = sorted((moment, place) for place, moment in enumerate(ticked) if moment is not None)
    used: dict[int, timedelta] = {}
    since = start
    for moment, place in done:
        used[place] = max(timedelta(), moment - since)
        since = max(since, moment)
    waiting = [place for place, moment in enumerate(ticked) if moment is None]
    given: dict[int, timedelta] = {}
    if current in waiting:
        waiting.remove(current)
        fair = _shares(weights, [current, *waiting], max(timedelta(), end - since))
        given[current] = max(LEAST, fair.get(current, LEAST)) + extra
        used[current] = max(timedelta(), now - since)
        since += max(given[current], used[current])
    given |= _shares(weights, waiting, max(timedelta(), end - max(now, since)))
    return [PointTime(given.get(place), used.get(place)) for place in range(len(ticked))]


def clock_words(time: timedelta) -> str:
    """Return a time as minutes and seconds: ``2:10``."""
    seconds = round(time.total_seconds())
    return f"{seconds // 60}:{seconds % 60:02d}"


def _shares(weights: Sequence[float], waiting: Sequence[int], left: timedelta) -> dict[int, timedelta]:
    """Return the time of each waiting point; the last ones get none if it would be less than ``LEAST``."""
    for many in range(len(waiting), 0, -1):
        among = waiting[:many]
        whole = sum(weights[place] for place in among)
        shares = {place: left * (weights[place] / whole) for place in among}
        if min(shares.values()) >= LEAST:
            return shares
    return {}
