"""A mail server on this machine: aiosmtpd keeps the protocol, the moods are what real servers do at times."""

from __future__ import annotations

import asyncio
import email
import email.policy
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

CERTIFICATE = Path(__file__).with_name("localhost.pem")
"""For localhost, 127.0.0.1 and 127.0.0.2 until 2120, with its key, which protects nothing."""
USER, PASSWORD = "report@lanting.example", "authcode"


@dataclass
class MailServer:
    """What came in, and how the server behaves."""

    mood: list[str] = field(default_factory=list)
    """How the next mails are met: a reply to a command ("RCPT 550 no such user"), CUT or HANG once the
    text is there; then as they should be."""
    arrived: list[tuple[list[str], EmailMessage]] = field(default_factory=list)
    """Every mail that is in a mailbox: to whom, and what."""
    asked: int = 0
    encrypted: list[bool] = field(default_factory=list)
    """Of each mail, whether its line was."""
    port: int = 0

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, _: Session, envelope: Envelope, address: str, __: list[str]
    ) -> str:
        self.asked += 1
        assert server.transport is not None
        self.encrypted.append(server.transport.get_extra_info("ssl_object") is not None)
        envelope.mail_from = address
        return self._said("MAIL") or "250 OK"

    async def handle_RCPT(  # noqa: N802 - the same
        self, _: SMTP, __: Session, envelope: Envelope, address: str, ___: list[str]
    ) -> str:
        if address.startswith("gone@"):
            return "550 no such user here"
        envelope.rcpt_tos.append(address)
        return self._said("RCPT") or "250 OK"

    async def handle_DATA(self, server: SMTP, _: Session, envelope: Envelope) -> str:  # noqa: N802 - the same
        if said := self._said("DATA"):
            return said
        if self._said("CUT") is not None:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
            return "250 never heard"
        if self._said("HANG") is not None:
            await asyncio.sleep(30)
        assert isinstance(envelope.content, bytes)
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.arrived.append((envelope.rcpt_tos, mail))
        return "250 OK"

    def _said(self, command: str) -> str | None:
        """Return the reply of the mood to the command, and leave that mood."""
        if self.mood and self.mood[0].startswith(command):
            return self.mood.pop(0).removeprefix(command).strip()
        return None

    def authenticate(self, *given: Any) -> AuthResult:
        known = LoginPassword(USER.encode(), PASSWORD.encode())
        return AuthResult(success=given[-1] == known, handled=False)


@contextmanager
def mail_server(
    host: str = "127.0.0.1", *, security: str = "none", log_in: bool = False, **given: Any
) -> Iterator[MailServer]:
    """Run a mail server for the block; it encrypts from the first byte, when asked, or never."""
    held = MailServer(**given)
    with socket.create_server((host, 0)) as free:
        held.port = free.getsockname()[1]
    encrypted = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    encrypted.load_cert_chain(CERTIFICATE)
    options: dict[str, Any] = {"ident": "a mail server"}
    if security == "tls":
        options["ssl_context"] = encrypted
    elif security == "starttls":
        options |= {"tls_context": encrypted, "require_starttls": True}
    if log_in:
        options |= {"authenticator": held.authenticate, "auth_required": True}
        options["auth_require_tls"] = security == "starttls"
    server = Controller(held, hostname=host, port=held.port, **options)
    server.start()
    try:
        yield held
    finally:
        server.stop()
