"""The characters that pictures and marks are drawn with, for terminals and fonts that lack the usual ones.

The usual ones are Braille characters and a few signs, each exactly one cell wide in every terminal. The
environment variable SHOPDAY_CHARS chooses others: ``ascii`` for fonts without Braille, ``blocks`` for
terminals that draw block characters one cell wide.
"""

from __future__ import annotations

import os
from typing import Final

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_BRAILLE: Final = range(0x2800, 0x2900)
_SIGNS: Final = {"▸": ">", "◂": "<", "▾": "v", "▴": "^", "✓": "v", "✗": "x", "⇡": "^", "›": ">", "«": "<",
                 "»": ">", "◦": "o"}  # fmt: skip
_BLOCKS: Final = {"⣀": "▂", "⣤": "▄", "⣶": "▆", "⣿": "█", "⡇": "▌", "⢸": "▐"}


def colourless() -> bool:
    """Return whether the user asked for no colours, so that pictures tell by signs what colours tell."""
    return bool(os.environ.get("NO_COLOR"))


def chosen() -> dict[int, str]:
    """Return the replacements for the characters chosen in SHOPDAY_CHARS; empty for the usual ones."""
    return _TABLES.get(os.environ.get("SHOPDAY_CHARS", ""), {})


def _ascii(dots: int) -> str:
    """Return the sign for a Braille character: ``#`` full, ``=`` half, ``-`` a stroke, ``.`` other."""
    rows = [dots & mask for mask in (0x09, 0x12, 0x24, 0xC0)]
    filled = sum(row != 0 for row in rows)
    if not filled:
        return " "
    if filled >= 3:  # noqa: PLR2004 - of four rows
        return "#"
    if filled == 1 and dots in (0x09, 0x12, 0x24, 0xC0):
        return "-" if dots != 0xC0 else "_"  # noqa: PLR2004 - the lowest row
    return "=" if dots & 0xC0 and filled > 1 else "."


_TABLES: Final[dict[str, dict[int, str]]] = {
    "ascii": {code: _ascii(code - 0x2800) for code in _BRAILLE} | {ord(k): v for k, v in _SIGNS.items()},
    "blocks": {ord(char): block for char, block in _BLOCKS.items()},
}


class CharactersFilter(LineFilter):
    """A line filter that replaces characters of pictures in each painted line."""

    def __init__(self, table: dict[int, str]) -> None:
        super().__init__()
        self._table = table

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - required by Textual
        """Return the segments with the replacements, each of the same width as what it replaces."""
        return [
            segment if segment.text.isascii() else Segment(segment.text.translate(self._table), segment.style)
            for segment in segments
        ]
