"""Which columns of a wide table are in sight: the first ones stay, the others are shown whole from one on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

GAP: Final = "  "
"""The gap behind each column."""
_MORE_ROOM: Final = 4
"""Cells at the end of the head line for the number of columns to the right."""
_LEAST: Final = 16
"""Minimum width at which the last column is cut to the room left instead of waiting for its turn."""


@dataclass(frozen=True, slots=True)
class ColumnWindow:
    """The columns in sight and how many are not."""

    columns: tuple[int, ...]
    sizes: tuple[int, ...]
    """The width of each in cells."""
    before: int
    """Number of columns out of sight between those that stay and the next one shown."""
    behind: int
    """Number of columns out of sight to the right."""

    def fits(self) -> bool:
        """Return whether no column is out of sight."""
        return not self.before and not self.behind


def window(widths: Sequence[int], start: int, room: int, *, fixed: int = 1) -> ColumnWindow:
    """Return the columns shown in ``room`` cells if the ``fixed`` first ones are followed by ``start``.

    Only the last column of the table may be cut, and a single column that is wider than the room.
    """
    if not widths:
        return ColumnWindow((), (), 0, 0)
    found = _shown(widths, start, room, fixed)
    return _shown(widths, start, room - _MORE_ROOM, fixed) if found.behind else found


def last_start(widths: Sequence[int], room: int, *, fixed: int = 1) -> int:
    """Return the smallest start from which all further columns are in sight."""
    starts = range(fixed, len(widths))
    found = (one for one in starts if not window(widths, one, room, fixed=fixed).behind)
    return next(found, max(fixed, len(widths) - 1))


def _shown(widths: Sequence[int], start: int, room: int, fixed: int) -> ColumnWindow:
    columns, sizes = list(range(min(fixed, len(widths)))), list(widths[:fixed])
    over = sum(sizes) + len(GAP) * (len(sizes) - 1) - (room // 2 if len(widths) > fixed else room)
    while over > 0 and max(sizes) > 1:  # the widest of those that stay gives way
        widest = sizes.index(max(sizes))
        sizes[widest] -= 1
        over -= 1
    used = sum(sizes) + len(GAP) * (len(sizes) - 1)
    for column in range(max(start, fixed), len(widths)):
        left = room - used - len(GAP)
        size = widths[column]
        cut = column == len(widths) - 1 and left >= min(size, _LEAST)
        if size > left and not cut and len(columns) > fixed:
            break
        columns.append(column)
        sizes.append(max(1, min(size, left)))
        used += sizes[-1] + len(GAP)
    return ColumnWindow(tuple(columns), tuple(sizes), max(0, start - fixed), len(widths) - 1 - columns[-1])
