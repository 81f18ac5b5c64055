"""How many hours refunds take, and how closing the cases of goods already returned changes the mean."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from core.answers.answer import Finding, finding
from core.language import message
from core.language.message import Words
from core.topics.checks.experience.score import mean_if_closed
from core.topics.checks.waiting_cases import FORGOTTEN, WAITS

if TYPE_CHECKING:
    import pandas as pd

WINDOW: Final = timedelta(days=30)
HOUR: Final = timedelta(hours=1)


class RefundHours(NamedTuple):
    """Number and mean hours of refunds closed in 30 days; ages in hours of open cases with returned goods."""

    done: int
    mean: float
    returned: tuple[float, ...]


def refund_hours(frame: pd.DataFrame | None, today: date) -> RefundHours | None:
    """Return how many hours refunds took and open cases have taken; None if none was completed in 30 days.

    Hours count from the application: to the completion or, for open cases, to the newest time in the list.
    """
    if frame is None or frame.empty:
        return None
    moments = [moment for name in ("applied", "closed") for moment in frame[name].dropna()]
    if not moments:
        return None
    as_of = max(moments)
    closed = frame[frame["closed"].notna() & frame["applied"].notna()]
    since = [(today - moment.date()) <= WINDOW for moment in closed["closed"]]
    hours = [(end - begin) / HOUR for begin, end in zip(closed["applied"], closed["closed"], strict=True)]
    done = [one for one, within in zip(hours, since, strict=True) if within and one >= 0]
    waits = frame["closed"].isna() & frame["applied"].notna() & frame["status"].str.contains(WAITS[1][2])
    ages = [(as_of - begin) / HOUR for begin in frame[waits]["applied"]]
    returned = tuple(age for age in ages if age <= FORGOTTEN * 24)
    return RefundHours(len(done), sum(done) / len(done), returned) if done else None


def of_refund_hours(found: RefundHours | None) -> list[Finding[Words]]:
    """Return the finding on how closing the cases of returned goods changes the mean; empty without cases."""
    if found is None or not found.returned:
        return []
    after = mean_if_closed(found.done, found.mean, found.returned)
    text = message.plural(
        "Refunds took {mean} hours on average in 30 days. {n} returned parcel is waiting; "
        "finishing it makes the average {after}, letting it wait makes the average worse.",
        "Refunds took {mean} hours on average in 30 days. {n} returned parcels are waiting; "
        "finishing them makes the average {after}, letting them wait makes the average worse.",
        len(found.returned),
        mean=message.ratio(found.mean, 1),
        after=message.ratio(after, 1),
    )
    return [finding("checks", "refund_hours", "info", text)]
