"""Cost and return of an item's ads by ad type, compared with the break-even ROI."""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.language.message import Message, Words, say
from core.measures.judged_days import within
from core.measures.order_value import ShopRefunds, order_value, refunds_of, value_share
from core.shop.settings import Shop
from core.statistics import distributions

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

KEYWORD_SCENE = re.compile(r"关键词|直通车")
COUNTS = ["impressions", "clicks", "cost", "orders", "gmv"]
FEWEST_CLICKS = 60
"""The minimum number of clicks to judge an ROI (the same limit as for keywords)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """The ads of one item by one ad type (``scene``), over the judged (fully credited) days.

    Sales are after refunds if ``in_net``.
    """

    item: str
    name: Words
    scene: str
    impressions: float
    clicks: float
    cost: float
    orders: float
    gmv: float
    days: int
    low: float | None
    """``low`` and ``high`` are the limits of the 90 % interval of the ROI; None if there are no orders."""
    high: float | None
    share: float | None
    """What a yuan of its sales leaves; 0 or less: each order loses money. None if no margin is known.

    Of sales after refunds, if ``in_net``.
    """
    chance_bad: float | None
    """The probability that the ROI is below break-even."""
    in_net: bool = False
    """Whether sales, return and break-even are after refunds: the report has net sales."""

    @property
    def break_even(self) -> float | None:
        """Return the ROI at zero profit; None if no margin is known or an order earns nothing before ads."""
        return 1.0 / self.share if self.share is not None and self.share > 0 else None

    @property
    def never_pays(self) -> bool:
        """Return whether an order loses money before any ad, so that no return is high enough."""
        return self.share is not None and self.share <= 0

    @property
    def scene_name(self) -> Words:
        """Return the ad type, or simply “Ads” if the report does not distinguish ad types."""
        return self.scene or say("Ads")

    @property
    def roi(self) -> float | None:
        """Return sales per yuan of cost (ROI)."""
        return self.gmv / self.cost if self.cost else None

    @property
    def daily_loss(self) -> float | None:
        """Return the loss in yuan per day (negative for a profit); None if no margin is known."""
        if self.share is None or not self.days:
            return None
        return (self.cost - self.gmv * self.share) / self.days

    @property
    def by_keyword(self) -> bool:
        """Return whether these are keyword ads, whose keywords are judged one by one."""
        return bool(KEYWORD_SCENE.search(self.scene))


def spendings(
    frame: pd.DataFrame,
    days: Collection[date],
    shop: Shop,
    names: Mapping[str, Words],
    refunds: ShopRefunds | None = None,
) -> list[Spending]:
    """Return the ads of every item and ad type that cost money, the largest spend first.

    Only the rows by item are counted, because those by plan contain the same money.
    """
    rows = within(frame, days)
    if "report" in rows.columns:
        rows = rows[rows["report"] == "item"]
    rows = rows[rows["item"] != ""]
    summed = rows.groupby(["item", "scene"], sort=True)[COUNTS].sum().reset_index()
    paid = _order_values(summed)
    kept = _net_sales(rows, refunds)
    made = [
        _spending(row, len(days), shop, names, paid.get(str(row["item"]), paid.get("")), refunds, kept)
        for row in summed.to_dict("records")
        if row["cost"] > 0
    ]
    return sorted(made, key=lambda one: -one.cost)


def _net_sales(rows: pd.DataFrame, refunds: ShopRefunds | None) -> dict[tuple[str, str], float] | None:
    """Return the sales after refunds by item and scene; None if the report does not have them for all rows.

    The report knows only the refunds so far; those to come are expected as for the shop's sales of that day.
    """
    if "net_gmv" not in rows.columns or rows.loc[rows["gmv"] > 0, "net_gmv"].isna().any():
        return None
    stays = {} if refunds is None else refunds.stays
    share = rows["date"].dt.date.map(lambda day: stays.get(day, 1.0)).astype(float)
    summed = (rows["net_gmv"].fillna(0.0) * share).groupby([rows["item"], rows["scene"]]).sum()
    return {(str(item), str(scene)): float(value) for (item, scene), value in summed.items()}


def _order_values(rows: pd.DataFrame) -> dict[str, float]:
    """Return sales per order by item, under "" for all items together; items without orders are left out."""
    summed = rows.groupby("item")[["gmv", "orders"]].sum()
    found = {
        str(item): float(gmv / orders)
        for item, gmv, orders in zip(summed.index, summed["gmv"], summed["orders"], strict=True)
        if orders > 0 and gmv > 0
    }
    orders = float(summed["orders"].sum())
    return found | ({"": float(summed["gmv"].sum()) / orders} if found else {})


def _spending(
    row: Mapping[Hashable, object],
    days: int,
    shop: Shop,
    names: Mapping[str, Words],
    paid: float | None,
    refunds: ShopRefunds | None,
    net: Mapping[tuple[str, str], float] | None,
) -> Spending:
    """Return the ads of one item by one ad type (scene).

    With ``net`` sales, return and break-even are after refunds.
    """
    item = str(row["item"])
    impressions, clicks, cost, orders, gmv = (float(str(row[name])) for name in COUNTS)
    order = order_value(shop, paid, item, refunds)
    share = value_share(shop, item, refunds) if order is None else order.share
    if net is not None:
        gmv = net.get((item, str(row["scene"])), 0.0)
        stays = refunds_of(shop, item, refunds).kept
        share = None if share is None or stays <= 0 else share / stays
    low = high = chance = None
    shape, value = orders + 0.5, gmv / orders if orders else 0.0
    if orders and clicks >= FEWEST_CLICKS:
        low = distributions.gamma_quantile(0.05, shape, 1.0) * value / cost
        high = distributions.gamma_quantile(0.95, shape, 1.0) * value / cost
    if share is not None and share <= 0:
        chance = 1.0
    elif share is not None and low is not None:
        chance = distributions.gamma_cdf(cost / share / value, shape, 1.0)
    return Spending(
        item=item,
        name=names.get(item, item),
        scene=str(row["scene"]),
        impressions=impressions,
        clicks=clicks,
        cost=cost,
        orders=orders,
        gmv=gmv,
        days=days,
        low=low,
        high=high,
        share=share,
        in_net=net is not None,
        chance_bad=chance,
    )


def roi_name(found: Sequence[Spending]) -> Message:
    """Return the heading for the ROI figures: "Net ROI" if the report has net sales, else "ROI"."""
    return say("Net ROI") if any(one.in_net for one in found) else say("ROI")


def break_even_name(found: Sequence[Spending]) -> Message:
    """Return the heading for break-even figures: "Net break-even" if the report has net sales."""
    return say("Net break-even") if any(one.in_net for one in found) else say("Break-even ROI")


def net_note(one: Spending) -> Words:
    """Return the text saying that return and break-even are after refunds; empty if they are not."""
    return say("Return and break-even are after refunds.") if one.in_net else ""


def net_limit(found: Sequence[Spending]) -> tuple[Words, ...]:
    """Return the text on how the report's net sales are used; empty if it has none."""
    if not any(one.in_net for one in found):
        return ()
    return (
        say(
            "The ad report has net sales, so ads are judged by net ROI against the net break-even. "
            "Refunds that are still expected are already deducted."
        ),
    )
