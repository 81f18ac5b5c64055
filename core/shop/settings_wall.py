"""The optional wall around a shop's settings: only the owner of shop.toml changes them.

Whoever may write in the folder could still put another file in its place; the program does not, and
``shopday doctor`` says where the folder is open.
"""

from __future__ import annotations

import os
import pwd
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

from core.errors import CannotWrite
from core.language.wording import say
from core.shop.settings import settings_file

OWNERS_ALONE: Final = 0o640
"""The mode of shop.toml where its owner alone changes the settings."""


def walled(folder: Path) -> bool:
    """Tell whether the settings are meant to be changed by the owner of their file alone."""
    status = _status(folder)
    return status is not None and stat.S_IMODE(status.st_mode) == OWNERS_ALONE


def may_change(folder: Path) -> bool:
    """Tell whether this account changes the settings: there is no wall, or it owns them, or it is root."""
    status = _status(folder)
    return status is None or not walled(folder) or os.geteuid() in (0, status.st_uid)


def check_may_change(folder: Path, name: str) -> None:
    """CannotWrite when another account owns the settings; ``name`` is the file's that was to be changed."""
    if not may_change(folder):
        raise CannotWrite(
            say(
                "Only {owner} changes {name} in this shop. Nothing was changed.",
                owner=owner(folder),
                name=name,
            )
        )


def owner(folder: Path) -> str:
    """Return the account that owns shop.toml; its number when this machine has no name for it."""
    status = _status(folder)
    if status is None:
        return ""
    with suppress(KeyError):
        return pwd.getpwuid(status.st_uid).pw_name
    return str(status.st_uid)


def _status(folder: Path) -> os.stat_result | None:
    try:
        return settings_file(folder).stat()
    except OSError:
        return None
