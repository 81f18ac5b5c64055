"""Which items are likely to sell, by the market's searches and by our items' own search visitors."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from core.answers.answer import About, Cell, Finding, Proposal, Table, TableColumn, finding
from core.language import message
from core.language.message import Value, Words, say
from core.topics.campaigns.month_ahead.demand import GROWN, carrier
from core.topics.titles.next_hero import SearchGrowth

if TYPE_CHECKING:
    import pandas as pd

NEWEST: Final = 14
"""Days for which a look at the market counts."""
APART: Final = (6, 35)
"""Days between two looks that are compared, at least and at most [judgement]."""
NAMED: Final = 3
SHOWN: Final = 12


@dataclass(frozen=True, slots=True)
class MarketTerm:
    """One search term of the market, from the newest imported list."""

    text: str
    popularity: float | None
    growth: float | None
    """The change of its popularity since the look before, or the platform's own figure; None if unknown."""
    item: str | None
    """Our item whose title holds the term; None if none does."""

    @property
    def rises(self) -> bool:
        """Return whether the term's popularity rose by at least a quarter."""
        return self.growth is not None and self.growth >= GROWN - 1


@dataclass(frozen=True, slots=True)
class Market:
    """The newest imported list of the market's searches."""

    day: date
    since: date | None
    """The look it is compared with; None where only the platform's own growth is known."""
    terms: tuple[MarketTerm, ...]
    """The terms, those that rise most first."""


def market(frame: pd.DataFrame | None, titles: Mapping[str, str], today: date) -> Market | None:
    """Return the newest list of searches, compared with an earlier one; None if it is over two weeks old."""
    if frame is None or frame.empty:
        return None
    days = sorted({when for when in frame["date"].dt.date if isinstance(when, date) and when <= today})
    if not days or (today - days[-1]).days > NEWEST:
        return None
    day = days[-1]
    earlier = [one for one in days if APART[0] <= (day - one).days <= APART[1]]
    since = earlier[-1] if earlier else None
    before = {} if since is None else _popularity(frame, since)
    rows = frame[frame["date"].dt.date == day]
    own = dict(zip(rows["term"].astype(str), rows["growth"], strict=True))
    now = _popularity(frame, day)
    terms = []
    for term, shown in own.items():
        found = now.get(term)
        growth: float | None = None
        if found and before.get(term):
            growth = found / before[term] - 1
        elif not math.isnan(shown):
            growth = float(shown)
        terms.append(MarketTerm(term, found, growth, carrier(term, titles)))
    terms.sort(key=lambda one: -(one.growth if one.growth is not None else -math.inf))
    return Market(day, since if any(term in before for term in now) else None, tuple(terms))


def _popularity(frame: pd.DataFrame, day: date) -> dict[str, float]:
    rows = frame[(frame["date"].dt.date == day) & frame["popularity"].notna()]
    return {str(term): float(value) for term, value in zip(rows["term"], rows["popularity"], strict=True)}


def findings(
    found: Market | None,
    ours: Mapping[str, SearchGrowth],
    names: Mapping[str, str],
    short: Collection[str],
    ailing: Collection[str],
    likely: float,
    today: date,
) -> list[Finding[Words]]:
    """Return findings on items that fit rising search terms of the market, and on terms that fit no item.

    ``short`` are items about to sell out; ``ailing`` are items with an open complaint or incident.
    """
    if found is None:
        return []
    said: list[Finding[Words]] = []
    rising = [one for one in found.terms if one.rises]
    for item in dict.fromkeys(one.item for one in rising if one.item is not None):
        if len(said) == NAMED:
            break
        best = next(one for one in rising if one.item == item)
        said.append(
            _fitting(
                best, found, ours.get(item), names.get(item, item), likely, today,
                held=item in ailing, short=item in short,
            )
        )  # fmt: skip
    free = [one.text for one in rising if one.item is None][:NAMED]
    if free:
        text = say(
            "The market searches more for these words, but none of our titles has them: {words}. The "
            "first shop to list such an item gets those buyers.",
            words=message.listing(free),
        )
        ask = Proposal(
            "operator",
            say("Decide on {words}: list an item for it, or leave it", words=message.listing(free)),
            due=(today + timedelta(days=7)).isoformat(),
        )
        said.append(finding("optimise", "market_gap", "info", text, ask))
    return said


