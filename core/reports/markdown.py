"""Rendering of a report as markdown, and parsing of such markdown back into blocks.

Parsing is needed because a person may have edited the markdown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.reports.blocks import Block, Bullets, Grid, Heading, Paragraph, blocks
from core.reports.day_report import Report
from core.reports.plain_text import clean, clean_lines

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~!$&@^{}])")
_OPENING = re.compile(r"^(\s*)([-+=:]|\d+(?=[.)](?:\s|$)))")
_LINKS = re.compile(r"(://|www\.|\.(?=(?:com|cn|net|org|top|xyz)\b))", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_RULE = re.compile(r"^\|(?:\s*:?-+:?\s*\|)+$")
_CELLS = re.compile(r"(?<!\\)\|")


def render(report: Report) -> str:
    """Return the report as markdown: the edited version if there is one, else rendered from the blocks."""
    return _written(report) + "\n" if report.written else from_blocks(blocks(report))


def _written(report: Report) -> str:
    """Return the edited report, with later corrections of its figures inserted under the title."""
    text = clean_lines(report.written).strip()
    news = [line for one in report.corrected if (line := escape(clean(one))) not in text]
    title, _, rest = text.partition("\n") if text.startswith("# ") else ("", "", text)
    return "\n\n".join(part for part in (title, *news, rest.strip("\n")) if part) if news else text


def from_blocks(found: Sequence[Block]) -> str:
    """Return the blocks as markdown; all text is escaped, so that it is shown literally."""
    return "\n\n".join(_block(block) for block in found) + "\n"


def escape(text: str, *, opening: bool = True) -> str:
    """Return the text escaped, so that markdown shows it unchanged; ``opening``: it can begin a line."""
    safe = _SPECIAL.sub(r"\\\1", text)
    if "." in safe or "://" in safe:
        safe = _LINKS.sub(
            lambda found: "".join(f"\\{char}" if char in ":/." else char for char in found[1]), safe
        )
    if opening and (first := _OPENING.match(safe)):
        safe = f"{first[1]}{_opened(first[2])}{safe[first.end() :]}"
    return safe


def _opened(mark: str) -> str:
    return f"\\{mark}" if not mark.isdigit() else f"{mark}\\"


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"{'#' * block.level} {escape(block.text)}"
        case Paragraph():
            return f"**{escape(block.text)}**" if block.strong else escape(block.text)
        case Bullets():
            return "\n".join(f"- {escape(line)}" for line in block.lines)
        case Grid():
            head = [_row(block.columns), "|" + " --- |" * len(block.columns)]
            return "\n".join([*head, *(_row(row) for row in block.rows)])


def _row(cells: Sequence[str]) -> str:
    """Return a row of a table; a cell of dashes only is escaped, as it would make the row a rule."""
    return "| " + " | ".join(escape(cell, opening=not cell.strip(" -:")) for cell in cells) + " |"


# ---- parsing


def to_blocks(text: str) -> tuple[Block, ...]:
    """Parse markdown such as :func:`render` writes into blocks; unknown syntax becomes plain paragraphs."""
    found: list[Block] = []
    for chunk in re.split(r"\n\s*\n", clean_lines(text).strip()):
        found.extend(_read(chunk.split("\n")))
    return tuple(found)


def _read(lines: list[str]) -> list[Block]:
    """Parse consecutive lines that contain no blank line."""
    found: list[Block] = []
    held: list[str] = []

    def flush() -> None:
        if held:
            found.append(_held(list(held)))
            held.clear()

    for line in lines:
        heading = re.match(r"^(#{1,6}) +(.*)$", line)
        if heading:
            flush()
            found.append(Heading(min(len(heading[1]), 4), _plain(heading[2])))
            continue
        if held and _kind(held[-1]) != _kind(line):
            flush()
        if line.strip():
            held.append(line)
    flush()
    return found


def _kind(line: str) -> str:
    stripped = line.strip()
    if stripped.startswith("|"):
        return "grid"
    return "list" if re.match(r"^[-*+] ", stripped) else "text"


def _held(lines: list[str]) -> Block:
    kind = _kind(lines[0])
    if kind == "grid":
        rows = [
            tuple(_plain(cell.strip()) for cell in _CELLS.split(line.strip())[1:-1])
            for line in lines
            if not _RULE.match(line.strip())
        ]
        width = max(len(row) for row in rows) if rows else 0
        padded = [row + ("",) * (width - len(row)) for row in rows]
        return Grid(padded[0], tuple(padded[1:])) if padded else Paragraph("")
    if kind == "list":
        return Bullets(tuple(_plain(line.strip()[2:]) for line in lines))
    text = " ".join(line.strip() for line in lines)
    strong = re.match(r"^\*\*(.+)\*\*$", text)
    return Paragraph(_plain(strong[1]), strong=True) if strong else Paragraph(_plain(text))


def _plain(text: str) -> str:
    return clean(_ESCAPED.sub(r"\1", text))
