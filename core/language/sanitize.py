"""Sanitizing of text from outside, so that it cannot control the terminal, hide characters or reorder text.

The screens, the reports and the command line all use :func:`safe`.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable

_ODD = re.compile(r"[\ufe00-\ufe0f\U000e0000-\U000e01ef]")
"""Variation selectors and tags: invisible characters that confuse width calculations."""
_NO_LETTER = re.compile(r"\W")
_BLANK = {"\t": "  ", "\n": " ", "\r": "", "\u00a0": " ", "\u2028": " ", "\u2029": " ", "\u3000": "\u3000"}
_MANY = 16
_GONE = ("Cc", "Cf", "Cs", "Zl", "Zp")


def safe(text: object, *, lines: bool = False) -> str:
    """Return the text without control, bidi, zero-width and unpaired surrogate characters.

    Line breaks are kept if ``lines`` is true, otherwise they become spaces.
    """
    plain = text if isinstance(text, str) else str(text)
    if plain.isprintable() and (plain.isascii() or not _ODD.search(plain)):
        return plain
    if lines:
        plain = plain.replace("\r\n", "\n").replace("\r", "\n")
    return replaced(plain, lambda char: _clean(char, lines=lines))


def replaced(text: str, by: Callable[[str], str]) -> str:
    """Return the text with every character that is not a letter or digit replaced by ``by(char)``.

    ``by`` is called once for each distinct character. Its results must not contain characters that are
    themselves to be replaced.
    """
    odd = {char: new for char in set(_NO_LETTER.findall(text)) if (new := by(char)) != char}
    if len(odd) > _MANY:
        return text.translate({ord(char): new for char, new in odd.items()})
    for char, new in odd.items():  # faster than a translation table if there are few
        text = text.replace(char, new)
    return text


def json_text(value: object, indent: int | None = None) -> str:
    """Return the value as readable JSON, with unprintable characters escaped, safe to show in a terminal."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return "\n".join(line if line.isprintable() else _spelled(line) for line in text.split("\n"))


def _spelled(line: str) -> str:
    """Return the line with every unprintable character as a JSON escape."""
    return replaced(
        line, lambda char: char if char.isprintable() or char == "\u3000" else json.dumps(char)[1:-1]
    )


def _clean(char: str, *, lines: bool) -> str:
    if lines and char == "\n":
        return char
    if char in _BLANK:
        return _BLANK[char]
    if _ODD.match(char):
        return ""
    if char.isprintable():
        return char
    category = unicodedata.category(char)
    if category in _GONE:
        return ""
    return " " if category == "Zs" else "?"
