"""A waterfall as SVG: how parts lead from one total to another."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from core.answers.answer import Split
from core.answers.picture_sentences import said
from core.answers.waterfall import Row, waterfall
from core.language.wording import listing, say
from core.reports.plain_text import clean
from core.reports.svg_shapes import PAGE, Canvas, box, line, shortened, shower, svg, text

_ROW = 30
_BAR = 20
_FIGURES = 76
"""Width reserved for the figures, in SVG units."""


def waterfall_chart(split: Split, canvas: Canvas = PAGE) -> Markup | None:
    """Return the chart; None if the split leads from no total to another.

    Each part begins where the one before it ended. Blue ones add, orange ones take away, and grey ones lie
    within their usual range. Every row has its figure, because the axis need not begin at 0.
    """
    found = waterfall(split)
    if found is None:
        return None
    show = shower(split.unit)
    left = canvas.names + _FIGURES
    span = (found.high - found.low) or 1.0

    def x_of(value: float) -> float:
        return left + (canvas.end - left) * (value - found.low) / span

    inside: list[Markup] = []
    for number, row in enumerate(found.rows):
        y = 8.0 + _ROW * number
        plus = "+" if row.kind == "plus" and row.value > 0 else ""
        inside += [
            text(canvas.names - 8, y + 15, shortened(row.name, canvas), anchor="end"),
            text(left - 8, y + 15, plus + show(row.value), anchor="end"),
            *_bar(row, x_of, y),
        ]
        if number + 1 < len(found.rows):
            inside.append(line(x_of(row.end), y + _BAR, x_of(row.end), y + _ROW, "grid"))
    return svg(8.0 + _ROW * len(found.rows), _description(split), inside, canvas)


def _bar(row: Row, x_of: Callable[[float], float], y: float) -> list[Markup]:
    """Return the row's bar; an unknown part has none."""
    if row.begin == row.end:
        return []
    start, end = sorted((x_of(row.begin), x_of(row.end)))
    return [box(start, y, max(1.0, end - start), _BAR, "plain" if row.usual else row.kind)]


def _description(split: Split) -> str:
    """Return the chart in words for screen readers."""
    found = waterfall(split)
    usual = [clean(row.name) for row in found.rows if row.usual] if found is not None else []
    words = clean(said(split))
    return (
        say("{chart}; within the usual range: {names}", chart=words, names=listing(usual)) if usual else words
    )
