"""Which of visitors, conversion and AOV made yesterday's gap, through which sources and items?"""

from __future__ import annotations

from datetime import date, timedelta

from core.answers.answer import Answer, Evidence, Verdict
from core.exports.kinds.items import Items
from core.exports.kinds.reviews import Reviews
from core.exports.kinds.shop_day import ShopDay
from core.exports.kinds.sources import Sources
from core.language.message import N_, Words, listing, say, short_day
from core.measures import baseline
from core.measures.metrics import of_day
from core.measures.shop_metrics import shop_metrics
from core.shop.settings import Shop
from core.topics.sales.scores.findings import diagnosed, told_once
from core.topics.sales.variance import summary, tables
from core.topics.sales.variance.effects import gap_of, trades
from core.topics.sales.variance.findings import findings
from core.topics.sales.variance.indicator_bins import binned, score_drop
from core.topics.sales.variance.items import item_gap
from core.topics.sales.variance.sources import source_gap

NAMES = (("visitors", N_("Visitors")), ("buyers", N_("Buyers")), ("gmv", N_("Sales")))
"""What a gap is split into."""


def gap(
    days: ShopDay,
    sources: Sources | None = None,
    items: Items | None = None,
    reviews: Reviews | None = None,
    *,
    shop: Shop,
    today: date,
) -> Answer[Words]:
    """Was yesterday's gap visitors, conversion or order value, and which source and item is behind it?

    Reads the shop's daily figures; sources, items and reviews where they are there.

    Yesterday is held against the mean of the last four usual days of its weekday: campaign days,
    festivals and the week after a big campaign are left out, and the screen says which days were used.
    The gap is split exactly into visitors, conversion and order value (Shapley). Each effect has a band:
    what the same arithmetic says on earlier days on which nothing happened. Inside it an effect is the
    usual swing and never the reason; outside it, and more than counting alone gives, it is called likely,
    else possible. Sources are tested together, so that one of ten does not look bad by chance; since
    visitors overlap between sources, one line stays unattributed. Items: the five largest gaps.

    Beside the gap every figure is held against its own weekday of eight weeks, the calendar's part taken out:
    far out on one day, or three days in a row on the wrong side, which makes it today's topic. A falling shop
    score is said in one-star ratings, with what the week's bad reviews are about.

    It cannot know why a source fell, nor the market. Where the calendar gives a day a size, half of it is
    laid on visitors and half on conversion.
    """
    day = today - timedelta(days=1)
    known = trades(days.frame)
    if day not in known:
        lacking = [say(name) for column, name in NAMES if day not in baseline.column(days.frame, column)]
        text = say(
            "Not imported yet of yesterday ({day}): {names}.", day=short_day(day), names=listing(lacking)
        )
        return Answer(Verdict("nodata", text))
    found = gap_of(known, shop, day)
    if found is None:
        text = say(
            "No usual days to hold {day} against: every earlier day is missing or a campaign.",
            day=short_day(day),
        )
        return Answer(Verdict("nodata", text))
    by_source = None if sources is None else source_gap(sources.frame, known, days.frame, shop, day)
    by_item = None if items is None else item_gap(items.frame, shop, day)
    bins = binned(shop_metrics(days.frame), shop, day)
    scores = score_drop(days.frame, day)
    evidence: list[Evidence[Words]] = [tables.factors(found), tables.figures(found)]
    if by_source is not None:
        evidence.append(tables.sources(by_source))
    if by_item is not None:
        evidence.append(tables.items(by_item))
    evidence.append(tables.bins(bins))
    topics, figures = diagnosed(days.frame, reviews, scores, shop, day)
    if figures is not None:
        evidence.append(figures)
    return Answer(
        verdict=summary.verdict(found, by_source),
        findings=told_once(findings(found, by_source, by_item, bins, scores), topics),
        evidence=tuple(evidence),
        limits=summary.limits(found, by_source, by_item),
        figures=of_day(days.frame, shop, day),
    )
