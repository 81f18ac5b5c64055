"""The registry of metrics that actions can promise to change, and their values by day from the exports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from core.language.message import N_, Words, count, money, percent
from core.language.message import ratio as decimal
from core.measures import baseline
from core.measures.ad_report import ad_rows
from core.measures.shop_metrics import shop_metrics
from core.shop.settings import Shop

if TYPE_CHECKING:
    import pandas as pd

NAMES: dict[str, str] = {
    "gmv": N_("sales"),
    "visitors": N_("visitors"),
    "buyers": N_("buyers"),
    "conversion": N_("conversion"),
    "aov": N_("order value"),
    "cart_rate": N_("add-to-cart rate"),
    "bounce_rate": N_("bounce rate"),
    "depth": N_("pages per visitor"),
    "returning": N_("returning visitors"),
    "refund_amount": N_("refunds"),
    "negative_reviews": N_("bad reviews"),
    "paid_share": N_("paid-order rate"),
    "source_visitors": N_("visitors from the traffic source"),
    "item_visitors": N_("visitors of the item"),
    "search_visitors": N_("search visitors of the item"),
    "item_conversion": N_("conversion of the item"),
    "item_aov": N_("order value of the item"),
    "ad_clicks": N_("ad clicks"),
    "clicks": N_("ad clicks"),
    "ctr": N_("ad click rate"),
    "cpc": N_("cost per click"),
    "roi": N_("ad ROI"),
    "cost": N_("ad spend"),
    "service_conversion": N_("inquiry conversion"),
    "average_response_s": N_("answer time (s)"),
    "first_response_s": N_("time to first answer (s)"),
    "on_hand": N_("in stock"),
    "target_share": N_("% of target"),
}
RATES = frozenset(
    {
        "conversion", "cart_rate", "bounce_rate", "returning", "paid_share", "item_conversion", "ctr",
        "service_conversion", "target_share",
    }
)  # fmt: skip
"""Metrics shown as percentages."""
MONEY = frozenset({"gmv", "aov", "refund_amount", "item_aov", "cost", "cpc"})
"""Metrics shown in yuan."""
RATIOS = frozenset({"depth", "roi"})
"""Metrics shown with two decimals."""


def worded(metric: str | None, value: float | None) -> Words:
    """Return the figure formatted in the metric's unit; a dash if it is unknown."""
    if metric in RATES:
        return percent(value)
    if metric in MONEY:
        return money(value)
    return decimal(value) if metric in RATIOS else count(value)


@dataclass(frozen=True, slots=True)
class Figures:
    """One metric by day; a ratio keeps numerator and denominator, so that days can be combined correctly."""

    values: Mapping[date, float]
    part: Mapping[date, float] | None = None
    whole: Mapping[date, float] | None = None
    proportion: bool = False
    """True if the numerator counts a subset of the denominator (buyers of visitors), i.e. a binomial rate."""

    def over(self, days: Sequence[date]) -> float | None:
        """Return the metric over several days: the ratio of sums for a ratio, else the mean."""
        if self.part is None or self.whole is None:
            return baseline.mean(self.values, days)
        known = [day for day in days if day in self.values]
        whole = sum(self.whole[day] for day in known)
        return sum(self.part[day] for day in known) / whole if whole else None


def figures(metric: str, item: str | None, shop: Shop, frames: Mapping[str, pd.DataFrame]) -> Figures | None:
    """Return the metric by day; for one item, source, agent or keyword if ``item`` is given.

    Return None if no export contains it. ``frames`` maps sheet ids to data frames: shop_day, sources, items,
    ads, keywords, service, stock; any may be absent.
    """
    name = metric.removeprefix("item_")
    if name in _SERVICE:
        found = _service(name, item, frames.get("service"))
    elif name in _ADVERTS:
        found = _adverts(name, item, frames)
    elif item:
        found = _of_item(metric, item, shop, frames)
    else:
        found = _of_shop(name, frames.get("shop_day"))
    return found if found is not None and found.values else None


STATED: Final = ("gmv", "visitors", "conversion", "aov")
"""The metrics that reports state for a day, most important first."""


def of_day(days: pd.DataFrame, shop: Shop, day: date) -> dict[str, dict[str, float]]:
    """Return the day's known values of the metrics :data:`STATED`.

    The result maps the day (ISO format) to the values by metric, as in an answer's ``figures``.
    """
    found = {name: figures(name, None, shop, {"shop_day": days}) for name in STATED}
    known = {name: one.values[day] for name, one in found.items() if one is not None and day in one.values}
    return {day.isoformat(): known}


