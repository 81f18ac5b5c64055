"""A waterfall in plain text: how parts lead from one total to another."""

from __future__ import annotations

from core.answers.answer import Split
from core.answers.waterfall import Row, Waterfall, waterfall
from core.language.wording import say
from tui.text.sanitize import Part, Shown, fit, line, width
from tui.widgets.bar_columns import BarColumns, bar_columns
from tui.widgets.charts import figure

_CELLS = {(True, True): "⣿", (True, False): "⡇", (False, True): "⢸", (False, False): " "}
"""A cell by whether its left and its right half are covered."""
_NAME = 18


def waterfall_lines(split: Split, room: int) -> list[Shown] | None:
    """Return the rows, each at most ``room`` cells wide; None if the split has no first and last total.

    Each part begins where the one before it ended. Blue ones add, orange ones take away, and grey ones lie
    within their usual range.
    """
    found = waterfall(split)
    if found is None:
        return None
    figures = [_figure(bar, split.unit) for bar in found.rows]
    notes = [say("within its usual range") if bar.usual else "" for bar in found.rows]
    columns = bar_columns([bar.name for bar in found.rows], figures, notes, room, longest_name=_NAME)
    return [
        _row(found, bar, words, note, columns)
        for bar, words, note in zip(found.rows, figures, notes, strict=True)
    ]


def _figure(bar: Row, unit: str) -> str:
    """Return a row's figure; a part that adds has a plus sign."""
    return ("+" if bar.kind == "plus" and bar.value > 0 else "") + figure(bar.value, unit)


def _row(found: Waterfall, bar: Row, words: str, note: str, columns: BarColumns) -> Shown:
    look = {"total": "$plain", "plus": "$met", "minus": "$missed"}[bar.kind]
    drawn = _drawn(found, bar, columns.bars)
    parts: list[Part] = [
        f"{fit(bar.name, columns.names)}  ",
        (fit(words, columns.figures, right=True), "bold"),
        "  ",
        (drawn, "$quiet" if bar.usual else look),
    ]
    if note and columns.noted:
        parts.append((f"{' ' * (columns.bars - width(drawn))}  {note}", "$quiet"))
    return line(*parts)


def _drawn(found: Waterfall, bar: Row, cells: int) -> str:
    """Return the bar between its two totals, in half cells; a figure other than 0 is never invisible."""
    span = found.high - found.low
    if span <= 0 or bar.begin == bar.end:
        return ""
    first, last = sorted(round((at - found.low) / span * cells * 2) for at in (bar.begin, bar.end))
    if first == last:
        first, last = (first, first + 1) if first < cells * 2 else (first - 1, first)
    covered = [(first <= half < last, first <= half + 1 < last) for half in range(0, cells * 2, 2)]
    return "".join(_CELLS[cell] for cell in covered).rstrip()
