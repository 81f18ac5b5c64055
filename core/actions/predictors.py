"""How well people estimate: are promised figures closer to the result than the usual figures are?"""

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
"""The least number of promises with a goal and a measured figure for which a person's estimates are rated."""
ENOUGH_TO_RANK = 10
"""The least number of judged promises (kept or not kept) for which a person is ranked."""
CLEAR = 2.0
"""The number of standard errors by which a mean gain must differ from 0 to be told from chance."""
RANGE = 1.2816
"""Half the width of the middle 80 % of a normal distribution, in standard deviations."""
Standing: TypeAlias = Literal["ahead", "like", "behind"]


class BeyondUsual(NamedTuple):
    """How far a metric was beyond its usual value, summed over a person's promises, in the metric's unit.

    Positive in the promised direction; ``low`` and ``high`` are the bounds of an 80 % interval.
    """

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
    """Promises that cannot be judged: too little evidence, hidden by a campaign, or no figure."""
    waiting: int
    low: float
    """The lower limit of the share of judged promises that were kept (90 % Wilson interval); :attr:`high`
    is the upper."""
    high: float
    gain: float | None
    """How much better the goals predicted the figures than the usual values did: the mean difference of
    the CRPS (continuous ranked probability score), in standard deviations; None without a goal."""
    gain_error: float | None
    """The standard error of :attr:`gain`; None for fewer than two promises."""
    goals: int
    """The number of promises that named a goal and have a measured figure."""
    moved: tuple[BeyondUsual, ...]

    @property
    def told(self) -> bool:
        """Return whether enough promises named a goal for a rating of how well the goals predict."""
        return self.goals >= ENOUGH

    @property
    def ranked(self) -> bool:
        """Return whether enough promises could be judged for this person to be ranked among the others."""
        return self.kept + self.broken >= ENOUGH_TO_RANK

    @property
    def standing(self) -> Standing | None:
        """Return "ahead" if the goals predict the results better than the usual values do, "behind" if worse.

        "like" if there is no clear difference; None if there are too few promises.
        """
        if not self.told or self.gain is None or self.gain_error is None:
            return None
        if abs(self.gain) <= CLEAR * self.gain_error:
            return "like"
        return "ahead" if self.gain > 0 else "behind"


def owner_of(promise: Promise, shop: Shop) -> str:
    """Return who made the promise.

    That is the action's owner, else the team member with the action's role, else the person who recorded it.
    """
    action = promise.action
    return action.owner or (
        wording.text(indicators.person_for(shop, action.role)) if action.role else action.who
    )


def scores(promises: Iterable[Promise], shop: Shop) -> tuple[Score, ...]:
    """Return each person's score.

    People with enough judged promises come first, those whose goals predicted best (:attr:`Score.gain`) at
    the top; the others follow by name.
    """
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
    """Return, for each metric, how far its values were beyond the usual values, summed over the promises.

    The sum is that of way × (value − usual), with its 80 % interval. Rates and ratios are left out because
    they do not add up.
    """
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
