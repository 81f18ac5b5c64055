"""Pictures that posts wait for, and pictures that design is to deliver; both teams see both lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from difflib import SequenceMatcher
from typing import Final, NamedTuple

from core.answers.answer import About, Finding, Proposal, Table, TableColumn, finding
from core.language import message
from core.language.message import Value, Words, say
from core.records.records import Records
from core.records.team import BRIEF_PIECES, POST_PICTURES, DesignBrief, NewItem
from core.topics.creative.briefs import open_briefs
from core.topics.creative.pictures.findings import STAGE_NAMES
from core.topics.creative.pictures.new_items import arrivals
from core.topics.creative.posts.plan import Post

SOON_DAYS: Final = 1
"""A picture is asked for from the day before its post on."""
AHEAD_DAYS: Final = 7
"""Days ahead for which deliveries and listings are told."""
ALIKE: Final = 3
"""Characters in a row that a post's title shares with an item's name when it is about it."""


class Delivery(NamedTuple):
    """A picture or page that design is to deliver."""

    item: str
    piece: Words
    due: date
    listed: date | None = None
    """The day the item is listed; None unless it is new."""
    posts: int = 0
    """Planned posts about the item, from today on."""


def waiting(found: Sequence[Post], today: date) -> list[Post]:
    """Return planned posts from today on whose picture is still to be made, the earliest first."""
    return [
        one
        for one in found
        if one.on >= today and one.value.state == "planned" and one.value.picture == "wanted"
    ]


def asked_for(found: Sequence[Post], today: date) -> list[Finding[Words]]:
    """Return a finding on each post of today or tomorrow that waits for its picture."""
    said: list[Finding[Words]] = []
    for one in waiting(found, today):
        if (one.on - today).days > SOON_DAYS:
            continue
        about = About(channel=one.value.channel, title=one.value.title)
        values: dict[str, Value] = {
            "title": one.value.title,
            "channel": one.value.channel,
            "day": message.short_day(one.on),
        }
        text = say("“{title}” ({channel}, {day}) still has no picture.", **values)
        ask = Proposal(
            "design",
            say("Make the picture of the post “{title}” ({channel})", **values),
            due=one.on.isoformat(),
            item=one.value.item,
            about=about,
        )
        said.append(finding("content", "picture", "watch", text, ask, about=about))
    return said


def deliveries(
    briefs: Records[DesignBrief] | None,
    new_items: Records[NewItem] | None,
    found: Sequence[Post],
    named: Callable[[str], str],
    today: date,
) -> list[Delivery]:
    """Return the pictures and pages that design must deliver within a week or is late with, by due day."""
    planned = [one for one in found if one.on >= today and one.value.state == "planned"]
    due = [
        Delivery(one.item, say(BRIEF_PIECES[one.piece]), one.due)
        for one in open_briefs(briefs)
        if one.state != "delivered"
    ]
    due += [
        Delivery(one.plan.item, say(STAGE_NAMES[one.stage]), one.due, one.plan.listed)
        for one in arrivals(new_items or Records(), today)
        if one.stage in ("pictures", "page") and one.due is not None
    ]
    counted = [
        one._replace(posts=sum(_is_about(post, one.item, named(one.item)) for post in planned))
        for one in due
        if (one.due - today).days <= AHEAD_DAYS
    ]
    return sorted(counted, key=lambda one: one.due)


def without_posts(due: Sequence[Delivery], named: Callable[[str], str], today: date) -> list[Finding[Words]]:
    """Return the finding on new items that are listed within a week and that no planned post is about."""
    silent = [
        one
        for one in due
        if one.listed is not None and 0 <= (one.listed - today).days <= AHEAD_DAYS and not one.posts
    ]
    if not silent:
        return []
    names = message.listing(
        [
            say("{item} (listed on {day})", item=named(one.item), day=message.short_day(one.listed))
            for one in silent
        ]
    )
    text = say(
        "No post is planned about {items}. Agree with design which picture the post gets.", items=names
    )
    ask = Proposal("content", say("Plan a post about {items}", items=names), due=today.isoformat())
    return [finding("content", "launch", "info", text, ask)]


def due_table(due: Sequence[Delivery], named: Callable[[str], str]) -> tuple[Table[Words], ...]:
    """Return the table of pictures that design delivers to content; empty if there are none."""
    if not due:
        return ()
    columns = (
        TableColumn(say("Item"), id="item"),
        TableColumn(say("Which picture"), id="piece"),
        TableColumn(say("Due"), "date", "due"),
        TableColumn(say("Listing day"), "date", "listed"),
        TableColumn(say("Posts planned about the item"), "count", "posts"),
    )
    rows = tuple(
        (
            named(one.item),
            one.piece,
            one.due.isoformat(),
            None if one.listed is None else one.listed.isoformat(),
            one.posts,
        )
        for one in due
    )
    return (Table(say("Pictures that design must deliver"), columns, rows),)


def posts_table(found: Sequence[Post], named: Callable[[str], str], today: date) -> tuple[Table[Words], ...]:
    """Return the table of coming posts whose picture design makes; empty if there are none."""
    shown = [one for one in found if one.on >= today and one.value.state == "planned" and one.value.picture]
    if not shown:
        return ()
    columns = (
        TableColumn(say("Post"), id="title"),
        TableColumn(say("Channel"), id="channel"),
        TableColumn(say("Day"), "date", "day"),
        TableColumn(say("Item"), id="item"),
        picture_column(),
    )
    rows = tuple(
        (
            one.value.title,
            one.value.channel,
            one.on.isoformat(),
            named(one.value.item) if one.value.item else message.DASH,
            one.value.picture,
        )
        for one in shown
    )
    return (Table(say("Pictures for posts"), columns, rows),)


def picture_column() -> TableColumn[Words]:
    """Return the column that says whether a post's picture is ready."""
    words = tuple((key, say(name)) for key, name in POST_PICTURES.items())
    return TableColumn(say("Picture"), "word", "picture", words)


def _is_about(post: Post, item: str, name: str) -> bool:
    if post.value.item:
        return post.value.item == item
    return SequenceMatcher(None, post.value.title, name).find_longest_match().size >= min(ALIKE, len(name))
