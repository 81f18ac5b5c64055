"""The analysis of the month's target: is it on course, did yesterday reach its share, and why or why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from core.answers.answer import (
    Answer,
    Finding,
    LevelName,
    MonthStanding,
    Number,
    Proposal,
    Series,
    Table,
    Verdict,
    finding,
    worst,
)
from core.answers.incidents import Incidents
from core.exports.kinds.ads import Ads
from core.exports.kinds.fees import Fees
from core.exports.kinds.items import Items
from core.exports.kinds.refunds import Refunds
from core.exports.kinds.reviews import Reviews
from core.exports.kinds.service import Service
from core.exports.kinds.shop_day import ShopDay
from core.exports.kinds.sources import Sources
from core.exports.kinds.stock import Stock
from core.language import message
from core.language.message import Value, Words, say
from core.measures import baseline, indicators
from core.measures.festivals.seen import seen
from core.measures.metrics import of_day
from core.measures.net_sales import net_sales
from core.measures.order_value import ShopRefunds
from core.measures.shop_metrics import shop_metrics
from core.records.experience import ScoreSeen
from core.records.market import MarketSeen
from core.records.records import Records
from core.records.team import ContentPost
from core.shop.settings import Shop
from core.topics.sales import kept, net_outlook, team_indicators
from core.topics.sales.causes import tables
from core.topics.sales.causes.cause import Cause, Looked
from core.topics.sales.causes.checklist import judged
from core.topics.sales.kept import Kept
from core.topics.sales.month import calendar_findings, findings
from core.topics.sales.month.plan import month_plan
from core.topics.sales.month.progress import DayInMonth, course, month_of, numbers
from core.topics.sales.month.trend import sales_trend
from core.topics.sales.net_target import NetMonth, net_course, net_month
from core.topics.sales.net_trend import net_trend


def reached(  # noqa: PLR0913, PLR0917 - the parameters are what it reads
    days: ShopDay,
    sources: Sources | None = None,
    ads: Ads | None = None,
    service: Service | None = None,
    reviews: Reviews | None = None,
    stock: Stock | None = None,
    items: Items | None = None,
    refunds: Refunds | None = None,
    found: Incidents | None = None,
    market: Records[MarketSeen] | None = None,
    measured: ShopRefunds | None = None,
    posts: Records[ContentPost] | None = None,
    scores: Records[ScoreSeen] | None = None,
    fees: Fees | None = None,
    *,
    shop: Shop,
    today: date,
) -> Answer[Words]:
    """Did yesterday reach its share of the month's target, what went well and what was missing?

    Reads the shop's daily figures and, if imported, traffic sources, ads, service, reviews, stock,
    items and the refund list.

    The month's target (shop.toml, targets) is divided over its days by weekday and calendar, in whole
    yuan that add up exactly. The share of each weekday is learnt from usual days, without campaigns and
    the quiet days after them. Yesterday is compared with its own share, and the month to date with the
    sum of the shares so far. The month-end forecast comes from the level and trend of the last six
    weeks; one day unlike any other is left out and you are asked about it. What changed comes from the
    changes found this morning; a line of the checklist is marked "to check" if one of them concerns it.

    Net sales go by the day of payment: sales less the refunds known and the refunds still to come,
    estimated from how refunds of earlier days came in. A net target is distributed over the days by the
    share of each day's sales that remains after refunds. A day is judged by how likely it is to reach
    its target, and is settled once nine tenths of its refunds are in. The profit is net sales less
    goods cost, fees, parcels, ads and fixed costs.

    Fee rates are those of the last closed fee bill if one is imported, else those of shop.toml.

    Of the market it knows only what was entered today. It does not know what rivals did, or campaigns
    that are not in the calendar. If another figure changed on the same day, that does not prove it to
    be the reason.
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
        refunds=measured,
        market=_typed(market, shop, today),
    )
    causes = judged(looked)
    changed = () if found is None else found.findings()
    stays = _kept(days, refunds, items, ads, fees, shop, day)
    month = month_of(sales, shop, day)
    if month is None:
        return replace(
            _without_target(sales, shop, day, causes, changed, stays), figures=of_day(days.frame, shop, day)
        )
    values = {
        name: baseline.column(days.frame, name) for name in ("buyers", "visitors", "gmv", "refund_amount")
    }
    festivals = seen(shop, sales, day)
    rows = [
        *indicators.shop_indicators(shop, day, values, float(month.target)),
        *team_indicators.of_ads(looked.ads, shop, day, measured),
        *team_indicators.of_service(looked.service, shop, day),
        *team_indicators.of_reviews(looked.reviews, day),
        *team_indicators.of_posts(posts, shop, day),
        *team_indicators.of_score(scores, shop, day),
        *team_indicators.own(shop_metrics(days.frame), shop, day),
    ]
    table = indicators.table(shop, rows)
    return Answer(
        verdict=_verdict(month, stays, None if found is None else found.verdict),
        findings=(
            *kept.findings(stays, shop, paid_met=month.sold >= month.target),
            *net_outlook.kept_finding(stays.target, stays.month),
            *net_outlook.month_finding(stays.target, shop),
            findings.month_finding(month),
            findings.day_finding(month),
            *calendar_findings.of_seen("target", festivals),
            *findings.odd_day_findings(month, {day for one in festivals for day in one.days}),
            *changed,
            *tables.findings(causes),
        ),
        evidence=(
            *numbers(month),
            *_trend(sales, shop, month, stays),
            *kept.evidence(stays),
            table,
            tables.checklist(causes),
            course(month),
            *_net_course(stays),
        ),
        limits=(
            *findings.limits(month),
            *kept.limits(stays),
            *calendar_findings.widened(shop, [one for one in month.plan.unconfirmed if one > day]),
            *tables.limits(causes),
        ),
        figures=of_day(days.frame, shop, day),
        month=_standing(month, stays),
    )


