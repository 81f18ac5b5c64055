"""A report as e-mail, sent to a real mail server: to all or to nobody, once, and never in the clear."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from core.channels.channel import Place
from core.channels.registry import channels
from core.channels.secrets_file import FILE, place_of
from core.errors import BadSettings, CannotPost, UsageError
from core.language.speech import speak
from core.language.wording import text
from tests.channels.mail_server import CERTIFICATE, PASSWORD, USER, MailServer, mail_server
from tests.channels.sent import outbox
from tests.channels.test_posting import NOW, post, send, states

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
"""aiosmtpd says so of a line that is encrypted from the first byte, too."""
SETTINGS: dict[str, Any] = {
    "host": "127.0.0.1",
    "from": USER,
    "to": ("boss@lanting.example", "lan@qq.example"),
}


def mailbox(server: MailServer, **other: Any) -> Place:
    return channels().known["email"].place({**SETTINGS, "port": server.port, **other})


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as held:
        yield held


@pytest.fixture
def trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))


# ---- it arrives


def test_the_report_is_in_every_mailbox_as_plain_text(server: MailServer, tmp_path: Path) -> None:
    sent, waits = post(tmp_path, mailbox(server))
    assert (sent.state, waits) == ("gone", [])
    ((people, mail),) = server.arrived
    assert people == ["boss@lanting.example", "lan@qq.example"]
    assert (mail["Subject"], mail["From"]) == ("兰亭女装日报 11月16日", USER)
    assert mail["To"] == "boss@lanting.example, lan@qq.example"
    assert mail["Date"].datetime == NOW
    assert mail["Message-ID"].endswith("@lanting.example>")
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content() == "昨日成交 ¥37,460\r\n\r\n待提升\r\n- 短视频断了\r\n"


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_it_is_encrypted_and_logged_in(security: str, tmp_path: Path) -> None:
    """127.0.0.2 is not on the list of this machine's names, so it counts as a server elsewhere."""
    with mail_server("127.0.0.2", security=security, log_in=True) as server:
        place = mailbox(server, host="127.0.0.2", security=security, user=USER, password=PASSWORD)
        assert post(tmp_path, place)[0].state == "gone"
        assert (len(server.arrived), server.encrypted) == (1, [True])


def test_a_dot_alone_and_a_long_line_arrive_as_they_are(server: MailServer, tmp_path: Path) -> None:
    from core.channels.message import ReportMessage
    from core.channels.outbox import Going, deliver

    lines = (("", "."), ("", "..two"), ("", "长" * 2000), ("", "Bcc: all@lanting.example"))
    going = Going(mailbox(server), ReportMessage("t", lines), "2026-11-16", "沈岚")
    deliver(tmp_path, going, clock=lambda: NOW, sender=send, pause=lambda _: None)
    ((people, mail),) = server.arrived
    assert mail.get_content().splitlines() == [words for _, words in lines]
    assert len(people) == 2


# ---- it does not, and that is known


@pytest.mark.parametrize(
    ("mood", "says"),
    [
        ("MAIL 500 not you", "the sender report@lanting.example was rejected (code 500)"),
        ("RCPT 553 not allowed", "the recipient boss@lanting.example was rejected (code 553)"),
        ("DATA 554 looks like spam", "the message itself was rejected (code 554)"),
    ],
)
def test_a_refusal_is_final_and_said_in_words(
    mood: str, says: str, server: MailServer, tmp_path: Path
) -> None:
    server.mood = [mood]
    with pytest.raises(CannotPost) as refused:
        post(tmp_path, mailbox(server))
    assert says in str(refused.value)
    assert "Nothing was sent" in str(refused.value)
    assert (server.asked, states(tmp_path)) == (1, ["refused"])
    assert post(tmp_path, mailbox(server))[0].state == "gone"


def test_one_address_that_is_gone_keeps_the_mail_from_all(server: MailServer, tmp_path: Path) -> None:
    place = mailbox(server, to=("boss@lanting.example", "gone@lanting.example"))
    with pytest.raises(CannotPost, match=r"the recipient gone@lanting.example was rejected \(code 550\)"):
        post(tmp_path, place)
    assert (server.arrived, states(tmp_path)) == ([], ["refused"])


@pytest.mark.parametrize("mood", ["MAIL 400 later", "RCPT 450 greylisted", "DATA 499 no room"])
def test_what_is_not_taken_now_is_tried_again(mood: str, server: MailServer, tmp_path: Path) -> None:
    server.mood = [mood, mood]
    sent, waits = post(tmp_path, mailbox(server))
    assert (sent.state, len(sent.tries), len(waits)) == ("gone", 3, 2)
    assert (server.asked, len(server.arrived)) == (3, 1)


