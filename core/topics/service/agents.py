"""Every agent compared with the team on the same days, and the team with the industry."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.shop.settings import Shop
from core.statistics import distributions
from core.statistics.distributions import Interval
from core.topics.service.agent_comparison import (
    AgentRate,
    funnel_limits,
    funnel_place,
    judge_agents,
    team_prior,
)

if TYPE_CHECKING:
    import pandas as pd

WEEK = 7
USUAL_DAYS = 28
INDUSTRY_ROW = "同行同层均值"

Counts = Mapping[date, tuple[float, float]]
"""Converted and total inquiries by day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """One agent's figures over the week."""

    name: str
    judged: AgentRate
    line: float
    """The team's conversion on the days this agent worked."""
    limits: Interval
    """The 95 % limits of the agent's rate by chance, around the team's conversion."""
    days: int
    seconds: float | None
    """The mean response time, weighted by inquiries; None if unknown."""
    weeks_below: int
    """The number of consecutive weeks up to this one below the 95 % limit, each with enough inquiries."""
    month: tuple[float, float]
    """Converted and total inquiries of four weeks."""
    month_line: float | None = None
    """The team's conversion on the agent's days of the four weeks; None if unknown."""

    @property
    def a_day(self) -> float:
        """Return the inquiries per day on duty."""
        return self.judged.inquiries / self.days

    @property
    def weak(self) -> bool:
        """Return whether the agent's rate is significantly below the team's."""
        return self._out and self.judged.side == "below"

    @property
    def outside(self) -> bool:
        """Return whether the agent's rate is outside the range that chance gives in 95 % of weeks."""
        raw = self.judged.raw
        return raw is not None and not self.limits.low <= raw <= self.limits.high

    @property
    def strong(self) -> bool:
        """Return whether the agent's rate is significantly above the team's."""
        return self._out and self.judged.side == "above"

    @property
    def _out(self) -> bool:
        """Return whether the agent's rate clearly differs from the team's.

        It is beyond the 99.8 % limits, or beyond the 95 % limits both in this week and over four weeks.
        """
        if self.judged.few or self.judged.place == "as the team":
            return False
        return self.judged.place == "talk" or self._so_before

    @property
    def _so_before(self) -> bool:
        paid, asked = self.month
        if self.month_line is None or asked < 2 * self.judged.inquiries:
            return False
        above = paid / asked > self.month_line
        return above if self.judged.side == "above" else not above


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The team's figures over the week before today."""

    first: date
    last: date
    agents: tuple[Agent, ...]
    """The agents by shrunk rate, the best first."""
    converted: float
    inquiries: float
    industry: float | None
    industry_from: str
    """The source of the industry's rate: "typed", "export" or empty."""
    above: float | None
    """P(the team's true rate is above the industry's); None if unknown."""

    @property
    def rate(self) -> float:
        """Return the team's conversion."""
        return self.converted / self.inquiries


def counts(frame: pd.DataFrame) -> dict[str, dict[date, tuple[float, float]]]:
    """Return converted and total inquiries by agent and day; days without inquiries are omitted."""
    rows = frame[~frame["benchmark"].astype(bool) & (frame["inquiries"] > 0) & frame["converted"].notna()]
    found: dict[str, dict[date, tuple[float, float]]] = {}
    for when, name, asked, paid in rows[["date", "agent", "inquiries", "converted"]].itertuples(index=False):
        found.setdefault(str(name), {})[when.date()] = (float(paid), float(asked))
    return found


def summed(days: Counts, first: date, last: date) -> tuple[float, float]:
    """Return converted and total inquiries from ``first`` to ``last``."""
    kept = [pair for day, pair in days.items() if first <= day <= last]
    return math.fsum(paid for paid, _ in kept), math.fsum(asked for _, asked in kept)


def desk(frame: pd.DataFrame, shop: Shop, today: date) -> Desk | None:
    """Return the team's figures over the last seven days with data; None if there were no inquiries."""
    by_agent = counts(frame[frame["date"].dt.date < today])
    days = {day for own in by_agent.values() for day in own}
    if not days:
        return None
    last = max(days)
    first = max(last - timedelta(days=WEEK - 1), min(days))
    team = _team(by_agent)
    week = {name: summed(own, first, last) for name, own in by_agent.items()}
    week = {name: pair for name, pair in week.items() if pair[1] > 0}
    converted, inquiries = (math.fsum(pair[at] for pair in week.values()) for at in (0, 1))
    industry, source = industry_rate(frame, shop, first)
    agents = tuple(_agent(name, by_agent[name], team, week, frame, (first, last)) for name in week)
    above = (
        None
        if industry is None
        else distributions.beta_sf(industry, converted + 0.5, inquiries - converted + 0.5)
    )
    return Desk(
        first=first,
        last=last,
        agents=tuple(sorted(agents, key=lambda one: -one.judged.shrunk)),
        converted=converted,
        inquiries=inquiries,
        industry=industry,
        industry_from=source,
        above=above,
    )


