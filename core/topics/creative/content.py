"""The analysis of content posts: today's plan, missing figures, and visitors by channel."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from core.answers.answer import About, Answer, Finding, Proposal, Verdict, finding, in_order
from core.answers.incidents import Incidents
from core.exports.kinds.items import Items
from core.exports.kinds.sources import Sources
from core.language import message
from core.language.message import Words, plural, say
from core.measures import baseline
from core.records.records import Records
from core.records.team import ContentPost, DesignBrief, NewItem
from core.shop.item_names import item_name
from core.shop.settings import Shop
from core.topics.creative.posts import pictures_for_posts
from core.topics.creative.posts.plan import (
    WINDOW_DAYS,
    Post,
    PostChannel,
    channels,
    forgotten,
    posts,
    quiet,
    without_figures,
)
from core.topics.creative.posts.tables import SeenSource, evidence

CONTENT_SOURCE = re.compile(r"短视频|逛逛|小红书|微淘|订阅|直播|微博|微信|抖音|快手|B站|内容|站外")
SMALL = 30
"""The number of visitors per day below which changes of a traffic source may be mere counting noise."""


def posts_today(
    written: Records[ContentPost],
    sources: Sources | None = None,
    changed: Incidents | None = None,
    items: Items | None = None,
    briefs: Records[DesignBrief] | None = None,
    new_items: Records[NewItem] | None = None,
    *,
    shop: Shop,
    today: date,
) -> Answer[Words]:
    """What is posted today, what is missing, and which channel brings visitors?

    Reads the posts, design briefs and new items recorded and, if imported, traffic sources, items and
    the changes found this morning.

    About three posts a day (content in shop.toml) over all channels. A post counts once it is recorded as
    posted; if one of the last three days has no reads or visitors, they are asked for, because nothing can be
    learnt without figures. Channels are compared only with at least five posts and thirty visitors each;
    below that the figures are only shown. Sales per post are the orders noted times what buyers pay for the
    item. Content and design make posts together: the picture for a post is requested from design the day
    before, and what design must deliver within a week is listed. Whether one of the shop's content sources
    changed is reported by the changes found this morning.

    It does not know which post a visitor saw, or sales that come days later.
    """
    found = posts(written, shop)
    planned = [one for one in found if one.on == today]
    out = channels(found, today, _prices(items, today))
    silent = quiet(out, planned, shop, today)
    lacking = without_figures(found, today)
    late = forgotten(found, today)
    seen = _seen(sources, shop, today)
    fallen = _fallen(changed)
    names = _names(items, shop)
    due = pictures_for_posts.deliveries(briefs, new_items, found, names, today)
    findings = in_order(
        (
            *_late(late, today),
            *_plan(planned, silent, shop, today),
            *pictures_for_posts.asked_for(found, today),
            *_figures(lacking, today),
            *fallen,
            *pictures_for_posts.without_posts(due, names, today),
            *_best(out),
        )
    )
    return Answer(
        verdict=_verdict(planned, lacking, late, fallen, shop),
        findings=findings,
        evidence=(
            *evidence(planned, out, seen, {one.about.source for one in fallen}, shop),
            *pictures_for_posts.due_table(due, names),
        ),
        limits=_limits(out, seen, _no_sources(sources, today)),
    )


def _names(items: Items | None, shop: Shop) -> Callable[[str], str]:
    titles = {} if items is None else dict(zip(items.frame["item"], items.frame["title"], strict=True))
    return lambda item: item_name(shop, item, str(titles.get(item, "")))


def _verdict(
    planned: Sequence[Post],
    lacking: Sequence[Post],
    late: Sequence[Post],
    fallen: Sequence[Finding[Words]],
    shop: Shop,
) -> Verdict[Words]:
    quota = shop.content.posts_a_day
    done = sum(one.value.state == "posted" for one in planned)
    values = {"done": done, "planned": len(planned), "quota": quota, "missing": max(0, quota - len(planned))}
    asked: list[Words] = []
    if lacking:
        asked.append(
            plural("{n} post has no figures noted yet.", "{n} posts have no figures noted yet.", len(lacking))
        )
    if fallen:
        text = say("{planned} of {quota} posts are planned for today, {done} are published.", **values)
        return Verdict(fallen[0].level, message.sentences([fallen[0].text, text]))
    if len(planned) < quota:
        text = say(
            "{planned} of {quota} posts are planned for today, {done} are published; {missing} "
            "more must be planned.",
            **values,
        )
        return Verdict("watch", message.sentences([text, *asked]))
    text = say("All {planned} posts for today are planned, {done} are published.", **values)
    return Verdict("watch" if lacking or late else "good", message.sentences([text, *asked]))


def _late(late: Sequence[Post], today: date) -> list[Finding[Words]]:
    return [
        finding(
            "content",
            "late",
            "watch",
            say(
                "“{title}” was planned for {day} on {channel} but is not marked as posted. Was it posted, "
                "will it be posted today, or is it dropped?",
                title=one.value.title,
                day=message.short_day(one.on),
                channel=one.value.channel,
            ),
            Proposal(
                "content", say("Post “{title}” or drop it", title=one.value.title), due=today.isoformat()
            ),
            about=About(channel=one.value.channel, title=one.value.title),
        )
        for one in late
    ]


def _plan(
    planned: Sequence[Post], silent: Sequence[tuple[str, date | None]], shop: Shop, today: date
) -> list[Finding[Words]]:
    missing = shop.content.posts_a_day - len(planned)
    found: list[Finding[Words]] = []
    if missing > 0:
        text = plural("{n} post missing today.", "{n} posts missing today.", missing)
        if silent:
            where = message.listing([name for name, _ in silent[:missing]])
            text = say("{missing} The longest time without a post: {where}.", missing=text, where=where)
        todo = plural("Write {n} more post for today", "Write {n} more posts for today", missing)
        ask = Proposal("content", todo, due=today.isoformat())
        found.append(finding("content", "missing", "watch", text, ask))
    elif silent:
        names = message.listing(
            [
                say("{channel} (last post {day})", channel=name, day=message.short_day(last))
                for name, last in silent
            ]
        )
        found.append(
            finding("content", "quiet", "info", say("Channels without recent posts: {names}.", names=names))
        )
    return found


def _figures(lacking: Sequence[Post], today: date) -> list[Finding[Words]]:
    if not lacking:
        return []
    names = message.listing(
        [say("{channel} “{title}”", channel=one.value.channel, title=one.value.title) for one in lacking[:3]]
    )
    ask = Proposal(
        "content", say("Note the reads, visitors and orders of {names}", names=names), due=today.isoformat()
    )
    return [finding("content", "figures", "watch", say("No figures noted yet: {names}.", names=names), ask)]


def _seen(sources: Sources | None, shop: Shop, today: date) -> dict[str, SeenSource]:
    """Return each content source's visitors of yesterday and of usual days; empty if either is unknown."""
    if sources is None or sources.frame.empty:
        return {}
    rows = baseline.source_days(sources.frame, shop)
    every = {str(name): baseline.totals(part, "visitors") for name, part in rows.groupby("source")}
    day = today - timedelta(days=1)
    days = {when for values in every.values() for when in values}
    usual = baseline.usual_days(days, day, shop, need=baseline.DAYS_COMPARED)
    if day not in days or not usual.days:
        return {}
    return {
        name: SeenSource(
            values.get(day, 0.0), sum(values.get(when, 0.0) for when in usual.days) / len(usual.days)
        )
        for name, values in every.items()
        if CONTENT_SOURCE.search(name)
    }


