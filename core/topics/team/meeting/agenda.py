"""The topics of a meeting, with minutes that add up to its planned time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.language.message import Words, plural
from core.topics.sales.daily_targets import largest_remainder


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One topic of the meeting."""

    topic: Words
    who: Words
    aim: Words
    """What is to be said or decided."""
    weight: float
    """The minutes it usually takes, in proportion to which the meeting's time is divided."""
    minutes: int = 0


MOST = 12
"""The most topics on the agenda of a stand-up."""


def pooled(points: Sequence[AgendaItem], most: int = MOST) -> list[AgendaItem]:
    """Return at most ``most`` topics; if there are more, the last one gives the number of the others."""
    if len(points) <= most:
        return list(points)
    rest = len(points) - most + 1
    text = plural("{n} more topic; see its step", "{n} more topics; see their steps", rest)
    return [*points[: most - 1], AgendaItem(text, "", "", 0.5)]


def timed(points: Sequence[AgendaItem], box: int) -> list[AgendaItem]:
    """Return the topics with whole minutes that add up to ``box``, the planned minutes of the meeting.

    Each topic gets at least one minute if there are enough minutes.
    """
    if not points:
        return []
    spare = box - len(points)
    if spare < 0:
        return [replace(point, minutes=1 if place < box else 0) for place, point in enumerate(points)]
    extra = largest_remainder(spare, [point.weight for point in points])
    return [replace(point, minutes=1 + more) for point, more in zip(points, extra, strict=True)]
