"""WeCom group robots: markdown, authenticated only by the key in the URL (developer.work.weixin.qq.com)."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from core.channels.message import ReportMessage, markdown
from core.channels.webhook import Webhook
from core.language.message import say


def _body(message: ReportMessage) -> dict[str, Any]:
    return {"msgtype": "markdown", "markdown": {"content": markdown(message)}}


def _picture(png: bytes) -> dict[str, Any]:
    made = base64.b64encode(png).decode()
    return {"msgtype": "image", "image": {"base64": made, "md5": hashlib.md5(png).hexdigest()}}  # noqa: S324 - WeCom's check sum


CHANNEL = Webhook(
    id="wecom",
    name=say("WeCom"),
    host="qyapi.weixin.qq.com",
    path="/cgi-bin/webhook/send",
    example="?key=…",
    limit=4096,  # bytes of text; WeCom rejects more
    text=markdown,
    json=_body,
    signed=None,
    busy=frozenset({-1, 45009, 45033}),
    meanings={
        93000: say("the key in the url is not valid, or the robot has left the group"),
        40058: say("the message has the wrong format"),
    },
    pictures=2_000_000,  # bytes before base64; WeCom rejects more
    picture=_picture,
)
