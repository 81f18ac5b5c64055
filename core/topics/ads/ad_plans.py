"""The analysis of an ad report without a keyword report: cost and return by item, ad plan or creative."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.answers.answer import (
    NOTHING,
    About,
    Answer,
    Finding,
    Number,
    Proposal,
    Table,
    TableColumn,
    Verdict,
    finding,
    in_order,
    nodata,
)
from core.exports.kinds.ads import Ads
from core.exports.kinds.items import Items
from core.language import message
from core.language.message import Words, say
from core.measures import baseline
from core.measures.ad_report import ad_rows, credits_sales
from core.measures.judged_days import Window, days_of, window
from core.measures.order_value import ShopRefunds
from core.measures.refund_shares import limit as refunds_limit
from core.shop.item_names import item_name
from core.shop.settings import Shop
from core.topics.ads.keywords import findings
from core.topics.ads.traffic.spending import (
    Spending,
    break_even_name,
    net_limit,
    roi_name,
    spendings,
)

if TYPE_CHECKING:
    import pandas as pd

SHOWN = 30
"""The most rows of the table; the others are added up in one row (a judgement)."""
LARGE = 0.2
"""The share of the ad spend an item must have had for its stop to be reported (a judgement)."""
STEADY_DAYS = 7
"""The number of days before, on each of which the item must have had ad spend."""


def spent(
    ads: Ads,
    items: Items | None = None,
    refunds: ShopRefunds | None = None,
    *,
    shop: Shop,
    today: date,
) -> Answer[Words]:
    """How much does each item, plan or creative cost in ads, and which of them probably lose money?

    Reads the ad report and, if imported, the item file for names.

    Days whose orders are still being credited are shown but not judged; big campaign days are left out.
    The return of each item or plan is compared with the break-even ROI, with its interval; it is said
    to lose money only if that is likely and the amount is worth a look. An item that ran every day of
    the last week with at least a fifth of the spend, but did not run yesterday, is named.

    It does not know what free traffic would have sold anyway. If the report's sales include free
    traffic, no return is shown and nothing is said to lose money.
    """
    rows = ad_rows(ads.frame)
    judged = Window((), (), ()) if rows is None else window(days_of(rows), shop, today)
    if rows is None or not (judged.judged or judged.young):
        return nodata(say("The ad report has no days that can be shown yet."))
    lines = _by_line(rows)
    names = _names(lines, items, shop)
    credited = credits_sales(rows)
    shown = judged.judged or judged.young
    found = spendings(lines, shown, shop, names, refunds)
    judged_lines = found if credited and judged.enough else []
    costs = baseline.totals(rows, "cost")
    last = max(costs)
    stopped = _stopped(lines, names, costs, last)
    return Answer(
        verdict=_verdict(costs, last, shown, judged_lines, shop, credited=credited),
        findings=in_order(
            (
                *findings.of_spending(judged_lines, shop, today),
                *(_of_stopped(one, last, today) for one in stopped),
            )
        ),
        evidence=(_cost(costs, last, shown), _table(found, credited=credited)),
        limits=(
            *_limits(judged, shown, shop, credited=credited),
            *net_limit(found),
            *refunds_limit(refunds, shop),
        ),
    )


def _by_line(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the report with rows by item; in a report without items, plan or creative ids serve as items."""
    if (rows["report"] == "item").all():
        return rows
    ids = rows["plan_id"].where(rows["plan_id"] != "", rows["plan"])
    return rows.assign(item=ids.where(ids != "", "all"), item_title=rows["plan"], report="item")


def _names(lines: pd.DataFrame, items: Items | None, shop: Shop) -> dict[str, Words]:
    titles: dict[str, str] = {}
    for frame, column in ((None if items is None else items.frame, "title"), (lines, "item_title")):
        if frame is not None:
            titles |= {item: title for item, title in zip(frame["item"], frame[column], strict=True) if title}
    return {
        item: item_name(shop, item, titles.get(item, item)) for item in lines["item"].unique() if item
    } | {"all": say("the whole account")}


def _stopped(
    lines: pd.DataFrame, names: dict[str, Words], costs: dict[date, float], last: date
) -> list[tuple[str, Words, float]]:
    """Return large items or plans with ad spend on all seven days before ``last``, but none on ``last``.

    Large means at least a fifth of all ad spend on these seven days. Each is returned as id, name and mean
    daily cost.
    """
    before = [last - timedelta(days=n) for n in range(1, STEADY_DAYS + 1)]
    whole = sum(costs.get(day, 0.0) for day in before)
    found = []
    for item, own in lines.groupby("item"):
        mine = baseline.totals(own, "cost")
        week = [mine.get(day, 0.0) for day in before]
        if all(week) and whole and sum(week) >= LARGE * whole and not mine.get(last):
            found.append((str(item), names[str(item)], sum(week) / len(week)))
    return found


