"""Recognize steps that show nothing unusual: complete data, and no finding that needs attention."""

from __future__ import annotations

from core.answers.answer import Answer
from routines.plan.step import Step

_QUIET = ("good", "info")
_ENOUGH = ("complete", "immature")


def without_exception(step: Step, answer: Answer | None) -> bool:
    """Return whether the step shows nothing unusual.

    False if the answer proposes something or lacks data, if something is still to be recorded, and for steps
    with a screen of their own or without analysis.
    """
    if step.screen or not step.analyse or answer is None:
        return False
    if answer.verdict.level == "info" and step.record:
        return False  # something has to be looked at and recorded
    levels = [answer.verdict.level, *(one.level for one in answer.findings)]
    proposals = any(one.proposals for one in answer.findings)
    complete = all(need.state in _ENOUGH for need in answer.needs)
    return complete and not proposals and all(level in _QUIET for level in levels)
