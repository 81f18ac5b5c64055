"""The report as plain text for a terminal, a mail or a chat window: headings underlined, columns lined up."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width

from core.reports import markdown
from core.reports.evening import Report
from core.reports.layout import Block, Bullets, Grid, Heading, Paragraph, blocks
from core.reports.markdown import to_blocks

WIDTH = 100
WIDEST = 36
"""A column wider than this is wrapped into its own lines."""


def render(report: Report, width: int = WIDTH) -> str:
    """Return the report as text of that width in cells."""
    found = to_blocks(markdown.render(report)) if report.written else blocks(report)
    return "\n\n".join(_block(block, width) for block in found) + "\n"


def cells(text: str) -> int:
    """Return how many terminal cells the text takes."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def _block(block: Block, width: int) -> str:
    match block:
        case Heading():
            line = {1: "=", 2: "-"}.get(block.level, "")
            return (
                f"{block.text}\n{line * min(width, cells(block.text))}".rstrip("\n")
                if line
                else f"[{block.text}]"
            )
        case Paragraph():
            return "\n".join(wrap(block.text, width))
        case Bullets():
            return "\n".join(_bullet(line, width) for line in block.lines)
        case Grid():
            return _grid(block, width)


def _bullet(line: str, width: int) -> str:
    return "\n".join(
        ("- " if place == 0 else "  ") + part for place, part in enumerate(wrap(line, width - 2))
    )


def wrap(text: str, width: int) -> list[str]:
    """Return the text broken to the width in cells: between words, and anywhere between wide characters."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line and cells(line) + cells(piece) > width:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
        while cells(line) > width:
            head = _head(line, width)
            lines.append(head)
            line = line[len(head) :]
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _pieces(text: str) -> list[str]:
    """Words with the space before them; wide characters each alone."""
    found: list[str] = []
    for char in text:
        wide = east_asian_width(char) in "WF"
        if not found or wide or char == " " or cells(found[-1][-1]) > 1:
            found.append(char)
        else:
            found[-1] += char
    return found


def _head(piece: str, width: int) -> str:
    used, end = 0, 0
    for char in piece:
        used += cells(char)
        if used > width:
            break
        end += 1
    return piece[: max(1, end)]


def _grid(grid: Grid, width: int) -> str:
    rows = [grid.columns, *grid.rows]
    widths = [min(WIDEST, max(cells(row[place]) for row in rows)) for place in range(len(grid.columns))]
    while sum(widths) + 2 * (len(widths) - 1) > width and max(widths) > 6:  # noqa: PLR2004 - narrower is unreadable
        widths[widths.index(max(widths))] -= 1
    lines = [_line(row, widths) for row in rows]
    rule = "  ".join("-" * size for size in widths)
    return "\n".join([lines[0], rule, *lines[1:]])


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    parts = [wrap(cell, size) for cell, size in zip(row, widths, strict=True)]
    height = max(len(part) for part in parts)
    lines = [
        "  ".join(
            _padded(part[at] if at < len(part) else "", size)
            for part, size in zip(parts, widths, strict=True)
        )
        for at in range(height)
    ]
    return "\n".join(line.rstrip() for line in lines)


def _padded(text: str, size: int) -> str:
    return text + " " * max(0, size - cells(text))
