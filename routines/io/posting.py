"""Post a report to the team's chat robot: preview, then post once.

Only people who may write in the shop can post. A day's report needs no pandas; that of a week or month does.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from core.channels.message import LIMITS, RobotMessage, message_of, size_of
from core.channels.outbox import Going, Sent, deliver
from core.channels.robot_settings import Robot, robot_of
from core.channels.sending import send
from core.errors import UsageError
from core.language.wording import say
from core.reports.day_report import Report
from core.tables.span import Span
from routines.io.day_report import day_report
from routines.workday.workday import Workday


@dataclass(frozen=True, slots=True)
class PostPreview:
    """What would be posted, and where."""

    robot: Robot
    message: RobotMessage
    about: str
    """2026-11-16, 2026-W47 or 2026-11."""
    finished: bool

    @property
    def words(self) -> str:
        """Return where it goes and how long it is, in a sentence."""
        size = size_of(self.message, self.robot.kind)
        told = say(
            "To {robot} ({host}), {size} of {limit} bytes, {signed}.",
            robot=self.robot.name,
            host=self.robot.host,
            size=size,
            limit=LIMITS[self.robot.kind],
            signed=say("signed") if self.robot.secret else say("not signed"),
        )
        return told if self.finished else f"{told} {say('This report is not finished yet.')}"


def preview(workday: Workday, span: Span | None = None) -> PostPreview:
    """Return what posting the day's report, or that of the week or month, would send; sends nothing.

    BadSettings when no robot is set up or its file is wrong; UsageError in a restricted session.
    """
    robot = robot_of(workday.folder)
    report, about = _report(workday, span)
    finished = report.state == "finished" or span is not None
    return PostPreview(robot, message_of(report, robot.kind), about, finished)


def _report(workday: Workday, span: Span | None) -> tuple[Report, str]:
    if span is None:
        return day_report(workday), workday.day.isoformat()
    from routines.io.period_report import report_over

    return report_over(workday, span), span.of(span.first)


def post(
    workday: Workday,
    shown: PostPreview,
    *,
    refusal: str,
    again: bool = False,
    pause: Callable[[float], None] = time.sleep,
) -> Sent:
    """Post what was shown; CannotPost when it is not surely there, UsageError when it was posted before.

    ``refusal`` is why this person writes nothing here; empty when they may.
    """
    if refusal:
        raise UsageError(refusal)
    return deliver(
        workday.folder,
        Going(shown.robot, shown.message, shown.about, workday.who),
        clock=workday.now,
        sender=send,
        pause=pause,
        again=again,
    )
