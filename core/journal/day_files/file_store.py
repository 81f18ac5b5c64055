"""A journal store that needs no server: one human-readable TinyDB file per day in ``journal/``.

Every write takes the journal's lock, reads the day's file again, appends, and replaces the file atomically.
Readers take no lock: they see the file as it was before or after a write.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import BadInput, CannotWrite
from core.journal.day_files.dayfile import ENTRIES, NewerFormat, NotAJournal, Whole, tables_of
from core.journal.day_files.quarantine import (
    Quarantine,
    bytes_of,
    newer,
    stamp_of,
    stamps_of,
    years_of,
)
from core.journal.entry_codec import entry_of, row_of
from core.journal.move_marks import refusal_of
from core.journal.shared_state import FileState
from core.journal.store import Make, Stamp, StampChange, StoreCheck, StoredDay
from core.language.message import say
from core.storage.atomic_files import cannot_write, locked, sync_folder, write_atomically

if TYPE_CHECKING:
    from tinydb import TinyDB

    from core.journal.day_files.storage import SafeStorage


class FileStore:
    """The journal of one shop, kept as one file per day (a "day file")."""

    def __init__(self, shop_folder: Path) -> None:
        self.shared = FileState(shop_folder)
        self.folder = shop_folder / "journal"
        self._lock = self.folder / ".lock"
        self._mark = self.folder / ".moved"
        self._whole: tuple[Path, Stamp | None, Whole] | None = None
        """The last file written here and its stamp: while the stamp is unchanged, an append need not read the
        file."""
        self._troubles = Quarantine()

    def path(self, day: date) -> Path:
        """Return the path of the day's file."""
        return self.folder / f"{day.year:04d}/{day.isoformat()}.json"

    def set_aside(self) -> list[Path]:
        """Return the damaged files that were set aside, oldest day first."""
        return sorted(self.folder.glob("[0-9][0-9][0-9][0-9]/*.json.damaged-*"))

    def append(self, day: date, make: Make) -> StampChange | None:
        """Append entries under the journal's lock and replace the day's file.

        A damaged file is set aside first. Raise BadInput if a newer shopday wrote the file.
        """
        return self._append(day, make, marked=False)

    def append_marked(self, day: date, make: Make) -> StampChange | None:
        """Append as :meth:`append` does, although a move has marked the journal."""
        return self._append(day, make, marked=True)

    def mark(self) -> str:
        """Return the content of the mark's file; empty if there is none."""
        found = bytes_of(self._mark)
        return found[1].decode("utf-8", "replace") if found else ""

    def set_mark(self, mark: str) -> None:
        """Write or delete the mark's file under the journal's lock."""
        try:
            with locked(self._lock):
                if mark:
                    write_atomically(self._mark, mark.encode())
                else:
                    self._mark.unlink(missing_ok=True)
                    sync_folder(self.folder)
        except OSError as error:
            raise cannot_write(self._mark, error) from error

    def _append(self, day: date, make: Make, *, marked: bool) -> StampChange | None:
        path = self.path(day)
        with self._writing(path) as (file, storage):
            if not marked and (mark := self.mark()):
                raise CannotWrite(refusal_of(mark, self.folder.parent))
            before = stamp_of(path)
            rows = (storage.read() or {}).get(ENTRIES, {}).values()
            ids = [str(row.get("id")) for row in rows]
            entries = make(reversed(ids))
            known = set(ids)
            new = [row_of(entry) for entry in entries if entry.id not in known]
            if new:
                self._whole = None  # the held tables are changed in place: drop them until written
                file.table(ENTRIES).insert_multiple(new)
            now = None
            with suppress(BadInput):  # already written; the next reader checks the stamp again
                now = stamp_of(path)
            self._whole = (path, now, storage.whole) if now and storage.whole else None
        return StampChange(before, now) if now and len(new) == len(entries) else None

    def read(self, day: date) -> StoredDay:
        """Return the day's entries; a damaged file is set aside and counts as empty."""
        path = self.path(day)
        there = bytes_of(path)
        if there is None:
            return StoredDay(None, ())
        stamp, raw = there
        try:
            rows = tables_of(raw)[ENTRIES].values()
        except NewerFormat:
            self._troubles.tell(newer(path))
            return StoredDay(stamp, ())
        except NotAJournal:
            return StoredDay(self._put_aside(path, stamp), ())
        entries = [entry_of(row, day) for row in rows]
        found = tuple(entry for entry in entries if entry is not None)
        if len(found) < len(entries):
            self._troubles.left_out(path, len(entries) - len(found))
        return StoredDay(stamp, found)

    def stamp(self, day: date) -> Stamp | None:
        """Return the stamp of the day's file, using one stat call.

        A stamp is a value that changes when the file does.
        """
        return stamp_of(self.path(day))

    def stamps(self, first: date, last: date) -> dict[date, Stamp]:
        """Return the stamp of each day file from ``first`` to ``last``, oldest first; one stat per file."""
        found: dict[date, Stamp] = {}
        for year in range(first.year, last.year + 1):
            found |= stamps_of(f"{self.folder}/{year:04d}")
        return {day: found[day] for day in sorted(found) if first <= day <= last}

    def years(self) -> dict[int, Stamp]:
        """Return the stamp of each year's folder; it changes because every write replaces a file in it."""
        return years_of(self.folder)

    def told(self) -> tuple[str, ...]:
        """Return messages about problems with files since the last call, each problem only once."""
        return self._troubles.told()

    def checks(self, seconds: float) -> Iterator[StoreCheck]:
        """Yield the results of three checks: file permissions, the journal's lock, and damaged days.

        Permissions are reported only if something is wrong. ``seconds``: how long to wait for the lock before
        it counts as blocked.
        """
        yield from self._rights()
        yield self._blocked(seconds)
        damaged = self.set_aside()
        if damaged:
            yield StoreCheck(
                "journal", "warn", say("Damaged days were set aside; see {file}.", file=str(damaged[-1]))
            )
        else:
            yield StoreCheck("journal", "ok", say("No damaged days."))

    def copies(self) -> Iterator[tuple[str, Path]]:
        """Yield the journal folder, which a backup must copy.

        Its files are only replaced atomically, so a file that is being copied is always complete.
        """
        if self.folder.is_dir():
            yield self.folder.name, self.folder

    def _rights(self) -> Iterator[StoreCheck]:
        files = self.folder.glob("*/*.json")
        closed = next((file for file in files if not os.access(file, os.R_OK)), None)
        if closed is not None:
            wrong = say("You may not read {file}; its owner runs: chmod g+rw {file}", file=str(closed))
            yield StoreCheck("rights", "bad", wrong)
        elif self.folder.is_dir() and not self.folder.stat().st_mode & stat.S_ISGID:
            wrong = say(
                "New files in journal/ will not belong to the group; run: chmod g+rws {folder}",
                folder=str(self.folder),
            )
            yield StoreCheck("rights", "warn", wrong)

    def _blocked(self, seconds: float) -> StoreCheck:
        """Check whether the journal's lock can be taken within ``seconds``.

        A write holds it for milliseconds, so a lock that is held longer belongs to a hanging process.
        """
        if not self.folder.is_dir():
            return StoreCheck("locks", "ok", say("Nobody has written here yet."))
        try:
            with locked(self._lock, seconds=seconds):
                return StoreCheck("locks", "ok", say("Nobody is blocking the journal."))
        except CannotWrite as error:
            return StoreCheck("locks", "bad", str(error))

    @contextmanager
    def _writing(self, path: Path) -> Iterator[tuple[TinyDB, SafeStorage]]:
        """Take the journal's lock and open the day's file; raise BadInput or CannotWrite if that fails."""
        from tinydb import TinyDB  # imported only for writing

        try:
            with locked(self._lock):
                storage = self._storage(path)
                with TinyDB(storage=lambda: storage) as file:
                    yield file, storage
        except NewerFormat as error:
            raise BadInput(newer(path)) from error
        except OSError as error:
            raise cannot_write(path, error) from error

    def _storage(self, path: Path) -> SafeStorage:
        """Return a storage for the file, setting a damaged file aside first; the caller holds the lock."""
        from core.journal.day_files.storage import SafeStorage

        if self._whole is not None and self._whole[:2] == (path, stamp_of(path)):
            return SafeStorage(path, self._whole[2])
        storage = SafeStorage(path)
        try:
            if storage.read() is None:
                _sweep(path.parent)
        except NotAJournal:
            self._troubles.put_aside(path)
            return SafeStorage(path)
        return storage

    def _put_aside(self, path: Path, stamp: Stamp) -> Stamp | None:
        """Set a damaged file aside, unless it has changed since ``stamp`` or this user may not rename it.

        Return ``stamp`` if the file could not be renamed, else None.
        """
        try:
            with locked(self._lock):
                if stamp_of(path) == stamp:
                    self._troubles.put_aside(path)
        except (OSError, CannotWrite):
            self._troubles.stuck(path)
            return stamp
        return None


def _sweep(folder: Path) -> None:
    """Delete temporary files left by killed processes; the caller holds the lock."""
    for file in folder.glob(".*.tmp"):
        with suppress(OSError):
            file.unlink()
