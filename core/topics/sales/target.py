"""The analysis of the month's target: is it on course, was yesterday on target, and what were the causes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from core.answers.answer import Answer, Finding, LevelName, Number, Proposal, Series, Verdict, finding, worst
from core.answers.incidents import Incidents
from core.exports.kinds.ads import Ads
from core.exports.kinds.items import Items
from core.exports.kinds.reviews import Reviews
from core.exports.kinds.service import Service
from core.exports.kinds.shop_day import ShopDay
from core.exports.kinds.sources import Sources
from core.exports.kinds.stock import Stock
from core.language import message
from core.language.message import Words, say
from core.measures import baseline, indicators
from core.measures.metrics import of_day
from core.shop.settings import Shop
from core.topics.sales.causes import tables
from core.topics.sales.causes.cause import Cause, Looked
from core.topics.sales.causes.checklist import judged
from core.topics.sales.month import findings
from core.topics.sales.month.plan import month_plan
from core.topics.sales.month.progress import DayInMonth, course, month_of, numbers


def reached(  # noqa: PLR0913 - the parameters are what it reads
    days: ShopDay,
    sources: Sources | None = None,
    ads: Ads | None = None,
    service: Service | None = None,
    reviews: Reviews | None = None,
    stock: Stock | None = None,
    items: Items | None = None,
    found: Incidents | None = None,
    *,
    shop: Shop,
    today: date,
) -> Answer[Words]:
    """Did yesterday reach its share of the month's target, what went well and what was missing?

    Reads the shop's daily figures and, if imported, traffic sources, ads, service, reviews, stock and
    items.

    The month's target (shop.toml, targets) is divided over its days by weekday and calendar, in whole
    yuan that add up exactly. The share of each weekday is learnt from usual days, without campaigns and
    the quiet days after them. Yesterday is compared with its own share, and the month to date with the
    sum of the shares so far. The month-end forecast comes from the level and trend of the last six
    weeks; one day unlike any other is left out and you are asked about it. What changed comes from the
    changes found this morning; a line of the checklist is marked "to check" if one of them concerns it.

    It does not know the market, what rivals did, or campaigns that are not in the calendar. A figure
    that changed on the same day is not proved to be the reason.
    """
    day = today - timedelta(days=1)
    sales = baseline.column(days.frame, "gmv")
    if not sales:
        return Answer(
            Verdict(
                "nodata", say("No daily sales are imported yet, so nothing can be said about the target.")
            )
        )
    if day not in sales:
        return _yesterday_missing(sales, shop, day)
    looked = Looked(
        day=day,
        shop=shop,
        days=days.frame,
        sources=None if sources is None else sources.frame,
        ads=None if ads is None else ads.frame,
        service=None if service is None else service.frame,
        reviews=None if reviews is None else reviews.frame,
        stock=None if stock is None else stock.frame,
        items=None if items is None else items.frame,
        incidents=found,
    )
    causes = judged(looked)
    changed = () if found is None else found.findings()
    month = month_of(sales, shop, day)
    if month is None:
        return replace(
            _without_target(sales, shop, day, causes, changed), figures=of_day(days.frame, shop, day)
        )
    values = {
        name: baseline.column(days.frame, name) for name in ("buyers", "visitors", "gmv", "refund_amount")
    }
    table = indicators.table(shop, indicators.shop_indicators(shop, day, values, float(month.target)))
    return Answer(
        verdict=_verdict(month, None if found is None else found.verdict),
        findings=(
            findings.month_finding(month),
            findings.day_finding(month),
            *findings.odd_day_findings(month),
            *changed,
            *tables.findings(causes),
        ),
        evidence=(*numbers(month), table, tables.checklist(causes), course(month)),
        limits=(*findings.limits(month), *tables.limits(causes)),
        figures=of_day(days.frame, shop, day),
    )


def _verdict(month: DayInMonth, first: Verdict[Words] | None) -> Verdict[Words]:
    said = say(
        "Yesterday {gmv}, {share} of target; month to date {mtd}. {outlook}",
        gmv=message.money(month.sold),
        share=findings.share_words(month.sold / month.target) if month.target else message.DASH,
        mtd=findings.share_words(month.pace.achievement),
        outlook=findings.outlook(month),
    )
    levels: list[LevelName] = [findings.month_level(month)]
    if month.left:
        levels.append(findings.day_finding(month).level)
    if first is None:
        return Verdict(worst(levels), said)
    return Verdict(worst([*levels, first.level]), message.sentences([said, first.text]))


def _yesterday_missing(sales: Mapping[date, float], shop: Shop, day: date) -> Answer[Words]:
    """Return the answer that yesterday is missing, with the month's progress on the last known day."""
    last = max(sales)
    text = say(
        "Yesterday ({day}) is not in the file yet; its last day is {last}.",
        day=message.short_day(day),
        last=message.short_day(last),
    )
    limit = say("生意参谋 completes yesterday's figures at about 09:00; download and import them again then.")
    plan = month_plan(sales, shop, day)
    if plan is None or last > day or (last.year, last.month) != (day.year, day.month):
        return Answer(Verdict("nodata", text), limits=(limit,))
    done = sum(value for when, value in sales.items() if when in plan.by_day)
    month = say(
        "Up to {last}: {done} sold, target {target}.",
        last=message.short_day(last),
        done=message.money(done),
        target=message.money(plan.upto(last)),
    )
    return Answer(Verdict("nodata", text), (finding("target", "month", "info", month),), limits=(limit,))


def _without_target(
    sales: Mapping[date, float],
    shop: Shop,
    day: date,
    causes: tuple[Cause, ...],
    changed: tuple[Finding[Words], ...],
) -> Answer[Words]:
    """Return the answer if no target is set: yesterday against usual days, and a request to set one."""
    found = baseline.standing(sales, day, shop, expected=shop.multiplier(day))
    usual = found.usual if found is not None else None
    text = say(
        "Yesterday {gmv}, usually {usual}. No target is set for {month}, so we cannot say whether "
        "it was reached.",
        gmv=message.money(sales[day]),
        usual=message.money(usual),
        month=f"{day:%Y-%m}",
    )
    ask = Proposal("owner", say("Set the month's target (shop.toml, targets)"))
    without = finding(
        "target",
        "none",
        "watch",
        say('Without a month\'s target there are no daily targets and no "needed per day".'),
        ask,
    )
    dates = sorted(sales)[-28:]
    recent = Series(
        say("Sales by day"), "CNY", tuple(d.isoformat() for d in dates), tuple(sales[d] for d in dates)
    )
    return Answer(
        Verdict("watch", text),
        (without, *changed, *tables.findings(causes)),
        (
            Number(say("Yesterday's sales"), "CNY", sales[day], reference=usual),
            tables.checklist(causes),
            recent,
        ),
        tables.limits(causes),
    )
