"""How well people estimate: are promised figures closer to the result than "as usual"?"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import mean, stdev
from typing import Literal, NamedTuple, TypeAlias

from core.actions.promises import Promise
from core.language import wording
from core.measures import indicators
from core.measures.metrics import RATES, RATIOS
from core.shop.settings import Shop
from core.statistics import distributions

ENOUGH = 5
"""The number of promises with a goal and a figure below which nobody's predictions are rated."""
ENOUGH_TO_RANK = 10
"""The number of promises told (kept or not) below which people are not put in an order."""
CLEAR = 2.0
"""Standard errors from where a mean gain is told from 0."""
RANGE = 1.2816
"""Standard deviations on either side of the middle 80 %."""
Standing: TypeAlias = Literal["ahead", "like", "behind"]


class BeyondUsual(NamedTuple):
    """How much a figure exceeded its usual value over all of a person's promises, in its unit."""

    metric: str
    total: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Score:
    """The outcomes of one person's promises."""

    who: str
    kept: int
    broken: int
    unclear: int
    """Cannot be told: too little evidence, hidden by a campaign, or no figure."""
    waiting: int
    low: float
    """The lower limit of the share kept of those told (90 % Wilson interval); :attr:`high` is the upper."""
    high: float
    gain: float | None
    """The mean CRPS gain of the goals over "as usual", in standard deviations; None without a goal."""
    gain_error: float | None
    """Its standard error; None for under two."""
    goals: int
    """How many promises named a goal and have a figure."""
    moved: tuple[BeyondUsual, ...]

    @property
    def told(self) -> bool:
        """Return whether there are enough promises for a rating."""
        return self.goals >= ENOUGH

    @property
    def ranked(self) -> bool:
        """Return whether enough promises could be judged to rank people."""
        return self.kept + self.broken >= ENOUGH_TO_RANK

    @property
    def standing(self) -> Standing | None:
        """Return how the goals predict against "as usual"; None for too few."""
        if not self.told or self.gain is None or self.gain_error is None:
            return None
        if abs(self.gain) <= CLEAR * self.gain_error:
            return "like"
        return "ahead" if self.gain > 0 else "behind"


def owner_of(promise: Promise, shop: Shop) -> str:
    """Return who promised: the action's owner, else the person with its role, else who wrote it down."""
    action = promise.action
    return action.owner or (
        wording.text(indicators.person_for(shop, action.role)) if action.role else action.who
    )


def scores(promises: Iterable[Promise], shop: Shop) -> tuple[Score, ...]:
    """Return each person's score: by gain if enough promises were judged, the rest by name."""
    by_person: dict[str, list[Promise]] = {}
    for promise in promises:
        by_person.setdefault(owner_of(promise, shop), []).append(promise)
    found = [_score(who, mine) for who, mine in by_person.items()]
    return tuple(sorted(found, key=lambda one: (not one.ranked, -(one.gain or 0.0) * one.ranked, one.who)))


def _score(who: str, mine: list[Promise]) -> Score:
    counts = {name: sum(one.outcome == name for one in mine) for name in _OUTCOMES}
    kept, broken = counts["kept"], counts["not kept"]
    band = distributions.wilson(kept, kept + broken, 0.9)
    gains = [one.gain for one in mine if one.gain is not None]
    return Score(
        who, kept, broken, counts["cannot tell"], counts["waiting"], band.low, band.high,
        mean(gains) if gains else None,
        stdev(gains) / math.sqrt(len(gains)) if len(gains) > 1 else None,
        len(gains),
        _moved(mine),
    )  # fmt: skip


_OUTCOMES = ("kept", "not kept", "cannot tell", "waiting")


def _moved(mine: Iterable[Promise]) -> tuple[BeyondUsual, ...]:
    """Return Σ way (y − m) by metric with its 80 % interval; shares and ratios do not add up."""
    sums: dict[str, tuple[float, float]] = {}
    for one in mine:
        metric = one.action.metric or ""
        if not one.way or one.value is None or one.usual is None or not one.sd or metric in RATES | RATIOS:
            continue
        total, variance = sums.get(metric, (0.0, 0.0))
        sums[metric] = (total + one.way * (one.value - one.usual), variance + one.sd**2)
    return tuple(
        BeyondUsual(metric, total, total - RANGE * math.sqrt(variance), total + RANGE * math.sqrt(variance))
        for metric, (total, variance) in sums.items()
    )
