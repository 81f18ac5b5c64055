"""The words for the parts of an answer: levels, figures with their units, table cells, states of exports."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from core.answers.answer import Cell, CellKind, LevelName, Number
from core.language.message import DASH
from core.language.money import money
from core.language.numbers import count, percent, ratio
from core.language.wording import N_, say

LEVEL_WORDS: dict[LevelName, str] = {
    "act": N_("Act"),
    "watch": N_("Watch"),
    "good": N_("Good"),
    "info": N_("For information"),
    "nodata": N_("No data"),
}
NEED_WORDS = {
    "partial": N_("is incomplete"),
    "missing": N_("is missing"),
    "stale": N_("is out of date"),
    "immature": N_("is not final yet"),
}
"""The words for the states of an export that an answer needs; a complete one is not mentioned."""
RIGHT: tuple[CellKind, ...] = ("money", "count", "rate", "ratio", "days")
"""The kinds of columns whose cells are aligned right."""
UNIT_WORDS = {"days": N_("{number} days"), "seconds": N_("{number} seconds"), "": "{number}"}
_FIGURES: dict[str, Callable[[float], str]] = {
    "money": money,
    "rate": percent,
    "ratio": ratio,
    "count": count,
    "days": partial(ratio, digits=1),
}


def number_words(number: Number) -> str:
    """Return a figure's value with its range and what it is compared with."""
    text = in_unit(number.value, number.unit)
    if number.low is not None and number.high is not None:
        text += f" ({in_unit(number.low, number.unit)} - {in_unit(number.high, number.unit)})"
    if number.reference is not None:
        text += say(", compared with {reference}", reference=in_unit(number.reference, number.unit))
    return text


def in_unit(value: float | None, unit: str) -> str:
    """Return a value formatted in its unit; a dash if it is unknown."""
    match unit:
        case "CNY":
            return money(value)
        case "rate":
            return percent(value)
        case "ratio":
            return ratio(value)
        case "count":
            return count(value)
        case _:
            words = UNIT_WORDS.get(unit, "{number} " + unit)
            return DASH if value is None else say(words, number=ratio(value, 1))


def cell_words(cell: Cell, kind: CellKind) -> str:
    """Return a table cell formatted for the kind of its column; a dash if it is unknown."""
    if isinstance(cell, bool):
        return say("yes") if cell else say("no")
    if cell is None or isinstance(cell, str):
        return DASH if cell is None else cell
    return _FIGURES.get(kind, str)(cell)