@pytest.mark.parametrize("mood", ["CUT", "HANG"])
def test_what_may_have_arrived_is_not_tried_again(mood: str, server: MailServer, tmp_path: Path) -> None:
    server.mood = [mood]
    with pytest.raises(
        CannotPost, match=r"closed the connection or did not answer in time.*may have arrived"
    ):
        post(tmp_path, mailbox(server), sender=lambda *given: send(*given, seconds=0.5))
    assert (server.asked, states(tmp_path)) == (1, ["unknown"])
    with pytest.raises(UsageError, match="how it ended is not known"):
        post(tmp_path, mailbox(server))
    assert post(tmp_path, mailbox(server), again=True)[0].state == "gone"
    assert server.asked == 2


@pytest.mark.parametrize("code", [200, 354, 600])
def test_an_end_that_is_neither_yes_nor_no_may_have_arrived(
    code: int, server: MailServer, tmp_path: Path
) -> None:
    server.mood = [f"DATA {code} hm"]
    with pytest.raises(CannotPost, match=rf"\(code {code}\): the message may have arrived"):
        post(tmp_path, mailbox(server))
    assert (server.asked, states(tmp_path)) == (1, ["unknown"])


def test_nobody_listening_is_tried_three_times(server: MailServer, tmp_path: Path) -> None:
    with pytest.raises(CannotPost, match=f"{os.strerror(errno.ECONNREFUSED)}.*Nothing was sent"):
        post(tmp_path, mailbox(server, port=1))
    assert len(outbox(tmp_path)[0].tries) == 3


@pytest.mark.parametrize(
    ("greeting", "says", "tries"),
    [
        (b"554 no mail here\r\n", "the mail server does not accept mail (code 554)", 1),
        (b"421 too many lines\r\n", "the mail server does not accept mail (code 421)", 3),
        (b"", "the mail server closed the connection or did not answer in time", 3),
    ],
)
def test_a_server_that_does_not_greet_has_taken_nothing(
    greeting: bytes, says: str, tries: int, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def greet() -> None:
            with suppress(OSError):
                while True:
                    line, _ = listening.accept()
                    line.sendall(greeting)
                    lines.append(line)

        lines: list[socket.socket] = []
        Thread(target=greet, daemon=True).start()
        place = mailbox(MailServer(port=listening.getsockname()[1]))
        with pytest.raises(CannotPost) as refused:
            post(tmp_path, place, sender=lambda *given: send(*given, seconds=0.3))
    for line in lines:
        line.close()
    assert f"E-mail did not accept the message: {says}. Nothing was sent." in str(refused.value)
    assert (states(tmp_path), len(outbox(tmp_path)[0].tries)) == (["refused"], tries)


def test_encryption_where_the_server_speaks_none_is_no_mail(server: MailServer, tmp_path: Path) -> None:
    with pytest.raises(CannotPost, match="Nothing was sent"):
        post(tmp_path, mailbox(server, security="tls"))
    assert (server.asked, states(tmp_path)) == (0, ["refused"])


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_wrong_password_is_refused_and_never_shown(security: str, tmp_path: Path) -> None:
    with mail_server(security=security, log_in=True) as server:
        place = mailbox(server, security=security, user=USER, password="TOPSECRET")  # noqa: S106 - a wrong one
        assert "TOPSECRET" not in repr(place)
        with pytest.raises(CannotPost, match=r"the user name or the password is wrong \(code 535\)") as said:
            post(tmp_path, place)
        assert "TOPSECRET" not in str(said.value)
        assert (server.asked, states(tmp_path)) == (0, ["refused"])


# ---- it never goes in the clear


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_certificate_nobody_vouches_for_is_refused(security: str, tmp_path: Path) -> None:
    with mail_server("127.0.0.2", security=security) as server:
        with pytest.raises(CannotPost, match="certificate is not trusted"):
            post(tmp_path, mailbox(server, host="127.0.0.2", security=security))
        assert (server.asked, states(tmp_path)) == (0, ["refused"])


def test_a_server_elsewhere_without_encryption_gets_nothing(tmp_path: Path) -> None:
    with mail_server("127.0.0.2") as server:
        with pytest.raises(CannotPost, match="offers no encryption"):
            post(tmp_path, mailbox(server, host="127.0.0.2"))
        assert (server.asked, states(tmp_path)) == (0, ["refused"])
        with pytest.raises(BadSettings, match="only for a server on this machine"):
            mailbox(server, host="127.0.0.2", security="none")


# ---- the settings


FILE_TEXT = """
[channel]
kind = "email"
host = "smtp.exmail.qq.com"
from = "report@lanting.example"
to = ["boss@lanting.example"]
"""


def shop(folder: Path, more: str = "", text: str = FILE_TEXT) -> Path:
    (folder / FILE).write_text(text + more, encoding="utf-8")
    (folder / FILE).chmod(0o600)
    return folder


def test_a_server_on_this_machine_needs_no_encryption_unless_its_port_has_it(tmp_path: Path) -> None:
    local = FILE_TEXT.replace("smtp.exmail.qq.com", "{host}")
    for host in ("localhost", "127.0.0.1", "::1"):
        place = place_of(shop(tmp_path, "port = 25", local.format(host=host)))
        assert (place.given["security"], text(place.notes[1])) == ("none", "not encrypted")
        assert place_of(shop(tmp_path, "", local.format(host=host))).given["security"] == "tls"


@pytest.mark.parametrize(("count", "taken"), [(50, True), (51, False)])
def test_at_most_fifty_people(count: int, taken: bool, server: MailServer) -> None:  # noqa: FBT001 - a case
    people = tuple(f"p{n}@lanting.example" for n in range(count))
    if taken:
        assert mailbox(server, to=people).given["to"] == people
    else:
        with pytest.raises(BadSettings, match="1 to 50"):
            mailbox(server, to=people)


@pytest.mark.parametrize(
    ("more", "port", "security"),
    [
        ("", 465, "tls"),
        ("port = 994", 994, "tls"),
        ("port = 587", 587, "starttls"),
        ('port = 587\nsecurity = "tls"', 587, "tls"),
    ],
)
def test_the_port_says_how_the_line_is_encrypted(more: str, port: int, security: str, tmp_path: Path) -> None:
    place = place_of(shop(tmp_path, more))
    assert (place.given["port"], place.given["security"]) == (port, security)
    assert [text(note) for note in place.notes] == ["to boss@lanting.example", "encrypted"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('to = "boss@lanting.example"', "“to” in secrets.toml must be texts in quotes, between"),
        ("to = []", "“to” must contain 1 to 50 e-mail addresses"),
        ('to = ["boss"]', "“to” must contain e-mail addresses"),
        ('to = ["a@b.example\\r\\nRCPT TO:<x@y.example>"]', "“to” must contain e-mail addresses"),
        ('from = "沈岚"', "“from” must contain e-mail addresses"),
        ('host = "smtp.example\\nx"', "“host” must be a server name"),
        ("host = 25", "“host” in secrets.toml must be text in quotes"),
        ("port = 0", "“port” must be between 1 and 65535"),
        ("port = true", "“port” in secrets.toml must be a whole number"),
        ('security = "ssl"', "“security” must be “tls” or “starttls”"),
        ('password = "TOPSECRET"', "“user” and “password” belong together"),
        ('user = "x"\npassword = "TOPSECRET密"', "must be ASCII"),
        (
            'pasword = "TOPSECRET"',
            "has a setting that E-mail does not know. Known settings: kind, host, to, from",
        ),
    ],
)
def test_a_setting_that_cannot_be_meant_is_one_sentence(line: str, says: str, tmp_path: Path) -> None:
    name = line.partition(" ")[0]
    kept = "\n".join(one for one in FILE_TEXT.splitlines() if not one.startswith(f"{name} ="))
    with pytest.raises(BadSettings) as refused:
        place_of(shop(tmp_path, f"\n{line}\n", kept))
    said = str(refused.value)
    assert says in said
    assert "TOPSECRET" not in said
    assert '[channel], kind = "email", host = "smtp.exmail.qq.com"' in said


