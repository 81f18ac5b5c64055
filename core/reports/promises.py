"""The outcomes of promises, taken from the stand-up's answer, for the first page of the report."""

from __future__ import annotations

from core.answers.answer import Answer
from core.reports.day_report import ReportLine

PROMISE = "promise"
"""The kind of finding that states the outcome of a promise."""


def promises_of(standup: Answer | None) -> tuple[ReportLine, ...]:
    """Return the outcomes of promises in the stand-up's answer.

    Empty if there is no such answer or no promise was due.
    """
    if standup is None:
        return ()
    return tuple(ReportLine(one.text, one.level) for one in standup.findings if one.kind == PROMISE)
