"""One JSON message over https, shared by all channels that speak it; what a failure means for the message."""

from __future__ import annotations

import http.client
import json
import os
import ssl
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import IO, Any, Final
from urllib.parse import urlsplit, urlunsplit

from core.channels.channel import Posted
from core.language.message import say
from core.shop.restricted_mode import restricted

TRIAL: Final = "SHOPDAY_ROBOT_TRIAL"
"""``http://127.0.0.1:PORT`` in the environment sends there instead: for trying it out on this machine."""
SECONDS: Final = 10.0
_LONGEST_ANSWER = 1 << 16


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


def post(url: str, body: dict[str, Any], *, seconds: float = SECONDS) -> bytes | Posted:
    """Post the JSON once; return the answer of HTTP status 200, or what it means that there is none."""
    url, open_ = _way(url)
    data = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    request = urllib.request.Request(  # noqa: S310 - only https to a known host, or this machine
        url, data, {"Content-Type": "application/json; charset=utf-8"}, method="POST"
    )
    try:
        with open_(request, timeout=seconds) as answer:
            return bytes(answer.read(_LONGEST_ANSWER))
    except urllib.error.HTTPError as error:
        with error:
            return _status(error.code)
    except urllib.error.URLError as error:
        return _cut_off(error.reason)
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Posted("unknown", _named(error))


def _way(url: str) -> tuple[str, Callable[..., Any]]:
    """Return the address and how it is opened; to this machine itself where a trial is on."""
    trial = urlsplit(os.environ.get(TRIAL, ""))
    if trial.scheme == "http" and trial.hostname == "127.0.0.1" and not restricted():
        own = urllib.request.build_opener(_ByHttp, _NoWayRound, urllib.request.ProxyHandler({}))
        return urlunsplit(urlsplit(url)._replace(scheme="http", netloc=trial.netloc)), own.open
    return url, urllib.request.build_opener(_ByHttps, _NoWayRound).open


def _status(code: int) -> Posted:
    """429 and 503 say that nothing was taken; another 5xx may come from behind the robot."""
    if code in (http.HTTPStatus.TOO_MANY_REQUESTS, http.HTTPStatus.SERVICE_UNAVAILABLE):
        return Posted("busy", f"HTTP {code}")
    return Posted("unknown" if code >= http.HTTPStatus.INTERNAL_SERVER_ERROR else "refused", f"HTTP {code}")


def _cut_off(reason: object) -> Posted:
    """Nothing was sent without a connection; once there is one, part of the message may have arrived."""
    if not isinstance(reason, _NotConnected):
        return Posted("unknown", _named(reason))
    if isinstance(reason.__cause__, ssl.SSLCertVerificationError):
        return Posted("refused", say("the server's certificate is not to be trusted"))
    return Posted("unreachable", _named(reason.__cause__))


def _named(error: object) -> str:
    """Return the error without anything it may quote of the address."""
    told = getattr(error, "strerror", None)
    return told if isinstance(told, str) and told else type(error).__name__
