"""Find the row and cell positions in a spreadsheet's XML with numpy, for a whole text at once.

This takes a fifth of the time of a regular expression, which is still used for positions in an unusual
spelling.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

_PLACE: Final = re.compile(rb"\sr\s*=\s*[\"']\s*([A-Za-z]{0,8})\+?0*(\d{1,10})")
_LETTERS, _DIGITS = 3, 7
"""The length of the last possible position, XFD1048576; longer ones are handled by the regular expression."""
_AHEAD = len('="') + _LETTERS + _DIGITS + 1
"""The number of bytes after the ``r`` that are examined."""
_ONES, _TENS = 26 ** np.arange(_LETTERS)[::-1], 10 ** np.arange(_DIGITS)[::-1]
_SOME = 1 << 16
"""The number of positions processed together, to limit memory."""
_ENDS = np.isin(np.arange(256), list(b" \t\n\r\f\v/>"))
"""Characters that may follow the name of a tag."""

_Bytes = NDArray[np.uint8]


class Places(NamedTuple):
    """The number of rows and cells with a position, and the largest row and column."""

    rows: int
    cells: int
    last_row: int
    last_column: int


class XmlPart:
    """A part of a spreadsheet's XML."""

    def __init__(self, text: bytes) -> None:
        self._text = text
        self._held = np.frombuffer(text + bytes(_AHEAD + 1), np.uint8)
        """The bytes, padded so that looking ahead stays within bounds."""

    def places(self) -> Places:
        """Return the numbers and maxima of all positions: ``r="12"`` for rows, ``r="AB12"`` for cells."""
        held = self._held
        space, after = held <= ord(" "), held[2:]
        spots = np.flatnonzero(space[:-2] & (held[1:-1] == ord("r")) & ((after == ord("=")) | space[2:]))
        parts = (spots[start : start + _SOME] for start in range(0, len(spots), _SOME))
        found = [Places(0, 0, 0, 0), *(places for part in parts for places in self._at(part))]
        rows, cells, last_rows, last_columns = zip(*found, strict=True)
        return Places(sum(rows), sum(cells), max(last_rows), max(last_columns))

    def tags(self) -> tuple[int, int]:
        """Return the numbers of ``<row`` and ``<c`` tags, excluding those with a namespace prefix."""
        held = self._held
        tags = np.flatnonzero(held == ord("<")) + 1
        first = held[tags]
        cells = _ENDS[held[tags[first == ord("c")] + 1]]
        tags = tags[first == ord("r")]
        rows = (held[tags + 1] == ord("o")) & (held[tags + 2] == ord("w")) & _ENDS[held[tags + 3]]
        return int(rows.sum()), int(cells.sum())

    def _at(self, spots: NDArray[np.intp]) -> Iterator[Places]:
        """Yield the numbers and maxima of the positions at these byte offsets, grouped by shape."""
        shapes, words = _shapes(self._held[spots[:, None] + np.arange(2, _AHEAD + 2)])
        for shape in np.flatnonzero(np.bincount(shapes)).tolist():
            if shape:
                yield _alike(words[shapes == shape], *divmod(shape, 16))
        odd = [
            match.groups()
            for spot in spots[shapes == 0].tolist()
            if (match := _PLACE.match(self._text, spot))
        ]
        if odd:
            letters, numbers = zip(*odd, strict=True)
            rows, columns = letters.count(b""), map(_column, set(letters))
            yield Places(rows, len(odd) - rows, max(map(int, set(numbers))), max(columns))


def _shapes(behind: _Bytes) -> tuple[NDArray[Any], _Bytes]:
    """Return each position's shape and the bytes of the position.

    The shape is the number of letters × 16 + the number of digits, or 0 for an irregular position.
    """
    words = behind[:, 2:]
    letters = ((words | 32) - ord("a") <= ord("z") - ord("a")).argmin(1)
    begun = np.arange(words.shape[1]) < letters[:, None]
    digits = ((words - ord("0") <= ord("9") - ord("0")) | begun).argmin(1) - letters
    quoted = (behind[:, 1] == ord('"')) | (behind[:, 1] == ord("'"))
    plain = (behind[:, 0] == ord("=")) & quoted & (digits > 0) & (digits <= _DIGITS) & (letters <= _LETTERS)
    return np.where(plain, letters * 16 + digits, 0), words


def _alike(words: _Bytes, letters: int, digits: int) -> Places:
    """Return the numbers and maxima of positions that have the same number of letters and of digits."""
    rows = (words[:, letters : letters + digits] - ord("0")) @ _TENS[-digits:]
    columns = (words[:, :letters] & 31) @ _ONES[_LETTERS - letters :]
    count = len(words)
    return Places(0 if letters else count, count if letters else 0, int(rows.max()), int(columns.max()))


def _column(letters: bytes) -> int:
    column = 0
    for letter in letters.upper():
        column = column * 26 + letter - 64
    return column
