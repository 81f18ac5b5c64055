"""Optional protection of a shop's settings: only the owner of shop.toml may change them.

The program respects this, but anyone else with write access to the folder could replace the file with another
program; ``shopday doctor`` reports folders that allow this.
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
"""The file mode of shop.toml that turns the protection on."""


def walled(folder: Path) -> bool:
    """Return whether the protection is on, so that only the owner of shop.toml may change the settings."""
    status = _status(folder)
    return status is not None and stat.S_IMODE(status.st_mode) == OWNERS_ALONE


def may_change(folder: Path) -> bool:
    """Return whether this account may change the settings: it is the owner or root, or protection is off."""
    status = _status(folder)
    return status is None or not walled(folder) or os.geteuid() in (0, status.st_uid)


def check_may_change(folder: Path, name: str) -> None:
    """Raise CannotWrite if only another account may change the settings; ``name``: the file to be changed."""
    if not may_change(folder):
        raise CannotWrite(
            say(
                "Only {owner} may change {name} in this shop. Nothing was changed.",
                owner=owner(folder),
                name=name,
            )
        )


def owner(folder: Path) -> str:
    """Return the name of the account that owns shop.toml, or its uid; empty if the file is missing."""
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
