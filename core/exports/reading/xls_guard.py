"""Check the sizes that an .xls file claims, before a parser allocates memory for them.

The .xls format has no checksums: one flipped bit turns column 3 into column 32,771, and a parser that trusts
it needs more memory than the server has. So the records are checked within bounds before parsing.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from core.exports.reading.zip_guard import damaged_file, too_wide

_END = 0xFFFFFFFA
"""Sector numbers from here on are special markers."""
_CELLS = frozenset((0x0006, 0x00BD, 0x00BE, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E))
"""Records that start with a row and a column."""
_MANY = frozenset((0x00BD, 0x00BE))
"""Records that contain several adjacent cells."""
_SMALLEST_CELL = 2
_FIRST_OF_SHEET, _DIMENSIONS, _STRINGS = 0x0809, 0x0200, 0x00FC
_SMALLEST_STRING = 3
_ROOT = 5
_MOST_CELLS = 8_000_000
"""The maximum number of cells: 65,536 rows (the format's limit) of 122 columns."""
_EMPTY = 3_000_000
"""The number of cells a sheet may span even if few are filled; a parser allocates all of them."""
_THIN = 4
"""Beyond :data:`_EMPTY`, the number of cells a sheet may span for each filled cell."""
_OLD_DIMENSIONS, _NEW_DIMENSIONS = 10, 14
"""The lengths of the DIMENSIONS record before and since the format allows 65,536 rows."""


def check_biff(data: bytes) -> None:
    """Refuse a workbook whose records exceed the file, or whose cells are too far apart."""
    try:
        _check_records(_workbook_stream(data))
    except (struct.error, IndexError, OverflowError) as error:
        raise damaged_file() from error


def _check_records(stream: bytes) -> None:
    rows = columns = before = filled = 0
    for kind, start, length in _records(stream):
        if kind == _FIRST_OF_SHEET:
            before += rows * columns
            rows = columns = 0
        elif kind in _CELLS and length >= 4:  # noqa: PLR2004 - two numbers of two bytes
            row, column = struct.unpack_from("<HH", stream, start)
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            filled += max(1, length // _SMALLEST_CELL) if kind in _MANY else 1
        elif kind == _DIMENSIONS and length >= _OLD_DIMENSIONS:
            layout = "<IIHH" if length >= _NEW_DIMENSIONS else "<HHHH"
            top, rows, left, columns = struct.unpack_from(layout, stream, start)
            if (top > rows > 0) or (left > columns > 0):
                raise damaged_file()
        elif kind == _STRINGS:
            _, strings = struct.unpack_from("<II", stream, start)
            if strings * _SMALLEST_STRING > len(stream):
                raise damaged_file()
        if before + rows * columns > _MOST_CELLS:
            raise too_wide(before + rows * columns)
    if before + rows * columns > _EMPTY + _THIN * filled:
        raise too_wide(before + rows * columns)


def _records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield the kind, start and length of every record."""
    at, size = 0, len(stream)
    while at + 4 <= size:
        kind, length = struct.unpack_from("<HH", stream, at)
        if at + 4 + length > size:
            if not any(stream[at:]):  # the last sector is padded with zeros
                return
            raise damaged_file()
        yield kind, at + 4, length
        at += 4 + length


def _workbook_stream(data: bytes) -> bytes:
    """Return the bytes of the workbook stream inside the OLE file."""
    shift, mini_shift = struct.unpack_from("<HH", data, 30)
    directory, _, cutoff, mini_first = struct.unpack_from("<IIII", data, 48)
    if shift not in (9, 12) or mini_shift != 6:  # noqa: PLR2004 - the only valid values
        raise damaged_file()
    table = _table(data, shift)
    entries = _chain(data, directory, table, shift)
    if len(entries) % 128:
        raise damaged_file()
    root, book = b"", b""
    for at in range(0, len(entries) - 127, 128):
        entry = entries[at : at + 128]
        name = entry[: max(0, struct.unpack_from("<H", entry, 64)[0] - 2)].decode("utf-16-le", "replace")
        root = entry if entry[66] == _ROOT else root
        book = entry if name.lower() in ("workbook", "book") else book
    if not book:
        raise damaged_file()
    start, size = struct.unpack_from("<II", book, 116)
    if size >= cutoff:
        return _chain(data, start, table, shift)[:size]
    small = _chain(data, struct.unpack_from("<I", root, 116)[0], table, shift)
    mini_bytes = _chain(data, mini_first, table, shift)
    minis = struct.unpack(f"<{len(mini_bytes) // 4}I", mini_bytes[: len(mini_bytes) // 4 * 4])
    return _chain(small, start, minis, mini_shift, head=0)[:size]


def _table(data: bytes, shift: int) -> tuple[int, ...]:
    """Return the file allocation table: for each sector, the number of the sector that follows it."""
    (count,) = struct.unpack_from("<I", data, 44)
    listed = list(struct.unpack_from("<109I", data, 76))
    further, size = struct.unpack_from("<I", data, 68)[0], 1 << shift
    if count > len(data) >> shift:
        raise damaged_file()
    while further < _END and len(listed) < count:
        place = (further + 1) << shift
        *numbers, further = struct.unpack_from(f"<{size // 4}I", data, place)
        listed.extend(numbers)
    if count > len(listed):
        raise damaged_file()
    sectors = [sector for sector in listed[:count] if sector < _END]
    return tuple(
        number
        for sector in sectors
        for number in struct.unpack_from(f"<{size // 4}I", data, (sector + 1) << shift)
    )


def _chain(data: bytes, first: int, table: tuple[int, ...], shift: int, head: int = 1) -> bytes:
    """Return the bytes of the sector chain starting at ``first``; a cycle counts as damage."""
    parts: list[bytes] = []
    sector, size = first, 1 << shift
    while sector < _END:
        if len(parts) > min(len(table), len(data) >> shift):
            raise damaged_file()
        place = (sector + head) << shift
        parts.append(data[place : place + size])
        sector = table[sector]
    return b"".join(parts)
