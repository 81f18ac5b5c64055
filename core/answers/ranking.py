"""The order of findings: by level of urgency, then by the money at stake."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, TypeVar

from core.answers.answer import LEVELS, Finding

HORIZON: Final = 7
"""The number of days over which a continuing loss is counted; by then somebody will have looked again (our
judgement)."""
ASKING: Final = ("act", "watch")
"""Levels of findings that require action."""
T = TypeVar("T")


def at_stake(finding: Finding[Any], margin: float | None = None, days: int = HORIZON) -> float:
    """Return the yuan at stake within ``days``; 0 for capital tied up and for unknown amounts.

    Amounts of sales are multiplied by ``margin``, the shop's gross margin as a fraction, so that they can be
    compared with amounts of margin; if ``margin`` is None, they count in full. The result is only for sorting
    and should not be displayed.
    """
    impact = finding.impact
    if impact is None or impact.of == "capital":
        return 0.0
    yuan = impact.over(days)
    return yuan if impact.of == "margin" or margin is None else yuan * margin


def priority(finding: Finding[Any], margin: float | None = None) -> float:
    """Return the money at stake multiplied by the probability that the finding is real (1 if untested)."""
    return finding.sure * at_stake(finding, margin)


def rank(finding: Finding[Any], margin: float | None = None) -> tuple[int, float, bool]:
    """Return the sort key: level, priority, lack of proposals.

    The third part is True for a finding that requires action but has no proposals.
    """
    silent = finding.level in ASKING and not finding.proposals
    return LEVELS.index(finding.level), -priority(finding, margin), silent


def ranked(findings: Iterable[Finding[T]], margin: float | None = None) -> list[Finding[T]]:
    """Return the findings in order of priority, the one to act on first at the front; the sort is stable."""
    return sorted(findings, key=lambda one: rank(one, margin))
