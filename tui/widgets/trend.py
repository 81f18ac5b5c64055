"""A figure by day as a bar chart in plain text, with each day's target and usual range.

The bars are drawn with Braille characters, whose width is the same in every terminal and which divide a row
into four steps of height.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import floor, log10
from statistics import median
from typing import NamedTuple

from core.answers.answer import Mark, Series
from core.answers.picture_sentences import counted
from core.language.dates import short_day_of
from core.language.money import short_money
from core.language.numbers import count, percent, ratio
from core.language.wording import say
from tui.text.characters import colourless
from tui.text.runs import Runs, runs
from tui.text.sanitize import Part, Shown, fit, safe, width

STEPS = 4
"""Number of steps of height in a row of the chart."""
_FILLS = (0x00, 0xC0, 0xE4, 0xF6, 0xFF)
"""The Braille dots of a character filled from below, by the number of filled steps (0 to 4)."""
_LEFT = 0x47
"""The Braille dots of a character's left half: bars of values that are not final are drawn with it only."""
_STROKES = (0xC0, 0x24, 0x12, 0x09)
"""The Braille dots of a horizontal stroke on the first to fourth step of a character, from below."""
_NICE = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
_TALL = 3.0
"""If the highest value exceeds this many times the median, high bars are cut off and labelled above."""
_CUT = 2.5
_WEEK = 7
_FEWEST = 14
MONTH, MOST = 30, 60
"""The number of days shown among other things, and on a screen of its own."""
_SHOWN: dict[str, Callable[[float], str]] = {"CNY": short_money, "rate": percent, "ratio": ratio}
"""How the values of a unit are shown at the axis; others as counts."""


class _Day(NamedTuple):
    """One day of the chart in steps of height, which do not depend on the row that is drawn."""

    look: str
    filled: int
    """The height of the bar."""
    stroke: int
    """The step of the target, counted from 0; -1 if it has none or lies above the chart."""
    low: int
    high: int
    """The usual range; both 0 if unknown."""
    hollow: bool


def trend_lines(
    series: Series, room: int, *, high: int = 6, most: int = MONTH, told: bool = True
) -> list[Shown]:
    """Return the chart of :func:`trend_rows` as text for widgets."""
    return [row.shown() for row in trend_rows(series, room, high=high, most=most, told=told)]


