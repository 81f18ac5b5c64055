"""Steps without exceptions: complete data, and an analysis that found nothing unusual."""

from __future__ import annotations

from core.answers.answer import Answer
from routines.plan.step import Step

_QUIET = ("good", "info")
_ENOUGH = ("complete", "immature")


def without_exception(step: Step, answer: Answer | None) -> bool:
    """Tell whether the step is normal today; one that people work or meet in never is."""
    if step.screen or not step.analyse or answer is None:
        return False
    if answer.verdict.level == "info" and step.record:
        return False  # something is to be looked at and written down
    levels = [answer.verdict.level, *(one.level for one in answer.findings)]
    proposals = any(one.proposals for one in answer.findings)
    complete = all(need.state in _ENOUGH for need in answer.needs)
    return complete and not proposals and all(level in _QUIET for level in levels)
