"""The columns of a picture with one bar per line: name, figure, bar and a note in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tui.text.sanitize import safe, width

_FEWEST, _MOST = 16, 96
"""The bars' width in cells: notes are left out rather than go below the first, and the second is enough."""
_SHORTEST_NAME = 4
_GAP = 2


class BarColumns(NamedTuple):
    """The widths of the columns in cells."""

    names: int
    figures: int
    bars: int
    noted: bool
    """Whether there is room for the notes."""


def bar_columns(
    names: Sequence[str], figures: Sequence[str], notes: Sequence[str], room: int, *, longest_name: int
) -> BarColumns:
    """Return the widths at which the lines, with two cells between columns, fit within ``room`` cells."""
    figure = min(max(map(width, figures)), room // 2)
    name = min(longest_name, max(width(safe(one)) for one in names))
    name = min(name, max(_SHORTEST_NAME, room - figure - 2 * _GAP - _FEWEST))
    cells = room - name - figure - 2 * _GAP
    note = max(map(width, notes), default=0)
    noted = note > 0 and cells - _GAP - note >= _FEWEST
    return BarColumns(name, figure, max(0, min(_MOST, cells - _GAP - note if noted else cells)), noted)
