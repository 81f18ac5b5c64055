"""What distinguishes the sample shops: name, goods, calendar, refunds. One generator makes all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from sample.catalogue import Item
from sample.dice import Dice
from sample.season import Season


@dataclass(frozen=True)
class Refunding:
    """How the buyers of a shop with many refunds ask for their money back.

    The rates are shares of paid orders. ``rising`` names the item that comes back more often, with the first
    payment day of it and the factor of its refunds after dispatch.
    """

    before: float
    """Refunded before the parcel is sent."""
    after: float
    """Sent back, or refunded after dispatch."""
    campaign: float
    """The factor of both rates for orders of campaign days."""
    by_item: Mapping[str, float]
    rising: tuple[str, date, float]
    exchanged: float
    """Exchanged for another size: no money is given back."""


@dataclass(frozen=True)
class Overspend:
    """A whole-site plan whose target was lowered: it spends more, and the item sells as much as before."""

    item: str
    since: date
    more: float
    """The factor of its clicks since that day."""
    targets: tuple[float, float]
    """Target return before and after the change."""


@dataclass(frozen=True, kw_only=True)
class Typed:
    """The figures of shop.toml that no export contains."""

    targets: Mapping[str, int]
    targets_net: Mapping[str, int] = field(default_factory=dict)
    refund_rate: float
    refund_note: str
    margin: float
    money: Mapping[str, float]
    balance: float
    balance_note: str
    budget: float
    long_festival: tuple[date, date] | None = None
    """The days of a festival that are one row of the calendar, with a multiple for each day."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Outline:
    """One sample shop, as the generator needs to know it."""

    folder: str
    """The name of its folder; empty for the shop that lies in ``sample`` itself."""
    title: str
    """The name by which the command line calls the shop."""
    name: str
    shop_id: str
    seed: str
    items: tuple[Item, ...]
    stock_fixed: Mapping[str, int]
    season: Season
    visitors: int
    """Visitors of an ordinary day."""
    peak_target: float
    """The sales promised for 11 November, in yuan."""
    last_year: float
    """What 双11 2025 sold beyond the usual days, in yuan."""
    weekend: tuple[str, str]
    """The own campaign that changed nothing: its first and last day, ``MM-DD``."""
    festival: tuple[str, str, str, str]
    """双11 as the team typed it: name, first and last day, and the day it was closed (``MM-DD``)."""
    typed: Typed
    word_rates: Mapping[str, float] = field(default_factory=dict)
    """Orders per click of words that differ from those in ``words``."""
    word_costs: Mapping[str, float] = field(default_factory=dict)
    """Factors of the cost of a click of words that differ from it in ``words``."""
    lift: float = 1.0
    """The factor of all orders per click of ads."""
    refunding: Refunding | None = None
    """None: few refunds, as in the first shop."""
    overspend: Overspend | None = None
    overdue: tuple[str, tuple[date, ...], int] | None = None
    """Orders that were not dispatched: item, days of payment, and the largest number of orders."""
    compact: bool = False
    """Write few and small files: one layout per sheet, all orders zipped, workbooks as .xlsx."""

    @cached_property
    def item(self) -> Mapping[str, Item]:
        """The items by their key."""
        return {item.key: item for item in self.items}

    def dice(self, name: str) -> Dice:
        """Return the random numbers of this shop for one purpose."""
        return Dice(name, self.seed)

    def more_clicks(self, scene: str, item: str, day: date) -> float:
        """Return the factor of an ad's clicks on a day: above 1 for the plan that overspends."""
        over = self.overspend
        return over.more if over and (scene, item) == ("site", over.item) and day >= over.since else 1.0
