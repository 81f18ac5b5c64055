"""The effect of a message to former buyers, beyond what they would have bought anyway."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from core.records.records import Records
from core.records.team import WakeUp
from core.statistics import distributions
from core.topics.customers.retention import CostRatio, cost_ratio

State: TypeAlias = Literal["open", "worked", "no difference", "worse", "no control"]
FEWEST_HELD = 10


@dataclass(frozen=True, slots=True)
class Woken:
    """One message to a group of former buyers (a wake-up), with its result."""

    value: WakeUp
    state: State
    back: distributions.Rate | None
    held: distributions.Rate | None
    extra: tuple[float, float] | None
    """The 80 % range of the additional buyers it brought."""


def woken(records: Records[WakeUp]) -> list[Woken]:
    """Return every wake-up by its latest record, the newest last."""
    newest = {(one.value.group, one.value.on): one.value for one in records}
    return [_judged(value) for value in newest.values()]


def _judged(value: WakeUp) -> Woken:
    sent, back = value.sent or 0, value.back
    if not sent or back is None:
        return Woken(value, "open", None, None, None)
    rate = distributions.rate(back, sent, 0.9)
    if not value.held or value.held_back is None or value.held < FEWEST_HELD:
        return Woken(value, "no control", rate, None, None)
    held = distributions.rate(value.held_back, value.held, 0.9)
    difference = distributions.newcombe(back, sent, value.held_back, value.held, 0.8)
    state: State = "worked" if difference.low > 0 else "worse" if difference.high < 0 else "no difference"
    return Woken(value, state, rate, held, (sent * difference.low, sent * difference.high))


def new_against_old(ad_cost: float, new: int, found: list[Woken]) -> CostRatio | None:
    """Return the cost of a new customer as a multiple of that of a reactivated one; None if unknown."""
    known = [one.value for one in found if one.value.cost and one.value.back]
    cost, back = sum(one.cost or 0.0 for one in known), sum(one.back or 0 for one in known)
    return cost_ratio(ad_cost, new, cost, back) if back and new else None
