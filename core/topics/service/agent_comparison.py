"""Statistics of service agents: who differs from the team, and evening shifts compared with day shifts."""

import math
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from core.statistics import distributions
from core.statistics.distributions import Interval
from core.statistics.priors import BetaPrior, fit_beta_prior

FEWEST_INQUIRIES = 20
FEWEST_AGENTS = 5
FALLBACK_STRENGTH = 80.0
STRENGTHS = (30.0, 500.0)

Place = Literal["as the team", "watch", "talk"]


class AgentRate(NamedTuple):
    """One agent's inquiry conversion and the team's; ``raw`` is None if the agent had no inquiries."""

    converted: float
    inquiries: float
    raw: float | None
    shrunk: float
    place: Place
    side: Literal["above", "below"]
    few: bool
    """Whether there are under 20 inquiries, too few to judge."""


class ShiftEffect(NamedTuple):
    """The difference of conversion between evening and day for the same agents, -1..1.

    It is given with its confidence limits.
    """

    difference: float
    low: float
    high: float


class Stratum(NamedTuple):
    """One agent's converted and total inquiries by shift."""

    evening_hits: float
    evening: float
    day_hits: float
    day: float


def team_prior(converted: Sequence[float], inquiries: Sequence[float]) -> BetaPrior | None:
    """Return the prior for an agent's rate: the team's pooled rate and the strength of shrinkage to it.

    None if there are no inquiries. The strength, in inquiries, is found by beta-binomial maximum likelihood
    within 30..500; it is 80 if there are fewer than five agents.
    """
    fitted = fit_beta_prior(
        converted,
        inquiries,
        strengths=STRENGTHS,
        fallback_strength=FALLBACK_STRENGTH,
        minimum_groups=FEWEST_AGENTS,
    )
    return fitted and fitted._replace(mean=math.fsum(converted) / math.fsum(inquiries))


def judge_agents(agents: Mapping[str, tuple[float, float]], team: BetaPrior) -> Mapping[str, AgentRate]:
    """Return the shrunk rate of every agent, given (converted, inquiries), and how it compares with the team.

    Agents are never ranked by raw rates. ``place`` is their position in a funnel plot, see
    :func:`funnel_place`.
    """
    return {name: _judge(hits, n, team) for name, (hits, n) in agents.items()}


def _judge(hits: float, n: float, team: BetaPrior) -> AgentRate:
    shrunk = (team.hits + hits) / (team.hits + team.misses + n)
    return AgentRate(
        hits,
        n,
        hits / n if n > 0 else None,
        shrunk,
        funnel_place(hits, n, team.mean),
        "above" if shrunk >= team.mean else "below",
        n < FEWEST_INQUIRIES,
    )


def funnel_limits(team_rate: float, inquiries: int, level: float) -> Interval:
    """Return exact binomial limits of an agent's raw rate around the team's, interpolated between counts.

    (0, 1) if there are no inquiries. Source: Spiegelhalter 2005, funnel plots.
    """
    if inquiries <= 0:
        return Interval(0.0, 1.0)
    tail = (1.0 - level) / 2.0
    low, high = (_interpolated(p, inquiries, team_rate) for p in (tail, 1.0 - tail))
    return Interval(*(min(1.0, max(0.0, count / inquiries)) for count in (low, high)))


def _interpolated(p: float, n: int, chance: float) -> float:
    count = distributions.binomial_quantile(p, n, chance)
    upper, lower = (
        distributions.binomial_cdf(count, n, chance),
        distributions.binomial_cdf(count - 1, n, chance),
    )
    return count - (upper - p) / (upper - lower)


def funnel_place(hits: float, n: float, team_rate: float) -> Place:
    """Return "as the team" within the 95 % limits, "talk" outside the 99.8 % limits, "watch" in between."""
    for level, place in ((0.998, "talk"), (0.95, "watch")):
        low, high = funnel_limits(team_rate, round(n), level)
        if n > 0 and not low <= hits / n <= high:
            return "talk" if place == "talk" else "watch"
    return "as the team"


def shift_effect(strata: Sequence[Stratum], level: float = 0.95) -> ShiftEffect | None:
    """Return the evening's conversion minus the day's, stratified by agent.

    Agents who worked only one of the two shifts are left out; None if nobody worked both. The result is the
    Mantel-Haenszel risk difference with Sato's variance (Mantel and Haenszel 1959, Sato 1989).
    """
    both = [s for s in strata if s.evening > 0 and s.day > 0]
    if not both:
        return None
    weights = [s.evening * s.day / (s.evening + s.day) for s in both]
    whole = math.fsum(weights)
    difference = (
        math.fsum(
            w * (s.evening_hits / s.evening - s.day_hits / s.day) for w, s in zip(weights, both, strict=True)
        )
        / whole
    )
    variance = (difference * math.fsum(map(_sato_tilt, both)) + math.fsum(map(_sato_level, both))) / whole**2
    half = distributions.normal_quantile(0.5 + level / 2.0) * math.sqrt(max(0.0, variance))
    return ShiftEffect(difference, max(-1.0, difference - half), min(1.0, difference + half))


def _sato_tilt(s: Stratum) -> float:
    product = s.evening * s.day * (s.day - s.evening) / 2.0
    return (s.evening**2 * s.day_hits - s.day**2 * s.evening_hits + product) / (s.evening + s.day) ** 2


def _sato_level(s: Stratum) -> float:
    crossed = s.evening_hits * (s.day - s.day_hits) + s.day_hits * (s.evening - s.evening_hits)
    return crossed / (2.0 * (s.evening + s.day))
