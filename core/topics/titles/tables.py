"""The tables of titles: words to add and drop, claims by aspect, candidates for the next hero."""

from __future__ import annotations

from collections.abc import Sequence

from core.answers.answer import About, Evidence, Table, TableColumn, key_of
from core.language import message
from core.language.message import Words, say
from core.shop.settings import Shop
from core.topics.titles.claims import Claim
from core.topics.titles.next_hero import HeroCandidate
from core.topics.titles.title_words import TitlePlan


def evidence(
    plans: Sequence[TitlePlan],
    told: Sequence[Claim],
    coming: Sequence[HeroCandidate],
    names: dict[str, str],
    shop: Shop,
) -> tuple[Evidence[Words], ...]:
    """Return the tables of titles, claims and hero candidates."""
    pieces: list[Evidence[Words]] = [_titles(plans)]
    if told:
        pieces.append(_claims(told, names))
    if coming:
        pieces.append(_heroes(coming, shop))
    return tuple(pieces)


def _titles(plans: Sequence[TitlePlan]) -> Table[Words]:
    rows = tuple(
        (
            one.name,
            f"{one.used}/{one.limit}",
            _listed([word.text for word in one.add]),
            _listed(one.drop),
            _listed(one.idle),
            _listed([word.text for word in one.refused[:3]]),
            one.after if one.add else message.DASH,
        )
        for one in plans
    )
    columns = (
        TableColumn(say("Item"), id="item"),
        TableColumn(say("Bytes"), id="bytes"),
        TableColumn(say("Keywords to add"), id="words_in"),
        TableColumn(say("Words to remove"), id="words_out"),
        TableColumn(say("Words nobody searches"), id="idle"),
        TableColumn(say("Words not allowed"), id="refused"),
        TableColumn(say("New title"), id="title_then"),
    )
    about = tuple(About(item=one.item) for one in plans)
    keys = tuple(key_of("optimise", "title", one) for one in about)
    return Table(say("Titles"), columns, rows, keys, about=about)


def _listed(words: Sequence[str]) -> Words:
    return message.listing(words) if words else message.DASH


def _claims(told: Sequence[Claim], names: dict[str, str]) -> Table[Words]:
    verdicts = (
        ("promise", say("a selling point")),
        ("forbidden", say("no selling point")),
        ("no call", say("cannot tell")),
    )
    ranked = sorted(told, key=lambda one: (list(names).index(one.item), -one.praise))
    rows = tuple(
        (
            names[one.item],
            say(one.name),
            one.praise,
            one.blame,
            one.verdict,
            one.words or message.DASH,
        )
        for one in ranked
    )
    columns = (
        TableColumn(say("Item"), id="item"),
        TableColumn(say("Aspect"), id="aspect"),
        TableColumn(say("Buyers who praise it"), "count", "praise"),
        TableColumn(say("Buyers who complain"), "count", "blame"),
        TableColumn(say("Result"), "word", "judged", verdicts),
        TableColumn(say("In a buyer's words"), id="words"),
    )
    about = tuple(About(item=one.item) for one in ranked)
    return Table(say("What buyers say"), columns, rows, about=about)


def _heroes(coming: Sequence[HeroCandidate], shop: Shop) -> Table[Words]:
    rows = tuple(
        (
            one.name,
            one.searched,
            round(one.growth - 1, 3),
            round(one.chance_growth, 2),
            round(one.rate, 4),
            None if one.worth is None else round(one.worth, 2),
            None if one.cpc is None else round(one.cpc, 2),
            _call(one, shop),
        )
        for one in coming[:10]
    )
    calls = (("push", say("promote it")), ("stock", say("reorder first")), ("no call", say("cannot tell")))
    columns = (
        TableColumn(say("Item"), id="item"),
        TableColumn(say("Search visitors"), "count", "search_visitors"),
        TableColumn(say("Search growth"), "rate", "growth"),
        TableColumn(say("Chance that its searches grow"), "rate", "chance_growth"),
        TableColumn(say("Conversion"), "rate", "conversion"),
        TableColumn(say("A click is worth"), "money", "click_value"),
        TableColumn(say("Cost of a click"), "money", "cpc"),
        TableColumn(say("Conclusion"), "word", "call", calls),
    )
    about = tuple(About(item=one.item) for one in coming[:10])
    return Table(say("Possible next best sellers"), columns, rows, about=about)


def _call(one: HeroCandidate, shop: Shop) -> str:
    if one.sure(shop.thresholds.likely):
        return "push"
    return "stock" if one.empty is not None and one.empty > 1 - shop.thresholds.likely else "no call"
