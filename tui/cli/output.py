"""What a command prints: cleaned text, tables that line up with Chinese in them, JSON, a progress line."""

from __future__ import annotations

import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

import click

from core.language.sanitize import json_text, safe


def tell(text: object = "") -> None:
    """Print text, cleaned; characters the terminal's encoding lacks become question marks."""
    click.echo(_encodable(safe(text, lines=True), sys.stdout.encoding))


def tell_json(value: object) -> None:
    """Print the value as JSON; plain ASCII where the output is not UTF-8."""
    text = json_text(value, indent=2)
    encoding = (sys.stdout.encoding or "ascii").lower().replace("-", "")
    click.echo(text if encoding == "utf8" else text.encode("ascii", "backslashreplace").decode())


def complain(text: object) -> None:
    """Print one line on stderr."""
    click.echo(_encodable(safe(text), sys.stderr.encoding), err=True)


def table(rows: Iterable[Sequence[object]], *, right: Sequence[int] = ()) -> str:
    """Return rows as columns that line up; ``right`` names the columns set to the right."""
    cells = [[safe(cell) for cell in row] for row in rows]
    widths = [max(map(width, column)) for column in zip(*cells, strict=True)]
    if widths and len(widths) - 1 not in right:
        widths[-1] = 0  # nothing stands behind it
    return "\n".join(
        "  ".join(_fill(cell, widths[i], right=i in right) for i, cell in enumerate(row)).rstrip()
        for row in cells
    )


def width(text: str) -> int:
    """Return how many cells the text takes: two for a Chinese character, none for a mark on another one."""
    if text.isascii():
        return len(text)
    return sum(
        count * (0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1)
        for char, count in Counter(text).items()
    )


class ProgressLine:
    """One line on stderr that says how far it is; silent where nobody looks."""

    def __init__(self) -> None:
        self._shown = 0
        self._live = sys.stderr.isatty()

    def __call__(self, done: int, total: int, words: str) -> None:
        """Show the state in place of the last one."""
        if self._live:
            text = safe(f"{done}/{total} {words}")
            sys.stderr.write(f"\r{text}{' ' * max(0, self._shown - width(text))}")
            sys.stderr.flush()
            self._shown = width(text)

    def end(self) -> None:
        """Leave the line empty."""
        if self._live and self._shown:
            sys.stderr.write(f"\r{' ' * self._shown}\r")
            sys.stderr.flush()


def _fill(cell: str, cells: int, *, right: bool) -> str:
    blank = " " * (cells - width(cell))
    return blank + cell if right else cell + blank


def _encodable(text: str, encoding: str | None) -> str:
    name = encoding or "utf-8"
    return text.encode(name, "replace").decode(name)
