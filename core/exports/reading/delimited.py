"""Read a csv in any supported encoding, in chunks and only the wanted columns."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial
from itertools import islice
from typing import IO, TYPE_CHECKING, Any, Final, Literal

from core.exports.reading import fast_csv
from core.exports.reading.csv_scan import Scan
from core.exports.reading.dictionary_column import Cells
from core.exports.reading.prefetch import ahead
from core.exports.reading.raw_table import GridPage, Piece
from core.exports.reading.width_guard import MOST_AT_ONCE, Widest
from core.exports.reading.zip_guard import LONGEST_TEXT, check_columns

if TYPE_CHECKING:
    import pandas as pd
    from pandas.io.parsers import TextFileReader

CHUNK = fast_csv.ROWS
_BLOCK = 1 << 20
MARKS: Final = (",", "\t", ";")
_SNIFFED = 30
"""The number of first rows from which the delimiter is determined."""


class CsvPage:
    """A csv file as a table; ``opened`` returns a new stream of its bytes on each call."""

    name = ""
    hidden = False

    def __init__(self, opened: Callable[[], IO[bytes]], look: int) -> None:
        scan = Scan(opened)
        self._opened = partial(_behind_mark, opened) if scan.false_mark else opened
        self.encoding, self._loose, self.odd_marks = scan.encoding, scan.odd_quotes, scan.odd_marks
        self._quotes = scan.quotes
        self._plain_ends = scan.plain_ends
        head = scan.start.removeprefix(codecs.BOM_UTF8) if scan.false_mark else scan.start
        start = head.decode(self.encoding, errors="replace").lstrip("\ufeff").replace("\0", "")
        if scan.size > len(scan.start):  # the last line of the scanned start may be incomplete
            start = start[: start.rfind("\n") + 1] or start
        self._delimiter = _delimiter(start, loose=self._loose)
        self.top = list(islice(self._split(io.StringIO(start, newline="")), look))
        if scan.long_lines or self.encoding == "utf-16":
            check_columns(self._widest)
        wide = max((len(row) for row in self.top), default=1)
        self.cells = scan.lines * wide
        self.ends_in_row = self._cut_off(scan.end)

    @cached_property
    def _widest(self) -> int:
        """The number of cells in the widest row."""
        widest = Widest()
        with self._clean() as file:
            while block := file.read(_BLOCK):
                widest.look(block, self._delimiter)
        return widest.cells(loose=self._loose)

    @property
    def _quoting(self) -> Literal[0, 3]:
        """The csv quoting mode: 3 (quotation marks are plain characters) if they are unbalanced, else 0."""
        return csv.QUOTE_NONE if self._loose else csv.QUOTE_MINIMAL

    def _split(self, text: Iterable[str]) -> Iterator[list[str]]:
        return _rows(text, self._delimiter, loose=self._loose)

    def _cut_off(self, end: bytes) -> bool:
        """Return whether the file seems cut off: its last line lacks the line end and some cells."""
        lines = end.decode(self.encoding, errors="replace").replace("\r\n", "\n").split("\n")
        if len(lines) < 3 or not lines[-1].strip():  # noqa: PLR2004 - the first one may be incomplete
            return False
        before, last = (next(self._split([line]), []) for line in lines[-2:])
        return len(last) < len(before)

    def pieces(self, wanted: Sequence[int], texts: frozenset[int], start: int, width: int) -> Iterator[Piece]:
        """Yield the wanted columns, :data:`CHUNK` rows at a time."""
        number = start + 1
        if self._plain_ends and not self._loose and self.encoding != "utf-16":
            layout = fast_csv.Layout(
                self._plainly, self._delimiter, tuple(wanted), width, quotes=self._quotes
            )
            try:
                for piece in ahead(fast_csv.pieces(self._opened, layout, start)):
                    yield piece
                    number += len(piece.rows)
            except fast_csv.Odd:
                pass
            else:
                return
        yield from self._by_pandas(wanted, texts, number - 1, width)

    def _by_pandas(
        self, wanted: Sequence[int], texts: frozenset[int], start: int, width: int
    ) -> Iterator[Piece]:
        """Yield the rows from ``start`` on with pandas, which handles all csv files."""
        import pandas as pd

        check_columns(self._widest)
        number = start + 1
        try:
            with self._reader(wanted, texts, start, width) as reader:
                for chunk in reader:
                    yield _piece(chunk, number, wanted, width, loose=self._loose)
                    number += len(chunk)
        except pd.errors.EmptyDataError:
            return
        except pd.errors.ParserError:
            self._loose = True
            yield from self._slowly().pieces(wanted, texts, number - 1, width)

    def _reader(self, wanted: Sequence[int], texts: frozenset[int], start: int, width: int) -> TextFileReader:
        """Return pandas' reader for the wanted columns and the one after the header's last, normally empty.

        An artificial first line sets the width of the table; otherwise a short first line would set it.
        """
        import pandas as pd

        ours = self._delimiter.join(str(at) for at in range(width + 1)) + "\n"
        return pd.read_csv(
            self._clean(ours.encode()),
            encoding=self._plainly,
            encoding_errors="replace",
            sep=self._delimiter,
            quoting=self._quoting,
            header=0,
            names=[str(at) for at in range(width + 1)],
            usecols=[str(at) for at in (*wanted, width)],
            dtype=dict.fromkeys([str(at) for at in (*texts, width)], "str"),
            skiprows=range(1, start + 1),
            skip_blank_lines=False,
            keep_default_na=False,
            na_values=fast_csv.TOKENS,
            index_col=False,
            chunksize=min(CHUNK, MOST_AT_ONCE // max(self._widest, width)),
            low_memory=False,
        )

    @property
    def _plainly(self) -> str:
        """The encoding of the bytes that :meth:`_clean` returns."""
        return "gb18030" if self.encoding == "gb18030" else "utf-8"

    def _clean(self, first: bytes = b"") -> _Clean:
        return _Clean(self._opened(), first, wide=self.encoding == "utf-16")

    def _slowly(self) -> GridPage:
        """Return a table of the same rows read by Python's csv module, which accepts what pandas rejects."""

        def rows() -> Iterator[Sequence[Any]]:
            csv.field_size_limit(LONGEST_TEXT)
            raw = io.BufferedReader(self._clean())
            with io.TextIOWrapper(raw, self._plainly, errors="replace", newline="") as text:
                yield from self._split(text)

        return GridPage(self.name, rows, 0)


