"""Rendering of the report as plain text for a terminal, a mail or a chat."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat

from core.language.text_width import cells_of, graphemes, has_marks, is_wide, padded, tokens
from core.reports import markdown
from core.reports.blocks import Block, Bullets, Grid, Heading, Paragraph, blocks
from core.reports.day_report import Report
from core.reports.markdown import to_blocks

WIDTH = 100
WIDEST = 36
"""Maximum width of a table column in cells; longer text is wrapped."""


def render(report: Report, width: int = WIDTH) -> str:
    """Return the report as plain text, wrapped to ``width`` terminal cells."""
    found = to_blocks(markdown.render(report)) if report.written else blocks(report)
    return "\n\n".join(_block(block, width) for block in found) + "\n"


def _block(block: Block, width: int) -> str:
    match block:
        case Heading():
            line = {1: "=", 2: "-"}.get(block.level, "")
            return (
                f"{block.text}\n{line * min(width, cells_of(block.text))}".rstrip("\n")
                if line
                else f"[{block.text}]"
            )
        case Paragraph():
            return "\n".join(wrap(block.text, width))
        case Bullets():
            return "\n".join(_bullet(line, width) for line in block.lines)
        case Grid():
            return "\n".join(grid_lines(block, width))


def _bullet(line: str, width: int) -> str:
    return "- " + "\n  ".join(wrap(line, width - 2))


def wrap(text: str, width: int) -> list[str]:
    """Return the text wrapped to ``width`` cells: at spaces, and anywhere between wide characters."""
    found = tokens(text)
    if has_marks("".join(token for token in found if not is_wide(token[0]))):  # wide characters have no marks
        return _wrap_graphemes(text, width)
    lines: list[str] = []
    line, used = "", 0
    for token in found:
        cell = 2 if is_wide(token[0]) else 1  # a token contains only wide or only narrow characters
        each, rest = max(1, width // cell), token
        if line and used + cell * len(token) > width:
            fits = (
                0 if cell == 1 else max(0, (width - used) // cell)
            )  # a word is moved to the next line as a whole
            lines.append((line + token[:fits]).rstrip())
            line, used, rest = "", 0, token[fits:].lstrip()
        whole = max(0, len(rest) - 1) // each * each
        lines += [rest[at : at + each] for at in range(0, whole, each)]
        line += rest[whole:]
        used += cell * len(rest[whole:])
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _wrap_graphemes(text: str, width: int) -> list[str]:
    """Wrap a text with combining marks; slower, but keeps each mark with its letter."""
    lines: list[str] = []
    line, used = "", 0
    for piece in _pieces(text):
        rest = piece
        if line and used + sum(cells for _, cells in piece) > width:
            lines.append(line.rstrip())
            line, used = "", 0
            rest = piece[1:] if piece[0][0].isspace() else piece
        for char, cells in rest:
            if line and used + cells > width:
                lines.append(line)
                line, used = "", 0
            line += char
            used += cells
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _pieces(text: str) -> list[list[tuple[str, int]]]:
    """Return (grapheme, cells) pairs grouped by word with its preceding space.

    Wide characters are single groups.
    """
    found: list[list[tuple[str, int]]] = []
    joins = False
    for char in graphemes(text):
        cells = cells_of(char)
        wide = cells > 1
        if joins and not wide and char != " ":
            found[-1].append((char, cells))
        else:
            found.append([(char, cells)])
        joins = not wide
    return found


def grid_lines(grid: Grid, width: int) -> list[str]:
    """Return the table as lines of at most ``width`` cells: titles, a rule, and the rows, wrapped."""
    rows = [grid.columns, *grid.rows]
    widths = [
        min(WIDEST, max(cells_of(row[place][:WIDEST]) for row in rows)) for place in range(len(grid.columns))
    ]
    while sum(widths) + 2 * (len(widths) - 1) > width and max(widths) > 6:  # noqa: PLR2004 - narrower is unreadable
        widths[widths.index(max(widths))] -= 1
    lines = [_line(row, widths) for row in rows]
    rule = "  ".join("-" * size for size in widths)
    return [line for row in (lines[0], rule, *lines[1:]) for line in row.split("\n")]


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    parts = [wrap(cell, size) for cell, size in zip(row, widths, strict=True)]
    height = max(len(part) for part in parts)
    columns = [
        [*(padded(words, size) for words in part), *repeat(" " * size, height - len(part))]
        for part, size in zip(parts, widths, strict=True)
    ]
    return "\n".join("  ".join(line).rstrip() for line in zip(*columns, strict=True))
