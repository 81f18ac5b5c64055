"""The designer's bonus of a fixed sum per unit sold beyond a threshold, if the shop has set one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from core.shop.settings import Shop

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Bonus:
    """The designer's bonus of the month so far."""

    pieces: float
    threshold: int
    each: float
    yuan: float


def bonus(frame: pd.DataFrame | None, shop: Shop, today: date) -> Bonus | None:
    """Return the month's units up to yesterday and the bonus.

    None if no bonus is set or no items are imported.
    """
    rule = shop.design
    if frame is None or rule.bonus_per_piece <= 0:
        return None
    days = frame["date"].dt.date
    rows = frame[(days >= today.replace(day=1)) & (days < today)]
    if rule.bonus_items:
        rows = rows[rows["item"].isin(rule.bonus_items)]
    pieces = float(rows["units"].sum())
    return Bonus(
        pieces,
        rule.bonus_from,
        rule.bonus_per_piece,
        max(0.0, pieces - rule.bonus_from) * rule.bonus_per_piece,
    )
