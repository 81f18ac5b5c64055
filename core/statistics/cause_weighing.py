"""Is one change the consequence of another, and which of several candidates is the likely cause?"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Literal, NamedTuple

WHOLE = 0.7
"""Share of a change from which a parent explains it [judgement]."""
HARDLY = 0.3
"""Share up to which it does not [judgement]."""
STILL_OUT = 2.0
"""Scatters the rest may lie out and still be chance."""
SURE = 0.8
TIMES = 4.0
"""Odds against the next candidate from which one is named alone [judgement]."""
UNKNOWN = "unknown"

LIKELY_MEETING, POSSIBLE_MEETING = 0.1, 0.3
"""The chance of a coincidence up to which one of two events that met is the likely, or a possible, cause."""

Kinship = Literal["consequence", "partly", "own"]


def meeting_chance(a_day: float, days: float) -> float:
    """Return the chance that one of so many events ``a_day`` falls within ``days``: 1 − exp(−λ n)."""
    return 1.0 - math.exp(-max(0.0, a_day) * max(0.0, days))


def meeting(chance: float) -> Literal["likely", "possible", "cannot tell"]:
    """Return what a meeting of two events with that chance of coincidence says of a cause."""
    if chance <= LIKELY_MEETING:
        return "likely"
    return "possible" if chance <= POSSIBLE_MEETING else "cannot tell"


class Explained(NamedTuple):
    """How much of a child's change its parent accounts for."""

    share: float
    residual_z: float
    kinship: Kinship


def explained_share(change: float, given_parent: float, sd: float) -> Explained:
    """Hold a child's change against the change that is left with the parent's effect expected."""
    share = 1.0 - given_parent / change if change else 1.0
    residual = given_parent / sd if sd > 0 else 0.0
    if share <= HARDLY:
        return Explained(share, residual, "own")
    whole = share >= WHOLE and abs(residual) < STILL_OUT
    return Explained(share, residual, "consequence" if whole else "partly")


def posterior(log_evidence: Mapping[str, float], prior: Mapping[str, float]) -> dict[str, float]:
    """Bayes' rule over the candidates, in the order given; they sum to 1."""
    top = max(log_evidence.values())
    weight = {name: prior[name] * math.exp(log_evidence[name] - top) for name in log_evidence}
    whole = sum(weight.values())
    return {name: one / whole for name, one in weight.items()}


def likely_causes(chances: Mapping[str, float]) -> tuple[str, ...]:
    """Return the one likely candidate, two that cannot be told apart, or none if none is likely enough.

    One alone needs a chance of :data:`SURE` and :data:`TIMES` that of the next; "unknown" is never named.
    """
    named = sorted((one for one in chances if one != UNKNOWN), key=lambda one: -chances[one])
    if not named or chances[named[0]] <= chances.get(UNKNOWN, 0.0):
        return ()
    best = chances[named[0]]
    runner = max((chance for name, chance in chances.items() if name != named[0]), default=0.0)
    if len(named) == 1 or (best >= SURE and best >= TIMES * runner):
        return (named[0],)
    return tuple(named[:2])
