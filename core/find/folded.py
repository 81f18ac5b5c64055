"""The form in which words are compared: case, full-width letters and line ends make no difference."""

from __future__ import annotations

import unicodedata


def folded(text: str) -> str:
    """Return the text in small letters, full-width ones made narrow, every white space one blank."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())
