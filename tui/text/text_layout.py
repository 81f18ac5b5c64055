"""Paragraphs that are wrapped when painted, with hanging indents and line breaks within Chinese text.

Textual breaks lines only at spaces, which leaves large gaps in Chinese text; and charts need to know the
available width. :class:`Prose` handles both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from textual.visual import Visual

from core.language.wording import say
from tui.text.runs import Runs, Styles
from tui.text.sanitize import Part, Shown, content, line, safe, width

if TYPE_CHECKING:
    from textual.css.styles import RulesMap
    from textual.strip import Strip
    from textual.style import Style
    from textual.visual import RenderOptions

_NARROW = "\0-\u2e7f\ufb00-\ufeff\ufff0-\uffff\U00010000-\U0010ffff"
"""Ranges of the characters that form words; a line may be broken before and after any other character.

Listing the other characters instead would make start-up 3 ms slower.
"""
_OPEN = "（【《「『“‘"
_STOP = "，。、；：！？）】》」』”’％,.;:!?)%"
_TOKEN = (
    rf"[\u3400-\u4dbf\u4e00-\u9fff]{{2,}}(?![{_STOP}])|"  # Chinese: may be broken after any character
    rf"[{_OPEN}]*(?:(?:(?!\s)[{_NARROW}])+|\S)[{_STOP}]*"  # a word or character with its punctuation
    rf"|[{_OPEN}]+|\s+"
)
MOST = 20_000
"""Maximum number of characters of a paragraph that are shown, about 250 lines."""
_USUAL = 60
"""The width in cells at which two texts are compared that were not painted yet."""
_LEAST = 12
"""Minimum room in cells for a hanging indent; less would leave a single word per line."""


class Hang(NamedTuple):
    """A paragraph with a hanging indent: a prefix on the first line, the others indented by its width."""

    prefix: tuple[Part, ...]
    body: tuple[Part, ...]


Picture: TypeAlias = Callable[[int], Sequence[Shown | Runs]]
"""A function that returns the lines of a chart for a given width in cells."""
Block: TypeAlias = Shown | Hang | Picture


def hang(prefix: Part | Sequence[Part], *body: Part) -> Hang:
    """Return a paragraph with a hanging indent; the prefix is one part or a list of parts."""
    before = tuple(prefix) if isinstance(prefix, list) else (prefix,)
    return Hang(before, body)


def para(*body: Part) -> Hang:
    """Return a paragraph without an indent."""
    return Hang((), body)


class Prose(Visual):
    """Several paragraphs or charts, one below the other, as a Textual visual."""

    def __init__(self, blocks: Iterable[Block] = ()) -> None:
        self.blocks = tuple(blocks)
        self._laid: tuple[int, list[Shown | Runs]] = (-1, [])

    def __bool__(self) -> bool:
        """Return whether there is anything to show."""
        return bool(self.blocks)

    def lines(self, room: int) -> list[Shown]:
        """Return the lines for a width of ``room`` cells."""
        return [one.shown() if isinstance(one, Runs) else one for one in self._rows(room)]

    def _rows(self, room: int) -> list[Shown | Runs]:
        if self._laid[0] != room:
            self._laid = (room, [one for block in self.blocks for one in _lines(block, room)])
        return self._laid[1]

    def same(self, other: object) -> bool:
        """Return whether ``other`` is a Prose that looks the same at the width at which it was painted."""
        if not isinstance(other, Prose):
            return False
        room = other._laid[0] if other._laid[0] > 0 else _USUAL  # noqa: SLF001 - of the same class
        mine, theirs = self._rows(room), other._rows(room)  # noqa: SLF001
        return len(mine) == len(theirs) and all(_same(*both) for both in zip(mine, theirs, strict=True))

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """Render the lines."""
        lines = self._rows(width)
        shown = lines if height is None else lines[:height]
        known: Styles = {}
        strips = []
        for one in shown:
            if isinstance(one, Runs) and options.selection is None:
                strips.append(one.strip(width, style, options.get_style, known))
            else:
                text = one.shown() if isinstance(one, Runs) else one
                strips += (text or content(" ")).render_strips(width, 1, style, options)[:1]
        return strips

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002 - required by Textual
        """Return the width of the container."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002 - required by Textual
        """Return the number of lines at this width."""
        return len(self._rows(width))


