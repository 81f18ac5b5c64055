"""A second store, as another database would be added: the journal in one SQLite file.

It shows that nothing outside a store knows what the journal is kept in. Durable (WAL, synchronous=FULL), for
several processes; a connection lives as long as the call that needs it, so threads and forks share nothing.
"""

from __future__ import annotations

import errno
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Final

from core.errors import BadInput, CannotWrite
from core.journal.entry_codec import entry_of, row_of
from core.journal.shared_state import FileState
from core.journal.store import Make, Stamp, StampChange, StoreCheck, StoredDay
from core.language.wording import say
from core.storage.atomic_files import LOCK_SECONDS, cannot_write, locked, make_folder, open_to_group

_TABLE: Final = """
CREATE TABLE IF NOT EXISTS entries (
    place INTEGER PRIMARY KEY AUTOINCREMENT, day TEXT NOT NULL, id TEXT NOT NULL UNIQUE, row TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS of_day ON entries (day, place);
"""
_STAMPS: Final = "SELECT day, count(*), id, max(place) FROM entries WHERE day BETWEEN ? AND ? GROUP BY day"
_YEARS: Final = "SELECT substr(day, 1, 4), count(*), id, max(place) FROM entries GROUP BY 1"


class SqliteStore:
    """The entries of one shop in one table."""

    def __init__(self, shop_folder: Path) -> None:
        self.shared = FileState(shop_folder)
        self.file = shop_folder / "journal" / "journal.sqlite"
        self._lock = self.file.with_name(".lock")
        """SQLite's own waiting is not fair: one busy writer can keep another out for seconds."""
        self._spare = shop_folder / "cache" / "journal.sqlite.copy"
        self._waiting: list[str] = []
        self._known: set[str] = set()

    def append(self, day: date, make: Make) -> StampChange | None:
        """Append in one transaction that nobody else writes during."""
        with self._writing() as database:
            before = _stamps(database, day, day).get(day)
            ids = [row[0] for row in database.execute("SELECT id FROM entries WHERE day = ?"
                                                      " ORDER BY place DESC", (str(day),))]  # fmt: skip
            entries = make(ids)
            new = [entry for entry in entries if entry.id not in set(ids)]
            rows = [(str(day), entry.id, json.dumps(row_of(entry), ensure_ascii=False)) for entry in new]
            database.executemany("INSERT INTO entries (day, id, row) VALUES (?, ?, ?)", rows)
            after = _stamps(database, day, day).get(day)
        return StampChange(before, after) if len(new) == len(entries) else None

    def read(self, day: date) -> StoredDay:
        """Return the day's entries and their stamp, of the same moment."""
        with self._reading() as database:
            if database is None:
                return StoredDay(None, ())
            database.execute("BEGIN")
            stamp = _stamps(database, day, day).get(day)
            rows = database.execute("SELECT row FROM entries WHERE day = ? ORDER BY place", (str(day),))
            entries = [entry_of(json.loads(row), day) for (row,) in rows]
        found = tuple(entry for entry in entries if entry is not None)
        if len(found) < len(entries):
            self._tell(f"{day}: {len(entries) - len(found)} cannot be read.")
        return StoredDay(stamp, found)

    def stamp(self, day: date) -> Stamp | None:
        """Return how many entries the day has and the last one's id: nothing else ever changes."""
        return self.stamps(day, day).get(day)

    def stamps(self, first: date, last: date) -> dict[date, Stamp]:
        """Return the stamp of each day, oldest first."""
        with self._reading() as database:
            return {} if database is None else _stamps(database, first, last)

    def years(self) -> dict[int, Stamp]:
        """Return how many entries each year has and the last one's id."""
        with self._reading() as database:
            rows = [] if database is None else database.execute(_YEARS).fetchall()
        return {int(year): (number, last) for year, number, last, _ in rows}

    def told(self) -> tuple[str, ...]:
        """Return what was wrong and has not been told yet."""
        waiting, self._waiting = tuple(self._waiting), []
        return waiting

    def checks(self, seconds: float) -> Iterator[StoreCheck]:
        """Yield whether anybody blocks it and whether the database is whole."""
        try:
            if self.file.exists():
                with self._writing(seconds):
                    pass
            yield StoreCheck("locks", "ok", say("Nobody is blocking the journal."))
            with self._reading() as database:
                said = "ok" if database is None else database.execute("PRAGMA quick_check").fetchone()[0]
            yield StoreCheck("journal", "ok" if said == "ok" else "bad", said)
        except CannotWrite as error:
            yield StoreCheck("locks", "bad", str(error))
        except BadInput as error:
            yield StoreCheck("journal", "bad", str(error))

    def copies(self) -> Iterator[tuple[str, Path]]:
        """Yield a copy made by SQLite: its file and its log belong together and change meanwhile."""
        with self._reading() as database:
            if database is None:
                return
            make_folder(self._spare.parent)
            os.close(open_to_group(str(self._spare), os.O_CREAT | os.O_RDWR | os.O_TRUNC))
            try:
                with closing(sqlite3.connect(self._spare)) as copy:
                    database.backup(copy)
                yield f"{self.file.parent.name}/{self.file.name}", self._spare
            finally:
                self._spare.unlink()

    def _opened(self) -> sqlite3.Connection:
        """Open the file, made for the group where there is none; hold the lock."""
        os.close(open_to_group(str(self.file), os.O_CREAT | os.O_RDWR))
        return sqlite3.connect(self.file, timeout=LOCK_SECONDS, isolation_level=None)

    def _tell(self, sentence: str) -> None:
        if sentence not in self._known:
            self._known.add(sentence)
            self._waiting.append(sentence)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection | None]:
        """Give the database; None while nobody has written anything."""
        try:
            if not self.file.exists():
                yield None
                return
            with closing(sqlite3.connect(self.file, timeout=LOCK_SECONDS, isolation_level=None)) as database:
                made = database.execute("SELECT 1 FROM sqlite_master WHERE name = 'of_day'").fetchone()
                yield database if made else None
        except (OSError, sqlite3.Error) as error:
            raise BadInput(
                say(
                    "{name} cannot be read: {reason}. Nothing was changed.", name=self.file.name, reason=error
                )
            ) from error

    @contextmanager
    def _writing(self, seconds: float = LOCK_SECONDS) -> Iterator[sqlite3.Connection]:
        """Give the database to one writer; what the block did is committed when it ends well."""
        try:
            with locked(self._lock, seconds=seconds), closing(self._opened()) as database:
                database.execute("PRAGMA journal_mode = WAL")
                database.execute("PRAGMA synchronous = FULL")
                database.execute("BEGIN IMMEDIATE")
                try:
                    for statement in _TABLE.strip().split(";\n"):
                        database.execute(statement)
                    yield database
                    database.execute("COMMIT")
                finally:
                    if database.in_transaction:
                        database.execute("ROLLBACK")
        except OSError as error:
            raise cannot_write(self.file, error) from error
        except sqlite3.Error as error:
            code = errno.ENOSPC if error.sqlite_errorcode == sqlite3.SQLITE_FULL else errno.EIO
            raise cannot_write(self.file, OSError(code, str(error))) from error


def _stamps(database: sqlite3.Connection, first: date, last: date) -> dict[date, Stamp]:
    rows = database.execute(_STAMPS, (str(first), str(last)))
    return {date.fromisoformat(day): (number, last_id) for day, number, last_id, _ in rows}
