"""Parcels the courier has not picked up: overdue, due soon, and how many more may be late in 30 days."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from core.answers.answer import Finding, LevelName, Proposal, finding
from core.language import message
from core.language.message import Value, Words, say
from core.topics.checks.experience.score import late_left, rate_tomorrow

if TYPE_CHECKING:
    import pandas as pd

LIMIT: Final = timedelta(hours=48)
"""The time from payment to pick-up that the platform allows: 48小时揽收."""
SOON: Final = timedelta(hours=12)
FORGOTTEN: Final = timedelta(days=15)
"""Parcels older than this are remnants in the export."""
WINDOW: Final = 30
LINE: Final = 0.99
"""The share picked up in time below which the score suffers (a judgement); the platform shows no steps."""


class Parcel(NamedTuple):
    """A paid order and when its parcel was picked up; uploading a tracking number is not a pick-up."""

    order: str
    paid: datetime
    picked_up: datetime | None


class DueParcels(NamedTuple):
    """The order numbers of parcels, sorted by how urgent they are."""

    overdue: tuple[str, ...]
    soon: tuple[str, ...]
    fine: tuple[str, ...]


def due_parcels(parcels: Iterable[Parcel], now: datetime, limit: timedelta = LIMIT) -> DueParcels:
    """Return the order numbers sorted into overdue parcels, those due within 12 hours, and all others."""
    overdue: list[str] = []
    soon: list[str] = []
    fine: list[str] = []
    for one in parcels:
        until = one.paid + limit
        late = one.picked_up is None and until < now
        near = one.picked_up is None and now <= until <= now + SOON
        (overdue if late else soon if near else fine).append(one.order)
    return DueParcels(tuple(overdue), tuple(soon), tuple(fine))


@dataclass(frozen=True, slots=True)
class PickUps:
    """How many parcels are due and late within 30 days, as of the newest time in the order list."""

    due: DueParcels
    as_of: datetime
    counted: int
    """The number of parcels due within the 30 days."""
    late: int
    """How many of them were picked up late or are overdue."""
    leaving: tuple[int, int]
    """The parcels due, and those late, on the day that leaves the 30 days tomorrow."""

    @property
    def left(self) -> int:
        """Return how many more parcels may be picked up late before too few are on time for the limit."""
        return late_left(self.counted, self.late, LINE)


def pick_ups(frame: pd.DataFrame, today: date, given_back: Collection[str] = ()) -> PickUps | None:
    """Return the state of the parcels; None if the order list has no pick-up times.

    ``given_back`` are the orders whose money goes back as a whole: their parcels are not waited for.
    """
    if "picked_up" not in frame or frame["picked_up"].isna().all():
        return None
    rows = frame[frame["paid"].notna() & ~frame["status"].str.contains("关闭")]
    parcels = [
        Parcel(str(order), paid.to_pydatetime(), None if _unknown(picked) else picked.to_pydatetime())
        for order, paid, picked in zip(rows["order"], rows["paid"], rows["picked_up"], strict=True)
        if paid.date() <= today and not (_unknown(picked) and str(order) in given_back)
    ]
    if not parcels:
        return None
    as_of = max(max(one.paid, one.picked_up or one.paid) for one in parcels)
    window = [one for one in parcels if (today - (one.paid + LIMIT).date()).days < WINDOW]
    ended = [one for one in window if one.paid + LIMIT < as_of]
    oldest = [one for one in ended if (today - (one.paid + LIMIT).date()).days == WINDOW - 1]
    recent = [one for one in parcels if as_of - one.paid <= FORGOTTEN]
    return PickUps(
        due_parcels(recent, as_of),
        as_of,
        len(ended),
        _late(ended, as_of),
        (len(oldest), _late(oldest, as_of)),
    )


def _unknown(value: object) -> bool:
    return value != value  # noqa: PLR0124 - pandas' missing time is not equal to itself


def _late(parcels: Sequence[Parcel], now: datetime) -> int:
    return sum((one.picked_up or now) > one.paid + LIMIT for one in parcels)


def of_pick_ups(found: PickUps | None, today: date) -> list[Finding[Words]]:
    """Return findings on parcels that the courier must pick up; empty if all are picked up."""
    if found is None or not (found.due.overdue or found.due.soon):
        return []
    parts: list[Words] = []
    if found.due.overdue:
        parts.append(
            message.plural(
                "{n} parcel was not picked up within 48 hours after payment.",
                "{n} parcels were not picked up within 48 hours after payment.",
                len(found.due.overdue),
            )
        )
    if found.due.soon:
        parts.append(
            message.plural(
                "{n} parcel must be picked up within 12 hours.",
                "{n} parcels must be picked up within 12 hours.",
                len(found.due.soon),
            )
        )
    parts += _allowed(found)
    ask = Proposal(
        "supply",
        say("Call the courier about parcels not picked up, the overdue ones first"),
        due=today.isoformat(),
    )
    level: LevelName = "act" if found.due.overdue else "watch"
    return [finding("checks", "pickup", level, message.sentences(parts), ask)]


def _allowed(found: PickUps) -> list[Words]:
    tomorrow = rate_tomorrow(found.counted, found.late, found.leaving, (0, 0))
    if not found.counted or tomorrow is None:
        return []
    values: dict[str, Value] = {
        "late": found.late,
        "line": message.percent(LINE, 0),
        "now": message.percent(1 - found.late / found.counted, 1),
        "tomorrow": message.percent(tomorrow, 1),
    }
    if found.left <= 0:
        return [
            say(
                "Late pick-ups in 30 days: {late}; {now} were in time, below the limit of "
                "{line}; tomorrow it will be {tomorrow}.",
                **values,
            )
        ]
    return [
        message.plural(
            "Late pick-ups in 30 days: {late}; with {n} more, the share picked up in time falls "
            "below {line}.",
            "Late pick-ups in 30 days: {late}; with {n} more, the share picked up in time falls "
            "below {line}.",
            found.left,
            **values,
        )
    ]
