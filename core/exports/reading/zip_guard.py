"""Check the sizes that a zip or .xlsx claims, before a parser allocates memory for them.

Sizes stated in a zip can be false, and one far-away cell makes a parser allocate all cells before it, which
can exhaust the server's memory. So every part is first unpacked in pieces, only for counting.
"""

from __future__ import annotations

import copy
import re
import struct
import zipfile
from collections.abc import Iterator
from typing import IO

from core.errors import BadExport
from core.exports.reading.prefetch import ahead
from core.exports.reading.xlsx_positions import XmlPart
from core.language.wording import say

MOST_UNPACKED = 512 << 20
"""The maximum number of bytes of an unpacked workbook."""
MOST_CELLS = 10_000_000
"""The maximum number of cells of all sheets, including empty ones between filled ones."""
MOST_COLUMNS = 16_384
"""The maximum number of columns in spreadsheet programs."""
MOST_LISTED = 4 << 20
"""The maximum number of bytes of the zip's directory: about fifty thousand names."""
LONGEST_TEXT = 32 << 20
"""The maximum number of bytes of one text; the platforms' limit is 32,767 characters."""
_BLOCK = 1 << 20
_BEYOND = 1 << 40
_TAG = re.compile(rb"<(?:[\w.-]{1,40}:)?(c|row)[\s/>]")
_TEXTS = re.compile(rb"\suniqueCount\s*=\s*[\"']\s*\+?(\d{1,40})")
"""Matches the number of distinct texts that a workbook claims to have; parsers trust it."""
_SHEET = re.compile(r"xl/worksheets/sheet(\d{1,5})\.xml")
_HIDDEN = re.compile(rb"<(?:[\w.-]{1,40}:)?row\s[^<>]{0,500}?\bhidden\s*=\s*[\"'](?:1|true)[\"']")
_END, _LOCATOR, _END_64 = b"PK\x05\x06", b"PK\x06\x07", b"PK\x06\x06"


def check_list(file: IO[bytes]) -> None:
    """Refuse a zip whose directory is too large for memory, before reading it."""
    size = file.seek(0, 2)
    file.seek(max(0, size - (1 << 16) - 200))
    tail = file.read()
    file.seek(0)
    at = len(tail) - 22 if tail[-22:-18] == _END else tail.rfind(_END)
    if at < 0 or at + 22 > len(tail):
        return  # not a zip; opening it reports that
    (listed,) = struct.unpack_from("<I", tail, at + 12)
    if tail[at - 20 : at - 16] == _LOCATOR and tail[at - 76 : at - 72] == _END_64:
        (listed,) = struct.unpack_from("<Q", tail, at - 36)
    if listed > MOST_LISTED:
        raise BadExport(
            say(
                "The zip contains more files than any download of the platforms. Unpack it and import them "
                "one by one."
            )
        )


def check_package(archive: zipfile.ZipFile) -> list[int]:
    """Refuse an .xlsx that is too large when unpacked, or whose cells are too far apart.

    Return the number of hidden rows of each sheet, in the order of their parts.
    """
    declared = sum(info.file_size for info in archive.infolist())
    if declared > MOST_UNPACKED:
        raise too_large(declared)
    size = cells = 0
    hidden: dict[int, int] = {}
    for info in archive.infolist():
        extent = _Extent()
        blocks = _unpacked(archive, info)
        for block in ahead(blocks) if info.file_size > _BLOCK else blocks:
            size += len(block)
            if size > MOST_UNPACKED:
                raise too_large(size)
            extent.look(block)
        cells += extent.cells()
        if part := _SHEET.fullmatch(info.filename):
            hidden[int(part[1])] = extent.hidden
        if cells > MOST_CELLS:
            raise too_wide(cells)
    return [hidden[number] for number in sorted(hidden)]


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield the member's data to its real end, ignoring the size stated in the zip."""
    honest = copy.copy(info)
    honest.file_size = _BEYOND
    with archive.open(honest) as member:
        while block := member.read(_BLOCK):
            yield block


class _Extent:
    """The extent of the cells in one part; zero for a part that is not a sheet."""

    def __init__(self) -> None:
        self._left = b""
        self._rows = self._placed_rows = self._far_row = self._far_column = 0
        self._in_row = self._most_in_row = 0
        self.hidden = 0
        """The number of hidden rows, e.g. hidden by a filter."""

    def look(self, block: bytes) -> None:
        """Process the next piece; a possibly incomplete tag at its end is kept for the next call."""
        text = self._left + block
        if len(text) > LONGEST_TEXT:
            raise damaged_file()
        cut = text.rfind(b"<")
        self._left = text[cut:] if cut >= 0 else b""
        if cut > 0:
            self._count(text[:cut])

    def cells(self) -> int:
        """Return an upper limit for the number of cells that a parser would allocate."""
        self._count(self._left)
        rows = self._far_row + max(0, self._rows - self._placed_rows)
        columns = self._far_column + self._most_in_row
        check_columns(columns)
        return rows * columns

    def _count(self, text: bytes) -> None:
        claims = _TEXTS.findall(text) if b"uniqueCount" in text else ()
        if any(int(claimed) > MOST_CELLS for claimed in claims):
            raise damaged_file()
        if b"hidden" in text:
            self.hidden += len(_HIDDEN.findall(text))
        looked = XmlPart(text)
        places = looked.places()
        if b":" in text and (b":c" in text or b":row" in text):  # the tags may have prefixes
            tags = _TAG.findall(text)
            rows, cells = tags.count(b"row"), tags.count(b"c")
        else:
            rows, cells = looked.tags()
        self._rows += rows
        self._placed_rows += places.rows
        self._far_row = max(self._far_row, places.last_row)
        self._far_column = max(self._far_column, places.last_column)
        if cells > places.cells:  # some cells have no position
            self._count_rows(text)

    def _count_rows(self, text: bytes) -> None:
        for tag in _TAG.findall(text):
            self._in_row = 0 if tag == b"row" else self._in_row + 1
            self._most_in_row = max(self._most_in_row, self._in_row)


def check_columns(columns: int) -> None:
    """Refuse a table that has too many columns."""
    if columns > MOST_COLUMNS:
        raise BadExport(
            say(
                "The file has more than {most:,} columns. Import it as the platform provides it.",
                most=MOST_COLUMNS,
            )
        )


def damaged_file() -> BadExport:
    """Return the error for a file that cannot be opened."""
    return BadExport(say("The file is damaged or was not downloaded completely. Download it again."))


def too_wide(cells: int) -> BadExport:
    """Return the error for a sheet with far too many cells."""
    return BadExport(
        say("The worksheet has {cells:,} cells. Download fewer days or fewer columns at a time.", cells=cells)
    )


def too_large(size: int) -> BadExport:
    """Return the error for a file that is too large when unpacked."""
    return BadExport(
        say(
            "The file unpacks to {size:,} MB, more than any file of the platforms. Download fewer days "
            "at a time, or check where the file came from.",
            size=size >> 20,
        )
    )
