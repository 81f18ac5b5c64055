"""The state of each item's stock, such as order now, settle a fault first, enough, sold out, slow or new."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, TypeAlias

from core.measures.order_value import ShopRefunds
from core.measures.usual_days import sizes
from core.shop.item_names import item_name
from core.shop.settings import Item, Shop
from core.statistics import demand as demands
from core.statistics.demand import Demand
from core.statistics.demand_total import Total
from core.topics.reviews.worsening import Fault
from core.topics.stock import pace as pace_of
from core.topics.stock import reorder, stock_count
from core.topics.stock.arrival import lead_from
from core.topics.stock.below_cost import BelowCost, below_cost
from core.topics.stock.coming_back import with_returns
from core.topics.stock.pace import Gone, Pace
from core.topics.stock.reorder import ReorderPoint
from core.topics.stock.season import out_of_season
from core.topics.stock.stock_count import StockCount

if TYPE_CHECKING:
    import pandas as pd

State: TypeAlias = Literal[
    "gone", "order", "faulty", "enough", "slow", "season", "below_cost", "hidden", "not_on_sale", "new",
    "no_lead", "unknown",
]  # fmt: skip
REVIEW_DAYS = 1.0
"""Days between two stock reviews."""
NEW_DAYS = 14
"""Days on sale below which an item is never called slow and its pace is given as a range."""
FAR_DAYS = 400
"""The longest days of cover computed."""
HIDDEN_DAYS = 14
"""A sold-out item without visitors for this many days counts as taken down instead of sold out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StockLine:
    """One item with the figures and the state of its stock."""

    shelf: StockCount
    pace: Pace | None
    name: str
    hero: bool
    state: State
    position: float = 0.0
    """Units available: the count minus reservations and sales since, plus goods in transit."""
    days: float | None = None
    """Calendar days until the units on hand are sold."""
    low: float | None = None
    high: float | None = None
    """The days until the units on hand are sold with a probability of 10 % (``low``) and 90 % (``high``).

    None if more than a year.
    """
    lead: float | None = None
    """Calendar days until goods ordered today arrive, including supplier closures."""
    chance: float | None = None
    """The probability that the item sells out before goods ordered today arrive."""
    quantity: int = 0
    ahead: float | None = None
    """Units sold per day until the stock is gone, with the calendar's multipliers."""
    back: float = 0.0
    """Returned units that can be sold again within the days that an order of today covers."""
    if_raised: int | None = None
    """Units to order if the last day of unusual sales began a new level; None if there is no such day."""
    season: str = ""
    """Why the season rules out an order: a date, or the season named in the title; empty if it does not."""
    cost: float | None = None
    below_cost: BelowCost | None = None
    fault: Fault | None = None

    @property
    def a_day(self) -> float | None:
        """Return the units sold on an ordinary day."""
        return self.pace.demand.mean if self.pace is not None else None

    @property
    def price(self) -> float | None:
        """Return the mean price paid per unit, else the listed price."""
        paid = self.pace.price if self.pace is not None else None
        return self.shelf.price if paid is None else paid

    @property
    def yuan_a_day(self) -> float:
        """Return the sales in yuan on an ordinary day; 0 if no price is known."""
        return (self.a_day or 0.0) * (self.price or 0.0)

    @property
    def tied(self) -> float | None:
        """Return the money tied up in the stock at cost; None if the cost is unknown."""
        return None if self.cost is None else self.cost * (self.shelf.on_hand or 0.0)

    @property
    def empty_days(self) -> float:
        """Return the days without stock before goods ordered today arrive."""
        return max(0.0, (self.lead or 0.0) - (self.days or 0.0)) if self.days is not None else 0.0

    @property
    def young(self) -> bool:
        """Return whether the item has less than two weeks of sales, so that its pace is a rough estimate."""
        return self.pace is not None and self.pace.demand.days < NEW_DAYS


