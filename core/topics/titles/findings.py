"""The findings about titles, claims and the next hero item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from core.answers.answer import About, Finding, Proposal, finding
from core.language import message
from core.language.message import Value, Words, say
from core.shop.settings import Shop
from core.topics.campaigns.month_ahead.demand import SearchTrends
from core.topics.titles.claims import Claim
from core.topics.titles.next_hero import HeroCandidate
from core.topics.titles.title_words import LEFT_ALONE_DAYS, TitlePlan

NAMED = 3
HEROES = 2
BRIEF_DAYS = 4
"""Days design has for a picture that a brief asks for [judgement]."""


def of_titles(plans: Sequence[TitlePlan], shop: Shop, today: date) -> list[Finding[Words]]:
    """Return findings on titles that break a rule, need a change, or were just changed."""
    found: list[Finding[Words]] = []
    for one in plans:
        about = About(item=one.item)
        values: dict[str, Value] = {
            "item": one.name,
            "used": one.used,
            "limit": one.limit,
            "words": message.listing(list(one.banned)),
        }
        if one.banned:
            text = say(
                "{item}: “{words}” in its title is a superlative without proof or somebody else's name "
                "(广告法 Advertising Law, art. 9).",
                **values,
            )
            ask = Proposal(
                "operator",
                say("Remove “{words}” from the title of {item}", **values),
                due=today.isoformat(),
                item=one.item,
                deed="change_title",
                about=about,
            )
            found.append(finding("optimise", "banned", "act", text, ask, about=about))
        if one.used > one.limit:
            text = say(
                "{item}: its title has {used} bytes, but only {limit} are allowed; the end is cut off.",
                **values,
            )
            ask = Proposal(
                "operator",
                say("Shorten the title of {item} to {limit} bytes", **values),
                due=today.isoformat(),
                item=one.item,
                deed="change_title",
                about=about,
            )
            found.append(finding("optimise", "long", "watch", text, ask, about=about))
    found += [_change(one, today) for one in plans if one.add][:NAMED]
    found += [_changed(one, shop, today) for one in plans if one.changed is not None and _young(one, today)]
    return found


def of_rising(wanted: SearchTrends | None, plans: Sequence[TitlePlan]) -> list[Finding[Words]]:
    """Return findings on search terms with significantly growing shares, and the titles that benefit.

    A term that jumped for one day does not count, because its share then varies from day to day as much as it
    grew.
    """
    found: list[Finding[Words]] = []
    for term in [] if wanted is None else wanted.moved("up")[:NAMED]:
        values: dict[str, Value] = {
            "term": term.text,
            "before": message.count(term.before),
            "after": message.count(term.after),
            "n": wanted.half if wanted else 0,
            "times": message.ratio(term.times, 1),
        }
        gains = next((one for one in plans if any(word.term.text == term.text for word in one.add)), None)
        if gains is not None:
            word = next(word.text for word in gains.add if word.term.text == term.text)
            text = say(
                "Searches for “{term}” are rising: {before} visits in the previous {n} days, "
                "{after} in the last {n}; its share of search visits is {times} times what it "
                "was. Start by adding “{word}” to the title of {item}.",
                word=word,
                item=gains.name,
                **values,
            )
            found.append(finding("optimise", "rising", "watch", text, about=About(word=term.text)))
        elif term.item is None:
            text = say(
                "Searches for “{term}” are rising: {before} visits in the previous {n} days, "
                "{after} in the last {n}; its share of search visits is {times} times what it "
                "was. No title contains it; decide which item fits it.",
                **values,
            )
            found.append(finding("optimise", "rising", "info", text, about=About(word=term.text)))
    return found


def _young(one: TitlePlan, today: date) -> bool:
    return one.changed is not None and (today - one.changed).days <= 2 * LEFT_ALONE_DAYS


def _change(one: TitlePlan, today: date) -> Finding[Words]:
    first, about = one.add[0], About(item=one.item)
    values: dict[str, Value] = {
        "item": one.name,
        "words": message.listing([word.text for word in one.add]),
        "used": one.used,
        "limit": one.limit,
        "term": first.term.text,
        "visits": message.count(first.term.visits),
        "rate": message.percent(first.term.rate),
        "out": message.listing(list(one.drop)),
    }
    if one.drop:
        text = say(
            "{item} ({used} of {limit} bytes): add {words}, remove {out}. “{term}” brought {visits} "
            "visits with a conversion of {rate}.",
            **values,
        )
    else:
        text = say(
            "{item} ({used} of {limit} bytes): there is room for {words}. “{term}” brought {visits} "
            "visits with a conversion of {rate}.",
            **values,
        )
    ask = Proposal(
        "operator",
        say("Title of {item}: add {words} where it reads well, and change nothing else for a week", **values),
        metric="search_visitors",
        direction="up",
        due=(today + timedelta(days=1)).isoformat(),
        item=one.item,
        deed="change_title",
        about=about,
    )
    return finding("optimise", "title", "watch", text, ask, about=about)


def _changed(one: TitlePlan, shop: Shop, today: date) -> Finding[Words]:
    values: dict[str, Value] = {
        "item": one.name,
        "day": message.short_day(one.changed),
        "ratio": message.percent(None if one.ratio is None else one.ratio - 1, 0, sign=True),
        "until": message.short_day(
            None if one.changed is None else one.changed + timedelta(days=LEFT_ALONE_DAYS)
        ),
    }
    about = About(item=one.item)
    over = one.changed is not None and today > one.changed + timedelta(days=LEFT_ALONE_DAYS)
    if one.chance is None and over:
        text = say(
            "{item}: its title was changed on {day}, but its search visitors do not show the effect "
            "yet: they are too few, or a day is missing.",
            **values,
        )
        return finding("optimise", "changed", "info", text, about=about)
    if one.chance is None:
        text = say("{item}: its title was changed on {day}; leave it unchanged until {until}.", **values)
        return finding("optimise", "changed", "info", text, about=about)
    if one.chance >= shop.thresholds.likely:
        text = say(
            "{item}: since its title was changed on {day}, its search visitors changed by "
            "{ratio} compared with those of the whole shop; the new title is probably better.",
            **values,
        )
        return finding("optimise", "changed", "good", text, about=about)
    if one.chance <= 1 - shop.thresholds.likely:
        text = say(
            "{item}: since its title was changed on {day}, its search visitors changed by "
            "{ratio} compared with those of the whole shop; the new title is probably worse. "
            "Change back.",
            **values,
        )
        ask = Proposal(
            "operator",
            say("Change the title of {item} back", **values),
            "search_visitors",
            "up",
            item=one.item,
            deed="change_title",
            about=about,
        )
        return finding("optimise", "changed", "watch", text, ask, about=about)
    text = say(
        "{item}: since its title was changed on {day}, its search visitors changed by {ratio} "
        "compared with those of the whole shop; whether the new title is better cannot be told.",
        **values,
    )
    return finding("optimise", "changed", "info", text, about=about)


def of_claims(found: Sequence[Claim], names: Mapping[str, str], today: date) -> list[Finding[Words]]:
    """Return findings on claims that pages may not make, and on each item's best permitted claim."""
    said = [_forbidden(one, names, today) for one in found if one.verdict == "forbidden"]
    best: dict[str, Claim] = {}
    for one in found:
        if one.verdict == "promise":
            best.setdefault(one.item, one)
    kept = list(best.values())[:NAMED]
    return said + [_promise(one, names, today, first=one is kept[0]) for one in kept]