def seconds(frame: pd.DataFrame, agent: str, first: date, last: date) -> float | None:
    """Return the agent's mean response time, weighted by inquiries; None if unknown."""
    days = frame["date"].dt.date
    rows = frame[(frame["agent"] == agent) & (days >= first) & (days <= last)]
    rows = rows[rows["average_response_s"].notna() & (rows["inquiries"] > 0)]
    asked = float(rows["inquiries"].sum())
    return float((rows["average_response_s"] * rows["inquiries"]).sum()) / asked if asked else None


def expected(own: Counts, team: Counts, first: date, last: date) -> float | None:
    """Return the team's rate on the agent's days, weighted by the agent's inquiries.

    None if there were no inquiries.
    """
    pairs = [(asked, team[day]) for day, (_, asked) in own.items() if first <= day <= last]
    whole = math.fsum(asked for asked, _ in pairs)
    return math.fsum(asked * paid / all_ for asked, (paid, all_) in pairs) / whole if whole else None


def _team(by_agent: Mapping[str, Counts]) -> dict[date, tuple[float, float]]:
    days = {day for own in by_agent.values() for day in own}
    pairs = {day: [own[day] for own in by_agent.values() if day in own] for day in days}
    return {
        day: (math.fsum(p for p, _ in some), math.fsum(n for _, n in some)) for day, some in pairs.items()
    }


def team_days(frame: pd.DataFrame) -> dict[date, tuple[float, float]]:
    """Return converted and total inquiries of the team by day."""
    return _team(counts(frame))


def _agent(
    name: str,
    own: Counts,
    team: Counts,
    week: Mapping[str, tuple[float, float]],
    frame: pd.DataFrame,
    span: tuple[date, date],
) -> Agent:
    first, last = span
    hits, asked = week[name]
    prior = team_prior([pair[0] for pair in week.values()], [pair[1] for pair in week.values()])
    line = expected(own, team, first, last)
    if prior is None or line is None:
        raise ValueError("an agent of the week was asked something, so there is a line")
    judged = judge_agents({name: (hits, asked)}, prior._replace(mean=_inside(line)))[name]
    return Agent(
        name=name,
        judged=judged,
        line=line,
        limits=funnel_limits(_inside(line), round(asked), 0.95),
        days=sum(first <= day <= last for day in own),
        seconds=seconds(frame, name, first, last),
        weeks_below=_weeks_below(own, team, last),
        month=summed(own, last - timedelta(days=USUAL_DAYS - 1), last),
        month_line=expected(own, team, last - timedelta(days=USUAL_DAYS - 1), last),
    )


def _inside(rate: float) -> float:
    return min(max(rate, 0.001), 0.999)


def _weeks_below(own: Counts, team: Counts, last: date) -> int:
    """Return how many weeks in a row, up to ``last``, the agent was below the team's 95 % limit.

    A week with too few inquiries, or one that began before the first day with data, ends the run.
    """
    weeks, known = 0, min(team, default=last)
    while True:
        end = last - timedelta(days=WEEK * weeks)
        start = end - timedelta(days=WEEK - 1)
        hits, asked = summed(own, start, end)
        line = expected(own, team, start, end)
        few = asked < 20  # noqa: PLR2004 - too few to judge (core.topics.service.agent_comparison)
        if line is None or few or start < known or hits / asked >= line:
            return weeks
        if funnel_place(hits, asked, _inside(line)) == "as the team":
            return weeks
        weeks += 1


def industry_rate(frame: pd.DataFrame, shop: Shop, first: date) -> tuple[float | None, str]:
    """Return the industry's rate and its source: typed in shop.toml, else the export's benchmark rows."""
    if shop.thresholds.industry_conversion is not None:
        return shop.thresholds.industry_conversion, "typed"
    rows = frame[(frame["agent"] == INDUSTRY_ROW) & (frame["date"].dt.date >= first)]
    known = rows["conversion"].dropna()
    return (float(known.mean()), "export") if len(known) else (None, "")
