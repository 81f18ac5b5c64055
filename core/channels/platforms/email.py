"""E-mail over any SMTP server: plain text and a picture, encrypted unless the server is on this machine.

The mail goes to all recipients or to none: if one address is rejected, it is not sent. An error before the
text is transmitted means that nobody received it; after an error later, delivery is unknown.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import make_msgid
from typing import Any, ClassVar, Final

from core.channels.channel import Arrival, Given, Place, Posted, Setting, Size
from core.channels.message import ReportMessage
from core.errors import BadSettings
from core.language.message import Words, listing, say
from core.language.wording import text

SECONDS: Final = 10.0
_LIMIT: Final = 100_000
"""Limit in bytes of text; servers accept megabytes, and the first page of a report is far shorter."""
_TLS_PORTS: Final = (465, 994)
"""Ports with TLS from the start; on other ports encryption is requested with STARTTLS."""
_THIS_MACHINE: Final = ("localhost", "127.0.0.1", "::1")
_MOST_PORT: Final = 65535
_MOST_PEOPLE: Final = 50
_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,190}")
_HOST: Final = re.compile(r"[A-Za-z0-9.:-]{1,253}")
_OK: Final = 250
_FORWARDS: Final = 251
_FOR_NOW, _FOR_GOOD = 4, 5
"""First digit of an SMTP error code: temporary or permanent."""
_OURSELVES: Final = "[127.0.0.1]"
"""The host name sent in the greeting.

