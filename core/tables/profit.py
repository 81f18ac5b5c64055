"""The profit tables (利润表): the lines of an income statement, by day, week or month, and by item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from core.exports.kinds.ads import Ads
from core.exports.kinds.fees import Fees
from core.exports.kinds.items import Items
from core.exports.kinds.refunds import Refunds
from core.exports.kinds.shop_day import ShopDay
from core.language import numbers
from core.language.wording import listing, say
from core.measures.ad_report import ad_rows
from core.measures.fee_rates import billed, is_last_month
from core.measures.net_sales import NetSales, net_sales
from core.measures.order_value import ShopRefunds
from core.measures.profit import DailyCosts, Profit, allocated, cost_of, daily_costs, goods_kept, profit_of
from core.measures.refund_shares import refund_shares
from core.shop.item_names import item_name
from core.shop.settings import Shop
from core.tables.span import Period, Span, period_columns
from core.tables.table import Chart, Declared, ShopTable, build
from core.tables.totals import of_whole, ratio, with_totals
from core.topics.sales.kept import MISSING
from core.topics.sales.net_target import targets_by_day

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class _Row:
    period: Period
    profit: Profit
    known: int
    target: float | None = None
    """The net target of the days with figures, of the whole month in a table by month; None if not set."""


@dataclass(frozen=True, slots=True)
class _Item:
    item: str
    name: str
    paid: float
    net: float
    goods: float | None
    fees: float
    parcels: float | None
    ads: float
    commission: float
    fixed: float

    @property
    def profit(self) -> float | None:
        """Return the item's profit; None if its goods cost is unknown."""
        if self.goods is None:
            return None
        return (
            self.net
            - self.goods
            - self.fees
            - (self.parcels or 0.0)
            - self.ads
            - self.commission
            - self.fixed
        )


def by_period(
    days: ShopDay | None = None,
    refunds: Refunds | None = None,
    items: Items | None = None,
    ads: Ads | None = None,
    fees: Fees | None = None,
    *,
    shop: Shop,
    span: Span,
    today: date,
) -> ShopTable:
    """Return the profit of each day, week or month of the span, by the day of payment."""
    rows: list[_Row] = []
    bill: list[str] = []
    net: NetSales | None = None
    whole: _Row | None = None
    if days is not None:
        net, costs, shares = _read(days, refunds, items, ads, shop, today)
        shop, bill = _billed(fees, net, costs, shares, shop, today)
        targets = _net_targets(net, shop, span)
        for period in (*span.periods, Period(span.first, span.last, "")):
            known = [day for day in period.days if day in net.paid]
            found = profit_of(known, net, costs, shares.of(), shop) if known else None
            if found is not None:
                rows.append(_Row(period, found, len(known), _net_target(span, period, known, targets)))
        whole = rows.pop() if rows else None
    counted: list[Declared[_Row]] = [
        ("known", say("Days with figures"), "count", lambda row: float(row.known)),
    ]
    columns: list[Declared[_Row]] = [
        *period_columns(span),
        *(counted if span.by != "day" else ()),
        ("paid", say("Paid amount"), "money", lambda row: row.profit.net.paid),
        ("refunds_known", say("− refunds known"), "money", lambda row: row.profit.net.known),
        ("refunds_to_come", say("− refunds to come"), "money", lambda row: row.profit.net.to_come),
        ("net_sales", say("= net sales"), "money", lambda row: row.profit.net_sales),
        ("net_target", say("Month's net target") if span.by == "month" else say("Net target of these days"),
         "money", lambda row: row.target),
        ("net_reached", say("% of net target"), "rate",
         lambda row: row.profit.net_sales / row.target if row.target else None),
        ("net_low", say(
            "Net sales, lower end of the range"), "money", lambda row: _limit(row, row.profit.net.low)),
        ("net_high", say(
            "Net sales, upper end of the range"), "money", lambda row: _limit(row, row.profit.net.high)),
        ("goods", say("− goods"), "money", lambda row: _line(row, "goods")),
        ("gross", say("= gross profit"), "money", lambda row: row.profit.gross),
        ("fees", say("− platform fees"), "money", lambda row: _line(row, "fees")),
        ("parcels", say("− parcels, insurance, returns"), "money", lambda row: _line(row, "parcels")),
        ("ads", say("− ads"), "money", lambda row: _line(row, "ads")),
        ("commission", say("− affiliates"), "money", lambda row: _line(row, "commission")),
        ("fixed", say("− fixed costs"), "money", lambda row: _line(row, "fixed")),
        ("profit", say("= profit"), "money", lambda row: row.profit.profit),
        ("refund_rate", say("Refund rate (of paid amount)"), "rate", lambda row: row.profit.net.refund_rate),
        ("ad_share", say("Ad share of net sales"), "rate", lambda row: row.profit.ad_share),
        ("margin", say("Profit, share of net sales"), "rate", _margin),
        ("not_booked", say("Share estimated, not booked"), "rate", lambda row: row.profit.not_booked),
        ("state", say("Refunds known, share of all"), "text", _state),
    ]  # fmt: skip
    table = build(
        "profit",
        say("Profit"),
        span.words,
        columns,
        rows,
        notes=[*_notes(net, [row.profit for row in rows]), *bill],
        chart=Chart(say("Net sales and profit"), "period", ("net_sales", "profit"), ("ad_share",)),
    )
    if whole is None:
        return table
    figures = {name for name, _, kind, _ in columns if kind in ("money", "rate")}
    reached = {"net_reached": ratio(table, "net_sales", "net_target")}
    return with_totals(table, ("known", "net_target"), of_whole(columns, whole, figures) | reached)