def _of_stopped(one: tuple[str, Words, float], last: date, today: date) -> Finding[Words]:
    item, name, usual = one
    text = say(
        "{item} had no ad spend on {day}, after {usual} a day in the week before: was it stopped, "
        "or is the balance empty?",
        item=name,
        day=message.short_day(last),
        usual=message.money(round(usual)),
    )
    ask = Proposal(
        "promotion",
        say("Find out why the ads of {item} do not run", item=name),
        due=(today + timedelta(days=1)).isoformat(),
        item=item,
    )
    return finding("paid", "stopped", "watch", text, ask, about=About(item=item))


def _verdict(
    costs: dict[date, float],
    last: date,
    shown: Sequence[date],
    judged: Sequence[Spending],
    shop: Shop,
    *,
    credited: bool,
) -> Verdict[Words]:
    said = say(
        "Ad spend was {cost} on {day}, usually {usual} a day.",
        cost=message.money(round(costs[last])),
        day=message.short_day(last),
        usual=message.money(round(_usual(costs, shown))),
    )
    losing = findings.losing(judged, shop)
    if losing:
        text = say(
            "{item} probably loses {money} a day.",
            item=losing[0].name,
            money=message.money(round(losing[0].daily_loss or 0.0)),
        )
        return Verdict("watch", message.sentences([text, said]), asks=True)
    if not credited:
        return Verdict("info", said)
    if not judged or all(one.break_even is None for one in judged):
        return Verdict(
            "info", message.sentences([said, say("It cannot be told yet whether the ads earn money.")])
        )
    return Verdict("info", message.sentences([said, say("No item or plan is likely to lose money.")]))


def _usual(costs: dict[date, float], shown: Sequence[date]) -> float:
    return sum(costs.get(day, 0.0) for day in shown) / len(shown)


def _cost(costs: dict[date, float], last: date, shown: Sequence[date]) -> Number[Words]:
    name = say("Ad spend on {day}", day=message.short_day(last))
    return Number(name, "CNY", round(costs[last], 2), reference=round(_usual(costs, shown), 2))


def _table(found: Sequence[Spending], *, credited: bool) -> Table[Words]:
    columns = [
        TableColumn(say("Item or plan"), "text", "item"),
        TableColumn(say("Ad spend"), "money", "cost", total="sum"),
        TableColumn(say("Impressions"), "count", "impressions", total="sum"),
        TableColumn(say("Clicks"), "count", "clicks", total="sum"),
        TableColumn(say("Click rate"), "rate", "ctr", total="ratio:clicks/impressions"),
        TableColumn(say("CPC"), "money", "cpc", total="ratio:cost/clicks"),
    ]
    if credited:
        columns += [
            TableColumn(say("Orders"), "count", "orders", total="sum"),
            TableColumn(roi_name(found), "ratio", "roi"),
            TableColumn(say("90% range"), "text", "interval"),
            TableColumn(break_even_name(found), "ratio", "break_even"),
        ]
    rows = [_row(one)[: len(columns)] for one in found[:SHOWN]]
    about = [About(item=one.item) for one in found[:SHOWN]]
    if rest := found[SHOWN:]:
        more = message.plural("{n} smaller item or plan", "{n} smaller items or plans", len(rest))
        rows.append((more, round(sum(one.cost for one in rest), 2), *([None] * (len(columns) - 2))))
        about.append(NOTHING)
    return Table(say("Ad spend by item or plan"), tuple(columns), tuple(rows), about=tuple(about))


def _row(one: Spending) -> tuple[Words | float | None, ...]:
    return (
        one.name,
        round(one.cost, 2),
        one.impressions,
        one.clicks,
        round(one.clicks / one.impressions, 4) if one.impressions else None,
        round(one.cost / one.clicks, 2) if one.clicks else None,
        one.orders,
        None if one.roi is None else round(one.roi, 2),
        say("{low}–{high}", low=message.ratio(one.low), high=message.ratio(one.high)),
        None if one.break_even is None else round(one.break_even, 2),
    )


def _limits(judged: Window, shown: Sequence[date], shop: Shop, *, credited: bool) -> tuple[Words, ...]:
    said: list[Words] = [
        message.plural(
            "The table is the total of {n} day, {first} to {last}.",
            "The table is the total of {n} days, {first} to {last}.",
            len(shown),
            first=message.short_day(shown[0]),
            last=message.short_day(shown[-1]),
        )
    ]
    if credited and not judged.enough:
        said.append(
            say(
                "Fewer than two weeks of ad days have all their orders credited: too few to say what is "
                "worth buying."
            )
        )
    if credited and not shop.margin:
        said.append(say("Without a margin in shop.toml it cannot be said what is worth buying."))
    elif credited and shop.profile.fees:
        said.append(
            say(
                "Break-even does not include the platform fees ({fees}): enter a margin that is lower by "
                "that much."
            )
        )
    if not credited:
        said.append(say("The report does not separate the sales from ads, so no return is shown."))
    return tuple(said)
