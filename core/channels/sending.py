"""One message to one robot over https, and what the answer means: there, not there, or nobody can tell."""

from __future__ import annotations

import http.client
import json
import os
import ssl
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any, Final, Literal, TypeAlias
from urllib.parse import urlsplit, urlunsplit

from core.channels.robot_settings import TRIAL, Kind, Robot
from core.channels.signing import signed
from core.language.wording import N_, say
from core.shop.restricted_mode import restricted
from core.storage.decoding import json_in

Arrival: TypeAlias = Literal["sent", "busy", "unreachable", "refused", "unknown"]
"""busy and unreachable: surely not there, so it may be tried again; unknown: it may be there."""
SECONDS: Final = 10.0
_LONGEST_ANSWER = 1 << 16
_BUSY: Final[dict[Kind, frozenset[int]]] = {
    "dingtalk": frozenset({-1, 130101, 130103, 90018}),
    "wecom": frozenset({-1, 45009, 45033}),
    "feishu": frozenset({9499, 11232, 11233, 99991400}),
}
"""Codes for: not taken now, too many messages."""
_MEANS: Final[dict[Kind, dict[int, str]]] = {
    "dingtalk": {
        310000: N_("the signature, a keyword or the IP address does not fit the robot's safety settings"),
        300001: N_("the access token in the url is not known"),
        300005: N_("the access token in the url is not known"),
        400013: N_("the group has been dissolved"),
        400101: N_("the access token in the url is not known"),
        400102: N_("the robot has been switched off"),
    },
    "wecom": {
        93000: N_("the key in the url is not known, or the robot has left the group"),
        40058: N_("the message is not as it should be"),
    },
    "feishu": {
        19001: N_("the key in the url is not known"),
        19021: N_("the signature does not fit, or this machine's clock is an hour off"),
        19022: N_("this machine's IP address is not allowed"),
        19024: N_("no keyword of the robot is in the message"),
    },
}


@dataclass(frozen=True, slots=True)
class RobotReply:
    """What came back."""

    arrival: Arrival
    why: str = ""


class _NotConnected(OSError):
    """No connection came about, so nothing was sent; the cause is what went wrong."""


class _Plain(http.client.HTTPConnection):
    """A connection that tells an error while connecting from one after it."""

    def connect(self) -> None:
        try:
            super().connect()
        except OSError as error:
            raise _NotConnected from error


class _Tls(http.client.HTTPSConnection):
    """The same over TLS."""

    def connect(self) -> None:
        try:
            super().connect()
        except OSError as error:
            raise _NotConnected from error


class _ByHttp(urllib.request.HTTPHandler):
    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_Plain, req)


class _ByHttps(urllib.request.HTTPSHandler):
    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_Tls, req)


class _NoWayRound(urllib.request.HTTPRedirectHandler):
    """A robot's address is where the message goes; nobody sends it on."""

    def redirect_request(self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str,
                         headers: http.client.HTTPMessage, newurl: str) -> None:  # fmt: skip
        del req, fp, code, msg, headers, newurl


def send(robot: Robot, body: dict[str, Any], now: datetime, *, seconds: float = SECONDS) -> RobotReply:
    """Send the body once and return what the answer means; nothing of the address is ever told."""
    url, full = signed(robot, body, now)
    url, open_ = _way(url)
    data = json.dumps(full, ensure_ascii=False).encode("utf-8", "replace")
    request = urllib.request.Request(  # noqa: S310 - only https to a known host, or this machine
        url, data, {"Content-Type": "application/json; charset=utf-8"}, method="POST"
    )
    try:
        with open_(request, timeout=seconds) as answer:
            return _meaning(robot.kind, answer.read(_LONGEST_ANSWER))
    except urllib.error.HTTPError as error:
        with error:
            return _status(error.code)
    except urllib.error.URLError as error:
        return _cut_off(error.reason)
    except (OSError, http.client.HTTPException, ValueError) as error:
        return RobotReply("unknown", _named(error))


def _way(url: str) -> tuple[str, Callable[..., Any]]:
    """Return the address and how it is opened; to this machine itself where a trial is on."""
    trial = urlsplit(os.environ.get(TRIAL, ""))
    if trial.scheme == "http" and trial.hostname == "127.0.0.1" and not restricted():
        own = urllib.request.build_opener(_ByHttp, _NoWayRound, urllib.request.ProxyHandler({}))
        return urlunsplit(urlsplit(url)._replace(scheme="http", netloc=trial.netloc)), own.open
    return url, urllib.request.build_opener(_ByHttps, _NoWayRound).open


def _meaning(kind: Kind, answer: bytes) -> RobotReply:
    try:
        told = json_in(answer, "answer")
        code = told.get("errcode", told.get("code", told.get("StatusCode")))
    except (ValueError, AttributeError, RecursionError):
        code = None
    if type(code) is not int:  # true and false are no codes
        return RobotReply("unknown", say("the answer is not a robot's"))
    if code == 0:
        return RobotReply("sent")
    if code in _BUSY[kind]:
        return RobotReply("busy", say("too many messages, or the platform is busy (code {code})", code=code))
    means = _MEANS[kind].get(code)
    return RobotReply("refused", say("{why} (code {code})", why=say(means), code=code) if means else
                 say("code {code}", code=code))  # fmt: skip


def _status(code: int) -> RobotReply:
    """429 and 503 say that nothing was taken; another 5xx may come from behind the robot."""
    if code in (http.HTTPStatus.TOO_MANY_REQUESTS, http.HTTPStatus.SERVICE_UNAVAILABLE):
        return RobotReply("busy", f"HTTP {code}")
    return RobotReply(
        "unknown" if code >= http.HTTPStatus.INTERNAL_SERVER_ERROR else "refused", f"HTTP {code}"
    )


def _cut_off(reason: object) -> RobotReply:
    """Nothing was sent without a connection; once there is one, part of the message may have arrived."""
    if not isinstance(reason, _NotConnected):
        return RobotReply("unknown", _named(reason))
    if isinstance(reason.__cause__, ssl.SSLCertVerificationError):
        return RobotReply("refused", say("the server's certificate is not to be trusted"))
    return RobotReply("unreachable", _named(reason.__cause__))


def _named(error: object) -> str:
    """Return the error without anything it may quote of the address."""
    told = getattr(error, "strerror", None)
    return told if isinstance(told, str) and told else type(error).__name__
