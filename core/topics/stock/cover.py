"""What each item's stock means: order now, enough, sold out, too much, past its season, or not to be said."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal, TypeAlias

from core.measures.usual_days import lasts, worth
from core.shop.item_names import item_name
from core.shop.settings import Item, Shop
from core.topics.stock import reorder
from core.topics.stock.pace import Pace
from core.topics.stock.reorder import Demand, ReorderPoint
from core.topics.stock.season import out_of_season
from core.topics.stock.stock_count import StockCount

State: TypeAlias = Literal[
    "gone", "order", "enough", "slow", "season", "not_on_sale", "new", "no_lead", "unknown"
]
REVIEW_DAYS = 1.0
"""Stock is looked at every day."""
NEW_DAYS = 14
"""Days on sale below which nobody calls an item slow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StockLine:
    """One item, judged."""

    shelf: StockCount
    pace: Pace | None
    name: str
    hero: bool
    state: State
    position: float = 0.0
    """Units after what was sold since the count."""
    days: float | None = None
    """Calendar days until the units on hand are gone."""
    low: float | None = None
    high: float | None = None
    lead: float | None = None
    chance: float | None = None
    """That it is sold out before goods ordered today could arrive."""
    quantity: int = 0
    season: str = ""
    """Why the season rules an order out: a date, or the season its title names."""
    cost: float | None = None

    @property
    def a_day(self) -> float | None:
        """Return units on an ordinary day."""
        return self.pace.demand.mean if self.pace is not None else None

    @property
    def ahead(self) -> float | None:
        """Return units a day until the shelf is empty, the calendar in it: stock over it is the cover."""
        return (self.position - self.shelf.in_transit) / self.days if self.days else self.a_day

    @property
    def price(self) -> float | None:
        """Return what a unit brings: the mean price paid, else the listed one."""
        paid = self.pace.price if self.pace is not None else None
        return self.shelf.price if paid is None else paid

    @property
    def tied(self) -> float | None:
        """Return the money lying in the stock at cost; None without a cost."""
        return None if self.cost is None else self.cost * (self.shelf.on_hand or 0.0)

    @property
    def empty_days(self) -> float:
        """Return how many days it would stand empty before goods ordered today arrive."""
        return max(0.0, (self.lead or 0.0) - (self.days or 0.0)) if self.days is not None else 0.0


def judge(
    shelf: StockCount, pace: Pace | None, sold_since: float, shop: Shop, today: date, *, hero: bool
) -> StockLine:
    """Return the line of one item: cover, reorder point, quantity, and whether it may be ordered at all."""
    own = shop.item(shelf.item)
    name = item_name(shop, shelf.item, shelf.title)
    if shelf.on_hand is None:
        return StockLine(shelf=shelf, pace=pace, name=name, hero=hero, state="unknown")
    if pace is None or pace.demand.mean is None:
        state: State = "not_on_sale" if pace is None else "unknown"
        return StockLine(shelf=shelf, pace=pace, name=name, hero=hero, state=state)
    held = max(0.0, shelf.on_hand - shelf.reserved - sold_since)
    position = held + shelf.in_transit
    demand, lead = pace.demand, shop.lead_days_of(shelf.item)
    near = reorder.cover_days(held, demand)
    fast, slow = (near.low, near.high) if near is not None else (None, None)
    ahead = 0.0 if lead is None else worth(shop, today, lead)
    line = StockLine(
        shelf=shelf,
        pace=pace,
        name=name,
        hero=hero,
        state="enough",
        position=position,
        days=lasts(held, demand.mean, shop, today),
        low=_until(held, fast, shop, today),
        high=_until(held, slow, shop, today),
        lead=lead,
        cost=shelf.cost if own.cost is None else own.cost,
        chance=None if lead is None else reorder.stockout_chance(held, demand, ahead, own.lead_sd),
    )
    return _stated(line, held, own, shop, today)


def _stated(line: StockLine, held: float, own: Item, shop: Shop, today: date) -> StockLine:
    """Lay the rules over the figures, the ones that forbid an order first."""
    demand = _demand(line)
    arrival = today + timedelta(days=math.ceil(line.lead or 0.0))
    if own.season_end is not None and arrival >= own.season_end:
        return _with(line, state="season", season=own.season_end.isoformat())
    near = reorder.cover_days(line.position, demand)
    if held > 0 and reorder.is_dead(near, demand, shop.thresholds.slow_cover_days):
        first = line.pace.first_seen if line.pace is not None else None
        young = first is None or (today - first).days < NEW_DAYS
        return _with(line, state="new" if young else "slow")
    if demand.mean is not None and demand.mean <= 0:
        return line
    if line.lead is None:
        return _with(line, state="gone" if held <= 0 else "no_lead")
    point = _point(line, own, shop, today)
    quantity = _quantity(line, point, own, shop, today) if point is not None else 0
    missed = out_of_season(line.shelf.title, arrival) if own.season_end is None and not line.hero else ""
    if missed and quantity:
        return _with(line, state="season", season=missed)
    state: State = "gone" if held <= 0 else ("order" if quantity > 0 else "enough")
    return _with(line, state=state, quantity=quantity)


def _point(line: StockLine, own: Item, shop: Shop, today: date) -> ReorderPoint | None:
    lead = line.lead or 0.0
    span = lead + REVIEW_DAYS
    lines = shop.thresholds
    return reorder.reorder_point(
        _demand(line),
        lead,
        lead_sd=own.lead_sd,
        review_days=REVIEW_DAYS,
        service=lines.hero_service_level if line.hero else lines.service_level,
        multiplier=worth(shop, today, span) / span,
    )


def _quantity(line: StockLine, point: ReorderPoint, own: Item, shop: Shop, today: date) -> int:
    """Units in whole packs: demand until the order after next, never more than the season still takes."""
    demand, cycle = _demand(line), shop.thresholds.reorder_cycle_days
    span = (line.lead or 0.0) + REVIEW_DAYS
    near = worth(shop, today, span)
    far = worth(shop, today, span + cycle) - near
    pack = max(1, own.pack)
    wanted = reorder.order_quantity(line.position, point, demand, near, far, pack)
    if own.season_end is None or not wanted:
        return wanted
    rest = (demand.mean or 0.0) * worth(shop, today, (own.season_end - today).days)
    aim = rest
    price, cost = line.price, line.cost
    if price is not None and cost is not None:
        ratio = reorder.critical_ratio(price, cost, own.salvage or 0.0)
        if ratio is not None and 0 < ratio < 1:
            aim = reorder.single_order(rest, math.sqrt(demand.dispersion * rest), ratio).quantity
    return min(wanted, max(0, math.floor((aim - line.position) / pack)) * pack)


def _demand(line: StockLine) -> Demand:
    if line.pace is None:
        raise ValueError(line.shelf.item)
    return line.pace.demand


def _until(held: float, days: float | None, shop: Shop, today: date) -> float | None:
    """Turn ordinary days of cover into calendar days."""
    if days is None or days <= 0:
        return days
    return lasts(held, held / days, shop, today)


def _with(line: StockLine, **changes: object) -> StockLine:
    return replace(line, **changes)  # type: ignore[arg-type]
