"""Normalization of text for comparison: ignores case, full-width forms and kinds of white space."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final

_PIECE: Final = 2_000
"""Characters normalized at a time, because ordering combining marks takes quadratic time."""
_MARKS: Final = 60
"""Maximum number of combining marks kept together with the preceding letter at the end of a piece."""


def folded(text: str) -> str:
    """Return the text in lower case, in Unicode form NFKC, with each run of white space as one space."""
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
