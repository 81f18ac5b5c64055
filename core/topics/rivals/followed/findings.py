"""The findings about rivals: what they did, what follows for us, and which were not observed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from core.answers.answer import About, Finding, LevelName, Proposal, finding
from core.language import message
from core.language.message import Value, Words, say
from core.records.records import CampaignEntry
from core.shop.settings import Shop
from core.statistics.distributions import wilson
from core.topics.page import page_gate
from core.topics.reviews.bad_reviews import Bad
from core.topics.reviews.lexicon import aspects
from core.topics.rivals.displayed_counts import SeasonCall
from core.topics.rivals.followed.sightings import Held, Peer, complained
from core.topics.rivals.spans import span
from core.topics.rivals.waiting import WaitingItem

CLAIM = 0.02
"""The upper limit of our own complaint rate up to which a selling point may be claimed.

Set by judgement.
"""
FRESH_DAYS = 14
FRESH_BAD = 2
"""From this many of our own complaints in the last two weeks, a subject is no selling point.

Set by judgement.
"""
WEEK = 7
"""Days after which a rival that is not followed should be looked at again (a judgement)."""
NEWS_DAYS = 2
"""Changes recorded more than this many days ago are not reported."""


def season(
    call: SeasonCall,
    selling: Sequence[str],
    waiting: Sequence[WaitingItem],
    campaigns: Sequence[CampaignEntry],
    today: date,
) -> list[Finding[Words]]:
    """Return findings on what the state of rivals' season goods means for listing ours.

    ``waiting`` are our items that are in stock but not on sale; ``campaigns`` are the campaigns whose sign-up
    closes soon.
    """
    listed = _listed(waiting)
    names = message.listing(selling)
    if call.decision == "list now":
        ready, late = [one for one in waiting if one.ready], [one for one in waiting if not one.ready]
        values: dict[str, Value] = {"n": call.selling, "names": names}
        if late and not ready:
            text = say(
                (
                    "{n} close rivals ({names}) already sell this season's styles, but ours cannot be "
                    "listed yet."
                ),
                **values,
            )
        else:
            text = say(
                "{n} close rivals ({names}) already sell this season's styles: list ours now.", **values
            )
        if waiting:
            text = message.sentences([text, say("In stock but not listed: {items}.", items=listed)])
        unfinished = [one for one in ready if one.plan is not None and one.plan.state == "pictures"]
        text = message.sentences(
            [
                text,
                *map(_not_ready, late),
                *map(_page_open, unfinished),
                *map(_closing, campaigns if ready else ()),
            ]
        )
        if late and not ready:
            return [finding("rivals", "season", "watch", text, *(_finish(one, today) for one in late))]
        todo = (
            say("List this season's styles now: {items}", items=_listed(ready))
            if ready
            else say("List this season's styles now")
        )
        due = min([today + timedelta(days=2), *(one.deadline for one in campaigns if one.deadline)])
        ask = Proposal("operator", todo, metric="visitors", direction="up", due=due.isoformat())
        return [finding("rivals", "season", "act", text, ask, *(_finish(one, today) for one in late))]
    if call.decision == "watch":
        text = say(
            "So far only {names} sells this season's styles: prepare ours, and list them as soon "
            "as a second rival sells such styles.",
            names=names,
        )
        return [finding("rivals", "season", "watch", text)]
    if call.decision == "wait" and call.not_selling:
        text = message.plural(
            "{n} close rival has listed this season's styles, but they do not sell yet: wait. Listing "
            "too early wastes the boost for new listings.",
            "{n} close rivals have listed this season's styles, but they do not sell yet: wait. Listing "
            "too early wastes the boost for new listings.",
            call.not_selling,
        )
        return [finding("rivals", "season", "info", text)]
    return []


def _listed(waiting: Sequence[WaitingItem]) -> Words:
    return message.listing(say("{name} ({n})", name=one.name, n=message.count(one.units)) for one in waiting)


def _not_ready(one: WaitingItem) -> Words:
    """Return the text on what an item lacks before it can be listed; empty if unknown."""
    plan = one.plan
    if plan is None:
        return ""
    if plan.listed is None:
        return say("{name}: its pictures are not ready yet.", name=one.name)
    return say(
        "{name} is planned for {day}; its pictures are not ready yet.",
        name=one.name,
        day=message.short_day(plan.listed),
    )


def _page_open(one: WaitingItem) -> Words:
    """Return the text on an item whose pictures are ready but whose page is not."""
    page = None if one.plan is None else one.plan.page
    if page is None:
        return say("{name}: its item page is not finished: finish it first.", name=one.name)
    return say(
        "{name}: its item page is planned for {day} and not finished: finish it first.",
        name=one.name,
        day=message.short_day(page),
    )


def _closing(campaign: CampaignEntry) -> Words:
    return say(
        "The sign-up for {campaign} closes on {day}: items that take part must be listed by then.",
        campaign=campaign.name,
        day=message.short_day(campaign.deadline),
    )


def _finish(one: WaitingItem, today: date) -> Proposal[Words]:
    """Return the proposal to finish the item's pictures, without which it cannot be listed."""
    wanted = None if one.plan is None else one.plan.pictures
    return Proposal(
        "design",
        say("Finish the pictures of {name} first", name=one.name),
        due=max(today, wanted or today).isoformat(),
        item=one.item,
        about=About(item=one.item),
    )


