"""The number of items that we and rivals have in each price band."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from core.answers.answer import Finding, Proposal, Table, TableColumn, finding
from core.language import message
from core.language.message import Words, say
from core.topics.campaigns.month_ahead.lineup import EDGES, Band
from core.topics.campaigns.month_ahead.tables import band_words

if TYPE_CHECKING:
    import pandas as pd

DAYS: Final = 14
"""Days for which a look at a rival's listings counts."""
FEWEST: Final = 20
"""The fewest listed items of rivals for a statement [judgement]."""
MANY: Final = 0.20
"""The share of the rivals' items in a band from which a thin one of ours is told [judgement]."""
THIN: Final = 0.5
"""A band is thin when our share of items is below this part of theirs [judgement]."""


@dataclass(frozen=True, slots=True)
class PriceBand:
    """One price band, with our items and the rivals' items in it."""

    low: int
    high: int | None
    ours: int
    share: float
    """The share of our items that sold."""
    sales: float
    """The band's share of our sales."""
    theirs: int
    their_share: float

    @property
    def thin(self) -> bool:
        """Return whether this band holds a much larger share of the rivals' items than of ours."""
        return self.their_share >= MANY and self.share < THIN * self.their_share


@dataclass(frozen=True, slots=True)
class BesideRivals:
    """All price bands in which we or rivals have items."""

    shops: int
    items: int
    """The rivals' listed items with a price."""
    bands: tuple[PriceBand, ...]


def beside_rivals(ours: Sequence[Band], listings: pd.DataFrame | None, today: date) -> BesideRivals | None:
    """Return our price bands beside rivals' newest listings of the last two weeks; None if there are none."""
    if listings is None or listings.empty:
        return None
    when = listings["date"].dt.date
    seen = listings[(when <= today) & (when >= today - timedelta(days=DAYS)) & listings["price"].notna()]
    if seen.empty:
        return None
    last = seen[seen["date"] == seen.groupby("shop")["date"].transform("max")]
    prices = [float(price) for price in last["price"]]
    counted = [0] * len(EDGES)
    for price in prices:
        counted[bisect_right(EDGES, price) - 1] += 1
    known, whole = {one.low: one for one in ours}, sum(one.items for one in ours)
    bands = []
    for low, high, theirs in zip(EDGES, (*EDGES[1:], None), counted, strict=True):
        mine = known.get(low)
        if mine is None and not theirs:
            continue
        items = 0 if mine is None else mine.items
        bands.append(
            PriceBand(
                low,
                high,
                items,
                items / whole if whole else 0.0,
                0.0 if mine is None else mine.share,
                theirs,
                theirs / len(prices),
            )
        )
    return BesideRivals(int(last["shop"].nunique()), len(prices), tuple(bands))


def findings(found: BesideRivals | None, today: date) -> list[Finding[Words]]:
    """Return the finding on the price band with many rival items and few of ours; empty if there is none."""
    if found is None or found.items < FEWEST:
        return []
    thin = max((one for one in found.bands if one.thin), key=lambda one: one.their_share, default=None)
    if thin is None:
        return []
    band = band_words(thin.low, thin.high)
    text = say(
        "Prices: {theirs} of the {n} items listed by {shops} cost {band}, but only {ours} of our items "
        "do; these bring {sales} of our sales.",
        theirs=message.percent(thin.their_share, 0),
        n=found.items,
        shops=message.plural("{n} rival", "{n} rivals", found.shops),
        band=band,
        ours=message.percent(thin.share, 0),
        sales=message.percent(thin.sales, 0),
    )
    ask = Proposal(
        "operator",
        say(
            "Decide whether our buyers want an item at {band}, or whether we leave that price to rivals",
            band=band,
        ),
        due=(today + timedelta(days=7)).isoformat(),
    )
    return [finding("month_plan", "prices", "info", text, ask)]


def table(found: BesideRivals | None) -> tuple[Table[Words], ...]:
    """Return the table of our and the rivals' items by price band; empty without listings of rivals."""
    if found is None:
        return ()
    columns = (
        TableColumn(say("Price band"), id="band"),
        TableColumn(say("Our items"), "count", "ours"),
        TableColumn(say("Share of our items"), "rate", "share"),
        TableColumn(say("Share of our sales"), "rate", "sales"),
        TableColumn(say("Rivals' items"), "count", "theirs"),
        TableColumn(say("Share of rivals' items"), "rate", "their_share"),
    )
    rows = tuple(
        (
            band_words(one.low, one.high),
            one.ours,
            round(one.share, 4),
            round(one.sales, 4),
            one.theirs,
            round(one.their_share, 4),
        )
        for one in found.bands
    )
    return (Table(say("Price bands compared with the rivals' (as last seen)"), columns, rows),)
