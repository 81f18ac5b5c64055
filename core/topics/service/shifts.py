"""The evening shift: each agent tonight compared with their usual rate, and evenings compared with days."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from core.records.evening import ShiftSeen
from core.records.records import Records
from core.statistics import distributions
from core.topics.evening.day_so_far import DAY_TURNS, is_of
from core.topics.service.agent_comparison import (
    FALLBACK_STRENGTH,
    FEWEST_INQUIRIES,
    ShiftEffect,
    Stratum,
    shift_effect,
)
from core.topics.service.agents import counts, summed

if TYPE_CHECKING:
    import pandas as pd

DAYS = 28
UNUSUAL = 0.05
"""The p-value against the agent's usual evenings below which tonight is unusual."""
UNUSUAL_DAY = 0.01
"""The same limit if only whole days are known; lower, because their last buyers had time to pay.

Set by judgement.
"""
FEWEST_SHIFT = 100
"""The fewest inquiries in evenings and in days for comparing them (a judgement)."""

Pair = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentTonight:
    """One agent's figures this evening, compared with their usual rate."""

    name: str
    converted: float
    inquiries: float
    own: float | None
    """The agent's usual rate of four weeks (evenings if recorded, else whole days); None for a new agent."""
    of_evenings: bool
    chance_fewer: float | None
    """The probability of so few paying buyers, or fewer, at that rate."""
    chance_more: float | None
    """The probability of so many paying buyers, or more, at that rate."""
    hours: float | None

    @property
    def few(self) -> bool:
        """Return whether there are too few inquiries to judge."""
        return self.inquiries < FEWEST_INQUIRIES

    @property
    def stands(self) -> Literal["below", "above", "usual", "few"]:
        """Return how the evening compares with the agent's usual rate."""
        if self.few or self.own is None:
            return "few"
        line = UNUSUAL if self.of_evenings else UNUSUAL_DAY
        if self.chance_fewer is not None and self.chance_fewer < line:
            return "below"
        return "above" if self.chance_more is not None and self.chance_more < UNUSUAL else "usual"


def evening_counts(seen: Records[ShiftSeen], shift: str = "evening") -> dict[str, dict[date, Pair]]:
    """Return converted and total inquiries by agent and day of a shift.

    If an agent has several records of a day, the last one counts.
    """
    found: dict[str, dict[date, Pair]] = {}
    for row in seen:
        one = row.value
        if one.shift != shift or not one.inquiries or one.converted is None:
            continue
        if one.converted <= one.inquiries:
            day = (row.at - timedelta(hours=DAY_TURNS)).date()
            found.setdefault(one.agent, {})[day] = (float(one.converted), float(one.inquiries))
    return found


def tonight(seen: Records[ShiftSeen], whole: pd.DataFrame | None, today: date) -> list[AgentTonight]:
    """Return every agent recorded tonight, compared with their usual rate; most inquiries first."""
    evenings = evening_counts(seen)
    days = {} if whole is None else counts(whole[whole["date"].dt.date < today])
    hours = {row.value.agent: row.value.hours for row in seen if is_of(row.at, today)}
    team = [pair for own in days.values() for day, pair in own.items() if today - timedelta(days=DAYS) <= day]
    line = _rate(team)
    found = []
    for name, own in evenings.items():
        if today not in own:
            continue
        hits, asked = own[today]
        usual, of_evenings = _usual(evenings.get(name, {}), days.get(name, {}), today)
        fewer = more = believed = None
        if usual[1] >= FEWEST_INQUIRIES:
            prior = line if line is not None else usual[0] / usual[1]
            a = prior * FALLBACK_STRENGTH + usual[0]
            b = (1 - prior) * FALLBACK_STRENGTH + usual[1] - usual[0]
            believed = a / (a + b)
            n, k = round(asked), round(hits)
            fewer, more = (
                distributions.binomial_cdf(k, n, believed),
                distributions.binomial_sf(k - 1, n, believed),
            )
        found.append(
            AgentTonight(
                name=name,
                converted=hits,
                inquiries=asked,
                own=believed,
                of_evenings=of_evenings,
                chance_fewer=fewer,
                chance_more=more,
                hours=hours.get(name),
            )
        )
    return sorted(found, key=lambda one: -one.inquiries)


def _usual(evenings: Mapping[date, Pair], days: Mapping[date, Pair], today: date) -> tuple[Pair, bool]:
    """Return the agent's counts of four weeks, and whether they are of evenings (else of whole days).

    Evenings are used if they have enough inquiries.
    """
    first, last = today - timedelta(days=DAYS), today - timedelta(days=1)
    late = summed(evenings, first, last)
    if late[1] >= FEWEST_SHIFT:
        return late, True
    return summed(days, first, last), False


def _rate(pairs: list[Pair]) -> float | None:
    asked = math.fsum(n for _, n in pairs)
    return math.fsum(k for k, _ in pairs) / asked if asked else None


@dataclass(frozen=True, slots=True)
class Compared:
    """The comparison of evenings with days, for the agents who worked both."""

    effect: ShiftEffect
    evening: Pair
    """Converted and total inquiries of the evenings, of those agents only."""
    day: Pair
    agents: tuple[str, ...]
    only_one: tuple[str, ...]
    """Agents with one shift only, who do not count in the comparison."""

    @property
    def enough(self) -> bool:
        """Return whether both evenings and days have enough inquiries to be compared."""
        return min(self.evening[1], self.day[1]) >= FEWEST_SHIFT

    @property
    def chance_lower(self) -> float:
        """Return P(the evening converts less than the day), from the difference and its confidence limits."""
        sd = (self.effect.high - self.effect.low) / (2 * distributions.normal_quantile(0.975))
        return distributions.normal_cdf(-self.effect.difference / sd) if sd > 0 else 0.5


def compared(seen: Records[ShiftSeen], whole: pd.DataFrame | None, today: date) -> Compared | None:
    """Return the comparison of evening and day shifts over four weeks; None if no agent worked both.

    The figures of a day are those recorded for the day shift, else the export's whole day minus the recorded
    evening.
    """
    evenings, typed = evening_counts(seen), evening_counts(seen, "day")
    exported = {} if whole is None else counts(whole)
    first, last = today - timedelta(days=DAYS), today - timedelta(days=1)
    strata: dict[str, Stratum] = {}
    for name, own in evenings.items():
        late = {day: pair for day, pair in own.items() if first <= day <= last}
        early = _day_side(late, typed.get(name, {}), exported.get(name, {}))
        a, b = summed(late, first, last), summed(early, first, last)
        if a[1] or b[1]:
            strata[name] = Stratum(a[0], a[1], b[0], b[1])
    both = {name: s for name, s in strata.items() if s.evening > 0 and s.day > 0}
    effect = shift_effect(list(both.values()))
    if effect is None:
        return None
    return Compared(
        effect,
        (math.fsum(s.evening_hits for s in both.values()), math.fsum(s.evening for s in both.values())),
        (math.fsum(s.day_hits for s in both.values()), math.fsum(s.day for s in both.values())),
        tuple(both),
        tuple(name for name in strata if name not in both),
    )


def _day_side(
    late: Mapping[date, Pair], typed: Mapping[date, Pair], exported: Mapping[date, Pair]
) -> dict[date, Pair]:
    made = dict(typed)
    for day, (hits, asked) in late.items():
        if day in made or day not in exported:
            continue
        paid, all_ = exported[day][0] - hits, exported[day][1] - asked
        if 0 <= paid <= all_ and all_ > 0:
            made[day] = (paid, all_)
    return made