def _fallen(changed: Incidents | None) -> tuple[Finding[Words], ...]:
    """Return the findings on content sources among the changes found this morning."""
    if changed is None:
        return ()
    about = changed.findings(("source_visitors", "source_conversion"))
    return tuple(
        one for one in about if CONTENT_SOURCE.search(one.about.source) and one.level in ("act", "watch")
    )


def _prices(items: Items | None, today: date) -> dict[str, float]:
    """Return what a buyer of each item paid on average in four weeks, in yuan.

    The value under "" is that of the whole shop.
    """
    if items is None or items.frame.empty:
        return {}
    rows = items.frame[items.frame["date"].dt.date >= today - timedelta(days=WINDOW_DAYS)]
    sums = rows.groupby(rows["item"].astype("str"))[["gmv", "buyers"]].sum()
    sums.loc[""] = sums.sum()
    paid = sums[sums["buyers"] > 0]
    return {str(item): float(one) for item, one in (paid["gmv"] / paid["buyers"]).items()}


def _best(found: Sequence[PostChannel]) -> list[Finding[Words]]:
    """Return the finding on the channel with the most visitors per post.

    Empty if no channel clearly leads.
    """
    ranked = [one for one in found if one.enough and one.each is not None]
    if len(ranked) < 2:  # noqa: PLR2004 - nothing to compare
        return []
    first, second = ranked[0], ranked[1]
    mine, theirs = first.sales_each, second.sales_each
    if mine is not None and theirs is not None and mine < theirs:
        text = say(
            "A post on {channel} brings {mean} visitors and {sales} of sales, a post on {other} "
            "brings {theirs} visitors and {more} of sales: the first brings more visitors but "
            "sells less.",
            channel=first.name,
            mean=message.count(first.mean),
            sales=message.money(round(mine)),
            other=second.name,
            theirs=message.count(second.mean),
            more=message.money(round(theirs)),
        )
        return [finding("content", "best", "info", text, about=About(channel=first.name))]
    if first.each is None or second.each is None or first.each.low <= second.each.high:
        return []
    text = say(
        "A post on {channel} brings {mean} visitors ({low}–{high}), a post on {other} {theirs}: "
        "write the next extra post for {channel}.",
        channel=first.name,
        mean=message.count(first.mean),
        low=message.count(first.each.low),
        high=message.count(first.each.high),
        other=second.name,
        theirs=message.count(second.mean),
    )
    return [finding("content", "best", "good", text, about=About(channel=first.name))]


def _no_sources(sources: Sources | None, today: date) -> Words:
    """Return the text on why yesterday's content sources are not judged."""
    day = today - timedelta(days=1)
    if sources is None or not (sources.frame["date"].dt.date == day).any():
        return say(
            "Without yesterday's traffic sources, only the figures noted by hand show what a channel brought."
        )
    return say("Too few usual days of traffic sources to compare yesterday's content sources with.")


def _limits(out: Sequence[PostChannel], seen: dict[str, SeenSource], unjudged: Words) -> tuple[Words, ...]:
    said: list[Words] = []
    if out and not all(one.enough for one in out):
        said.append(
            say(
                "Channels with fewer than five posts or thirty visitors are not compared: the difference "
                "would be chance."
            )
        )
    small = [name for name, one in seen.items() if one.usual < SMALL]
    if small:
        said.append(
            say(
                "{names}: with a few dozen visitors a day, a third more or less is normal.",
                names=message.listing(small),
            )
        )
    if not seen:
        said.append(unjudged)
    said.append(
        say("Reads and visitors are as each channel shows them; buyers who ordered later are not seen.")
    )
    return tuple(said)
