"""Sanitizing of text from outside for reports: removes control, bidirectional and invisible characters."""

from __future__ import annotations

import re
import unicodedata

from core.language.sanitize import replaced

_BREAKS = re.compile(r"[\r\n\t\v\f\x85\u2028\u2029]+")
_SPACES = re.compile(r" {2,}")
_HIDDEN = frozenset(["Cc", "Cf", "Cs", "Co", "Cn"])
_KEPT = frozenset("\u200d\ufe0f")
"""The zero-width joiner and the emoji variation selector, which are needed inside emoji."""
_LOOSE_JOIN = re.compile(
    "(?<![\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])\u200d|\u200d(?![\u2190-\u2bff\U0001f000-\U0001faff])"
)
"""A zero-width joiner that does not join two emoji, and so would only be an invisible character."""


def clean(text: str) -> str:
    """Return the text on one line without control, bidirectional and zero-width characters."""
    line = text if text.isprintable() else _visible(_BREAKS.sub(" ", text))
    return (_SPACES.sub(" ", line) if "  " in line else line).strip()


def clean_lines(text: str) -> str:
    """Return the text with its line breaks but without control, bidirectional and zero-width characters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(_visible(line.replace("\t", "    ")).rstrip() for line in lines)


def _visible(text: str) -> str:
    if text.isprintable():
        return text
    return replaced(_LOOSE_JOIN.sub("", text), _seen)


def _seen(char: str) -> str:
    return "" if char not in _KEPT and unicodedata.category(char) in _HIDDEN else char
