"""The available channels: the modules of :mod:`core.channels.platforms` and those of installed packages.

A package provides a channel through an entry point of the group ``shopday.channels`` that names the value::

    [project.entry-points."shopday.channels"]
    matrix = "shopday_matrix:CHANNEL"

A channel that cannot be loaded is described in :attr:`Channels.problems`; the others are not affected.
"""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from importlib import import_module
from types import MappingProxyType
from typing import Final

from core.channels import platforms
from core.channels.channel import Channel, Setting
from core.entry_points import brought
from core.extensions import one_line
from core.language.message import Message, say

GROUP: Final = "shopday.channels"
_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,30}")


@dataclass(frozen=True, slots=True)
class Channels:
    """All usable channels by id, and one sentence for each channel that cannot be used."""

    known: Mapping[str, Channel]
    problems: tuple[Message, ...] = ()


@cache
def channels() -> Channels:
    """Return the available channels; searched once per process."""
    known: dict[str, Channel] = {}
    problems: list[Message] = []
    for source, load in (*_in_tree(), *_extensions()):
        try:
            found = _channel(load())
        except (Exception, SystemExit) as error:  # noqa: BLE001 - third-party code may raise anything
            problems.append(_unusable(source, one_line(error)))
            continue
        if found is None:
            problems.append(_unusable(source, say("the object it names is not a channel")))
        elif found.id in known:
            problems.append(_unusable(source, say("there is already a channel “{id}”", id=found.id)))
        else:
            known[found.id] = found
    return Channels(MappingProxyType(known), tuple(problems))


def _channel(found: object) -> Channel | None:
    """Return ``found`` if it is a valid channel (protocol, id, name and settings), else None."""
    if not isinstance(found, Channel):
        return None
    parts: tuple[object, ...] = found.settings
    name: object = found.name
    good = _ID.fullmatch(str(found.id)) and isinstance(name, str | Message)
    return found if good and all(isinstance(one, Setting) for one in parts) else None


def _in_tree() -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield the name of each built-in module and a function that loads its channel."""
    for module in sorted(pkgutil.iter_modules(platforms.__path__), key=lambda module: module.name):
        name = f"{platforms.__name__}.{module.name}"
        yield name, partial(_channel_in, name)


def _channel_in(module: str) -> object:
    return import_module(module).CHANNEL


def _extensions() -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield, for each channel of another package, the package and the function that loads the channel."""
    return ((source, point.load) for source, point in brought(GROUP))


def _unusable(source: str, why: Message | str) -> Message:
    return say("The channel from {source} is disabled: {why}. The others work.", source=source, why=why)
