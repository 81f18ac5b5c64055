"""How many terminal cells a text takes: two for a Chinese character, none for a combining mark.

All widths are wcwidth's: one table for padding columns and for breaking lines. Characters of ambiguous width
(①, —, ±) count as one, as terminals show them and ``shopday doctor`` checks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import Final

import wcwidth

_WIDE_FROM, _WIDE_TO = "\u1100", "\U0003ffff"
"""The range that holds all wide characters (and many others)."""
_WIDE: Final = 2
_SPACE: Final = "\u3000"
"""The ideographic space: wide, and left out where a line ends."""


def cells_of(text: str) -> int:
    """Return the cells the text takes; control characters take none."""
    if text.isascii() and text.isprintable():
        return len(text)
    return wcwidth.width(text, control_codes="ignore")


def graphemes(text: str) -> Iterator[str]:
    """Yield the characters as people count them: each with the marks that belong to it."""
    return wcwidth.iter_graphemes(text)


def padded(text: str, cells: int, *, right: bool = False) -> str:
    """Return the text filled with spaces to so many cells, at its left end with ``right``."""
    blank = " " * (cells - cells_of(text))
    return blank + text if right else text + blank


def is_wide(char: str) -> bool:
    """Tell whether the character takes two cells."""
    return char >= _WIDE_FROM and cells_of(char) == _WIDE


def has_marks(text: str) -> bool:
    """Tell whether a character in it takes no cell of its own, as combining marks do."""
    return not text.isascii() and any(wcwidth.wcwidth(char) == 0 for char in set(text))


def tokens(text: str) -> list[str]:
    """Return what the text may be broken into: runs of wide characters, and words with the space before them.

    One regular expression finds them all, so that a word of a million characters costs one step.
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
