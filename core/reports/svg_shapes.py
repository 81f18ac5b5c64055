"""The shapes that the SVG charts are made of: the canvas, text, lines, day labels and marks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from markupsafe import Markup

from core.answers.answer import Mark, Series
from core.language import money, numbers
from core.language.dates import short_day_of
from core.language.wording import say
from core.reports.plain_text import clean

WIDE, HIGH = 720, 220
LEFT, RIGHT, TOP, BELOW = 74, 12, 40, 30
TICKS = 6
MARKED = 24
"""Maximum characters of a mark's label."""
TURNED = WIDE * 0.8
"""To the right of this x, a mark's label ends at the mark's line instead of beginning there."""


def series_words(series: Series) -> str:
    """Return a description of the line chart for screen readers."""
    show, known = shower(series.unit), [value for value in series.values if value is not None]
    if not known:
        return clean(series.name)
    return say("{name}: from {low} to {high}, latest {last}", name=clean(series.name), low=show(min(known)),
               high=show(max(known)), last=show(known[-1]))  # fmt: skip


def shower(unit: str) -> Callable[[float], str]:
    """Return the function that formats a value in the unit, short enough for the labels of an axis."""
    shows: dict[str, Callable[[float], str]] = {
        "CNY": money.short_money, "rate": numbers.percent, "ratio": numbers.ratio,
    }  # fmt: skip
    return shows.get(unit, numbers.count)


def svg(high: float, label: str, inside: Sequence[Markup]) -> Markup:
    """Return one <svg> element; ``label`` describes it for screen readers."""
    return Markup('<svg viewBox="0 0 {wide} {high}" role="img" aria-label="{label}">{inside}</svg>').format(
        wide=WIDE, high=f"{high:g}", label=label, inside=Markup("").join(inside)
    )


def text(x: float, y: float, words: str, *, anchor: str = "start", look: str = "") -> Markup:
    """Return a text element; ``anchor`` is start, middle or end, ``look`` a CSS class."""
    return Markup('<text x="{x}" y="{y}" text-anchor="{anchor}"{look}>{words}</text>').format(
        x=f"{x:.1f}", y=f"{y:.1f}", anchor=anchor, words=words,
        look=Markup(' class="{}"').format(look) if look else "",
    )  # fmt: skip


def line(x1: float, y1: float, x2: float, y2: float, look: str) -> Markup:
    """Return a straight line with the CSS class ``look``."""
    return Markup('<line x1="{}" y1="{}" x2="{}" y2="{}" class="{}"/>').format(
        f"{x1:.1f}", f"{y1:.1f}", f"{x2:.1f}", f"{y2:.1f}", look
    )


def value_labels(
    values: Iterable[float], y_of: Callable[[float], float], show: Callable[[float], str]
) -> list[Markup]:
    """Return a line across the chart at each value, with the value to its left."""
    return [
        shape
        for value in values
        for shape in (
            line(LEFT, y_of(value), WIDE - RIGHT, y_of(value), "grid"),
            text(LEFT - 8, y_of(value) + 4, show(value), anchor="end"),
        )
    ]


def day_labels(dates: Sequence[str], x_of: Callable[[int], float]) -> list[Markup]:
    """Return labels for a few of the days, including the first and the last."""
    last = len(dates) - 1
    step = max(1, -(-last // TICKS))
    places = [place for place in range(0, last, step) if last - place >= step / 2] + [last]
    anchors = {0: "start", last: "end"}
    return [
        text(x_of(place), HIGH - 8, clean(short_day_of(dates[place])), anchor=anchors.get(place, "middle"))
        for place in dict.fromkeys(places)
    ]


def mark_label(mark: Mark, x: float, y: float) -> list[Markup]:
    """Return a vertical line at ``x`` for a marked day, and the mark's label beside it at height ``y``."""
    anchor = "end" if x > TURNED else "start"
    return [
        line(x, y + 4, x, HIGH - BELOW, "mark"),
        text(x + (-4 if anchor == "end" else 4), y + 4, clean(mark.text)[:MARKED], anchor=anchor),
    ]