def _net_targets(net: NetSales, shop: Shop, span: Span) -> dict[date, float]:
    """Return the net target of each day of the span's months; months without one are absent."""
    months = dict.fromkeys(day.replace(day=1) for day in span.days)
    return {
        day: float(target)
        for month in months
        for day, target in targets_by_day(net.paid, net, shop, month).items()
    }


def _net_target(
    span: Span, period: Period, known: Sequence[date], targets: Mapping[date, float]
) -> float | None:
    """Return the net target of a row: of the whole month in a table by month, else of the days with figures.

    None if one of the days has no target, or for a month of which the span lacks the first day.
    """
    if span.by == "month" and period.first.day == 1:
        days: Sequence[date] = [day for day in targets if f"{day:%Y-%m}" == f"{period.first:%Y-%m}"]
    else:
        days = () if span.by == "month" else known
    return sum(targets[day] for day in days) if days and all(day in targets for day in days) else None


def _read(
    days: ShopDay, refunds: Refunds | None, items: Items | None, ads: Ads | None, shop: Shop, today: date
) -> tuple[NetSales, DailyCosts, ShopRefunds]:
    back, goods, spent = (None if one is None else one.frame for one in (refunds, items, ads))
    net = net_sales(days.frame, back, shop, today)
    return net, daily_costs(days.frame, goods, spent, shop), refund_shares(net, back, goods, today)


def _line(row: _Row, name: str) -> float | None:
    found = [one.yuan for one in row.profit.lines if one.id == name]
    return sum(found) if found else None


def _limit(row: _Row, value: float) -> float | None:
    return value if row.profit.net.basis == "list" else None


def _margin(row: _Row) -> float | None:
    profit, net = row.profit.profit, row.profit.net_sales
    return profit / net if profit is not None and net > 0 else None


def _state(row: _Row) -> str:
    net = row.profit.net
    if net.basis != "list":
        return say("calculated by rate")
    return say("nearly all refunds are in") if net.settled else numbers.percent(net.developed, 0)


def _billed(
    fees: Fees | None, net: NetSales, costs: DailyCosts, shares: ShopRefunds, shop: Shop, today: date
) -> tuple[Shop, list[str]]:
    """Return the shop with the fee rates of its newest closed fee bill, and notes on that bill to show.

    The shop is returned unchanged if there is no bill, or if the bill's fees exceed its sales.
    """
    found = billed(None if fees is None else fees.frame, net, costs.orders, shares, shop, today)
    bill = found.bill
    if bill is None:
        return shop, []
    if not found.used:
        return shop, [
            say(
                "The fee bill of {month} has fees higher than its sales, so the settings are used instead.",
                month=bill.month,
            )
        ]
    said = say("Platform fees are calculated with the rates of the fee bill of {month}.", month=bill.month)
    if not is_last_month(bill, today):
        said = say("The newest fee bill is of {month}, so its rates are used.", month=bill.month)
    return found.shop, [said]


