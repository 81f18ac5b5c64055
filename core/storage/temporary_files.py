"""Names for temporary files, and removal of those left behind by processes that were killed.

A temporary file is named after the process that writes it.
"""

from __future__ import annotations

import os
import re
import stat
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final

SURELY_LEFT: Final = 86_400.0
"""Age in seconds (since the last change) after which a temporary file is considered abandoned by any process.
"""
PERHAPS_LEFT: Final = 60.0
"""Age in seconds after which a temporary file of a process that no longer runs counts as abandoned.

Not 0, because the processes of another container look dead from here.
"""
_LOOK_EVERY: Final = 3600.0
_LONGEST: Final = 60
"""Maximum number of characters taken from the file's own name, because file names are limited to 255 bytes.
"""
_OURS: Final = re.compile(r"\..*\.([0-9]+)-(?:([0-9a-f]{12})-)?[0-9a-f]{8}\.tmp")
"""Matches the name of a temporary file: process id, boot id and a random word; older versions wrote no boot
id."""
_looked: dict[Path, float] = {}


def temporary(path: Path) -> Path:
    """Return a new temporary path next to ``path``; its name contains the process id and the boot id."""
    return path.with_name(f".{path.name[:_LONGEST]}.{os.getpid()}-{_boot()}-{os.urandom(4).hex()}.tmp")


def sweep(folder: Path) -> None:
    """Remove temporary files of dead processes from the folder.

    Does nothing if called again within an hour.
    """
    now = time.monotonic()
    if now - _looked.get(folder, -_LOOK_EVERY) < _LOOK_EVERY:
        return
    _looked[folder] = now
    with suppress(OSError), os.scandir(folder) as found:
        for entry in found:
            if name := _OURS.fullmatch(entry.name):
                with suppress(OSError):
                    if _is_left(entry.stat(follow_symlinks=False), name):
                        Path(entry.path).unlink()


def _is_left(status: os.stat_result, name: re.Match[str]) -> bool:
    age = time.time() - status.st_mtime
    if not stat.S_ISREG(status.st_mode) or age < PERHAPS_LEFT:
        return False
    return age > SURELY_LEFT or (name[2] == _boot() and not _lives(int(name[1])))


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):  # another user's process, or a number too large for a process id
        return True
    return True


@cache
def _boot() -> str:
    """Return 12 hexadecimal digits identifying the current boot.

    Zeros if the system does not provide a boot id.
    """
    try:
        words = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii")
    except OSError:
        return "0" * 12
    return words.replace("-", "")[:12]
