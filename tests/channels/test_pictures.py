"""The first page goes along as a picture where the platform takes one, and never instead of the text."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core.channels.channel import Posted
from core.channels.http_post import TRIAL
from core.channels.message import ReportMessage
from core.channels.outbox import Going, deliver
from core.channels.registry import channels
from core.channels.report_message import message_of, with_picture
from core.language.wording import text
from core.reports import png
from tests.channels.gateway import Gateway, gateway
from tests.channels.mail_server import mail_server
from tests.channels.test_email import mailbox
from tests.channels.test_posting import MESSAGE, NOW, robot, send
from tests.reports.test_report import journal, report

PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)
DRAWN = replace(MESSAGE, picture=PNG)


def delivered(folder: Path, kind: str, message: ReportMessage = DRAWN) -> list[Posted]:
    """Post the message; return what the channel said each time."""
    said: list[Posted] = []

    def sender(*words: Any) -> Posted:
        said.append(send(*words))
        return said[-1]

    going = Going(robot(kind, secret=""), message, "2026-11-16", "沈岚")
    deliver(folder, going, clock=lambda: NOW, sender=sender, pause=lambda _: None)
    return said


@pytest.fixture
def group(monkeypatch: pytest.MonkeyPatch) -> Any:
    with gateway(now=NOW.timestamp()) as held:
        monkeypatch.setenv(TRIAL, held.address)
        yield held


def test_a_wecom_group_gets_the_text_and_then_the_picture(group: Gateway, tmp_path: Path) -> None:
    (said,) = delivered(tmp_path, "wecom")
    assert said == Posted("sent")
    words, picture = group.arrived
    assert "昨日成交" in json.dumps(words, ensure_ascii=False)
    assert base64.b64decode(picture["image"]["base64"]) == PNG


def test_a_picture_that_is_not_taken_leaves_the_text_sent_and_is_said(group: Gateway, tmp_path: Path) -> None:
    (said,) = delivered(tmp_path, "wecom", replace(MESSAGE, picture=b"GIF89a"))
    assert said.arrival == "sent"
    assert text(said.why) == "the picture may be missing: code 40009"
    assert len(group.arrived) == 1


def test_no_picture_follows_a_text_that_did_not_arrive(group: Gateway, tmp_path: Path) -> None:
    group.mood = ["busy"]
    said = delivered(tmp_path, "wecom")
    assert [one.arrival for one in said] == ["busy", "sent"]
    assert [body["msgtype"] for body in group.arrived] == ["markdown", "image"], "once each"


@pytest.mark.parametrize("kind", ["dingtalk", "feishu"])
def test_other_groups_get_the_text_alone(group: Gateway, tmp_path: Path, kind: str) -> None:
    delivered(tmp_path, kind)
    assert len(group.arrived) == 1
    assert "PNG" not in str(group.arrived)


def test_a_mail_has_it_attached(tmp_path: Path) -> None:
    with mail_server() as server:
        going = Going(mailbox(server), DRAWN, "2026-11-16", "沈岚")
        deliver(tmp_path, going, clock=lambda: NOW, sender=send, pause=lambda _: None)
        ((_, mail),) = server.arrived
    (attached,) = mail.iter_attachments()
    assert (attached.get_content_type(), attached.get_filename()) == ("image/png", "report.png")
    assert attached.get_content() == PNG
    words = mail.get_body(("plain",))
    assert words is not None
    assert "昨日成交 ¥37,460" in words.get_content()


@pytest.mark.e2e
@pytest.mark.parametrize(("kind", "taken"), [("wecom", True), ("email", True), ("dingtalk", False)])
def test_it_is_drawn_only_for_who_takes_it(kind: str, taken: bool) -> None:  # noqa: FBT001 - a case
    channel = channels().known[kind]
    found = with_picture(message_of(report(journal()), channel), report(journal()), channel)
    assert found.picture.startswith(b"\x89PNG") is taken


def test_a_machine_that_cannot_draw_sends_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(png, "can_draw", lambda: False)
    channel = channels().known["wecom"]
    plain = message_of(report(journal()), channel)
    assert with_picture(plain, report(journal()), channel) == plain
