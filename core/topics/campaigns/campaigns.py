"""The analysis of campaigns: sign-up deadlines, missing assets, and the month's plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from core.answers.answer import (
    About,
    Answer,
    Evidence,
    Finding,
    Number,
    Table,
    TableColumn,
    Verdict,
    in_order,
)
from core.exports.kinds.ads import Ads
from core.exports.kinds.items import Items
from core.exports.kinds.refunds import Refunds
from core.exports.kinds.shop_day import ShopDay
from core.language import message
from core.language.message import N_, Words, say
from core.measures import baseline
from core.records.month import CampaignResult
from core.records.records import CampaignEntry, Records
from core.shop.item_names import item_name
from core.shop.settings import Shop
from core.topics.campaigns.past_campaigns.findings import reviewed
from core.topics.campaigns.planning import findings as planning_findings
from core.topics.campaigns.planning.campaign import Campaign, campaigns, channel_names, effect, month
from core.topics.sales.month.calendar_findings import ASKED_AHEAD, of_drafts, open_drafts, sized

AHEAD = 14
"""The number of days ahead for which something should be planned."""
REVIEWED = 14
"""The number of days after its end for which a campaign's effect is shown."""
APART = 7
"""The suggested days between two offers (analysis 9)."""
PRICE_DAYS = 7
"""Days whose lowest deal price limits a compared price (明码标价和禁止价格欺诈规定, art. 16, 17)."""
STATES = {
    "planned": N_("planned"),
    "applied": N_("applied for"),
    "accepted": N_("accepted"),
    "rejected": N_("rejected"),
    "running": N_("running"),
    "over": N_("over"),
}


def progress(
    days: ShopDay | None = None,
    entries: Records[CampaignEntry] | None = None,
    items: Items | None = None,
    ads: Ads | None = None,
    refunds: Refunds | None = None,
    results: Records[CampaignResult] | None = None,
    *,
    shop: Shop,
    today: date,
) -> Answer[Words]:
    """Which sign-up ends soon, what is missing, and is the month's plan kept?

    Reads the campaigns as they were recorded, each in its newest form; where they are there also the daily
    sales (what a past campaign brought), the items (whether a struck-through price was really asked, what a
    campaign's discount cost), the ad report and the refunds (what was left of it).

    Said a week before a deadline or a first day, urgent from three days on: materials still missing, channels
    not yet told. The month: campaigns planned and done against the plan, a week between offers, at most four
    days in ten on offer. A past campaign is held against the same weekdays of clean weeks before it, never
    against "the week before"; from the third day behind it with the quiet before and after it, the discount
    on sales that would have come anyway, ads and refunds. It is called only when windows without a campaign
    seldom show as much (placebo) and the items not on offer do not show the same; else "no call". Beside it
    stands the same campaign of last year, from its days or as it was signed. A new arrival's launch price is
    worded 首发价, 恢复日常价; a compared price has to have been paid within seven days.

    It knows no campaign that was not recorded, no rules of a platform campaign, and no prices of single
    orders: the lowest daily mean price bounds the lowest deal from above.
    """
    found = campaigns(entries)
    plan = month(found, shop, today, APART)
    findings = planning_findings.there(
        [
            *(planning_findings.deadline(one, today) for one in found),
            *(planning_findings.starting(one, today) for one in found),
            *(planning_findings.ending(one, today) for one in found),
        ]
    )
    for one in found:
        findings += planning_findings.price_wording(one, _lowest(one, items, shop, today))
    drafts = open_drafts(shop, today, today + timedelta(days=ASKED_AHEAD))
    findings += of_drafts("campaigns", list(sized(drafts, today)), today)
    findings += planning_findings.month_filled(plan, today)
    if not _planned(found, today):
        findings.append(planning_findings.idea(today))
    signed = tuple(results or ())
    past, tables, unknown, named = reviewed(found, signed, days, items, ads, refunds, shop=shop, today=today)
    findings += [*past, *_effects([one for one in found if one.name not in named], days, shop, today)]
    return Answer(
        verdict=_verdict(found, findings, today),
        findings=in_order(findings),
        evidence=(*_evidence(found, plan.planned, plan.aim, plan.share, today), *tables),
        limits=(*_limits(found, days), *unknown),
    )


def _planned(found: Sequence[Campaign], today: date) -> bool:
    """Return whether a campaign runs, starts or has its deadline within the next two weeks."""
    until = today + timedelta(days=AHEAD)
    return any(
        one.alive
        and (
            any(today <= day <= until for day in one.days)
            or (one.entry.deadline is not None and today <= one.entry.deadline <= until)
        )
        for one in found
    )


