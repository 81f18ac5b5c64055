"""DingTalk group robots: markdown, with a signature in the URL (open.dingtalk.com, "custom robot")."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from core.channels.message import ReportMessage, markdown
from core.channels.webhook import Webhook
from core.language.message import say

_UNKNOWN_TOKEN = say("the access token in the url is not valid")


def _body(message: ReportMessage) -> dict[str, Any]:
    return {
        "msgtype": "markdown",
        "markdown": {"title": message.title, "text": markdown(message)},
        "at": {"isAtAll": False},
    }


def _signed(url: str, secret: str, body: dict[str, Any], now: datetime) -> tuple[str, dict[str, Any]]:
    """Sign with HMAC-SHA256 of "<milliseconds><newline><secret>", keyed with the secret, in base64."""
    moment = str(int(now.timestamp() * 1000))
    made = hmac.new(secret.encode(), f"{moment}\n{secret}".encode(), hashlib.sha256)
    words = urlencode({"timestamp": moment, "sign": base64.b64encode(made.digest()).decode()})
    return f"{url}{'&' if '?' in url else '?'}{words}", body


CHANNEL = Webhook(
    id="dingtalk",
    name=say("DingTalk"),
    host="oapi.dingtalk.com",
    path="/robot/send",
    example="?access_token=…",
    limit=6000,  # bytes of text; DingTalk allows 20,000, too long to read in a chat
    text=markdown,
    json=_body,
    signed=_signed,
    busy=frozenset({-1, 130101, 130103, 90018}),
    meanings={
        310000: say(
            "the signature, the keyword or the IP address does not match the robot's security settings"
        ),
        300001: _UNKNOWN_TOKEN,
        300005: _UNKNOWN_TOKEN,
        400013: say("the group has been dissolved"),
        400101: _UNKNOWN_TOKEN,
        400102: say("the robot has been disabled"),
    },
)
