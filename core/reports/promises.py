"""What came of the promises, as the stand-up told it: for the report's first page."""

from __future__ import annotations

from core.answers.answer import Answer
from core.reports.day_report import ReportLine

PROMISE = "promise"
"""The kind of finding that tells what came of one."""


def promises_of(standup: Answer | None) -> tuple[ReportLine, ...]:
    """Return the promises the stand-up opened with; none when there was no stand-up or nothing was due."""
    if standup is None:
        return ()
    return tuple(ReportLine(one.text, one.level) for one in standup.findings if one.kind == PROMISE)