def place(peer: Peer, found: Held, today: date, *, page_fails: bool) -> list[Finding[Words]]:
    """Return the finding on a rival that lost its ad rank.

    It has no proposal while our page misses its limit (``page_fails``).
    """
    if not found.hold.fell_back:
        return []
    where = say("the first ad slot") if found.place == 1 else say("one of the first three ad slots")
    values: dict[str, Value] = {
        "name": peer.name,
        "where": where,
        "word": found.keyword,
        "first": found.first[0],
        "n": found.first[1],
        "last": found.last[0],
        "m": found.last[1],
    }
    if found.last[0]:
        text = say(
            "{name} held {where} for “{word}” on {first} of the first {n} days we checked, but "
            "only {last} of the last {m}: it has probably given the slot up. Try to get the slot "
            "at a fair price.",
            **values,
        )
    else:
        text = say(
            "{name} held {where} for “{word}” on {first} of the first {n} days we checked, but "
            "on none of the last {m}: it has probably given the slot up. Try to get the slot at "
            "a fair price.",
            **values,
        )
    about = About(rival=peer.rival.id)
    if page_fails:
        return [page_gate.waiting(finding("rivals", "fell_back", "good", text, about=about))]
    ask = Proposal(
        "promotion",
        say(
            "Bid for the ad slot that {name} gave up for “{word}”, but not above what a click is worth",
            name=peer.name,
            word=found.keyword,
        ),
        metric="ad_clicks",
        direction="up",
        due=(today + timedelta(days=2)).isoformat(),
        item=found.keyword,
        about=About(word=found.keyword, rival=peer.rival.id),
    )
    return [finding("rivals", "fell_back", "good", text, ask, about=about)]


def news(peer: Peer, today: date) -> list[Finding[Words]]:
    """Return findings on changes between the last two observations, and on changes recorded recently."""
    if peer.last is None or peer.last_day is None or (today - peer.last_day).days > NEWS_DAYS:
        return []
    said: list[Words] = []
    if peer.last.new_listings:
        said.append(message.plural("{n} new listing", "{n} new listings", peer.last.new_listings))
    if peer.repriced:
        said.append(say("prices {old} → {new}", old=peer.repriced[0], new=peer.repriced[1]))
    if peer.gained is not None:
        said.append(say("displayed sales up by {range}", range=span(peer.gained)))
    for day, look in peer.looks[-NEWS_DAYS:]:
        if (today - day).days <= NEWS_DAYS:
            said += [text for text in (look.changes, look.off_site) if text]
    if not said:
        return []
    level: LevelName = "watch" if peer.repriced and peer.rival.followed else "info"
    text = say(
        "{name} since {day}: {what}.",
        name=peer.name,
        what=message.clauses(dict.fromkeys(said)),
        day=message.short_day(peer.looks[-2][0] if len(peer.looks) > 1 else peer.last_day),
    )
    return [finding("rivals", "news", level, text, about=About(rival=peer.rival.id))]


