"""Net sales after refunds, and the profit, of yesterday and of the month so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from core.answers.answer import Evidence, Finding, LevelName, Number, Table, TableColumn, finding
from core.language import message
from core.language.message import N_, Value, Words, say
from core.measures.fee_rates import billed
from core.measures.net_sales import Net, NetSales
from core.measures.order_value import ShopRefunds
from core.measures.profit import DailyCosts, Profit, daily_costs, profit_of
from core.measures.refund_shares import refund_shares
from core.shop.settings import Shop
from core.topics.sales.net_days import Called
from core.topics.sales.net_target import NetMonth, derived

if TYPE_CHECKING:
    import pandas as pd

PROPOSED_DAYS: Final = 3
"""The number of days at the start of a month on which a net target is proposed.

It is derived from the target in paid money.
"""
SHORT_LIST: Final = 28
CALLS: Final[dict[Called, str]] = {
    "met": N_("reached"),
    "leans_met": N_("probably reached"),
    "open": N_("cannot tell yet"),
    "leans_missed": N_("probably not reached"),
    "missed": N_("not reached"),
}
LINES: Final = {
    "paid": N_("Paid amount"),
    "refunds_known": N_("− refunds known"),
    "refunds_to_come": N_("− refunds to come"),
    "goods": N_("− goods"),
    "fees": N_("− platform fees"),
    "parcels": N_("− parcels, insurance, returns"),
    "ads": N_("− ads"),
    "commission": N_("− affiliates"),
    "fixed": N_("− fixed costs"),
}
_NET: Final = ("paid", "refunds_known", "refunds_to_come")
BEFORE: Final = {"net": _NET, "gross": (*_NET, "goods")}
"""The lines that stand before each subtotal."""
SOURCES: Final = {
    "exact": N_("booked"),
    "estimated": N_("estimated"),
    "setting": N_("from settings"),
    "rate": N_("calculated by rate"),
}
MISSING: Final = {
    "goods": N_("goods cost of some items"),
    "ads": N_("ad spend of some days"),
    "commission": N_("affiliates' commissions"),
    "base_fee": N_("platform fees (base_fee)"),
    "category_fee": N_("category commission (category_fee)"),
    "points": N_("reward points (points)"),
    "ship": N_("parcels (ship)"),
    "insurance": N_("return insurance (insurance)"),
    "return_cost": N_("handling of returns (return_cost)"),
    "resale_loss": N_("loss in value of returned pieces (resale_loss)"),
    "fixed_month": N_("fixed costs (fixed_month)"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Net sales and profit of yesterday and of the month so far, with the net target."""

    day: date
    net: NetSales
    yesterday: Net | None
    week: Net | None
    profit: Profit | None
    month: Profit | None
    target: NetMonth | None
    costs: DailyCosts
    shares: ShopRefunds


def kept(  # noqa: PLR0913, PLR0917 - all that the calculation reads
    days: pd.DataFrame,
    refunds: pd.DataFrame | None,
    items: pd.DataFrame | None,
    ads: pd.DataFrame | None,
    fees: pd.DataFrame | None,
    net: NetSales,
    target: NetMonth | None,
    shop: Shop,
    day: date,
) -> Kept:
    """Return net sales after refunds and the profit, for ``day`` and for its month up to that day."""
    shares = refund_shares(net, refunds, items, day + timedelta(days=1))
    costs = daily_costs(days, items, ads, shop)
    shop = billed(fees, net, costs.orders, shares, shop, day + timedelta(days=1)).shop
    month = [one for one in net.paid if (one.year, one.month) == (day.year, day.month) and one <= day]
    return Kept(
        day=day,
        net=net,
        yesterday=net.day(day),
        week=net.of([day - timedelta(days=back) for back in range(7)]),
        profit=profit_of([day], net, costs, shares.of(), shop),
        month=profit_of(month, net, costs, shares.of(), shop) if month else None,
        target=target,
        costs=costs,
        shares=shares,
    )


def findings(found: Kept, shop: Shop, *, paid_met: bool | None) -> list[Finding[Words]]:
    """Return the findings on net sales and profit.

    ``paid_met`` says whether yesterday reached its target for paid sales; None if there is no such target.
    """
    one = found.yesterday
    if one is None:
        return []
    said = [_net(found, one), *_differs(found, paid_met), *_profit(found)]
    return [*said, *_derived(found, shop)]


def headline(found: Kept) -> Words:
    """Return one sentence on yesterday's net sales and its net target; empty if there is no net target."""
    one, target = found.yesterday, found.target
    if one is None or target is None:
        return ""
    values = _values(one) | {"target": message.money(target.target)}
    if target.called is None:
        return _no_call(found, values)
    return say(
        "Paid {paid} yesterday, about {net} after refunds ({low}–{high}); "
        "target {target}: {called}, {odds} chance of having reached it.",
        called=say(CALLS[target.called]),
        odds=message.percent(min(0.99, max(0.01, one.chance(target.target))), 0),
        **values,
    )


