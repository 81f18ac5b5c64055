"""A message that is posted: a title and a few lines, as text, as markdown, and made harmless."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from core.reports.plain_text import clean

LONGEST: Final = 160
"""Characters of a line."""
_LOOKALIKES = str.maketrans("<>[]*_`#|~!\\", "＜＞［］＊＿｀＃｜～！＼")


@dataclass(frozen=True, slots=True)
class ReportMessage:
    """What is told: a title, and lines of which some are headings."""

    title: str
    lines: tuple[tuple[str, str], ...]
    """(look, words); look is strong, heading, point or empty."""
    cut: bool = False

    def plain(self) -> str:
        """Return the message as people read it before it goes."""
        marks = {"point": "- ", "heading": "", "strong": "", "": ""}
        return "\n".join([self.title, *(f"{marks[look]}{words}" for look, words in self.lines)])


def harmless(text: str) -> str:
    """Return foreign text so that a chat shows it: nothing in it formats, links, fetches or calls people."""
    return clean(text).replace("://", "：//").replace("@", "＠").translate(_LOOKALIKES)


def short(text: str) -> str:
    """Return foreign text as a harmless line that is not too long."""
    plain = harmless(text)
    return plain if len(plain) <= LONGEST else f"{plain[: LONGEST - 1]}…"


def markdown(message: ReportMessage) -> str:
    """Return the message in the markdown both DingTalk and WeCom know."""
    told = [f"### {message.title}"]
    for look, words in message.lines:
        told.append(
            {"strong": f"**{words}**", "heading": f"**{words}**", "point": f"- {words}"}.get(look, words)
        )
    return "\n\n".join(told).replace("\n\n- ", "\n- ")
