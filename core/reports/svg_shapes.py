"""The shapes that the SVG charts are made of: the canvas, text, lines, day labels and marks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from core.answers.answer import Mark, Series
from core.language import money, numbers
from core.language.dates import short_day_of
from core.language.text_width import cells_of
from core.language.wording import say
from core.reports.plain_text import clean

WIDE, HIGH = 720, 220
LEFT, RIGHT, TOP, BELOW = 74, 12, 40, 30
MARKED = 24
"""Maximum characters of a mark's label."""


@dataclass(frozen=True, slots=True)
class Canvas:
    """The size of a chart in SVG units, and what fits on it.

    A chart is scaled to the width of its column, so a narrow canvas has larger letters on a phone.
    """

    wide: float = WIDE
    high: float = HIGH
    left: float = LEFT
    """Width reserved for the labels of the vertical axis."""
    ticks: int = 6
    """The number of labelled days."""
    days: int = 30
    """The number of days shown."""
    names: float = 170
    """Width reserved for the names of bars."""
    letters: int = 26
    """Maximum terminal cells of a bar's name."""

    @property
    def turned(self) -> float:
        """To the right of this x, a mark's label ends at the mark's line instead of beginning there."""
        return self.wide * 0.8

    @property
    def end(self) -> float:
        """The right end of the plot."""
        return self.wide - RIGHT


PAGE = Canvas()
"""A chart as wide as a printed page."""
PHONE = Canvas(wide=340, high=190, left=58, ticks=2, days=14, names=104, letters=15)
"""A chart for a screen of 360 pixels."""


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


def shortened(name: str, canvas: Canvas) -> str:
    """Return the name of a bar, cut so that it fits into the room for names."""
    words = clean(name)
    if cells_of(words) <= canvas.letters:
        return words
    while words and cells_of(words) > canvas.letters - 2:
        words = words[:-1]
    return words + ".."


def svg(high: float, label: str, inside: Sequence[Markup], canvas: Canvas = PAGE) -> Markup:
    """Return one <svg> element; ``label`` describes it for screen readers."""
    return Markup('<svg viewBox="0 0 {wide} {high}" role="img" aria-label="{label}">{inside}</svg>').format(
        wide=f"{canvas.wide:g}", high=f"{high:g}", label=label, inside=Markup("").join(inside)
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


def box(x: float, y: float, wide: float, high: float, look: str) -> Markup:
    """Return a rectangle with the CSS class ``look``."""
    return Markup('<rect x="{}" y="{}" width="{}" height="{}" class="{}"/>').format(
        f"{x:.1f}", f"{y:.1f}", f"{wide:.1f}", f"{max(0.0, high):.1f}", look
    )


def value_labels(
    values: Iterable[float],
    y_of: Callable[[float], float],
    show: Callable[[float], str],
    canvas: Canvas = PAGE,
) -> list[Markup]:
    """Return a line across the chart at each value, with the value to its left."""
    return [
        shape
        for value in values
        for shape in (
            line(canvas.left, y_of(value), canvas.end, y_of(value), "grid"),
            text(canvas.left - 8, y_of(value) + 4, show(value), anchor="end"),
        )
    ]


def day_labels(dates: Sequence[str], x_of: Callable[[int], float], canvas: Canvas = PAGE) -> list[Markup]:
    """Return labels for a few of the days, including the first and the last."""
    last = len(dates) - 1
    step = max(1, -(-last // canvas.ticks))
    places = [place for place in range(0, last, step) if last - place >= step / 2] + [last]
    anchors = {0: "start", last: "end"}
    return [
        text(
            x_of(place),
            canvas.high - 8,
            clean(short_day_of(dates[place])),
            anchor=anchors.get(place, "middle"),
        )
        for place in dict.fromkeys(places)
    ]


def mark_label(mark: Mark, x: float, y: float, canvas: Canvas = PAGE) -> list[Markup]:
    """Return a vertical line at ``x`` for a marked day, and the mark's label beside it at height ``y``."""
    anchor = "end" if x > canvas.turned else "start"
    return [
        line(x, y + 4, x, canvas.high - BELOW, "mark"),
        text(x + (-4 if anchor == "end" else 4), y + 4, clean(mark.text)[:MARKED], anchor=anchor),
    ]