def _standing(month: DayInMonth, stays: Kept) -> MonthStanding:
    """Return how the month stands: after refunds if that is what it is judged by, else before."""
    net, shop = stays.target, month.shop
    if net is not None and shop.target.judge != "both" and kept.headline(stays) != "":
        return _net_standing(net, shop)
    return MonthStanding(
        day=month.day.isoformat(),
        sold=month.sold,
        day_target=month.target,
        to_date=month.pace.achieved,
        target_to_date=month.pace.target_so_far,
        target=month.plan.total,
        chance=month.pace.chance,
        level=findings.month_level(month),
    )


def _net_standing(net: NetMonth, shop: Shop) -> MonthStanding:
    return MonthStanding(
        day=net.day.isoformat(),
        sold=net.yesterday.net,
        day_target=net.target,
        to_date=net.so_far.net,
        target_to_date=sum(target for day, target in net.by_day.items() if day <= net.day),
        target=net.total,
        chance=net.chance,
        level=net_outlook.level(net, shop),
        net=True,
    )


def _trend(
    sales: Mapping[date, float], shop: Shop, month: DayInMonth, stays: Kept
) -> tuple[Series[Words], ...]:
    """Return the trend of what the month is judged by: net sales, paid sales, or both."""
    day, swing = month.day, month.swing
    if stays.target is None:
        found = [sales_trend(sales, shop, day, swing, lead=True)]
    elif shop.judged_net(day):
        found = [net_trend(stays.net, shop, day, swing, lead=True)]
    else:
        found = [sales_trend(sales, shop, day, swing, lead=True), net_trend(stays.net, shop, day, swing)]
    return tuple(one for one in found if one is not None)


def _kept(
    days: ShopDay,
    refunds: Refunds | None,
    items: Items | None,
    ads: Ads | None,
    fees: Fees | None,
    shop: Shop,
    day: date,
) -> Kept:
    """Return net sales after refunds and the profit, up to ``day``, with the net target."""
    back, goods, spent, bill = (None if one is None else one.frame for one in (refunds, items, ads, fees))
    net = net_sales(days.frame, back, shop, day + timedelta(days=1))
    target = net_month(baseline.column(days.frame, "gmv"), net, shop, day)
    return kept.kept(days.frame, back, goods, spent, bill, net, target, shop, day)


def _net_course(stays: Kept) -> tuple[Table[Words], ...]:
    return () if stays.target is None else (net_course(stays.target),)


