"""Which robot a shop posts to: ``secrets.toml`` in its folder, readable by its owner alone, never shown.

::

    [robot]
    kind = "dingtalk"  # dingtalk, wecom or feishu
    url = "https://oapi.dingtalk.com/robot/send?access_token=..."
    secret = "SEC..."  # where the robot signs (DingTalk, Feishu); else leave it out
    restricted = false  # true: may be used from restricted sessions too
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias, cast, get_args
from urllib.parse import urlsplit

from core.errors import BadSettings, UsageError
from core.language.wording import say
from core.shop.restricted_mode import restricted
from core.storage.decoding import LARGEST_SETTINGS, TooDeep, checked_size, toml_in

Kind: TypeAlias = Literal["dingtalk", "wecom", "feishu"]
FILE: Final = "secrets.toml"
NAMES: Final[dict[Kind, str]] = {
    "dingtalk": "DingTalk 钉钉",
    "wecom": "WeCom 企业微信",
    "feishu": "Feishu 飞书",
}
PLACES: Final[dict[Kind, tuple[str, str]]] = {
    "dingtalk": ("oapi.dingtalk.com", "/robot/send"),
    "wecom": ("qyapi.weixin.qq.com", "/cgi-bin/webhook/send"),
    "feishu": ("open.feishu.cn", "/open-apis/bot/v2/hook/"),
}
"""The only hosts anything is ever sent to, and how their robots' addresses begin."""
TRIAL: Final = "SHOPDAY_ROBOT_TRIAL"
"""``http://127.0.0.1:PORT`` in the environment sends there instead: for trying it out on this machine."""
_KNOWN = frozenset({"kind", "url", "secret", "restricted"})
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True)
class Robot:
    """One group's robot; what is secret of it is not in its repr."""

    kind: Kind
    url: str = field(repr=False)
    secret: str = field(default="", repr=False)

    @property
    def name(self) -> str:
        """Return what people call it."""
        return NAMES[self.kind]

    @property
    def host(self) -> str:
        """Return where messages go."""
        return PLACES[self.kind][0]


def robot_of(folder: Path) -> Robot:
    """Return the shop's robot; BadSettings says how to set one up, or what is wrong, without what is secret.

    UsageError in a restricted session the file does not allow.
    """
    path = folder / FILE
    text = _read(path)
    try:
        table = toml_in(text, FILE).get("robot")
    except TooDeep as error:
        raise BadSettings(str(error)) from error
    except ValueError as error:
        raise BadSettings(say("{file} is not TOML. Correct it; nothing was sent.", file=FILE)) from error
    if not isinstance(table, dict) or not set(table) <= _KNOWN:
        raise _how(say("{file} needs a table [robot] with kind, url and, where it signs, secret.", file=FILE))
    if restricted() and table.get("restricted") is not True:
        raise UsageError(say("Posting is off in restricted sessions; nothing was sent."))
    return _checked(table)


def _read(path: Path) -> str:
    """Read the file, refusing a link and one that others can read."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        raise _how(say("No robot is set up for this shop.")) from None
    except OSError as error:
        raise BadSettings(
            say("{file} cannot be read ({reason}). Only whom it belongs to can post.",
                file=FILE, reason=error.strerror or "")
        ) from error  # fmt: skip
    with os.fdopen(handle, "rb") as file:
        state = os.fstat(handle)
        if not stat.S_ISREG(state.st_mode) or state.st_mode & _OTHERS:
            raise BadSettings(
                say("{file} can be read by others, so it is not used: chmod 600 {path}", file=FILE, path=path)
            )
        return checked_size(file.read(LARGEST_SETTINGS + 1), FILE).decode("utf-8-sig", "replace")


def _checked(table: dict[str, Any]) -> Robot:
    kind, url, secret = (table.get(name, "") for name in ("kind", "url", "secret"))
    if kind not in get_args(Kind):
        raise _how(say("“kind” in {file} is one of: {names}.", file=FILE, names=", ".join(get_args(Kind))))
    if not isinstance(url, str) or not isinstance(secret, str):
        raise _how(say("“url” and “secret” in {file} are texts in quotes.", file=FILE))
    host, path = PLACES[cast("Kind", kind)]
    try:
        parts = urlsplit(url.strip())
        good = (parts.scheme, parts.netloc) == ("https", host) and parts.path.startswith(path)
    except ValueError:
        good = False
    if not good or not url.isascii() or any(char <= " " for char in url.strip()):
        raise _how(
            say("The “url” in {file} must begin with https://{host}{path}.", file=FILE, host=host, path=path)
        )
    return Robot(cast("Kind", kind), url.strip(), secret.strip())


def _how(what: str) -> BadSettings:
    return BadSettings(
        say(
            '{what} Write {file} into the shop\'s folder (chmod 600): [robot], kind = "dingtalk", '
            'url = "https://…", secret = "SEC…".',
            what=what,
            file=FILE,
        )
    )
