"""Set damaged day files aside without losing data, and report each problem once."""

from __future__ import annotations

import os
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from core.errors import BadInput, NotConfirmed
from core.journal.store import Stamp
from core.language.wording import plural, say
from core.storage.atomic_files import sync_folder
from core.storage.regular_files import NOT_REGULAR, RegularFile

_DAY: Final = ".json"
_A_YEAR: Final = re.compile(r"(?!0000)[0-9]{4}")


class Quarantine:
    """Collects messages about damaged files of one journal, each message only once."""

    def __init__(self) -> None:
        self._waiting: list[str] = []
        self._known: set[str] = set()

    def tell(self, sentence: str) -> None:
        """Queue the message for :meth:`told`, unless it was queued before."""
        if sentence not in self._known:
            self._known.add(sentence)
            self._waiting.append(sentence)

    def told(self) -> tuple[str, ...]:
        """Return the messages queued since the last call."""
        waiting, self._waiting = tuple(self._waiting), []
        return waiting

    def put_aside(self, path: Path) -> None:
        """Rename the damaged file within its folder and queue a message about it.

        The caller holds the lock. Raise OSError if renaming is not allowed.
        """
        moment = datetime.fromtimestamp(path.lstat().st_mtime, UTC)
        name = f"{path.name}.damaged-{moment:%Y%m%dT%H%M%S}"
        target = path.with_name(name)
        number = 1
        while os.path.lexists(target):
            number += 1
            target = path.with_name(f"{name}-{number}")
        path.rename(target)
        try:
            sync_folder(path.parent)
        except NotConfirmed as error:
            self.tell(str(error))
        self.tell(
            say(
                "{name} was not a journal file. It was renamed to {kept} with its content unchanged, and "
                "the day continues in a new file.",
                name=path.name,
                kept=target.name,
            )
        )

    def stuck(self, path: Path) -> None:
        """Queue a message about a damaged file that could not be renamed."""
        self.tell(
            say(
                "{name} is not a journal file, and you have no right to move it out of {folder}; its day is "
                "shown as empty.",
                name=path.name,
                folder=path.parent,
            )
        )

    def left_out(self, path: Path, number: int) -> None:
        """Queue a message that ``number`` entries of the file could not be read."""
        self.tell(
            plural(
                "{name}: {n} entry could not be read and is left out; it stays in the file.",
                "{name}: {n} entries could not be read and are left out; they stay in the file.",
                number,
                name=path.name,
            )
        )


def newer(path: Path) -> str:
    """Return the error text for a file written by a newer shopday."""
    return say(
        "{name} was written by a newer version of shopday. Update shopday; the file was not changed.",
        name=path.name,
    )


def stamp_of(path: Path) -> Stamp | None:
    """Return the file's stamp (its time, size and inode); None if there is no file.

    Raise BadInput if it cannot be accessed.
    """
    try:
        return _stamp(path.lstat())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise _unreadable(path, error) from error


def stamps_of(folder: str) -> dict[date, Stamp]:
    """Return the stamp of each day file in a year's folder; raise BadInput if it cannot be accessed."""
    found: dict[date, Stamp] = {}
    try:
        with os.scandir(folder) as files:
            for file in files:
                if file.name.endswith(_DAY):
                    try:
                        found[date.fromisoformat(file.name.removesuffix(_DAY))] = _stamp(
                            file.stat(follow_symlinks=False)
                        )
                    except (ValueError, FileNotFoundError):  # not a day file, or deleted meanwhile
                        continue
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise _unreadable(Path(folder), error) from error
    return found


def years_of(folder: Path) -> dict[int, Stamp]:
    """Return the stamp of each year's folder; it changes when a file in the folder is replaced.

    Raise BadInput if a folder cannot be accessed.
    """
    found: dict[int, Stamp] = {}
    try:
        with os.scandir(folder) as years:
            for year in years:
                if _A_YEAR.fullmatch(year.name) and year.is_dir():
                    status = year.stat()
                    found[int(year.name)] = (status.st_mtime_ns, status.st_ino)
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise _unreadable(folder, error) from error
    return found


def bytes_of(path: Path) -> tuple[Stamp, bytes] | None:
    """Return the file's bytes with their stamp; None if there is no file.

    Raise BadInput if it cannot be read.
    """
    try:
        with RegularFile(path) as file:
            return _stamp(file.status), file.read()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        if error.errno in NOT_REGULAR:
            return _stamp(path.lstat()), b""  # a folder or link is treated like invalid content
        raise _unreadable(path, error) from error


def _stamp(status: os.stat_result) -> Stamp:
    """Return the file's modification time in nanoseconds, its size and its inode."""
    return status.st_mtime_ns, status.st_size, status.st_ino


def _unreadable(path: Path, error: OSError) -> BadInput:
    reason = error.strerror or type(error).__name__
    return BadInput(
        say("{name} cannot be read: {reason}. Nothing was changed.", name=path.name, reason=reason)
    )
