"""Agreements with an agent, and what changed after them: response time, and conversion against the team's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.journal.actions import Action
from core.journal.projections import Past
from core.statistics import distributions
from core.topics.service.agents import counts, expected, seconds, summed, team_days

if TYPE_CHECKING:
    import pandas as pd

RECENT = 14
"""The number of days for which an agreement is followed up."""
BEFORE = 21
FASTER = 0.8
"""The response time relative to before at which it counts as faster (a judgement)."""
FEWEST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """One agent's figures after an agreement: conversion compared with the team's, and response times."""

    action: Action
    converted: float
    inquiries: float
    line: float
    """The team's conversion on these days."""
    seconds: float | None
    seconds_before: float | None

    @property
    def few(self) -> bool:
        """Return whether there have been too few inquiries since the agreement to judge."""
        return self.inquiries < FEWEST

    @property
    def chance_under(self) -> float:
        """Return P(the agent's true rate since the agreement is below the team's)."""
        return distributions.beta_cdf(self.line, 1 + self.converted, 1 + self.inquiries - self.converted)

    @property
    def faster(self) -> bool:
        """Return whether the response time is clearly shorter than before the agreement."""
        if self.seconds is None or not self.seconds_before:
            return False
        return self.seconds <= FASTER * self.seconds_before


def since_agreed(frame: pd.DataFrame, agent: str, past: Past, last: date) -> Since | None:
    """Return the changes since the newest agreement with the agent; None if there is no day after it."""
    known = [
        one
        for one in past.actions
        if one.item == agent and one.state != "dropped" and past.today - timedelta(days=RECENT) <= one.created
    ]
    if not known or known[-1].created >= last:
        return None
    action, own = known[-1], counts(frame).get(agent, {})
    start, end = action.created + timedelta(days=1), action.created
    begin = end - timedelta(days=BEFORE - 1)
    hits, asked = summed(own, start, last)
    line = expected(own, team_days(frame), start, last)
    if line is None or not 0 < line < 1:
        return None
    return Since(
        action=action,
        converted=hits,
        inquiries=asked,
        line=line,
        seconds=seconds(frame, agent, start, last),
        seconds_before=seconds(frame, agent, begin, end),
    )
