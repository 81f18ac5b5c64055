"""Which finding comes first: the most urgent, and at the same urgency what has more money at stake."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final, TypeVar

from core.answers.answer import LEVELS, Finding

HORIZON: Final = 7
"""Days for which a loss that goes on is counted: by then somebody has looked at it again [judgement]."""
ASKING: Final = ("act", "watch")
"""Levels of findings that ask for something."""
_LOSS: Final = re.compile(r"-¥([\d,]+(?:\.\d+)?)")
T = TypeVar("T")


def at_stake(finding: Finding[Any], margin: float | None = None, days: int = HORIZON) -> float:
    """Return the yuan at stake within so many days; 0 where the finding does not know.

    Sales count with the shop's gross margin (a fraction), so that they compare with margin; in full where
    none is known. The result only orders findings: it is no figure to show. A finding without impact whose
    text is a plain string falls back to :func:`_loss_named`.
    """
    impact = finding.impact
    if impact is None:
        return _loss_named(finding.text) if isinstance(finding.text, str) else 0.0
    yuan = impact.over(days)
    return yuan if impact.of == "margin" or margin is None else yuan * margin


def rank(finding: Finding[Any], margin: float | None = None) -> tuple[int, float, bool]:
    """Return the sort key: level, then what is at stake, then, where it asks for something, its proposals.

    The priority of a finding is P(it is real) times what is at stake; P is 1 as long as no test states it.
    """
    silent = finding.level in ASKING and not finding.proposals
    return LEVELS.index(finding.level), -at_stake(finding, margin), silent


def ranked(findings: Iterable[Finding[T]], margin: float | None = None) -> list[Finding[T]]:
    """Return the findings, the first to act on first; equal ones as they came."""
    return sorted(findings, key=lambda one: rank(one, margin))


def _loss_named(sentence: str) -> float:
    """Return the largest loss a sentence names in yuan (-¥1,234); 0 when it names none.

    Temporary: for findings of analyses that do not state their impact yet, and of days stored before
    findings had one. It goes when the last analysis states its impact.
    """
    return max((float(found.replace(",", "")) for found in _LOSS.findall(sentence)), default=0.0)
