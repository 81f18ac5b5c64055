"""The one way of text to the screen: nothing in it can steer the terminal, run as markup or hide.

Textual hands escape sequences, bidi marks and ``[markup]`` from data on to the terminal. So every text is
cleaned here and becomes a :data:`Shown`, which is what our widgets take; :class:`SanitizingFilter` checks
each line once more before it is painted. tests/tui/test_safe_lint.py finds ways round this file.
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
"""Text that is clean and carries its own style; never read as markup."""
Part: TypeAlias = str | tuple[str, str]
"""Words, or words with a style such as ``bold $level-act``."""


_ENOUGH = 1_000
"""Characters that are looked at beyond the cells there are: marks on others take none."""


def safe(text: object, *, lines: bool = False) -> str:
    """Return the text without control, bidi, zero-width and unpaired characters; line ends with ``lines``."""
    return sanitize.safe(text, lines=lines)


def content(text: object, style: str = "", *, lines: bool = False) -> Shown:
    """Return the text, cleaned, as something a widget shows."""
    return Content(safe(text, lines=lines)) if not style else Content.styled(safe(text, lines=lines), style)


def line(*parts: Part) -> Shown:
    """Return words with their styles in one line."""
    made = [(safe(part), "") if isinstance(part, str) else (safe(part[0]), part[1]) for part in parts]
    return Content.assemble(*(words if not style else (words, style) for words, style in made))


def segment(text: object, style: Style | None = None) -> Segment:
    """Return cleaned words for a widget that paints its own lines."""
    return Segment(safe(text), style)


def width(text: str) -> int:
    """Return how many cells Textual gives the text on a screen; what is printed counts with core.language."""
    return cell_len(text)


def fit(text: object, cells: int, *, right: bool = False) -> str:
    """Return the cleaned text cut (with ``..``) or filled to exactly so many cells."""
    words = safe(str(text)[: _ENOUGH + cells])
    size = cell_len(words)
    if size > cells:
        return set_cell_size(words, max(0, cells - 2)) + ".."[: max(0, cells)] if cells > 1 else "." * cells
    return " " * (cells - size) + words if right else words + " " * (cells - size)


class SanitizingFilter(LineFilter):
    """The last look at each painted line: what slipped through is taken out, cell for cell.

    What looks alike leaves as one piece, since each piece costs its colours again on the line.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - given by Textual
        """Return the segments with every character that could steer the terminal replaced."""
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
    """Tell whether there is nothing but its ground to see."""
    return not words.strip(" ")


def _same_ground(one: Style | None, other: Style | None) -> bool:
    """Tell whether blanks look and do the same in both."""
    if one is None or other is None:
        return False
    return one.bgcolor == other.bgcolor and one.meta == other.meta and not (_shows(one) or _shows(other))


def _shows(style: Style) -> bool:
    """Tell whether blanks are seen otherwise than by their ground."""
    seen = style.reverse or style.underline or style.underline2 or style.strike or style.overline
    return bool(seen or style.blink or style.blink2 or style.frame or style.encircle or style.link)


def _same_width(char: str) -> str:
    if char.isprintable() or char == "\u3000":
        return char
    return " " * cell_len(char)