def _piece(chunk: pd.DataFrame, number: int, wanted: Sequence[int], width: int, *, loose: bool) -> Piece:
    import numpy as np

    chunk = chunk.reset_index(drop=True)
    columns: dict[int, Cells] = {at: chunk[str(at)] for at in wanted}
    if loose:
        texts = (at for at in wanted if chunk[str(at)].dtype == "str")
        columns |= {at: chunk[str(at)].str.strip('" ') for at in texts}
    extra = chunk[str(width)]
    long = extra.notna().to_numpy() & (extra.str.strip().fillna("") != "").to_numpy()
    return Piece(np.arange(number, number + len(chunk)), columns, long)


def _behind_mark(opened: Callable[[], IO[bytes]]) -> IO[bytes]:
    """Return a stream of the bytes after a UTF-8 byte order mark that wrongly precedes GBK text."""
    file = opened()
    file.read(len(codecs.BOM_UTF8))
    return file


def _delimiter(start: str, *, loose: bool) -> str:
    """Return the delimiter that splits the largest number of the first rows into equally many cells.

    If several do equally well, the one giving more cells is returned; a comma if none gives at least two
    cells. Delimiters inside quoted cells are ignored, and a single cell that happens to contain many has
    little effect.
    """
    fits = {
        mark: _fit(islice(_rows(io.StringIO(start, newline=""), mark, loose=loose), _SNIFFED))
        for mark in MARKS
    }
    return max(fits, key=lambda mark: fits[mark])


def _fit(rows: Iterable[Sequence[str]]) -> tuple[int, int]:
    """Return how many rows have the most frequent number of cells, and that number, which is at least 2.

    (0, 0) if no row has two cells.
    """
    widths = Counter(len(row) for row in rows if len(row) > 1)
    return max(((n, width) for width, n in widths.items()), default=(0, 0))


def _rows(text: Iterable[str], delimiter: str, *, loose: bool) -> Iterator[list[str]]:
    """Yield the rows; quotation marks are ordinary characters if they are unbalanced (``loose``)."""
    mark = None if loose else '"'
    quoting: Literal[0, 3] = csv.QUOTE_NONE if loose else csv.QUOTE_MINIMAL
    rows = csv.reader(text, delimiter=delimiter, quotechar=mark, quoting=quoting)
    while True:
        try:
            row = next(rows, None)
        except csv.Error:  # a cell longer than the csv module's limit
            row = []
        if row is None:
            return
        yield [cell.strip("\ufeff") for cell in row]


class _Clean(io.RawIOBase):
    """A stream of the bytes ``first`` and then the file's, UTF-16 converted to UTF-8, NUL bytes removed."""

    def __init__(self, file: IO[bytes], first: bytes = b"", *, wide: bool = False) -> None:
        self._file = file
        self._held = first
        self._wide = codecs.getincrementaldecoder("utf-16")(errors="replace") if wide else None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - any writable buffer
        while not self._held and (block := self._file.read(_BLOCK)):
            plain = self._wide.decode(block).encode() if self._wide else block
            self._held = plain.replace(b"\0", b"")
        kept, self._held = self._held[: len(buffer)], self._held[len(buffer) :]
        buffer[: len(kept)] = kept
        return len(kept)

    def close(self) -> None:
        self._file.close()
        super().close()
