"""The tables of content: today's posts, the channels over four weeks, the visitors they brought."""

from __future__ import annotations

from collections.abc import Sequence

from core.answers.answer import Evidence, Table, TableColumn
from core.language import wording
from core.language.wording import N_, say
from core.shop.item_names import item_name
from core.shop.settings import Shop
from core.topics.creative.posts.plan import Channel, Post
from core.topics.sales.traffic import SourceChange

MOVED_Q = 0.10
"""Below this adjusted chance a source has moved (analysis 3)."""

_STATES = {"planned": N_("planned"), "posted": N_("posted")}


def evidence(
    planned: Sequence[Post], out: Sequence[Channel], moved: dict[str, SourceChange], shop: Shop
) -> tuple[Evidence, ...]:
    """Return today's posts, the channels, and the content sources."""
    pieces: list[Evidence] = []
    if planned:
        names = (say("Channel"), say("The post"), say("Item"), say("State"))
        rows = tuple(
            (
                one.value.channel,
                one.value.title,
                item_name(shop, one.value.item) if one.value.item else wording.DASH,
                say(_STATES.get(one.value.state, one.value.state)),
            )
            for one in planned
        )
        pieces.append(Table(say("Today's posts"), tuple(TableColumn(name) for name in names), rows))
    if out:
        columns = (
            TableColumn(say("Channel")),
            TableColumn(say("Posts"), "count"),
            TableColumn(say("With figures"), "count"),
            TableColumn(say("Visitors a post"), "ratio"),
            TableColumn(say("9 in 10")),
            TableColumn(say("Orders"), "count"),
            TableColumn(say("Last post"), "date"),
        )
        rows2 = tuple(
            (
                one.name,
                one.posts,
                one.counted,
                None if one.mean is None else round(one.mean, 1),
                wording.DASH if one.each is None else f"{one.each.low:.0f}–{one.each.high:.0f}",
                one.orders,
                one.last.isoformat(),
            )
            for one in out
        )
        pieces.append(Table(say("Channels, four weeks"), columns, rows2))
    if moved:
        asked = (
            TableColumn(say("Source")),
            TableColumn(say("Yesterday"), "count"),
            TableColumn(say("Usual"), "count"),
            TableColumn(say("Judged")),
        )
        rows3 = tuple((name, change.today, change.mean, _judged(change)) for name, change in moved.items())
        pieces.append(Table(say("Visitors from content"), asked, rows3))
    return tuple(pieces)


def _judged(change: SourceChange) -> str:
    if change.q is None:
        return say("too few to judge")
    if change.q >= MOVED_Q:
        return say("usual swing")
    return say("rose") if change.today > (change.mean or 0.0) else say("fell")