def lines(
    stock: pd.DataFrame,
    items: pd.DataFrame,
    shop: Shop,
    today: date,
    heroes: Collection[str] = (),
    faults: Mapping[str, Fault] | None = None,
    refunds: ShopRefunds | None = None,
) -> tuple[list[StockLine], dict[str, Gone]]:
    """Return every item of the stock list with its state, and, by item, the units sold since its count.

    Festivals that are only drafted in the calendar are ignored, so that every step shows the same days of
    cover. With ``refunds`` measured by a refund list, cover and orders include the pieces that come back.
    """
    shop = shop.without_drafts()
    counted = stock_count.last_count(stock)
    sold = pace_of.paces(items, stock_count.empty_days(stock), shop, today)
    paces = with_returns(sold, items, refunds, shop, today)
    cheap = below_cost(items, stock, shop, today)
    gone = pace_of.sold_since(items, counted.values(), paces, shop, today)
    found = [
        judge(
            one,
            paces.get(item),
            gone[item].units,
            shop,
            today,
            hero=item in heroes,
            cheap=cheap.get(item),
            fault=None if faults is None else faults.get(item),
        )
        for item, one in counted.items()
    ]
    return found, gone


def judge(
    shelf: StockCount,
    pace: Pace | None,
    sold_since: float,
    shop: Shop,
    today: date,
    *,
    hero: bool,
    cheap: BelowCost | None = None,
    fault: Fault | None = None,
) -> StockLine:
    """Return the line of one item, with its days of cover, quantity to order and state."""
    own = shop.item(shelf.item)
    name = item_name(shop, shelf.item, shelf.title)
    line = StockLine(
        shelf=shelf, pace=pace, name=name, hero=hero, state="unknown", below_cost=cheap, fault=fault
    )
    if shelf.on_hand is None:
        return line
    if pace is None or pace.demand.mean is None:
        return replace(line, state="not_on_sale") if pace is None else line
    held = max(0.0, shelf.on_hand - shelf.reserved - sold_since)
    typed = shop.lead_days_of(shelf.item)
    lead = None if typed is None else lead_from(shop, today, typed)
    ahead = sizes(shop, today, FAR_DAYS)
    line = replace(
        line,
        state="enough",
        position=held + shelf.in_transit,
        days=demands.mean_days(pace.demand, held, ahead),
        low=demands.lasts(pace.demand, held, ahead, 0.1),
        high=demands.lasts(pace.demand, held, ahead, 0.9),
        lead=lead,
        cost=shelf.cost if own.cost is None else own.cost,
        chance=None if lead is None else _sell_out_chance(shelf, pace.demand, held, lead, own, shop, today),
    )
    return _stated(replace(line, ahead=_ahead(line, shop, today)), held, own, shop, today)


def _ahead(line: StockLine, shop: Shop, today: date) -> float | None:
    """Return the expected units sold per day until the stock is sold out.

    If it is sold out already, or outlasts the days examined, return the units of an ordinary day.
    """
    if not line.days or line.pace is None:
        return line.a_day
    if line.pace.demand.returning is None:
        return (line.position - line.shelf.in_transit) / line.days
    sold = replace(line.pace.demand, returning=None)
    return demands.total(sold, sizes(shop, today, line.days)).mean / line.days


def _stated(line: StockLine, held: float, own: Item, shop: Shop, today: date) -> StockLine:
    """Return the line with its state; the rules that forbid an order are applied first."""
    pace = _pace(line)
    demand, arrives_on = pace.demand, today + timedelta(days=math.ceil(line.lead or 0.0))
    if (barred := _barred(line, held, own, shop, today)) is not None:
        return barred
    if demand.mean is not None and demand.mean <= 0:
        return line
    if line.lead is None:
        return replace(line, state="gone" if held <= 0 else "no_lead")
    quantity = _quantity(line, demand, own, shop, today)
    line = replace(line, back=_covered(line, demand, shop, today).back)
    missed = out_of_season(line.shelf.title, arrives_on) if own.season_end is None and not line.hero else ""
    if missed and quantity:
        return replace(line, state="season", season=missed)
    if line.fault is not None and quantity:
        return replace(line, state="faulty", quantity=quantity)
    raised = None if pace.raised is None else _quantity(line, pace.raised, own, shop, today)
    state: State = "gone" if held <= 0 else ("order" if quantity > 0 else "enough")
    return replace(line, state=state, quantity=quantity, if_raised=raised)


