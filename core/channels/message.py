"""A report in the few lines a group reads: its first page, cut to what the platform takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from core.channels.robot_settings import Kind
from core.language.wording import say
from core.reports.blocks import DAYS, DETAILS, Block, Bullets, Grid, Heading, Paragraph, blocks
from core.reports.day_report import Report
from core.reports.markdown import render, to_blocks
from core.reports.plain_text import clean

LIMITS: Final[dict[Kind, int]] = {"dingtalk": 6000, "wecom": 4096, "feishu": 6000}
"""Bytes of text: WeCom takes 4,096; the others take 20,000, which nobody reads in a chat."""
MOST = 5
"""Lines of one section."""
LONGEST = 160
"""Characters of a line."""
_LOOKALIKES = str.maketrans("<>[]*_`#|~!\\", "＜＞［］＊＿｀＃｜～！＼")


@dataclass(frozen=True, slots=True)
class RobotMessage:
    """What is told: a title, and lines of which some are headings."""

    title: str
    lines: tuple[tuple[str, str], ...]
    """(look, words); look is strong, heading, point or empty."""
    cut: bool = False

    def plain(self) -> str:
        """Return the message as people read it before it goes."""
        marks = {"point": "- ", "heading": "", "strong": "", "": ""}
        return "\n".join([self.title, *(f"{marks[look]}{words}" for look, words in self.lines)])


def message_of(report: Report, kind: Kind) -> RobotMessage:
    """Return the report's first page as a message that the platform takes whole."""
    found = to_blocks(render(report)) if report.written else blocks(report)
    title = f"{report.shop} {report.date}"
    lines: list[tuple[str, str]] = []
    for place, block in enumerate(_front(found)):
        if isinstance(block, Heading) and block.level == 1:
            title = block.text
        else:
            lines += _lines(block, heading=bool(place))
    return _fitting(RobotMessage(harmless(title)[:LONGEST], tuple(lines)), kind)


def harmless(text: str) -> str:
    """Return foreign text so that a chat shows it: nothing in it formats, links, fetches or calls people."""
    return clean(text).replace("://", "：//").replace("@", "＠").translate(_LOOKALIKES)


def body_of(message: RobotMessage, kind: Kind) -> dict[str, Any]:
    """Return the message as the platform's robots take it."""
    if kind == "feishu":
        rows = [[{"tag": "text", "text": line}] for line in message.plain().split("\n")[1:]]
        return {"msg_type": "post", "content": {"post": {"zh_cn": {"title": message.title, "content": rows}}}}
    text = markdown(message)
    if kind == "wecom":
        return {"msgtype": "markdown", "markdown": {"content": text}}
    return {
        "msgtype": "markdown",
        "markdown": {"title": message.title, "text": text},
        "at": {"isAtAll": False},
    }


def markdown(message: RobotMessage) -> str:
    """Return the message in the markdown both DingTalk and WeCom know."""
    told = [f"### {message.title}"]
    for look, words in message.lines:
        told.append(
            {"strong": f"**{words}**", "heading": f"**{words}**", "point": f"- {words}"}.get(look, words)
        )
    return "\n\n".join(told).replace("\n\n- ", "\n- ")


def size_of(message: RobotMessage, kind: Kind) -> int:
    """Return how many bytes of text it is."""
    return len((message.plain() if kind == "feishu" else markdown(message)).encode())


def _front(found: Sequence[Block]) -> Sequence[Block]:
    ends = {say(DETAILS), say(DAYS)}
    at = next((n for n, one in enumerate(found) if isinstance(one, Heading) and one.text in ends), len(found))
    return found[:at]


def _lines(block: Block, *, heading: bool) -> list[tuple[str, str]]:
    match block:
        case Heading():
            return [("heading", _short(block.text))] if heading else []
        case Paragraph():
            return [("strong" if block.strong else "", _short(block.text))]
        case Bullets():
            return _points(block.lines)
        case Grid():
            return _points([_row(block.columns, row) for row in block.rows])


def _points(lines: Sequence[str]) -> list[tuple[str, str]]:
    told = [("point", _short(one)) for one in lines[:MOST]]
    return [*told, ("point", "…")] if len(lines) > MOST else told


def _row(columns: Sequence[str], row: Sequence[str]) -> str:
    """A row in words: its first two cells, the others under their column's name."""
    head = " ".join(cell for cell in row[:2] if cell)
    rest = [f"{name} {cell}" for name, cell in zip(columns[2:], row[2:], strict=False) if cell]
    return say("{head} ({rest})", head=head, rest=say("; ").join(rest)) if rest else head


def _short(text: str) -> str:
    plain = harmless(text)
    return plain if len(plain) <= LONGEST else f"{plain[: LONGEST - 1]}…"


def _fitting(message: RobotMessage, kind: Kind) -> RobotMessage:
    """Leave out the last lines until the platform takes the rest, and say so."""
    lines = list(message.lines)
    fitted = message
    while lines and size_of(fitted, kind) > LIMITS[kind]:
        lines.pop()
        while lines and lines[-1][0] == "heading":
            lines.pop()
        fitted = RobotMessage(message.title, (*lines, ("", say("… the rest is in the report."))), cut=True)
    return fitted