def _notes(net: NetSales | None, profits: Sequence[Profit]) -> list[str]:
    if net is None or not profits:
        return []
    notes = [
        say(
            "Everything is by day of payment: refunds count on the day their order was paid. Coupons "
            "paid by the shop are already deducted from the paid amount."
        )
    ]
    if net.basis == "list":
        notes.append(
            say(
                "Refunds to come are estimated; the range covers 80% of the cases and is wider for campaign "
                "days."
            )
        )
    elif net.basis == "rough":
        notes.append(
            say("There is no refund list, so refunds are estimated with the rate of the last four weeks.")
        )
    else:
        notes.append(say("There is no refund list, so refunds are estimated with the rate in the settings."))
    left = dict.fromkeys(name for one in profits for name in one.missing)
    if left:
        notes.append(say("Not included: {names}.", names=listing([say(MISSING[name]) for name in left])))
    return notes


def by_item(
    days: ShopDay | None = None,
    refunds: Refunds | None = None,
    items: Items | None = None,
    ads: Ads | None = None,
    fees: Fees | None = None,
    *,
    shop: Shop,
    span: Span,
    today: date,
) -> ShopTable:
    """Return the profit of each item over the span.

    Ads that belong to no item, platform fees, commission and fixed costs are allocated in proportion to net
    sales, parcels in proportion to buyers.
    """
    rows: list[_Item] = []
    notes: list[str] = []
    if days is not None and items is not None:
        net, costs, shares = _read(days, refunds, items, ads, shop, today)
        shop, bill = _billed(fees, net, costs, shares, shop, today)
        known = [day for day in span.days if day in net.paid]
        whole = profit_of(known, net, costs, shares.of(), shop) if known else None
        if whole is not None:
            rows = _items(items.frame, None if ads is None else ads.frame, known, whole, shares, shop)
            notes = [
                *_notes(net, [whole]),
                *bill,
                say("Sales of the shop that the item figures do not contain are in the last row."),
            ]
    columns: list[Declared[_Item]] = [
        ("item", say("Item"), "text", lambda row: row.name),
        ("item_id", say("Item id"), "text", lambda row: row.item),
        ("paid", say("Paid amount"), "money", lambda row: row.paid),
        ("refunds", say("− refunds"), "money", lambda row: row.paid - row.net),
        ("net_sales", say("= net sales"), "money", lambda row: row.net),
        ("goods", say("− goods"), "money", lambda row: row.goods),
        ("fees", say("− platform fees"), "money", lambda row: row.fees),
        ("parcels", say("− parcels, insurance, returns"), "money", lambda row: row.parcels),
        ("ads", say("− ads"), "money", lambda row: row.ads),
        ("commission", say("− affiliates"), "money", lambda row: row.commission),
        ("fixed", say("− fixed costs"), "money", lambda row: row.fixed),
        ("profit", say("= profit"), "money", lambda row: row.profit),
        (
            "refund_rate",
            say("Refund rate (of paid amount)"),
            "rate",
            lambda row: 1.0 - row.net / row.paid if row.paid else None,
        ),
        (
            "ad_share",
            say("Ad share of net sales"),
            "rate",
            lambda row: row.ads / row.net if row.net > 0 else None,
        ),
    ]
    table = build("profit-items", say("Profit by item"), span.words, columns, rows, notes=notes)
    sums = [name for name, _, kind, _ in columns if kind == "money" and name != "refunds"]
    if any(row.goods is None for row in rows):  # the costs of some items are not known
        sums = [name for name in sums if name not in ("goods", "profit")]
    paid, net_sales, spent = (sum(getattr(row, name) for row in rows) for name in ("paid", "net", "ads"))
    rates = {
        "refunds": paid - net_sales,
        "refund_rate": 1.0 - net_sales / paid if paid else None,
        "ad_share": spent / net_sales if net_sales > 0 else None,
    }
    return with_totals(table, sums, rates)


