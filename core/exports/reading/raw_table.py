"""Raw tables of a file: the first rows as text, and the wanted columns in pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Protocol

from core.exports.reading.dictionary_column import Cells, Coded

if TYPE_CHECKING:
    import numpy as np

PIECE = 50_000
"""The number of workbook rows converted at a time, unless the rows are very wide."""
_CELLS = 2_000_000
"""The number of cells from which a piece of a workbook takes no further rows."""
_SOME = 1_000


@dataclass(frozen=True, slots=True)
class Piece:
    """Consecutive rows of a table, with the wanted columns unconverted, as in the file."""

    rows: np.ndarray
    """Row numbers in the file, from 1."""
    columns: dict[int, Cells]
    """The columns by index in the file (from 0): text, numbers, or mixed."""
    long: np.ndarray
    """A mask of the rows that have non-empty cells beyond the header's last column."""


class RawTable(Protocol):
    """The interface of one table of a file."""

    name: str
    top: list[list[str]]
    """The first rows as text, enough to find the header."""
    cells: int
    """The approximate number of cells, for the progress bar and to find the main table."""
    hidden: bool
    """Whether the table's sheet is hidden in the workbook."""

    @property
    def ends_in_row(self) -> bool:
        """Whether the file ends in the middle of its last row: the download was cut off."""
        ...

    @property
    def odd_marks(self) -> int:
        """The number of characters that could not be decoded."""
        ...

    def pieces(self, wanted: Sequence[int], texts: frozenset[int], start: int, width: int) -> Iterator[Piece]:
        """Yield the ``wanted`` columns from row ``start`` on.

        Columns in ``texts`` are never parsed as numbers.
        """
        ...


class GridPage:
    """A table whose rows are lists of cells: from workbooks, web pages, and csv that fast parsers reject."""

    def __init__(
        self,
        name: str,
        rows: Callable[[], Iterable[Sequence[Any]]],
        look: int,
        cells: int = 0,
        *,
        hidden: bool = False,
    ) -> None:
        self.name, self.hidden = name, hidden
        self._rows = rows
        self.top = [[text_of(cell) for cell in row] for row in islice(rows(), look)]
        self.ends_in_row = False
        self.odd_marks = self.hidden_rows = 0
        self.cells = cells

    def pieces(self, wanted: Sequence[int], texts: frozenset[int], start: int, width: int) -> Iterator[Piece]:
        """Yield the wanted columns, :data:`PIECE` rows at a time."""
        del texts  # cells keep the type they have in the file
        rows = islice(self._rows(), start, None)
        number = start + 1
        while block := _block(rows):
            yield _piece(block, number, wanted, width)
            number += len(block)


def _block(rows: Iterator[Sequence[Any]]) -> list[Sequence[Any]]:
    """Return the next rows, as many as fit into one piece."""
    block: list[Sequence[Any]] = []
    cells = 0
    while len(block) < PIECE and cells < _CELLS and (some := list(islice(rows, _SOME))):
        block += some
        cells += sum(map(len, some))
    return block


def _piece(block: list[Sequence[Any]], number: int, wanted: Sequence[int], width: int) -> Piece:
    import numpy as np

    shortest = min(map(len, block))
    columns: dict[int, Cells] = {}
    for at in wanted:
        plain = map(itemgetter(at), block) if at < shortest else (_at(row, at) for row in block)
        columns[at] = _coded(list(plain))
    long = np.fromiter(
        (len(row) > width and any(map(text_of, row[width:])) for row in block), bool, len(block)
    )
    return Piece(np.arange(number, number + len(block)), columns, long)


def _at(row: Sequence[Any], at: int) -> Any:  # noqa: ANN401 - whatever a workbook holds
    return row[at] if at < len(row) else None


def _coded(cells: list[Any]) -> Coded:
    """Return the column dictionary-encoded, converting each distinct cell once."""
    import numpy as np
    import pandas as pd

    if bool in set(map(type, cells)):  # True equals 1 when cells are deduplicated
        cells = [_plain(cell) for cell in cells]
    held = np.empty(len(cells), dtype=object)
    held[:] = cells
    codes, different = pd.factorize(held, use_na_sentinel=True)
    plain = [_plain(cell) for cell in different]
    nothing = np.array([*(cell is None for cell in plain), True])
    codes = np.where(nothing[codes], -1, codes)
    return Coded(codes, pd.Series(plain, dtype=object))


def _plain(cell: Any) -> str | float | datetime | None:  # noqa: ANN401 - whatever a workbook holds
    """Return the cell as text, number, datetime or None (empty)."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, str | datetime):
        return cell
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, int | float):
        return float(cell)
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001 - a date without a time
    return text_of(cell)


def text_of(cell: Any) -> str:  # noqa: ANN401 - whatever a workbook holds
    """Return the cell as the text that an operator would see in a spreadsheet program."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    if isinstance(cell, time):
        return cell.isoformat("minutes")
    return str(cell).strip()
