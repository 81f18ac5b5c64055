"""The simulated history of the shop (76 days): traffic, orders, service, stock. All files are views of it.

The demo's own day (season.TODAY) is included until midnight, but only its evening downloads are written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, lru_cache

from sample import many_refunds, season, traffic
from sample import orders as buying
from sample.catalogue import AGENTS, NEW_AGENT_DAYS, Agent, Item
from sample.dice import Dice
from sample.orders import Line, Order, Refund
from sample.outline import Outline
from sample.shops import LANTING
from sample.traffic import Traffic
from sample.words import SPARED

AGENT_FASTER = date(2026, 11, 13)
RESTOCK = date(2026, 11, 5)


@dataclass
class Desk:
    """One agent's day: inquiries, paying buyers, their sales (fen), and answer times in seconds."""

    agent: str
    asked: int
    paid: int
    money: int
    first: float
    mean: float
    happy: float


@dataclass(eq=False)
class World:
    """The complete simulated history."""

    outline: Outline
    traffic: dict[date, Traffic]
    orders: dict[date, list[Order]]
    desks: dict[date, list[Desk]] = field(default_factory=dict)

    def paid(self, day: date) -> list[Order]:
        """Return the orders paid on a day (here always the day of the order)."""
        return [order for order in self.orders[day] if order.paid]

    def sold(self, day: date, item: Item) -> list[Line]:
        """Return the paid lines with this item."""
        return self._sold[day, item.key]

    @cached_property
    def _sold(self) -> dict[tuple[date, str], list[Line]]:
        sold: dict[tuple[date, str], list[Line]] = defaultdict(list)
        for day in self.orders:
            for order in self.paid(day):
                for line in order.lines:
                    sold[day, line.item.key].append(line)
        return sold

    @cached_property
    def refunds(self) -> list[tuple[Order, Refund]]:
        """All orders with a refund, by the time of the request."""
        asked = [(o, o.refund) for day in self.orders.values() for o in day if o.refund]
        return sorted(asked, key=lambda pair: (pair[1].asked, pair[0].number))

    @cached_property
    def _given_back(self) -> dict[tuple[date, str], int]:
        given: dict[tuple[date, str], int] = defaultdict(int)
        for _, refund in self.refunds:
            if refund.done:
                given[refund.done.date(), refund.line.item.key] += refund.money
        return given

    def refunded_of(self, day: date) -> int:
        """Return the fen refunded so far of the orders paid on a day."""
        found = (order.refund for order in self.paid(day))
        return sum(one.money for one in found if one is not None and one.done)

    def refunded(self, day: date, item: str | None = None) -> int:
        """Return the fen refunded on a day, for the shop or (``item``) for one item key."""
        return sum(fen for (one, key), fen in self._given_back.items() if one == day and item in (None, key))


def buyers(orders: Iterable[Order]) -> int:
    """Return the number of distinct buyers."""
    return len({order.buyer for order in orders})


def money(orders: Iterable[Order]) -> int:
    """Return the total amount in fen."""
    return sum(order.money for order in orders)


def _asked(outline: Outline, agent: Agent, day: date, dice: Dice) -> tuple[int, float]:
    """Return the number of inquiries, and the probability that one leads to a payment."""
    crowd = outline.season.visitors_factor(day)
    rate = agent.rate * outline.season.rate_factor(day) ** 0.3
    return dice.poisson(agent.load * crowd * 0.92), min(0.8, rate)


def _on_duty(agent: Agent, day: date) -> bool:
    if agent.name == "小满":
        return day.month == 11 and day.day in NEW_AGENT_DAYS
    return day.weekday() in agent.weekdays or day.day == 11


def _desk(outline: Outline, agent: Agent, day: date, free: list[Order], dice: Dice) -> Desk:
    if agent.name == "小满":
        asked, wins = NEW_AGENT_DAYS[day.day]
    else:
        asked, chance = _asked(outline, agent, day, dice)
        wins = dice.hits(asked, chance)
    chosen: dict[int, list[Order]] = {}
    while free and len(chosen) < wins:
        order = free.pop(dice.whole(0, len(free) - 1))
        chosen.setdefault(order.buyer, []).append(order)
        order.agent = agent.name
    seconds = 34.0 if agent.name == "木子" and day >= AGENT_FASTER else agent.seconds
    first = seconds * 0.45 * dice.wobble(0.08)
    return Desk(
        agent.name,
        asked,
        len(chosen),
        sum(money(o) for o in chosen.values()),
        first,
        seconds * dice.wobble(0.07),
        0.93 + dice.bell(0, 0.02),
    )


def _desks(world: World, day: date) -> list[Desk]:
    dice = world.outline.dice(f"service/{day}")
    free = list({order.buyer: order for order in reversed(world.paid(day))}.values())[::-1]
    return [_desk(world.outline, agent, day, free, dice) for agent in AGENTS if _on_duty(agent, day)]


@lru_cache(maxsize=2)
def build(outline: Outline = LANTING) -> World:
    """Return the shop's history. Takes a few seconds; the result is shared, so treat it as read-only."""
    flow = traffic.build(outline)
    orders = buying.build(outline, flow, frozenset(SPARED))
    if outline.refunding is not None:
        many_refunds.ask_back(outline, orders)
    world = World(outline, {one.day: one for one in flow}, orders)
    for day in (*season.DAYS, season.TODAY):
        world.desks[day] = _desks(world, day)
    return world


def lines_of(orders: Iterable[Order], item: Item) -> list[Line]:
    """Return the lines with this item."""
    return [line for order in orders for line in order.lines if line.item is item]


def sold_by_sku(world: World, first: date, last: date) -> dict[tuple[str, int], int]:
    """Return the pieces paid by (item key, SKU number) from ``first`` to ``last``."""
    sold: dict[tuple[str, int], int] = defaultdict(int)
    for day in traffic.days_of(first, last):
        for order in world.paid(day):
            for line in order.lines:
                sold[line.item.key, line.sku] += line.count
    return sold


def pace(world: World, item: Item) -> float:
    """Return the pieces sold per day over the last three days, i.e. on ordinary days after 双11."""
    days = season.DAYS[-3:]
    return sum(line.count for day in days for line in world.sold(day, item)) / len(days)


def _even(total: int, parts: int, dice: Dice) -> list[int]:
    shares = [dice.between(0.7, 1.3) for _ in range(parts)]
    counts = [int(total * share / sum(shares)) for share in shares]
    counts[0] += total - sum(counts)
    return counts


def stock_at_end(world: World) -> dict[tuple[str, int], int]:
    """Return the pieces in stock at the end of the last day, by (item key, SKU number)."""
    stock = {}
    for item in world.outline.items:
        total = world.outline.stock_fixed.get(item.key, round(item.cover_days * max(pace(world, item), 0.5)))
        for number, count in enumerate(_even(total, len(item.skus), world.outline.dice(f"stock/{item.key}"))):
            stock[item.key, number] = count
    return stock


def stock_on(world: World, day: date) -> dict[tuple[str, int], int]:
    """Return the pieces in stock at the end of a day, computed back from the last day."""
    stock = stock_at_end(world)
    for key, count in sold_by_sku(world, day + timedelta(days=1), season.LAST).items():
        stock[key] += count
    if day < RESTOCK:
        stock = {key: count - int(count * 0.35) for key, count in stock.items()}
    return stock
