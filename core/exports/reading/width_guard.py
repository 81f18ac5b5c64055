"""Count the cells of the widest row of a csv before parsing it.

pandas pads all rows to the width of the widest: two megabytes with one row of a million commas would take
gigabytes. So the cells are counted first, and the number of rows read at a time is chosen to fit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

MOST_AT_ONCE = 15_000_000
"""The maximum number of cells a parser may allocate at a time."""
_LINE, _QUOTE = 10, 34


class Widest:
    """Counts the cells of the widest row, block by block, in bytes of UTF-8 or GB18030."""

    def __init__(self) -> None:
        self._lines, self._rows = _Most(), _Most()
        self._quoted = 0

    def look(self, block: bytes, delimiter: str) -> None:
        """Process the next bytes of the file."""
        import numpy as np

        marks = np.frombuffer(block, np.uint8)
        cells, ends = np.flatnonzero(marks == ord(delimiter)), np.flatnonzero(marks == _LINE)
        self._lines.add(cells, ends)
        quotes = np.flatnonzero(marks == _QUOTE)
        if len(quotes) or self._quoted:  # a line end inside quotation marks does not end a row
            ends = ends[(np.searchsorted(quotes, ends) + self._quoted) % 2 == 0]
            self._quoted = (self._quoted + len(quotes)) % 2
        self._rows.add(cells, ends)

    def cells(self, *, loose: bool) -> int:
        """Return the number of cells of the widest row.

        ``loose``: quotation marks are ordinary characters.
        """
        return (self._lines if loose else self._rows).most + 1


class _Most:
    """The maximum number of delimiters between two line ends, also across blocks."""

    def __init__(self) -> None:
        self.most = self._open = 0

    def add(self, cells: np.ndarray, ends: np.ndarray) -> None:
        import numpy as np

        before = np.searchsorted(cells, ends)
        counts = np.diff(before, prepend=0, append=len(cells))
        counts[0] += self._open
        self._open = int(counts[-1])
        self.most = max(self.most, int(counts.max()))
