"""The width of text in terminal cells: two for a Chinese character, none for a combining mark.

All widths are those of the wcwidth package, for padding columns and for wrapping lines alike. Characters of
ambiguous width (①, —, ±) count as one cell, which ``shopday doctor`` checks the terminal for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import Final

import wcwidth

_WIDE_FROM, _WIDE_TO = "\u1100", "\U0003ffff"
"""A range that contains all wide characters (and many others)."""
_WIDE: Final = 2
_SPACE: Final = "\u3000"
"""The ideographic space, a wide character that is dropped at the end of a line."""

_NEITHER_ASCII_NOR_CHINESE: Final = re.compile("[^ -~\u3001-\u3029\u4e00-\u9fff\uff01-\uff60]")
"""The characters whose width must be looked up one by one; this scan is faster than checking every
character."""


def cells_of(text: str) -> int:
    """Return the number of cells the text takes; control characters count as 0."""
    if text.isascii() and text.isprintable():
        return len(text)
    return wcwidth.width(text, control_codes="ignore")


def graphemes(text: str) -> Iterator[str]:
    """Yield the graphemes: each character together with its combining marks."""
    return wcwidth.iter_graphemes(text)


def padded(text: str, cells: int, *, right: bool = False) -> str:
    """Return the text padded with spaces to ``cells`` terminal cells, right-aligned if ``right`` is true."""
    blank = " " * (cells - cells_of(text))
    return blank + text if right else text + blank


def is_wide(char: str) -> bool:
    """Return whether the character takes two cells."""
    return char >= _WIDE_FROM and cells_of(char) == _WIDE


def has_marks(text: str) -> bool:
    """Return whether the text contains characters of zero width, such as combining marks."""
    return any(wcwidth.wcwidth(char) == 0 for char in set(_NEITHER_ASCII_NOR_CHINESE.findall(text)))


def tokens(text: str) -> list[str]:
    """Return the pieces between which the text may be wrapped.

    A piece is a run of wide characters, or a word with its preceding space. A single regular expression finds
    them all, so even a word of a million characters is matched in one step.
    """
    return _tokens().findall(text)


@cache
def _tokens() -> re.Pattern[str]:
    codes = [
        code
        for code in range(ord(_WIDE_FROM), ord(_WIDE_TO) + 1)
        if chr(code) != _SPACE and is_wide(chr(code))
    ]
    runs = [[code for _, code in run] for _, run in groupby(enumerate(codes), lambda one: one[1] - one[0])]
    wide = "".join(f"{chr(run[0])}-{chr(run[-1])}" for run in runs)
    return re.compile(f"[{wide}]+|{_SPACE}| ?(?:[^ {_WIDE_FROM}-{_WIDE_TO}]++|[^{wide}{_SPACE} ]++)+| ")
