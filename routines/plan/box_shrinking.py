"""Fit boxes into the remaining time: at full length if possible, else shrunk towards their minimum.

Pure arithmetic on minutes of one day; this module knows nothing of steps, blocks or people.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

_GRAIN: Final = 64
"""The resolution of shrinking: the number of steps between minimum and full length."""


class Room(NamedTuple):
    """The time one box needs, in whole minutes."""

    earliest: int
    """The minute of the day before which it does not begin."""
    full: int
    least: int
    must: bool = True
    first: bool = False
    """Whether it takes precedence over other boxes after a late start."""


class Fit(NamedTuple):
    """The positions of the boxes, one entry per box in order."""

    starts: tuple[int, ...]
    lengths: tuple[int, ...]
    """The lengths; 0 for a box without room."""
    left_out: tuple[int, ...]
    """The indices of optional boxes without room."""
    end: int
    """The minute at which the last box ends; the starting minute if there is no box."""


def worth_doing(boxes: Sequence[Room], cursor: int, limit: int) -> dict[int, int]:
    """Return the boxes worth doing after a late start, as index to minimum minutes.

    Of the must-boxes, those that take precedence (``first``) come first, then the shortest. As many as can
    end by ``limit`` with two thirds of their length are returned. If not even the first one can, as many are
    returned as can end by then at their minimum.
    """
    musts = [i for i, box in enumerate(boxes) if box.must]
    order = sorted(musts, key=lambda i: (not boxes[i].first, 0 if boxes[i].first else boxes[i].full, i))
    proper = [max(box.least, -(-2 * box.full // 3)) for box in boxes]
    for lengths in (proper, [box.least for box in boxes]):
        kept: dict[int, int] = {}
        for i in order:
            tried = {**kept, i: lengths[i]}
            if _end(boxes, [tried.get(j, 0) for j in range(len(boxes))], cursor) <= limit:
                kept = tried
        if order and order[0] in kept:
            return kept
    return {}


def halves_fit(boxes: Sequence[Room], cursor: int, limit: int) -> bool:
    """Return whether all must-boxes can have at least half of their length before ``limit``."""
    half = [max(box.least, -(-box.full // 2)) if box.must else 0 for box in boxes]
    return _end(boxes, half, cursor) <= limit


def fit(boxes: Sequence[Room], cursor: int, limit: int | None) -> Fit:
    """Lay the boxes one after another from ``cursor``, ending by ``limit`` if possible.

    The first of these that ends in time is used: all boxes at full length; all shrunk by the same share of
    their flexible time; as few optional boxes as possible left out. If none does, all optional boxes are left
    out and the must-boxes get their minimum, even past the limit.
    """
    everyone = range(len(boxes))
    full = [box.full for box in boxes]
    if limit is None or _end(boxes, full, cursor) <= limit:
        return _laid(boxes, full, cursor, ())
    out = _left_out(boxes, cursor, limit)
    least = [0 if i in out else boxes[i].least for i in everyone]
    if _end(boxes, least, cursor) > limit:
        return _laid(boxes, least, cursor, out)
    return _laid(boxes, _grown(boxes, least, cursor, limit), cursor, out)


def _left_out(boxes: Sequence[Room], cursor: int, limit: int) -> tuple[int, ...]:
    """Return the optional boxes to leave out, by index.

    They are left out one by one until the rest fits, the longest first, the earlier of two equal ones first.
    Boxes that turn out to fit after all are put back.
    """
    out: list[int] = []
    optional = [i for i, box in enumerate(boxes) if not box.must]
    for i in sorted(optional, key=lambda i: (-boxes[i].least, i)):
        if _fits(boxes, out, cursor, limit):
            break
        out.append(i)
    for i in sorted(out):
        rest = [j for j in out if j != i]
        if _fits(boxes, rest, cursor, limit):
            out = rest
    return tuple(sorted(out))


def _fits(boxes: Sequence[Room], out: Sequence[int], cursor: int, limit: int) -> bool:
    least = [0 if i in out else box.least for i, box in enumerate(boxes)]
    return _end(boxes, least, cursor) <= limit


def _grown(boxes: Sequence[Room], least: list[int], cursor: int, limit: int) -> list[int]:
    """Extend all boxes by the same share of their flexible time; leftover minutes go to the first ones."""

    def share(k: int) -> list[int]:
        return [
            low + (box.full - low) * k // _GRAIN if low else 0 for box, low in zip(boxes, least, strict=True)
        ]

    low, high = 0, _GRAIN
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _end(boxes, share(middle), cursor) <= limit else (low, middle)
    lengths = share(low)
    for i, box in enumerate(boxes):
        while lengths[i] and lengths[i] < box.full:
            lengths[i] += 1
            if _end(boxes, lengths, cursor) > limit:
                lengths[i] -= 1
                break
    return lengths


def _end(boxes: Sequence[Room], lengths: Sequence[int], cursor: int) -> int:
    for box, length in zip(boxes, lengths, strict=True):
        if length:
            cursor = max(cursor, box.earliest) + length
    return cursor


def _laid(boxes: Sequence[Room], lengths: Sequence[int], cursor: int, out: tuple[int, ...]) -> Fit:
    starts = []
    for box, length in zip(boxes, lengths, strict=True):
        starts.append(max(cursor, box.earliest) if length else cursor)
        cursor = starts[-1] + length
    return Fit(tuple(starts), tuple(lengths), out, cursor)
