"""The analysis of the coming month: daily targets, campaigns, items, search demand and budget."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.answers.answer import Answer, Evidence, Finding, Number, Verdict, in_order, nodata
from core.exports.kinds.ads import Ads
from core.exports.kinds.items import Items
from core.exports.kinds.listings import Listings
from core.exports.kinds.orders import Orders
from core.exports.kinds.search_terms import SearchTerms
from core.exports.kinds.shop_day import ShopDay
from core.language import message
from core.language.message import Value, Words, say
from core.measures import baseline
from core.measures.order_value import ShopRefunds
from core.records.month import CampaignResult
from core.records.records import CampaignEntry, Recorded, Records
from core.records.team import NewItem
from core.shop.item_names import item_name
from core.shop.settings import Shop
from core.topics.campaigns.month_ahead import bundles, new_in_shop, rival_prices, tables
from core.topics.campaigns.month_ahead import findings as month_ahead_findings
from core.topics.campaigns.month_ahead.budget import MonthBudget, budget
from core.topics.campaigns.month_ahead.crowd import NO_CROWD
from core.topics.campaigns.month_ahead.demand import SearchTrends, demand, titles_of
from core.topics.campaigns.month_ahead.forecast import Expected, expected, month_ahead
from core.topics.campaigns.month_ahead.lineup import LineUp, arrivals, lineup
from core.topics.campaigns.month_ahead.slots import Filling, filling
from core.topics.campaigns.planning.campaign import campaigns
from core.topics.sales.month.plan import MonthPlan, month_plan


def plan(  # noqa: PLR0913, PLR0917 - the parameters are what it reads
    days: ShopDay,
    items: Items | None = None,
    search_terms: SearchTerms | None = None,
    ads: Ads | None = None,
    entries: Records[CampaignEntry] | None = None,
    coming: Records[NewItem] | None = None,
    results: Records[CampaignResult] | None = None,
    orders: Orders | None = None,
    listings: Listings | None = None,
    refunds: ShopRefunds | None = None,
    *,
    shop: Shop,
    today: date,
) -> Answer[Words]:
    """What does the coming month need: daily targets, campaigns, items, search terms and ad budget?

    Reads the shop's daily figures and, if imported, the items (price bands, best sellers), the search terms,
    the ad file, the orders (what is bought together), rivals' listings (their prices), the campaigns and new
    items as recorded, and the signed-off results of earlier campaigns. Up to the 15th it plans this month,
    after that the next.

    The target is divided over the days by weekday and calendar, in whole yuan that add up. Beside it is
    what the month brings if days go on as usual: the level of the last ordinary days × weekday ×
    calendar; its range includes daily variation and 10% for the drift between months. A campaign of our
    own is proposed only where a week on either side is free. A search term counts as rising if its
    share of search visitors grew by at least a quarter and, with all terms tested together, by more
    than chance gives. The ad budget is the usual share of sales; it does not say what additional spend
    returns.

    The program does not know what people search for on the market that we do not sell: it sees only
    terms that brought visitors here. It does not know campaigns outside the records and the calendar,
    or anything of last year.
    """
    sales = baseline.column(days.frame, "gmv")
    if not sales:
        return nodata(say("No daily sales are imported yet, so a month cannot be planned."))
    first = month_ahead(today)
    shop, from_net = _with_paid_target(shop, first, refunds)
    found = expected(sales, shop, first, today)
    split = month_plan(sales, shop, first)
    filled = filling(campaigns(entries), shop, first, today)
    range_ = None if items is None else lineup(items.frame, shop, first, today)
    wanted = None if search_terms is None else demand(search_terms.frame, _titles(items, today), shop, today)
    new = None if items is None else new_in_shop.arrivals_seen(items.frame, shop, today)
    pairs = None if orders is None else bundles.bundles(orders.frame, _names(items, shop), today)
    bands = () if range_ is None else range_.bands
    prices = rival_prices.beside_rivals(bands, None if listings is None else listings.frame, today)
    spend = None if ads is None or split is None else budget(ads.frame, sales, split, shop, today)
    findings: list[Finding[Words]] = [
        month_ahead_findings.target(first, shop.target_of(first), found, shop, today),
        *month_ahead_findings.campaigns(filled, first, today),
        *month_ahead_findings.line_up(range_, arrivals(coming, shop, first), first, today),
        *new_in_shop.findings(new),
        *bundles.findings(pairs, today),
        *rival_prices.findings(prices, today),
        *month_ahead_findings.search(wanted, today),
        *month_ahead_findings.money(spend, shop, today),
        *month_ahead_findings.lessons(_newest(results)),
    ]
    return Answer(
        verdict=_verdict(findings, first, shop, found, filled),
        findings=in_order(findings),
        evidence=(
            *_evidence(split, found, spend, range_, wanted, shop),
            *rival_prices.table(prices),
            *new_in_shop.table(new),
            *bundles.table(pairs),
        ),
        limits=(*from_net, *_limits(split, found, range_, wanted, spend), *_range_limits(prices, pairs)),
    )


def _with_paid_target(shop: Shop, first: date, refunds: ShopRefunds | None) -> tuple[Shop, tuple[Words, ...]]:
    """Return the shop with the paid sales that its net target takes, and a text that says so.

    The shop is returned unchanged if it has a target for paid sales, or no net target.
    """
    net = shop.net_target_of(first)
    if shop.target_of(first) is not None or net is None or refunds is None or not refunds.shop.kept:
        return shop, ()
    paid = net / refunds.shop.kept
    said = say(
        "The net target of {net} takes about {paid} of paid sales at the usual refund rate of {rate}; the "
        "plan is for these.",
        net=message.money(net),
        paid=message.money(round(paid)),
        rate=message.percent(1.0 - refunds.shop.kept, 0),
    )
    return shop._replace(targets={**shop.targets, f"{first:%Y-%m}": float(round(paid))}), (said,)


def _names(items: Items | None, shop: Shop) -> dict[str, str]:
    """Return the items' names by title."""
    if items is None:
        return {}
    shown = zip(items.frame["item"], items.frame["title"], strict=True)
    return {str(title): item_name(shop, str(item), str(title)) for item, title in shown}


