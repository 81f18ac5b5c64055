"""Read web pages saved as .xls: HTML tables, or the XML format of Excel 2003.

The page is scanned once from tag to tag without backtracking: on input such as repeated ``<!``, a parser that
searches for the missing end again and again would be busy for days.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from html import unescape

from core.errors import BadExport
from core.exports.reading.raw_table import GridPage
from core.exports.reading.zip_guard import check_columns, damaged_file, too_wide
from core.language.wording import say

MOST_BYTES = 32 << 20
MOST_TAGS = 1_500_000
MOST_CELLS = 3_000_000
"""The maximum number of cells of all tables, including those created by spans."""
_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_ROW, _CELL = ("tr", "row", "ss:row"), ("td", "th", "cell", "ss:cell")
_TABLE = ("table", "ss:table")
_ENDING = (*_CELL, *_ROW, *_TABLE)
_MOST_SPAN = 500
_COMMON = re.compile(r'<(/?[a-zA-Z][\w:.-]*+)([^<>"]*+(?:"[^"<>]*+"[^<>"]*+)*+)>([^<]*+)')
"""Matches an ordinary tag and the text up to the next ``<``."""
_OPENING = re.compile(r"<(?:!--|[a-zA-Z/!?])")
_NAME = re.compile(r"/?[a-z][\w:.-]*", re.IGNORECASE)
_NOT_SHOWN = ("script", "style")
_SHOWN_AGAIN = re.compile(r"<(?=/(?:script|style))", re.IGNORECASE)
_SPAN = re.compile(r"\scolspan\s*=\s*[\"']?\s*(\d{1,6})", re.IGNORECASE)
_INDEX = re.compile(r"\sss:index\s*=\s*[\"']?\s*(\d{1,6})", re.IGNORECASE)


def webpage_pages(data: bytes, look: int) -> list[GridPage]:
    """Return the tables of the page; raise BadExport if there is none, e.g. on a login page."""
    if len(data) > MOST_BYTES or data.count(b"<") > MOST_TAGS:
        raise BadExport(
            say("This web page is larger than any file of the platforms. Download it again as csv or .xlsx.")
        )
    found = _Tables()
    for tag, inside, text in _tags(_text(data)):
        found.take(tag, inside, text)
    found.end_cell()
    tables = [table for table in found.tables if len(table) > 1]
    if not tables and b"<table" in data.lower():
        raise damaged_file()
    if not tables:
        raise BadExport(
            say(
                "This is a web page without a table: your log-in had probably expired. Log in and download "
                "again."
            )
        )
    return [_page(name, table, look) for name, table in zip(_names(tables), tables, strict=True)]


def _names(tables: Sequence[object]) -> Iterator[str]:
    return ("" if len(tables) == 1 else f"#{number}" for number in range(1, len(tables) + 1))


def _page(name: str, table: list[list[str]], look: int) -> GridPage:
    return GridPage(name, lambda: table, look, sum(len(row) for row in table))


def _text(data: bytes) -> str:
    found = _CHARSET.search(data[:4096])
    big5 = found is not None and found[1].lower().startswith(b"big5")
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16" if wide else "utf-8-sig", "big5hkscs" if big5 else "gb18030", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("gb18030", errors="replace")


def _tags(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield each tag's name (``/td`` for an end tag), the rest of the tag, and the text after it."""
    opening = _OPENING.search(text)
    while opening is not None:
        at = opening.start()
        found = _COMMON.match(text, at)
        following = _OPENING.match(text, found.end()) if found else None
        if found is not None and following is not None and found[1].lower() not in _NOT_SHOWN:
            yield found[1].lower(), found[2], found[3]
            opening = following
            continue
        if (end := _end(text, at + 1)) < 0:
            return
        name = _NAME.match(text, at + 1)
        tag = name[0].lower() if name else ""
        opening = (_SHOWN_AGAIN if tag in _NOT_SHOWN else _OPENING).search(text, end + 1)
        behind = "" if tag in _NOT_SHOWN else text[end + 1 : opening.start() if opening else len(text)]
        yield tag, text[name.end() if name else at : end], behind


def _end(text: str, start: int) -> int:
    """Return the position of the tag's end; -1 if it has none."""
    if text.startswith("!--", start - 2):
        end = text.find("-->", start + 1)
        return end + 2 if end >= 0 else -1
    end = text.find(">", start)
    if end > 0 and text.count('"', start, end) % 2:  # a > inside quotation marks
        closing = text.find('"', end)
        return text.find(">", closing) if closing > 0 else end
    return end


class _Tables:
    """Collects the cells of all tables; a merged cell is followed by blank cells."""

    def __init__(self) -> None:
        self.tables: list[list[list[str]]] = []
        self._cell: list[str] | None = None
        self._span = 1
        self._cells = 0

    def take(self, tag: str, inside: str, text: str) -> None:
        """Process one tag and the text after it."""
        if tag in _TABLE:
            self.end_cell()
            self.tables.append([])
        elif tag in _ROW:
            self.end_cell()
            if not self.tables:
                self.tables.append([])
            self.tables[-1].append([])
        elif tag in _CELL and self.tables and self.tables[-1]:
            self.end_cell()
            self._cell = []
            self._place(inside)
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")
        elif tag[1:] in _ENDING:
            self.end_cell()
        if text and self._cell is not None:
            self._cell.append(unescape(text))

    def _place(self, inside: str) -> None:
        """Remember the cell's column span, and add blanks up to its column index if one is given."""
        spans, index = _SPAN.search(inside), _INDEX.search(inside)
        self._span = min(int(spans[1]), _MOST_SPAN) if spans else 1
        if index:
            row = self.tables[-1][-1]
            blanks = min(int(index[1]), _MOST_SPAN) - 1 - len(row)
            row.extend([""] * blanks)
            self._count(max(0, blanks))

    def _count(self, cells: int) -> None:
        self._cells += cells
        if self._cells > MOST_CELLS:
            raise too_wide(self._cells)

    def end_cell(self) -> None:
        """Add the open cell, if any, to its row."""
        if self._cell is not None:
            self._count(max(1, self._span))
            row = self.tables[-1][-1]
            row.extend(["".join(self._cell).strip(), *[""] * (self._span - 1)])
            check_columns(len(row))
            self._cell = None
