"""The morning analysis: what changed in the shop beyond chance, since when, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from core.answers.answer import Answer, Verdict, in_order
from core.exports.kinds.hours import Hours
from core.exports.kinds.items import Items
from core.exports.kinds.keywords import Keywords
from core.exports.kinds.refunds import Refunds
from core.exports.kinds.service import Service
from core.exports.kinds.shop_day import ShopDay
from core.exports.kinds.sources import Sources
from core.exports.kinds.stock import Stock
from core.exports.sheet import frames_of
from core.language import message
from core.language.message import Words, say
from core.measures import baseline
from core.measures.order_value import ShopRefunds
from core.measures.source_names import cost_column, is_paid
from core.records.records import Records
from core.records.rivals import RivalHero
from core.records.team import ListingChange, PictureChange
from core.shop.settings import Shop
from core.statistics.count_shift import days_needed
from core.topics.incidents import facts
from core.topics.incidents.agent_changes import agent_family
from core.topics.incidents.causal_order import incidents
from core.topics.incidents.change import Loss, ObjectChange
from core.topics.incidents.findings import told, verdict
from core.topics.incidents.item_changes import ItemFamily, item_family
from core.topics.incidents.logged_changes import logged, logged_falls, with_logged
from core.topics.incidents.refund_changes import refund_family
from core.topics.incidents.rival_moves import rival_moves
from core.topics.incidents.shop_changes import shop_family
from core.topics.incidents.source_changes import Newcomer, SourceFamily, source_family
from core.topics.incidents.usable_rows import usable
from core.topics.incidents.word_changes import word_family
from core.topics.incidents.world import World

if TYPE_CHECKING:
    import pandas as pd

FEWEST_DAYS = 14
"""The fewest days of data for a family to be tested."""
NEWCOMER_SHARE = 0.03
"""The share of the shop's visitors from which a new source that brings no buyers is reported.

Set by judgement.
"""
FEW_VISITORS = 10.0
"""The visitors per day of the example item in the answer's limits.