def titled(title: str, rows: Iterable[Block]) -> Prose:
    """Return the blocks under a heading."""
    return Prose([content(title, "bold $heading"), *rows])


def _same(one: Shown | Runs, other: Shown | Runs) -> bool:
    if isinstance(one, Runs):
        return one.is_same(other)
    return not isinstance(other, Runs) and one.is_same(other)


def _lines(block: Block, room: int) -> Sequence[Shown | Runs]:
    if isinstance(block, Hang):
        return _hung(block, room)
    if isinstance(block, Shown):
        return [block]
    return block(room)


def _hung(block: Hang, room: int) -> list[Shown]:
    prefix = line(*block.prefix)
    indent = prefix.cell_length
    if room - indent < _LEAST:
        indent = 0
    wrapped = wrap(block.body, max(1, room - indent), max(1, room - prefix.cell_length))
    first, *rest = wrapped or [[]]
    return [prefix.append(line(*first)), *(line(" " * indent, *parts) for parts in rest)]


def wrap(parts: Sequence[Part], room: int, first: int | None = None) -> list[list[Part]]:
    """Return the parts wrapped into lines of at most ``room`` cells.

    ``first`` is the room in the first line, if it differs.
    """
    parts = _beginning(parts)
    rows: list[list[Part]] = [[]]
    left = room if first is None else first
    said = [
        (safe(words, lines=True), style)
        for words, style in ((part, "") if isinstance(part, str) else part for part in parts)
    ]
    if _fits(said, left):
        for words, style in said:
            _add(rows[0], words, style)
        return rows
    for words, style in said:
        for number, piece in enumerate(words.split("\n")):
            if number:
                rows.append([])
                left = room
            for token in re.findall(_TOKEN, piece):
                lay = _lay_run if _is_run(token) else _lay
                left = lay(rows, token, style, left, room)
    return rows


def _lay(rows: list[list[Part]], token: str, style: str, left: int, room: int) -> int:
    """Append the token to the last row, or to new rows; return the cells left in the last row."""
    for bit in _bits(token, room):
        size = width(bit)
        if size > left and rows[-1]:
            rows.append([])
            left = room
        if bit.isspace() and not rows[-1] and len(rows) > 1:
            continue
        _add(rows[-1], bit, style)
        left -= size
    return left


def _fits(said: Sequence[tuple[str, str]], left: int) -> bool:
    """Return whether the text fits into ``left`` cells and has no line break."""
    return sum(width(words) for words, _ in said) <= left and not any("\n" in words for words, _ in said)


def _is_run(token: str) -> bool:
    """Return whether the token is Chinese text without punctuation, i.e. two cells per character."""
    return len(token) > 1 and all("\u3400" <= char <= "\u9fff" for char in (token[0], token[-1]))


def _lay_run(rows: list[list[Part]], run: str, style: str, left: int, room: int) -> int:
    """Append a run of Chinese characters, filling each row; return the cells left in the last row."""
    at = 0
    while at < len(run):
        if left < 2 and rows[-1]:  # noqa: PLR2004 - cells of a character
            rows.append([])
            left = room
        bit = run[at : at + max(1, left // 2)]
        _add(rows[-1], bit, style)
        left -= 2 * len(bit)
        at += len(bit)
    return left


def _beginning(parts: Sequence[Part]) -> Sequence[Part]:
    """Return the parts cut to ``MOST`` characters, followed by a note on how many characters are left out."""
    length = sum(len(part if isinstance(part, str) else part[0]) for part in parts)
    if length <= MOST:
        return parts
    kept: list[Part] = []
    left = MOST
    for part in parts:
        words, style = (part, "") if isinstance(part, str) else part
        kept.append((words[:left], style))
        left -= len(words[:left])
    told = say("… and {n} more characters; shopday day shows them all", n=f"{length - MOST:,}")
    return [*kept, (f" {told}", "$quiet")]


def _add(row: list[Part], words: str, style: str) -> None:
    """Append text to a row, merged with the preceding part if it has the same style."""
    if row and row[-1][1] == style:
        words = row.pop()[0] + words
    if words:
        row.append((words, style))


def _bits(token: str, room: int) -> list[str]:
    """Return the token, split into pieces of at most ``room`` cells if it is wider than that."""
    if width(token) <= room:
        return [token]
    bits, bit = [], ""
    for char in token:
        if width(bit + char) > room:
            bits.append(bit)
            bit = ""
        bit += char
    return [*bits, bit]
