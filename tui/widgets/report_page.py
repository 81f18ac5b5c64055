"""The report laid out as a page to read: headings, paragraphs, lists and aligned tables."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from core.reports.blocks import Block as ReportBlock
from core.reports.blocks import Bullets, Grid, Heading, Paragraph
from core.reports.markdown import to_blocks
from core.reports.text import grid_lines
from tui.text.sanitize import Shown, content
from tui.text.text_layout import Block, Prose, hang, para

_CHAPTER = 2
"""Headings up to this level have an empty line above them."""


def page_of(markdown: str) -> Prose:
    """Return a report written in Markdown, laid out for reading."""
    rows = [row for block in to_blocks(markdown) for row in _rows(block)]
    return Prose(rows[1:] if rows and rows[0] == content("") else rows)


def _rows(block: ReportBlock) -> Iterator[Block]:
    match block:
        case Heading():
            if block.level <= _CHAPTER:
                yield content("")
            yield content(block.text, "bold $heading")
        case Paragraph():
            yield para((block.text, "bold" if block.strong else ""))
        case Bullets():
            yield from (hang("- ", line) for line in block.lines)
        case Grid():
            yield partial(_grid, block)


def _grid(grid: Grid, room: int) -> list[Shown]:
    head, *rows = grid_lines(grid, room)
    return [content(head, "bold"), *(content(row) for row in rows)]
