"""The analysis of live streams in the category: what recurs, and what came of ideas borrowed from them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from core.answers.answer import Answer
from core.exports.kinds.streams import Streams
from core.journal.projections import Past
from core.language.message import N_, Words
from core.measures.order_value import ShopRefunds
from core.records.evening import LIVE_MECHANISMS, LiveSeen
from core.records.records import Records
from core.shop.settings import Shop
from core.topics.scouting import own_streams
from core.topics.scouting.watching.findings import Texts, answer
from core.topics.scouting.watching.sightings import looks

TEXTS = Texts(
    step="live",
    today=N_("{n} of {quota} live streams watched today."),
    back=N_("In the last two weeks, {what} was seen at {shops} shops (in {times} of {all} streams watched)."),
    none=N_("No method was seen at more than one shop in two weeks (live streams watched: {all})."),
    empty=N_("No stream watched in two weeks: start with that of a rival we follow."),
    table=N_("Live streams of the last two weeks"),
    whose=N_("Whose live stream"),
    mechanisms=LIVE_MECHANISMS,
    limit=N_(
        "That many shops do something shows that they believe in it, not that it sells; displayed "
        "viewers are not buyers."
    ),
)


def watched(
    seen: Records[LiveSeen],
    past: Past,
    streams: Streams | None = None,
    refunds: ShopRefunds | None = None,
    *,
    shop: Shop,
    today: date,
) -> Answer[Words]:
    """Which live streams were watched, what is seen again and again, what came of what we borrowed?

    Reads the live streams noted down (form “A live stream watched”) and the actions agreed; if
    imported, our own live streams, which are shown beside them.

    The number of live streams to watch a day is fixed (live_per_day in shop.toml). Methods and offers
    are counted over two weeks; only what was seen at two shops or more is called a pattern. An idea to
    borrow is followed until it becomes an action: one taken from here, or one with the same words.

    The program does not know what a live stream sold.
    """
    found = answer(looks(seen, shop, today), past, TEXTS, shop.thresholds.live_per_day, today)
    ours = None if streams is None else own_streams.of_days(streams.frame, today, refunds)
    if ours is None or ours.empty:
        return found
    return replace(
        found,
        findings=(*found.findings, *own_streams.findings(ours)),
        evidence=(*found.evidence, own_streams.table(ours)),
        limits=(*found.limits, *own_streams.limits(ours, refunds)),
    )
