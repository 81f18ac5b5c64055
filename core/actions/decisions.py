"""The proposal a decision deviated from, and the figures a decision was based on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from core.answers.answer import CellKind
from core.journal.format_1 import CHOICES, COLUMNS, value_of
from core.journal.projections import Decision
from core.language import message
from core.language.message import N_, Words, say

FIGURES: Final[Mapping[str, tuple[str, CellKind]]] = {
    "item": (N_("Item"), "text"),
    "cpc": (N_("CPC"), "money"),
    "next_cpc": (N_("New cost per click"), "money"),
    "click_value": (N_("Click worth"), "money"),
    "earns": (N_("Chance of profit"), "rate"),
    "clicks": (N_("Clicks"), "count"),
    "orders": (N_("Orders"), "count"),
    "click_conversion": (N_("Orders per click"), "rate"),
    "ctr": (N_("Click rate"), "rate"),
    "impressions": (N_("Impressions"), "count"),
    "cost": (N_("Ad spend"), "money"),
    "roi": (N_("ROI"), "ratio"),
    "rank": (N_("Rank"), "ratio"),
    "visitors": (N_("Visitors"), "count"),
    "buyers": (N_("Buyers"), "count"),
    "conversion": (N_("Conversion"), "rate"),
    "first_cpc": (N_("Starting cost per click"), "money"),
}
"""The figures stored with a decision on a keyword: column id to (title, kind of value)."""
_OF_PROPOSAL: Final = ("decision", "next_cpc", "first_cpc", "still_needs")
"""Columns that describe the proposal and not the decision."""
_SHOWN: Final[Mapping[CellKind, Callable[[float], Words]]] = {
    "money": message.money,
    "count": message.count,
    "rate": message.percent,
    "ratio": message.ratio,
}


def proposed(one: Decision) -> str:
    """Return the proposed choice if the decision differs from it, else ""."""
    found = _proposal(one)
    return "" if found == one.choice else found


def figures(one: Decision) -> tuple[tuple[Words, object], ...]:
    """Return the (title, value) pairs a decision was based on.

    Values that only describe the proposal are included only if the proposal was followed. Figures stored in
    format 1 keep their original titles and texts.
    """
    if not isinstance(one.detail, dict):
        return ()
    columns = _OF_PROPOSAL if proposed(one) else ("decision",)
    left_out = {name for column in columns for name in (column, *COLUMNS[column])}
    return tuple(_figure(str(name), value) for name, value in one.detail.items() if name not in left_out)


def _proposal(one: Decision) -> str:
    return CHOICES.get(str(value_of(one.detail, "decision")), "")


def _figure(name: str, value: object) -> tuple[Words, object]:
    title, kind = FIGURES.get(name, ("", "text"))
    show = _SHOWN.get(kind)
    known = show is not None and isinstance(value, int | float) and not isinstance(value, bool)
    return say(title) if title else name, show(value) if show is not None and known else value  # type: ignore[arg-type]
