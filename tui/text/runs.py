"""Lines of a picture as runs of text with a style, which are painted without Textual's text layout.

A picture has many short pieces in many styles. Building Textual's Content of them and rendering that costs
more than drawing the picture.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from textual.strip import Strip

from tui.text.sanitize import Part, Shown, line, safe, segment

if TYPE_CHECKING:
    from rich.style import Style as RichStyle
    from textual.style import Style


class Runs:
    """One line of sanitized text; each run has a style such as ``bold $level-act``, or none."""

    __slots__ = ("parts",)

    def __init__(self, parts: Iterable[tuple[str, str]]) -> None:
        self.parts = tuple(parts)

    @property
    def plain(self) -> str:
        """The line's text."""
        return "".join([words for words, _ in self.parts])

    @property
    def blank(self) -> bool:
        """Whether the line consists only of spaces."""
        return all(words.isspace() for words, _ in self.parts if words)

    def is_same(self, other: object) -> bool:
        """Return whether ``other`` is a line that looks the same."""
        return isinstance(other, Runs) and self.parts == other.parts

    def shown(self) -> Shown:
        """Return the line as the type that widgets accept."""
        return line(*self.parts)

    def strip(self, room: int, base: Style, style_of: Callable[[str], Style], known: Styles) -> Strip:
        """Return the line painted on ``base``, cut or padded to ``room`` cells.

        ``known`` keeps the styles already combined with ``base`` for the lines painted after it.
        """
        segments = []
        for words, look in self.parts:
            style = known.get(look)
            if style is None:
                style = known[look] = (base + style_of(look) if look else base).rich_style
            segments.append(segment(words, style))
        ground = known.get("")
        if ground is None:
            ground = known[""] = base.rich_style
        return Strip(segments).adjust_cell_length(room, ground)


Styles = dict[str, "RichStyle"]


def runs(*parts: Part) -> Runs:
    """Return several texts, each with its style, as one line."""
    return Runs(
        (safe(part), "") if isinstance(part, str) else (safe(part[0]), part[1]) for part in parts if part
    )
