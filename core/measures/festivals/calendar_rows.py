"""The shop's calendar as a list: rows of shop.toml and drafts, each with its state, source and confidence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final, Literal, TypeAlias

from core.measures.festivals.drafts import drafted
from core.shop.settings import CalendarDay, Shop

Confidence: TypeAlias = Literal["high", "medium", "low"]
_OF_DRAFTS: Final[Mapping[str, Confidence]] = {
    "public": "high", "own": "medium", "sales": "medium", "habit": "low", "moved": "low",
}  # fmt: skip
"""How sure the dates of a draft are, by where they come from [judgement]."""


def calendar_rows(shop: Shop, today: date, sales: Mapping[date, float]) -> list[CalendarDay]:
    """Return all calendar rows, including drafts for the days around today, ordered by first day."""
    return sorted(drafted(shop, today, sales).calendar, key=lambda one: (one.start, one.last))


def confidence(one: CalendarDay) -> Confidence:
    """Return how certain the row's dates are; "high" if a person entered or confirmed them."""
    return "high" if one.state != "proposed" else _OF_DRAFTS.get(one.source, "medium")
