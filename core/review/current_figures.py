"""A month's figures according to the current exports, compared with those its reports stated.

Needs pandas.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from core.exports.kinds.orders import Orders
from core.exports.kinds.refunds import Refunds
from core.exports.kinds.shop_day import ShopDay
from core.facts.batch import Batch
from core.facts.days_from_orders import shop_days
from core.facts.ledger import Ledger
from core.facts.window import load
from core.measures import baseline
from core.measures.festivals.drafts import drafted
from core.measures.metrics import STATED, figures
from core.measures.net_sales import NetSales, net_sales
from core.review.cause import SHEETS, cause_of
from core.review.correction import Correction, differs
from core.review.digest import DayDigest
from core.review.months import days_of
from core.shop.settings import Shop
from core.topics.sales.month.plan import month_plan
from core.topics.sales.net_days import NetDay, net_day
from core.topics.sales.net_target import targets_by_day

if TYPE_CHECKING:
    import pandas as pd

DayFigures = Mapping[str, float]
"""The known figures of a day, by name; the names are those of :data:`core.measures.metrics.STATED`."""


@dataclass(frozen=True, slots=True)
class MonthNow:
    """One month's figures and daily targets."""

    figures: Mapping[date, DayFigures]
    """Figures by day, for days that are in the exports; includes the day before the month."""
    targets: Mapping[date, float]
    """Each day's target in yuan, net if the month is judged by net sales; empty if it has no target."""
    net: Mapping[date, NetDay]
    """Net sales by day; empty unless the month is judged by them."""


def month_now(folder: Path, shop: Shop, first: date) -> MonthNow:
    """Return the month's figures and daily targets, computed from the imports that are in use now."""
    days = days_of(first)
    before = days[0] - timedelta(days=1)
    live = [batch for batch in Ledger(folder).batches() if batch.live]
    sales, found = _known(folder, shop, live, days[0] - timedelta(days=ShopDay.days), days[-1])
    figures_of = {day: found[day] for day in (before, *days) if day in found}
    drafts = drafted(shop, max(sales, default=days[0]) + timedelta(days=1), sales)
    if shop.judged_net(days[0]):
        net = _net(folder, drafts, live, days)
        aims = targets_by_day(net.paid, net, drafts, days[0])
        known = {day: net_day(one, aims[day]) for day in days if (one := net.day(day)) is not None}
        if known:
            return MonthNow(figures_of, {day: float(target) for day, target in aims.items()}, known)
    plan = month_plan({day: value for day, value in sales.items() if day <= days[-1]}, drafts, days[0])
    targets = {} if plan is None else {day: float(target) for day, target in plan.by_day.items()}
    return MonthNow(figures_of, targets, {})


def corrections(
    folder: Path, reports: Mapping[date, DayDigest], now: Mapping[date, DayFigures]
) -> tuple[Correction, ...]:
    """Return the figures that finished reports stated and that a later import changed.

    ``reports``: the digest of each day with a report. ``now``: the current figures, by day, of at least those
    days whose figures the reports state.
    """
    batches = Ledger(folder).batches()
    found: list[Correction] = []
    for report, digest in sorted(reports.items()):
        for one in digest.stated:
            today = now.get(one.day, {}).get(one.metric)
            cause = cause_of(batches, one)
            if today is None or cause is None or not differs(one.metric, one.value, today):
                continue
            found.append(Correction(report, one.day, one.metric, one.value, today, *cause))
    return tuple(found)


def _known(
    folder: Path, shop: Shop, batches: Sequence[Batch], first: date, last: date
) -> tuple[Mapping[date, float], dict[date, DayFigures]]:
    """Return the sales and all figures of each day, computed from these batches.

    The order list is used if there is no daily export among the batches.
    """
    frame = _daily(folder, batches, first, last)
    known: dict[date, dict[str, float]] = {}
    for metric in STATED:
        values = figures(metric, None, shop, {ShopDay.id: frame})
        for day, value in ({} if values is None else values.values).items():
            if first <= day <= last:
                known.setdefault(day, {})[metric] = float(value)
    return baseline.column(frame, "gmv"), dict(known)


def _daily(folder: Path, batches: Sequence[Batch], first: date, last: date) -> pd.DataFrame:
    """Return the shop's daily figures: exported, else counted from the order list."""
    own = [batch for batch in batches if batch.sheet == ShopDay.id]
    if own:
        return load(folder, ShopDay, first, last, among=own).frame
    orders = [batch for batch in batches if batch.sheet == Orders.id]
    return shop_days(load(folder, Orders, first, last, among=orders)).frame


def _net(folder: Path, shop: Shop, batches: Sequence[Batch], days: Sequence[date]) -> NetSales:
    """Return the net sales as far as today's refund list tells, which may be long after the month."""
    first = days[0] - timedelta(days=ShopDay.days)
    last = max((one.last for one in batches if one.sheet in (*SHEETS, Refunds.id)), default=days[-1])
    back = load(folder, Refunds, first, last).frame
    today = last + timedelta(days=1)
    return net_sales(_daily(folder, batches, first, last), None if back.empty else back, shop, today)
