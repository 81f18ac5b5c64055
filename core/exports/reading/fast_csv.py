"""Read regular csv files fast: pyarrow parses blocks of bytes, and each distinct text is decoded once.

In UTF-8 and GB18030, commas, line ends and quotation marks are never part of another character, so rows can
be split as bytes and only the distinct texts need decoding. Anything irregular raises :class:`Odd`, and the
remaining rows are read by the slower reader.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from core.exports.cells import MISSING
from core.exports.reading.dictionary_column import Cells, Coded
from core.exports.reading.raw_table import Piece

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

ROWS = 50_000
"""The number of rows in a piece."""
TOKENS = sorted({form for token in MISSING for form in (token, token.upper(), token.capitalize())} - {"/"})
"""Cell texts that count as empty in every column; the kinds of column recognize further ones themselves."""
_BLOCK = 1 << 20
_LONGEST = 32 << 20
"""The maximum number of bytes in a piece; longer rows need the slow reader."""


class Odd(Exception):
    """Raised if the next rows need the slow reader."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How to parse the bytes, and which columns are wanted."""

    encoding: str
    """"utf-8" or "gb18030"."""
    delimiter: str
    wanted: tuple[int, ...]
    """The indices of the wanted columns, from 0."""
    width: int
    """The number of header columns; cells beyond should be empty."""
    quotes: bool
    """Whether the file contains quotation marks."""


def pieces(opened: Callable[[], IO[bytes]], layout: Layout, start: int) -> Iterator[Piece]:
    """Yield the wanted columns from row ``start`` on, :data:`ROWS` rows at a time.

    Raise Odd if the rows are irregular.
    """
    number = start + 1
    with opened() as file:
        for block in _blocks(file, start, layout):
            piece = _piece(block, number, layout)
            yield piece
            number += len(piece.rows)


def _blocks(file: IO[bytes], start: int, layout: Layout) -> Iterator[bytes]:
    """Yield the bytes of :data:`ROWS` whole rows at a time, skipping the first ``start`` rows."""
    held: list[bytes] = []
    lines = size = 0
    skip = start
    while block := file.read(_BLOCK):
        block = block.replace(b"\0", b"")
        ends = _line_ends(block)
        while lines + ends >= skip + ROWS:
            at = _line_end(block, skip + ROWS - lines)
            yield _whole(b"".join((*held, block[:at])), skip, layout)
            block, held = block[at:], []
            ends = _line_ends(block)
            lines = size = skip = 0
        held.append(block)
        lines += ends
        size += len(block)
        if size > _LONGEST:
            raise Odd
    if (rest := b"".join(held)) and (whole := _whole(rest, skip, layout)):
        yield whole


def _line_ends(block: bytes) -> int:
    import numpy as np

    return int(np.count_nonzero(np.frombuffer(block, np.uint8) == ord("\n")))


def _line_end(block: bytes, n: int) -> int:
    """Return the position after the n-th line end."""
    import numpy as np

    return int(np.flatnonzero(np.frombuffer(block, np.uint8) == ord("\n"))[n - 1]) + 1


def _whole(rows: bytes, skip: int, layout: Layout) -> bytes:
    """Return the rows without the first ``skip``; raise Odd if quotation marks are used irregularly."""
    at = 0
    for _ in range(skip):
        end = rows.find(b"\n", at) + 1
        if not end:
            return b""
        if layout.quotes:
            _check_quotes(rows[at:end], layout.delimiter.encode())
        at = end
    rows = rows[at:] if at else rows
    if layout.quotes:
        _check_quotes(rows, layout.delimiter.encode())
    return rows


def _check_quotes(rows: bytes, delimiter: bytes) -> None:
    """Raise Odd if a quotation mark is not at the start or end of a cell, or a row ends inside quotes."""
    marks = rows.count(b'"')
    if not marks:
        return
    begin = rows.count(delimiter + b'"') + rows.count(b'\n"') + rows.startswith(b'"')
    end = rows.count(b'"' + delimiter) + rows.count(b'"\r\n') + rows.count(b'"\n') + rows.endswith(b'"')
    if begin != end or begin + end != marks:
        raise Odd


def _piece(rows: bytes, number: int, layout: Layout) -> Piece:
    import numpy as np

    table = _parsed(rows, layout)
    there = table.column_names
    columns: dict[int, Cells] = {at: _coded(table[f"f{at}"], layout.encoding) for at in layout.wanted}
    long = np.zeros(table.num_rows, bool)
    if (beyond := f"f{layout.width}") in there:
        extra = _coded(table[beyond], layout.encoding)
        filled = (extra.texts.str.strip() != "").to_numpy(dtype=bool)
        long = np.append(filled, False)[extra.codes]
    return Piece(np.arange(number, number + table.num_rows), columns, long)


def _parsed(rows: bytes, layout: Layout) -> pa.Table:
    """Return the wanted columns as bytes, plus the column beyond the header if there is one."""
    import pyarrow as pa
    from pyarrow import csv

    cells = rows[: rows.find(b"\n") + 1 or len(rows)].count(layout.delimiter.encode()) + 1
    names = [f"f{at}" for at in (*layout.wanted, layout.width) if at < cells]
    if len(names) < len(layout.wanted):
        raise Odd
    text = pa.dictionary(pa.int32(), pa.binary())
    try:
        return csv.read_csv(
            pa.BufferReader(rows),
            read_options=csv.ReadOptions(
                autogenerate_column_names=True, use_threads=False, block_size=len(rows) + 1
            ),
            parse_options=csv.ParseOptions(
                delimiter=layout.delimiter,
                quote_char='"' if layout.quotes else False,
                newlines_in_values=layout.quotes,
                ignore_empty_lines=False,
            ),
            convert_options=csv.ConvertOptions(
                check_utf8=False, column_types=dict.fromkeys(names, text), include_columns=names
            ),
        )
    except (pa.ArrowException, KeyError) as error:
        raise Odd from error


def _coded(column: pa.ChunkedArray, encoding: str) -> Coded:
    import numpy as np
    import pandas as pd
    import pyarrow as pa
    import pyarrow.compute as pc

    held = column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
    if isinstance(held, pa.ChunkedArray):
        raise Odd
    texts = _decoded(held.dictionary, encoding)
    codes: np.ndarray = held.indices.to_numpy(zero_copy_only=True)
    nothing = pc.is_in(texts, value_set=pa.array(TOKENS, texts.type)).to_numpy(zero_copy_only=False)
    if nothing.any():
        codes = np.where(nothing[codes], -1, codes)
    return Coded(codes, pd.Series(pd.array(texts, dtype="str")))


def _decoded(texts: pa.Array, encoding: str) -> Any:  # noqa: ANN401 - pyarrow's array of text
    """Return the decoded distinct texts of a column; raise Odd if they cannot be decoded."""
    import numpy as np
    import pyarrow as pa

    _, ends, data = texts.buffers()
    size = int(np.frombuffer(ends, np.int32)[len(texts)]) if len(texts) else 0
    if not size or bytes(data[:size]).isascii():
        return texts.cast(pa.large_string())
    try:
        read = b"\0".join(texts.to_pylist()).decode(encoding).split("\0")
    except UnicodeDecodeError as error:
        raise Odd from error
    return pa.array(read, pa.large_string())
