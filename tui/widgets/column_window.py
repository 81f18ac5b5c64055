"""Choice of the visible columns of a wide table: the first ones are fixed, the others scroll one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

GAP: Final = "  "
"""The gap behind each column."""
_MORE_ROOM: Final = 6
"""Cells reserved at the end of the header line for the number of columns hidden on the right ("+3▸")."""
_LEAST: Final = 16
"""Room in cells from which a text column is shown cut off; with less it is hidden until it is scrolled to."""


@dataclass(frozen=True, slots=True)
class ColumnWindow:
    """The indices of the visible columns, their widths, and how many columns are hidden."""

    columns: tuple[int, ...]
    sizes: tuple[int, ...]
    """The width of each visible column in cells."""
    before: int
    """Number of columns hidden between the fixed ones and the next visible one."""
    behind: int
    """Number of columns hidden on the right."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The widths and kinds of all columns of a table, from which the visible ones are chosen."""

    widths: tuple[int, ...] = ()
    words: frozenset[int] = frozenset()
    """Indices of the text columns, which may be cut off; figures never are, except in the last column."""
    fixed: int = 1
    """Number of columns at the left that always stay visible."""

    def window(self, start: int, room: int) -> ColumnWindow:
        """Return the columns visible in ``room`` cells: the fixed ones, then those from ``start`` on."""
        if not self.widths:
            return ColumnWindow((), (), 0, 0)
        found = self._shown(start, room)
        return self._shown(start, room - _MORE_ROOM) if found.behind else found

    def last_start(self, room: int) -> int:
        """Return the smallest ``start`` for which no column is hidden on the right."""
        starts = range(self.fixed, len(self.widths))
        found = (one for one in starts if not self.window(one, room).behind)
        return next(found, max(self.fixed, len(self.widths) - 1))

    def _shown(self, start: int, room: int) -> ColumnWindow:
        widths, fixed = self.widths, self.fixed
        columns, sizes = list(range(min(fixed, len(widths)))), list(widths[:fixed])
        over = _across(sizes) - (room // 2 if len(widths) > fixed else room)
        while over > 0 and max(sizes) > 1:  # narrow the widest of the fixed columns
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
