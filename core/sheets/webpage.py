"""Web pages that were saved as .xls: an HTML table, or Excel's XML of 2003."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser

from core.problem import BadExport
from core.sheets.page import GridPage
from core.sheets.workbook import damaged_file
from core.wording import say

MOST_BYTES = 64 << 20
_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_ROW, _CELL = ("tr", "row", "ss:row"), ("td", "th", "cell", "ss:cell")
_TABLE = ("table", "ss:table")
_MOST_SPAN = 500


def webpage_pages(data: bytes, look: int) -> list[GridPage]:
    """Return the tables of the page; BadExport when there is none, as on a login page."""
    if len(data) > MOST_BYTES:
        raise BadExport(say("This web page is larger than any export. Export it again as csv or .xlsx."))
    parser = _Tables()
    parser.feed(_text(data))
    parser.close()
    tables = [table for table in parser.tables if len(table) > 1]
    if not tables and b"<table" in data.lower():
        raise damaged_file()
    if not tables:
        raise BadExport(
            say(
                "This is a web page without a table: the login had probably expired. Log in and export again."
            )
        )
    return [_page(name, table, look) for name, table in zip(_names(tables), tables, strict=True)]


def _names(tables: Sequence[object]) -> Iterator[str]:
    return ("" if len(tables) == 1 else f"#{number}" for number in range(1, len(tables) + 1))


def _page(name: str, table: list[list[str]], look: int) -> GridPage:
    return GridPage(name, lambda: table, look, sum(len(row) for row in table))


def _text(data: bytes) -> str:
    found = _CHARSET.search(data[:4096])
    named = found[1].decode("ascii") if found else ""
    wide = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else ""
    for encoding in (wide, "utf-8-sig", "gb18030" if named.lower().startswith("gb") else named, "gb18030"):
        try:
            return data.decode(encoding or "utf-8-sig")
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("gb18030", errors="replace")


class _Tables(HTMLParser):
    """Collects the cells of every table; a merged cell stands once, with blanks beside it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._cell: list[str] | None = None
        self._span = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _TABLE:
            self.tables.append([])
        elif tag in _ROW:
            self._end_cell()
            if not self.tables:
                self.tables.append([])
            self.tables[-1].append([])
        elif tag in _CELL and self.tables and self.tables[-1]:
            self._end_cell()
            self._cell = []
            self._place(dict(attrs))
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")

    def _place(self, attributes: dict[str, str | None]) -> None:
        """Note how many columns the cell takes, and fill up to where it says it stands."""
        spans = attributes.get("colspan") or ""
        self._span = min(int(spans), _MOST_SPAN) if spans.isdigit() else 1
        index = attributes.get("ss:index") or ""
        if index.isdigit():
            row = self.tables[-1][-1]
            row.extend([""] * (min(int(index), _MOST_SPAN) - 1 - len(row)))

    def handle_endtag(self, tag: str) -> None:
        if tag in _CELL or tag in _ROW:
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def _end_cell(self) -> None:
        if self._cell is not None:
            self.tables[-1][-1].extend(["".join(self._cell).strip(), *[""] * (self._span - 1)])
            self._cell = None
