"""A report goes to the group once: tried again where it surely did not arrive, never where it may have."""

from __future__ import annotations

import json
import socket
import stat
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from core.channels import http_post
from core.channels.channel import Place, Posted
from core.channels.http_post import TRIAL
from core.channels.message import ReportMessage
from core.channels.outbox import Going, deliver
from core.channels.registry import channels
from core.errors import CannotPost, UsageError
from core.shop.sent_log import FILE
from tests.channels.gateway import Gateway, gateway
from tests.channels.sent import outbox
from tests.conftest import FILES_OR_POSTGRES

NOW = datetime(2026, 11, 16, 21, 58, tzinfo=ZoneInfo("Asia/Shanghai"))
SECRET = "SEC0f5c8a"  # noqa: S105 - nobody's
URLS: dict[str, str] = {
    "dingtalk": "https://oapi.dingtalk.com/robot/send?access_token=good",
    "wecom": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=good",
    "feishu": "https://open.feishu.cn/open-apis/bot/v2/hook/good",
}
KINDS = ("dingtalk", "wecom", "feishu")
MESSAGE = ReportMessage(
    "兰亭女装日报 11月16日", (("strong", "昨日成交 ¥37,460"), ("heading", "待提升"), ("point", "短视频断了"))
)


@pytest.fixture
def group(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gateway]:
    with gateway(secret=SECRET, now=NOW.timestamp()) as held:
        monkeypatch.setenv(TRIAL, held.address)
        yield held


def robot(kind: str = "dingtalk", *, secret: str = SECRET, url: str = "") -> Place:
    """Return a robot, even one at an address that the channel would not take from a file."""
    channel = channels().known[kind]
    place = channel.place({"url": URLS[kind], "secret": "" if kind == "wecom" else secret})
    return replace(place, address=url, given={**place.given, "url": url}) if url else place


def send(to: Place, body: Any, now: datetime, **options: Any) -> Posted:
    return to.channel.send(to, body, now, **options)


def post(folder: Path, to: Place | None = None, **given: Any) -> Any:
    waits: list[float] = []
    options: dict[str, Any] = {"clock": lambda: NOW, "sender": send, "pause": waits.append, **given}
    about = options.pop("about", "2026-11-16")
    return deliver(folder, Going(to or robot(), MESSAGE, about, "沈岚"), **options), waits


def states(folder: Path) -> list[str]:
    return [one.state for one in outbox(folder)]


# ---- it arrives


@pytest.mark.parametrize("kind", KINDS)
def test_each_platform_takes_it_with_its_own_signature(kind: str, group: Gateway, tmp_path: Path) -> None:
    sent, waits = post(tmp_path, robot(kind))
    assert sent.state == "gone"
    assert waits == []
    (arrived,) = group.arrived
    assert "昨日成交" in json.dumps(arrived, ensure_ascii=False)


@pytest.mark.parametrize("kind", ["dingtalk", "feishu"])
def test_a_wrong_secret_is_refused_and_said_and_may_be_put_right(
    kind: str, group: Gateway, tmp_path: Path
) -> None:
    with pytest.raises(CannotPost, match="signature") as refused:
        post(tmp_path, robot(kind, secret="SECwrong"))  # noqa: S106 - a wrong one
    assert "good" not in str(refused.value)
    assert group.asked == 1
    assert states(tmp_path) == ["refused"]
    assert post(tmp_path, robot(kind))[0].state == "gone"


def test_a_clock_two_hours_off_is_refused(group: Gateway, tmp_path: Path) -> None:
    with pytest.raises(CannotPost, match="310000"):
        post(tmp_path, clock=lambda: NOW + timedelta(hours=2))
    assert group.arrived == []


def test_an_unknown_key_is_said_in_words(group: Gateway, tmp_path: Path) -> None:
    bad = robot("wecom", url="https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=secretkey")
    with pytest.raises(CannotPost, match="key in the url is not valid") as refused:
        post(tmp_path, bad)
    assert "secretkey" not in str(refused.value)
    assert group.asked == 1


# ---- it goes once


@FILES_OR_POSTGRES
@pytest.mark.usefixtures("any_store")
def test_the_same_report_is_not_posted_twice_unless_asked_for(group: Gateway, tmp_path: Path) -> None:
    post(tmp_path)
    with pytest.raises(UsageError, match="already sent"):
        post(tmp_path)
    assert len(group.arrived) == 1
    post(tmp_path, again=True)
    assert len(group.arrived) == 2
    post(tmp_path, about="2026-11-17")
    assert len(group.arrived) == 3


@pytest.mark.parametrize("mood", ["busy", "503"])
def test_what_surely_was_not_taken_is_tried_again_with_longer_waits(
    mood: str, group: Gateway, tmp_path: Path
) -> None:
    group.mood = [mood, mood]
    sent, waits = post(tmp_path)
    assert sent.state == "gone"
    assert len(sent.tries) == 3
    assert waits == sorted(waits)
    assert len(waits) == 2
    assert len(group.arrived) == 1


@FILES_OR_POSTGRES
@pytest.mark.usefixtures("any_store")
def test_after_three_tries_it_is_given_up_and_may_be_posted_later(group: Gateway, tmp_path: Path) -> None:
    group.mood = ["busy"] * 3
    with pytest.raises(CannotPost, match="Nothing was sent"):
        post(tmp_path)
    assert group.asked == 3
    assert post(tmp_path)[0].state == "gone"


