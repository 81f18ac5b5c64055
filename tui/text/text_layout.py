"""Paragraphs that know their width when they are painted: hanging indents, Chinese broken between characters.

Textual breaks lines at spaces only, which leaves ragged holes in Chinese; and pictures of numbers need
to know how wide they may be. Both are solved by one visual.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from textual.visual import Visual

from core.language.wording import say
from tui.text.sanitize import Part, Shown, content, line, safe, width

if TYPE_CHECKING:
    from textual.css.styles import RulesMap
    from textual.strip import Strip
    from textual.style import Style
    from textual.visual import RenderOptions

_NARROW = "\0-\u2e7f\ufb00-\ufeff\ufff0-\uffff\U00010000-\U0010ffff"
"""What stands in words; all else is a line's end wherever it stands. (To name those costs 3 ms.)"""
_OPEN = "（【《「『“‘"
_STOP = "，。、；：！？）】》」』”’％,.;:!?)%"
_TOKEN = (
    rf"[\u3400-\u4dbf\u4e00-\u9fff]{{2,}}(?![{_STOP}])|"  # Chinese, of which each character may end a line
    rf"[{_OPEN}]*(?:(?:(?!\s)[{_NARROW}])+|\S)[{_STOP}]*"  # a word or a character, its brackets and stops
    rf"|[{_OPEN}]+|\s+"
)
MOST = 20_000
"""Characters of a paragraph that are laid out: some 250 lines."""
_LEAST = 12
"""Narrower than this nothing hangs: there would be a word a line."""


class Hang(NamedTuple):
    """Words under one another, the first line behind a prefix, the others as far in."""

    prefix: tuple[Part, ...]
    body: tuple[Part, ...]


Picture: TypeAlias = Callable[[int], Sequence[Shown]]
"""Returns lines for a width."""
Block: TypeAlias = Shown | Hang | Picture


def hang(prefix: Part | Sequence[Part], *body: Part) -> Hang:
    """Return a paragraph with a hanging indent; the prefix is one part or a list of them."""
    before = tuple(prefix) if isinstance(prefix, list) else (prefix,)
    return Hang(before, body)


def para(*body: Part) -> Hang:
    """Return a paragraph without an indent."""
    return Hang((), body)


class Prose(Visual):
    """Blocks one under the other."""

    def __init__(self, blocks: Iterable[Block] = ()) -> None:
        self.blocks = tuple(blocks)
        self._lines: tuple[int, list[Shown]] = (-1, [])

    def __bool__(self) -> bool:
        """Tell whether there is anything to show."""
        return bool(self.blocks)

    def lines(self, room: int) -> list[Shown]:
        """Return the lines at a width."""
        if self._lines[0] != room:
            self._lines = (room, [one for block in self.blocks for one in _lines(block, room)])
        return self._lines[1]

    def same(self, other: object) -> bool:
        """Tell whether the other one looks the same."""
        if not isinstance(other, Prose):
            return False
        mine, theirs = self.lines(60), other.lines(60)
        return len(mine) == len(theirs) and all(a.is_same(b) for a, b in zip(mine, theirs, strict=True))

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """Return the painted lines."""
        lines = self.lines(width)
        shown = lines if height is None else lines[:height]
        return [(one or content(" ")).render_strips(width, 1, style, options)[0] for one in shown]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002 - Textual's question
        """Take what there is."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002 - Textual's question
        """Return how many lines the blocks take."""
        return len(self.lines(width))


def titled(title: str, rows: Iterable[Block]) -> Prose:
    """Return blocks under a heading."""
    return Prose([content(title, "bold $heading"), *rows])


def _lines(block: Block, room: int) -> Sequence[Shown]:
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
    """Return the parts broken into lines of at most so many cells; ``first``: the room of the first."""
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
    """Put the token behind the last row's words or into new rows; return the cells left in the last one."""
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
    """Tell whether it is one line of no more than so many cells."""
    return sum(width(words) for words, _ in said) <= left and not any("\n" in words for words, _ in said)


def _is_run(token: str) -> bool:
    """Tell whether it is Chinese without a stop: two cells a character."""
    return len(token) > 1 and all("\u3400" <= char <= "\u9fff" for char in (token[0], token[-1]))


def _lay_run(rows: list[list[Part]], run: str, style: str, left: int, room: int) -> int:
    """Put as many characters of the run into each row as there is room for."""
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
    """Return the parts, and of more characters than are laid out only the first, with how many there are."""
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
    """Put words at the end of a row; what looks like the words before them is one part with them."""
    if row and row[-1][1] == style:
        words = row.pop()[0] + words
    if words:
        row.append((words, style))


def _bits(token: str, room: int) -> list[str]:
    """Return the token, cut where it is wider than a whole line."""
    if width(token) <= room:
        return [token]
    bits, bit = [], ""
    for char in token:
        if width(bit + char) > room:
            bits.append(bit)
            bit = ""
        bit += char
    return [*bits, bit]
