"""Goods ordered but not yet included in a stock list, and top-ups of the ad account, from the journal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from core.exports.kinds.stock import Stock
from core.journal.actions import Action, actions
from core.journal.entry import Entry, word_of

if TYPE_CHECKING:
    import pandas as pd

SEEN: Final = 0.5
"""The share of an order by which the item's stock must have risen for the order to count as arrived (a
judgement)."""
ORDER, TOP_UP = "order", "top_up"
DEEDS: Final = frozenset({ORDER, TOP_UP})
ARRIVES: Final = "arrives"
"""The column of the stock frame with the day (ISO) on which the item's next ordered goods are expected."""
TOLD: Final = 7
"""The number of days for which an order that has arrived is still listed."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """One order of goods placed with a supplier."""

    action: str
    """The id of the action that recorded it."""
    item: str
    quantity: float
    """The number of pieces ordered."""
    placed: date
    expected: date | None
    arrived: date | None = None
    """The day its arrival was confirmed, or of the stock count that showed it; None while it is on its
    way."""


class TopUp(NamedTuple):
    """A payment into the ad account."""

    at: datetime
    yuan: float


@dataclass(frozen=True, slots=True)
class OnTheWay:
    """Orders of goods and top-ups recorded in the journal."""

    orders: tuple[Ordered, ...] = ()
    """Orders on their way, and those that arrived in the last :data:`TOLD` days."""
    top_ups: tuple[TopUp, ...] = ()
    """Payments into the ad account, except those whose amount is unknown."""

    def paid_in(self, since: datetime | date) -> float:
        """Return the yuan paid into the ad account after the time ``since``, or from the day ``since`` on."""
        return sum(one.yuan for one in self._paid_since(since))

    def last_paid_in(self, since: datetime | date) -> date | None:
        """Return the day of the last payment counted by :meth:`paid_in`; None if there was none."""
        return max((one.at.date() for one in self._paid_since(since)), default=None)

    def _paid_since(self, since: datetime | date) -> list[TopUp]:
        if isinstance(since, datetime):
            return [one for one in self.top_ups if one.at > since]
        return [one for one in self.top_ups if one.at.date() >= since]


def told_by(entries: Iterable[Entry]) -> list[Entry]:
    """Return the journal's entries that record orders of goods or top-ups, or that change such an entry."""
    kept: list[Entry] = []
    known: set[str] = set()
    for entry in entries:
        if entry.kind == "action" and entry.data.get("deed") in DEEDS:
            known.add(entry.id)
            kept.append(entry)
        elif entry.kind == "action-update" and word_of(entry, "action") in known:
            kept.append(entry)
    return kept


def on_the_way(entries: Iterable[Entry], today: date) -> OnTheWay:
    """Return the orders placed and top-ups paid according to the entries.

    Whether the stock list already shows the ordered goods is not checked here.
    """
    done = [one for one in actions(told_by(entries)) if one.state == "done" and one.closed is not None]
    orders = [_ordered(one) for one in done if one.deed == ORDER and one.about.item and one.quantity]
    recent = [one for one in orders if one.arrived is None or (today - one.arrived).days <= TOLD]
    paid = (TopUp(one.closed_at or one.at, one.price) for one in done if one.deed == TOP_UP and one.price)
    return OnTheWay(tuple(recent), tuple(paid))


def seen_in(
    stock: Stock, orders: Sequence[Ordered], before: Callable[[date], Stock | None]
) -> tuple[Ordered, ...]:
    """Return the orders, marking those as arrived whose goods are in the newest stock list.

    An order has arrived if the item's stock has risen by at least half the ordered pieces since it was
    placed. ``before`` returns the last stock list made up to a day.
    """
    now = _counts(stock.frame)
    found = []
    for one in orders:
        count = now.get(one.item)
        if one.arrived is None and count is not None and count[0] > one.placed:
            earlier = before(one.placed)
            then = None if earlier is None else _counts(earlier.frame).get(one.item)
            if then is not None and count[1] - then[1] >= SEEN * one.quantity:
                found.append(Ordered(one.action, one.item, one.quantity, one.placed, one.expected, count[0]))
                continue
        found.append(one)
    return tuple(found)


def with_orders(stock: Stock, orders: Iterable[Ordered]) -> Stock:
    """Return the stock list with ordered goods added to the goods in transit of the item's first row.

    If the stock list was made after the order and states the item's goods in transit, this figure is left
    unchanged, as it is assumed to include the order. The day the goods are expected is added as a column
    :data:`ARRIVES`.
    """
    frame = stock.frame
    for one in orders:
        mine = frame.index[frame["item"] == one.item]
        if one.arrived is not None or not len(mine):
            continue
        told = frame.loc[mine, "in_transit"].notna().any()
        counted = frame.loc[mine, "date"].max().date()
        frame = frame.copy() if frame is stock.frame else frame
        if one.expected is not None:
            known = frame.loc[mine[0], ARRIVES] if ARRIVES in frame else None
            soonest = one.expected.isoformat()
            frame.loc[mine[0], ARRIVES] = min(str(known), soonest) if isinstance(known, str) else soonest
        if told and counted > one.placed:
            continue
        held = frame.loc[mine[0], "in_transit"]
        frame.loc[mine[0], "in_transit"] = one.quantity + (held if held == held else 0.0)  # noqa: PLR0124 - NaN
    if frame is stock.frame:
        return stock
    found = Stock(frame)
    found.batches = stock.batches
    return found


def _ordered(action: Action) -> Ordered:
    placed = action.closed or action.created
    return Ordered(
        action.id, action.about.item, action.quantity or 0.0, placed, action.arrives, action.arrived
    )


def _counts(frame: pd.DataFrame) -> dict[str, tuple[date, float]]:
    """Return each item's last stock count: its day and the pieces on hand."""
    known = frame[frame["on_hand"].notna() & (frame["item"] != "")]
    found: dict[str, tuple[date, float]] = {}
    for item, rows in known.groupby("item", sort=False):
        last = rows["date"].max()
        found[str(item)] = (last.date(), float(rows.loc[rows["date"] == last, "on_hand"].sum()))
    return found
