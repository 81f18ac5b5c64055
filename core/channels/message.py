"""The message that is posted to a channel, and its rendering as plain text and markdown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from core.reports.plain_text import clean

LONGEST: Final = 160
"""Maximum characters per line."""
_LOOKALIKES = str.maketrans("<>[]*_`#|~!\\", "＜＞［］＊＿｀＃｜～！＼")


@dataclass(frozen=True, slots=True)
class ReportMessage:
    """A message to post: a title, and lines with a style each."""

    title: str
    lines: tuple[tuple[str, str], ...]
    """(style, text) pairs; the style is "strong", "heading", "point" or empty."""
    cut: bool = False
    picture: bytes = field(default=b"", repr=False)
    """The report's first page as a PNG, for channels that take pictures; empty if there is none."""

    def plain(self) -> str:
        """Return the message as plain text, for review before posting."""
        marks = {"point": "- ", "heading": "", "strong": "", "": ""}
        return "\n".join([self.title, *(f"{marks[look]}{words}" for look, words in self.lines)])


def harmless(text: str) -> str:
    """Return text from outside with markup, links and mentions disabled, shown literally in a chat."""
    return clean(text).replace("://", "：//").replace("@", "＠").translate(_LOOKALIKES)


def short(text: str) -> str:
    """Return text from outside as one harmless line of at most ``LONGEST`` characters."""
    plain = harmless(text)
    return plain if len(plain) <= LONGEST else f"{plain[: LONGEST - 1]}…"


def markdown(message: ReportMessage) -> str:
    """Return the message in the subset of markdown that DingTalk and WeCom share."""
    told = [f"### {message.title}"]
    for look, words in message.lines:
        told.append(
            {"strong": f"**{words}**", "heading": f"**{words}**", "point": f"- {words}"}.get(look, words)
        )
    return "\n\n".join(told).replace("\n\n- ", "\n- ")
