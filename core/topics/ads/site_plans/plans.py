"""An item's whole-site plan as the reports show it: spend, orders, chance to pay, phase, effect of a step."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from core.answers.answer import About
from core.language.message import Words
from core.measures.baseline import is_ordinary
from core.measures.order_value import OrderValue, ShopRefunds, order_value
from core.records.records import Recorded, Records
from core.records.site_plan import SitePlan
from core.shop.settings import Shop
from core.topics.ads.site_plans.arithmetic import (
    SURE_BAD,
    SURE_GOOD,
    Side,
    SiteVerdict,
    StepResult,
    Target,
    average_says_nothing,
    chance_pays,
    is_learning,
    is_silent,
    step_result,
    target_for,
    verdict,
)

if TYPE_CHECKING:
    import pandas as pd

SITE_SCENE: Final = re.compile(r"全站")
LARGE_TARGET, LARGE_BUDGET = 0.10, 0.30
"""Relative changes of target and budget from which a plan has to learn anew."""
WEEK: Final = 7
FEWEST_VISITORS: Final = 200
"""The minimum of free visitors in the week before a plan for stating how they changed (a judgement)."""


"""A paid order of an item worth so many yuan; None where no cost is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPlan:
    """One item's whole-site plan, with its figures since it began or was last changed."""

    item: str
    name: Words
    days: int
    """Full days since the plan began or was changed."""
    spend: float
    orders: float
    sales: float
    order: OrderValue | None
    """A paid order of the item; None if no cost is known, and then there is no verdict."""
    learning: bool
    chance: float | None
    verdict: SiteVerdict
    plan_share: float | None
    """The share of the item's sales that is credited to the plan."""
    free_change: float | None
    """The relative change of the item's free visitors from the week before the plan."""
    item_orders_a_day: float | None
    """The item's buyers per day from all sources, over four weeks."""
    settings: SitePlan | None
    step: StepResult | None
    """What the last change of target or budget brought; None until a week after it."""
    scene: str

    @property
    def roi(self) -> float | None:
        """Return the sales credited to the plan per yuan spent; None if nothing was spent."""
        return self.sales / self.spend if self.spend else None

    @property
    def target(self) -> Target | None:
        """Return the target ROI that leaves a fifth of the spend as profit."""
        return (
            None
            if self.order is None
            else target_for(self.order.paid, self.order.value, self.order.refunds.kept)
        )

    @property
    def average_is_blind(self) -> bool:
        """Return whether the plan's average return cannot show whether the plan pays."""
        return average_says_nothing(self.plan_share, self.free_change)

    @property
    def silent(self) -> bool:
        """Return whether the plan has no order yet although its spend needs three orders to break even."""
        return self.order is not None and is_silent(self.orders, self.spend, self.order.value)

    @property
    def about(self) -> About:
        """Return the ids of the item and the ad type, which a decision about the plan refers to."""
        return About(item=self.item, scene=self.scene)


def is_site(scene: str) -> bool:
    """Return whether an ad type is whole-site ads, which have no keywords."""
    return bool(SITE_SCENE.search(scene))


def item_plans(
    ads: pd.DataFrame,
    items: pd.DataFrame | None,
    records: Records[SitePlan] | None,
    names: Mapping[str, Words],
    shop: Shop,
    today: date,
    refunds: ShopRefunds | None = None,
) -> list[ItemPlan]:
    """Return the plans that had spend in the last week, the largest spend first.

    Days whose orders are not fully credited yet count only for the rule that stops a plan without any order.
    """
    rows = ads[(ads["report"] == "item") & (ads["item"] != "") & (ads["cost"] > 0)]
    rows = rows[rows["scene"].map(is_site).astype(bool)]
    found: list[ItemPlan] = []
    if rows.empty:
        return found
    known_since = min(ads["date"].dt.date)
    for item, own in rows.groupby("item", observed=True):
        when = own["date"].dt.date
        if max(when) >= today - timedelta(days=WEEK):
            typed = [one for one in records or () if one.value.item == str(item)]
            found.append(_plan(str(item), own, items, typed, names, shop, today, refunds, known_since))
    return _judged(sorted(found, key=lambda one: -one.spend))


def _plan(  # noqa: PLR0913, PLR0917 - all that is known of it
    item: str,
    rows: pd.DataFrame,
    items: pd.DataFrame | None,
    typed: Sequence[Recorded[SitePlan]],
    names: Mapping[str, Words],
    shop: Shop,
    today: date,
    refunds: ShopRefunds | None,
    known_since: date,
) -> ItemPlan:
    when = rows["date"].dt.date
    began = min(when)
    changed = _last_change(typed)
    since = began if changed is None else max(began, changed + timedelta(days=1))
    own = rows[(when >= since) & (when < today)]
    credited = own[own["date"].dt.date < today - timedelta(days=shop.ads.mature_days)]
    young = own.drop(credited.index)
    all_sales, all_orders = float(rows["gmv"].sum()), float(rows["orders"].sum())
    order = (
        order_value(shop, all_sales / all_orders, item, refunds)
        if all_orders > 0
        else _by_items(items, item, shop, refunds)
    )
    orders, spend = float(credited["orders"].sum()), float(credited["cost"].sum())
    seen_orders = orders + float(young["orders"].sum())
    silent_spend = spend + shop.ads.same_day_credit * float(young["cost"].sum())
    if not seen_orders:
        orders, spend = 0.0, silent_spend
    days = int(own["date"].nunique())
    usable = order is not None and order.value > 0
    plan_share, free_change = _cover(rows, items, item, began if began > known_since else None, today)
    return ItemPlan(
        item=item,
        name=names.get(item, item),
        days=days,
        spend=spend,
        orders=orders,
        sales=float(credited["gmv"].sum()),
        order=order,
        learning=is_learning(days, seen_orders),
        chance=chance_pays(orders, spend, order.value) if order is not None and usable else None,
        verdict="keep",
        plan_share=plan_share,
        free_change=free_change,
        item_orders_a_day=_orders_a_day(items, item, today),
        settings=typed[-1].value if typed else None,
        step=None
        if order is None or changed is None
        else _step(rows, items, item, changed, order, shop, today),
        scene=str(rows["scene"].iloc[-1]),
    )


