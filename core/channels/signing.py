"""How a robot knows that it is us: each platform's own signature over the moment and the secret."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from core.channels.robot_settings import Robot


def signed(robot: Robot, body: dict[str, Any], now: datetime) -> tuple[str, dict[str, Any]]:
    """Return address and body as they are sent: DingTalk signs in the address, Feishu in the body.

    WeCom knows its robot by the address alone; a robot without a secret is known by its words or address.
    """
    if not robot.secret or robot.kind == "wecom":
        return robot.url, body
    if robot.kind == "dingtalk":
        moment = str(int(now.timestamp() * 1000))
        words = urlencode({"timestamp": moment, "sign": dingtalk_sign(moment, robot.secret)})
        return f"{robot.url}{'&' if '?' in robot.url else '?'}{words}", body
    moment = str(int(now.timestamp()))
    return robot.url, {"timestamp": moment, "sign": feishu_sign(moment, robot.secret), **body}


def dingtalk_sign(moment: str, secret: str) -> str:
    """HMAC-SHA256 of "milliseconds, line end, secret" under the secret, in base64 (open.dingtalk.com)."""
    made = hmac.new(secret.encode(), f"{moment}\n{secret}".encode(), hashlib.sha256)
    return base64.b64encode(made.digest()).decode()


def feishu_sign(moment: str, secret: str) -> str:
    """HMAC-SHA256 of nothing under "seconds, line end, secret", in base64 (open.feishu.cn)."""
    made = hmac.new(f"{moment}\n{secret}".encode(), b"", hashlib.sha256)
    return base64.b64encode(made.digest()).decode()
