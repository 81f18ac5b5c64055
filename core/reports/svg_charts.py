"""Charts as inline SVG: a time series, a split or named amounts; for print and for light and dark themes.

Colours come from the page (``currentColor`` and CSS variables), so this module is independent of the theme.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any, Final

from markupsafe import Markup, escape

from core.answers.answer import Bars, Evidence, Number, Part, Series, Split, Table
from core.language import wording
from core.language.wording import say
from core.reports.plain_text import clean
from core.reports.svg_bars import bars
from core.reports.svg_shapes import (
    BELOW,
    PAGE,
    TOP,
    Canvas,
    day_labels,
    line,
    mark_label,
    series_words,
    shortened,
    shower,
    svg,
    text,
    value_labels,
)
from core.reports.svg_trend import trend
from core.reports.svg_waterfall import waterfall_chart

ROW = 30
CEILING = 16


def drawn(piece: Evidence) -> bool:
    """Return whether this kind of evidence is shown as a chart."""
    return EVIDENCE[type(piece)] is not None


def draw(piece: Evidence, canvas: Canvas = PAGE) -> Markup:
    """Return the chart as one <svg> element of the canvas's width, with all text escaped.

    Raise TypeError if this kind of evidence is not shown as a chart.
    """
    picture = EVIDENCE[type(piece)]
    if picture is None:
        raise TypeError(f"{piece.kind} is no picture")
    return picture(piece, canvas)


def _split_words(split: Split) -> str:
    """Return a description of the bar chart for screen readers."""
    show = shower(split.unit)
    parts = [f"{clean(part.name)} {show(part.value)}" for part in split.parts]
    return say("{name}: {parts}; total {total}", name=clean(split.name), parts=wording.listing(parts),
               total=show(split.total))  # fmt: skip


# ---- time series


def _series(series: Series, canvas: Canvas) -> Markup:
    if canvas.days < PAGE.days:
        series = series.newest(canvas.days)
    known = [value for value in series.values if value is not None]
    if not known:
        return svg(40, clean(series.name), [text(canvas.left, 24, say("No values."))], canvas)
    if series.targets or series.low:
        return trend(series, canvas)
    low, top = min(known), max(known)
    if low > 0 and series.unit != "rate":
        low = 0.0  # the axis starts at 0, except for rates and negative values
    room = (top - low) or abs(top) or 1.0

    def x_of(place: int) -> float:
        return canvas.left + (canvas.end - canvas.left) * place / max(1, len(series.values) - 1)

    def y_of(value: float) -> float:
        return canvas.high - BELOW - (canvas.high - BELOW - TOP) * (value - low) / room

    show = shower(series.unit)
    inside = value_labels(dict.fromkeys((low, low + room / 2, low + room)), y_of, show, canvas)
    inside += day_labels(series.dates, x_of, canvas)
    there = [mark for mark in series.marks if mark.date in series.dates]
    for number, mark in enumerate(there):
        inside += mark_label(mark, x_of(series.dates.index(mark.date)), TOP - 24 + 14 * (number % 2), canvas)
    inside += _strokes(series.values, x_of, y_of)
    return svg(canvas.high, series_words(series), inside, canvas)


def _strokes(
    values: Sequence[float | None], x_of: Callable[[int], float], y_of: Callable[[float], float]
) -> list[Markup]:
    """Return lines between consecutive known values; an unknown value is a gap, a single known one a dot."""
    found = []
    numbered = [(place, value) for place, value in enumerate(values)]
    for is_known, run in groupby(numbered, key=lambda one: one[1] is not None):
        points = [(x_of(place), y_of(value)) for place, value in run if value is not None]
        if not is_known:
            continue
        if len(points) > 1:
            way = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
            found.append(Markup('<polyline points="{}" class="line"/>').format(way))
        x, y = points[-1]
        found.append(Markup('<circle cx="{}" cy="{}" r="3.5" class="dot"/>').format(f"{x:.1f}", f"{y:.1f}"))
    return found


# ---- splits


def _split(split: Split, canvas: Canvas) -> Markup:
    """Return a waterfall if the split leads from one total to another, else a bar chart.

    In the bar chart, positive bars are to the right of zero, negative ones to the left; the total is last.
    """
    if (chart := waterfall_chart(split, canvas)) is not None:
        return chart
    parts = [*split.parts, Part(say("total"), split.total)]
    lowest = min(0.0, *(part.value for part in parts))
    highest = max(0.0, *(part.value for part in parts))
    room = (highest - lowest) or 1.0
    show = shower(split.unit)
    values = 80
    first, wide = canvas.names + values, canvas.wide - canvas.names - 2 * values

    def x_of(value: float) -> float:
        return first + wide * (value - lowest) / room

    inside = []
    for number, part in enumerate(parts):
        y = CEILING + ROW * number
        start, end = sorted((x_of(0.0), x_of(part.value)))
        look = "total" if number == len(parts) - 1 else "minus" if part.value < 0 else "plus"
        inside += [
            text(canvas.names - 8, y + 15, shortened(part.name, canvas), anchor="end"),
            Markup('<rect x="{}" y="{}" width="{}" height="{}" class="{}"/>').format(
                f"{start:.1f}", f"{y:.1f}", f"{max(1.0, end - start):.1f}", ROW - 10, look
            ),
            text(end + 6, y + 15, show(part.value))
            if part.value >= 0
            else text(start - 6, y + 15, show(part.value), anchor="end"),
        ]
    high = CEILING + ROW * len(parts) + 4
    inside.append(line(x_of(0.0), CEILING - 6, x_of(0.0), high - 6, "grid"))
    return svg(high, _split_words(split), inside, canvas)


def caption(piece: Evidence) -> Markup:
    """Return the chart's caption."""
    return escape(clean(piece.name))


EVIDENCE: Final[dict[type, Callable[[Any, Canvas], Markup] | None]] = {
    Series: _series,
    Split: _split,
    Bars: bars,
    Number: None,  # shown in the grid of figures
    Table: None,  # too long for the report; shown in its step
}
"""The function that draws each kind of evidence; None if it has no chart."""