def stale(
    found: Sequence[Peer], seen_elsewhere: Collection[str], shop: Shop, today: date
) -> list[Finding[Words]]:
    """Return findings on followed rivals that were not observed recently.

    ``seen_elsewhere`` are ids of rivals whose listings or hero were observed recently.
    """
    limit = shop.thresholds.rival_stale_days
    return [
        _stale(one, today)
        for one in found
        if one.rival.followed
        and one.rival.id not in seen_elsewhere
        and (one.last_day is None or (today - one.last_day).days > limit)
    ]


def unseen(found: Sequence[Peer], shop: Shop, today: date) -> list[Finding[Words]]:
    """Return one finding that lists the rivals we do not follow and have not observed for a week."""
    known = {one.id for one in shop.rivals}
    late = [
        one
        for one in found
        if not one.rival.followed
        and one.rival.id in known
        and (one.last_day is None or (today - one.last_day).days > WEEK)
    ]
    if not late:
        return []
    names = [
        say("{name} (never looked at)", name=one.name)
        if one.last_day is None
        else say("{name} ({day})", name=one.name, day=message.short_day(one.last_day))
        for one in late
    ]
    text = say("Other rivals not looked at for a week: {names}.", names=message.listing(names))
    todo = say("Look at one of these rivals today: {name}", name=late[0].name)
    about = About(rival=late[0].rival.id)
    ask = Proposal("operator", todo, due=today.isoformat(), about=about)
    return [finding("rivals", "unseen", "info", text, ask)]


def _stale(one: Peer, today: date) -> Finding[Words]:
    if one.last_day is None:
        text = say("{name} has never been looked at, so nothing is known about it.", name=one.name)
    else:
        text = say(
            "{name} was last looked at on {day}. We have not looked for {n} days, so we do not know "
            "what changed.",
            name=one.name,
            day=message.short_day(one.last_day),
            n=(today - one.last_day).days,
        )
    about = About(rival=one.rival.id)
    todo = say("Look at {name} today", name=one.name)
    ask = Proposal("operator", todo, due=today.isoformat(), about=about)
    return finding("rivals", "stale", "watch", text, ask, about=about)


def selling_points(
    found: Sequence[Peer], bad: Sequence[Bad], reviews: int, today: date
) -> list[Finding[Words]]:
    """Return selling points from rivals' bad reviews, if our own reviews confirm them."""
    said: list[Finding[Words]] = []
    for peer in found:
        texts = complained(peer.looks, today)
        names = list(dict.fromkeys(name for text in texts for name in aspects(text)))
        if peer.rival.followed and names:
            said += _points(peer, names, texts, bad, reviews, today)
    return said[:3]


def _points(
    peer: Peer, names: Collection[str], texts: Sequence[str], bad: Sequence[Bad], reviews: int, today: date
) -> list[Finding[Words]]:
    ours = {name: sum(name in aspects(one.words) for one in bad) for name in names}
    fresh = [one for one in bad if (today - one.day).days <= FRESH_DAYS]
    now = {name for name in names if sum(name in aspects(one.words) for one in fresh) >= FRESH_BAD}
    true = [name for name, n in ours.items() if name not in now and wilson(n, reviews, 0.9).high <= CLAIM]
    if not true:
        return []
    named = message.listing(
        say("{aspect} ({n} of our {reviews} reviews)", aspect=say(name), n=ours[name], reviews=reviews)
        for name in true
    )
    text = say(
        "Buyers of {name} complain: “{text}”. Our buyers seldom complain about {named}: we can "
        "truthfully show it as a selling point.",
        name=peer.name,
        text=texts[-1][:24],
        named=named,
    )
    ask = Proposal(
        "content",
        say(
            "Show on the item page, with proof, what we do better: {aspects}; do not name the other shop",
            aspects=message.listing(map(say, true)),
        ),
        metric="conversion",
        direction="up",
        about=About(rival=peer.rival.id),
    )
    return [finding("rivals", "point", "info", text, ask, about=About(rival=peer.rival.id))]
