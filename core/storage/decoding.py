"""JSON and TOML parsing with limits on nesting depth and on the size of settings files.

Python's parsers recurse for every bracket and raise RecursionError at a depth that depends on the caller's
stack. Here the depth is checked first, in time linear in the text, so the limit is always the same.
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
"""Maximum nesting depth of arrays and tables. Files written by shopday use fewer than ten levels."""
LARGEST_SETTINGS: Final = 1_000_000
"""Maximum size of a settings file in bytes."""
_NOT_STRUCTURE: Final = bytes(byte for byte in range(256) if byte not in b'[]{}"')
_ONE_KIND: Final = bytes.maketrans(b"{}", b"[]")
_LONG_KEY: Final = re.compile(
    rf"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){{{DEEPEST}}}"""
)
"""A dotted TOML key with more than ``DEEPEST`` parts.

Each part is one level of nesting, and tomllib's time grows with the square of the number of parts.
"""


class TooDeep(BadInput, ValueError):
    """Raised if values are nested too deeply; also a ValueError, like every other JSON decoding error."""

    def __init__(self, file: str) -> None:
        super().__init__(
            say(
                "{file}: values are nested more than {levels} levels deep. Correct it or restore the last "
                "good copy; nothing was changed.",
                file=file,
                levels=DEEPEST,
            )
        )


def json_in(raw: bytes | str, file: str, object_hook: Callable[[dict[str, Any]], Any] | None = None) -> Any:  # noqa: ANN401 - JSON
    """Parse JSON.

    Raise ValueError if it is invalid and TooDeep, which names ``file``, if it is nested too deeply.
    """
    if _is_deep(raw.encode("utf-8", "surrogatepass") if isinstance(raw, str) else raw):
        raise TooDeep(file)
    try:
        return json.loads(raw, object_hook=object_hook)
    except RecursionError as error:  # unclosed brackets, which _is_deep does not count
        raise TooDeep(file) from error


def toml_in(text: str, file: str) -> dict[str, Any]:
    """Parse TOML and return its tables.

    Raise TOMLDecodeError (a ValueError) if it is invalid and TooDeep, which names ``file``, if it is nested
    too deeply.
    """
    import tomllib  # imported here, because reading JSON does not need it

    if _LONG_KEY.search(text):
        raise TooDeep(file)
    try:
        tables = tomllib.loads(text)
    except RecursionError as error:
        raise TooDeep(file) from error
    except tomllib.TOMLDecodeError:
        raise
    except ValueError as error:  # Python refuses to convert integers of more than 4,300 digits
        raise tomllib.TOMLDecodeError("a number has too many digits") from error
    level: list[Any] = [tables]
    for _ in range(DEEPEST):
        held = (one for box in level for one in (box.values() if isinstance(box, dict) else box))
        level = [one for one in held if isinstance(one, dict | list)]
        if not level:
            return tables
    raise TooDeep(file)


def toml_document(text: str, file: str) -> TOMLDocument:
    """Parse TOML for editing, keeping comments and order.

    Raises the errors of :func:`toml_in` and of tomlkit.
    """
    import tomlkit

    toml_in(text, file)
    return tomlkit.parse(text)


def settings_bytes(path: Path) -> bytes:
    """Return the bytes of a settings file.

    Raise FileNotFoundError or NotADirectoryError if the file does not exist, and BadSettings if it cannot be
    read or is larger than ``LARGEST_SETTINGS``.
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
    """Return the path of a settings file, following links.

    Raise BadSettings if a link leads out of the shop's folder.
    """
    if not path.is_symlink():
        return path
    place = Path(
        os.path.realpath(path)
    )  # unlike Path.resolve, realpath does not raise RuntimeError for a link to itself
    if not place.is_relative_to(os.path.realpath(path.parent)):
        raise BadSettings(
            say(
                "{file} is a link that points outside the shop's folder, so it was not read. Put the file "
                "itself there ({path}).",
                file=path.name,
                path=path,
            )
        )
    return place


def unreadable_settings(path: Path, error: OSError) -> BadSettings:
    """Return the BadSettings error, with a message for the operator, for an OSError raised while reading."""
    return BadSettings(
        say(
            "{file} cannot be read ({reason}). Nothing was changed ({path}).",
            file=path.name,
            reason=error.strerror or type(error).__name__,
            path=path,
        )
    )


def checked_size(raw: bytes, file: str) -> bytes:
    """Return ``raw`` unchanged; raise BadSettings if it is longer than ``LARGEST_SETTINGS``.

    The caller reads at most one byte more than the limit, which is enough to tell.
    """
    if len(raw) > LARGEST_SETTINGS:
        raise BadSettings(
            say(
                "{file} is larger than 1 MB, which is too large for a settings file. Restore the last good "
                "copy; nothing was changed.",
                file=file,
            )
        )
    return raw


def _is_deep(raw: bytes) -> bool:
    """Return whether brackets are nested deeper than ``DEEPEST``.

    Unbalanced brackets are left to the parser.
    """
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
