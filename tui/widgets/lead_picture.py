"""The picture that proves an answer's verdict, drawn as large as there is room for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

from core.answers.answer import Bars, Number, Series, Split, Table
from core.answers.picture_sentences import Picture, counted, said
from core.language.wording import say
from tui.text.runs import Runs
from tui.text.sanitize import Part, Shown, content, line
from tui.text.text_layout import Prose, para
from tui.widgets.bars import bar_lines
from tui.widgets.charts import series_lines, split_lines
from tui.widgets.trend import MONTH, MOST, trend_rows
from tui.widgets.waterfall import waterfall_lines

LOW = 20
"""Below this number of rows on the screen, the picture's sentence takes its place."""
TOLD = 30
"""From this number of rows on, the picture has its legend."""
_FEWEST, _MOST = 3, 14
"""The height of a picture among other things, in rows."""


def lead_words(picture: Picture, rows: int, *, wide: bool) -> Prose:
    """Return the picture to fit a screen of this many rows; ``wide``: the screen has two columns."""
    if rows < LOW:
        shown = picture.newest(MONTH) if isinstance(picture, Series) else picture
        return Prose([para((said(shown), "$quiet"))])
    high = min(_MOST, rows // 4) if wide else max(_FEWEST, rows // 5)
    draw = partial(_lines, picture, _Size(high, MONTH, told=rows >= TOLD))
    return Prose([_title(picture, rows), draw])


def enlarged(picture: Picture, rows: int) -> Prose:
    """Return the picture over ``rows`` rows, and its sentence unless it has one of its own."""
    draw = partial(_lines, picture, _Size(max(_FEWEST, rows - _BESIDE), MOST, told=True))
    if isinstance(picture, Series) and picture.targets:
        return Prose([draw])
    return Prose([draw, content(""), para((said(picture), "$quiet"))])


_BESIDE = 4
"""The rows that an enlarged picture needs besides its bars: marks, dates, legend, or its sentence."""


def _title(picture: Picture, rows: int) -> Shown:
    """Return the picture's name; without a legend, also how many days reached their target."""
    parts: list[Part] = [(picture.name, "bold $heading")]
    if rows < TOLD and isinstance(picture, Series) and picture.targets:
        shown = picture.newest(MONTH)
        parts.append((f"  {counted(shown, range(len(shown.values)))}", "$quiet"))
    return line(*parts, ("  z ", "bold $key"), (say("enlarge"), "$quiet"))


class _Size(NamedTuple):
    """How a picture is drawn: its rows, the days of a trend, and whether it has its legend."""

    high: int
    most: int
    told: bool


def _lines(picture: Picture, size: _Size, room: int) -> Sequence[Shown | Runs]:
    draw = EVIDENCE[type(picture)]
    return [] if draw is None else draw(picture, room, size)


def _series(series: Series, room: int, size: _Size) -> Sequence[Shown | Runs]:
    if series.targets:
        return trend_rows(series, room, high=size.high, most=size.most, told=size.told)
    return series_lines(series, room, high=size.high)


def _split(split: Split, room: int, _: _Size) -> list[Shown]:
    return waterfall_lines(split, room) or split_lines(split, room)


def _bars(bars: Bars, room: int, size: _Size) -> list[Shown]:
    return bar_lines(bars, room, high=size.high)


EVIDENCE: Final[dict[type, Callable[[Any, int, _Size], Sequence[Shown | Runs]] | None]] = {
    Series: _series,
    Split: _split,
    Bars: _bars,
    Number: None,  # no pictures
    Table: None,
}
"""The function that draws each kind of evidence in a given room and size; None if it is no picture."""
