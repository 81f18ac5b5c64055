"""Boxes into the time that is left: full length where it fits, shrunk towards their minimum if not.

Pure arithmetic over minutes of one day; ``schedule`` says what the boxes stand for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

_GRAIN: Final = 64
"""Steps between the minimum and the full length that shrinking tries."""


class Room(NamedTuple):
    """What one box asks for, in whole minutes."""

    earliest: int
    """It does not begin before this minute of the day."""
    full: int
    least: int
    must: bool = True
    first: bool = False
    """Kept before all others by who comes late."""


class Fit(NamedTuple):
    """Where the boxes come to lie; one entry a box, in their order."""

    starts: tuple[int, ...]
    lengths: tuple[int, ...]
    """0 for a box that found no room."""
    left_out: tuple[int, ...]
    """Positions of optional boxes that found no room."""
    end: int
    """Where the last box ends; the cursor when there is none."""


def worth_doing(boxes: Sequence[Room], cursor: int, limit: int) -> dict[int, int]:
    """Return which boxes of a late beginning are worth their time, and from how many minutes on.

    As many must-boxes as can be done properly (two thirds of their length) before ``limit``: the ``first``
    ones before the others, then the shortest; where not even the first can, as many as fit at their minimum.
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
    """Tell whether all must-boxes can have at least half of their length before ``limit``."""
    half = [max(box.least, -(-box.full // 2)) if box.must else 0 for box in boxes]
    return _end(boxes, half, cursor) <= limit


def fit(boxes: Sequence[Room], cursor: int, limit: int | None) -> Fit:
    """Lay the boxes one after another from ``cursor``, none past ``limit`` where that can be.

    In this order: full length; all shrunk by the same share of what they can give; optional boxes left out,
    as few as possible; all optional boxes out and the must-boxes at their minimum, past the limit.
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
    """Return the optional boxes that have to go: the longest first, then the earliest.

    Back come those that still fit.
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
    """Give every box the same share of what it could have, then the odd minutes to the first ones."""

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
