"""The figures and charts of an answer's evidence in plain text: numbers, signed bars and line charts.

The charts use Braille characters, because their width is the same in every terminal.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from core.answers.answer import Number, Series, Split
from core.language.dates import short_day_of
from core.language.money import money, short_money
from core.language.numbers import count, percent, ratio
from core.language.wording import plural, say
from tui.text.sanitize import Part, Shown, content, fit, line, safe, width
from tui.widgets.trend import trend_lines

FULL, HALF = "⣿", "⡇"
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
_NAME = 18


def figure(value: float | None, unit: str, *, short: bool = False) -> str:  # noqa: PLR0911 - one return per unit
    """Return a value formatted in its unit; a dash if it is unknown. ``short`` rounds amounts of money."""
    if value is None or value != value:  # noqa: PLR0124 - NaN means unknown
        return "-"
    match unit:
        case "CNY":
            return short_money(value) if short else money(value)
        case "count":
            return count(value)
        case "rate":
            return percent(value)
        case "ratio":
            return ratio(value)
        case "days":
            return say("{n} days", n=ratio(value, 1))
        case "seconds":
            return say("{n} s", n=ratio(value, 0))
    return f"{ratio(value)} {safe(unit)}"


def number_lines(numbers: Sequence[Number]) -> list[Shown]:
    """Return the numbers, one per line: name, value, interval and the value it is compared with."""
    names = min(30, max((width(safe(number.name)) for number in numbers), default=0))
    values = max((width(figure(number.value, number.unit)) for number in numbers), default=0)
    return [_number(number, names, values) for number in numbers]


def _number(number: Number, names: int, values: int) -> Shown:
    parts: list[Part] = [
        (fit(number.name, names) + "  ", "$quiet"),
        (fit(figure(number.value, number.unit), values, right=True), "bold"),
    ]
    if number.low is not None and number.high is not None:
        low, high = figure(number.low, number.unit), figure(number.high, number.unit)
        parts.append((f"  {say('{low} to {high}', low=low, high=high)}", "$quiet"))
    if number.reference is not None:
        against = say("compared with {value}", value=figure(number.reference, number.unit))
        parts.append((f"  {against}", "$quiet"))
    return line(*parts)


def split_lines(split: Split, room: int) -> list[Shown]:
    """Return a total's parts, one per line, as bars to the left (negative) or right of a middle line.

    The last line has the total.
    """
    whole, sums = say("total"), figure(split.total, split.unit)
    names = max(width(whole), min(_NAME, max((width(safe(part.name)) for part in split.parts), default=0)))
    figures = [figure(part.value, split.unit) for part in split.parts]
    values = max(width(words) for words in (*figures, sums))
    half = max(4, min(24, (room - names - values - 6) // 2))
    biggest = max((abs(part.value) for part in split.parts if isfinite(part.value)), default=0) or 1.0
    rows = []
    for part, words in zip(split.parts, figures, strict=True):
        bar = _bar(abs(part.value) / biggest, half)
        left, right = (bar, "") if part.value < 0 else ("", bar)
        usual = part.low is not None and part.high is not None and part.low <= part.value <= part.high
        look = "$quiet" if usual else ("$level-act" if part.value < 0 else "$level-good")
        rows.append(
            line(
                f"{fit(part.name, names)}  ",
                (fit(words, values, right=True), "bold"),
                "  ",
                (" " * (half - len(left)) + left, look),
                ("|", "$quiet"),
                (right, look),
                (("  " + say("within its usual range")) if usual and room > 70 else "", "$quiet"),  # noqa: PLR2004
            )
        )
    return [*rows, content(f"{fit(whole, names)}  {fit(sums, values, right=True)}", "$quiet")]


def _bar(part: float, cells: int) -> str:
    if not isfinite(part):
        return ""
    halves = round(part * cells * 2)
    bar = FULL * (halves // 2) + (HALF if halves % 2 else "")
    return bar or (HALF if part > 0 else "")


def series_lines(series: Series, room: int, *, high: int = 4) -> list[Shown]:
    """Return a time series as a line chart of ``high`` rows, labelled with its lowest and highest value.

    A series with targets becomes a bar chart.
    """
    known = [value for value in series.values if value is not None and value == value]  # noqa: PLR0124
    if not known:
        return [content(say("No values."), "$quiet")]
    if series.targets:
        return trend_lines(series, room)
    low, top = min(known), max(known)
    labels = [figure(top, series.unit, short=True), figure(low, series.unit, short=True)]
    side = max(width(label) for label in labels)
    cells = max(8, min(room - side - 4, max(24, len(series.values)), 96))
    rows = plot(series.values, cells, high)
    ends = [labels[0], *([""] * (high - 2)), labels[1]]
    shown = [
        line((fit(end, side, right=True) + " |", "$quiet"), (row, "$key"))
        for end, row in zip(ends, rows, strict=True)
    ]
    first, last = safe(short_day_of(series.dates[0])), safe(short_day_of(series.dates[-1]))
    gap = " " * max(1, cells - width(first) - width(last))
    shown.append(content(f"{' ' * side}  {first}{gap}{last}", "$quiet"))
    newest = next((v for v in reversed(series.values) if v is not None), None)
    unknown = len(series.values) - len(known)
    tail: list[Part] = [(f"{say('latest')} ", "$quiet"), (figure(newest, series.unit), "bold")]
    if unknown:
        tail.append(
            ("  " + plural("{n} day without figures", "{n} days without figures", unknown), "$level-watch")
        )
    shown.append(line(" " * (side + 2), *tail))
    shown += [
        line(" " * (side + 2), (f"{short_day_of(mark.date)} ", "$quiet"), mark.text) for mark in series.marks
    ]
    return shown


def plot(values: Sequence[float | None], cells: int, high: int) -> list[str]:
    """Return a line chart of ``high`` rows of ``cells`` Braille characters; unknown values are gaps."""
    known = [value for value in values if value is not None and value == value]  # noqa: PLR0124
    low, top = (min(known), max(known)) if known else (0.0, 0.0)
    grid = [[0] * cells for _ in range(high)]
    dots, across = high * 4 - 1, cells * 2 - 1
    before: tuple[int, int] | None = None
    for number, value in enumerate(values):
        if value is None or value != value:  # noqa: PLR0124 - NaN means unknown
            before = None
            continue
        x = round(number / max(1, len(values) - 1) * across)
        y = dots - round((value - low) / (top - low) * dots) if top > low else dots // 2
        for at_x, at_y in _between(before or (x, y), (x, y)):
            grid[at_y // 4][at_x // 2] |= _DOTS[at_y % 4][at_x % 2]
        before = (x, y)
    return ["".join(chr(0x2800 + dot) for dot in row) for row in grid]


def _between(start: tuple[int, int], end: tuple[int, int]) -> list[tuple[int, int]]:
    steps = max(abs(end[0] - start[0]), abs(end[1] - start[1]), 1)
    return [
        (round(start[0] + (end[0] - start[0]) * n / steps), round(start[1] + (end[1] - start[1]) * n / steps))
        for n in range(steps + 1)
    ]