It is what smtplib uses for a machine without a name; a fixed value avoids a DNS lookup.
"""


@dataclass(frozen=True, slots=True)
class Email:
    """The e-mail channel; a place is an SMTP server with a sender and recipients."""

    id: ClassVar[str] = "email"
    name: ClassVar[Words] = say("E-mail")
    pictures: ClassVar[int] = 5_000_000
    settings: ClassVar[tuple[Setting, ...]] = (
        Setting("host", '"smtp.exmail.qq.com"', say("the SMTP server")),
        Setting("to", '["boss@example.com"]', say("who gets the report"), kind="texts"),
        Setting("from", '"report@example.com"', say("the sender")),
        Setting("user", '"report@example.com"', say("leave out if the server needs no log-in"), needed=False),
        Setting(
            "password", '"…"', say("for QQ and 163 mail: the mailbox's authorization code"), needed=False
        ),
        Setting("port", "465", say("465 if left out"), kind="number", needed=False),
        Setting("security", '"tls"', say("“tls” or “starttls”; if left out, the port decides"), needed=False),
    )

    def place(self, given: Mapping[str, Given]) -> Place:
        """Return the server and the addresses; raise BadSettings if the settings are invalid."""
        told: dict[str, Any] = {name: _stripped(value) for name, value in given.items()}
        told.setdefault("port", 465)
        told.setdefault("security", _usual(told["host"], told["port"]))
        wrong = next(_wrong(told), None)
        if wrong is not None:
            raise BadSettings(text(wrong))
        notes = (
            say("to {people}", people=listing(told["to"])),
            say("not encrypted") if told["security"] == "none" else say("encrypted"),
        )
        return Place(self, told["host"], " ".join(sorted(one.lower() for one in told["to"])), told, notes)

    def size(self, message: ReportMessage) -> Size:
        """Return the length of the text in bytes."""
        return Size(len(_lines(message).encode("utf-8", "replace")), _LIMIT)

    def body(self, place: Place, message: ReportMessage) -> EmailMessage:
        """Return the mail without its date.

        Every attempt has the same Message-ID, so duplicates can be recognised.
        """
        mail = EmailMessage(policy=SMTP)
        mail["Subject"] = message.title
        mail["From"] = place.given["from"]
        mail["To"] = ", ".join(place.given["to"])
        mail["Message-ID"] = make_msgid(domain=place.given["from"].rpartition("@")[2])
        mail.set_content(_lines(message), cte="base64")
        if message.picture:
            mail.add_attachment(message.picture, maintype="image", subtype="png", filename="report.png")
        return mail

    def send(self, place: Place, body: Any, now: datetime, *, seconds: float = SECONDS) -> Posted:  # noqa: ANN401
        """Send the mail to all recipients or to none."""
        del body["Date"]
        body["Date"] = now
        with ExitStack() as line:
            try:
                server = line.enter_context(_connected(place.given, seconds))
                _log_in(server, place.given)
                _address(server, place.given)
            except OSError as error:
                return _not_sent(error)
            try:
                code, _ = server.data(body.as_bytes())
            except smtplib.SMTPDataError as error:
                return _not_sent(error)
            except OSError as error:
                return Posted("unknown", _named(error))
        if code == _OK:
            return Posted("sent")
        if code // 100 in (_FOR_NOW, _FOR_GOOD):
            return _not_taken(code, say("the message itself was rejected"))
        return Posted("unknown", say("code {code}", code=code))


class _NotAccepted(smtplib.SMTPResponseException):
    """Raised if the server rejects the sender's or a recipient's address."""

    def __init__(self, code: int, why: Words) -> None:
        super().__init__(code, "")
        self.why = why


@contextmanager
def _connected(given: Mapping[str, Any], seconds: float) -> Iterator[smtplib.SMTP]:
    """Connect to the server and yield the connection; close it at the end in any case."""
    where = given["host"], given["port"], _OURSELVES
    server = (
        smtplib.SMTP_SSL(*where, timeout=seconds, context=ssl.create_default_context())
        if given["security"] == "tls"
        else smtplib.SMTP(*where, timeout=seconds)
    )
    try:
        yield server
    finally:
        with suppress(OSError):
            server.quit()
        server.close()


def _log_in(server: smtplib.SMTP, given: Mapping[str, Any]) -> None:
    """Start encryption if needed, and log in if the settings contain a user."""
    if given["security"] == "starttls":
        server.starttls(context=ssl.create_default_context())
    if given.get("user"):
        server.login(given["user"], given["password"])
    server.ehlo_or_helo_if_needed()


def _address(server: smtplib.SMTP, given: Mapping[str, Any]) -> None:
    """Send the envelope (sender and recipients); raise _NotAccepted for the first rejected address."""
    code, _ = server.mail(given["from"])
    if code != _OK:
        raise _NotAccepted(code, say("the sender {address} was rejected", address=given["from"]))
    for one in given["to"]:
        code, _ = server.rcpt(one)
        if code not in (_OK, _FORWARDS):
            raise _NotAccepted(code, say("the recipient {address} was rejected", address=one))


def _not_sent(error: OSError) -> Posted:
    """Return the result for an error before any text was sent; every smtplib error is an OSError."""
    match error:
        case ssl.SSLCertVerificationError():
            reply = Posted("refused", say("the server's certificate is not trusted"))
        case _NotAccepted():
            reply = _not_taken(error.smtp_code, error.why)
        case smtplib.SMTPAuthenticationError():
            reply = _not_taken(error.smtp_code, say("the user name or the password is wrong"))
        case smtplib.SMTPResponseException():
            reply = _not_taken(error.smtp_code, say("the mail server does not accept mail"))
        case smtplib.SMTPException() if not isinstance(error, smtplib.SMTPServerDisconnected):
            reply = Posted("refused", say("the mail server offers no encryption or no log-in on this port"))
        case _:
            reply = Posted("unreachable", _named(error))
    return reply


def _not_taken(code: int, why: Words) -> Posted:
    """Return the result for an SMTP error code: 4xx is temporary and may be retried, others are permanent."""
    arrival: Arrival = "busy" if code // 100 == _FOR_NOW else "refused"
    return Posted(arrival, say("{why} (code {code})", why=why, code=code))


def _wrong(told: Mapping[str, Any]) -> Iterator[Words]:
    """Yield a message for each invalid setting."""
    if not _HOST.fullmatch(told["host"]):
        yield say("“{name}” must be a server name.", name="host")
    if not 0 < told["port"] <= _MOST_PORT:
        yield say("“{name}” must be between 1 and {most}.", name="port", most=_MOST_PORT)
    if told["security"] not in ("tls", "starttls", *(("none",) if told["host"] in _THIS_MACHINE else ())):
        yield say("“security” must be “tls” or “starttls”; “none” only for a server on this machine.")
    for name, addresses in (("from", (told["from"],)), ("to", told["to"])):
        if not all(_ADDRESS.fullmatch(one) for one in addresses):
            yield say("“{name}” must contain e-mail addresses such as boss@example.com.", name=name)
    if not 0 < len(told["to"]) <= _MOST_PEOPLE:
        yield say("“{name}” must contain 1 to {most} e-mail addresses.", name="to", most=_MOST_PEOPLE)
    if bool(told.get("user")) != bool(told.get("password")):
        yield say("“user” and “password” belong together: set both or neither.")
    if not f"{told.get('user', '')}{told.get('password', '')}".isascii():
        yield say("“user” and “password” must be ASCII letters, digits and signs.")


def _usual(host: str, port: int) -> str:
    """Return the default for ``security``: "tls" on a TLS port, "none" on this machine, else "starttls"."""
    if port in _TLS_PORTS:
        return "tls"
    return "none" if host in _THIS_MACHINE else "starttls"


def _stripped(value: Given) -> Given:
    if isinstance(value, tuple):
        return tuple(one.strip() for one in value)
    return value.strip() if isinstance(value, str) else value


def _lines(message: ReportMessage) -> str:
    """Return the text of the mail: the message's lines, with a blank line before each heading."""
    marks = {"point": "- ", "heading": "\n"}
    return "\n".join(f"{marks.get(look, '')}{words}" for look, words in message.lines) + "\n"


def _named(error: OSError) -> Words:
    """Return a description of the error that cannot contain any of the settings, such as addresses."""
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return say("the mail server closed the connection or did not answer in time")
    return error.strerror if isinstance(error.strerror, str) else type(error).__name__


CHANNEL = Email()