def _judged(found: Sequence[ItemPlan]) -> list[ItemPlan]:
    """Return the plans with their verdicts; the more plans there are, the more certain a verdict must be."""
    tests = max(1, sum(one.chance is not None for one in found))
    bad, good = SURE_BAD / tests, 1.0 - (1.0 - SURE_GOOD) / tests
    judged = []
    for one in found:
        made: SiteVerdict = "keep"
        if one.order is not None and one.order.value <= 0 and one.spend > 0:
            made = "stop"
        elif one.order is not None and one.chance is not None and (one.silent or not one.learning):
            made = verdict(one.orders, one.spend, one.order.value, one.days, bad=bad, good=good)
        judged.append(replace(one, verdict=made))
    return judged


def _last_change(typed: Sequence[Recorded[SitePlan]]) -> date | None:
    """Return the last day on which target or budget changed so much that the plan has to learn again."""
    changed = None
    for before, after in pairwise(typed):
        target = _relative(before.value.target, after.value.target)
        budget = _relative(before.value.budget, after.value.budget)
        if abs(target) > LARGE_TARGET - 1e-9 or abs(budget) > LARGE_BUDGET - 1e-9:
            changed = after.at.date()
    return changed


def _relative(before: float | None, after: float | None) -> float:
    return 0.0 if not before or after is None else after / before - 1.0


def _by_items(
    items: pd.DataFrame | None, item: str, shop: Shop, refunds: ShopRefunds | None
) -> OrderValue | None:
    """Return the value of a paid order, computed from all sales of the item; for a plan without orders."""
    if items is None:
        return None
    own = items[items["item"] == item]
    buyers = float(own["buyers"].sum())
    return order_value(shop, float(own["gmv"].sum()) / buyers, item, refunds) if buyers > 0 else None


def _cover(
    rows: pd.DataFrame, items: pd.DataFrame | None, item: str, began: date | None, today: date
) -> tuple[float | None, float | None]:
    """Return the share of the item's sales credited to the plan, and the change of its free visitors.

    The share is that of the last week. The free visitors of the last week are compared with those of the week
    before the plan ``began``; ``began`` is None if that was before the first day of the report. Each result
    is None if unknown.
    """
    if items is None:
        return None, None
    own = items[items["item"] == item]
    last = today - timedelta(days=WEEK)
    sales = _sum(own, "gmv", last, today)
    share = _sum(rows, "gmv", last, today) / sales if sales > 0 else None
    if began is None:
        return share, None
    first = began - timedelta(days=WEEK)
    before = _sum(own, "visitors", first, began)
    now = _sum(own, "visitors", last, today) - _sum(rows, "clicks", last, today)
    enough = before >= FEWEST_VISITORS and (own["date"].dt.date <= first).any()
    return share, now / before - 1.0 if enough else None


def _orders_a_day(items: pd.DataFrame | None, item: str, today: date) -> float | None:
    if items is None:
        return None
    own = items[items["item"] == item]
    days = own[own["date"].dt.date >= today - timedelta(days=4 * WEEK)]["date"].nunique()
    return _sum(own, "buyers", today - timedelta(days=4 * WEEK), today) / days if days else None


def _sum(frame: pd.DataFrame, column: str, first: date, before: date) -> float:
    when = frame["date"].dt.date
    return float(frame[(when >= first) & (when < before)][column].sum())


def _step(
    rows: pd.DataFrame,
    items: pd.DataFrame | None,
    item: str,
    changed: date,
    order: OrderValue,
    shop: Shop,
    today: date,
) -> StepResult | None:
    """Return what the plan's last change brought, comparing as many whole weeks after it as before it.

    They are the most whole weeks next to the change without a campaign and with the item's figures for every
    day. None if there is not one such week on each side, or if an order earns nothing before ads.
    """
    if items is None or order.value <= 0:
        return None
    own = items[items["item"] == item]
    weeks = _whole_weeks(changed, set(own["date"].dt.date), shop, today)
    if not weeks:
        return None
    days = weeks * WEEK
    start, first = changed + timedelta(days=1), changed - timedelta(days=days)
    end = start + timedelta(days=days)
    before = Side(days, _sum(own, "buyers", first, changed), _sum(rows, "cost", first, changed))
    after = Side(days, _sum(own, "buyers", start, end), _sum(rows, "cost", start, end))
    return step_result(before, after, order.value)


def _whole_weeks(changed: date, known: set[date], shop: Shop, today: date) -> int:
    """Return how many whole weeks before and after the change have ordinary days with figures only."""
    most = max(0, (today - changed - timedelta(days=1)).days // WEEK) if is_ordinary(shop, changed) else 0
    for days in range(1, most * WEEK + 1):
        pair = (changed - timedelta(days=days), changed + timedelta(days=days))
        if not all(day in known and is_ordinary(shop, day) for day in pair):
            return (days - 1) // WEEK
    return most
