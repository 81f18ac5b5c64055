"""Named amounts as SVG bars, each with the limit it is measured against and its range."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from markupsafe import Markup

from core.answers.answer import Bar, Bars
from core.answers.picture_sentences import bar_figure, said
from core.language.numbers import ratio
from core.language.wording import say
from core.reports.plain_text import clean
from core.reports.svg_shapes import PAGE, Canvas, box, line, shortened, shower, svg, text

_ROW = 30
_BAR = 20
_FIGURES = 76
_FAR = 2.5
"""Bars longer than this many times the highest limit are cut off."""


def bars(shown: Bars, canvas: Canvas = PAGE) -> Markup:
    """Return the chart: blue bars keep to their limit, orange ones do not, and grey ones are not judged.

    The limit is a stroke; a pale bar reaches from the lowest to the highest likely value.
    """
    if not shown.bars:
        return svg(40, clean(shown.name), [text(canvas.left, 24, say("No values."))], canvas)
    top, left = _top(shown.bars), canvas.names + _FIGURES

    def x_of(value: float) -> float:
        return left + (canvas.end - left) * min(max(value, 0.0), top) / top

    inside: list[Markup] = []
    for number, bar in enumerate(shown.bars):
        y = 8.0 + _ROW * number
        inside += [
            text(canvas.names - 8, y + 15, shortened(bar.name, canvas), anchor="end"),
            text(left - 8, y + 15, bar_figure(bar, lambda value: _figure(value, shown.unit)), anchor="end"),
        ]
        for low, high in zip(_known(bar.low) or [0.0], _known(bar.high), strict=False):
            inside.append(box(x_of(low), y - 2, x_of(high) - x_of(low), _BAR + 4, "band"))
        for value in _known(bar.value):
            inside.append(box(left, y, max(1.0, x_of(value) - left), _BAR, bar.state))
            if value > top:
                inside.append(line(canvas.end - 8, y - 3, canvas.end - 14, y + _BAR + 3, "cut"))
        for limit in _known(bar.limit):
            inside.append(line(x_of(limit), y - 4, x_of(limit), y + _BAR + 4, "aim"))
    return svg(8.0 + _ROW * len(shown.bars), clean(said(shown)), inside, canvas)


def _figure(value: float, unit: str) -> str:
    return ratio(value, 1) if unit == "days" else shower(unit)(value)


def _known(*values: float | None) -> list[float]:
    return [value for value in values if value is not None and isfinite(value)]


def _top(shown: Sequence[Bar]) -> float:
    """Return the value at the right end: a single long bar does not make the others unreadable."""
    highest = max((value for bar in shown for value in _known(bar.value, bar.limit, bar.high)), default=0.0)
    limit = max((value for bar in shown for value in _known(bar.limit)), default=0.0)
    return (min(highest, _FAR * limit) if limit > 0 else highest) or 1.0