@FILES_OR_POSTGRES
@pytest.mark.usefixtures("any_store")
@pytest.mark.parametrize("mood", ["drop", "rst", "500", "page", "nested"])
def test_what_may_have_arrived_is_never_tried_again(mood: str, group: Gateway, tmp_path: Path) -> None:
    group.mood = [mood]
    with pytest.raises(CannotPost, match="may have arrived"):
        post(tmp_path)
    assert group.asked == 1
    assert states(tmp_path) == ["unknown"]
    with pytest.raises(UsageError, match="how it ended is not known"):
        post(tmp_path)
    assert group.asked == 1


def test_a_robot_that_never_answers_is_told_as_unclear(group: Gateway, tmp_path: Path) -> None:
    group.mood = ["hang"]
    with pytest.raises(CannotPost, match="may have arrived"):
        post(tmp_path, sender=lambda to, body, now: send(to, body, now, seconds=0.3))
    assert states(tmp_path) == ["unknown"]


def test_a_line_that_gets_stuck_in_mid_sending_is_told_as_unclear(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The robot's end takes the connection and the first bytes, and then nothing more."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setenv(TRIAL, f"http://127.0.0.1:{server.getsockname()[1]}")
        large = {"text": "x" * 30_000_000}
        reply = send(robot(), large, NOW, seconds=0.3)
        assert reply.arrival == "unknown"
        with pytest.raises(CannotPost, match="may have arrived"):
            post(tmp_path, sender=lambda to, _, now: send(to, large, now, seconds=0.3))
    assert states(tmp_path) == ["unknown"]
    assert len(outbox(tmp_path)[0].tries) == 1


def test_a_line_cut_before_it_is_encrypted_has_carried_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The robot's end hangs up during the TLS handshake: nothing of the message had left."""
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.delenv(TRIAL, raising=False)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def hang_up() -> None:
            server.accept()[0].close()

        Thread(target=hang_up, daemon=True).start()
        to = robot(url=f"https://127.0.0.1:{server.getsockname()[1]}/robot/send?access_token=good")
        assert send(to, {"text": "x"}, NOW, seconds=5).arrival == "unreachable"


def test_nobody_listening_is_tried_again_and_costs_nothing(
    group: Gateway, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(TRIAL, "http://127.0.0.1:1")
    with pytest.raises(CannotPost, match="Nothing was sent"):
        post(tmp_path)
    assert len(outbox(tmp_path)[0].tries) == 3
    assert group.asked == 0


@FILES_OR_POSTGRES
@pytest.mark.usefixtures("any_store")
def test_it_is_written_down_before_it_goes(tmp_path: Path) -> None:
    seen: list[list[str]] = []

    def looks(_: Place, __: dict[str, Any], ___: datetime) -> Posted:
        seen.append(states(tmp_path))
        raise KeyboardInterrupt  # the machine goes down in mid-sending

    with pytest.raises(KeyboardInterrupt):
        post(tmp_path, sender=looks)
    assert seen == [["going"]]
    with pytest.raises(UsageError, match="how it ended is not known"):
        post(tmp_path)


@FILES_OR_POSTGRES
@pytest.mark.usefixtures("any_store")
def test_twenty_messages_a_minute_and_no_more(group: Gateway, tmp_path: Path) -> None:
    for number in range(20):
        post(tmp_path, about=f"2026-10-{number + 1:02d}")
    with pytest.raises(CannotPost, match="last minute"):
        post(tmp_path)
    assert group.asked == 20
    group.arrived.clear()
    later = NOW + timedelta(seconds=61)
    assert post(tmp_path, clock=lambda: later)[0].state == "gone"


@pytest.mark.usefixtures("group")
def test_the_outbox_holds_neither_text_nor_address_nor_secret(tmp_path: Path) -> None:
    post(tmp_path)
    kept = (tmp_path / FILE).read_text(encoding="utf-8")
    assert not any(word in kept for word in (SECRET, "good", "https", "短视频"))
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) & 0o007 == 0
    assert "沈岚" in kept


# ---- where it may go


def test_a_redirect_is_not_followed(group: Gateway, tmp_path: Path) -> None:
    group.mood = ["redirect"]
    with pytest.raises(CannotPost, match="302"):
        post(tmp_path)
    assert group.asked == 1


def test_a_trial_leads_to_this_machine_only(monkeypatch: pytest.MonkeyPatch) -> None:
    went: list[str] = []

    def way(environment: str) -> Callable[..., Any]:
        monkeypatch.setenv(TRIAL, environment)
        url, opener = http_post._way(URLS["dingtalk"])
        went.append(url)
        return opener

    for wrong in ("http://evil.example", "https://127.0.0.1:1", "http://127.0.0.1.evil.example", ""):
        way(wrong)
    assert set(went) == {URLS["dingtalk"]}
    monkeypatch.setenv("SHOPDAY_RESTRICTED", "1")
    way("http://127.0.0.1:1")
    assert went[-1] == URLS["dingtalk"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_message_is_text_and_calls_nobody(kind: str) -> None:
    told = json.dumps(robot(kind).channel.body(robot(kind), MESSAGE), ensure_ascii=False)
    assert "短视频断了" in told
    assert '"isAtAll": true' not in told
