"""Who is in the shop's day right now, and at which step: a glance, not an entry; gone without a trace.

One small file a session in ``cache/presence/``. It is replaced when its person goes to another step and
touched once a minute; it counts while its process lives and was touched lately. Nothing here can fail a
session: where it cannot be written nobody is seen, that is all.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import quote

from core.errors import CannotWrite
from core.storage.atomic_files import write_atomically
from core.storage.decoding import json_in
from core.storage.regular_files import RegularFile

STALE: Final = 130.0
"""Seconds after which a session that does not touch its file is not there: two minutes and a little."""
_LONGEST: Final = 4096
_MOST: Final = 64
"""Sessions that are looked at; a folder full of anything else costs no time."""


class Present(NamedTuple):
    """Somebody in another session."""

    who: str
    step: str
    """Empty: looking at the day."""


class Presence:
    """This session's own sign, and a look at the others'."""

    def __init__(self, shop_folder: Path) -> None:
        self.folder = shop_folder / "cache" / "presence"
        self._me = ""
        self._shown: tuple[str, str] | None = None
        self._file: Path | None = None

    def show(self, who: str, step: str) -> None:
        """Say where this person is; the same again writes nothing."""
        if self._shown == (who, step):
            return
        self._me, self._shown = who, (who, step)
        file = self.folder / f"{quote(who, safe='')[:80]}-{os.getpid()}.json"
        if self._file is not None and self._file != file:
            self.leave()
            self._shown = (who, step)
        words = json.dumps({"who": who, "step": step, "pid": os.getpid(), "host": os.uname().nodename})
        try:
            write_atomically(file, words.encode(), lasting=False)
            self._file = file
        except (OSError, CannotWrite):
            self._shown = None  # perhaps the next time

    def touch(self) -> None:
        """Say that this session is still there; nobody's screen changes by it."""
        if self._file is not None:
            with suppress(OSError):
                os.utime(self._file)

    def leave(self) -> None:
        """Take the sign away."""
        if self._file is not None:
            with suppress(OSError):
                self._file.unlink()
        self._shown = self._file = None

    def twice(self) -> bool:
        """Tell whether this person has another session open."""
        with suppress(OSError):
            files = [file for file in os.scandir(self.folder) if not file.name.startswith(".")][:_MOST]
            mine = self._file.name if self._file is not None else ""
            signs = (_read(Path(file.path)) for file in files if file.name != mine)
            return any(one is not None and one.who == self._me for one in signs)
        return False

    def others(self) -> tuple[Present, ...]:
        """Return who else is there, by name; this session and its person's other ones are left out."""
        with suppress(OSError):
            files = [file for file in os.scandir(self.folder) if not file.name.startswith(".")][:_MOST]
            found = {one for file in files if (one := _read(Path(file.path)))}
            seen = sorted((one for one in found if one.who != self._me), key=lambda one: (one.who, one.step))
            return tuple(seen)
        return ()


def _read(file: Path) -> Present | None:
    try:
        with RegularFile(file) as sign, sign.reader() as words:
            if time.time() - sign.status.st_mtime > STALE:
                _sweep(file)
                return None
            said = json_in(words.read(_LONGEST), file.name)
        present = Present(str(said["who"]), str(said["step"]))
        alive = said["host"] != os.uname().nodename or _lives(int(said["pid"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return present if alive else None


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except PermissionError:  # somebody else's
        return True
    except (OSError, OverflowError):
        return False
    return pid > 0


def _sweep(file: Path) -> None:
    """Remove a sign whose session was killed; whoever looks does it."""
    with suppress(OSError):
        file.unlink()