@pytest.mark.parametrize("name", ["host", "to", "from"])
def test_what_is_missing_is_named(name: str, tmp_path: Path) -> None:
    kept = "\n".join(one for one in FILE_TEXT.splitlines() if not one.startswith(f"{name} ="))
    with pytest.raises(BadSettings, match=f"“{name}” is missing in secrets.toml"):
        place_of(shop(tmp_path, text=kept))


def test_the_same_people_over_another_server_are_the_same_place(server: MailServer, tmp_path: Path) -> None:
    post(tmp_path, mailbox(server))
    with pytest.raises(UsageError, match="already sent"):
        post(tmp_path, mailbox(server, host="localhost", to=SETTINGS["to"][::-1]))
    post(tmp_path, mailbox(server, to=("boss@lanting.example",)))
    assert len(server.arrived) == 2


def test_it_speaks_chinese(server: MailServer, tmp_path: Path) -> None:
    speak("zh")
    server.mood = ["RCPT 553 not allowed"]
    with pytest.raises(
        CannotPost, match=r"邮件 没有接收这条消息：收件人 boss@lanting.example 被拒（代码 553）"
    ):
        post(tmp_path, mailbox(server))


def test_a_later_report_goes_on_its_own_day(server: MailServer, tmp_path: Path) -> None:
    tomorrow = NOW + timedelta(days=1)
    post(tmp_path, mailbox(server))
    post(tmp_path, mailbox(server), about="2026-11-17", clock=lambda: tomorrow)
    first, second = (mail for _, mail in server.arrived)
    assert second["Date"].datetime == tomorrow
    assert first["Message-ID"] != second["Message-ID"]
