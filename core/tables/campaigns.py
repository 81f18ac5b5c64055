"""The campaign results table (活动效果表): what each campaign sold beyond usual days, and its profit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from core.exports.kinds.ads import Ads
from core.exports.kinds.items import Items
from core.exports.kinds.refunds import Refunds
from core.exports.kinds.shop_day import ShopDay
from core.language.wording import N_, say
from core.measures import baseline
from core.records.month import CampaignResult
from core.records.records import CampaignEntry, Records
from core.shop.settings import Shop
from core.tables.span import Span, rated, summed
from core.tables.table import Chart, Declared, ShopTable, build, yes_no
from core.tables.totals import ratio, with_totals
from core.topics.campaigns.past_campaigns.finished import TOLD, Finished, finished, signed_result
from core.topics.campaigns.past_campaigns.review import CampaignReview, review
from core.topics.campaigns.planning.campaign import Campaign, campaigns

Daily = dict[str, dict[date, float]]
KINDS = {"platform": N_("platform campaign"), "own": N_("our own campaign")}

ADDED = ("days", "gmv", "usual", "uplift", "net", "visitors", "buyers", "given_away", "extra_ads", "profit",
         "signed_uplift", "signed_profit", "fees")  # fmt: skip
"""The columns whose total is the sum of the campaigns; the ends of ranges do not add up."""


class _Row(NamedTuple):
    one: Finished
    entry: CampaignEntry | None
    found: CampaignReview | None
    signed: CampaignResult | None
    daily: Daily


def results(  # noqa: PLR0913 - the parameters are the sheets and records it reads
    days: ShopDay | None = None,
    items: Items | None = None,
    ads: Ads | None = None,
    refunds: Refunds | None = None,
    entries: Records[CampaignEntry] | None = None,
    signed: Records[CampaignResult] | None = None,
    *,
    shop: Shop,
    span: Span,
    today: date,
) -> ShopTable:
    """Return the table of campaigns that ended in the span: sales beyond usual days, costs and profit."""
    known = campaigns(entries)
    figures = {
        name: {} if days is None else baseline.column(days.frame, name)
        for name in ("gmv", "visitors", "buyers")
    }
    rows = []
    for one in _over(known, shop, span, today):
        result = signed_result(one, signed or ())
        found = review(
            one,
            figures["gmv"],
            shop,
            today,
            items=None if items is None else items.frame,
            ads=None if ads is None else ads.frame,
            refunds=None if refunds is None else refunds.frame,
            fees=0.0 if result is None or result.fees is None else result.fees,
        ) if one.apart else None  # fmt: skip
        entry = next((campaign.entry for campaign in known if campaign.name == one.name), None)
        rows.append(_Row(one, entry, found, result, figures))
    table = build(
        "campaigns",
        say("Campaign results"),
        span.words,
        _columns(),
        rows,
        notes=_notes(rows),
        chart=Chart(say("Sales because of campaigns"), "name", ("uplift", "net")),
    )
    rates = {"share": ratio(table, "uplift", "usual"), "conversion": ratio(table, "buyers", "visitors")}
    return with_totals(table, ADDED, rates)


def _over(known: Sequence[Campaign], shop: Shop, span: Span, today: date) -> list[Finished]:
    """Return the campaigns that ended in the span, oldest first.

    :func:`finished` returns only campaigns that ended in the :data:`TOLD` days before the day it is given, so
    it is called for days that are :data:`TOLD` days apart.
    """
    found: dict[tuple[str, tuple[date, ...]], Finished] = {}
    seen_from = span.first + timedelta(days=1)
    while seen_from <= min(span.last + timedelta(days=TOLD), today):
        found |= {(one.name, one.days): one for one in finished(known, shop, seen_from)}
        if seen_from == today:
            break
        seen_from = min(seen_from + timedelta(days=TOLD), today)
    return sorted(
        (one for one in found.values() if span.first <= one.last <= span.last), key=lambda one: one.last
    )


def _columns() -> list[Declared[_Row]]:
    return [
        ("name", say("Campaign"), "text", lambda row: row.one.name),
        ("kind", say("Whose campaign"), "text",
         lambda row: row.entry and say(KINDS.get(row.entry.kind, row.entry.kind))),
        ("first", say("First day"), "date", lambda row: row.one.days[0]),
        ("last", say("Last day"), "date", lambda row: row.one.last),
        ("days", say("Number of days"), "count", lambda row: len(row.one.days)),
        ("offer", say("Offer"), "text", lambda row: row.entry and row.entry.discount),
        ("gmv", say("Sales"), "money", lambda row: summed(row.daily["gmv"], row.one.days)),
        ("usual", say("Usual sales on such days"), "money",
         lambda row: row.found and row.found.window.baseline),
        ("uplift", say("Sold more than usual"), "money", lambda row: row.found and row.found.window.uplift),
        ("share", say(
            "Sold more than usual, share"), "rate", lambda row: row.found and row.found.window.share),
        ("net", say("Sold more than usual, with quiet days"), "money",
         lambda row: row.found and row.found.net.uplift),
        ("net_low", say("Sold more with quiet days, lower end (80% range)"), "money",
         lambda row: row.found and row.found.net.low),
        ("net_high", say("Sold more with quiet days, upper end (80% range)"), "money",
         lambda row: row.found and row.found.net.high),
        ("visitors", say("Visitors"), "count", lambda row: summed(row.daily["visitors"], row.one.days)),
        ("buyers", say("Buyers"), "count", lambda row: summed(row.daily["buyers"], row.one.days)),
        ("conversion", say("Conversion"), "rate",
         lambda row: rated(row.daily["buyers"], row.daily["visitors"], row.one.days)),
        ("given_away", say("Discount on sales that would have come "
        "anyway"), "money", lambda row: row.found and row.found.given_away),
        ("extra_ads", say("Extra ad spend"), "money", lambda row: row.found and row.found.extra_ads),
        ("refunds", say("Refund rate so far"), "rate", lambda row: row.found and row.found.refunds),
        ("profit", say("Net profit"), "money", lambda row: row.found and row.found.profit),
        ("signed_uplift", say(
            "Signed-off result: sold more"), "money", lambda row: row.signed and row.signed.uplift),
        ("signed_profit", say(
            "Signed-off result: net profit"), "money", lambda row: row.signed and row.signed.profit),
        ("fees", say("Campaign fees"), "money", lambda row: row.signed and row.signed.fees),
        ("again", say("Run again next time?"), "text", lambda row: row.signed and yes_no(row.signed.again)),
        ("lesson", say("What we learnt"), "text", lambda row: row.signed and row.signed.lesson),
    ]  # fmt: skip


def _notes(rows: Sequence[_Row]) -> list[str]:
    notes = [
        say(
            "Usual days are the same weekdays of earlier weeks without a campaign; selling more does "
            "not prove that the campaign caused it."
        )
    ]
    if any(row.found is None for row in rows):
        notes.append(say("If days or weeks without a campaign are missing, the comparison stays empty."))
    return notes
