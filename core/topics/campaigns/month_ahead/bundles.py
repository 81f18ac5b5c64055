"""Which items buyers take together in one order, beyond what chance gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import TYPE_CHECKING, Final

from core.answers.answer import Finding, Proposal, Table, TableColumn, finding
from core.language import message
from core.language.message import Words, say
from core.statistics import distributions

if TYPE_CHECKING:
    import pandas as pd

DAYS: Final = 28
BETWEEN: Final = "，"
"""What stands between the titles of an order's items in the order report."""
FEWEST: Final = 10
"""The fewest orders of a pair for a statement [judgement]."""
DOUBT: Final = 0.01
"""The chance of a false pair among all that are looked at."""
SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Pair:
    """Two items that are ordered together."""

    first: str
    second: str
    orders: int
    expected: float
    """The orders that hold both by chance, given how often each is in an order of several items."""
    sure: bool
    """Whether it is more than chance gives, over all pairs looked at."""


@dataclass(frozen=True, slots=True)
class Bundles:
    """The orders of several items in four weeks."""

    orders: int
    several: int
    pairs: tuple[Pair, ...]
    """The pairs ordered together most often beyond chance, the most orders first."""

    @property
    def share(self) -> float:
        """Return the share of orders that hold more than one item."""
        return self.several / self.orders


def bundles(frame: pd.DataFrame, names: Mapping[str, str], today: date) -> Bundles | None:
    """Return the item pairs in the paid orders of the last four weeks; None if there are no such orders.

    ``names`` are the items' display names by title.
    """
    paid = frame[frame["paid"].notna() & (frame["date"].dt.date >= today - timedelta(days=DAYS))]
    paid = paid[(paid["date"].dt.date < today) & paid["kinds"].notna()]
    if paid.empty:
        return None
    together: Counter[tuple[str, str]] = Counter()
    single: Counter[str] = Counter()
    for titles, kinds in paid.loc[paid["kinds"] > 1, ["titles", "kinds"]].itertuples(index=False):
        parts = sorted({names.get(one.strip(), one.strip()) for one in str(titles).split(BETWEEN)})
        if len(parts) != kinds:
            continue
        for one in parts:
            single[one] += len(parts) - 1
        together.update(combinations(parts, 2))
    whole = sum(together.values())
    return Bundles(len(paid), int((paid["kinds"] > 1).sum()), _pairs(together, single, whole))


def _pairs(together: Counter[tuple[str, str]], single: Counter[str], whole: int) -> tuple[Pair, ...]:
    apart = 1 - sum((n / (2 * whole)) ** 2 for n in single.values()) if whole else 0.0
    found = []
    for (first, second), orders in together.items():
        expected = single[first] * single[second] / (2 * whole) / apart if apart > 0 else 0.0
        by_chance = distributions.gamma_cdf(expected, orders, 1.0) if expected > 0 else 1.0
        sure = orders >= FEWEST and by_chance * len(together) < DOUBT
        found.append(Pair(first, second, orders, expected, sure))
    return tuple(sorted(found, key=lambda one: (not one.sure, -one.orders))[:SHOWN])


def findings(found: Bundles | None, today: date) -> list[Finding[Words]]:
    """Return the finding on the share of orders with several items, and on the pair worth a bundle offer."""
    if found is None:
        return []
    text = say(
        "{share} of orders contain more than one item ({several} of {orders} in four weeks).",
        share=message.percent(found.share, 0),
        several=message.count(found.several),
        orders=message.count(found.orders),
    )
    best = found.pairs[0] if found.pairs and found.pairs[0].sure else None
    if best is None:
        more = say("No two items are ordered together more often than by chance.")
        return [finding("month_plan", "bundles", "info", message.sentences([text, more]))]
    values = {"first": best.first, "second": best.second}
    more = say(
        "{first} and {second} are ordered together most: {n} orders, {times} times as many as by chance.",
        n=message.count(best.orders),
        times=message.ratio(best.orders / best.expected, 1),
        **values,
    )
    ask = Proposal(
        "operator",
        say(
            "Offer {first} together with {second}: link the two item pages and give a small discount on "
            "the pair",
            **values,
        ),
        metric="aov",
        direction="up",
        due=(today + timedelta(days=7)).isoformat(),
    )
    return [finding("month_plan", "bundles", "info", message.sentences([text, more]), ask)]


def table(found: Bundles | None) -> tuple[Table[Words], ...]:
    """Return the table of item pairs; empty if there are none."""
    if found is None or not found.pairs:
        return ()
    columns = (
        TableColumn(say("Item"), id="first"),
        TableColumn(say("Ordered together with"), id="second"),
        TableColumn(say("Orders with both"), "count", "orders"),
        TableColumn(say("Expected by chance"), "count", "expected"),
        TableColumn(
            say("More than chance?"), "word", "sure", (("yes", say("yes")), ("no", say("cannot tell")))
        ),
    )
    rows = tuple(
        (one.first, one.second, one.orders, round(one.expected), "yes" if one.sure else "no")
        for one in found.pairs
    )
    return (Table(say("Ordered together (last four weeks)"), columns, rows),)
