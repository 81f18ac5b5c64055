"""The key figures of the newest day as cards: name, value with its share of the target, and a judgement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.answers.key_figures import key_table, rows_of
from core.language import numbers
from core.language.wording import say
from tui.text.sanitize import Part, Shown, fit, line, width

if TYPE_CHECKING:
    from core.answers.answer import Answer, Cell

CARD: Final = 20
"""Minimum width of a card in cells."""
_FEWEST, _MOST = 2, 5
_LOOKS: Final[dict[object, str]] = {
    "reached": "$met",
    "high": "$met",
    "missed": "$missed",
    "low": "$missed",
    "over": "$missed",
}
_BUDGET: Final = ("over", "within")
"""The states of a key figure whose target is a budget, which should not be exceeded."""


def card_lines(summary: Answer | None, room: int) -> list[Shown]:
    """Return three lines of text that form two to five cards, as many as fit; empty without key figures."""
    table = key_table(summary)
    if table is None or not table.rows:
        return []
    meanings = {word: name for column in table.columns if column.id == "state" for word, name in column.words}
    rows = rows_of(table)[: max(_FEWEST, min(_MOST, (room - 2) // CARD))]
    size = (room - 1) // len(rows)
    names: list[Part] = [(" ", "")]
    values: list[Part] = [(" ", "")]
    below: list[Part] = [(" ", "")]
    for row in rows:
        value, share = f"{row['seen']}  ", _share(row)
        names.append((fit(row["key_figure"], size), "$quiet"))
        values += [(value, "bold"), (fit(share, max(0, size - width(value))), "$quiet")]
        below.append((fit(meanings.get(str(row["state"]), ""), size), _LOOKS.get(row["state"], "$quiet")))
    return [line(*names), line(*values), line(*below)]


def _share(row: dict[str, Cell]) -> str:
    """Return in words the share of its target that a figure reached; empty for budgets or without target."""
    share = row["share"]
    if share is None or row["state"] in _BUDGET:
        return ""
    return say("{share} of target", share=numbers.percent(float(share), 0))