They say after how many days a complete stop of such an item's sales becomes visible.
"""


def morning(  # noqa: PLR0913, PLR0917 - the parameters are what it reads
    days: ShopDay | None = None,
    items: Items | None = None,
    sources: Sources | None = None,
    keywords: Keywords | None = None,
    service: Service | None = None,
    refunds: Refunds | None = None,
    stock: Stock | None = None,
    hours: Hours | None = None,
    pictures: Records[PictureChange] | None = None,
    listings: Records[ListingChange] | None = None,
    heroes: Records[RivalHero] | None = None,
    measured: ShopRefunds | None = None,
    *,
    shop: Shop,
    today: date,
) -> Answer[Words]:
    """What changed in the shop beyond chance, since when, what does it cost, and what is the cause?

    Reads, as far as imported, the shop's days, items, traffic sources, ad keywords, service, refunds,
    stock and hourly figures.

    Every figure of every item, source, keyword, agent and refund reason is compared with its own four
    weeks before, after subtracting what changed for all of them on the same day. Periods of 1 to 14
    days are examined together, and the start of a change is given as an interval. One limit on false
    alarms covers the whole morning: on about one quiet morning in twenty something is reported wrongly,
    however many items there are. A known change of a title, price or picture is examined separately,
    from its second day on. A change that follows from another is reported with it; if two causes cannot
    be told apart, both are named, with the check that tells them apart.

    It cannot see small changes of items with few buyers: a complete stop of sales shows once eight
    buyers were expected, a fall by half once fifty-five were.
    """
    if measured is not None:  # what a lost sale would have left
        shop = shop._replace(refund_rate=1.0 - measured.of().kept)
    frames = usable(frames_of(days, items, sources, keywords, service, refunds, stock, hours), shop, today)
    world = _world(frames, shop, today)
    found = _changes(world, frames, today)
    if world.items is not None:
        log = logged(world.items, frames.get(Stock.id), pictures, listings)
        found = with_logged(found, logged_falls(world.items, log, shop))
        world = replace(world, logged=log, rivals=rival_moves(heroes, shop, today))
    if world.store is None and world.items is None and world.sources is None and world.agents is None:
        return Answer(
            Verdict("nodata", say("No recent daily figures are imported, so no change can be seen."))
        )
    sales = _usual_sales(world)
    found_incidents = incidents(found, world)
    said = told(found_incidents, world, sales, today)
    return Answer(verdict(found_incidents, world, sales), in_order(said), limits=_limits(world))


def _world(frames: Mapping[str, pd.DataFrame], shop: Shop, today: date) -> World:
    """Test items, sources, keywords and the other kinds of figures that have at least two weeks of data."""
    scale = shop.thresholds.false_alarms
    long = {
        name: one for name, one in frames.items() if not one.empty and one["date"].nunique() >= FEWEST_DAYS
    }
    back, stock = frames.get(Refunds.id), frames.get(Stock.id)
    items = item_family(long[Items.id], back, shop, today, scale) if Items.id in long else None
    refunds = None
    if back is not None and items is not None:
        units = np.nansum(items.every.values["units"], axis=0)
        units = np.where(items.every.told, units, np.nan)
        refunds = refund_family(back, units, items.every.days, shop, today, scale)
    return World(
        shop,
        shop_family(long[ShopDay.id], _index(items), shop, today, scale) if ShopDay.id in long else None,
        items,
        source_family(long[Sources.id], shop, today, scale) if Sources.id in long else None,
        word_family(long[Keywords.id], shop, today, scale) if Keywords.id in long else None,
        agent_family(long[Service.id], shop, today, scale) if Service.id in long else None,
        refunds,
        {} if stock is None else facts.empty_sizes(stock),
        {} if stock is None else facts.listed_prices(stock),
        stocked=stock is not None and not stock.empty,
    )


def _index(items: ItemFamily | None) -> dict[date, float]:
    if items is None:
        return {}
    return {
        day: float(value)
        for day, value in zip(items.grid.days, items.index, strict=True)
        if np.isfinite(value)
    }


def _changes(world: World, frames: Mapping[str, pd.DataFrame], today: date) -> list[ObjectChange]:
    found: list[ObjectChange] = []
    if world.items is not None:
        found += world.items.changes
        found += facts.missing_rows(world.items.every)
    for family in (world.store, world.sources, world.words, world.agents, world.refunds):
        found += () if family is None else family.changes
    if world.sources is not None:
        found += _new_sources(world.sources, frames.get(ShopDay.id))
    hours = frames.get(Hours.id)
    if hours is not None and not hours.empty:
        silent = facts.silent_hours(hours, world.shop, today)
        found += [] if silent is None else [silent]
    return found


def _new_sources(family: SourceFamily, days: pd.DataFrame | None) -> Sequence[ObjectChange]:
    """Return the new and grown sources that bring many additional visitors of whom clearly too few buy."""
    whole = float(np.nansum(family.grid.mean("visitors")))
    said = []
    for one in family.newcomers:
        share = one.visitors / max(1, one.days) / max(whole, 1.0)
        if one.poor and share >= NEWCOMER_SHARE:
            said.append(_new_source(one, family, days, share))
    return said


def _new_source(one: Newcomer, family: SourceFamily, days: pd.DataFrame | None, share: float) -> ObjectChange:
    last = family.grid.last
    column = cost_column(one.name) if days is not None and is_paid(one.name) else ""
    spent = baseline.column(days, column) if column and days is not None else {}
    paid = sum(yuan for day, yuan in spent.items() if one.start <= day <= last) / max(1, one.days)
    first = min(last, one.start + timedelta(days=1))
    return ObjectChange(
        family="source",
        metric="new_source",
        name=one.name,
        start=one.start,
        earliest=one.start,
        latest=one.start,
        last=last,
        days=one.days,
        seen=one.buyers,
        usual=one.expected,
        counted=one.buyers,
        expected=one.expected,
        exposure=one.visitors,
        p=one.chance,
        called=True,
        first=first if one.grown is False else None,
        loss=Loss(paid, paid, paid, "margin") if paid > 0 else None,
        of_own=max(share, 0.05),
    )


def _usual_sales(world: World) -> float:
    if world.store is not None:
        return world.store.sales
    return 0.0 if world.items is None else world.items.sales


def _limits(world: World) -> tuple[Words, ...]:
    said: list[Words] = []
    items = world.items
    if items is None:
        said.append(
            say("Items were not examined one by one: the item file has too few days, or none recently.")
        )
    else:
        visitors, buyers = (float(np.nansum(items.every.mean(name))) for name in ("visitors", "buyers"))
        needed = days_needed(FEW_VISITORS * buyers / visitors, 1.0, 0.01) if visitors else None
        if needed is not None:
            said.append(
                message.plural(
                    "An item with {visitors} visitors a day: even a complete stop of its sales shows only "
                    "after {n} day.",
                    "An item with {visitors} visitors a day: even a complete stop of its sales shows only "
                    "after {n} days.",
                    needed,
                    visitors=message.count(FEW_VISITORS),
                )
            )
        traffic = items.tests.get("visitors")
        if traffic is not None and not traffic.scale.measured:
            said.append(
                say("Less than six weeks of item figures: slow falls of visitors cannot be seen yet.")
            )
    return tuple(said)
