"""The shop's channel settings in ``secrets.toml``, a file that only its owner may read.

::

    [channel]
    kind = "dingtalk"  # a channel's id; its own settings follow, see shopday post --channels
    url = "https://oapi.dingtalk.com/robot/send?access_token=..."
    secret = "SEC..."
    restricted = false  # true: may be used from restricted sessions too

An older name of the table, ``[robot]``, is still accepted.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from core.channels.channel import Channel, Given, Place, Setting, own_failures
from core.channels.registry import channels
from core.errors import BadSettings, UsageError
from core.language.wording import listing, say, text
from core.shop.restricted_mode import restricted
from core.shop.secrets import SECRETS, secret_tables, secret_text
from core.storage.decoding import TooDeep, toml_in

FILE: Final = SECRETS
_TABLES: Final = ("channel", "robot")
_COMMON: Final = frozenset({"kind", "restricted"})


def place_of(folder: Path) -> Place:
    """Return the destination that the shop's reports are posted to.

    Raise BadSettings, without quoting secrets, if the file is missing or invalid, and UsageError in a
    restricted session unless the file allows it.
    """
    table = _table(folder / FILE)
    if restricted() and table.get("restricted") is not True:
        raise UsageError(say("Sending is disabled in restricted sessions; nothing was sent."))
    known = channels().known
    kind = table.get("kind")
    channel = known.get(kind) if isinstance(kind, str) else None
    if channel is None:
        raise _set_up(say("“kind” in {file} must be one of: {names}.", file=FILE, names=", ".join(known)))
    given = _given(table, channel)
    try:
        with own_failures(channel):
            return channel.place(given)
    except BadSettings as error:
        raise _like_this(str(error), channel) from error


def is_set_up(folder: Path) -> bool:
    """Return whether ``secrets.toml`` sets up a channel; True as well if that cannot be seen."""
    try:
        return any(name in secret_tables(folder) for name in _TABLES)
    except BadSettings:
        return True


def template(channel: Channel) -> str:
    """Return a template of the channel's table for the file; optional settings are commented out."""
    lines = [f"[{_TABLES[0]}]", f'kind = "{channel.id}"']
    for one in channel.settings:
        if one.offered:
            about = text(one.about)
            line = f"{one.name} = {one.example}{f'  # {about}' if about else ''}"
            lines.append(line if one.needed else f"# {line}")
    return "\n".join(lines)


def _table(path: Path) -> dict[str, Any]:
    """Return the file's ``[channel]`` (or ``[robot]``) table."""
    try:
        tables = toml_in(_read(path), FILE)
    except TooDeep as error:
        raise BadSettings(str(error)) from error
    except ValueError as error:
        raise BadSettings(
            say("{file} is not valid TOML. Correct it; nothing was sent.", file=FILE)
        ) from error
    found = [tables[name] for name in _TABLES if name in tables]
    if len(found) > 1:
        raise _set_up(say("{file} has both [channel] and [robot]; keep only one.", file=FILE))
    if not found or not isinstance(found[0], dict):
        raise _set_up(say("{file} must contain a [channel] section.", file=FILE))
    return found[0]


def _read(path: Path) -> str:
    """Return the file's text; raise BadSettings for a link or a file that other users can read."""
    try:
        return secret_text(path)
    except FileNotFoundError:
        raise _set_up(say("No channel is set up for this shop.")) from None
    except OSError as error:
        raise BadSettings(
            say("{file} cannot be read ({reason}), so it is not used. Only the file's owner can send "
            "reports.",
                file=FILE, reason=error.strerror or type(error).__name__)
        ) from error  # fmt: skip


def _given(table: Mapping[str, Any], channel: Channel) -> dict[str, Given]:
    """Return the settings; raise BadSettings if one is unknown, missing or of the wrong kind."""
    declared = {one.name: one for one in channel.settings}
    if not table.keys() <= declared.keys() | _COMMON:
        raise _like_this(
            say(
                "{file} has a setting that {channel} does not know. Known settings: {names}.",
                file=FILE,
                channel=text(channel.name),
                names=", ".join(
                    ["kind", *(one.name for one in channel.settings if one.offered), "restricted"]
                ),
            ),
            channel,
        )
    given: dict[str, Given] = {}
    for name, one in declared.items():
        if name in table:
            given[name] = _value(table[name], one, channel)
        elif one.needed:
            raise _like_this(say("“{name}” is missing in {file}.", name=name, file=FILE), channel)
    return given


def _value(value: object, setting: Setting, channel: Channel) -> Given:
    match setting.kind, value:
        case "text", str():
            return value
        case "number", int() if not isinstance(value, bool):
            return value
        case "texts", list() if all(isinstance(one, str) for one in value):
            return tuple(value)
    wanted = {
        "text": say("“{name}” in {file} must be text in quotes.", name=setting.name, file=FILE),
        "number": say("“{name}” in {file} must be a whole number.", name=setting.name, file=FILE),
        "texts": say(
            "“{name}” in {file} must be texts in quotes, between [ and ].", name=setting.name, file=FILE
        ),
    }
    raise _like_this(wanted[setting.kind], channel)


def _like_this(what: str, channel: Channel) -> BadSettings:
    """Return a BadSettings error with the problem and an example of the channel's table."""
    lines = [f"{one.name} = {one.example}" for one in channel.settings if one.offered and one.needed]
    return BadSettings(
        say(
            "{what} Create {file} in the shop's folder (chmod 600) with these lines: {lines}.",
            what=what,
            file=FILE,
            lines=", ".join([f"[{_TABLES[0]}]", f'kind = "{channel.id}"', *lines]),
        )
    )


def _set_up(what: str) -> BadSettings:
    """Return a BadSettings error with the problem, the available channels and where to find a template."""
    names = listing([one.name for one in channels().known.values()])
    told = say(
        "{what} Reports can be sent to: {names}. Create {file} in the shop's folder (chmod 600); "
        "shopday post --channels shows how.",
        what=what,
        names=names,
        file=FILE,
    )
    return BadSettings(" ".join([told, *map(text, channels().problems)]))
