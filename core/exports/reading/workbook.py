"""Read real workbooks (.xls BIFF8, .xlsx) with calamine, once ``xls_guard`` or ``zip_guard`` accepts them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any

from core.errors import BadExport
from core.exports.reading.raw_table import GridPage
from core.exports.reading.zip_guard import damaged_file
from core.language.wording import say


def workbook_pages(file: IO[bytes], look: int, hidden_rows: Sequence[int] = ()) -> list[GridPage]:
    """Return the workbook's sheets as tables; raise BadExport if it is locked, damaged or too large.

    ``hidden_rows``: how many rows of each sheet are not shown.
    """
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(file)
        with ThreadPoolExecutor(1, "sheets") as worker:
            sheets = worker.map(book.get_sheet_by_name, book.sheet_names)
            import pandas  # noqa: F401, ICN001 - needed next, imported in advance
        shown = [one.visible == calamine.SheetVisibleEnum.Visible for one in book.sheets_metadata]
        named = zip(book.sheet_names, sheets, shown, strict=True)
        pages = [_page(sheet, name, look, hidden=not visible) for name, sheet, visible in named]
        if len(hidden_rows) == len(pages):
            for page, rows in zip(pages, hidden_rows, strict=True):
                page.hidden_rows = rows
        return [page for page in pages if page.top]
    except calamine.PasswordError as error:
        raise locked_file() from error
    except (KeyboardInterrupt, SystemExit, BadExport):
        raise
    except BaseException as error:
        raise damaged_file() from error


def _page(sheet: Any, name: str, look: int, *, hidden: bool) -> GridPage:  # noqa: ANN401 - calamine's sheet
    height, width = sheet.total_height, sheet.total_width
    left = sheet.start[1] if sheet.start else 0
    blank: list[Any] = [""] * left

    def rows() -> Iterator[Sequence[Any]]:
        return ([*blank, *row] for row in sheet.iter_rows()) if left else iter(sheet.iter_rows())

    return GridPage(name, rows, look, height * width, hidden=hidden)


def locked_file() -> BadExport:
    """Return the error for a file protected by a password."""
    return BadExport(
        say(
            "The file is protected by a password. Open it, save it without the password, and import it again."
        )
    )


def is_encrypted_package(start: bytes) -> bool:
    """Return whether an OLE file is an .xlsx protected by a password."""
    return "EncryptedPackage".encode("utf-16-le") in start or "EncryptionInfo".encode("utf-16-le") in start
