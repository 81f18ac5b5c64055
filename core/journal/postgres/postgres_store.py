"""A journal store in PostgreSQL: the entries of many shops in one table, keyed by shop and day.

Every write is one transaction that holds the day's advisory lock, inserts entries and notifies whoever
listens. Readers take no lock. What an append confirmed is committed; while the server cannot be reached, what
was read before is still shown, and nothing is written.
"""

from __future__ import annotations

import shutil
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

import psycopg
from psycopg import errors

from core.errors import BadInput, CannotWrite, NotConfirmed
from core.journal.day_files.dayfile import FORMAT
from core.journal.day_files.file_store import FileStore
from core.journal.entry import Entry
from core.journal.entry_codec import entry_of, row_of
from core.journal.move_marks import refusal_of
from core.journal.postgres import tables
from core.journal.postgres.listener import listener_of
from core.journal.postgres.postgres_state import PostgresState
from core.journal.postgres.server import Connection, NoServer, Server
from core.journal.postgres.shop_rows import NO_TABLES, make_tables
from core.journal.postgres.store_checks import StoreChecks, newer
from core.journal.shared_state import FileState
from core.journal.store import Make, Stamp, StampChange, StoreCheck, StoredDay, unchanged
from core.language.sanitize import json_text
from core.language.wording import plural, say
from core.storage.decoding import json_in

T = TypeVar("T")

_REMEMBERED: Final = 200
"""Answers of the server kept for the time when it cannot be reached."""
_AGE: Final = 15.0
"""Seconds after which the server is asked again although it has notified nothing: a connection may be dead
without this being known."""
_COPY: Final = "journal.copy"
"""The folder in the shop's cache for the day files that a backup copies."""


class _Kept(NamedTuple):
    """What the server answered, and when."""

    rows: list[tuple[Any, ...]]
    version: tuple[int, int] | None
    """The listener's version from just before the server was asked."""
    at: float

    def is_current(self, version: tuple[int, int] | None) -> bool:
        """Return whether the server would answer the same now, as far as it has notified of changes."""
        return version is not None and version == self.version and time.monotonic() - self.at < _AGE


class _Before(NamedTuple):
    """A day before an append, read while nobody else can write."""

    entries: int
    top: int
    last: str
    format: int
    mark: str | None
    ids: list[str]

    @property
    def stamp(self) -> Stamp | None:
        return (self.entries, self.last) if self.entries else None