def ratio(part: Mapping[date, float], whole: Mapping[date, float], *, proportion: bool = False) -> Figures:
    """Return the ratio of part to whole by day.

    ``proportion`` says whether the part is a subset of the whole, like buyers of visitors.
    """
    return Figures(baseline.over(part, whole), part, whole, proportion)


_SERVICE = frozenset({"service_conversion", "average_response_s", "first_response_s"})
_ADVERTS = frozenset({"ad_clicks", "clicks", "ctr", "cpc", "roi", "cost", "impressions"})


def _of_shop(metric: str, days: pd.DataFrame | None) -> Figures | None:
    if days is None:
        return None
    if metric in _OF:
        part, whole = (baseline.column(days, name) for name in _OF[metric])
        return ratio(part, whole, proportion=metric != "aov")
    if metric == "bounce_rate":
        rates, visitors = baseline.column(days, "bounce_rate"), baseline.column(days, "visitors")
        single = {day: rates[day] * visitors[day] for day in rates if day in visitors}
        return ratio(single, visitors, proportion=True)
    return Figures(shop_metrics(days).get(metric) or baseline.column(days, metric))


_OF = {
    "conversion": ("buyers", "visitors"),
    "aov": ("gmv", "buyers"),
    "paid_share": ("buyers", "ordered_buyers"),
    "cart_rate": ("cart_buyers", "visitors"),
}
"""Numerator and denominator of the shop's ratios."""


def _of_item(metric: str, item: str, shop: Shop, frames: Mapping[str, pd.DataFrame]) -> Figures | None:
    """Return the metric by day of a traffic source, or of an item's stock or sales.

    ``item`` is the name of the source or the id of the item.
    """
    sources = frames.get("sources")
    if metric == "source_visitors":
        if sources is None or sources.empty:
            return None
        rows = baseline.source_days(sources, shop)
        return Figures(baseline.totals(rows[rows["source"] == item], "visitors"))
    stock = frames.get("stock")
    if metric == "on_hand":
        return None if stock is None else Figures(baseline.totals(stock[stock["item"] == item], "on_hand"))
    items = frames.get("items")
    if items is None:
        return None
    own = items[items["item"] == item]
    visitors, buyers, gmv = (baseline.column(own, name) for name in ("visitors", "buyers", "gmv"))
    name = metric.removeprefix("item_")
    if name == "conversion":
        return ratio(buyers, visitors, proportion=True)
    return ratio(gmv, buyers) if name == "aov" else Figures(baseline.column(own, name))


def _adverts(metric: str, item: str | None, frames: Mapping[str, pd.DataFrame]) -> Figures | None:
    """Return the ad metric: in total or, if ``item`` is given, of the item or keyword with that name.

    ``item`` is understood as a keyword if the ad report has no such item. On a day on which the report does
    not list the keyword any more, its counts are 0.
    """
    rows = ad_rows(frames.get("ads"))
    none: dict[date, float] = {}
    if item:
        own = None if rows is None else rows[rows["item"] == item]
        words = frames.get("keywords")
        if (own is None or own.empty) and words is not None:
            own = words[words["word"] == item]
            first = own["date"].min()
            none = {when.date(): 0.0 for when in words["date"].dropna().unique() if when >= first}
        rows = own
    if rows is None or rows.empty:
        return None
    total = {name: baseline.totals(rows, name) for name in ("clicks", "cost", "impressions", "gmv")}
    match metric:
        case "ctr":
            return ratio(total["clicks"], total["impressions"], proportion=True)
        case "cpc":
            return ratio(total["cost"], total["clicks"])
        case "roi":
            return ratio(total["gmv"], total["cost"])
    return Figures(none | dict(total["clicks" if metric == "ad_clicks" else metric]))


def _service(metric: str, agent: str | None, frame: pd.DataFrame | None) -> Figures | None:
    if frame is None or frame.empty:
        return None
    own = frame[~frame["benchmark"].astype(bool)]
    own = own if not agent else own[own["agent"] == agent]
    asked = baseline.totals(own, "inquiries")
    if metric == "service_conversion":
        return ratio(baseline.totals(own, "converted"), asked, proportion=True)
    weighted = own.assign(waited=own[metric] * own["inquiries"])
    return ratio(baseline.totals(weighted, "waited"), asked)
