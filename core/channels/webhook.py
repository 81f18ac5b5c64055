"""Channels that are a chat group's robot: a message posted to its address, and what its answer means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from core.channels.channel import Given, Place, Posted, Setting, Size
from core.channels.http_post import SECONDS, post
from core.channels.message import ReportMessage
from core.errors import BadSettings
from core.language.message import Words, say
from core.language.wording import text
from core.storage.decoding import json_in


@dataclass(frozen=True, slots=True)
class Webhook:
    """A channel whose places are robots, each with its address on one host; messages go nowhere else."""

    id: str
    name: Words
    host: str
    path: str
    """How the path of every robot's address begins."""
    example: str
    """What follows the path in the template."""
    limit: int
    """Bytes of text."""
    text: Callable[[ReportMessage], str]
    """The text that the limit counts."""
    json: Callable[[ReportMessage], dict[str, Any]]
    """What the platform's robots take."""
    signed: Callable[[str, str, dict[str, Any], datetime], tuple[str, dict[str, Any]]] | None
    """Address and body as they are sent, from address, secret, body and moment; None where no robot signs."""
    busy: frozenset[int]
    """Codes for: not taken now, too many messages."""
    meanings: Mapping[int, Words]
    """Why a message was refused, by code."""

    @property
    def settings(self) -> tuple[Setting, ...]:
        """Return its address, and the secret of a robot that signs."""
        return (
            Setting("url", f'"https://{self.host}{self.path}{self.example}"', say("the robot's address")),
            Setting(
                "secret",
                '"SEC…"',
                say("only where the robot signs"),
                needed=False,
                offered=self.signed is not None,
            ),
        )

    def place(self, given: Mapping[str, Given]) -> Place:
        """Return the robot; BadSettings when the address leads anywhere else."""
        url, secret = str(given["url"]).strip(), str(given.get("secret", "")).strip()
        try:
            parts = urlsplit(url)
            good = (parts.scheme, parts.netloc) == ("https", self.host) and parts.path.startswith(self.path)
        except ValueError:
            good = False
        if not good or not url.isascii() or any(char <= " " for char in url):
            raise BadSettings(
                text(say("The “url” must begin with https://{host}{path}.", host=self.host, path=self.path))
            )
        notes = (say("signed") if secret else say("not signed"),)
        return Place(self, self.host, url, {"url": url, "secret": secret}, notes)

    def size(self, message: ReportMessage) -> Size:
        """Return how many bytes of text it is."""
        return Size(len(self.text(message).encode()), self.limit)

    def body(self, place: Place, message: ReportMessage) -> dict[str, Any]:
        """Return the message as the platform's robots take it, not signed yet."""
        del place
        return self.json(message)

    def send(self, place: Place, body: Any, now: datetime, *, seconds: float = SECONDS) -> Posted:  # noqa: ANN401
        """Send the body once and return what the answer means; nothing of the address is ever told."""
        url, secret = str(place.given["url"]), str(place.given.get("secret", ""))
        if secret and self.signed is not None:
            url, body = self.signed(url, secret, body, now)
        answer = post(url, body, seconds=seconds)
        return answer if isinstance(answer, Posted) else self._meaning(answer)

    def _meaning(self, answer: bytes) -> Posted:
        try:
            told = json_in(answer, "answer")
            code = told.get("errcode", told.get("code", told.get("StatusCode")))
        except (ValueError, AttributeError, RecursionError):
            code = None
        if type(code) is not int:  # true and false are no codes
            return Posted("unknown", say("the answer is not a robot's"))
        if code == 0:
            return Posted("sent")
        if code in self.busy:
            return Posted("busy", say("too many messages, or the platform is busy (code {code})", code=code))
        if (why := self.meanings.get(code)) is not None:
            return Posted("refused", say("{why} (code {code})", why=why, code=code))
        return Posted("refused", say("code {code}", code=code))
