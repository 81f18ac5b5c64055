"""Text that came from outside, made harmless: nothing in it can steer a terminal, hide or turn direction.

The screen, the reports and the command line all use this one function.
"""

from __future__ import annotations

import json
import re
import unicodedata

_ODD = re.compile(r"[\ufe00-\ufe0f\U000e0000-\U000e01ef]")
"""Variation selectors and tags: they print nothing and change widths."""
_BLANK = {"\t": "  ", "\n": " ", "\r": "", "\u00a0": " ", "\u2028": " ", "\u2029": " ", "\u3000": "\u3000"}
_GONE = ("Cc", "Cf", "Cs", "Zl", "Zp")


def safe(text: object, *, lines: bool = False) -> str:
    """Return the text without control, bidi, zero-width and unpaired characters; line ends with ``lines``."""
    plain = text if isinstance(text, str) else str(text)
    if plain.isprintable() and (plain.isascii() or not _ODD.search(plain)):
        return plain
    if lines:
        plain = plain.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(_clean(char, lines=lines) for char in plain)


def json_text(value: object, indent: int | None = None) -> str:
    """Return the value as JSON that people can read and a terminal can show: odd marks become escapes."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return "\n".join(line if line.isprintable() else _spelled(line) for line in text.split("\n"))


def _spelled(line: str) -> str:
    """Return the line with every character that shows nothing or steers as JSON spells it."""
    return "".join(
        char if char.isprintable() or char == "\u3000" else json.dumps(char)[1:-1] for char in line
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