class PostgresStore:
    """The journal of one shop in PostgreSQL."""

    def __init__(self, server: Server, shop: str, folder: Path, *, marked: bool = False) -> None:
        """Open the journal with the key ``shop``.

        ``folder``: the shop's folder, for backups. ``marked``: read it even if a move has marked it.
        """
        self.server = server
        self.shop = shop
        self.folder = folder
        self.shared = PostgresState(server, shop, folder)
        self._listener = listener_of(server)
        self._number = tables.lock_of(shop)
        self._answers: OrderedDict[tuple[object, ...], _Kept] = OrderedDict()
        self._unmarked = marked
        """Whether reading need not look for a mark (any more); writing always looks."""
        self._offline = False
        self._waiting: list[str] = []
        self._known: set[str] = set()

    def append(self, day: date, make: Make) -> StampChange | None:
        """Append entries in one transaction; raise CannotWrite if that is not possible.

        If the connection is lost during the commit, a new one is used to see whether the entries are there.
        NotConfirmed is raised only if the server cannot be asked.
        """
        return self._written(day, make, marked=False)

    def append_marked(self, day: date, make: Make) -> StampChange | None:
        """Append as :meth:`append` does, although a move has marked the journal."""
        return self._written(day, make, marked=True)

    def mark(self) -> str:
        """Return what a move has marked the journal with; empty if it is not marked."""
        found = self._fetched(tables.MARK, (self.shop,))
        return str(found[0][0]) if found else ""

    def set_mark(self, mark: str) -> None:
        """Mark the journal, or remove the mark, once all writers have finished."""

        def marked(connection: Connection) -> None:
            with connection.transaction():
                connection.execute(tables.LOCK_ALL, (self.server.patience, self._number))
                if mark:
                    connection.execute(tables.SET_MARK, (self.shop, mark))
                else:
                    connection.execute(tables.NO_MARK, (self.shop,))

        self._done(lambda: self.server.repeated(marked))

    def read(self, day: date) -> StoredDay:
        """Return the day's entries and their stamp, of the same moment."""
        found = self._asked(day.isoformat(), ("day", day), tables.READ, (self.shop, day))
        if not found:
            return StoredDay(None, ())
        ((number, last, form, rows),) = found
        stamp: Stamp = (number, last)
        if form > FORMAT:
            self._tell(newer(day))
            return StoredDay(stamp, ())
        entries = tuple(entry for entry in (_entry(row, day) for row in rows) if entry is not None)
        if len(entries) < number:
            self._tell(
                plural(
                    "{day}: {n} entry in PostgreSQL could not be read and is left out.",
                    "{day}: {n} entries in PostgreSQL could not be read and are left out.",
                    number - len(entries),
                    day=day.isoformat(),
                )
            )
        return StoredDay(stamp, entries)

    def stamp(self, day: date) -> Stamp | None:
        """Return how many entries the day has and the last one's id, since entries are only ever added."""
        return self.stamps(day, day).get(day)

    def stamps(self, first: date, last: date) -> dict[date, Stamp]:
        """Return the stamp of each day from ``first`` to ``last``, oldest first."""
        part = first.isoformat() if first == last else tables.ANY_DAY
        found = self._asked(part, ("stamps", first, last), tables.STAMPS, (self.shop, first, last))
        return {day: (number, entry) for day, number, entry in found}

    def years(self) -> dict[int, Stamp]:
        """Return, for each year, how many entries and days it has, and the last id."""
        found = self._asked(tables.ANY_DAY, ("years",), tables.YEARS, (self.shop,))
        return {year: (number, days, last) for year, number, days, last in found}

    def told(self) -> tuple[str, ...]:
        """Return messages about the connection and about unreadable entries since the last call."""
        waiting, self._waiting = tuple(self._waiting), []
        return waiting

    def checks(self, seconds: float) -> Iterator[StoreCheck]:
        """Yield the results of three checks: the account's rights, who holds a lock, and missing entries."""
        yield from StoreChecks(self.server, self.shop, self._fetched).run(seconds)

    def copies(self) -> Iterator[tuple[str, Path]]:
        """Yield a folder with one file per day, the drafts and the log, as shops without a server have them.

        Raise BadInput if a newer shopday wrote a day, because this one cannot copy it.
        """
        copy = self.folder / "cache" / _COPY
        shutil.rmtree(copy, ignore_errors=True)
        files = FileStore(copy)
        try:
            for day in self.stamps(date.min, date.max):
                read = self.read(day)
                if read.stamp is not None and not read.entries:
                    raise BadInput(newer(day))
                files.append(day, unchanged(read.entries))
            yield from files.copies()
            self.shared.settle()
            yield from FileState(copy).copies(self.shared.contents())
        finally:
            shutil.rmtree(copy, ignore_errors=True)

    def _written(self, day: date, make: Make, *, marked: bool) -> StampChange | None:
        given: list[Entry] = []

        def kept(ids: Iterable[str]) -> Sequence[Entry]:
            given[:] = make(ids)
            return given

        def once(connection: Connection) -> StampChange | None:
            if given and self._is_there(connection, day, given):
                return None
            return self._append(connection, day, kept, marked=marked)

        try:
            return self._done(lambda: self.server.repeated(once))
        except _Lost as error:
            raise (self._in_doubt() if given else CannotWrite(str(error))) from error

    def _done(self, write: Callable[[], T]) -> T:
        """Return what ``write`` returns, after making the tables if there are none yet.

        Raise _Lost if there is no connection, and CannotWrite if the server refuses.
        """
        try:
            try:
                done = write()
            except NO_TABLES:
                self.server.repeated(make_tables)
                done = write()
        except NoServer as error:
            self._lost()
            raise _Lost(str(error)) from error
        except psycopg.Error as error:
            raise self.server.refused(error, writing=True) from error
        self._online()
        return done

    def _append(self, connection: Connection, day: date, make: Make, *, marked: bool) -> StampChange | None:
        before = self._locked(connection, day)
        if before.mark and not marked:
            raise CannotWrite(refusal_of(before.mark, self.folder))
        if before.format > FORMAT:
            raise BadInput(newer(day))

        def ids() -> Iterator[str]:
            yield from before.ids
            if len(before.ids) < before.entries:
                yield from (row[0] for row in connection.execute(tables.EARLIER, (self.shop, day)))

        entries = make(ids())
        if not entries:
            connection.execute("ROLLBACK")
            return StampChange(before.stamp, before.stamp)
        values = {
            "shop": self.shop,
            "day": day,
            "top": before.top,
            "ids": [entry.id for entry in entries],
            "entries": [json_text(row_of(entry)) for entry in entries],
            "format": FORMAT,
        }
        news = tables.shop_news(self.shop, day)
        with connection.pipeline():
            written = connection.execute(tables.APPEND, values)
            connection.execute(tables.NOTIFY, (tables.CHANNEL, news))
            connection.execute("COMMIT")
        self._listener.changed(self.shop, day.isoformat(), tables.ANY_DAY)
        after = written.fetchone()
        if after is None or after[0] != before.entries + len(entries):
            return None
        return StampChange(before.stamp, (after[0], after[1]))

    def _locked(self, connection: Connection, day: date) -> _Before:
        """Begin a transaction in which nobody else writes the day, and return what the day has."""
        with connection.pipeline():
            connection.execute("BEGIN")
            lock = (self.server.patience, self._number, self._number, tables.lock_of_day(day))
            connection.execute(tables.LOCK, lock)
            state = connection.execute(tables.BEFORE, (self.shop, day))
        row = state.fetchone()
        if row is None:  # the statement always returns a row
            raise errors.InternalError_
        return _Before(*row)

    def _is_there(self, connection: Connection, day: date, entries: Sequence[Entry]) -> bool:
        """Return whether the entries of an earlier attempt are there, once that attempt has ended."""
        self._locked(connection, day)
        (number,) = connection.execute(
            tables.THERE, (self.shop, day, [entry.id for entry in entries])
        ).fetchone() or (0,)
        connection.execute("ROLLBACK")
        return bool(number)

    def _asked(
        self, part: str, question: tuple[object, ...], statement: str, values: tuple[object, ...]
    ) -> list[tuple[Any, ...]]:
        """Return the statement's rows.

        The server is not asked again while it notifies of changes and ``part`` has not changed. While it
        cannot be reached, return what it answered last time.
        """
        kept, version = self._answers.get(question), self._listener.version(self.shop, part)
        if kept is not None and not self._offline and kept.is_current(version):
            return kept.rows
        try:
            if not self._unmarked:
                if mark := self.mark():
                    raise BadInput(refusal_of(mark, self.folder))
                self._unmarked = True
            found = self._fetched(statement, values)
        except _Unreachable:
            if kept is None:
                raise
            self._lost()
            return kept.rows
        self._online()
        self._answers[question] = _Kept(found, version, time.monotonic())
        self._answers.move_to_end(question)
        while len(self._answers) > _REMEMBERED:
            self._answers.popitem(last=False)
        return found

    def _fetched(self, statement: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
        """Return the statement's rows; none if nobody has written anything yet."""
        try:
            return self.server.repeated(lambda one: one.execute(statement, values).fetchall(), patient=False)
        except NO_TABLES:
            return []
        except NoServer as error:
            raise _Unreachable(str(error)) from error
        except psycopg.Error as error:
            raise self.server.refused(error, writing=False) from error

    def _in_doubt(self) -> NotConfirmed:
        return NotConfirmed(
            say(
                "The connection to PostgreSQL at {place} was lost while saving. When the server is back, see "
                "whether the entry is there before you save it again.",
                place=self.server.place,
            )
        )

    def _lost(self) -> None:
        if not self._offline:
            self._offline = True
            self._waiting.append(
                say(
                    "PostgreSQL at {place} does not answer. You see what was read before; what you type "
                    "is kept as a draft.",
                    place=self.server.place,
                )
            )

    def _online(self) -> None:
        if self._offline:
            self._offline = False
            self._waiting.append(
                say("PostgreSQL at {place} answers again; you can save.", place=self.server.place)
            )

    def _tell(self, sentence: str) -> None:
        if sentence not in self._known:
            self._known.add(sentence)
            self._waiting.append(sentence)


class _Unreachable(BadInput):
    """Raised by reading if the server cannot be reached."""


class _Lost(CannotWrite):
    """Raised by writing if there is no connection or it was lost."""


def _entry(row: str, day: date) -> Entry | None:
    """Return the entry; None if the text is not one, e.g. because somebody changed it by hand."""
    try:
        document = json_in(row, "journal")
    except ValueError:
        return None
    return entry_of(document, day) if isinstance(document, dict) else None
