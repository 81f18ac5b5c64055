"""csv in whatever encoding it came: read in chunks, only the wanted columns, never all of it at once."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial
from itertools import islice
from typing import IO, TYPE_CHECKING, Any, Literal

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


class CsvPage:
    """A csv as a page; ``opened`` gives its bytes from the start, every time anew."""

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
        if scan.size > len(scan.start):  # the last line of what was looked at may be half
            start = start[: start.rfind("\n") + 1] or start
        self._delimiter = _delimiter(start)
        self.top = list(islice(self._split(io.StringIO(start, newline="")), look))
        if scan.long_lines or self.encoding == "utf-16":
            check_columns(self._widest)
        wide = max((len(row) for row in self.top), default=1)
        self.cells = scan.lines * wide
        self.ends_in_row = self._cut_off(scan.end)

    @cached_property
    def _widest(self) -> int:
        """The cells of the widest row."""
        widest = Widest()
        with self._clean() as file:
            while block := file.read(_BLOCK):
                widest.look(block, self._delimiter)
        return widest.cells(loose=self._loose)

    @property
    def _quoting(self) -> Literal[0, 3]:
        """Quotation marks are taken as they stand when they do not come in pairs."""
        return csv.QUOTE_NONE if self._loose else csv.QUOTE_MINIMAL

    def _split(self, text: Iterable[str]) -> Iterator[list[str]]:
        mark = None if self._loose else '"'
        rows = csv.reader(text, delimiter=self._delimiter, quotechar=mark, quoting=self._quoting)
        while True:
            try:
                row = next(rows, None)
            except csv.Error:  # a cell longer than any text
                row = []
            if row is None:
                return
            yield [cell.strip("\ufeff") for cell in row]

    def _cut_off(self, end: bytes) -> bool:
        """Tell whether the last line has no end and fewer cells than the line before it."""
        lines = end.decode(self.encoding, errors="replace").replace("\r\n", "\n").split("\n")
        if len(lines) < 3 or not lines[-1].strip():  # noqa: PLR2004 - the first of them may be half
            return False
        before, last = (next(self._split([line]), []) for line in lines[-2:])
        return len(last) < len(before)

    def pieces(self, wanted: Sequence[int], texts: frozenset[int], start: int, width: int) -> Iterator[Piece]:
        """Give the wanted columns, :data:`CHUNK` rows at a time."""
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
        """Give the rows from ``start`` on, whatever they look like."""
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
        """Return pandas' reader of the wanted columns and of one beyond the header, which should be empty.

        A first line of our own says how wide the table is; without it a short line would decide.
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
        """The encoding in which the cleaned bytes come."""
        return "gb18030" if self.encoding == "gb18030" else "utf-8"

    def _clean(self, first: bytes = b"") -> _Clean:
        return _Clean(self._opened(), first, wide=self.encoding == "utf-16")

    def _slowly(self) -> GridPage:
        """Return the same rows by Python's own reader, for what the fast one does not take."""

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
    """Return the bytes behind a mark of UTF-8 that stands before GBK."""
    file = opened()
    file.read(len(codecs.BOM_UTF8))
    return file


def _delimiter(start: str) -> str:
    """Return what splits the first lines into most cells; a comma when nothing does."""
    lines = start.splitlines()[:30]
    most = {mark: max((line.count(mark) for line in lines), default=0) for mark in (",", "\t", ";")}
    return max(most, key=lambda mark: most[mark])


class _Clean(io.RawIOBase):
    """A file's bytes behind ``first``, UTF-16 as UTF-8, without the NULs inside cells of some exports."""

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