def _claim(one: Claim, names: Mapping[str, str]) -> dict[str, Value]:
    return {
        "item": names.get(one.item, one.item),
        "aspect": say(one.name),
        "praise": one.praise,
        "blame": one.blame,
        "n": one.mentions,
        "words": one.words,
    }


def _forbidden(one: Claim, names: Mapping[str, str], today: date) -> Finding[Words]:
    values, about = _claim(one, names), About(item=one.item, aspect=one.aspect)
    text = say(
        "{item}: do not use {aspect} as a selling point; of {n} buyers who mention it, {blame} complain.",
        **values,
    )
    ask = Proposal(
        "design",
        say(
            "{item}: remove {aspect} as a selling point from the item page and pictures until "
            "this batch is corrected",
            **values,
        ),
        due=(today + timedelta(days=1)).isoformat(),
        item=one.item,
        about=about,
    )
    return finding("optimise", "claim", "watch", text, ask, about=about)


def _promise(one: Claim, names: Mapping[str, str], today: date, *, first: bool) -> Finding[Words]:
    """Return the finding on a permitted claim; if it is the ``first``, with a filled-in brief for design."""
    values, about = _claim(one, names), About(item=one.item, aspect=one.aspect)
    text = say(
        "{item}: {aspect} can be used as a selling point; {praise} buyers praise it, {blame} "
        "complain: “{words}”.",
        **values,
    )
    if not first:
        return finding("optimise", "claim", "good", text, about=about)
    due = (today + timedelta(days=BRIEF_DAYS)).isoformat()
    ask: Proposal[Words] = Proposal(
        "design",
        say(
            "{item}: put {aspect} on the first picture, in the buyers' words (form “A design brief”)",
            **values,
        ),
        metric="ctr",
        direction="up",
        due=due,
        item=one.item,
        about=about,
        form="brief",
        fills=(
            ("item", one.item),
            ("due", due),
            ("piece", "main"),
            ("shows", say("{aspect}; {praise} buyers say so: “{words}”", **values)),
            ("never", say("no superlatives, nothing that is not true of the goods")),
        ),
    )
    return finding("optimise", "claim", "good", text, ask, about=about)


def of_heroes(found: Sequence[HeroCandidate], shop: Shop, today: date) -> list[Finding[Words]]:
    """Return findings on the items most worth promoting next."""
    return [_hero(one, today) for one in found if one.sure(shop.thresholds.likely)][:HEROES]


def _hero(one: HeroCandidate, today: date) -> Finding[Words]:
    about = About(item=one.item)
    values: dict[str, Value] = {
        "item": one.name,
        "growth": message.percent(one.growth - 1, 0, sign=True),
        "searched": message.count(one.searched),
        "rate": message.percent(one.rate),
        "low": message.percent(one.low),
        "high": message.percent(one.high),
        "worth": message.money(None if one.worth is None else round(one.worth, 2)),
        "cpc": message.money(None if one.cpc is None else round(one.cpc, 2)),
    }
    text = say(
        "Next item to promote: {item}. Compared with the whole shop, its search visitors changed "
        "by {growth} ({searched} in two weeks); conversion {rate} ({low}–{high}); a click is "
        "worth {worth} and costs about {cpc}; it has enough stock.",
        **values,
    )
    ask = Proposal(
        "promotion",
        say(
            "{item}: run a small keyword plan for a week at no more than {cpc} a click, then check again",
            **values,
        ),
        metric="item_visitors",
        direction="up",
        due=(today + timedelta(days=7)).isoformat(),
        item=one.item,
        about=about,
        price=one.cpc,
    )
    return finding("optimise", "hero", "good", text, ask, about=about)
