"""Is one change the consequence of another (its parent), and which of several candidates is its cause?"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Literal, NamedTuple

WHOLE = 0.7
"""The share of a child's change, explained by its parent, from which the child is a consequence
(a judgement)."""
HARDLY = 0.3
"""The share of a child's change, explained by its parent, up to which the change is its own (a judgement)."""
STILL_OUT = 2.0
"""An unexplained rest of fewer standard deviations than this still counts as chance."""
SURE = 0.8
TIMES = 4.0
"""One candidate is named alone only if at least this many times as probable as the next (a judgement)."""
UNKNOWN = "unknown"

LIKELY_MEETING, POSSIBLE_MEETING = 0.1, 0.3
"""The chances of a coincidence up to which one of two events that met is a likely, or a possible, cause."""

Kinship = Literal["consequence", "partly", "own"]


def meeting_chance(a_day: float, days: float) -> float:
    """Return the chance that an event falls within ``days`` by coincidence: 1 − exp(−a_day · days).

    ``a_day`` is the usual number of such events per day.
    """
    return 1.0 - math.exp(-max(0.0, a_day) * max(0.0, days))


def meeting(chance: float) -> Literal["likely", "possible", "cannot tell"]:
    """Return how likely one of two events close in time caused the other.

    ``chance`` is the probability that they came close by coincidence.
    """
    if chance <= LIKELY_MEETING:
        return "likely"
    return "possible" if chance <= POSSIBLE_MEETING else "cannot tell"


class Explained(NamedTuple):
    """How much of one change (the child's) another change (its parent's) explains."""

    share: float
    residual_z: float
    kinship: Kinship


def explained_share(change: float, given_parent: float, sd: float) -> Explained:
    """Return how much of a child's change its parent explains, and what kind of change that makes it.

    ``change`` is the child's change, ``given_parent`` the part that remains after subtracting the effect
    expected from the parent, and ``sd`` the standard deviation of that remainder.
    """
    share = 1.0 - given_parent / change if change else 1.0
    residual = given_parent / sd if sd > 0 else 0.0
    if share <= HARDLY:
        return Explained(share, residual, "own")
    whole = share >= WHOLE and abs(residual) < STILL_OUT
    return Explained(share, residual, "consequence" if whole else "partly")


def posterior(log_evidence: Mapping[str, float], prior: Mapping[str, float]) -> dict[str, float]:
    """Return the posterior probability of each candidate by Bayes' rule.

    They sum to 1 and keep their order.
    """
    top = max(log_evidence.values())
    weight = {name: prior[name] * math.exp(log_evidence[name] - top) for name in log_evidence}
    whole = sum(weight.values())
    return {name: one / whole for name, one in weight.items()}


def likely_causes(chances: Mapping[str, float]) -> tuple[str, ...]:
    """Return the likely cause, two causes that cannot be told apart, or an empty tuple.

    The tuple is empty if "unknown" is at least as probable as every candidate. A candidate is named alone if
    there is no other, or if its chance is at least :data:`SURE` and at least :data:`TIMES` that of the next;
    "unknown" is never named.
    """
    named = sorted((one for one in chances if one != UNKNOWN), key=lambda one: -chances[one])
    if not named or chances[named[0]] <= chances.get(UNKNOWN, 0.0):
        return ()
    best = chances[named[0]]
    runner = max((chance for name, chance in chances.items() if name != named[0]), default=0.0)
    if len(named) == 1 or (best >= SURE and best >= TIMES * runner):
        return (named[0],)
    return tuple(named[:2])
