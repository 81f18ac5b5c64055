"""The rows of a waterfall: a total, the parts that are added to it, and the total they lead to."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias

from core.answers.answer import Part, Split
from core.language.wording import plural

MOST = 7
"""The largest number of parts shown; the smallest are put together if there are more."""
_CUT = 0.4
"""The axis does not start at 0 if the lowest total is above this fraction of the highest one."""
_MARGIN = 0.25
_WHOLE = ("CNY", "count")
"""Units whose figures are printed without decimals."""

Kind: TypeAlias = Literal["total", "plus", "minus"]


class Row(NamedTuple):
    """A row: the figure that is printed, and the totals between which its bar lies."""

    name: str
    value: float
    """NaN if unknown; such a row has no bar."""
    begin: float
    """For a total, 0 or the start of the axis if that is higher."""
    end: float
    kind: Kind
    usual: bool = False
    """Whether the part lies within its usual range."""


class Waterfall(NamedTuple):
    """The rows of a waterfall and the two ends of its axis."""

    rows: tuple[Row, ...]
    low: float
    high: float


def waterfall(split: Split) -> Waterfall | None:
    """Return the rows from the split's start to its end; None if it has no known start or end.

    The figures of money and counts are whole numbers that add up exactly: where rounding each would miss the
    total, some are rounded the other way, first those without a usual range, which no table shows as well.
    """
    start, end = split.start, split.end
    if start is None or end is None or not (math.isfinite(start.value) and math.isfinite(end.value)):
        return None
    parts = _gathered(split.parts)
    values = [part.value for part in parts]
    first, last = start.value, end.value
    if split.unit in _WHOLE:
        first, last = float(round(first)), float(round(last))
        values = _whole(parts, last - first)
    levels = [first]
    for value in values:
        levels.append(levels[-1] + (value if math.isfinite(value) else 0.0))
    low, high = _axis([*levels, last])
    ground = max(0.0, low)
    rows = [Row(start.name, first, ground, first, "total")]
    for part, value, begin, stop in zip(parts, values, levels, levels[1:], strict=False):
        rows.append(Row(part.name, value, begin, stop, "minus" if value < 0 else "plus", _is_usual(part)))
    return Waterfall((*rows, Row(end.name, last, ground, last, "total")), low, high)


def _gathered(parts: Sequence[Part]) -> list[Part]:
    """Return at most ``MOST`` parts in their order; of more, the smallest are put together as the last."""
    if len(parts) <= MOST:
        return list(parts)
    by_size = sorted(range(len(parts)), key=lambda place: -_size(parts[place].value))
    kept = set(by_size[: MOST - 1])
    rest = [part.value for place, part in enumerate(parts) if place not in kept]
    known = [value for value in rest if math.isfinite(value)]
    name = plural("{n} other", "{n} others", len(rest))
    others = Part(name, math.fsum(known) if known else math.nan)
    return [*(part for place, part in enumerate(parts) if place in kept), others]


def _size(value: float) -> float:
    return abs(value) if math.isfinite(value) else -1.0


def _whole(parts: Sequence[Part], total: float) -> list[float]:
    """Return the parts' values as whole numbers; if they are all known, these add up to ``total``.

    Left as rounded if ``total`` is further away than rounding explains.
    """
    values = [part.value for part in parts]
    rounded = [float(round(value)) if math.isfinite(value) else math.nan for value in values]
    missing = total - math.fsum(rounded)
    if math.isnan(missing) or not 0 < abs(missing) <= len(values):
        return rounded
    way = math.copysign(1.0, missing)
    nearest = sorted(
        range(len(values)),
        key=lambda place: (parts[place].low is not None, -way * (values[place] - rounded[place])),
    )
    for place in nearest[: int(abs(missing))]:
        rounded[place] += way
    return rounded


def _is_usual(part: Part) -> bool:
    return part.low is not None and part.high is not None and part.low <= part.value <= part.high


def _axis(levels: Sequence[float]) -> tuple[float, float]:
    """Return the ends of the axis; it starts above 0 only if all totals are close together."""
    low, high = min(levels), max(levels)
    if low > _CUT * high and low < high:
        return low - _MARGIN * (high - low), high
    return min(0.0, low), max(0.0, high)