def _net_outlook(stays: Kept) -> Words:
    """Return a text on the month's net sales so far and the chance of its net target.

    Empty if there is no net target.
    """
    month = stays.target
    if month is None:
        return ""
    values: dict[str, Value] = {
        "net": message.money(round(month.so_far.net)),
        "total": message.money(month.total),
    }
    if month.chance is None:
        return say("Month to date {net} after refunds, target {total}.", **values)
    odds = findings.chance_words(month.chance)
    return say(
        "Month to date {net} after refunds, target {total}, {odds} likely to reach it.", odds=odds, **values
    )


def _typed(market: Records[MarketSeen] | None, shop: Shop, today: date) -> MarketSeen | None:
    """Return the market figures of yesterday entered today; None if there are none."""
    of_today = [one.value for one in market or () if one.at.astimezone(shop.zone).date() == today]
    return of_today[-1] if of_today else None


def _verdict(month: DayInMonth, stays: Kept, first: Verdict[Words] | None) -> Verdict[Words]:
    said = say(
        "Yesterday {gmv}, {share} of target; the month {mtd} of target to date. {outlook}",
        gmv=message.money(month.sold),
        share=findings.share_words(month.sold / month.target) if month.target else message.DASH,
        mtd=findings.share_words(month.pace.achievement),
        outlook=findings.outlook(month),
    )
    levels: list[LevelName] = [findings.month_level(month)]
    net = kept.headline(stays)
    if net != "" and month.shop.target.judge != "both":
        return _net_verdict(stays, month.shop, first)
    if net != "":
        levels.append(net_outlook.level(stays.target, month.shop))
        said = message.sentences([net, _net_outlook(stays), say("Before refunds: {said}", said=said)])
    if month.left:
        levels.append(findings.day_finding(month).level)
    if first is None:
        return Verdict(worst(levels), said)
    return Verdict(worst([*levels, first.level]), message.sentences([said, first.text]))


def _net_verdict(stays: Kept, shop: Shop, first: Verdict[Words] | None) -> Verdict[Words]:
    """Return the verdict on sales after refunds against the net target, followed by ``first`` if given.

    The more urgent of the two levels counts.
    """
    said = message.sentences([kept.headline(stays), _net_outlook(stays)])
    level = net_outlook.level(stays.target, shop)
    if first is None:
        return Verdict(level, said)
    return Verdict(worst([level, first.level]), message.sentences([said, first.text]))


def _yesterday_missing(sales: Mapping[date, float], shop: Shop, day: date) -> Answer[Words]:
    """Return the answer that yesterday is missing, with the month's progress on the last known day."""
    last = max(sales)
    text = say(
        "Yesterday ({day}) is not in the file yet; its last day is {last}.",
        day=message.short_day(day),
        last=message.short_day(last),
    )
    ready = shop.profile.ready_by
    limit = (
        say(
            "{analytics} completes yesterday's figures at about {at}; download and import them again then.",
            at=ready,
        )
        if ready
        else say(
            "{analytics} completes yesterday's figures during the morning; download and import them "
            "again then."
        )
    )
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
    stays: Kept,
) -> Answer[Words]:
    """Return the answer for a month without a target for paid sales.

    Yesterday is judged by the net target if there is one. Otherwise it is compared with usual days, and the
    shop's owner is asked to set a target.
    """
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
    met = stays.target is not None
    recent = net_trend(stays.net, shop, day, None, lead=True) if met else None
    return Answer(
        _net_verdict(stays, shop, None) if met else Verdict("watch", text),
        (
            *kept.findings(stays, shop, paid_met=None),
            *net_outlook.kept_finding(stays.target, stays.month),
            *net_outlook.month_finding(stays.target, shop),
            *(() if met else (without,)),
            *changed,
            *tables.findings(causes),
        ),
        (
            Number(say("Yesterday's sales"), "CNY", sales[day], reference=usual),
            *kept.evidence(stays),
            tables.checklist(causes),
            recent or _recent(sales),
            *_net_course(stays),
        ),
        (*kept.limits(stays), *tables.limits(causes)),
        month=_net_standing(stays.target, shop) if stays.target is not None else None,
    )


def _recent(sales: Mapping[date, float]) -> Series[Words]:
    """Return the sales of the last four weeks."""
    dates = sorted(sales)[-28:]
    return Series(
        say("Sales by day"),
        "CNY",
        tuple(one.isoformat() for one in dates),
        tuple(sales[one] for one in dates),
        lead=True,
    )
