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
    """Its share of the time, in usual minutes."""
    minutes: int = 0


MOST = 12
"""The most topics of a stand-up."""


def pooled(points: Sequence[AgendaItem], most: int = MOST) -> list[AgendaItem]:
    """Return the topics; those beyond ``most`` are combined in one line at the end."""
    if len(points) <= most:
        return list(points)
    rest = len(points) - most + 1
    text = plural("{n} more topic; see its step", "{n} more topics; see their steps", rest)
    return [*points[: most - 1], AgendaItem(text, "", "", 0.5)]


def timed(points: Sequence[AgendaItem], box: int) -> list[AgendaItem]:
    """Return the topics with whole minutes that add up to the box.

    Each gets at least one minute if the box is long enough.
    """
    if not points:
        return []
    spare = box - len(points)
    if spare < 0:
        return [replace(point, minutes=1 if place < box else 0) for place, point in enumerate(points)]
    extra = largest_remainder(spare, [point.weight for point in points])
    return [replace(point, minutes=1 + more) for point, more in zip(points, extra, strict=True)]
