"""Half-written files: each is named after its writer, so that the next one removes what a killed one left."""

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
"""Seconds without a change after which nobody writes into the file any more, whoever its writer is."""
PERHAPS_LEFT: Final = 60.0
"""The same where its writer is known to be gone; processes of a container may not be seen from here."""
_LOOK_EVERY: Final = 3600.0
_LONGEST: Final = 60
"""Characters of the file's own name in the temporary one's: names end at 255 bytes."""
_OURS: Final = re.compile(r"\..*\.([0-9]+)-(?:([0-9a-f]{12})-)?[0-9a-f]{8}\.tmp")
"""Process, boot and a random word; older versions wrote no boot."""
_looked: dict[Path, float] = {}


def temporary(path: Path) -> Path:
    """Return a new name beside the file that tells which process of which boot writes there."""
    return path.with_name(f".{path.name[:_LONGEST]}.{os.getpid()}-{_boot()}-{os.urandom(4).hex()}.tmp")


def sweep(folder: Path) -> None:
    """Remove what dead writers left half-written in the folder; looks at most once an hour."""
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
    except (OSError, OverflowError):  # somebody else's; no process has such a number
        return True
    return True


@cache
def _boot() -> str:
    """Return a word for this start of the machine; zeros where the system does not tell."""
    try:
        words = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii")
    except OSError:
        return "0" * 12
    return words.replace("-", "")[:12]
