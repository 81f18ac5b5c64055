"""Which columns of a wide table are in sight: the first ones stay, the others are shown whole from one on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

GAP: Final = "  "
"""The gap behind each column."""
_MORE_ROOM: Final = 6
"""Cells at the end of the head line for the number of columns to the right, with the gap before it."""
_LEAST: Final = 16
"""Minimum width at which a column of words is cut to the room left instead of waiting for its turn."""


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


@dataclass(frozen=True, slots=True)
class Columns:
    """All columns of a table."""

    widths: tuple[int, ...] = ()
    words: frozenset[int] = frozenset()
    """Those that contain words, which may be cut; figures are shown whole. The last one may always be cut."""
    fixed: int = 1
    """The number of first columns that stay."""

    def window(self, start: int, room: int) -> ColumnWindow:
        """Return the columns shown in ``room`` cells if column ``start`` follows those that stay."""
        if not self.widths:
            return ColumnWindow((), (), 0, 0)
        found = self._shown(start, room)
        return self._shown(start, room - _MORE_ROOM) if found.behind else found

    def last_start(self, room: int) -> int:
        """Return the smallest start from which all further columns are in sight."""
        starts = range(self.fixed, len(self.widths))
        found = (one for one in starts if not self.window(one, room).behind)
        return next(found, max(self.fixed, len(self.widths) - 1))

    def _shown(self, start: int, room: int) -> ColumnWindow:
        widths, fixed = self.widths, self.fixed
        columns, sizes = list(range(min(fixed, len(widths)))), list(widths[:fixed])
        over = _across(sizes) - (room // 2 if len(widths) > fixed else room)
        while over > 0 and max(sizes) > 1:  # the widest of those that stay gives way
            sizes[sizes.index(max(sizes))] -= 1
            over -= 1
        for column in range(max(start, fixed), len(widths)):
            left = room - _across(sizes) - len(GAP)
            size = widths[column]
            cut = (column in self.words or column == len(widths) - 1) and left >= min(size, _LEAST)
            if size > left and not cut and len(columns) > fixed:
                break
            columns.append(column)
            sizes.append(max(1, min(size, left)))
        return ColumnWindow(
            tuple(columns), tuple(sizes), max(0, start - fixed), len(widths) - 1 - columns[-1]
        )


def _across(sizes: Sequence[int]) -> int:
    return sum(sizes) + len(GAP) * (len(sizes) - 1)
