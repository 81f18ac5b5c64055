"""The analysis of the coming month: daily targets, campaigns, line-up, search demand and budget."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.answers.answer import Answer, Evidence, Finding, Number, Verdict, in_order, nodata
from core.exports.kinds.ads import Ads
from core.exports.kinds.items import Items
from core.exports.kinds.search_terms import SearchTerms
from core.exports.kinds.shop_day import ShopDay
from core.language import message
from core.language.message import Value, Words, say
from core.measures import baseline
from core.records.month import CampaignResult
from core.records.records import CampaignEntry, Recorded, Records
from core.records.team import NewItem
from core.shop.settings import Shop
from core.topics.campaigns.month_ahead import findings as month_ahead_findings
from core.topics.campaigns.month_ahead import tables
from core.topics.campaigns.month_ahead.budget import MonthBudget, budget
from core.topics.campaigns.month_ahead.demand import SearchTrends, demand, titles_of
from core.topics.campaigns.month_ahead.forecast import Expected, expected, month_ahead
from core.topics.campaigns.month_ahead.lineup import LineUp, arrivals, lineup
from core.topics.campaigns.month_ahead.slots import Filling, filling
from core.topics.campaigns.planning.campaign import campaigns
from core.topics.sales.month.plan import MonthPlan, month_plan


def plan(  # noqa: PLR0913 - the parameters are what it reads
    days: ShopDay,
    items: Items | None = None,
    search_terms: SearchTerms | None = None,
    ads: Ads | None = None,
    entries: Records[CampaignEntry] | None = None,
    coming: Records[NewItem] | None = None,
    results: Records[CampaignResult] | None = None,
    *,
    shop: Shop,
    today: date,
) -> Answer[Words]:
    """What does the month to come need: target by day, campaigns, line-up, search words, budget?

    Reads the shop's daily figures; where they are there also the items (price bands, heroes), the search
    terms, the ad report, the campaigns and arrivals as recorded, and what earlier campaigns were signed to
    have brought. Up to the 15th it plans this month, after it the next.

    The target is laid on the days by weekday and calendar in whole yuan that add up. Beside it stands what
    the month brings if days go on as usual: the level of the last ordinary days times weekday and calendar;
    its range holds the scatter of days and 10 % for the drift between months. An own campaign is proposed
    where a week on either side is free. A search term counts as rising when its share of search visitors
    grew by a quarter and, all terms tested together, more than chance gives. Budget: the usual share of
    sales, not what the next yuan brings.

    It cannot know what the market searches and we have nothing for: only terms that brought visitors here
    are seen. It knows no campaign outside the records and the calendar, and nothing of last year.
    """
    sales = baseline.column(days.frame, "gmv")
    if not sales:
        return nodata(say("No daily sales are imported yet: a month cannot be planned on nothing."))
    first = month_ahead(today)
    found = expected(sales, shop, first, today)
    split = month_plan(sales, shop, first)
    filled = filling(campaigns(entries), shop, first, today)
    range_ = None if items is None else lineup(items.frame, shop, first, today)
    wanted = None if search_terms is None else demand(search_terms.frame, _titles(items, today), shop, today)
    spend = None if ads is None or split is None else budget(ads.frame, sales, split, shop, today)
    findings: list[Finding[Words]] = [
        month_ahead_findings.target(first, shop.target_of(first), found, shop, today),
        *month_ahead_findings.campaigns(filled, first, today),
        *month_ahead_findings.line_up(range_, arrivals(coming, shop, first), first, today),
        *month_ahead_findings.search(wanted, today),
        *month_ahead_findings.money(spend, shop, today),
        *month_ahead_findings.lessons(_newest(results)),
    ]
    return Answer(
        verdict=_verdict(findings, first, shop, found, filled),
        findings=in_order(findings),
        evidence=_evidence(split, found, spend, range_, wanted, shop),
        limits=tuple(_limits(split, found, range_, wanted, spend)),
    )


def _titles(items: Items | None, today: date) -> dict[str, str]:
    return {} if items is None else titles_of(items.frame, today)


def _newest(results: Records[CampaignResult] | None) -> list[Recorded[CampaignResult]]:
    """Every campaign's last signed result, the latest last."""
    newest: dict[str, Recorded[CampaignResult]] = {}
    for one in results or ():
        newest.pop(one.value.name, None)
        newest[one.value.name] = one
    return list(newest.values())


