"""The analysis of live streams in the category: what recurs, and ideas taken over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from core.answers.answer import Answer
from core.exports.kinds.streams import Streams
from core.journal.projections import Past
from core.language.message import N_, Words
from core.records.evening import LIVE_MECHANISMS, LiveSeen
from core.records.records import Records
from core.shop.settings import Shop
from core.topics.scouting import own_streams
from core.topics.scouting.watching.findings import Texts, answer
from core.topics.scouting.watching.sightings import looks

TEXTS = Texts(
    step="live",
    today=N_("{n} of {quota} streams watched today."),
    back=N_("In two weeks {what} came back at {shops} shops ({times} of {all} streams)."),
    none=N_("In {all} streams of two weeks nothing came back at two shops."),
    empty=N_("None in two weeks: start with the stream of a followed rival."),
    table=N_("Streams of two weeks"),
    whose=N_("Whose stream"),
    mechanisms=LIVE_MECHANISMS,
    limit=N_(
        "That a mechanism is common says that others believe in it, not that it sells; viewers shown "
        "are no buyers."
    ),
)


def watched(
    seen: Records[LiveSeen], past: Past, streams: Streams | None = None, *, shop: Shop, today: date
) -> Answer[Words]:
    """Which streams of the category were watched, what keeps coming back, and what came of what we borrowed?

    Reads the streams written down (form “A live stream watched”) and the tasks agreed; if imported, our
    own streams, which are shown beside them.

    A fixed number a day (live_per_day in shop.toml). Over two weeks mechanisms and offers are counted;
    only what was seen at two shops or more is called a pattern. What was to be borrowed is followed to
    its task: one taken from here, or one whose words say the same.

    It cannot know what a stream sold.
    """
    found = answer(looks(seen, shop, today), past, TEXTS, shop.thresholds.live_per_day, today)
    ours = None if streams is None else own_streams.of_days(streams.frame, today)
    if ours is None or ours.empty:
        return found
    return replace(
        found,
        findings=(*found.findings, *own_streams.findings(ours)),
        evidence=(*found.evidence, own_streams.table(ours)),
    )
