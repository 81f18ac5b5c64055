"""The store that needs no server: one TinyDB file a day in ``journal/``, readable by people.

Every write takes the journal's lock, reads the day's file again, appends, and replaces the file in one step.
Readers take no lock: they see the file before or after.
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
from core.journal.store import Make, Stamp, StampChange, StoreCheck, StoredDay
from core.language.message import say
from core.storage.atomic_files import cannot_write, locked

if TYPE_CHECKING:
    from tinydb import TinyDB

    from core.journal.day_files.storage import SafeStorage


class FileStore:
    """The day files of one shop."""

    def __init__(self, shop_folder: Path) -> None:
        self.folder = shop_folder / "journal"
        self._lock = self.folder / ".lock"
        self._whole: tuple[Path, Stamp | None, Whole] | None = None
        """The file last written here: while its stamp stands, the next entry need not read it again."""
        self._troubles = Quarantine()

    def path(self, day: date) -> Path:
        """Return where the day's entries are."""
        return self.folder / f"{day.year:04d}/{day.isoformat()}.json"

    def set_aside(self) -> list[Path]:
        """Return the damaged files that were set aside, oldest day first."""
        return sorted(self.folder.glob("[0-9][0-9][0-9][0-9]/*.json.damaged-*"))

    def append(self, day: date, make: Make) -> StampChange | None:
        """Append under the journal's lock and replace the day's file.

        A damaged file is set aside first; a newer shopday's is BadInput.
        """
        path = self.path(day)
        with self._writing(path) as (file, storage):
            before = stamp_of(path)
            rows = (storage.read() or {}).get(ENTRIES, {}).values()
            ids = [str(row.get("id")) for row in rows]
            entries = make(reversed(ids))
            known = set(ids)
            new = [row_of(entry) for entry in entries if entry.id not in known]
            if new:
                self._whole = None  # what is held is changed before it is written
                file.table(ENTRIES).insert_multiple(new)
            now = None
            with suppress(BadInput):  # it is written; who reads next looks again
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
        """Return the stamp of the day's file; costs one stat."""
        return stamp_of(self.path(day))

    def stamps(self, first: date, last: date) -> dict[date, Stamp]:
        """Return the stamp of each day's file between the two, oldest first; one stat a file, no more."""
        found: dict[date, Stamp] = {}
        for year in range(first.year, last.year + 1):
            found |= stamps_of(f"{self.folder}/{year:04d}")
        return {day: found[day] for day in sorted(found) if first <= day <= last}

    def years(self) -> dict[int, Stamp]:
        """Return the stamp of each year's folder: every write replaces a file in it."""
        return years_of(self.folder)

    def told(self) -> tuple[str, ...]:
        """Return what was wrong with files since last asked: each thing once, in one sentence."""
        return self._troubles.told()

    def checks(self, seconds: float) -> Iterator[StoreCheck]:
        """Yield rights when they are wrong, then the lock, then damaged days."""
        yield from self._rights()
        yield self._blocked(seconds)
        damaged = self.set_aside()
        if damaged:
            yield StoreCheck(
                "journal", "warn", say("Damaged days were set aside; look at {file}.", file=str(damaged[-1]))
            )
        else:
            yield StoreCheck("journal", "ok", say("No damaged days."))

    def copies(self) -> Iterator[tuple[str, Path]]:
        """Yield the folder: every file in it is replaced in one step, so one that is open is whole."""
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
        """A lock is held for milliseconds; one that is held longer belongs to somebody who hangs."""
        if not self.folder.is_dir():
            return StoreCheck("locks", "ok", say("Nobody has written here yet."))
        try:
            with locked(self._lock, seconds=seconds):
                return StoreCheck("locks", "ok", say("Nobody blocks the journal."))
        except CannotWrite as error:
            return StoreCheck("locks", "bad", str(error))

    @contextmanager
    def _writing(self, path: Path) -> Iterator[tuple[TinyDB, SafeStorage]]:
        """Hold the lock over the file as it is now, opened afresh."""
        from tinydb import TinyDB  # only where something is written

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
        """Return the file, ours and whole; hold the lock."""
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
        """Put the file aside unless somebody just did or this reader may not; return what stamp stays."""
        try:
            with locked(self._lock):
                if stamp_of(path) == stamp:
                    self._troubles.put_aside(path)
        except (OSError, CannotWrite):
            self._troubles.stuck(path)
            return stamp
        return None


def _sweep(folder: Path) -> None:
    """Delete what a kill left half written; hold the lock."""
    for file in folder.glob(".*.tmp"):
        with suppress(OSError):
            file.unlink()
