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
from core.measures.order_value import ShopRefunds
from core.records.month import CampaignResult
from core.records.records import CampaignEntry, Records
from core.records.team import NewItem
from core.shop.item_names import item_name
from core.shop.settings import Shop
from core.topics.campaigns.month_ahead.slots import filling
from core.topics.campaigns.past_campaigns.findings import reviewed
from core.topics.campaigns.planning import findings as planning_findings
from core.topics.campaigns.planning import launch
from core.topics.campaigns.planning.campaign import Campaign, campaigns, channel_names, effect, month
from core.topics.sales.month.calendar_findings import ASKED_AHEAD, of_drafts, open_drafts, sized

AHEAD = 14
"""The number of days ahead in which some campaign should be planned."""
REVIEWED = 14
"""The number of days after its end for which a campaign's effect is shown."""
APART = 7
"""The suggested number of days between two offers."""
PRICE_DAYS = 7
"""A compared price may not exceed the lowest deal price of these days.

明码标价和禁止价格欺诈规定, art. 16, 17.
"""
STATES = {
    "planned": N_("planned"),
    "applied": N_("signed up"),
    "accepted": N_("accepted"),
    "rejected": N_("rejected"),
    "running": N_("running"),
    "over": N_("ended"),
}


def progress(  # noqa: PLR0913 - the parameters are what it reads
    days: ShopDay | None = None,
    entries: Records[CampaignEntry] | None = None,
    items: Items | None = None,
    ads: Ads | None = None,
    refunds: Refunds | None = None,
    results: Records[CampaignResult] | None = None,
    measured: ShopRefunds | None = None,
    new_items: Records[NewItem] | None = None,
    *,
    shop: Shop,
    today: date,
) -> Answer[Words]:
    """Which campaign sign-ups end soon, what is missing for them, and is the month's campaign plan kept?

    Reads the campaigns and new items as recorded, each in its newest version, and, if imported, the daily
    sales (what a past campaign brought), the items (whether a crossed-out price was really paid, what a
    campaign's discount cost), the ad file and the refunds (what was left in the end).

    Reminders start a week before a deadline or a first day and become urgent three days before: materials
    still missing, channels on which it is not announced yet. For the month: campaigns planned and done
    compared with the plan, a week between offers, and at most four days in ten on offer. For a new item that
    is listed without an offer, or two weeks without any plan, a campaign of our own is proposed with its
    dates: three days at a launch price, then the everyday price. A past campaign is compared with the same
    weekdays of earlier weeks without a campaign, never with "the week before". From the third day after it,
    its result includes the quiet days before and after it, the discount on sales that would have come anyway,
    ads and refunds. It is said to have worked only if periods without a campaign seldom show as much (a
    placebo test) and the items not on offer did not change in the same way; otherwise it cannot be told. The
    same campaign of last year is shown beside it, from its daily figures or as signed off. The launch price
    of a new item is worded 首发价, 恢复日常价; a compared price must have been paid within the last seven
    days.

    The program does not know campaigns that were not recorded, the rules of platform campaigns, or the
    prices of single orders: daily average prices only show that the lowest price paid was not higher
    than the lowest of them.
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
    launches = launch.uncovered(new_items, found, today)
    findings += [launch.of_item(one, item_name(shop, one.item), today) for one in launches]
    if not launches and not _planned(found, today):
        findings.append(planning_findings.idea(_free_day(found, shop, today), today))
    signed = tuple(results or ())
    past, tables, unknown, named = reviewed(
        found, signed, days, items, ads, refunds, measured, shop=shop, today=today
    )
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


def _free_day(found: Sequence[Campaign], shop: Shop, today: date) -> date | None:
    """Return the first day, this month or next, on which a campaign of our own fits; None if none does."""
    this = today.replace(day=1)
    following = (this + timedelta(days=31)).replace(day=1)
    return next((day for first in (this, following) for day in filling(found, shop, first, today).free), None)


def _lowest(one: Campaign, items: Items | None, shop: Shop, today: date) -> dict[str, float]:
    """Return, by item name, the lowest daily mean price of the last week of each item the campaign names.

    Empty without the item file, or if the offer names no former price to compare with.
    """
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
        return Verdict(
            "info", say("No campaign is recorded yet: note what is planned, with its sign-up deadline.")
        )
    urgent = [one for one in findings if one.level == "act"]
    if urgent:
        return Verdict("act", urgent[0].text)
    waiting = [one for one in findings if one.level == "watch"]
    if waiting:
        return Verdict("watch", waiting[0].text)
    coming = [one for one in found if one.alive and one.days and one.days[-1] >= today]
    if coming and coming[0].days[0] <= today:
        running = say(
            "Nothing is urgent: {name} runs until {day}.",
            name=coming[0].name,
            day=message.day(coming[0].days[-1]),
        )
        return Verdict("good", running)
    if coming:
        text = say(
            "Nothing is urgent: the next campaign is {name} on {day}, and everything is ready for it.",
            name=coming[0].name,
            day=message.day(coming[0].days[0]),
        )
        return Verdict("good", text)
    return Verdict("info", say("No campaign is planned for the next two weeks."))


def _evidence(
    found: Sequence[Campaign], planned: int, aim: int, share: float, today: date
) -> tuple[Evidence[Words], ...]:
    if not found:
        return ()
    kinds = (("platform", say("by the platform")), ("own", say("our own campaign")))
    states = tuple((state, say(name)) for state, name in STATES.items())
    columns = (
        TableColumn(say("Campaign"), id="campaign"),
        TableColumn(say("Whose campaign"), "word", "kind", kinds),
        TableColumn(say("State"), "word", "state", states),
        TableColumn(say("Sign-up closes"), "date", "deadline"),
        TableColumn(say("Days left"), "count", "days_left"),
        TableColumn(say("From"), "date", "start"),
        TableColumn(say("To"), "date", "end"),
        TableColumn(say("Missing materials"), id="missing"),
        TableColumn(say("Announced on (channels)"), id="told"),
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
        Number(
            say("Campaigns this month, compared with the plan"), "count", float(planned), reference=float(aim)
        ),
        Number(
            say("Share of the month's days with an offer"),
            "rate",
            round(share, 3),
            reference=planning_findings.ERODES,
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
        limits.append(
            say(
                "Some campaigns have no first day yet, so they are missing from the days between "
                "campaigns and from the share of days on offer."
            )
        )
    if days is None:
        limits.append(say("Without daily sales it cannot be said what a past campaign brought."))
    elif any(not one.alive for one in found):
        limits.append(
            say(
                "A campaign is compared by weekday with weeks without one. Other changes at the same time "
                "are included, and a platform festival cannot be separated from a campaign of ours."
            )
        )
    return limits
