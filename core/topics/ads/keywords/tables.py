"""The tables of bought words, added words, scenes and pictures, in reading order."""

from __future__ import annotations

from collections.abc import Sequence

from core.answers.answer import Cell, Table, TableColumn
from core.language import wording
from core.language.wording import N_, say
from core.topics.ads.keywords.additions import Addition
from core.topics.ads.keywords.pictures import Picture
from core.topics.ads.keywords.verdicts import Word
from core.topics.ads.traffic.spending import Spending
from core.topics.ads.traffic_holds import NOTES

DECISIONS = {
    "delete": N_("delete"),
    "lower": N_("lower"),
    "raise": N_("raise"),
    "keep": N_("keep"),
    "observe": N_("observe"),
    "add": N_("add"),
}
"""What can be decided about a word, in the order of the table."""


def word_table(found: Sequence[Word]) -> Table:
    """Return every word with its decision, deletions first; its rows can be decided on."""
    columns = (
        TableColumn(say("Word")),
        TableColumn(say("Item")),
        TableColumn(say("Decision")),
        TableColumn(say("CPC"), "money"),
        TableColumn(say("Next CPC"), "money"),
        TableColumn(say("Worth a click"), "money"),
        TableColumn(say("Earns"), "rate"),
        TableColumn(say("Clicks"), "count"),
        TableColumn(say("Orders"), "count"),
        TableColumn(say("Orders a click"), "rate"),
        TableColumn(say("9 in 10")),
        TableColumn(say("CTR"), "rate"),
        TableColumn(say("Shown"), "count"),
        TableColumn(say("Cost"), "money"),
        TableColumn(say("ROI"), "ratio"),
        TableColumn(say("Rank"), "ratio"),
        TableColumn(say("Still needs")),
    )
    places = {name: place for place, name in enumerate(DECISIONS)}
    order = sorted(found, key=lambda word: (places.get(word.decision, len(places)), -_stake(word)))
    return Table(
        say("Words"), columns, tuple(_word_row(word) for word in order), tuple(word.key for word in order)
    )


def _stake(word: Word) -> float:
    """What the order within a decision follows; words without one stay as they came."""
    return word.stake if word.decision else 0.0


def _word_row(word: Word) -> tuple[Cell, ...]:
    judged = word.judged
    needs = ""
    if word.decision == "observe" and judged.more_clicks:
        needs = say(
            "{n} clicks (≈ {cost})",
            n=wording.count(judged.more_clicks),
            cost=wording.money(None if word.missing_yuan is None else round(word.missing_yuan)),
        )
    elif word.moved is not None:
        needs = say("price just moved {change}", change=wording.percent(word.moved, 0, sign=True))
    elif word.held:
        needs = say(NOTES[word.held])
    return (
        word.text,
        word.item_name,
        say(DECISIONS[word.decision]) if word.decision else wording.DASH,
        _round(judged.cpc, 2),
        _round(word.next_cpc, 2),
        _round(judged.max_cpc, 2),
        _round(judged.chance_good, 3),
        word.clicks,
        word.orders,
        round(judged.rate, 4),
        f"{judged.low * 100:.1f}–{judged.high * 100:.1f}%",
        _round(word.ctr, 4),
        word.impressions,
        round(word.cost, 2),
        _round(word.roi, 2),
        _round(word.rank, 1),
        needs,
    )


def addition_table(missing: Sequence[Addition]) -> Table:
    """Return the terms to add; its rows can be decided on."""
    columns = (
        TableColumn(say("Search term")),
        TableColumn(say("Item")),
        TableColumn(say("Visitors"), "count"),
        TableColumn(say("Buyers"), "count"),
        TableColumn(say("Conversion"), "rate"),
        TableColumn(say("9 in 10")),
        TableColumn(say("First CPC"), "money"),
    )
    rows = tuple(
        (
            one.term,
            one.item_name,
            one.visitors,
            one.buyers,
            round(one.rate, 4),
            f"{one.low * 100:.1f}–{one.high * 100:.1f}%",
            _round(one.first_cpc, 2),
        )
        for one in missing
    )
    return Table(say("Words to add"), columns, rows, tuple(one.key for one in missing))


def spending_table(spent: Sequence[Spending]) -> Table:
    """Return items and scenes, the most expensive first."""
    columns = (
        TableColumn(say("Item")),
        TableColumn(say("Scene")),
        TableColumn(say("Cost"), "money"),
        TableColumn(say("Clicks"), "count"),
        TableColumn(say("CTR"), "rate"),
        TableColumn(say("CPC"), "money"),
        TableColumn(say("Orders"), "count"),
        TableColumn(say("ROI"), "ratio"),
        TableColumn(say("9 in 10")),
        TableColumn(say("Break-even"), "ratio"),
    )
    rows = tuple(
        (
            one.name,
            one.scene or wording.DASH,
            round(one.cost, 2),
            one.clicks,
            _round(one.clicks / one.impressions if one.impressions else None, 4),
            _round(one.cost / one.clicks if one.clicks else None, 2),
            one.orders,
            _round(one.roi, 2),
            f"{wording.ratio(one.low)}–{wording.ratio(one.high)}",
            _round(one.break_even, 2),
        )
        for one in spent
    )
    return Table(say("Items and scenes"), columns, rows)


def picture_table(images: Sequence[Picture]) -> Table:
    """Return the items' pictures, the weakest first."""
    columns = (
        TableColumn(say("Item")),
        TableColumn(say("CTR"), "rate"),
        TableColumn(say("Usual in its slots"), "rate"),
        TableColumn(say("Ratio"), "ratio"),
        TableColumn(say("Too low"), "rate"),
    )
    rows = tuple(
        (
            one.name,
            _round(one.found.plain_ctr, 4),
            round(one.usual_ctr, 4),
            _round(one.found.ratio, 2),
            round(one.found.chance_below, 3),
        )
        for one in images
    )
    return Table(say("Pictures"), columns, rows)


def _round(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)
