"""The one way JSON and TOML are read: nesting is bounded, and a settings file's size is too.

A parser goes down a level for each bracket and gives up with a RecursionError that depends on who called it.
Here the depth is checked instead, in time linear in the text, so that every file is refused alike.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from core.errors import BadInput, BadSettings
from core.language.wording import say
from core.storage.regular_files import RegularFile

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

DEEPEST: Final = 32
"""Levels of arrays and tables in one another; what shopday writes has fewer than ten."""
LARGEST_SETTINGS: Final = 1_000_000
"""Bytes of a file that people write settings in."""
_NOT_STRUCTURE: Final = bytes(byte for byte in range(256) if byte not in b'[]{}"')
_ONE_KIND: Final = bytes.maketrans(b"{}", b"[]")
_LONG_KEY: Final = re.compile(
    rf"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){{{DEEPEST}}}"""
)
"""A dotted key is a level a part, and tomllib's time grows with the square of its parts."""


class TooDeep(BadInput, ValueError):
    """Values are nested deeper than any file of a shop; also a ValueError, as any text that is not JSON."""

    def __init__(self, file: str) -> None:
        super().__init__(
            say(
                "{file}: values are nested more than {levels} levels deep. "
                "Correct it or put the last good copy back; nothing was changed.",
                file=file,
                levels=DEEPEST,
            )
        )


def json_in(raw: bytes | str, file: str, object_hook: Callable[[dict[str, Any]], Any] | None = None) -> Any:  # noqa: ANN401 - JSON
    """Return the JSON value; ValueError when it is none, TooDeep names ``file``."""
    if _is_deep(raw.encode("utf-8", "surrogatepass") if isinstance(raw, str) else raw):
        raise TooDeep(file)
    try:
        return json.loads(raw, object_hook=object_hook)
    except RecursionError as error:  # brackets that are never closed
        raise TooDeep(file) from error


def toml_in(text: str, file: str) -> dict[str, Any]:
    """Return the TOML tables; TOMLDecodeError (a ValueError) when it is none, TooDeep names ``file``."""
    import tomllib  # what is kept as JSON needs no parser of TOML

    if _LONG_KEY.search(text):
        raise TooDeep(file)
    try:
        tables = tomllib.loads(text)
    except RecursionError as error:
        raise TooDeep(file) from error
    except tomllib.TOMLDecodeError:
        raise
    except ValueError as error:  # Python reads no integer of more than 4,300 digits
        raise tomllib.TOMLDecodeError("a number has too many digits") from error
    level: list[Any] = [tables]
    for _ in range(DEEPEST):
        held = (one for box in level for one in (box.values() if isinstance(box, dict) else box))
        level = [one for one in held if isinstance(one, dict | list)]
        if not level:
            return tables
    raise TooDeep(file)


def toml_document(text: str, file: str) -> TOMLDocument:
    """Return the TOML with its comments and order, to be changed; errors as :func:`toml_in` and tomlkit's."""
    import tomlkit

    toml_in(text, file)
    return tomlkit.parse(text)


def settings_bytes(path: Path) -> bytes:
    """Return the bytes of a settings file; FileNotFoundError or NotADirectoryError when there is none.

    BadSettings when it cannot be read, or has more bytes than anybody writes.
    """
    try:
        with RegularFile(settings_place(path)) as file, file.reader() as source:
            raw = source.read(LARGEST_SETTINGS + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise
    except OSError as error:
        raise unreadable_settings(path, error) from error
    return checked_size(raw, path.name)


def settings_place(path: Path) -> Path:
    """Return the settings file, or what a link leads to; BadSettings for a link out of the shop's folder."""
    if not path.is_symlink():
        return path
    place = Path(os.path.realpath(path))  # Path.resolve raises RuntimeError for a link to itself
    if not place.is_relative_to(os.path.realpath(path.parent)):
        raise BadSettings(
            say(
                "{file} is a link that leads out of the shop's folder, so it was not read. "
                "Put the file itself there ({path}).",
                file=path.name,
                path=path,
            )
        )
    return place


def unreadable_settings(path: Path, error: OSError) -> BadSettings:
    """Return what the operator reads when the system refused a look at a settings file."""
    return BadSettings(
        say(
            "{file} cannot be read ({reason}). Nothing was changed ({path}).",
            file=path.name,
            reason=error.strerror or type(error).__name__,
            path=path,
        )
    )


def checked_size(raw: bytes, file: str) -> bytes:
    """Return the bytes, of which at most one too many were read; BadSettings when there is that one."""
    if len(raw) > LARGEST_SETTINGS:
        raise BadSettings(
            say(
                "{file} is larger than 1 MB, which no settings file is. "
                "Put the last good copy back; nothing was changed.",
                file=file,
            )
        )
    return raw


def _is_deep(raw: bytes) -> bool:
    """Tell whether brackets stand too deep in one another; unbalanced ones are for the parser to refuse."""
    if raw.count(b"[") + raw.count(b"{") <= DEEPEST:
        return False
    plain = raw.replace(rb"\\", b"").replace(rb"\"", b"") if b"\\" in raw else raw
    marks = plain.translate(None, _NOT_STRUCTURE)
    brackets = b"".join(marks.split(b'"')[::2]).translate(_ONE_KIND)
    for _ in range(DEEPEST):
        left = brackets.replace(b"[]", b"")
        if len(left) == len(brackets):
            return False
        brackets = left
    return bool(brackets)