def _barred(line: StockLine, held: float, own: Item, shop: Shop, today: date) -> StockLine | None:
    """Return the line with the state that forbids an order; None if the item may be ordered."""
    pace, arrives_on = _pace(line), today + timedelta(days=math.ceil(line.lead or 0.0))
    if line.below_cost is not None:
        return replace(line, state="below_cost")
    hidden = pace.hidden_since
    if hidden is not None and (held > 0 or (today - hidden).days >= HIDDEN_DAYS):
        return replace(line, state="hidden")
    if own.season_end is not None and arrives_on >= own.season_end:
        return replace(line, state="season", season=own.season_end.isoformat())
    whole = demands.mean_days(pace.demand, line.position, sizes(shop, today, FAR_DAYS))
    days = FAR_DAYS if whole is None and pace.demand.mean else whole
    if held > 0 and reorder.is_dead(days, pace.demand, shop.thresholds.slow_cover_days):
        young = pace.first_seen is None or (today - pace.first_seen).days < NEW_DAYS
        return replace(line, state="new" if young else "slow")
    return None


def quantity_range(line: StockLine, shop: Shop, today: date) -> tuple[int, int]:
    """Return the units to order at the low and at the high end of the 80 % range of the item's pace."""
    own = shop.item(line.shelf.item)
    low, high = demands.mean_range(_pace(line).demand)
    few, many = (_pace(line).demand.with_mean(mean) for mean in (low, high))
    return _quantity(line, few, own, shop, today), _quantity(line, many, own, shop, today)


def _sell_out_chance(
    shelf: StockCount, demand: Demand, held: float, lead: float, own: Item, shop: Shop, today: date
) -> float:
    """Return the probability that the item sells out before goods ordered today arrive.

    Goods in transit that are expected before then count from their expected day on: the stock must last until
    they arrive, and together with them until the new order arrives. Goods in transit that are overdue are not
    counted.
    """
    coming = None if shelf.arrives is None else (shelf.arrives - today).days
    if not shelf.in_transit or coming is None or not 0 <= coming < lead:
        return _lead_demand(demand, lead, own, shop, today).chance_of(held)
    until = demands.total(demand, sizes(shop, today, coming)).chance_of(held) if coming else 0.0
    after = _lead_demand(demand, lead, own, shop, today).chance_of(held + shelf.in_transit)
    return max(until, after)


def _lead_demand(demand: Demand, days: float, own: Item, shop: Shop, today: date) -> Total:
    whole = demands.total(demand, sizes(shop, today, days))
    return demands.widened(whole, demand.mean or 0.0, own.lead_sd)


def _point(line: StockLine, demand: Demand, own: Item, shop: Shop, today: date) -> ReorderPoint:
    lines = shop.thresholds
    return reorder.reorder_point(
        _lead_demand(demand, (line.lead or 0.0) + REVIEW_DAYS, own, shop, today),
        lines.hero_service_level if line.hero else lines.service_level,
    )


def _covered(line: StockLine, demand: Demand, shop: Shop, today: date) -> Total:
    """Return the demand of the days that an order of today covers."""
    span = (line.lead or 0.0) + REVIEW_DAYS + shop.thresholds.reorder_cycle_days
    return demands.total(demand, sizes(shop, today, span))


def _quantity(line: StockLine, demand: Demand, own: Item, shop: Shop, today: date) -> int:
    """Return the units to order in whole packs, limited by the demand until the end of the season."""
    point = _point(line, demand, own, shop, today)
    pack = max(1, own.pack)
    wanted = reorder.order_quantity(line.position, point, _covered(line, demand, shop, today).net, pack)
    if own.season_end is None or not wanted:
        return wanted
    ahead = sizes(shop, today, (own.season_end - today).days)
    rest = demands.total(demand, ahead)
    aim = rest.net
    price, cost = line.price, line.cost
    if price is not None and cost is not None:
        ratio = reorder.critical_ratio(price, cost, own.salvage or 0.0)
        sold = demands.total(replace(demand, returning=None), ahead).mean
        if ratio is not None and 0 < ratio < 1 and sold > 0:
            sd = math.sqrt(demand.dispersion * sold)
            aim = reorder.season_order(sold, sd, rest.net, ratio).quantity
    return min(wanted, max(0, math.floor((aim - line.position) / pack)) * pack)


def _pace(line: StockLine) -> Pace:
    if line.pace is None:
        raise ValueError(line.shelf.item)
    return line.pace
