"""The analysis of which traffic is worth buying, and how much is missing to the target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from core.answers.answer import Answer, LevelName, Verdict, nodata
from core.answers.incidents import Incidents
from core.exports.kinds.ads import Ads
from core.exports.kinds.items import Items
from core.exports.kinds.reviews import Reviews
from core.exports.kinds.shop_day import ShopDay
from core.exports.kinds.sources import Sources
from core.exports.kinds.stock import Stock
from core.language import message
from core.language.message import Value, Words, say
from core.measures.judged_days import Window, days_of, window
from core.records.records import Records
from core.records.team import PromotionPlan
from core.shop.item_names import item_name
from core.shop.settings import Shop
from core.topics.ads import traffic_holds
from core.topics.ads.traffic import findings as traffic_findings
from core.topics.ads.traffic.buying import Purchase, purchases
from core.topics.ads.traffic.missing import Missing, missing
from core.topics.ads.traffic.spending import spendings
from core.topics.ads.traffic.strengths import selling, strengths
from core.topics.ads.traffic.tables import evidence
from core.topics.page import page_gate
from core.topics.sales.variance.effects import trades
from core.topics.sales.variance.sources import source_gap

TRAFFIC = (
    "source_visitors",
    "source_conversion",
    "source_new_source",
    "item_visitors",
    "item_search_visitors",
    "shop_visitors",
)
"""The incident kinds promotion is responsible for."""
SMALL_GAP = 0.02
"""Gaps to the target below this share of a day's sales are ignored."""


def traffic(  # noqa: PLR0913 - the parameters are what it reads
    days: ShopDay,
    plans: Records[PromotionPlan],
    sources: Sources | None = None,
    ads: Ads | None = None,
    items: Items | None = None,
    stock: Stock | None = None,
    reviews: Reviews | None = None,
    changed: Incidents | None = None,
    *,
    shop: Shop,
    today: date,
) -> Answer[Words]:
    """Which traffic is worth buying, which is not, and how much is missing to the month's target?

    Reads the shop's daily figures; where they are there also sources, ads, items, stock, reviews and refunds,
    and what promotion proposed.

    The average return says whether an ad paid; the next yuan brings less. How much less is measured on the
    shop's own days (how sales followed spend), pulled towards 0.7 because spend rises on good days anyway.
    More is proposed only where the next yuan likely earns its cost, at most a third more, never for an item
    about to be sold out or that pleases its buyers less than it did, and not while the page fails its bounce
    line. Less is proposed where the last yuan likely lost money, a fifth at a time. The traffic missing is
    the month's gap over what a visitor brings; buying it is priced as a range. An item on target shows its
    strength only when it is likely one against items of its price.

    It cannot know what ads bring that the platform credits elsewhere, nor what rivals bid. An honest test
    of a channel is a planned switch of the budget by day for two weeks.
    """
    rows = None if ads is None else ads.frame
    judged = Window((), (), ()) if rows is None or rows.empty else window(days_of(rows), shop, today)
    _, whys = traffic_holds.held(stock, items, reviews, changed, shop, today)
    found: list[Purchase] = []
    names = {} if rows is None else _names(rows, items, shop)
    if rows is not None and judged.enough:
        found = purchases(rows, judged.judged, spendings(rows, judged.judged, shop, names), whys, shop)
    known = trades(days.frame)
    if not known:
        return nodata(say("No daily figures are imported yet: traffic cannot be held against anything."))
    gap = (
        None
        if sources is None
        else source_gap(sources.frame, known, days.frame, shop, today - timedelta(days=1))
    )
    short = missing(days.frame, found, shop, today)
    sold = [] if items is None else selling(items.frame, _sales(days), shop, today)
    strong = strengths(sold, frozenset(whys), shop)
    bounce = page_gate.failing(days.frame, shop, today)
    price = _price(found)
    findings = (
        *(() if changed is None else changed.findings(TRAFFIC)),
        *traffic_findings.of_purchases(found, today, page_fails=bounce is not None),
        *traffic_holds.of_worse(whys, {one.spent.item for one in found}, names, "promotion"),
        *traffic_findings.of_strengths(strong, today),
        *traffic_findings.of_plans(plans, price, shop, today),
    )
    return Answer(
        verdict=_verdict(short, found, bounce, young=bool(judged.young) and not judged.enough),
        findings=findings,
        evidence=evidence(short, found, gap, price, strong),
        limits=_limits(judged, found, short, shop, stock),
    )


