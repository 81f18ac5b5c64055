"""Sanitizing of text for the screen, so that it cannot control the terminal, act as markup or be invisible.

Textual passes escape sequences, bidi marks and ``[markup]`` in data on to the terminal. Therefore all text is
sanitized here and becomes a :data:`Shown`, the type that the widgets accept; :class:`SanitizingFilter` checks
each line again before it is painted. tests/tui/test_safe_lint.py detects code that bypasses this module.
"""

from __future__ import annotations

from typing import TypeAlias

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter

from core.language import sanitize

Shown: TypeAlias = Content
"""Sanitized text with its own styles; not interpreted as markup."""
Part: TypeAlias = str | tuple[str, str]
"""A text, or a text with a style such as ``bold $level-act``."""


_ENOUGH = 1_000
"""Characters kept in addition to one per cell when text is cut, because combining marks take no cell."""


def safe(text: object, *, lines: bool = False) -> str:
    """Return the text without control, bidi, zero-width and unpaired surrogate characters.

    Line breaks are kept if ``lines`` is true.
    """
    return sanitize.safe(text, lines=lines)


def content(text: object, style: str = "", *, lines: bool = False) -> Shown:
    """Return the text, sanitized, as the type that widgets accept."""
    return Content(safe(text, lines=lines)) if not style else Content.styled(safe(text, lines=lines), style)


def line(*parts: Part) -> Shown:
    """Return several texts, each with its style, as one line."""
    made = [(safe(part), "") if isinstance(part, str) else (safe(part[0]), part[1]) for part in parts]
    return Content.assemble(*(words if not style else (words, style) for words, style in made))


def segment(text: object, style: Style | None = None) -> Segment:
    """Return the sanitized text as a segment, for widgets that paint their own lines."""
    return Segment(safe(text), style)


def width(text: str) -> int:
    """Return the width of the text on a Textual screen in cells; for printed text use core.language."""
    return cell_len(text)


def fit(text: object, cells: int, *, right: bool = False) -> str:
    """Return the sanitized text cut (ending in ``..``) or padded to exactly ``cells`` cells."""
    words = safe(str(text)[: _ENOUGH + cells])
    size = cell_len(words)
    if size > cells:
        return set_cell_size(words, max(0, cells - 2)) + ".."[: max(0, cells)] if cells > 1 else "." * cells
    return " " * (cells - size) + words if right else words + " " * (cells - size)


class SanitizingFilter(LineFilter):
    """A line filter that replaces unsafe characters in each painted line, as a last safeguard.

    It also merges adjacent segments that look the same, because each segment repeats its colour codes.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - required by Textual
        """Return the segments with every character that could control the terminal replaced."""
        if not segments:
            return segments
        pieces: list[tuple[list[str], Style | None]] = []
        for text, style, _ in segments:
            words = text if text.isprintable() else "".join(map(_same_width, text))
            if pieces:
                before, look = pieces[-1]
                if look is style or look == style or (_blank(words) and _same_ground(look, style)):
                    before.append(words)
                    continue
                if all(map(_blank, before)) and _same_ground(look, style):
                    pieces[-1] = ([*before, words], style)
                    continue
            pieces.append(([words], style))
        return [Segment("".join(words), style) for words, style in pieces]


def _blank(words: str) -> bool:
    """Return whether the text consists only of spaces."""
    return not words.strip(" ")


def _same_ground(one: Style | None, other: Style | None) -> bool:
    """Return whether spaces look and behave the same in both styles."""
    if one is None or other is None:
        return False
    return one.bgcolor == other.bgcolor and one.meta == other.meta and not (_shows(one) or _shows(other))


def _shows(style: Style) -> bool:
    """Return whether the style changes the look of spaces other than by background colour."""
    seen = style.reverse or style.underline or style.underline2 or style.strike or style.overline
    return bool(seen or style.blink or style.blink2 or style.frame or style.encircle or style.link)


def _same_width(char: str) -> str:
    if char.isprintable() or char == "\u3000":
        return char
    return " " * cell_len(char)
