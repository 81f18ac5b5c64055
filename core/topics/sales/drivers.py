"""The analysis of yesterday's gap to usual sales: which factor, source and item caused it."""

from __future__ import annotations

from datetime import date, timedelta

from core.answers.answer import Answer, Evidence, Verdict, in_order
from core.answers.incidents import Incidents
from core.exports.kinds.items import Items
from core.exports.kinds.reviews import Reviews
from core.exports.kinds.shop_day import ShopDay
from core.exports.kinds.sources import Sources
from core.language.message import N_, Words, listing, say, short_day
from core.measures import baseline
from core.measures.metrics import of_day
from core.measures.source_names import is_assistant
from core.records.experience import ScoreSeen
from core.records.records import Records
from core.shop.settings import Shop
from core.topics.reviews.bad_reviews import bad_reviews
from core.topics.sales.scores.scores import explained
from core.topics.sales.variance import summary, tables
from core.topics.sales.variance.effects import gap_of, trades
from core.topics.sales.variance.findings import findings
from core.topics.sales.variance.items import item_gap
from core.topics.sales.variance.score_drop import score_drop
from core.topics.sales.variance.sources import source_gap

NAMES = (("visitors", N_("Visitors")), ("buyers", N_("Buyers")), ("gmv", N_("Sales")))
"""The figures that the split of the gap needs, with their names."""


def gap(
    days: ShopDay,
    sources: Sources | None = None,
    items: Items | None = None,
    reviews: Reviews | None = None,
    found: Incidents | None = None,
    experience: Records[ScoreSeen] | None = None,
    *,
    shop: Shop,
    today: date,
) -> Answer[Words]:
    """Is yesterday's difference due to visitors, conversion or order value, and to which source and item?

    Reads the shop's daily figures and, if imported, traffic sources, items, reviews and the changes
    found this morning.

    Yesterday is compared with the mean of the last four usual days of the same weekday: campaign days,
    festivals and the week after a big campaign are left out, and the screen lists the days used. The
    difference is split exactly into visitors, conversion and order value (Shapley values). Each part
    has a usual range: what the same calculation gives on earlier days when nothing happened. A part
    inside its range is normal variation and is never given as the reason. The split is only arithmetic:
    what changed, since when and why comes from the changes found this morning, which test every item,
    source, keyword, agent and refund reason with one shared limit on false alarms. Visitors overlap
    between sources, so one line stays unattributed. Of the items, the five largest differences are
    listed. A falling shop score is translated into a number of one-star ratings, with what the bad
    reviews are about; if the experience score is entered, it is used instead and is in the checks.

    It does not know the market. If the calendar gives a campaign a multiple of a usual day's sales,
    half of that effect is assigned to visitors and half to conversion.
    """
    day = today - timedelta(days=1)
    known = trades(days.frame)
    if day not in known:
        lacking = [say(name) for column, name in NAMES if day not in baseline.column(days.frame, column)]
        text = say(
            "Yesterday's ({day}) files not imported yet: {names}.", day=short_day(day), names=listing(lacking)
        )
        return Answer(Verdict("nodata", text))
    split = gap_of(known, shop, day)
    if split is None:
        text = say(
            "There are no usual days to compare {day} with: every earlier day is missing or a campaign day.",
            day=short_day(day),
        )
        told = () if found is None else found.findings()
        first = None if found is None else found.verdict
        return Answer(Verdict("nodata", text) if first is None else first, told)
    by_source = None if sources is None else source_gap(sources.frame, known, days.frame, shop, day)
    by_item = None if items is None else item_gap(items.frame, shop, day)
    scores = None if experience else score_drop(days.frame, day)
    changed = [] if found is None else [one.about for one in found.findings() if one.level != "info"]
    evidence: list[Evidence[Words]] = [tables.factors(split), tables.figures(split)]
    if by_source is not None:
        evidence.append(tables.sources(by_source, {about.source for about in changed}))
    if by_item is not None:
        evidence.append(tables.items(by_item, {about.item for about in changed}))
    bad = None if reviews is None else bad_reviews(reviews.frame)
    return Answer(
        verdict=summary.verdict(split, None if found is None else found.verdict),
        findings=in_order((*findings(split, by_source, scores, found), *explained(scores, bad, day))),
        evidence=tuple(evidence),
        limits=(*summary.limits(split, by_source, by_item), *_assistants(sources, day)),
        figures=of_day(days.frame, shop, day),
    )


def _assistants(sources: Sources | None, day: date) -> tuple[Words, ...]:
    """Return a note on which of the day's traffic sources are the platform's AI assistant; empty if none."""
    if sources is None:
        return ()
    own = sources.frame[sources.frame["date"].dt.date == day]
    columns = [own[name] for name in ("level1", "level2", "level3", "level4") if name in own]
    names = sorted({name for column in columns for name in column.unique() if name and is_assistant(name)})
    if not names:
        return ()
    return (
        say(
            "{names}: visitors sent by the platform's AI assistant, counted separately from search and "
            "recommendations.",
            names=listing(names),
        ),
    )
