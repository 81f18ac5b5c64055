"""Sends only those cells of a frame that differ from what the terminal shows.

Textual sends every line it has painted, even if it looks the same as before. On a slow connection that is
most of the traffic: the clock repaints a screen, and consecutive steps have the same header and key bar.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from rich.cells import get_character_cell_size
from rich.console import COLOR_SYSTEMS
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

if TYPE_CHECKING:
    from rich.color import ColorSystem
    from rich.console import Console

_NEAR: Final = 24
"""Maximum gap, in cells, between two changes that is sent along, because skipping it takes more bytes."""


class _Look(NamedTuple):
    """The SGR codes of a style; a part is empty if it is the same as the terminal's default."""

    attributes: str
    colour: str
    ground: str


_BACK: Final = {
    "1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "6": "25", "7": "27", "8": "28", "9": "29",
    "21": "24", "51": "54", "52": "54", "53": "55",
}  # fmt: skip
"""The SGR code that resets each attribute, by the code that sets it."""
_PLAIN: Final = _Look("", "", "")
_Cell = tuple[str, _Look]
"""A character and its style codes; the second cell of a wide character has the character ""."""
_UNKNOWN: Final[_Cell] = ("\0", _PLAIN)


class FrameDiff:
    """Remembers what the terminal shows and sends only cells that differ."""

    def __init__(self) -> None:
        self._rows: dict[int, list[_Cell]] = {}

    def forget(self) -> None:
        """Forget what the terminal shows, so that the next frame is sent completely."""
        self._rows.clear()

    def sparing(self, update: CompositorUpdate) -> CompositorUpdate:
        """Return an update that sends only differing cells; they are determined when it is sent."""
        known = isinstance(update, LayoutUpdate | ChopsUpdate)
        return _Sparing(self, update) if known else update

    def frame(self, pieces: Iterable[tuple[int, int, Iterable[Strip]]], system: ColorSystem) -> str:
        """Return the escape sequences and text that draw the pieces, each given as row, column and strips."""
        words: list[str] = []
        look, place = _PLAIN, (-1, -1)
        for y, x, strips in pieces:
            now = [cell for strip in strips for cell in _cells(strip, system)]
            for start, cells in self._changed(y, x, now):
                words.append(f"\x1b[{y + 1};{start + 1}H" if place != (y, start) else "")
                place = (y, start + len(cells))
                for wanted, run in groupby(cells, key=itemgetter(1)):
                    words += (_turned(look, wanted), *(char for char, _ in run))
                    look = wanted
        return "".join((*words, "\x1b[0m" if look != _PLAIN else ""))

    def _changed(self, y: int, x: int, now: list[_Cell]) -> Iterator[tuple[int, list[_Cell]]]:
        """Yield the column and cells of each difference in row ``y``, and remember the row's new content."""
        row = self._rows.setdefault(y, [])
        row += [_UNKNOWN] * (x + len(now) - len(row))
        there = row[x : x + len(now)]
        if there != now:
            row[x : x + len(now)] = now
            for start, end in _spans(there, now):
                yield x + start, now[start:end]


class _Sparing(CompositorUpdate):
    def __init__(self, frames: FrameDiff, update: CompositorUpdate) -> None:
        self._frames, self._update = frames, update

    def render_segments(self, console: Console) -> str:
        system = COLOR_SYSTEMS[console.color_system or "truecolor"]
        return self._frames.frame(_pieces(self._update), system)


def _pieces(update: CompositorUpdate) -> Iterator[tuple[int, int, Iterable[Strip]]]:
    """Yield the frame's pieces as row, column, and strips from left to right."""
    if isinstance(update, LayoutUpdate):
        for y, line in enumerate(update.strips, update.region.y):
            yield y, update.region.x, line
    elif isinstance(update, ChopsUpdate):
        for y, x1, x2 in update.spans:
            for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
                if strip is not None and x <= x2 and end > x1:
                    yield y, x, [strip if end <= x2 else strip.crop(0, x2 - x)]


def _cells(strip: Strip, system: ColorSystem) -> Iterable[_Cell]:
    return chain.from_iterable(
        _run(text, _look(style, system) if style else _PLAIN) for text, style, _ in strip
    )


@lru_cache(1024)
def _run(text: str, look: _Look) -> tuple[_Cell, ...]:
    """Return the cells of a text in one style; cached, because scrolling repeats the same text."""
    if text.isascii():
        return tuple((char, look) for char in text)
    rest = ("", look)
    return tuple(
        cell
        for char in text
        for cell in (((char, look), rest) if get_character_cell_size(char) > 1 else ((char, look),))
    )


@lru_cache(4096)
def _look(style: Style, system: ColorSystem) -> _Look:
    colour, ground = Style(color=style.color), Style(bgcolor=style.bgcolor)
    return _Look(*(Strip.render_ansi(part, system) for part in (style.without_color, colour, ground)))


@lru_cache(4096)
def _turned(now: _Look, wanted: _Look) -> str:
    """Return the shortest escape sequence that changes the terminal's style from ``now`` to ``wanted``."""
    had, gets = (set(filter(None, look.attributes.split(";"))) for look in (now, wanted))
    back = {_BACK[one] for one in had - gets}
    parts = [*sorted(back), *sorted(one for one in gets if one not in had or _BACK[one] in back)]
    parts.append((wanted.colour or "39") if wanted.colour != now.colour else "")
    parts.append((wanted.ground or "49") if wanted.ground != now.ground else "")
    changed = ";".join(filter(None, parts))
    anew = ";".join(filter(None, ("0", *wanted)))
    return f"\x1b[{min(changed, anew, key=len)}m" if changed else ""


def _spans(there: list[_Cell], now: list[_Cell]) -> Iterator[tuple[int, int]]:
    """Yield start and end of each range of differing cells; a range does not end within a wide character."""
    different = [at for at, (old, new) in enumerate(zip(there, now, strict=True)) if old != new]
    start = end = different[0]
    for at in different:
        if at - end > _NEAR:
            yield start, _whole(now, end)
            start = at
        end = at
    yield start, _whole(now, end)


def _whole(now: list[_Cell], last: int) -> int:
    end = last + 1
    while end < len(now) and not now[end][0]:
        end += 1
    return end