def _fitting(
    term: MarketTerm,
    found: Market,
    own: SearchGrowth | None,
    name: str,
    likely: float,
    today: date,
    *,
    held: bool,
    short: bool,
) -> Finding[Words]:
    about = About(item=term.item or "")
    values: dict[str, Value] = {
        "item": name,
        "term": term.text,
        "market": message.percent(term.growth, 0, sign=True),
        "day": message.short_day(found.day),
        "own": message.percent(None if own is None else own.growth - 1, 0, sign=True),
    }
    first = say(
        "“{term}” is searched more in the market ({market}, {day}), and {item} fits this term.", **values
    )
    if own is None:
        more = say("The item's own search visitors are too few to tell whether it benefits.")
        return finding("optimise", "market", "info", message.sentences([first, more]), about=about)
    if own.chance <= 1 - likely:
        more = say(
            "The search visitors of {item} changed by {own} compared with the whole shop, so it does not "
            "benefit. Is it the title, the price or the rank?",
            **values,
        )
        ask = Proposal(
            "operator",
            say("{item}: search for “{term}” and see which shops rank first, and at what price", **values),
            metric="search_visitors",
            direction="up",
            due=(today + timedelta(days=2)).isoformat(),
            item=term.item,
            about=about,
        )
        return finding("optimise", "market", "watch", message.sentences([first, more]), ask, about=about)
    if own.chance < likely:
        more = say(
            "The search visitors of {item} changed by {own} compared with the whole shop; whether it "
            "benefits cannot be told yet.",
            **values,
        )
        return finding("optimise", "market", "info", message.sentences([first, more]), about=about)
    more = say(
        "The search visitors of {item} changed by {own} compared with the whole shop: it will probably "
        "sell more.",
        **values,
    )
    if held or short:
        wait = (
            say("Solve the item's complaints before you promote it.")
            if held
            else say("The item will sell out before new stock arrives: reorder first.")
        )
        return finding("optimise", "market", "good", message.sentences([first, more, wait]), about=about)
    ask = Proposal(
        "operator",
        say(
            "{item}: prepare it as the next best seller (stock, item page, a small keyword plan on “{term}”)",
            **values,
        ),
        metric="item_visitors",
        direction="up",
        due=(today + timedelta(days=7)).isoformat(),
        item=term.item,
        about=about,
    )
    return finding("optimise", "market", "good", message.sentences([first, more]), ask, about=about)


def table(
    found: Market | None, ours: Mapping[str, SearchGrowth], names: Mapping[str, str]
) -> tuple[Table[Words], ...]:
    """Return the table of the market's rising terms and our matching items; empty if no list is imported."""
    if found is None:
        return ()
    columns = (
        TableColumn(say("Search term"), id="term"),
        TableColumn(say("Market popularity (index)"), "count", "popularity"),
        TableColumn(say("Market growth"), "rate", "growth"),
        TableColumn(say("Our item"), id="item"),
        TableColumn(say("Our search growth"), "rate", "own"),
    )
    rows = tuple(_row(one, ours, names) for one in found.terms[:SHOWN])
    return (Table(say("What the market searches for"), columns, rows),)


def _row(
    one: MarketTerm, ours: Mapping[str, SearchGrowth], names: Mapping[str, str]
) -> tuple[Cell | Words, ...]:
    own = ours.get(one.item or "")
    return (
        one.text,
        None if one.popularity is None else round(one.popularity),
        None if one.growth is None else round(one.growth, 3),
        message.DASH if one.item is None else names.get(one.item, one.item),
        None if own is None else round(own.growth - 1, 3),
    )


def limits(found: Market | None) -> Sequence[Words]:
    """Return the texts on what the list of the market's searches does not show."""
    if found is None:
        return (
            say(
                "What the market searches for is known only from an imported list (date, term, popularity) "
                "or the form “The market yesterday”."
            ),
        )
    said = [
        say(
            "The market's popularity is an index: it shows whether searches rise or fall, not how many "
            "people search."
        )
    ]
    if found.since is not None:
        said.append(
            say(
                "Market growth compares {day} with {since}.",
                day=message.short_day(found.day),
                since=message.short_day(found.since),
            )
        )
    return tuple(said)
