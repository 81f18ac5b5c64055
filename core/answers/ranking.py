"""Which finding comes first: the most urgent, and at the same urgency what has more money at stake."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, TypeVar

from core.answers.answer import LEVELS, Finding

HORIZON: Final = 7
"""Days for which a loss that goes on is counted: by then somebody has looked at it again [judgement]."""
ASKING: Final = ("act", "watch")
"""Levels of findings that ask for something."""
T = TypeVar("T")


def at_stake(finding: Finding[Any], margin: float | None = None, days: int = HORIZON) -> float:
    """Return the yuan at stake within so many days; 0 for capital tied up and for money not known.

    Sales count with the shop's gross margin (a fraction), so that they compare with margin; in full where
    none is known. The result only orders findings: it is no figure to show.
    """
    impact = finding.impact
    if impact is None or impact.of == "capital":
        return 0.0
    yuan = impact.over(days)
    return yuan if impact.of == "margin" or margin is None else yuan * margin


def rank(finding: Finding[Any], margin: float | None = None) -> tuple[int, float, bool]:
    """Return the sort key: level, then what is at stake, then, where it asks for something, its proposals.

    The priority of a finding is P(it is real) times what is at stake; P is 1 where no test was made.
    """
    silent = finding.level in ASKING and not finding.proposals
    return LEVELS.index(finding.level), -finding.sure * at_stake(finding, margin), silent


def ranked(findings: Iterable[Finding[T]], margin: float | None = None) -> list[Finding[T]]:
    """Return the findings, the first to act on first; equal ones as they came."""
    return sorted(findings, key=lambda one: rank(one, margin))
