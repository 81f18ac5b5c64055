"""A day's entries: one writer at a time, any number of readers, and no confirmed entry ever lost.

Every write takes the journal's lock, reads the day's file again, appends, and replaces the file in one step.
Readers take no lock: they see the file before or after, and read it again only when it has changed.
"""

from __future__ import annotations

import itertools
import os
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from core.errors import BadInput, CannotWrite
from core.journal.dayfile import ENTRIES, NewerFormat, NotAJournal, Whole, tables_of
from core.journal.entry import Entry, Kind
from core.journal.entry_codec import entry_of, plain, row_of, spelled, tick, tick_of
from core.journal.quarantine import Stamp, Troubles, bytes_of, newer, stamp_of, stamps_of
from core.storage.atomic_files import cannot_write, locked

if TYPE_CHECKING:
    from tinydb import TinyDB

    from core.journal.storage import SafeStorage

_HELD_DAYS: Final = 40
"""Days kept in memory."""


class Unwritten(NamedTuple):
    """An entry before the book has given it its id."""

    at: datetime
    """Zone-aware."""
    who: str
    kind: Kind
    step: str = ""
    data: Mapping[str, Any] = MappingProxyType({})
    late: bool = False


class Book:
    """The journal of one shop."""

    def __init__(self, shop_folder: Path) -> None:
        self.folder = shop_folder / "journal"
        self._held: OrderedDict[date, tuple[Stamp | None, tuple[Entry, ...]]] = OrderedDict()
        self._whole: tuple[Path, Stamp | None, Whole] | None = None
        """The file last written here: while its stamp stands, the next entry need not read it again."""
        self._troubles = Troubles()
        self._token = os.urandom(3).hex()
        self._count = itertools.count(1)

    def append(
        self,
        day: date,
        *,
        at: datetime,
        who: str,
        kind: Kind,
        step: str = "",
        data: dict[str, Any] | None = None,
        late: bool = False,
    ) -> Entry:
        """Write one entry and return it as it stands on disk; CannotWrite and the old state holds if not."""
        line = Unwritten(at=at, who=who, kind=kind, step=step, data=data or {}, late=late)
        return self.append_all(day, [line])[0]

    def append_all(self, day: date, lines: Iterable[Unwritten]) -> tuple[Entry, ...]:
        """Write several entries of a day in one step: all of them or none."""
        prepared = [(line, plain(dict(line.data))) for line in lines]
        if any(line.at.tzinfo is None for line, _ in prepared):
            raise ValueError("an entry's time needs a zone")
        path = self.path(day)
        entries = []
        with self._writing(path) as (file, storage):
            before = stamp_of(path)
            last = _last_tick(storage)
            for line, data in prepared:
                # Later than every other entry of the day, even when a clock jumped back.
                last = max(tick(line.at), last + 1)
                words = (plain(line.who), line.kind, line.step, data, day, line.late)
                entries.append(Entry(self._id(last), datetime.fromisoformat(line.at.isoformat()), *words))
            self._whole = None  # what is held is changed before it is written
            file.table(ENTRIES).insert_multiple([row_of(entry) for entry in entries])
            with suppress(BadInput):  # it is written; who asks next reads it
                now = stamp_of(path)
                self._whole = (path, now, storage.whole) if storage.whole else None
                self._extend(day, before, now, tuple(entries))
        return tuple(entries)

    def day(self, day: date) -> tuple[Entry, ...]:
        """Return the day's entries in the order they were written; the file is read only when it changed.

        A damaged file is set aside and counts as empty; what there is to say about it waits in :meth:`told`.
        """
        stamp = self.stamp(day)
        if stamp is None:
            return ()
        held = self._held.get(day)
        if held is None or held[0] != stamp:
            held = self._held[day] = self._read(day)
        self._held.move_to_end(day)
        while len(self._held) > _HELD_DAYS:
            self._held.popitem(last=False)
        return held[1]

    def stamp(self, day: date) -> Stamp | None:
        """Return what changes whenever the day's file does; None when there is none. Costs one stat."""
        return stamp_of(self.path(day))

    def days(self) -> list[date]:
        """Return the days that have a file, oldest first."""
        found = []
        for file in self.folder.glob("[0-9][0-9][0-9][0-9]/*.json"):
            try:
                found.append(date.fromisoformat(file.stem))
            except ValueError:
                continue
        return sorted(found)

    def digest(self, days: Iterable[date]) -> str:
        """Return a word that changes when any of the days' files does; for answers that read the journal."""
        import hashlib

        words = [f"{day} {self.stamp(day)}" for day in days]
        return hashlib.sha256("\n".join(words).encode()).hexdigest()[:16]

    def stamps(self, first: date, last: date) -> dict[date, Stamp]:
        """Return the stamp of each day's file between the two, oldest first; one stat a file, no more."""
        found: dict[date, Stamp] = {}
        for year in range(first.year, last.year + 1):
            found |= stamps_of(f"{self.folder}/{year:04d}")
        return {day: found[day] for day in sorted(found) if first <= day <= last}

    def told(self) -> tuple[str, ...]:
        """Return what was wrong with files since last asked: each thing once, in one sentence."""
        return self._troubles.told()

    def set_aside(self) -> list[Path]:
        """Return the damaged files that were set aside, oldest day first."""
        return sorted(self.folder.glob("[0-9][0-9][0-9][0-9]/*.json.damaged-*"))

    def path(self, day: date) -> Path:
        """Return where the day's entries are."""
        return self.folder / f"{day.year:04d}/{day.isoformat()}.json"

    def _extend(self, day: date, before: Stamp | None, now: Stamp | None, entries: tuple[Entry, ...]) -> None:
        """Spare the next reader the file when what is held is exactly what stood in it before."""
        stamp, held = self._held.get(day, (None, ()))
        if stamp == before:
            self._held[day] = (now, held + entries)

    def _id(self, ticks: int) -> str:
        return f"{spelled(ticks)}-{os.getpid():x}{self._token}-{next(self._count)}"

    @contextmanager
    def _writing(self, path: Path) -> Iterator[tuple[TinyDB, SafeStorage]]:
        """Hold the lock over the file as it is now, opened afresh."""
        from tinydb import TinyDB  # only where something is written

        try:
            with locked(self.folder / ".lock"):
                storage = self._storage(path)
                with TinyDB(storage=lambda: storage) as file:
                    yield file, storage
        except NewerFormat as error:
            raise BadInput(newer(path)) from error
        except OSError as error:
            raise cannot_write(path, error) from error

    def _storage(self, path: Path) -> SafeStorage:
        """Return the file, ours and whole; hold the lock."""
        from core.journal.storage import SafeStorage

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

    def _read(self, day: date) -> tuple[Stamp | None, tuple[Entry, ...]]:
        path = self.path(day)
        stamp, raw = bytes_of(path)
        try:
            rows = tables_of(raw)[ENTRIES].values()
        except NewerFormat:
            self._troubles.tell(newer(path))
            return stamp, ()
        except NotAJournal:
            return self._put_aside(path, stamp)
        entries = [entry_of(row, day) for row in rows]
        found = tuple(entry for entry in entries if entry is not None)
        if len(found) < len(entries):
            self._troubles.left_out(path, len(entries) - len(found))
        return stamp, found

    def _put_aside(self, path: Path, stamp: Stamp) -> tuple[Stamp | None, tuple[Entry, ...]]:
        """Put the file aside unless somebody just did, or this reader may not."""
        try:
            with locked(self.folder / ".lock"):
                if stamp_of(path) == stamp:
                    self._troubles.put_aside(path)
        except (OSError, CannotWrite):
            self._troubles.stuck(path)
            return stamp, ()
        return None, ()


def _last_tick(storage: SafeStorage) -> int:
    """Return the moment of the last entry that has an id of ours; 0 when there is none."""
    rows = (storage.read() or {}).get(ENTRIES, {})
    return next(filter(None, (tick_of(row.get("id")) for row in reversed(rows.values()))), 0)


def _sweep(folder: Path) -> None:
    """Delete what a kill left half written; hold the lock."""
    for file in folder.glob(".*.tmp"):
        with suppress(OSError):
            file.unlink()
