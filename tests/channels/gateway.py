"""A robot's server on this machine: it checks what the three platforms check, with arithmetic of its own."""

from __future__ import annotations

import base64
import hashlib
import json
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

MINUTE = 20
"""Messages a minute each platform takes from one robot."""


@dataclass
class Gateway:
    """What came in, and how the server behaves."""

    secret: str = ""
    now: float = 0.0
    """The moment it believes it is, in seconds."""
    mood: list[str] = field(default_factory=list)
    """How the next requests are met: busy, hang, slow, drop, rst, 500, 503, page, nested,
    redirect; then as they should be."""
    arrived: list[dict[str, Any]] = field(default_factory=list)
    """Every message put into the group."""
    asked: int = 0
    port: int = 0
    let_go: Event = field(default_factory=Event)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def hmac_sha256(key: bytes, message: bytes) -> str:
    """RFC 2104 by hand, in base64."""
    block = key if len(key) <= 64 else hashlib.sha256(key).digest()
    block = block.ljust(64, b"\0")
    inner = hashlib.sha256(bytes(b ^ 0x36 for b in block) + message).digest()
    return base64.b64encode(hashlib.sha256(bytes(b ^ 0x5C for b in block) + inner).digest()).decode()


@contextmanager
def gateway(**given: Any) -> Iterator[Gateway]:
    """Run a gateway for the block."""
    held = Gateway(**given)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            answer(self, held)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    held.port = server.server_address[1]
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield held
    finally:
        held.let_go.set()
        server.shutdown()
        server.server_close()


def answer(call: BaseHTTPRequestHandler, held: Gateway) -> None:
    raw = call.rfile.read(int(call.headers["Content-Length"]))
    held.asked += 1
    mood = held.mood.pop(0) if held.mood else ""
    if mood == "drop":
        call.close_connection = True
        call.connection.close()
    elif mood == "hang":
        held.let_go.wait(20)
    elif mood == "rst":
        call.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        call.close_connection = True
        call.connection.close()
    elif mood in ("500", "503", "404"):
        reply(call, int(mood), b"no")
    elif mood == "nested":
        reply(call, 200, b'{"errcode": ' + b"[" * 60_000)
    elif mood == "page":
        reply(call, 200, b"<html>sign in to the hotel's wifi</html>")
    elif mood == "redirect":
        call.send_response(302)
        call.send_header("Location", f"{held.address}/elsewhere")
        call.end_headers()
    else:
        if mood == "slow":
            time.sleep(1.0)
        told = checked(call, held, raw, busy=mood == "busy")
        reply(call, 200, json.dumps(told).encode())


def reply(call: BaseHTTPRequestHandler, status: int, body: bytes) -> None:
    call.send_response(status)
    call.send_header("Content-Length", str(len(body)))
    call.end_headers()
    call.wfile.write(body)


def checked(call: BaseHTTPRequestHandler, held: Gateway, raw: bytes, *, busy: bool) -> dict[str, Any]:
    """What the platform says to it; a good one is put into the group."""
    assert call.headers["Content-Type"].startswith("application/json")
    body = json.loads(raw.decode("utf-8"))
    address = urlsplit(call.path)
    query = {name: values[0] for name, values in parse_qs(address.query).items()}
    full = busy or len(held.arrived) >= MINUTE
    if address.path == "/robot/send":
        told = dingtalk(held, query, body, full=full)
    elif address.path == "/cgi-bin/webhook/send":
        told = wecom(query, body, full=full)
    else:
        assert address.path.startswith("/open-apis/bot/v2/hook/")
        told = feishu(held, body, full=full)
    if not told.get("errcode", told.get("code")):
        held.arrived.append(body)
    return told


def dingtalk(held: Gateway, query: dict[str, str], body: dict[str, Any], *, full: bool) -> dict[str, Any]:
    if full:
        return {"errcode": 130101, "errmsg": "send too fast, exceed 20 times per minute"}
    if query.get("access_token") != "good":
        return {"errcode": 300005, "errmsg": "token is not exist"}
    if held.secret:
        moment = query.get("timestamp", "0")
        wanted = hmac_sha256(held.secret.encode(), f"{moment}\n{held.secret}".encode())
        if query.get("sign") != wanted or abs(int(moment) / 1000 - held.now) > 3600:
            return {"errcode": 310000, "errmsg": "sign not match, more: https://open.dingtalk.com"}
    assert body["msgtype"] == "markdown"
    assert body["markdown"]["title"]
    assert len(body["markdown"]["text"].encode()) <= 20_000
    assert not body["at"]["isAtAll"]
    return {"errcode": 0, "errmsg": "ok"}


def wecom(query: dict[str, str], body: dict[str, Any], *, full: bool) -> dict[str, Any]:
    if full:
        return {"errcode": 45009, "errmsg": "api freq out of limit"}
    if query.get("key") != "good" or set(query) != {"key"}:
        return {"errcode": 93000, "errmsg": "invalid webhook url"}
    if body["msgtype"] == "image":
        return picture(body["image"])
    assert body["msgtype"] == "markdown"
    if len(body["markdown"]["content"].encode()) > 4096:
        return {"errcode": 40058, "errmsg": "markdown.content exceed max length 4096"}
    return {"errcode": 0, "errmsg": "ok"}


def picture(body: dict[str, str]) -> dict[str, Any]:
    """What WeCom says to a picture: a PNG of at most 2 MB with its own check sum."""
    raw = base64.b64decode(body["base64"], validate=True)
    if len(raw) > 2 << 20 or not raw.startswith(b"\x89PNG"):
        return {"errcode": 40009, "errmsg": "invalid image size"}
    assert body["md5"] == hashlib.md5(raw).hexdigest()  # noqa: S324 - WeCom's
    return {"errcode": 0, "errmsg": "ok"}


def feishu(held: Gateway, body: dict[str, Any], *, full: bool) -> dict[str, Any]:
    if full:
        return {"code": 11232, "msg": "frequency limited"}
    if held.secret:
        moment = body.get("timestamp", "0")
        wanted = hmac_sha256(f"{moment}\n{held.secret}".encode(), b"")
        if body.get("sign") != wanted or abs(int(moment) - held.now) > 3600:
            return {"code": 19021, "msg": "sign match fail or timestamp is not within one hour"}
    assert body["msg_type"] == "post"
    post = body["content"]["post"]["zh_cn"]
    assert post["title"]
    assert all(piece["tag"] == "text" for row in post["content"] for piece in row)
    assert len(json.dumps(body, ensure_ascii=False).encode()) <= 20_000
    return {"code": 0, "msg": "success", "data": {}}


def soon(condition: Any, seconds: float = 20.0) -> None:
    """Wait until it is so."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)