def _items(
    frame: pd.DataFrame,
    ads: pd.DataFrame | None,
    days: Sequence[date],
    whole: Profit,
    shares: ShopRefunds,
    shop: Shop,
) -> list[_Item]:
    """Return a row for each item, and a last row for net sales of the shop that belong to no item, if any."""
    rows = frame[frame["date"].dt.date.isin(set(days))]
    summed = rows.groupby("item")[["gmv", "units", "buyers"]].sum()
    titles = dict(zip(rows["item"], rows["title"], strict=True))
    paid = {str(item): float(gmv) for item, gmv in summed["gmv"].items() if gmv > 0}
    raw = {item: gmv * shares.of(item).kept for item, gmv in paid.items()}
    scale = _scale(paid, raw, whole)
    net = {item: min(paid[item], value * scale) for item, value in raw.items()}
    rest = max(0.0, whole.net_sales - sum(net.values()))
    if rest > 0.005:  # noqa: PLR2004 - half a fen
        net[""], paid[""] = rest, max(rest, whole.net.paid - sum(paid.values()))
    weights = {item: float(summed["buyers"].get(item, 0.0)) or 1.0 for item in net if item}
    own = _own_ads(ads, days)
    spent = whole.yuan("ads")
    direct = {item: own.get(item, 0.0) for item in net}
    over = sum(direct.values())
    if over > spent > 0:
        direct = {item: value * spent / over for item, value in direct.items()}
    adverts = allocated(direct, net, spent - sum(direct.values()))
    fees, fixed, commission = (
        allocated({}, net, whole.yuan(name)) for name in ("fees", "fixed", "commission")
    )
    parcels = allocated({}, weights or net, whole.yuan("parcels"))
    sent = any(one.id == "parcels" for one in whole.lines)
    goods: dict[str, float | None] = {}
    for item, stays in net.items():
        kept = shares.of(item)
        cost = (
            cost_of(shop, item, paid[item], float(summed["units"].get(item, 0.0)))
            if item
            else (None if shop.margin is None else paid[""] * (1.0 - shop.margin))
        )
        back = 1.0 - stays / paid[item] if paid[item] else 0.0
        both = kept.before + kept.after
        before = back * (kept.before / both if both else 0.0)
        goods[item] = (
            None if cost is None else goods_kept(cost, before, back - before, shop.money.resale_loss or 0.0)
        )
    known = {item: value for item, value in goods.items() if value is not None}
    if len(known) == len(goods) and sum(known.values()) > 0 and whole.yuan("goods") > 0:
        fit = whole.yuan("goods") / sum(known.values())
        goods = {item: value * fit for item, value in known.items()}
    order = sorted(net, key=lambda item: (item == "", -net[item]))
    return [
        _Item(
            item=item,
            name=item_name_words(shop, item, titles),
            paid=paid[item],
            net=net[item],
            goods=goods[item],
            fees=fees[item],
            parcels=parcels.get(item, 0.0) if sent else None,
            ads=adverts[item],
            commission=commission[item],
            fixed=fixed[item],
        )
        for item in order
    ]


def item_name_words(shop: Shop, item: str, titles: dict[str, str]) -> str:
    """Return the item's name, or "not allocated" for the row of sales that belong to no item."""
    return item_name(shop, item, str(titles.get(item, ""))) if item else say("not allocated")


def _scale(paid: dict[str, float], raw: dict[str, float], whole: Profit) -> float:
    """Return the factor by which the items' net sales are multiplied to match the shop's net sales.

    All items together are assumed to have the same share of the shop's net sales as of its paid amount.
    """
    part = min(1.0, sum(paid.values()) / whole.net.paid) if whole.net.paid else 0.0
    total = sum(raw.values())
    return whole.net_sales * part / total if total else 0.0


def _own_ads(frame: pd.DataFrame | None, days: Sequence[date]) -> dict[str, float]:
    rows = None if frame is None else ad_rows(frame)
    if rows is None:
        return {}
    inside = rows[rows["date"].dt.date.isin(set(days)) & (rows["item"] != "")]
    return {str(item): float(cost) for item, cost in inside.groupby("item")["cost"].sum().items()}
