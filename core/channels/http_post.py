"""Posting of one JSON message over https, and what each kind of failure says about delivery."""

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
"""Environment variable that redirects posts to ``http://127.0.0.1:PORT``, for trials on this machine."""
SECONDS: Final = 10.0
_LONGEST_ANSWER = 1 << 16


class _NotConnected(OSError):
    """Raised if no connection could be made, so nothing was sent; the cause is the original error."""


class _Plain(http.client.HTTPConnection):
    """An HTTP connection that raises _NotConnected for errors while connecting, but not for later errors."""

    def connect(self) -> None:
        try:
            super().connect()
        except OSError as error:
            raise _NotConnected from error


class _Tls(http.client.HTTPSConnection):
    """An HTTPS connection that raises _NotConnected for errors while connecting, but not for later errors."""

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
    """A redirect handler that refuses redirects: messages go only to the configured address."""

    def redirect_request(self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str,
                         headers: http.client.HTTPMessage, newurl: str) -> None:  # fmt: skip
        del req, fp, code, msg, headers, newurl


def post(url: str, body: dict[str, Any], *, seconds: float = SECONDS) -> bytes | Posted:
    """Post the JSON once; return the body of a response with status 200, else the result as Posted."""
    url, open_ = _way(url)
    data = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    request = urllib.request.Request(  # noqa: S310 - only https to a known host, or http to this machine
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
    """Return the address to post to and the function that opens it.

    If a trial server on this machine is set (by an environment variable), its address is used instead.
    """
    trial = urlsplit(os.environ.get(TRIAL, ""))
    if trial.scheme == "http" and trial.hostname == "127.0.0.1" and not restricted():
        own = urllib.request.build_opener(_ByHttp, _NoWayRound, urllib.request.ProxyHandler({}))
        return urlunsplit(urlsplit(url)._replace(scheme="http", netloc=trial.netloc)), own.open
    return url, urllib.request.build_opener(_ByHttps, _NoWayRound).open


def _status(code: int) -> Posted:
    """Return the result for an HTTP error status.

    429 and 503 mean that the message was not accepted; other 5xx errors may have occurred after it was
    accepted.
    """
    if code in (http.HTTPStatus.TOO_MANY_REQUESTS, http.HTTPStatus.SERVICE_UNAVAILABLE):
        return Posted("busy", f"HTTP {code}")
    return Posted("unknown" if code >= http.HTTPStatus.INTERNAL_SERVER_ERROR else "refused", f"HTTP {code}")


def _cut_off(reason: object) -> Posted:
    """Return the result for a connection error.

    Without a connection nothing was sent; once connected, part of the message may have arrived.
    """
    if not isinstance(reason, _NotConnected):
        return Posted("unknown", _named(reason))
    if isinstance(reason.__cause__, ssl.SSLCertVerificationError):
        return Posted("refused", say("the server's certificate is not trusted"))
    return Posted("unreachable", _named(reason.__cause__))


def _named(error: object) -> str:
    """Return a description of the error that cannot contain any part of the address."""
    told = getattr(error, "strerror", None)
    return told if isinstance(told, str) and told else type(error).__name__
