"""The buyers of the order list: first and last order, frequency, spending, and repeat rate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.topics.customers.retention import Buyer, RepeatRate, repeat_rate, scores

if TYPE_CHECKING:
    import pandas as pd

FEWEST_MATURE = 30
"""The minimum number of buyers followed for the whole window for a repeat rate."""
SHORTER = (60.0, 45.0, 30.0, 14.0)
"""The windows in days tried, longest first, if the export is too young for the shop's own window."""
UNKNOWN_DAYS = 180
"""The number of days from the export's start in which no buyer can be called new from orders alone."""


@dataclass(frozen=True, slots=True)
class Customer:
    """One buyer's purchases, as far back as the export reaches."""

    buyer: str
    """The salted hash of the buyer's name."""
    first: date
    last: date
    times: int
    """The number of days with a purchase that was not fully refunded."""
    spent: float
    second: date | None
    money: int = 0
    """The score of the money spent, from 1 to 5 (most)."""


@dataclass(frozen=True, slots=True)
class Returning:
    """The repeat rate of buyers, and the window it was measured with."""

    window: float
    """The number of days within which a second purchase counts."""
    rate: RepeatRate
    shortened: bool
    """Whether a shorter window than the shop's own was used because the export is too young."""


def customers(frame: pd.DataFrame) -> list[Customer]:
    """Return every buyer with paid orders that were not fully refunded, with scores by spending.

    Buyers who spent the same get the same score.
    """
    import pandas as pd

    rows = frame[frame["paid"].notna() & (frame["buyer"] != "")]
    kept = rows[rows["refund_amount"].fillna(0.0) < rows["amount"].fillna(0.0)]
    days = kept.assign(value=kept["amount"].fillna(0.0) - kept["refund_amount"].fillna(0.0))
    daily = days.groupby(["buyer", "date"], sort=True)["value"].sum().reset_index()
    if daily.empty:
        return []
    grouped = daily.groupby("buyer", sort=True)
    columns = [
        grouped["date"].min(),
        grouped["date"].max(),
        grouped["date"].size(),
        grouped["value"].sum(),
        grouped["date"].nth(1).groupby(daily["buyer"]).first(),
    ]
    table = pd.concat(columns, axis=1)
    found = [
        Customer(
            str(buyer),
            first.date(),
            last.date(),
            int(times),
            float(spent),
            None if second is pd.NaT else second.date(),
        )
        for buyer, first, last, times, spent, second in table.itertuples()
    ]
    return _scored(found)


def _scored(found: Sequence[Customer]) -> list[Customer]:
    money = scores([one.spent for one in found])
    return [replace(one, money=score) for one, score in zip(found, money, strict=True)]


def returning(found: Sequence[Customer], today: date, window: float) -> Returning | None:
    """Return the repeat rate of the buyers who could be followed for the whole window.

    If they are too few, a shorter window is used; None if they are too few even for the shortest.
    """
    buyers = [
        Buyer(
            float((today - one.first).days - 1),
            None if one.second is None else float((one.second - one.first).days),
        )
        for one in found
    ]
    for days in (window, *(short for short in SHORTER if short < window)):
        rate = repeat_rate(buyers, days)
        if rate.mature is not None and rate.mature.trials >= FEWEST_MATURE:
            return Returning(days, rate, days < window)
    return None


def all_unknown(first: date, today: date) -> bool:
    """Return whether the export's history is too short to call any buyer new.

    ``first`` is the first day of the export.
    """
    return today - first < timedelta(days=UNKNOWN_DAYS)
