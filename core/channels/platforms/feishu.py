"""Feishu group robots: a rich-text post, with a signature in the body (open.feishu.cn, "custom bot")."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime
from typing import Any

from core.channels.message import ReportMessage
from core.channels.webhook import Webhook
from core.language.message import say


def _body(message: ReportMessage) -> dict[str, Any]:
    rows = [[{"tag": "text", "text": line}] for line in message.plain().split("\n")[1:]]
    return {"msg_type": "post", "content": {"post": {"zh_cn": {"title": message.title, "content": rows}}}}


def _signed(url: str, secret: str, body: dict[str, Any], now: datetime) -> tuple[str, dict[str, Any]]:
    """Sign with HMAC-SHA256 of an empty message, keyed with "<seconds><newline><secret>", in base64."""
    moment = str(int(now.timestamp()))
    made = hmac.new(f"{moment}\n{secret}".encode(), b"", hashlib.sha256)
    return url, {"timestamp": moment, "sign": base64.b64encode(made.digest()).decode(), **body}


CHANNEL = Webhook(
    id="feishu",
    name=say("Feishu"),
    host="open.feishu.cn",
    path="/open-apis/bot/v2/hook/",
    example="…",
    limit=6000,  # bytes of text; Feishu allows 20,000, too long to read in a chat
    text=ReportMessage.plain,
    json=_body,
    signed=_signed,
    busy=frozenset({9499, 11232, 11233, 99991400}),
    meanings={
        19001: say("the key in the url is not valid"),
        19021: say("the signature is wrong, or this machine's clock is off by an hour"),
        19022: say("this machine's IP address is not allowed"),
        19024: say("the message does not contain a keyword of the robot"),
    },
)
