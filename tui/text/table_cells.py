"""The cells of an answer's table as text."""

from __future__ import annotations

from core.answers.answer import Cell, CellKind
from core.language.message import DASH
from core.language.money import money
from core.language.numbers import count, number, percent, ratio
from core.language.wording import say
from tui.text.sanitize import safe

LEFT: frozenset[CellKind] = frozenset({"text", "date", "word"})
"""The kinds of columns that are aligned left; numbers are aligned right."""


def cell(value: Cell, kind: CellKind) -> str:
    """Return a cell's text, formatted by its column's kind; a dash if it is unknown.

    Ids in columns of kind ``word`` must be replaced first, with :func:`core.answers.answer.named`.
    """
    if value is None:
        return "-"
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if isinstance(value, str):
        return safe(value)
    words = {
        "money": money,
        "count": count,
        "rate": percent,
        "ratio": ratio,
        "days": lambda days: ratio(days, 1),
    }.get(kind, number)(value)
    return "-" if words == DASH else words