def _range_limits(
    prices: rival_prices.BesideRivals | None, pairs: bundles.Bundles | None
) -> tuple[Words, ...]:
    said = [NO_CROWD]
    if prices is None:
        said.append(
            say("Rivals' listings were not looked at in the last two weeks: their prices are not known.")
        )
    else:
        said.append(say("Rivals' prices are those listed, before coupons; ours are what buyers paid."))
    if pairs is None:
        said.append(say("Without the order list it is not known which items are bought together."))
    return tuple(said)


def _titles(items: Items | None, today: date) -> dict[str, str]:
    return {} if items is None else titles_of(items.frame, today)


def _newest(results: Records[CampaignResult] | None) -> list[Recorded[CampaignResult]]:
    """Return the last signed result of every campaign, in the order in which they were signed."""
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
        text = say(
            "{month} has no target yet, and it cannot be said what ordinary days would bring.", **values
        )
        return Verdict("act", text)
    if goal is None:
        text = say("{month} has no target yet; ordinary days would bring about {usual}.", **values)
        return Verdict("act", text)
    if found is None:
        text = say(
            "{month}: the target of {goal} is divided over its days; there is too little history to say "
            "how likely it is.",
            **values,
        )
        return Verdict("info", text)
    level = findings[0].level
    if level == "good":
        text = say(
            "{month}: ordinary days reach the target of {goal} ({usual}); {n} of {aim} campaigns planned.",
            **values,
        )
        return Verdict("good", text)
    if goal <= found.total:
        text = say(
            "{month}: target {goal}, ordinary days bring hardly more ({usual}); {n} of {aim} campaigns "
            "planned.",
            **values,
        )
        return Verdict(level, text)
    gap = message.short_money(goal - found.total)
    text = say(
        "{month}: target {goal}, ordinary days bring {usual} ({gap}); {n} of {aim} campaigns planned.",
        gap=gap,
        **values,
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
                say("The month's sales with ordinary days only"),
                "CNY",
                round(found.total),
                round(found.low),
                round(found.high),
                goal,
            )
        )
        pieces.append(Number(say("An ordinary day"), "CNY", round(found.level)))
    if spend is not None:
        pieces.append(Number(say("The month's ad spend at the usual share"), "CNY", round(spend.total)))
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
        limits.append(say("Too little history: every weekday gets the same target."))
    if split is not None and split.unsized:
        days = message.listing([message.short_day(day) for day in split.unsized])
        limits.append(
            say(
                "In the calendar without a multiplier, so planned like an ordinary weekday: {days}.",
                days=days,
            )
        )
    if found is not None and found.paced:
        limits.append(
            say("The month has begun: its forecast is that of the target step, from the days so far.")
        )
    elif found is not None:
        limits.append(
            say(
                "“Ordinary days” means the last {n} ordinary days times the calendar's "
                "multipliers. If the multiplier of a big campaign is wrong, the month's figure "
                "is wrong too. Last year is not used.",
                n=found.days,
            )
        )
    if range_ is None:
        limits.append(say("Without the item file nothing can be said about best sellers and price bands."))
    if wanted is None:
        limits.append(say("Too few days of search terms to see which are rising."))
    else:
        limits.append(
            say(
                "Only search terms that led to our shop are known, not what people search for and we do not "
                "sell."
            )
        )
    if spend is not None:
        limits.append(
            say("The ad budget is a share of sales; it does not say that the last part spent pays off.")
        )
    return limits
