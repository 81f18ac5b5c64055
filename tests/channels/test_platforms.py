"""What each platform's robots are sent and answer, against the platforms' own lists of codes."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from core.channels.http_post import TRIAL
from core.channels.message import ReportMessage, harmless
from core.channels.registry import channels
from core.channels.webhook import Webhook
from core.language.wording import text
from tests.channels.gateway import Gateway, gateway
from tests.channels.test_posting import NOW, post, robot, send

LINES = (("strong", "好"), ("heading", "待提升"), ("point", "甲"), ("point", "乙"), ("", "完"))
BUSY = "too many messages, or the platform is busy (code {code})"
UNKNOWN_TOKEN = "the access token in the url is not valid"  # noqa: S105 - a sentence
CODES = {
    "dingtalk": {
        -1: BUSY,
        130101: BUSY,
        130103: BUSY,
        90018: BUSY,
        310000: ("the signature, the keyword or the IP address does not match the robot's security settings"),
        300001: UNKNOWN_TOKEN,
        300005: UNKNOWN_TOKEN,
        400101: UNKNOWN_TOKEN,
        400013: "the group has been dissolved",
        400102: "the robot has been disabled",
        7: "",
    },
    "wecom": {
        -1: BUSY,
        45009: BUSY,
        45033: BUSY,
        93000: "the key in the url is not valid, or the robot has left the group",
        40058: "the message has the wrong format",
        7: "",
    },
    "feishu": {
        9499: BUSY,
        11232: BUSY,
        11233: BUSY,
        99991400: BUSY,
        19001: "the key in the url is not valid",
        19021: "the signature is wrong, or this machine's clock is off by an hour",
        19022: "this machine's IP address is not allowed",
        19024: "the message does not contain a keyword of the robot",
        7: "",
    },
}


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    """What a server on this machine answers next, whatever it is sent."""
    next_: list[object] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            body = json.dumps(next_.pop(0)).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    monkeypatch.setenv(TRIAL, f"http://127.0.0.1:{server.server_address[1]}")
    yield next_
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(("kind", "code"), [(kind, code) for kind in CODES for code in CODES[kind]])
def test_every_code_is_understood(kind: str, code: int, answers: list[object]) -> None:
    why = CODES[kind][code]
    answers.append({"code" if kind == "feishu" else "errcode": code})
    reply = send(robot(kind), {}, NOW)
    if why == BUSY:
        assert (reply.arrival, text(reply.why)) == ("busy", BUSY.format(code=code))
    else:
        wanted = f"{why} (code {code})" if why else f"code {code}"
        assert (reply.arrival, text(reply.why)) == ("refused", wanted)


@pytest.mark.parametrize("answer", [{"errcode": True}, {"errcode": "0"}, {}, [], 0, None])
def test_an_answer_without_a_code_may_mean_anything(answer: object, answers: list[object]) -> None:
    answers.append(answer)
    reply = send(robot(), {}, NOW)
    assert (reply.arrival, text(reply.why)) == (
        "unknown",
        "the answer received does not come from a chat robot",
    )


@pytest.mark.parametrize("name", ["errcode", "code", "StatusCode"])
def test_zero_is_yes_under_every_name_it_has(name: str, answers: list[object]) -> None:
    answers.append({name: 0})
    assert send(robot("feishu"), {}, NOW).arrival == "sent"


def test_what_robots_are_sent_is_laid_out_as_people_read_it() -> None:
    message = ReportMessage("日报", LINES)
    markdown = "### 日报\n\n**好**\n\n**待提升**\n- 甲\n- 乙\n\n完"
    bodies = {kind: robot(kind).channel.body(robot(kind), message) for kind in CODES}
    assert bodies["dingtalk"]["markdown"] == {"title": "日报", "text": markdown}
    assert bodies["wecom"] == {"msgtype": "markdown", "markdown": {"content": markdown}}
    post_ = bodies["feishu"]["content"]["post"]["zh_cn"]
    assert post_["title"] == "日报"
    assert [row[0]["text"] for row in post_["content"]] == ["好", "待提升", "- 甲", "- 乙", "完"]


def test_dingtalks_signature_joins_the_address_with_or_without_a_query() -> None:
    channel = channels().known["dingtalk"]
    assert isinstance(channel, Webhook)
    assert channel.signed is not None
    for url, joined in (("https://x/robot/send", "?"), ("https://x/robot/send?access_token=a", "&")):
        signed, body = channel.signed(url, "SEC", {"a": 1}, NOW)
        assert signed.startswith(f"{url}{joined}timestamp={int(NOW.timestamp() * 1000)}&sign=")
        assert body == {"a": 1}


def test_what_could_act_in_a_chat_becomes_a_sign_that_looks_like_it() -> None:
    assert harmless("a@b http://x <b>[c](d) *e* _f_ `g` #h |i| ~j~ !k \\l") == (
        "a＠b http：//x ＜b＞［c］(d) ＊e＊ ＿f＿ ｀g｀ ＃h ｜i｜ ～j～ ！k ＼l"
    )


def test_the_tries_are_one_and_four_seconds_apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with gateway(now=NOW.timestamp(), mood=["busy", "busy"]) as group:
        monkeypatch.setenv(TRIAL, group.address)
        assert post(tmp_path, robot(secret=""))[1] == [1.0, 4.0]


def test_a_silent_robot_is_waited_for_as_long_as_was_said(monkeypatch: pytest.MonkeyPatch) -> None:
    group: Gateway
    with gateway(mood=["hang"]) as group:
        monkeypatch.setenv(TRIAL, group.address)
        begun = time.monotonic()
        assert send(robot(), {}, NOW, seconds=0.2).arrival == "unknown"
        assert time.monotonic() - begun < 5
