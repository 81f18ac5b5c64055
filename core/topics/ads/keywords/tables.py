"""The tables of keywords, keywords to add, ad types and pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.answers.answer import About, Cell, Held, Table, TableColumn
from core.language import message
from core.language.message import N_, Words, say
from core.topics.ads.keywords.additions import Addition
from core.topics.ads.keywords.pictures import Picture
from core.topics.ads.keywords.verdicts import ItemKeyword
from core.topics.ads.traffic.spending import Spending, break_even_name, roi_name
from core.topics.ads.traffic_holds import NOTES
from core.topics.creative.picture_tests import LOW

DECISIONS = {
    "delete": N_("delete"),
    "lower": N_("lower"),
    "raise": N_("raise"),
    "keep": N_("keep"),
    "observe": N_("observe"),
    "add": N_("add"),
}
"""The possible decisions on a keyword, in the order of the table."""


def word_table(found: Sequence[ItemKeyword], *, page_fails: bool = False) -> Table[Words]:
    """Return the table of all keywords, those to delete first; the user can record a decision on each row.

    If ``page_fails``, raises are on hold until the page's bounce rate is back within its limit.
    """
    columns = (
        TableColumn(say("Keyword"), "text", "word"),
        TableColumn(say("Item"), "text", "item"),
        TableColumn(say("Decision"), "word", "decision", decision_words()),
        TableColumn(say("CPC"), "money", "cpc", total="ratio:cost/clicks"),
        TableColumn(say("New cost per click"), "money", "next_cpc"),
        TableColumn(say("Click worth"), "money", "click_value"),
        TableColumn(say("Chance of profit"), "rate", "earns"),
        TableColumn(say("Clicks"), "count", "clicks", total="sum"),
        TableColumn(say("Orders"), "count", "orders", total="sum"),
        TableColumn(say("Orders per click"), "rate", "click_conversion", total="ratio:orders/clicks"),
        TableColumn(say("90% range"), "text", "interval"),
        TableColumn(say("Click rate"), "rate", "ctr", total="ratio:clicks/impressions"),
        TableColumn(say("Impressions"), "count", "impressions", total="sum"),
        TableColumn(say("Ad spend"), "money", "cost", total="sum"),
        TableColumn(say("ROI"), "ratio", "roi"),
        TableColumn(say("Rank"), "ratio", "rank"),
        TableColumn(say("Clicks still needed"), "text", "still_needs"),
    )
    places = {name: place for place, name in enumerate(DECISIONS)}
    order = sorted(found, key=lambda word: (places.get(word.decision, len(places)), -_stake(word)))
    return Table(
        say("Keywords"),
        columns,
        tuple(_word_row(word, _hold(word, page_fails=page_fails)) for word in order),
        tuple(word.key for word in order),
        about=tuple(word.about for word in order),
        holds=tuple(_hold(word, page_fails=page_fails) for word in order),
    )


def _hold(word: ItemKeyword, *, page_fails: bool) -> Held:
    return word.held or ("page" if page_fails and word.decision == "raise" else "")


def decision_words() -> tuple[tuple[str, Words], ...]:
    """Return every decision's id and name."""
    return tuple((decision, say(words)) for decision, words in DECISIONS.items())


def _stake(word: ItemKeyword) -> float:
    """Return the yuan per day by which keywords with the same decision are sorted; 0 if undecided."""
    return word.stake if word.decision else 0.0


def _word_row(word: ItemKeyword, hold: Held) -> tuple[Cell | Words, ...]:
    judged = word.judged
    needs: Words = ""
    if word.decision == "observe" and judged.more_clicks:
        needs = say(
            "{n} clicks (about {cost})",
            n=message.count(judged.more_clicks),
            cost=message.money(None if word.missing_yuan is None else round(word.missing_yuan)),
        )
    elif word.moved is not None:
        needs = say("cost per click just changed {change}", change=message.percent(word.moved, 0, sign=True))
    elif hold:
        needs = say(NOTES[hold])
    elif word.decision in ("lower", "delete") and word.pays_by_margin_only:
        needs = say("pays by margin alone, but not after fees, parcels and returns")
    return (
        word.text,
        word.item_name,
        word.decision or message.DASH,
        _round(judged.cpc, 2),
        _round(word.next_cpc, 2),
        _round(judged.max_cpc, 2),
        _round(judged.chance_good, 3),
        word.clicks,
        word.orders,
        round(judged.rate, 4),
        _share_range(judged.low, judged.high),
        _round(word.ctr, 4),
        word.impressions,
        round(word.cost, 2),
        _round(word.roi, 2),
        _round(word.rank, 1),
        needs,
    )


