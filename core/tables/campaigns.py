"""Campaign results (活动效果表): what each campaign sold beyond its usual days, and what it left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

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
from core.tables.table import Chart, ShopColumn, ShopTable, build
from core.topics.campaigns.past_campaigns.finished import TOLD, Finished, finished
from core.topics.campaigns.past_campaigns.review import CampaignReview, review
from core.topics.campaigns.planning.campaign import Campaign, campaigns

Daily = dict[str, dict[date, float]]
KINDS = {"platform": N_("the platform's"), "own": N_("our own")}


def results(  # noqa: PLR0913 - the parameters are what it reads
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
    """What did each campaign that ended in these days sell beyond its usual, and what was earned?"""
    known = campaigns(entries)
    figures = {
        name: {} if days is None else baseline.column(days.frame, name)
        for name in ("gmv", "visitors", "buyers")
    }
    results_by_name = {one.value.name: one.value for one in signed or ()}
    rows = []
    for one in _over(known, shop, span, today):
        result = results_by_name.get(one.name)
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
        rows.append({**_known(one, known, figures), **_worked_out(found), **_signed(result)})
    return build(
        "campaigns",
        say("Campaign results"),
        span.words,
        _columns(),
        rows,
        notes=_notes(rows),
        chart=Chart(say("Sales beyond usual days"), "name", ("uplift", "net")),
    )


def _over(known: Sequence[Campaign], shop: Shop, span: Span, today: date) -> list[Finished]:
    """Return the campaigns that ended in the span, the oldest first; the subject tells of a month at once."""
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


def _known(one: Finished, known: Sequence[Campaign], figures: Daily) -> dict[str, object]:
    entry = next((campaign.entry for campaign in known if campaign.name == one.name), None)
    return {
        "name": one.name,
        "kind": "" if entry is None else say(KINDS.get(entry.kind, entry.kind)),
        "first": one.days[0],
        "last": one.last,
        "days": float(len(one.days)),
        "offer": "" if entry is None else entry.discount,
        "gmv": summed(figures["gmv"], one.days),
        "visitors": summed(figures["visitors"], one.days),
        "buyers": summed(figures["buyers"], one.days),
        "conversion": rated(figures["buyers"], figures["visitors"], one.days),
    }


def _worked_out(found: CampaignReview | None) -> dict[str, object]:
    if found is None:
        return {}
    return {
        "usual": found.window.baseline,
        "uplift": found.window.uplift,
        "share": found.window.share,
        "net": found.net.uplift,
        "net_low": found.net.low,
        "net_high": found.net.high,
        "given_away": found.given_away,
        "extra_ads": found.extra_ads,
        "refunds": found.refunds,
        "profit": found.profit,
    }


def _signed(result: CampaignResult | None) -> dict[str, object]:
    if result is None:
        return {}
    again = "" if result.again is None else say("yes") if result.again else say("no")
    return {
        "signed_uplift": result.uplift,
        "signed_profit": result.profit,
        "fees": result.fees,
        "again": again,
        "lesson": result.lesson,
    }


def _columns() -> list[ShopColumn]:
    return [
        ShopColumn("name", say("Campaign")),
        ShopColumn("kind", say("Whose")),
        ShopColumn("first", say("First day"), "date"),
        ShopColumn("last", say("Last day"), "date"),
        ShopColumn("days", say("Number of days"), "count"),
        ShopColumn("offer", say("Offer")),
        ShopColumn("gmv", say("Sales"), "money"),
        ShopColumn("usual", say("Usual on such days"), "money"),
        ShopColumn("uplift", say("Beyond usual"), "money"),
        ShopColumn("share", say("Beyond usual, share"), "rate"),
        ShopColumn("net", say("Net of the quiet around it"), "money"),
        ShopColumn("net_low", say("Net, 8 in 10 from"), "money"),
        ShopColumn("net_high", say("Net, 8 in 10 to"), "money"),
        ShopColumn("visitors", say("Visitors"), "count"),
        ShopColumn("buyers", say("Buyers"), "count"),
        ShopColumn("conversion", say("Conversion"), "rate"),
        ShopColumn("given_away", say("Discount given anyway"), "money"),
        ShopColumn("extra_ads", say("Ads beyond usual"), "money"),
        ShopColumn("refunds", say("Gone back so far"), "rate"),
        ShopColumn("profit", say("Earned"), "money"),
        ShopColumn("signed_uplift", say("Signed: beyond usual"), "money"),
        ShopColumn("signed_profit", say("Signed: earned"), "money"),
        ShopColumn("fees", say("Fees"), "money"),
        ShopColumn("again", say("Again?")),
        ShopColumn("lesson", say("Learnt")),
    ]


def _notes(rows: Sequence[dict[str, object]]) -> list[str]:
    notes = [
        say("Usual days are the same weekdays of clean weeks before the campaign; a gain proves no cause.")
    ]
    if any("net" not in row for row in rows):
        notes.append(say("Where days or clean weeks are missing, what lies beyond usual stays empty."))
    return notes
