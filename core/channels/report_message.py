"""A report shortened to a message: its first page, cut to the channel's limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from core.channels.channel import Channel, own_failures
from core.channels.message import LONGEST, ReportMessage, harmless, short
from core.errors import ShopdayError
from core.language.wording import say
from core.reports.blocks import Block, Bullets, Grid, Heading, Paragraph, blocks, first_page
from core.reports.day_report import Report
from core.reports.markdown import render, to_blocks

MOST: Final = 5
"""Maximum lines of a list."""
ROWS: Final = 8
"""Maximum rows of a table: as many as there are key figures."""


def message_of(report: Report, channel: Channel) -> ReportMessage:
    """Return the report's first page as a message that fits the channel."""
    found = to_blocks(render(report)) if report.written else blocks(report)
    title = f"{report.shop} {report.date}"
    lines: list[tuple[str, str]] = []
    for block in first_page(found)[0]:
        if isinstance(block, Heading) and block.level == 1:
            title = block.text
        else:
            lines += _lines(block)
    return _fitting(ReportMessage(harmless(title)[:LONGEST], tuple(lines)), channel)


def with_picture(message: ReportMessage, report: Report, channel: Channel) -> ReportMessage:
    """Return the message with the report's first page as a picture, if the channel takes pictures.

    Unchanged if it takes none or none so large, or if this machine cannot draw one.
    """
    most = int(getattr(channel, "pictures", 0))
    if not most:
        return message
    from core.reports import png

    try:
        drawn = png.render(report) if png.can_draw() else b""
    except ShopdayError:
        return message
    return replace(message, picture=drawn) if len(drawn) <= most else message


def _lines(block: Block) -> list[tuple[str, str]]:
    match block:
        case Heading():
            return [("heading", short(block.text))]
        case Paragraph():
            return [("strong" if block.strong else "", short(block.text))]
        case Bullets():
            return _points(block.lines)
        case Grid():
            return _points([_row(block.columns, row) for row in block.rows], ROWS)


def _points(lines: Sequence[str], most: int = MOST) -> list[tuple[str, str]]:
    told = [("point", short(one)) for one in lines[:most]]
    return [*told, ("point", "…")] if len(lines) > most else told


def _row(columns: Sequence[str], row: Sequence[str]) -> str:
    """Return a table row as one line: the first two cells, then the others, each after its column's name."""
    head = " ".join(cell for cell in row[:2] if cell)
    rest = [f"{name} {cell}" for name, cell in zip(columns[2:], row[2:], strict=False) if cell]
    return say("{head} ({rest})", head=head, rest=say("; ").join(rest)) if rest else head


def _fitting(message: ReportMessage, channel: Channel) -> ReportMessage:
    """Drop lines from the end until the channel accepts the message, and add a note if any were dropped."""
    lines = list(message.lines)
    fitted = message
    while lines and not _fits(fitted, channel):
        lines.pop()
        while lines and lines[-1][0] == "heading":
            lines.pop()
        fitted = ReportMessage(message.title, (*lines, ("", say("… the rest is in the report."))), cut=True)
    return fitted


def _fits(message: ReportMessage, channel: Channel) -> bool:
    with own_failures(channel):
        return channel.size(message).fits