def addition_table(
    missing: Sequence[Addition], held: Mapping[str, Held], *, page_fails: bool = False
) -> Table[Words]:
    """Return the table of keywords to add; the user can record a decision on each row."""
    columns = (
        TableColumn(say("Search term"), "text", "search_term"),
        TableColumn(say("Item"), "text", "item"),
        TableColumn(say("Visitors"), "count", "visitors"),
        TableColumn(say("Buyers"), "count", "buyers"),
        TableColumn(say("Conversion"), "rate", "conversion"),
        TableColumn(say("90% range"), "text", "interval"),
        TableColumn(say("Starting cost per click"), "money", "first_cpc"),
    )
    rows = tuple(
        (
            one.term,
            one.item_name,
            one.visitors,
            one.buyers,
            round(one.rate, 4),
            _share_range(one.low, one.high),
            _round(one.first_cpc, 2),
        )
        for one in missing
    )
    return Table(
        say("Keywords to add"),
        columns,
        rows,
        tuple(one.key for one in missing),
        about=tuple(one.about for one in missing),
        holds=tuple(held.get(one.item) or ("page" if page_fails else "") for one in missing),
    )


def spending_table(spent: Sequence[Spending]) -> Table[Words]:
    """Return the table of ad spend by item and ad type, the largest spend first."""
    columns: tuple[TableColumn[Words], ...] = (
        TableColumn(say("Item"), "text", "item"),
        TableColumn(say("Ad type"), "text", "scene"),
        TableColumn(say("Ad spend"), "money", "cost", total="sum"),
        TableColumn(say("Clicks"), "count", "clicks", total="sum"),
        TableColumn(say("Click rate"), "rate", "ctr", total="ratio:clicks/impressions"),
        TableColumn(say("CPC"), "money", "cpc", total="ratio:cost/clicks"),
        TableColumn(say("Orders"), "count", "orders", total="sum"),
        TableColumn(roi_name(spent), "ratio", "roi"),
        TableColumn(say("90% range"), "text", "interval"),
        TableColumn(break_even_name(spent), "ratio", "break_even"),
    )
    rows = tuple(
        (
            one.name,
            one.scene or message.DASH,
            round(one.cost, 2),
            one.clicks,
            _round(one.clicks / one.impressions if one.impressions else None, 4),
            _round(one.cost / one.clicks if one.clicks else None, 2),
            one.orders,
            _round(one.roi, 2),
            say("{low}–{high}", low=message.ratio(one.low), high=message.ratio(one.high)),
            _round(one.break_even, 2),
        )
        for one in spent
    )
    about = tuple(About(item=one.item, scene=one.scene) for one in spent)
    return Table(say("Items by ad type"), columns, rows, about=about)


def picture_table(images: Sequence[Picture]) -> Table[Words]:
    """Return the table of the items' pictures, the weakest first."""
    columns = (
        TableColumn(say("Item"), "text", "item"),
        TableColumn(say("Click rate"), "rate", "ctr", total="ratio:clicks/impressions"),
        TableColumn(say("Usual click rate, same slots"), "rate", "usual_ctr"),
        TableColumn(say("Ratio to usual"), "ratio", "ratio"),
        TableColumn(
            say("Chance of a click rate below {share} of usual", share=message.percent(LOW, 0)),
            "rate",
            "too_low",
        ),
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
    return Table(say("Pictures"), columns, rows, about=tuple(About(item=one.item) for one in images))


def _share_range(low: float, high: float) -> Words:
    """Return two fractions as a range in percent, e.g. 2.1–3.4%."""
    return say("{low}–{high}%", low=message.ratio(low * 100, 1), high=message.ratio(high * 100, 1))


def _round(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)
