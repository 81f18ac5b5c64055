"""Show which other people have the shop open right now, and at which step of the day.

With the journal in files, every session keeps one small file in ``cache/presence/``. The file is replaced
when the person moves to another step and touched once a minute; it is valid while its process is alive and it
was touched recently.
Errors are ignored: if the files cannot be written, nobody is shown as present.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple, Protocol
from urllib.parse import quote

from core.errors import CannotWrite
from core.storage.atomic_files import write_atomically
from core.storage.decoding import json_in
from core.storage.regular_files import RegularFile

STALE: Final = 130.0
"""The age in seconds after which an untouched file counts as left over: a little over two minutes."""
_LONGEST: Final = 4096
_MOST: Final = 64
"""The maximum number of session files read, so that a crowded folder costs little time."""


class Present(NamedTuple):
    """A person in another session."""

    who: str
    step: str
    """The step's id; empty while they look at the overview of the day."""


class Presence(Protocol):
    """Announces this session and lists the others; nobody is listed where that is not possible."""

    def show(self, who: str, step: str) -> None:
        """Announce that this person is at this step; writes nothing if unchanged."""

    def touch(self) -> None:
        """Show that this session is still alive; called once a minute."""

    def leave(self) -> None:
        """Withdraw this session's announcement."""

    def twice(self) -> bool:
        """Return whether this person has another session open."""

    def others(self) -> tuple[Present, ...]:
        """Return the people in other sessions, sorted by name, without this person's own sessions."""

    def stamp(self) -> object:
        """Return a value that changes when sessions come, go or move to another step."""


class FilePresence:
    """The sessions of one machine, as files."""

    def __init__(self, shop_folder: Path) -> None:
        self.folder = shop_folder / "cache" / "presence"
        self._me = ""
        self._shown: tuple[str, str] | None = None
        self._file: Path | None = None

    def show(self, who: str, step: str) -> None:
        """Announce that this person is at this step; writes nothing if unchanged."""
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
            self._shown = None  # try again at the next call

    def touch(self) -> None:
        """Update the file's modification time, to show that this session is still alive."""
        if self._file is not None:
            with suppress(OSError):
                os.utime(self._file)

    def leave(self) -> None:
        """Remove this session's file."""
        if self._file is not None:
            with suppress(OSError):
                self._file.unlink()
        self._shown = self._file = None

    def twice(self) -> bool:
        """Return whether this person has another session open."""
        with suppress(OSError):
            files = [file for file in os.scandir(self.folder) if not file.name.startswith(".")][:_MOST]
            mine = self._file.name if self._file is not None else ""
            signs = (_read(Path(file.path)) for file in files if file.name != mine)
            return any(one is not None and one.who == self._me for one in signs)
        return False

    def others(self) -> tuple[Present, ...]:
        """Return the people in other sessions, sorted by name, without this person's own sessions."""
        with suppress(OSError):
            files = [file for file in os.scandir(self.folder) if not file.name.startswith(".")][:_MOST]
            found = {one for file in files if (one := _read(Path(file.path)))}
            seen = sorted((one for one in found if one.who != self._me), key=lambda one: (one.who, one.step))
            return tuple(seen)
        return ()

    def stamp(self) -> object:
        """Return what a stat call says of the folder, in which files are replaced whenever somebody moves."""
        try:
            status = self.folder.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size, status.st_ino


def _read(file: Path) -> Present | None:
    try:
        with RegularFile(file) as sign, sign.reader() as words:
            if time.time() - sign.status.st_mtime > STALE:
                _sweep(file)
                return None
            said = json_in(words.read(_LONGEST), file.name)
        present = Present(str(said["who"]), str(said["step"]))
        alive = lives(str(said["host"]), int(said["pid"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return present if alive else None


def lives(host: str, pid: int) -> bool:
    """Return whether the process may be alive: on another host nobody knows."""
    if host != os.uname().nodename:
        return True
    try:
        os.kill(pid, 0)
    except PermissionError:  # the process exists but belongs to another user
        return True
    except (OSError, OverflowError):
        return False
    return pid > 0


def _sweep(file: Path) -> None:
    """Remove the file of a session that was killed."""
    with suppress(OSError):
        file.unlink()
