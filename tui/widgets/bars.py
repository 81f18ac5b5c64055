"""Named amounts as bars in plain text, each with the limit it is measured against and its range."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from core.answers.answer import Bar, Bars
from core.answers.picture_sentences import bar_figure
from core.language.wording import say
from tui.text.sanitize import Part, Shown, content, fit, line, safe
from tui.widgets.bar_columns import bar_columns
from tui.widgets.charts import figure

_NAME = 24
_FAR = 2.5
"""Bars longer than this many times the highest limit are cut off."""
_FULL, _HALF, _RANGE, _LIMIT, _CUT = "⣿", "⡇", "⠒", "|", "▸"


def bar_lines(bars: Bars, room: int, *, high: int | None = None) -> list[Shown]:
    """Return the first ``high`` bars, one per line of at most ``room`` cells; all of them by default.

    A blue bar is within its limit, an orange one is not (as the analysis judges it), and a grey one is not
    judged. The limit is drawn as a stroke, and the part up to the highest likely value is dotted.
    """
    shown = bars.bars if high is None else bars.bars[:high]
    if not shown:
        return [content(say("No values."), "$quiet")]
    figures = [bar_figure(bar, lambda value: figure(value, bars.unit)) for bar in shown]
    notes = [_note(bars, bar) for bar in shown]
    columns = bar_columns([bar.name for bar in shown], figures, notes, room, longest_name=_NAME)
    top = _top(shown)
    lines = []
    for bar, words, note in zip(shown, figures, notes, strict=True):
        drawn = _drawn(bar, top, columns.bars)
        head: list[Part] = [
            fit(bar.name, columns.names) + "  ",
            (fit(words, columns.figures, right=True), "bold"),
            "  ",
        ]
        tail: list[Part] = [("  " + note, "$quiet")] if columns.noted and note else []
        lines.append(line(*head, *drawn, *tail))
    return lines


def _note(bars: Bars, bar: Bar) -> str:
    if bar.limit is None or not bars.limit:
        return ""
    return f"{safe(bars.limit)} {figure(bar.limit, bars.unit)}"


def _known(*values: float | None) -> list[float]:
    return [value for value in values if value is not None and isfinite(value)]


def _top(bars: Sequence[Bar]) -> float:
    """Return the value at the right end of the axis; one very long bar may be cut off there."""
    highest = max((value for bar in bars for value in _known(bar.value, bar.limit, bar.high)), default=0.0)
    limit = max((value for bar in bars for value in _known(bar.limit)), default=0.0)
    return min(highest, _FAR * limit) if limit > 0 else highest


def _drawn(bar: Bar, top: float, cells: int) -> list[Part]:
    """Return a bar of exactly ``cells`` cells as parts with their styles."""
    if top <= 0 or cells <= 0:
        return [" " * max(0, cells)]
    row: list[tuple[str, str]] = [(" ", "")] * cells
    low, high = _known(bar.low), _known(bar.high)
    if high:
        begin = low[0] if low and not _known(bar.value) else 0.0
        for cell in range(
            _halves(begin, top, cells) // 2, min(cells, (_halves(high[0], top, cells) + 1) // 2)
        ):
            row[cell] = (_RANGE, "$quiet")
    for value in _known(bar.value):
        halves = _halves(value, top, cells) or (1 if value > 0 else 0)
        for cell in range(halves // 2):
            row[cell] = (_FULL, f"${bar.state}")
        if halves % 2:
            row[halves // 2] = (_HALF, f"${bar.state}")
        if value > top:
            row[-1] = (_CUT, f"${bar.state}")
    for limit in _known(bar.limit):
        row[min(cells - 1, _halves(limit, top, cells) // 2)] = (_LIMIT, "bold $target")
    return list(row)


def _halves(value: float, top: float, cells: int) -> int:
    return max(0, min(cells * 2, round(value / top * cells * 2)))