def _values(one: Net) -> dict[str, Value]:
    return {
        "paid": message.money(one.paid),
        "net": message.money(round(one.net)),
        "low": message.money(round(one.low)),
        "high": message.money(round(one.high)),
        "known": message.money(round(one.known)),
        "come": message.money(round(one.to_come)),
        "rate": message.percent(one.refund_rate, 0),
    }


def _no_call(found: Kept, values: dict[str, Value]) -> Words:
    """Return the text saying that yesterday's net sales cannot be judged.

    It gives the last seven days instead if these can be judged.
    """
    week = None if found.target is None else found.target.week
    if found.net.basis != "list" or week is None or not week[1]:
        return say("Paid {paid} yesterday; how much remains after refunds cannot be told yet.", **values)
    seven, target = week
    return say(
        "Too few orders to judge yesterday's net sales; the last 7 days reached {share} of the net "
        "target ({low}–{high}).",
        share=message.percent(seven.net / target, 0),
        low=message.percent(seven.low / target, 0),
        high=message.percent(seven.high / target, 0),
    )


def _net(found: Kept, one: Net) -> Finding[Words]:
    values, net = _values(one), found.net
    told: list[Words] = []
    level: LevelName = "info"
    if found.target is not None:
        told.append(headline(found))
        level = "watch" if found.target.called in ("missed", "leans_missed") else "info"
        level = "good" if found.target.called == "met" else level
    if net.basis == "rough":
        text = say(
            "Of {paid} paid yesterday, about {net} remain at the refund rate of the last four weeks "
            "({rate}). This rate counts refunds on the day they are completed, so single days cannot be "
            "judged by it. Import the refund list.",
            **values,
        )
        return finding("target", "net", "info", text)
    if net.basis == "typed":
        text = say(
            "Of {paid} paid yesterday, about {net} would remain at the refund rate in the settings "
            "({rate}); without the refund list the true figure is unknown.",
            **values,
        )
        return finding("target", "net", "info", text)
    if found.target is None:
        told.append(say("Paid {paid} yesterday, about {net} after refunds ({low}–{high}).", **values))
    told.append(
        say(
            "Of that, {known} is already refunded and {come} is still expected (from how refunds of "
            "earlier days came in).",
            **values,
        )
    )
    if not one.callable and found.target is None and found.week is not None:
        week = _values(found.week)
        told.append(
            say(
                "One day has too few orders for an exact figure; after refunds, the last 7 days brought "
                "{net} ({low}–{high}).",
                **week,
            )
        )
    return finding("target", "net", level, message.sentences(told))


def _differs(found: Kept, paid_met: bool | None) -> list[Finding[Words]]:  # noqa: FBT001
    """Return the finding that the target for paid sales was met but the net target was missed.

    Empty if this is not so.
    """
    target = found.target
    if target is None or not paid_met or target.called not in ("missed", "leans_missed"):
        return []
    text = say("Target reached before refunds, missed after refunds.")
    return [finding("target", "only_paid", "watch", text)]


def _profit(found: Kept) -> list[Finding[Words]]:
    one = found.profit
    if one is None:
        return []
    told: list[Words] = []
    if one.profit is not None:
        told.append(
            say(
                "Profit about {profit} yesterday; {share} of the amounts in it are not booked: they are "
                "estimated, or come from settings and rates.",
                profit=message.money(round(one.profit)),
                share=message.percent(one.not_booked, 0),
            )
        )
    elif "goods" in one.missing:
        told.append(say("The profit is not calculated: the goods cost of some items sold is not set."))
    else:
        told.append(say("The profit is not calculated: yesterday's ad spend is not imported."))
    if one.ad_share is not None:
        told.append(say("Ad share of net sales: {share}.", share=message.percent(one.ad_share)))
    if "commission" in one.missing and one.profit is not None:
        told.append(say("Affiliates' commissions are in no file and left out."))
    left_out = [name for name in one.missing if name not in ("goods", "ads", "commission")]
    if left_out and one.profit is not None:
        told.append(
            say(
                "Not included, because not set in shop.toml [money]: {names}.",
                names=message.listing([say(MISSING[name]) for name in left_out]),
            )
        )
    level: LevelName = "watch" if one.profit is not None and one.profit < 0 else "info"
    return [finding("target", "profit", level, message.sentences(told))]


def _derived(found: Kept, shop: Shop) -> list[Finding[Words]]:
    """Return the finding on the net target that corresponds to the target for paid sales.

    Only on the first days of a month, if no net target is set; otherwise empty.
    """
    gross = shop.target_of(found.day)
    new = found.day.day <= PROPOSED_DAYS and shop.target.judge != "paid"
    if not new or found.target is not None or gross is None or found.net.basis != "list":
        return []
    middle, low, high = derived(gross, found.net.rate, found.net.rate_sd)
    text = say(
        "The target of {gross} corresponds to {net} after refunds ({low}–{high}). If you want to be "
        "judged by net sales, write this into shop.toml [targets_net].",
        gross=message.money(gross),
        net=message.money(round(middle)),
        low=message.money(round(low)),
        high=message.money(round(high)),
    )
    return [finding("target", "net_target", "info", text)]


