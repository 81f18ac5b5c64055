"""Connections to one PostgreSQL server, shared by all journals of a process, and its errors as sentences.

A connection is lent to one call at a time and kept for the next one. Connections are not passed on to forked
children, and after any error a connection is closed, never used again.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Final, TypeAlias, TypeVar
from weakref import WeakSet

import psycopg
from psycopg import errors
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import PGconn, Ping

from core.errors import BadInput, BadSettings, CannotWrite, ShopdayError
from core.language.wording import excerpt, say
from core.storage.atomic_files import LOCK_SECONDS

Connection: TypeAlias = psycopg.Connection[tuple[Any, ...]]
T = TypeVar("T")

OLDEST: Final = 14
"""The oldest major version of PostgreSQL that is used: of 2021, the last one repaired until November 2026."""
_REST: Final = 10.0
"""Reading fails at once for this many times as long as the last attempt to connect took, so that a server
that refuses is asked again soon, and one that does not answer does not make a screen hang at each call."""
_KEPT: Final = 3
"""Connections kept open while nobody uses them."""
_OPTIONS: Final[dict[str, Any]] = {
    "application_name": "shopday",
    "client_encoding": "UTF8",
    "connect_timeout": 4,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
"""libpq settings unless the address has its own: a server that no longer answers is noticed in seconds."""


class NoServer(Exception):
    """Raised if there is no connection or it was lost; the text is a sentence."""


class Server:
    """The PostgreSQL server at one address."""

    def __init__(self, url: str) -> None:
        try:
            given: dict[str, Any] = dict(conninfo_to_dict(url))
        except psycopg.Error as error:  # its text may quote the password
            raise BadSettings(
                say("The address of PostgreSQL is not valid; write it as postgresql://user@host/database.")
            ) from error.with_traceback(None)
        self._conninfo = make_conninfo("", **{**_OPTIONS, **given})
        host = str(given.get("host") or os.environ.get("PGHOST") or "localhost")
        port = str(given.get("port") or os.environ.get("PGPORT") or 5432)
        self.place = f"{host}:{port}"
        """Host and port, for sentences."""
        self.account = str(given.get("user") or os.environ.get("PGUSER") or "")
        """The account on the server; empty: that of the system's user."""
        self._lock = threading.Lock()
        self._idle: list[Connection] = []
        self._failed: tuple[float, str] = (0.0, "")
        """Until when, by the monotonic clock, reading is not tried again, and the sentence about it."""
        self._own: set[int] = set()
        """The server's processes that have served this one."""

    @contextmanager
    def lent(self, *, patient: bool = True, fresh: bool = False) -> Iterator[Connection]:
        """Lend a connection in autocommit mode; raise NoServer if there is none or it breaks.

        ``patient``: try to connect even if that failed a moment ago. ``fresh``: do not use one that was kept.
        Other errors of psycopg are passed on.
        """
        connection = (None if fresh else self._kept()) or self._opened(patient=patient)
        try:
            yield connection
        except BaseException as error:
            lost = isinstance(error, psycopg.OperationalError) and _is_lost(connection, error)
            connection.close()
            if lost:
                raise NoServer(self._lost()) from error
            raise
        self._keep(connection)

    def repeated(self, ask: Callable[[Connection], T], *, patient: bool = True) -> T:
        """Return what ``ask`` returns; if the server was restarted meanwhile, ask it once more."""
        try:
            with self.lent(patient=patient) as connection:
                return ask(connection)
        except NoServer:
            self._forget_idle()
            with self.lent(patient=patient, fresh=True) as connection:
                return ask(connection)

    def connected(self) -> Connection:
        """Return a new connection in autocommit mode, which the caller closes; raise NoServer."""
        return self._opened(patient=True)

    def is_own(self, process: int) -> bool:
        """Return whether this process of the server has served this process of shopday."""
        return process in self._own

    @property
    def patience(self) -> str:
        """How long a writer waits for another one, in milliseconds, as a setting of PostgreSQL."""
        return str(round(LOCK_SECONDS * 1000))

    def refused(self, error: psycopg.Error, *, writing: bool) -> ShopdayError:
        """Return the error for the operator for an error the server sent."""
        kind = CannotWrite if writing else BadInput
        match error:
            case errors.LockNotAvailable():
                words = say(
                    "Somebody else has been writing for {seconds:.0f} seconds. "
                    "Nothing was changed; try again in a moment ({folder}).",
                    folder=self.place,
                    seconds=LOCK_SECONDS,
                )
            case errors.InsufficientPrivilege():
                words = say(
                    "PostgreSQL at {place} does not give the account {account} the rights to the journal. "
                    "Nothing was changed; ask whoever runs the server.",
                    place=self.place,
                    account=self.account or "?",
                )
            case errors.ReadOnlySqlTransaction():
                words = say(
                    "PostgreSQL at {place} only allows reading at the moment. Nothing was changed; ask "
                    "whoever runs the server.",
                    place=self.place,
                )
            case errors.DiskFull():
                words = say(
                    "The disk of PostgreSQL at {place} is full. Nothing was changed; ask whoever runs the "
                    "server.",
                    place=self.place,
                )
            case _:
                reason = error.diag.message_primary or type(error).__name__
                words = say(
                    "PostgreSQL at {place} refused: {reason}. Nothing was changed.",
                    place=self.place,
                    reason=excerpt(" ".join(reason.split()).rstrip("."), 120),
                )
        return kind(words)

    def abandon(self) -> None:
        """Forget all connections without closing them, because they belong to the parent process."""
        _of_parents.extend(self._idle)
        self._lock, self._idle, self._own = threading.Lock(), [], set()

    def _lost(self) -> str:
        return say(
            "The connection to PostgreSQL at {place} was lost. Nothing was changed; try again when the "
            "server is back.",
            place=self.place,
        )

    def _kept(self) -> Connection | None:
        with self._lock:
            return self._idle.pop() if self._idle else None

    def _keep(self, connection: Connection) -> None:
        with self._lock:
            if len(self._idle) < _KEPT:
                self._idle.append(connection)
                return
        connection.close()

    def _forget_idle(self) -> None:
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def _opened(self, *, patient: bool) -> Connection:
        until, words = self._failed
        if not patient and time.monotonic() < until:
            raise NoServer(words)
        begin = time.monotonic()
        try:
            connection = psycopg.connect(self._conninfo, autocommit=True)
        except psycopg.OperationalError as error:
            words, end = self._why_not(error), time.monotonic()
            self._failed = (end + _REST * (end - begin), words)
            raise NoServer(words) from error
        try:
            self._check(connection)
        except BaseException:
            connection.close()
            raise
        self._failed = (0.0, "")
        self._own.add(connection.info.backend_pid)
        return connection

    def _check(self, connection: Connection) -> None:
        """Raise BadSettings if the server is too old or its database cannot hold Chinese."""
        version = connection.info.server_version // 10_000
        if version < OLDEST:
            raise BadSettings(
                say(
                    "PostgreSQL at {place} is version {version}; shopday needs {oldest} or newer. Nothing "
                    "was changed.",
                    place=self.place,
                    version=version,
                    oldest=OLDEST,
                )
            )
        encoding = connection.info.parameter_status("server_encoding")
        if encoding != "UTF8":
            raise BadSettings(
                say(
                    "The database in PostgreSQL at {place} has the encoding {encoding}; create one with "
                    "UTF8.",
                    place=self.place,
                    encoding=encoding or "?",
                )
            )

    def _answers_unchecked(self) -> bool:
        """Return whether the server answers if its certificate is not checked; no password is sent to it."""
        known = conninfo_to_dict(self._conninfo)
        if known.get("sslmode") in (None, "disable", "allow", "prefer"):
            return False
        unchecked = make_conninfo(self._conninfo, sslmode="prefer")
        return PGconn.ping(unchecked.encode()) in (Ping.OK, Ping.REJECT)

    def _why_not(self, error: psycopg.OperationalError) -> str:
        """Return why no connection could be made, as a sentence."""
        ping = PGconn.ping(self._conninfo.encode())
        if ping == Ping.REJECT:
            return say(
                "PostgreSQL at {place} is starting or stopping. Nothing was changed; try again in a moment.",
                place=self.place,
            )
        lines = str(error).strip().splitlines()
        line = next((one for one in reversed(lines) if " failed: " in one), lines[-1])
        reason = line.rpartition(": ")[2].strip()
        if ping != Ping.OK and self._answers_unchecked():
            return say(
                "The connection to PostgreSQL at {place} is not secure: {reason}. Nothing was sent; check "
                "sslmode and sslrootcert in the address of PostgreSQL, or ask whoever runs the server.",
                place=self.place,
                reason=excerpt(reason, 120),
            )
        if ping != Ping.OK:
            return say(
                "PostgreSQL at {place} does not answer. Nothing was changed; try again when the server is "
                "back.",
                place=self.place,
            )
        return say(
            "PostgreSQL at {place} refused the account {account}: {reason}. Nothing was changed; check "
            "account, password and database in the address of PostgreSQL.",
            place=self.place,
            account=self.account or "?",
            reason=excerpt(reason, 120),
        )


@lru_cache(maxsize=8)
def server_at(url: str) -> Server:
    """Return the server at the address, the same for all journals of this process."""
    server = Server(url)
    _servers.add(server)
    return server


_servers: WeakSet[Server] = WeakSet()
_of_parents: list[Connection] = []
"""Connections of the parent process, kept from being closed by this one."""


def keep_for_parent(connection: Connection) -> None:
    """Never close this connection in a forked child, because the parent uses it."""
    _of_parents.append(connection)


def _abandon() -> None:
    for server in list(_servers):
        server.abandon()


os.register_at_fork(after_in_child=_abandon)


def _is_lost(connection: Connection, error: psycopg.OperationalError) -> bool:
    """Return whether the error means that the server cannot be reached, not that it refused something."""
    ended = (errors.AdminShutdown, errors.CrashShutdown, errors.CannotConnectNow, errors.IdleSessionTimeout)
    return connection.broken or isinstance(error, ended) or error.sqlstate is None
