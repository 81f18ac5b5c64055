"""Channels that are chat-group robots: posting to a robot's URL and interpreting its response."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from core.channels.channel import Given, Place, Posted, Setting, Size
from core.channels.http_post import SECONDS, post
from core.channels.message import ReportMessage
from core.errors import BadSettings
from core.language.message import Words, say
from core.language.wording import text
from core.storage.decoding import json_in


class _Illustrated(NamedTuple):
    """The JSON bodies of a text and of the picture that follows it."""

    text: dict[str, Any]
    picture: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Webhook:
    """A channel that posts to group robots, each with a URL on one fixed host; other hosts are refused."""

    id: str
    name: Words
    host: str
    path: str
    """The prefix of every robot's URL path."""
    example: str
    """The rest of the URL in the template, after ``path``."""
    limit: int
    """Limit in bytes of text."""
    text: Callable[[ReportMessage], str]
    """Renders the text whose length the limit applies to."""
    json: Callable[[ReportMessage], dict[str, Any]]
    """Builds the JSON body that the platform's robots expect."""
    signed: Callable[[str, str, dict[str, Any], datetime], tuple[str, dict[str, Any]]] | None
    """Returns the signed URL and body, from URL, secret, body and time; None if robots do not sign."""
    busy: frozenset[int]
    """Error codes that mean the platform is busy or has received too many messages."""
    meanings: Mapping[int, Words]
    """The reason for a refusal, by error code."""
    pictures: int = 0
    """The largest picture in bytes; 0 if robots take none."""
    picture: Callable[[bytes], dict[str, Any]] | None = None
    """Builds the JSON body of a picture, which is posted after the text."""

    @property
    def settings(self) -> tuple[Setting, ...]:
        """Return the settings: the URL, and the secret for robots that sign."""
        return (
            Setting("url", f'"https://{self.host}{self.path}{self.example}"', say("the robot's address")),
            Setting(
                "secret",
                '"SEC…"',
                say("only if signing is switched on for the robot"),
                needed=False,
                offered=self.signed is not None,
            ),
        )

    def place(self, given: Mapping[str, Given]) -> Place:
        """Return the place for the robot's URL.

        Raise BadSettings if the URL is not on the platform's host.
        """
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
        notes = (say("with signature") if secret else say("without signature"),)
        return Place(self, self.host, url, {"url": url, "secret": secret}, notes)

    def size(self, message: ReportMessage) -> Size:
        """Return the length of the text in bytes."""
        return Size(len(self.text(message).encode()), self.limit)

    def body(self, place: Place, message: ReportMessage) -> dict[str, Any] | _Illustrated:
        """Return the unsigned JSON body, or that of the text and that of the picture if there is one."""
        del place
        if self.picture is None or not message.picture:
            return self.json(message)
        return _Illustrated(self.json(message), self.picture(message.picture))

    def send(self, place: Place, body: Any, now: datetime, *, seconds: float = SECONDS) -> Posted:  # noqa: ANN401
        """Send the body once and return the result; error texts never contain the URL.

        The text decides whether the report has arrived. A picture is sent after a text that has arrived, and
        not again: if it is not accepted, the result says why.
        """
        if not isinstance(body, _Illustrated):
            return self._send(place, body, now, seconds)
        reply = self._send(place, body.text, now, seconds)
        if reply.arrival != "sent":
            return reply
        drawn = self._send(place, body.picture, now, seconds)
        if drawn.arrival == "sent":
            return reply
        return Posted("sent", say("the picture may be missing: {why}", why=drawn.why))

    def _send(self, place: Place, body: dict[str, Any], now: datetime, seconds: float) -> Posted:
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
        if type(code) is not int:  # bool is a subclass of int
            return Posted("unknown", say("the answer received does not come from a chat robot"))
        if code == 0:
            return Posted("sent")
        if code in self.busy:
            return Posted("busy", say("too many messages, or the platform is busy (code {code})", code=code))
        if (why := self.meanings.get(code)) is not None:
            return Posted("refused", say("{why} (code {code})", why=why, code=code))
        return Posted("refused", say("code {code}", code=code))
