"""A figure by day as bars, with the target of each day as a stroke and the usual range behind them."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from core.answers.answer import Mark, Series
from core.answers.picture_sentences import counted
from core.language.text_width import cells_of
from core.language.wording import say
from core.reports.plain_text import clean
from core.reports.svg_shapes import (
    BELOW,
    MARKED,
    PAGE,
    Canvas,
    box,
    day_labels,
    line,
    mark_label,
    series_words,
    shower,
    svg,
    text,
    value_labels,
)

TOP = 46
CUT = 2.5
"""A bar higher than this many times the 80 % quantile is cut off, and its value is written on it."""
CELL = 6.6
"""The width of one terminal cell of text in SVG units, used to see whether two labels overlap."""


def trend(series: Series, canvas: Canvas = PAGE) -> Markup:
    """Return the chart: blue bars reached their target, orange ones missed it by more than usual.

    Grey bars have no target or lie within their usual range; hollow ones are not final. At most the newest
    ``canvas.days`` are shown.
    """
    series = series.newest(canvas.days)
    places = range(len(series.values))
    targets, lows, highs = (_padded(one, len(places)) for one in (series.targets, series.low, series.high))
    top = _top(series.values, targets)
    step = (canvas.end - canvas.left) / max(1, len(places))

    def x_of(place: int) -> float:
        return canvas.left + step * (place + 0.5)

    def y_of(value: float) -> float:
        return canvas.high - BELOW - (canvas.high - BELOW - TOP) * min(max(value, 0.0), top) / top

    show = shower(series.unit)
    inside = value_labels((0.0, top / 2, top), y_of, show, canvas)
    for place in places:
        low, high, value, target = lows[place], highs[place], series.values[place], targets[place]
        left = x_of(place) - step / 2
        if low is not None and high is not None:
            inside.append(box(left, y_of(high), step, y_of(low) - y_of(high), "band"))
        if value is not None:
            look = f"{series.state(place)}{' hollow' if series.hollow(place) else ''}"
            inside.append(box(left + step * 0.2, y_of(value), step * 0.6, y_of(0) - y_of(value), look))
            if value > top:
                inside += [
                    line(left + step * 0.1, TOP + 8, left + step * 0.9, TOP + 4, "cut"),
                    text(x_of(place), TOP - 3, show(value), anchor="middle"),
                ]
        if target is not None and target <= top:
            inside.append(line(left + step * 0.1, y_of(target), left + step * 0.9, y_of(target), "aim"))
    inside += day_labels(series.dates, x_of, canvas)
    for mark, place, level in _placed(series, step, canvas):
        inside += mark_label(mark, x_of(place) - step / 2, 6 + 12 * level, canvas)
    return svg(canvas.high, _words(series), inside, canvas)


def _padded(values: Sequence[float | None], size: int) -> Sequence[float | None]:
    return values or [None] * size


def _top(values: Sequence[float | None], targets: Sequence[float | None]) -> float:
    """Return the value at the top of the axis.

    It is limited so that one day far above all others does not flatten them.
    """
    known = sorted(value for value in (*values, *targets) if value is not None and value > 0)
    if not known:
        return 1.0
    return min(known[-1], CUT * known[int(0.8 * (len(known) - 1))])


def _placed(series: Series, step: float, canvas: Canvas) -> list[tuple[Mark, int, int]]:
    """Return the marks whose labels fit without overlapping: (mark, index of its day, label row 0 or 1)."""
    taken: tuple[list[tuple[float, float]], list[tuple[float, float]]] = ([], [])
    found = []
    for mark in series.marks:
        if mark.date not in series.dates:
            continue
        place = series.dates.index(mark.date)
        at, wide = canvas.left + step * place, cells_of(clean(mark.text)[:MARKED]) * CELL
        span = (at - wide - 8, at) if at > canvas.turned else (at, at + wide + 8)
        level = next((n for n in (0, 1) if all(span[1] < a or b < span[0] for a, b in taken[n])), None)
        if level is not None:
            taken[level].append(span)
            found.append((mark, place, level))
    return found


def _words(series: Series) -> str:
    """Return the chart's description for screen readers."""
    if not any(target is not None for target in series.targets):
        return series_words(series)
    known = [place for place, value in enumerate(series.values) if value is not None]
    return say("{chart}; {counted}", chart=series_words(series), counted=counted(series, known))