def _lowest(one: Campaign, items: Items | None, shop: Shop, today: date) -> dict[str, float]:
    """Return the lowest daily mean price of the last week of the items named in the entry, by short name."""
    if items is None or one.struck_price is None:
        return {}
    frame = items.frame
    when = frame["date"].dt.date
    week = frame[(when >= today - timedelta(days=PRICE_DAYS)) & (when < today) & (frame["units"] > 0)]
    told = f"{one.name} {one.entry.materials} {one.entry.discount}"
    lowest: dict[str, float] = {}
    for item, title, gmv, units in zip(week["item"], week["title"], week["gmv"], week["units"], strict=True):
        name = item_name(shop, str(item), str(title))
        if name in told or str(item) in told:
            lowest[name] = min(lowest.get(name, float("inf")), float(gmv) / float(units))
    return lowest


def _effects(
    found: Sequence[Campaign], days: ShopDay | None, shop: Shop, today: date
) -> list[Finding[Words]]:
    if days is None:
        return []
    sales = baseline.column(days.frame, "gmv")
    ended = [
        one
        for one in found
        if one.days
        and one.days[-1] < today
        and one.entry.state != "rejected"
        and (today - one.days[-1]).days <= REVIEWED
    ]
    judged = [(one, effect(one, sales, shop)) for one in ended]
    return [planning_findings.brought(one, uplift) for one, uplift in judged if uplift is not None]


def _verdict(found: Sequence[Campaign], findings: Sequence[Finding[Words]], today: date) -> Verdict[Words]:
    if not found:
        return Verdict("info", say("No campaign is recorded: write down what is planned, with its deadline."))
    urgent = [one for one in findings if one.level == "act"]
    if urgent:
        return Verdict("act", urgent[0].text)
    waiting = [one for one in findings if one.level == "watch"]
    if waiting:
        return Verdict("watch", waiting[0].text)
    coming = [one for one in found if one.alive and one.days and one.days[-1] >= today]
    if coming:
        text = say(
            "Nothing is due: next is {name} on {day}, and it lacks nothing.",
            name=coming[0].name,
            day=message.day(coming[0].days[0]),
        )
        return Verdict("good", text)
    return Verdict("info", say("Nothing is planned for the next two weeks."))


def _evidence(
    found: Sequence[Campaign], planned: int, aim: int, share: float, today: date
) -> tuple[Evidence[Words], ...]:
    if not found:
        return ()
    kinds = (("platform", say("platform")), ("own", say("ours")))
    states = tuple((state, say(name)) for state, name in STATES.items())
    columns = (
        TableColumn(say("Campaign"), id="campaign"),
        TableColumn(say("Whose"), "word", "kind", kinds),
        TableColumn(say("State"), "word", "state", states),
        TableColumn(say("Hand in by"), "date", "deadline"),
        TableColumn(say("Days left"), "count", "days_left"),
        TableColumn(say("From"), "date", "start"),
        TableColumn(say("To"), "date", "end"),
        TableColumn(say("Missing"), id="missing"),
        TableColumn(say("Told"), id="told"),
        TableColumn(say("Offer"), id="offer"),
    )
    rows = tuple(
        (
            one.name,
            one.entry.kind,
            one.entry.state,
            _iso(one.entry.deadline),
            _left(one, today),
            _iso(one.entry.start),
            _iso(one.entry.end),
            message.listing(one.missing) if one.missing else "",
            channel_names(one.told) if one.told else "",
            one.entry.discount,
        )
        for one in found
    )
    return (
        Table(
            say("Campaigns"),
            columns,
            rows,
            tuple(f"campaigns/{one.name}" for one in found),
            about=tuple(About(campaign=one.name) for one in found),
        ),
        Number(say("Campaigns this month, against the plan"), "count", float(planned), reference=float(aim)),
        Number(
            say("Days of the month on offer"), "rate", round(share, 3), reference=planning_findings.ERODES
        ),
    )


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _left(one: Campaign, today: date) -> int | None:
    until = one.entry.deadline
    return None if until is None or not one.to_apply or until < today else (until - today).days


def _limits(found: Sequence[Campaign], days: ShopDay | None) -> list[Words]:
    limits: list[Words] = [say("Only campaigns that were recorded are known.")]
    if any(one.alive and not one.entry.start for one in found):
        limits.append(say("Some have no first day yet: their distance and share cannot be counted."))
    if days is None:
        limits.append(say("Without daily sales nothing can be said of what a past campaign brought."))
    elif any(not one.alive for one in found):
        limits.append(
            say(
                "A campaign's effect is compared by weekday with clean weeks; what else changed in them "
                "is in it, and a platform's own festival cannot be told from ours."
            )
        )
    return limits
