"""The tables of content posts: today's posts, channels over four weeks, visitors by source."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from core.answers.answer import About, Evidence, Table, TableColumn
from core.language import message
from core.language.message import Words, say
from core.shop.item_names import item_name
from core.shop.settings import Shop
from core.statistics.distributions import Interval
from core.topics.creative.posts.pictures_for_posts import picture_column
from core.topics.creative.posts.plan import Post, PostChannel


class SeenSource(NamedTuple):
    """A content source's visitors on the latest full day, yesterday (field ``today``), and on usual days.

    The value for usual days is a mean.
    """

    today: float
    usual: float


def evidence(
    planned: Sequence[Post],
    out: Sequence[PostChannel],
    seen: dict[str, SeenSource],
    fallen: Collection[str],
    shop: Shop,
) -> tuple[Evidence[Words], ...]:
    """Return the tables of posts, channels and content sources.

    ``fallen`` are the sources for which a change was found this morning.
    """
    pieces: list[Evidence[Words]] = []
    if planned:
        states = (("planned", say("planned")), ("posted", say("posted")))
        post_columns = (
            TableColumn(say("Channel"), id="channel"),
            TableColumn(say("Post"), id="title"),
            TableColumn(say("Item"), id="item"),
            picture_column(),
            TableColumn(say("State"), "word", "state", states),
        )
        rows = tuple(
            (
                one.value.channel,
                one.value.title,
                item_name(shop, one.value.item) if one.value.item else message.DASH,
                one.value.picture or None,
                one.value.state,
            )
            for one in planned
        )
        pieces.append(Table(say("Today's posts"), post_columns, rows))
    if out:
        columns = (
            TableColumn(say("Channel"), id="channel"),
            TableColumn(say("Posts"), "count", "posts"),
            TableColumn(say("Posts with figures noted"), "count", "counted"),
            TableColumn(say("Visitors per post"), "ratio", "mean"),
            TableColumn(say("90% range"), id="interval"),
            TableColumn(say("Orders"), "count", "orders"),
            TableColumn(say("Cost"), "money", "cost"),
            TableColumn(say("Sales per yuan spent"), "ratio", "returned"),
            TableColumn(say("Sales per post"), "money", "sales"),
            TableColumn(say("Last post"), "date", "last"),
        )
        rows2 = tuple(
            (
                one.name,
                one.posts,
                one.counted,
                None if one.mean is None else round(one.mean, 1),
                message.DASH if one.each is None else _range(one.each),
                one.orders,
                one.cost,
                None if one.returned is None else round(one.returned, 2),
                None if one.sales_each is None else round(one.sales_each),
                one.last.isoformat(),
            )
            for one in out
        )
        pieces.append(Table(say("Channels in the last four weeks"), columns, rows2))
    if seen:
        judged = (
            ("usual", say("within usual range")),
            ("fell", say("below usual")),
        )
        source_columns = (
            TableColumn(say("Source"), id="source"),
            TableColumn(say("Yesterday"), "count", "visitors"),
            TableColumn(say("Usual"), "count", "usual"),
            TableColumn(say("Result"), "word", "judged", judged),
        )
        rows3 = tuple(
            (name, one.today, one.usual, "fell" if name in fallen else "usual") for name, one in seen.items()
        )
        about = tuple(About(source=name) for name in seen)
        pieces.append(Table(say("Visitors from content"), source_columns, rows3, about=about))
    return tuple(pieces)


def _range(each: Interval) -> Words:
    return say("{low}–{high}", low=message.count(each.low), high=message.count(each.high))
