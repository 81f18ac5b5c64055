"""True workbooks (.xls BIFF8, .xlsx) by calamine, guarded against files that only pretend to be small."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import IO, Any

from core.problem import BadExport
from core.sheets.page import GridPage
from core.wording import say

MOST_UNPACKED = 1 << 30
"""Bytes a workbook may grow to when unpacked."""
MOST_CELLS = 30_000_000
"""Cells of one sheet, empty ones between filled ones included."""
_BLOCK = 1 << 20


def workbook_pages(file: IO[bytes], look: int) -> list[GridPage]:
    """Return the workbook's sheets as pages; BadExport when it is locked, damaged or too large."""
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(file)
        return [
            page for name in book.sheet_names if (page := _page(book.get_sheet_by_name(name), name, look)).top
        ]
    except calamine.PasswordError as error:
        raise locked_file() from error
    except (KeyboardInterrupt, SystemExit, BadExport):
        raise
    except BaseException as error:
        raise damaged_file() from error


def _page(sheet: Any, name: str, look: int) -> GridPage:  # noqa: ANN401 - calamine's sheet
    height, width = sheet.total_height, sheet.total_width
    left = sheet.start[1] if sheet.start else 0
    blank: list[Any] = [""] * left

    def rows() -> Iterator[Sequence[Any]]:
        return ([*blank, *row] for row in sheet.iter_rows()) if left else iter(sheet.iter_rows())

    return GridPage(name, rows, look, height * width)


def locked_file() -> BadExport:
    """Return what is said of a file behind a password."""
    return BadExport(
        say("The file is locked with a password. Open it, save it without the password, and import it again.")
    )


def damaged_file() -> BadExport:
    """Return what is said of a file that cannot be opened."""
    return BadExport(say("The file is damaged or was cut off while downloading. Download it again."))


def check_package(archive: zipfile.ZipFile) -> None:
    """Refuse an .xlsx that would unpack to more than a machine should hold, before anything unpacks it."""
    size = 0
    for info in archive.infolist():
        size += info.file_size
        if info.compress_size * 1000 > MOST_UNPACKED:  # small enough packed, it cannot lie beyond the limit
            size += max(0, _true_size(archive, info) - info.file_size)
    if size > MOST_UNPACKED:
        raise too_large(size)
    for info in archive.infolist():
        if info.filename.startswith("xl/worksheets/") and info.filename.endswith(".xml"):
            _check_extent(archive, info)


def _true_size(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> int:
    with archive.open(info) as member:
        return sum(len(block) for block in iter(lambda: member.read(_BLOCK), b""))


def _check_extent(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    """Refuse a sheet with one far-away cell: the parser would make room for all cells before it."""
    wide, high, left = 0, 1, b""
    with archive.open(info) as member:
        for block in iter(lambda: member.read(_BLOCK), b""):
            text = left + block
            places = set(_PLACE.findall(text))
            wide = max([wide, *(_column(letters) for letters, _ in places)])
            rows = _FAR_ROW if any(beyond for _, beyond in places) else _ROW
            high = max([high, *map(int, rows.findall(text))])
            left = text[-64:]
    if wide * high > MOST_CELLS:
        raise too_wide(wide * high)


_PLACE = re.compile(rb'\br=["\']([A-Z]{1,4})\d{1,5}(\d*)["\']')
"""A cell's column, and the digits of its row beyond 99,999."""
_FAR_ROW = re.compile(rb'\br=["\'][A-Z]{1,4}(\d{6,9})["\']')
_ROW = re.compile(rb'<row [^>]*?\br=["\'](\d{1,9})["\']')


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def too_wide(cells: int) -> BadExport:
    """Return what is said of a sheet with far too many cells."""
    return BadExport(
        say("The sheet spans {cells:,} cells. Export fewer days or fewer columns at a time.", cells=cells)
    )


def too_large(size: int) -> BadExport:
    """Return what is said of a file that unpacks to too much."""
    return BadExport(
        say(
            "The file unpacks to {size:,} MB, more than any export of the platforms. "
            "Export fewer days at a time, or make sure where the file came from.",
            size=size >> 20,
        )
    )


def is_encrypted_package(start: bytes) -> bool:
    """Tell whether an OLE file is an .xlsx behind a password."""
    return "EncryptedPackage".encode("utf-16-le") in start or "EncryptionInfo".encode("utf-16-le") in start


def as_file(data: bytes) -> IO[bytes]:
    """Return bytes as a file."""
    return io.BytesIO(data)
