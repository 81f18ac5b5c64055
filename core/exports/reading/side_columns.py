"""Columns that the sheet does not use but that may split its rows: shop, channel, warehouse.

They are never part of a frame. They only show whether a row is the total for its key or a part of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.exports.header_keys import key_of
from core.exports.reading.dictionary_column import coded
from core.exports.reading.raw_table import Piece, text_of

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, slots=True)
class SideColumn:
    """A column the sheet does not use: row ``n`` has ``texts[codes[n]]``, or is blank if the code is -1."""

    header: str
    codes: np.ndarray
    texts: tuple[str, ...]

    def values(self) -> tuple[str, ...]:
        """Return the distinct values, the most frequent first."""
        import numpy as np

        counts = np.bincount(self.codes[self.codes >= 0], minlength=len(self.texts))
        order = np.argsort(-counts, kind="stable")
        return tuple(self.texts[at] for at in order if counts[at])

    def rows_that(self, wanted: Iterable[str]) -> np.ndarray:
        """Return a mask of the rows with one of these values."""
        import numpy as np

        held = set(wanted)
        chosen = np.array([*(text in held for text in self.texts), False])
        rows: np.ndarray = chosen[self.codes]
        return rows

    def filled_down(self) -> SideColumn:
        """Return the column with blank cells filled from above, if they look like merged cells.

        In a column of merged cells each value occurs once, above the blank cells merged with it, and the
        first row is filled.
        """
        import numpy as np

        there = np.flatnonzero(self.codes >= 0)
        if not len(there) or there[0] or len(there) != len(np.unique(self.codes[there])):
            return self
        above = np.maximum.accumulate(np.where(self.codes >= 0, np.arange(len(self.codes)), 0))
        return SideColumn(self.header, self.codes[above], self.texts)

    @property
    def blank(self) -> np.ndarray:
        """Return a mask of the rows in which the column is blank."""
        held: np.ndarray = self.codes < 0
        return held


class SideColumns:
    """The side columns of all tables of a file, with a cell for each row kept so far."""

    def __init__(self) -> None:
        self._headers: dict[str, str] = {}
        self._texts: dict[str, dict[str, int]] = {}
        self._codes: list[dict[str, np.ndarray]] = []
        self._tables: list[tuple[int, int]] = []
        self._kept: np.ndarray | None = None

    def add(self, table: int, piece: Piece, wanted: Mapping[int, str], rows: np.ndarray) -> None:
        """Store a piece's columns (``wanted``: index to header) for the rows that are used."""
        import numpy as np

        at = np.searchsorted(piece.rows, rows)
        made: dict[str, np.ndarray] = {}
        for column, header in wanted.items():
            key = key_of(header)
            self._headers.setdefault(key, header)
            known = self._texts.setdefault(key, {})
            cells = coded(piece.columns[column])
            said = (text_of(cell).strip() for cell in cells.texts)
            own = [known.setdefault(text, len(known)) if text else -1 for text in said]
            made[key] = np.array([*own, -1], dtype="int32")[cells.codes[at]]
        self._codes.append(made)
        self._tables.append((table, len(rows)))

    @property
    def headers(self) -> tuple[str, ...]:
        """Return the headers in the order they were found."""
        return tuple(self._headers.values())

    def column(self, header: str) -> SideColumn:
        """Return the column for the rows kept so far; rows of tables without this column are blank."""
        import numpy as np

        key = key_of(header)
        parts = [
            made[key] if key in made else np.full(rows, -1, "int32")
            for made, (_, rows) in zip(self._codes, self._tables, strict=True)
        ]
        codes = np.concatenate(parts) if parts else np.zeros(0, "int32")
        kept = codes if self._kept is None else codes[self._kept]
        return SideColumn(self._headers[key], kept, tuple(self._texts[key]))

    def tables(self) -> np.ndarray:
        """Return the table number (from 0) of each row kept so far."""
        import numpy as np

        numbers = [np.full(rows, table, "int32") for table, rows in self._tables]
        held = np.concatenate(numbers) if numbers else np.zeros(0, "int32")
        return held if self._kept is None else held[self._kept]

    def keep(self, rows: np.ndarray) -> None:
        """Keep only some of the rows kept so far (``rows`` is a mask)."""
        import numpy as np

        before = np.arange(sum(rows for _, rows in self._tables)) if self._kept is None else self._kept
        self._kept = before[rows]
