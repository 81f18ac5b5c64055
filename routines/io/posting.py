"""Post a report to the team, e.g. to a chat group or mailboxes: preview it, then post it once.

Only people who may write in the shop can post. The report of a day needs no pandas; that of a week or month
does.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.channels.channel import Place, Posted, Size, own_failures
from core.channels.message import ReportMessage
from core.channels.outbox import Going, deliver
from core.channels.registry import channels
from core.channels.report_message import message_of, with_picture
from core.channels.secrets_file import place_of, template
from core.errors import UsageError
from core.language.message import clauses
from core.language.wording import say, text
from core.reports.day_report import Report
from core.shop.sent_log import Sent
from core.tables.span import Span
from routines.io.day_report import day_report
from routines.workday.workday import Workday


@dataclass(frozen=True, slots=True)
class PostPreview:
    """What would be posted, and where."""

    place: Place
    message: ReportMessage
    about: str
    """The period of the report, e.g. 2026-11-16, 2026-W47 or 2026-11."""
    finished: bool
    size: Size

    @property
    def words(self) -> str:
        """Return a sentence that says where the message is posted and how long it is."""
        size = self.size
        length = say("{size} of {limit} {unit}", size=size.used, limit=size.most, unit=size.unit)
        pictured = [say("with the first page as a picture")] if self.message.picture else []
        told = say(
            "To {channel} ({host}): {details}.",
            channel=self.place.channel.name,
            host=self.place.host,
            details=clauses([length, *pictured, *self.place.notes]),
        )
        return told if self.finished else f"{told} {say('This report has not been finished yet.')}"


def preview(workday: Workday, span: Span | None = None) -> PostPreview:
    """Return what would be posted (the report of the day, or of the week or month ``span``), sending nothing.

    Raise BadSettings if no channel is set up or its settings are invalid, and UsageError in a restricted
    session.
    """
    place = place_of(workday.folder)
    report, about = _report(workday, span)
    finished = report.state == "finished" or span is not None
    message = with_picture(message_of(report, place.channel), report, place.channel)
    with own_failures(place.channel):
        size = place.channel.size(message)
    return PostPreview(place, message, about, finished, size)


def templates() -> tuple[str, ...]:
    """Return, for each channel, its name and the table of ``secrets.toml`` that sets it up."""
    return tuple(f"{text(one.name)}\n{template(one)}" for one in channels().known.values())


def problems() -> tuple[str, ...]:
    """Return a sentence for each channel that cannot be used."""
    return tuple(text(one) for one in channels().problems)


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
) -> tuple[Sent, str]:
    """Post the previewed report; return its log entry, and what is missing of it in words (usually empty).

    ``refusal``: the reason why this person may not write; empty if they may. Raise CannotPost if it is not
    certain that the post arrived, and UsageError if it was posted before.
    """
    if refusal:
        raise UsageError(refusal)
    replies: list[Posted] = []

    def sender(place: Place, body: Any, now: datetime) -> Posted:  # noqa: ANN401 - its type is the channel's own
        replies.append(place.channel.send(place, body, now))
        return replies[-1]

    sent = deliver(
        workday.folder,
        Going(shown.place, shown.message, shown.about, workday.who),
        clock=workday.now,
        sender=sender,
        pause=pause,
        again=again,
    )
    return sent, text(replies[-1].why) if replies else ""