def trend_rows(
    series: Series, room: int, *, high: int = 6, most: int = MONTH, told: bool = True
) -> list[Runs]:
    """Return the chart's lines, at most ``room`` cells wide: ``high`` rows of bars and up to three others.

    A figure with a limit, such as a rate, is drawn as a stroke a day, because bars would all look the same.
    The newest days that fit are shown, at most ``most``; ``told=False`` leaves out the sentence below them.
    """
    values = [value for value in series.values if value is not None]
    if not values:
        return [runs((say("No values."), "$quiet"))]
    show = _SHOWN.get(series.unit, count)
    known = [*values, *(aim for aim in series.targets if aim is not None)]
    low, top = (min(known), max(known)) if series.limit else (0.0, _top(known))
    labels = _limit_labels(series, low, top, high, show) if series.limit else _labels(top, high, show)
    side = max(width(words) for words in labels.values())
    across = room - side - 2
    days = min(len(series.values), max(_FEWEST, min(most, across // 2)), across)
    if days < 1:
        return [runs((say("No values."), "$quiet"))]
    per = max(1, across // days)
    first = len(series.values) - days
    places = range(first, len(series.values))
    rows = [_marks(series, places, per, top, show, side)]
    drawn = [] if series.limit else [_day(series, place, top, high) for place in places]
    for row in range(high):
        label = fit(labels.get(row, ""), side, right=True)
        base = (high - 1 - row) * STEPS
        cells = (
            [_stroke_cell(series, place, base, low, top, high, per) for place in places]
            if series.limit
            else _bar_cells(drawn, base, per)
        )
        rows.append(Runs([(label + "  ", "$quiet"), *cells]))
    rows.append(_dates(series, places, per, fit(labels.get(high, ""), side, right=True)))
    if colourless():
        rows.append(_signs(series, places, per, side))
    if told:
        rows.append(_told(series, places, side, room))
    return [row for row in rows if not row.blank]


def _labels(top: float, high: int, show: Callable[[float], str]) -> dict[int, str]:
    """Return the labels of the axis by row: its top, its middle and 0."""
    return {0: show(top), high // 2: show(top * (high - high // 2) / high), high: show(0.0)}


def _limit_labels(
    series: Series, low: float, top: float, high: int, show: Callable[[float], str]
) -> dict[int, str]:
    """Return the labels of the axis by row: the highest and the lowest figure, and the newest limit."""
    limit = next((aim for aim in reversed(series.targets) if aim is not None), None)
    labels = {high - 1: show(low), 0: show(top)}
    if limit is not None:
        labels[high - 1 - _step(limit, low, top, high) // STEPS] = show(limit)
    return labels


def _step(value: float, low: float, top: float, high: int) -> int:
    """Return the step, counted from 0 at the bottom, at which a figure between ``low`` and ``top`` lies."""
    return round((value - low) / (top - low) * (high * STEPS - 1)) if top > low else high * STEPS // 2


def _stroke_cell(
    series: Series, place: int, base: int, low: float, top: float, high: int, per: int
) -> tuple[str, str]:
    """Return one day's stroke and its limit in one row of the chart, and the gap after it."""
    wide = max(1, per - 1)
    value, limit = series.values[place], series.targets[place]
    dots, look = 0, "$target"
    for number, style in ((limit, "$target"), (value, f"${series.state(place)}")):
        at = None if number is None else _step(number, low, top, high) - base
        if at is not None and 0 <= at < STEPS:
            dots, look = dots | _STROKES[at], style
    words = (chr(0x2800 + dots) if dots else " ") * wide + " " * (per - wide)
    return words, look if dots else ""


def _top(values: Sequence[float]) -> float:
    """Return the value at the top of the axis: a round number that a single very high day does not raise."""
    highest = max(values)
    middle = median(values)
    wanted = _CUT * middle if middle > 0 and highest > _TALL * middle else highest
    if wanted <= 0:
        return 1.0
    power = 10.0 ** floor(log10(wanted))
    return next((one * power for one in _NICE if one * power >= wanted), 10 * power)


def _steps(value: float | None, top: float, high: int) -> int:
    """Return the height of a value's bar in steps, from 0 to the chart's height of ``high`` rows."""
    if value is None or value <= 0:
        return 0
    return high * STEPS if value >= top else round(value / top * STEPS * high)


def _day(series: Series, place: int, top: float, high: int) -> _Day:
    target = series.targets[place]
    low = series.low[place] if series.low else None
    above = series.high[place] if series.high else None
    ranged = low is not None and above is not None
    return _Day(
        f"${series.state(place)}",
        _steps(series.values[place], top, high),
        -1 if target is None or target > top else max(1, _steps(target, top, high)) - 1,
        _steps(low, top, high) if ranged else 0,
        _steps(above, top, high) if ranged else 0,
        series.hollow(place),
    )


def _bar_cells(days: Sequence[_Day], base: int, per: int) -> list[tuple[str, str]]:
    """Return the bars in one row of the chart, with the gap after each, as few parts as possible.

    ``base`` is the row's lowest step, ``per`` the width of a day in cells. A gap has the bar's style, which
    does not show in a blank cell, unless only one of the two lies in the usual range.
    """
    wide = max(1, per - 1)
    gap = " " * (per - wide)
    top = base + STEPS
    row: list[tuple[str, str]] = []
    before, same = "", ""  # the text of the newest run, and its style
    for look, height, target, low, high, hollow in days:
        filled = STEPS if height >= top else height - base if height > base else 0
        style, dots = look if filled else "", _FILLS[filled] & _LEFT if hollow else _FILLS[filled]
        if base <= target < top:
            stroke = _STROKES[target - base]
            gap_in_bar = filled == STEPS and not hollow
            dots = dots & ~stroke if gap_in_bar else dots | stroke
            style = style or "$target"
        if base < high and top > low:
            style = f"{style} on $band" if style else "on $band"
        words = (chr(0x2800 + dots) if dots else " ") * wide + gap
        if style == same:
            before += words
        else:
            if before:
                row.append((before, same))
            before, same = words, style
    return [*row, (before, same)]


def _marks(
    series: Series, places: range, per: int, top: float, show: Callable[[float], str], side: int
) -> Runs:
    """Return the row above the bars: names of campaigns, and the figures of bars that are cut off."""
    named = {mark.date: mark for mark in series.marks}
    row = [" "] * (len(places) * per)
    told = [place for place in places if series.dates[place] in named or (series.values[place] or 0.0) > top]
    for place in sorted(told, key=lambda place: -(series.values[place] or 0.0)):
        mark: Mark | None = named.get(series.dates[place])
        value = series.values[place] or 0.0
        words = " ".join(
            part
            for part in (safe(mark.text) if mark else "", f"{show(value)}⇡" if value > top else "")
            if part
        )
        _place(row, (place - places.start) * per, words)
    return runs((" " * (side + 2), ""), ("".join(row).rstrip(), "$now"))


def _place(row: list[str], at: int, words: str) -> None:
    """Write the words into the row from cell ``at``, or further left; leave them out if there is no room."""
    size = width(words)
    at = min(at, len(row) - size)
    if not words or at < 0:
        return
    free = row[max(0, at - 1) : at + size + 1]
    if all(cell == " " for cell in free):
        row[at : at + size] = [words, *([""] * (size - 1))]


def _dates(series: Series, places: range, per: int, label: str) -> Runs:
    """Return the horizontal axis: a date every seven days, counted back from the newest day."""
    row = [" "] * (len(places) * per)
    for place in reversed(places):
        if (places.stop - 1 - place) % _WEEK == 0:
            _place(row, (place - places.start) * per, safe(short_day_of(series.dates[place])))
    return runs((f"{label}  {''.join(row).rstrip()}", "$quiet"))


def _signs(series: Series, places: range, per: int, side: int) -> Runs:
    """Return a sign below each day instead of its colour: met, missed by more than usual, or not final."""
    signs = {"met": "✓", "missed": "✗"}
    row = "".join(
        fit("◦" if series.hollow(place) else signs.get(series.state(place), ""), per) for place in places
    )
    return Runs([(" " * (side + 2), ""), (row.rstrip(), "")])


def _told(series: Series, places: range, side: int, room: int) -> Runs:
    """Return a sentence on how many days met their target, with a legend if there is room."""
    words = counted(series, places)
    parts: list[Part] = [(" " * (side + 2), ""), (words, "$quiet")]
    good, bad = (
        (say("within the limit"), say("over the limit"))
        if series.limit
        else (say("reached"), say("not reached"))
    )
    legend: list[Part] = [
        ("  ⣿ ", "$met"), (good, "$quiet"), ("  ⣿ ", "$missed"), (bad, "$quiet"),
        ("  ⠒ ", "$target"), (say("limit") if series.limit else say("target"), "$quiet"),
    ]  # fmt: skip
    if any(series.hollow(place) for place in places):
        legend += [("  ⡇ ", "$plain"), (say("not final"), "$quiet")]
    whole = runs(*parts, *legend)
    return whole if width(whole.plain) <= room else runs(*parts)