def _names(rows: object, items: Items | None, shop: Shop) -> dict[str, str]:
    titles: dict[str, str] = {}
    for frame, column in ((rows, "item_title"), (None if items is None else items.frame, "title")):
        if frame is not None:
            titles |= dict(zip(frame["item"], frame[column], strict=True))  # type: ignore[index]
    return {item: item_name(shop, item, title) for item, title in titles.items() if item}


def _sales(days: ShopDay) -> dict[date, float]:
    known = days.frame[["date", "gmv"]].dropna()
    return dict(zip(known["date"].dt.date, known["gmv"].astype(float), strict=True))


def _price(found: Sequence[Purchase]) -> tuple[float, float] | None:
    """Return the price range of a further visitor: click price over elasticity, middle half of the scenes."""
    known = [one for one in found if one.spent.clicks and one.spent.cost]
    if not known:
        return None
    each = sorted(one.spent.cost / one.spent.clicks / one.slope for one in known)
    return each[len(each) // 4], each[-1 - len(each) // 4]


def _verdict(
    short: Missing | None, found: Sequence[Purchase], bounce: float | None, *, young: bool
) -> Verdict[Words]:
    more = [one for one in found if one.call == "more" and one.change >= traffic_findings.WORTH]
    less = [one for one in found if one.call == "less"]
    budget = round(sum(one.change for one in more))
    saved = round(-sum(one.change for one in less))
    gap: Words = ""
    if short is not None and short.gap > SMALL_GAP * short.needed:
        gap = say(
            "{visitors} visitors a day short ({gap}).",
            visitors=message.count(short.visitors),
            gap=message.money(round(short.gap)),
        )
    values: dict[str, Value] = {
        "budget": message.money(budget),
        "saved": message.money(saved),
        "bounce": message.percent(bounce),
    }
    level, text = _called(bool(more), bool(less), short=gap != "", values=values)
    if bounce is not None and budget:
        level = "act"
        text = say("Fix the page first (bounce {bounce}), then spend {budget} a day more.", **values)
    elif not found and young:
        level, text = "info", say("Too few settled ad days: nothing can be said about buying.")
    elif not found:
        level, text = "info", say("Without the ad report nothing can be said about buying.")
    return Verdict(level, message.sentences([gap, text]))


def _called(
    more: bool,  # noqa: FBT001
    less: bool,  # noqa: FBT001
    *,
    short: bool,
    values: Mapping[str, Value],
) -> tuple[LevelName, Words]:
    """Return level and text of what the ads themselves suggest."""
    if more and less:
        return "act", say(
            "Move {saved} a day from what loses to what earns; {budget} more would pay.", **values
        )
    if more:
        return "watch", say("{budget} a day more would likely pay; more than that is not tested.", **values)
    if less and short:
        return "act", say("Buying does not close it: the last {saved} a day lose money already.", **values)
    if less:
        return "act", say("Spend {saved} a day less: the last yuan lose money.", **values)
    return "watch" if short else "good", say("Ads are where they should be: no yuan more, none less.")


def _limits(
    judged: Window, found: Sequence[Purchase], short: Missing | None, shop: Shop, stock: Stock | None
) -> tuple[Words, ...]:
    said: list[Words] = []
    if judged.judged:
        said.append(
            message.plural(
                "Ads judged on {n} day, {first} to {last}; younger days are not credited in full.",
                "Ads judged on {n} days, {first} to {last}; younger days are not credited in full.",
                len(judged.judged),
                first=message.short_day(judged.judged[0]),
                last=message.short_day(judged.judged[-1]),
            )
        )
    if (judged.judged or judged.young) and not judged.enough:
        said.append(say("Under two weeks of settled ad days: nothing is called worth buying or not."))
    if stock is None and any(one.call == "more" for one in found):
        said.append(say("No stock export: see that the goods are there before buying more for an item."))
    if found:
        said.append(
            say(
                "Spend rises on good days anyway, so the next yuan looks better than it is: before a large"
                " change, switch the budget by ±30 % on days drawn by coin for two weeks."
            )
        )
    if any(not one.measured for one in found):
        said.append(say("Where spend hardly moved, the usual loss of the next yuan (0.7) is assumed."))
    if not shop.margin and found:
        said.append(say("Without a margin in shop.toml nothing can be called worth buying."))
    if short is not None and short.visitors is not None and short.gap > 0:
        said.append(
            say("Missing visitors are counted at what a visitor brings now; bought ones usually bring less.")
        )
    if short is None:
        said.append(say("No target, or no sales of yesterday: what is missing cannot be said."))
    return tuple(said)
