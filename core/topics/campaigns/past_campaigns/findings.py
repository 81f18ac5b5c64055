"""The findings about a finished campaign: net effect, profit, and what is still open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from core.answers.answer import (
    About,
    Evidence,
    Finding,
    Impact,
    LevelName,
    Proposal,
    Table,
    TableColumn,
    finding,
)
from core.exports.kinds.ads import Ads
from core.exports.kinds.items import Items
from core.exports.kinds.refunds import Refunds
from core.exports.kinds.shop_day import ShopDay
from core.language import message
from core.language.message import Value, Words, say
from core.measures.net_sales import net_sales
from core.measures.order_value import ShopRefunds
from core.measures.refund_shares import limit as refunds_limit
from core.records.month import CampaignResult
from core.records.records import Recorded
from core.shop.settings import Shop
from core.topics.campaigns.past_campaigns import after_refunds, confidence_findings
from core.topics.campaigns.past_campaigns.comparisons import Sure, sure
from core.topics.campaigns.past_campaigns.finished import SETTLED, finished, signed_result
from core.topics.campaigns.past_campaigns.review import REFUND_DAYS, CampaignReview, columns_of, review
from core.topics.campaigns.planning.campaign import Campaign
from core.topics.campaigns.planning.findings import impact_of

FROM = 3
"""The number of quiet days after a campaign from which its full review replaces the first estimate."""


def reviewed(  # noqa: PLR0913 - all that is known of them
    found: Sequence[Campaign],
    results: Sequence[Recorded[CampaignResult]],
    days: ShopDay | None,
    items: Items | None,
    ads: Ads | None,
    refunds: Refunds | None,
    measured: ShopRefunds | None = None,
    *,
    shop: Shop,
    today: date,
) -> tuple[list[Finding[Words]], list[Evidence[Words]], list[Words], frozenset[str]]:
    """Return findings, evidence and limits on finished campaigns, and the names of the campaigns covered.

    Limits are texts on what is not known.
    """
    over = [] if days is None else finished(found, shop, today)
    signed = {one.name: result for one in over if (result := signed_result(one, results)) is not None}
    sales: Mapping[date, float] = {} if days is None else columns_of(days.frame)
    net = None
    if over and days is not None and refunds is not None:
        net = net_sales(days.frame, refunds.frame, shop, today)
    told = [
        made
        for one in over
        if sum(day in sales for day in one.after) >= min(FROM, len(one.after)) and one.apart
        and (
            made := review(
                one,
                sales,
                shop,
                today,
                items=None if items is None else items.frame,
                ads=None if ads is None else ads.frame,
                refunds=None if refunds is None else refunds.frame,
                fees=_fees(signed.get(one.name)),
                net_of_days=net,
                measured=measured,
            )
        )
        is not None
    ]  # fmt: skip
    if not told:
        return [], [], [], frozenset()
    frame = None if items is None else items.frame
    checked = [sure(one, sales, frame, results, shop) for one in told]
    findings = [_said(one, signed.get(one.review.campaign.name), today) for one in checked]
    limits = [
        *_limits(told, signed, shop),
        *refunds_limit(measured, shop),
        *confidence_findings.limits(checked),
    ]
    tables: list[Evidence[Words]] = [_table(told, signed), confidence_findings.table(checked)]
    return findings, tables, limits, frozenset(one.campaign.name for one in told)


def _fees(result: CampaignResult | None) -> float:
    return 0.0 if result is None or result.fees is None else result.fees


def _on_its_days(uplift: float, values: Mapping[str, Value]) -> Words:
    if uplift < 0:
        return say(
            "{name}: sold {less} less than usual on the campaign's days ({share})",
            less=_unsigned(uplift),
            **values,
        )
    return say(
        "{name}: sold {plus} more than usual on the campaign's days ({share})",
        plus=_rounded(uplift),
        **values,
    )


def _with_quiet_days(one: CampaignReview) -> Words:
    """Return the text on the additional sales including the quiet days before and after."""
    if one.net.low is None or one.net.high is None:
        around: Words = say("too few weeks without a campaign to give a range")
    else:
        ends: dict[str, Value] = {"low": _rounded(one.net.low), "high": _rounded(one.net.high)}
        around = (
            say("cannot tell; 80% range: {low} to {high}", **ends)
            if one.net.low < 0 < one.net.high
            else say("80% range: {low} to {high}", **ends)
        )
    if one.net.uplift < 0:
        return say(
            "including the quiet days before and after, {less} less ({range}).",
            less=_unsigned(one.net.uplift),
            range=around,
        )
    return say(
        "including the quiet days before and after, {net} ({range}).",
        net=_rounded(one.net.uplift),
        range=around,
    )


def _said(found: Sure, signed: CampaignResult | None, today: date) -> Finding[Words]:
    one = found.review
    values: dict[str, Value] = {
        "name": one.campaign.name,
        "share": message.percent(one.window.share, 0, sign=True),
    }
    text = message.clauses([_on_its_days(one.window.uplift, values), _with_quiet_days(one)])
    level, earned = _earned(found)
    about = About(campaign=one.campaign.name)
    asks = []
    if signed is None and one.quiet_seen >= SETTLED:
        todo = say(
            "Sign off the result of {name} and note what to do differently (form)", name=one.campaign.name
        )
        asks.append(Proposal("operator", todo, due=(today + timedelta(days=1)).isoformat(), about=about))
    return finding(
        "campaigns",
        "review",
        "info" if signed is not None else level,
        message.sentences(
            [text, after_refunds.said(one.kept), *confidence_findings.doubts(found), earned, *_open(one)]
        ),
        *asks,
        about=about,
        impact=_impact(one),
    )


def _impact(one: CampaignReview) -> Impact:
    """Return the profit as an impact; if it is unknown, the additional sales."""
    if one.profit is None:
        return impact_of(one.net.uplift, one.net.low, one.net.high)
    return impact_of(one.profit, one.low, one.high, "margin")


def _earned(found: Sure) -> tuple[LevelName, Words]:
    """Return level and text of the profit.

    It is called a loss only if the whole range of the profit is below zero, and a gain only if it is above; a
    gain also requires that the sales are clearly up.
    """
    one = found.review
    if one.profit is None:
        return "info", say("Whether the campaign made a profit cannot be said yet.")
    values: dict[str, Value] = {
        "profit": _rounded(one.profit),
        "given": message.money(round(one.given_away or 0.0, -2)),
        "ads": _rounded(one.extra_ads or 0.0),
    }
    if one.quiet_seen < min(SETTLED, len(one.campaign.after)):
        return "info", say(
            "Profit so far {profit}, after {given} of discount on sales that would have come "
            "anyway and {ads} of extra ads; the quiet days after the campaign are not over.",
            **values,
        )
    if one.kept is not None and not one.kept.final:
        return "info", say(
            "Profit so far {profit}, after {given} of discount on sales that would have come anyway and "
            "{ads} of extra ads; it is judged once nine tenths of its refunds are in.",
            **values,
        )
    if one.low is not None and one.low > 0 and found.call == "up":
        return "good", say(
            "The campaign probably made a profit of {profit}, after {given} of discount on sales "
            "that would have come anyway and {ads} of extra ads.",
            **values,
        )
    if one.high is not None and one.high < 0:
        return "watch", say(
            "The campaign probably lost {profit}: {given} of discount went to buyers who would "
            "have bought anyway, and {ads} to extra ads.",
            **values,
        )
    return "info", say(
        "The campaign's profit is about {profit}, not clearly different from zero: {given} of "
        "discount on sales that would have come anyway, {ads} of extra ads.",
        **values,
    )


def _open(one: CampaignReview) -> list[Words]:
    """Return the text on which data are still missing and until when; empty if none are."""
    after = one.campaign.after
    if len(after) > one.quiet_seen:
        return [
            say(
                "{seen} of {all} quiet days after the campaign have passed.",
                seen=one.quiet_seen,
                all=len(after),
            )
        ]
    if not one.refunds_final and one.kept is None:
        until = one.campaign.last + timedelta(days=REFUND_DAYS)
        return [say("Refunds are complete only on {day}.", day=message.short_day(until))]
    return []


def _table(told: Sequence[CampaignReview], signed: Mapping[str, CampaignResult]) -> Table[Words]:
    columns = (
        TableColumn(say("Campaign"), id="campaign"),
        TableColumn(say("Ended"), "date", "ended"),
        TableColumn(say("Sold"), "money", "sold"),
        TableColumn(say("Usual sales"), "money", "usual"),
        TableColumn(say("Sold more than usual"), "money", "uplift"),
        TableColumn(say("Including quiet days"), "money", "net"),
        TableColumn(say("After refunds"), "money", "kept"),
        TableColumn(say("Price compared with usual"), "rate", "price_index"),
        TableColumn(say("Discount given"), "money", "given_away"),
        TableColumn(say("Extra ad spend"), "money", "extra_ads"),
        TableColumn(say("Refund rate"), "rate", "refunds"),
        TableColumn(say("Net profit"), "money", "profit"),
        TableColumn(say("Signed off"), "word", "signed", (("yes", say("yes")), ("no", say("no")))),
    )
    rows = tuple(
        (
            one.campaign.name,
            one.campaign.last.isoformat(),
            round(one.window.actual),
            round(one.window.baseline),
            round(one.window.uplift),
            round(one.net.uplift),
            None if one.kept is None else round(one.kept.uplift),
            _known(one.price_index, 4),
            _known(one.given_away),
            _known(one.extra_ads),
            _known(one.refunds, 4),
            _known(one.profit),
            "yes" if one.campaign.name in signed else "no",
        )
        for one in told
    )
    return Table(say("Results of finished campaigns"), columns, rows)


def _limits(told: Sequence[CampaignReview], signed: Mapping[str, CampaignResult], shop: Shop) -> list[Words]:
    limits: list[Words] = [
        say(
            "A campaign is compared with the same weekdays of earlier weeks without one; whatever else "
            "changed since, above all the season, is part of its figure."
        )
    ]
    if shop.margin is None:
        limits.append(say("Without a margin in shop.toml it cannot be said what a campaign earned."))
    elif any(one.price_index is None for one in told):
        limits.append(say("Without item prices of earlier ordinary weeks, the discount given is not known."))
    if any(one.extra_ads is None for one in told):
        limits.append(say("Without the ad spend of every day it cannot be said what a campaign earned."))
    if any(signed.get(one.campaign.name) is None for one in told):
        limits.append(say("Slot fees, coupons and gifts are included only if they are entered (form)."))
    return limits


def _known(value: float | None, digits: int = 0) -> float | None:
    return None if value is None else round(value, digits)


def _rounded(value: float) -> Words:
    return message.money(round(value, -2), sign=True)


def _unsigned(value: float) -> Words:
    return message.money(abs(round(value, -2)))