def _verdict(
    findings: Sequence[Finding[Words]], first: date, shop: Shop, found: Expected | None, filled: Filling
) -> Verdict[Words]:
    goal = shop.target_of(first)
    values: dict[str, Value] = {
        "month": f"{first:%Y-%m}",
        "goal": message.short_money(goal),
        "usual": message.short_money(found.total if found else None),
        "n": filled.planned,
        "aim": filled.recorded.aim,
    }
    if goal is None and found is None:
        text = say("{month} has no target yet; what days as usual bring cannot be said.", **values)
        return Verdict("act", text)
    if goal is None:
        text = say("{month} has no target yet; days as usual bring about {usual}.", **values)
        return Verdict("act", text)
    if found is None:
        text = say(
            "{month}: {goal}, laid on its days; too little history to say how far away it is.", **values
        )
        return Verdict("info", text)
    level = findings[0].level
    if level == "good":
        text = say("{month}: {goal} is in reach as usual ({usual}); {n} of {aim} campaigns stand.", **values)
        return Verdict("good", text)
    gap = message.short_money(goal - found.total)
    text = say(
        "{month}: {goal}, as usual {usual}: {gap} to find; {n} of {aim} campaigns stand.", gap=gap, **values
    )
    return Verdict(level, text)


def _evidence(
    split: MonthPlan | None,
    found: Expected | None,
    spend: MonthBudget | None,
    range_: LineUp | None,
    wanted: SearchTrends | None,
    shop: Shop,
) -> tuple[Evidence[Words], ...]:
    pieces: list[Evidence[Words]] = []
    if found is not None:
        goal = None if split is None else split.total
        pieces.append(
            Number(
                say("The month as usual"),
                "CNY",
                round(found.total),
                round(found.low),
                round(found.high),
                goal,
            )
        )
        pieces.append(Number(say("An ordinary day"), "CNY", round(found.level)))
    if spend is not None:
        pieces.append(Number(say("Ads of the month at the usual share"), "CNY", round(spend.total)))
    if split is not None:
        pieces.append(tables.by_day(split, spend, shop))
    if range_ is not None:
        pieces.append(tables.bands(range_))
    moved = None if wanted is None else tables.terms(wanted)
    return (*pieces, moved) if moved is not None else tuple(pieces)


def _limits(
    split: MonthPlan | None,
    found: Expected | None,
    range_: LineUp | None,
    wanted: SearchTrends | None,
    spend: MonthBudget | None,
) -> list[Words]:
    limits: list[Words] = []
    if split is not None and not split.learnt:
        limits.append(say("Too little history: every weekday was planned alike."))
    if split is not None and split.unsized:
        days = message.listing([message.short_day(day) for day in split.unsized])
        limits.append(say("Without a size in the calendar, planned like any weekday: {days}.", days=days))
    if found is not None and found.paced:
        limits.append(
            say("The month is under way: where it heads is what the target step says, from its own days.")
        )
    elif found is not None:
        limits.append(
            say(
                "As usual: the last {n} ordinary days and the calendar's sizes; a wrong size of a great day "
                "is a wrong month. Nothing of last year is in it.",
                n=found.days,
            )
        )
    if range_ is None:
        limits.append(say("Without the item report nothing can be said of heroes and price bands."))
    if wanted is None:
        limits.append(say("Too few days of search terms to see what rises."))
    else:
        limits.append(
            say("Search terms are those that led to us; what the market searches and we lack is not in them.")
        )
    if spend is not None:
        limits.append(say("The budget is a share of sales; it does not say that the last yuan pays."))
    return limits
