"""The tables of titles: words in and out, what buyers say by aspect, who could be pushed next."""

from __future__ import annotations

from collections.abc import Sequence

from core.answers.answer import Evidence, Table, TableColumn
from core.language import wording
from core.language.wording import say
from core.shop.settings import Shop
from core.topics.titles.claims import Claim
from core.topics.titles.next_hero import Candidate
from core.topics.titles.title_words import TitlePlan


def evidence(
    plans: Sequence[TitlePlan],
    told: Sequence[Claim],
    coming: Sequence[Candidate],
    names: dict[str, str],
    shop: Shop,
) -> tuple[Evidence, ...]:
    """Return the titles, what buyers say, and who could be the next hero."""
    pieces: list[Evidence] = [_titles(plans)]
    if told:
        pieces.append(_claims(told, names))
    if coming:
        pieces.append(_heroes(coming, shop))
    return tuple(pieces)


def _titles(plans: Sequence[TitlePlan]) -> Table:
    rows = tuple(
        (
            one.name,
            f"{one.used}/{one.limit}",
            wording.listing([word.text for word in one.add]) or wording.DASH,
            wording.listing(list(one.drop)) or wording.DASH,
            wording.listing(list(one.idle)) or wording.DASH,
            wording.listing([word.text for word in one.refused[:3]]) or wording.DASH,
            one.after if one.add else wording.DASH,
        )
        for one in plans
    )
    names = (
        say("Item"),
        say("Bytes"),
        say("Words in"),
        say("Words out"),
        say("Nobody searches"),
        say("Refused"),
        say("Title then"),
    )
    return Table(
        say("Titles"),
        tuple(TableColumn(name) for name in names),
        rows,
        tuple(f"optimise/title/{one.item}" for one in plans),
    )


def _claims(told: Sequence[Claim], names: dict[str, str]) -> Table:
    verdicts = {"promise": say("may be promised"), "forbidden": say("may not"), "no call": say("no call")}
    ranked = sorted(told, key=lambda one: (list(names).index(one.item), -one.praise))
    rows = tuple(
        (
            names[one.item],
            say(one.name),
            one.praise,
            one.blame,
            verdicts[one.verdict],
            one.words or wording.DASH,
        )
        for one in ranked
    )
    columns = (
        TableColumn(say("Item")),
        TableColumn(say("Aspect")),
        TableColumn(say("Praise"), "count"),
        TableColumn(say("Blame"), "count"),
        TableColumn(say("Judged")),
        TableColumn(say("In a buyer's words")),
    )
    return Table(say("What buyers say"), columns, rows)


def _heroes(coming: Sequence[Candidate], shop: Shop) -> Table:
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
    columns = (
        TableColumn(say("Item")),
        TableColumn(say("From search"), "count"),
        TableColumn(say("Growth"), "rate"),
        TableColumn(say("Grows"), "rate"),
        TableColumn(say("Conversion"), "rate"),
        TableColumn(say("A click is worth"), "money"),
        TableColumn(say("A click costs"), "money"),
        TableColumn(say("Call")),
    )
    return Table(say("Who could be the next hero"), columns, rows)


def _call(one: Candidate, shop: Shop) -> str:
    if one.sure(shop.thresholds.likely):
        return say("push it")
    if one.empty is not None and one.empty > 1 - shop.thresholds.likely:
        return say("stock first")
    return say("no call")
