"""How well people predict: how many of each person's promises were kept, if the figure could be checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from core.actions.promises import Promise
from core.language import wording
from core.measures import indicators
from core.shop.settings import Shop
from core.statistics import distributions

ENOUGH = 5
"""The number of promises (kept or not) below which no person is rated [judgement]."""


@dataclass(frozen=True, slots=True)
class Score:
    """The outcomes of one person's promises."""

    who: str
    kept: int
    broken: int
    unclear: int
    """Cannot be judged: within the usual range, too few cases, or no figure."""
    waiting: int
    low: float
    """The lower limit of the share kept (90 % Wilson interval); :attr:`high` is the upper limit."""
    high: float
    off: float | None
    """The median deviation of the figure from the promised value, as a fraction of it; + is better.

    None if no promise named a value.
    """

    @property
    def told(self) -> bool:
        """Return whether there are enough promises for a rating."""
        return self.kept + self.broken >= ENOUGH


def owner_of(promise: Promise, shop: Shop) -> str:
    """Return who promised: the action's owner, else the person with its role, else who wrote it down."""
    action = promise.action
    return action.owner or (
        wording.text(indicators.person_for(shop, action.role)) if action.role else action.who
    )


def scores(promises: Iterable[Promise], shop: Shop) -> tuple[Score, ...]:
    """Return each person's score, those with the most promises first."""
    by_person: dict[str, list[Promise]] = {}
    for promise in promises:
        by_person.setdefault(owner_of(promise, shop), []).append(promise)
    found = [_score(who, mine) for who, mine in by_person.items()]
    return tuple(sorted(found, key=lambda one: (-(one.kept + one.broken), -one.unclear, one.who)))


def _score(who: str, mine: list[Promise]) -> Score:
    counts = {name: sum(one.outcome == name for one in mine) for name in _OUTCOMES}
    kept, broken = counts["kept"], counts["not kept"]
    band = distributions.wilson(kept, kept + broken, 0.9)
    offs = [off for one in mine if (off := _off(one)) is not None]
    return Score(
        who, kept, broken, counts["cannot tell"], counts["waiting"], band.low, band.high,
        median(offs) if offs else None,
    )  # fmt: skip


_OUTCOMES = ("kept", "not kept", "cannot tell", "waiting")


def _off(promise: Promise) -> float | None:
    """Return by what fraction the figure exceeded the promised value, in the promised direction.

    Else None.
    """
    action = promise.action
    if promise.value is None or not action.expected:
        return None
    way = -1.0 if action.direction == "down" else 1.0
    return way * (promise.value - action.expected) / abs(action.expected)
