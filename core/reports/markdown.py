"""The report as markdown, and markdown of that kind back into blocks (a person may have corrected it)."""

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
    """Return the report as markdown: as it was corrected, else as it built itself."""
    return _written(report) + "\n" if report.written else from_blocks(blocks(report))


def _written(report: Report) -> str:
    """The report as a person corrected it, and under its title what was corrected in the exports since."""
    text = clean_lines(report.written).strip()
    news = [line for one in report.corrected if (line := escape(clean(one))) not in text]
    title, _, rest = text.partition("\n") if text.startswith("# ") else ("", "", text)
    return "\n\n".join(part for part in (title, *news, rest.strip("\n")) if part) if news else text


def from_blocks(found: Sequence[Block]) -> str:
    """Return the blocks as markdown; every text shows as it is, none of it formats, links or computes."""
    return "\n\n".join(_block(block) for block in found) + "\n"


def escape(text: str) -> str:
    """Return the text so that markdown shows it unchanged."""
    safe = _SPECIAL.sub(r"\\\1", text)
    if "." in safe or "://" in safe:
        safe = _LINKS.sub(
            lambda found: "".join(f"\\{char}" if char in ":/." else char for char in found[1]), safe
        )
    if opening := _OPENING.match(safe):
        safe = f"{opening[1]}{_opened(opening[2])}{safe[opening.end() :]}"
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
    return "| " + " | ".join(escape(cell) for cell in cells) + " |"


# ---- back again


def to_blocks(text: str) -> tuple[Block, ...]:
    """Return markdown of the kind written above as blocks.

    What it does not know stays a paragraph as it stands.
    """
    found: list[Block] = []
    for chunk in re.split(r"\n\s*\n", clean_lines(text).strip()):
        found.extend(_read(chunk.split("\n")))
    return tuple(found)


def _read(lines: list[str]) -> list[Block]:
    """Read one run of lines between empty ones."""
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
