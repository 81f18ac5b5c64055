"""The form in which words are compared: case, full-width letters and line ends make no difference."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final

_PIECE: Final = 2_000
"""Characters that are normalised at a time: putting marks in order takes the square of their number."""
_MARKS: Final = 60
"""Marks that stay with the letter before them where a piece ends."""


def folded(text: str) -> str:
    """Return the text in small letters, full-width ones made narrow, every white space one blank."""
    made = "".join(unicodedata.normalize("NFKC", piece) for piece in _pieces(text))
    return " ".join(made.lower().split())


def _pieces(text: str) -> Iterator[str]:
    at = 0
    while at < len(text):
        end = at + _PIECE
        last = min(end + _MARKS, len(text))
        while end < last and unicodedata.combining(text[end]):
            end += 1
        yield text[at:end]
        at = end