def evidence(found: Kept) -> tuple[Evidence[Words], ...]:
    """Return the figures of net sales and profit, and the table that shows how the profit is calculated."""
    one, month = found.yesterday, found.month
    if one is None:
        return ()
    low, high = (one.low, one.high) if one.basis == "list" else (None, None)
    goal = None if found.target is None else float(found.target.target)
    pieces: list[Evidence[Words]] = [
        Number(say("Yesterday after refunds"), "CNY", round(one.net, 2), low, high, goal)
    ]
    if found.profit is not None and found.profit.profit is not None:
        pieces.append(Number(say("Yesterday's profit"), "CNY", round(found.profit.profit, 2)))
    if month is not None:
        whole = None if found.target is None else found.target.total
        pieces.append(
            Number(say("Month to date after refunds"), "CNY", round(month.net_sales, 2), reference=whole)
        )
        if month.profit is not None:
            pieces.append(Number(say("Month's profit so far"), "CNY", round(month.profit, 2)))
        if month.ad_share is not None:
            pieces.append(Number(say("Ad share of net sales, month so far"), "rate", month.ad_share))
    if found.profit is not None:
        pieces.append(lines([found.profit, *([month] if month is not None else [])]))
    return tuple(pieces)


def lines(profits: Sequence[Profit]) -> Table[Words]:
    """Return the profit calculation as a table: yesterday and, if given, the month to date.

    Each line shows how certain it is.
    """
    first = profits[0]
    columns = (
        TableColumn(say("Line item"), "text", "line"),
        TableColumn(say("Yesterday"), "money", "yesterday"),
        *((TableColumn(say("Month to date"), "money", "month"),) if len(profits) > 1 else ()),
        TableColumn(say("Certainty"), "text", "certainty"),
    )
    rows: list[tuple[Words | float | None, ...]] = []
    totals: dict[str, tuple[Words, list[float | None]]] = {
        "net": (say("= net sales"), [part.net_sales for part in profits]),
        "gross": (say("= gross profit"), [part.gross for part in profits]),
    }
    for one in first.lines:
        rows += [_total(*totals.pop(name)) for name in tuple(totals) if one.id not in BEFORE[name]]
        yuan = (round(part.yuan(one.id), 2) for part in profits)
        rows.append((say(LINES[one.id]), *yuan, say(SOURCES[one.certainty])))
    rows += [_total(*one) for one in totals.values()]
    rows.append(_total(say("= profit"), [part.profit for part in profits]))
    return Table(say("What remained of sales"), columns, tuple(rows))


def _total(name: Words, yuan: Sequence[float | None]) -> tuple[Words | float | None, ...]:
    return (name, *(None if value is None else round(value, 2) for value in yuan), "")


def _unknown(net: NetSales, day: date) -> Words:
    """Return the text saying why net sales are unknown.

    If the daily figures have refunds, it gives the amount refunded so far.
    """
    if net.unpaid:
        return say(
            "No refund rate is set, and no refund can be matched to a day of payment, so net sales "
            "are not known."
        )
    known = net.known.get(day)
    if known is None:
        return say("There is no refund list and no refund rate, so net sales are not known.")
    return say(
        "{known} of the {paid} of {day} is refunded so far; without a refund list and a refund rate nobody "
        "knows how much will follow.",
        known=message.money(round(known)),
        paid=message.money(round(net.paid[day])),
        day=message.short_day(day),
    )


def limits(found: Kept) -> list[Words]:
    """Return texts on the limitations of the net figures."""
    net = found.net
    said: list[Words] = []
    if net.basis == "none":
        said.append(_unknown(net, found.day))
    if net.unpaid:
        said.append(
            message.plural(
                "{n} refund does not say when its order was paid, and its order is not in the order list: it "
                "counts for no day. Import the orders of the last three months.",
                "{n} refunds do not say when their orders were paid, and their orders are not in the order "
                "list: they count for no day. Import the orders of the last three months.",
                net.unpaid,
            )
        )
    if net.basis == "list" and net.since is not None and net.upto is not None:
        covered = (net.upto - net.since).days + 1
        if covered < SHORT_LIST:
            said.append(
                message.plural(
                    "The refund list covers only {n} day, since {first}: how fast refunds "
                    "usually come in is therefore partly assumed, and earlier days are estimated "
                    "with the usual refund rate.",
                    "The refund list covers only {n} days, since {first}: how fast refunds "
                    "usually come in is therefore partly assumed, and earlier days are estimated "
                    "with the usual refund rate.",
                    covered,
                    first=message.short_day(net.since),
                )
            )
        if net.upto < found.day:
            said.append(
                say(
                    "The refund list ends on {last}: later refunds are estimated.",
                    last=message.short_day(net.upto),
                )
            )
    if net.too_large:
        said.append(
            message.plural(
                "{n} refund is larger than its order; only the amount paid is counted.",
                "{n} refunds are larger than their orders; only the amounts paid are counted.",
                net.too_large,
            )
        )
    return said
