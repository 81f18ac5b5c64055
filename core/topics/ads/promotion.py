"""The analysis of which traffic is worth buying, and how much traffic is missing to reach the target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from core.answers.answer import Answer, LevelName, Verdict, nodata
from core.answers.incidents import Incidents
from core.exports.kinds.ads import Ads
from core.exports.kinds.items import Items
from core.exports.kinds.refunds import Refunds
from core.exports.kinds.reviews import Reviews
from core.exports.kinds.shop_day import ShopDay
from core.exports.kinds.sources import Sources
from core.exports.kinds.stock import Stock
from core.language import message
from core.language.message import Value, Words, say
from core.measures.judged_days import Window, days_of, window
from core.measures.order_value import ShopRefunds
from core.measures.refund_shares import limit as refunds_limit
from core.records.records import Records
from core.records.team import PromotionPlan
from core.shop.item_names import item_name
from core.shop.settings import Shop
from core.topics.ads import traffic_holds
from core.topics.ads.traffic import findings as traffic_findings
from core.topics.ads.traffic.buying import Purchase, purchases
from core.topics.ads.traffic.missing import Missing, missing
from core.topics.ads.traffic.spending import net_limit, spendings
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
"""The kinds of incidents that promotion is responsible for."""
SMALL_GAP = 0.02
"""A gap to the target below this share of a day's needed sales is ignored."""


def traffic(  # noqa: PLR0913, PLR0917 - the parameters are what it reads
    days: ShopDay,
    plans: Records[PromotionPlan],
    sources: Sources | None = None,
    ads: Ads | None = None,
    items: Items | None = None,
    stock: Stock | None = None,
    reviews: Reviews | None = None,
    changed: Incidents | None = None,
    refunds: ShopRefunds | None = None,
    returned: Refunds | None = None,
    *,
    shop: Shop,
    today: date,
) -> Answer[Words]:
    """Which traffic is worth buying, which is not, and how many visitors does the month still need?

    Reads the shop's daily figures and, if imported, traffic sources, ads, items, stock, reviews,
    refunds and what the promotion team proposed.

    The average return says whether an ad paid, but additional spend always returns less than the
    average. How much less is measured on the shop's own days (how sales followed spend) and moved
    towards a usual value (10% more spend, 7% more sales), because spend rises on good days anyway.
    Spending more is advised only if the additional money will probably earn its cost: at most a third
    more, never for an item about to sell out or with worsening reviews or refunds, and not while the
    page misses its bounce limit. Spending less is advised if the last part spent probably lost money, a
    fifth at a time. The number of missing visitors is the month's missing sales divided by what a
    visitor brings, both after refunds if a net target is set; what they cost is given as a range. An
    item above its target is said to have a strength only if it is probably real compared with items of
    a similar price.

    It does not see sales that ads bring but the platform credits elsewhere, nor what rivals bid. A fair
    test of an ad channel is to switch its budget on and off on planned days for two weeks.
    """
    rows = None if ads is None else ads.frame
    judged = Window((), (), ()) if rows is None or rows.empty else window(days_of(rows), shop, today)
    _, whys = traffic_holds.held(stock, items, reviews, changed, shop, today, refunds)
    found: list[Purchase] = []
    names = {} if rows is None else _names(rows, items, shop)
    if rows is not None and judged.enough:
        spent = spendings(rows, judged.judged, shop, names, refunds)
        found = purchases(rows, judged.judged, spent, whys, shop)
    known = trades(days.frame)
    if not known:
        return nodata(say("No daily figures are imported yet, so there is nothing to compare traffic with."))
    gap = (
        None
        if sources is None
        else source_gap(sources.frame, known, days.frame, shop, today - timedelta(days=1))
    )
    short = missing(days.frame, found, shop, today, None if returned is None else returned.frame)
    sold = [] if items is None else selling(items.frame, _sales(days), shop, today)
    ailing = frozenset() if changed is None else changed.items
    strong = strengths(sold, ailing | frozenset(whys), shop)
    strong = [one for one in strong if one.selling.item not in ailing]
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
        limits=(
            *_limits(judged, found, short, shop, stock),
            *net_limit([one.spent for one in found]),
            *refunds_limit(refunds, shop),
        ),
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
    """Return the range of the cost of one more visitor in yuan; None if there are no ad clicks.

    That cost is the cost per click divided by the elasticity; the range covers the middle half of the items
    and ad types.
    """
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
            "{visitors} visitors a day missing (worth {gap}).",
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
        text = say("Fix the page first (bounce rate {bounce}), then spend {budget} a day more.", **values)
    elif not found and young:
        level, text = (
            "info",
            say("Too few days of ads have all their orders credited to say whether buying traffic pays."),
        )
    elif not found:
        level, text = "info", say("Without the ad file it cannot be said whether buying traffic pays.")
    return Verdict(level, message.sentences([gap, text]))


def _called(
    more: bool,  # noqa: FBT001
    less: bool,  # noqa: FBT001
    *,
    short: bool,
    values: Mapping[str, Value],
) -> tuple[LevelName, Words]:
    """Return level and text of the verdict on spending more or less, by the ad figures alone.

    ``more`` and ``less`` say whether spending more or less pays for any item and ad type; ``short`` says
    whether too few visitors are expected to reach the target.
    """
    if more and less:
        return "act", say(
            "Move {saved} a day from ads that lose money to ads that earn it; {budget} a day more would "
            "pay off.",
            **values,
        )
    if more:
        return "watch", say(
            "{budget} a day more would probably pay off; for more than that there is no data.", **values
        )
    if less and short:
        return "act", say(
            "Buying traffic does not make up for the missing visitors: the last {saved} spent "
            "each day already loses money.",
            **values,
        )
    if less:
        return "act", say("Spend {saved} a day less: the last part spent loses money.", **values)
    return "watch" if short else "good", say("Ad spend is right: neither raise nor lower it.")


def _limits(
    judged: Window, found: Sequence[Purchase], short: Missing | None, shop: Shop, stock: Stock | None
) -> tuple[Words, ...]:
    said: list[Words] = []
    if judged.judged:
        said.append(
            message.plural(
                (
                    "Ads are judged on {n} day, {first} to {last}; orders of later days are still being "
                    "credited."
                ),
                (
                    "Ads are judged on {n} days, {first} to {last}; orders of later days are still being "
                    "credited."
                ),
                len(judged.judged),
                first=message.short_day(judged.judged[0]),
                last=message.short_day(judged.judged[-1]),
            )
        )
    if (judged.judged or judged.young) and not judged.enough:
        said.append(
            say(
                "Fewer than two weeks of ad days have all their orders credited: too few to say what is "
                "worth buying."
            )
        )
    if stock is None and any(one.call == "more" for one in found):
        said.append(
            say(
                "No stock file is imported: check that an item is in stock before buying more traffic for it."
            )
        )
    if found:
        said.append(
            say(
                "Spend is higher on good days anyway, so additional spend looks better than it is. Before a "
                "large change, test it for two weeks: raise or lower the budget by 30% on days chosen at "
                "random."
            )
        )
    if any(not one.measured for one in found):
        said.append(
            say("Where spend hardly changed, it is assumed that additional spend returns 0.7 of the average.")
        )
    if not shop.margin and found:
        said.append(say("Without a margin in shop.toml it cannot be said what is worth buying."))
    if short is not None and short.visitors is not None and short.gap > 0:
        said.append(
            say("Missing visitors are valued at what a visitor brings now; paid visitors usually bring less.")
        )
    if short is None:
        said.append(
            say("Without a target or yesterday's sales it cannot be said how many visitors are missing.")
        )
    return tuple(said)
