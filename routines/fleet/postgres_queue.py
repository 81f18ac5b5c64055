"""The queue of shops in PostgreSQL, for workers on several machines.

A row is a shop with work. Taking one locks its row with ``FOR UPDATE SKIP LOCKED`` for a moment, so that
workers who ask at the same time get different shops, and takes an advisory lock of the session, which lasts
as long as the job. If the worker or its machine dies, PostgreSQL ends the session and the lock is free at
once: no heartbeat is needed, no transaction stays open during a job, and no worker waits for another one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeVar

from core.journal.postgres.address import server_address
from core.journal.postgres.server import Connection, Server, server_at
from core.journal.postgres.shop_rows import NO_TABLES, writing
from core.journal.postgres.tables import lock_of
from routines.fleet.fleet import Fleet

T = TypeVar("T")

_CREATE: Final = """
SELECT pg_advisory_xact_lock(1936224112);
CREATE SCHEMA IF NOT EXISTS shopday;
CREATE TABLE IF NOT EXISTS shopday.worker_job (
    board text, shop text, number bigint GENERATED ALWAYS AS IDENTITY,
    since timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (board, shop)
);
"""
_WANT: Final = """
INSERT INTO shopday.worker_job (board, shop) SELECT %s, unnest(%s::text[]) ON CONFLICT DO NOTHING
"""
_NEXT: Final = """
SELECT shop FROM shopday.worker_job WHERE board = %s AND shop = ANY(%s) AND shop <> ALL(%s)
ORDER BY number LIMIT 1 FOR UPDATE SKIP LOCKED
"""
_LOCK: Final = "SELECT pg_try_advisory_lock(%s, %s)"
_UNLOCK: Final = "SELECT pg_advisory_unlock(%s, %s)"
_DONE: Final = "DELETE FROM shopday.worker_job WHERE board = %s AND shop = %s"
_NUMBER: Final = 1936224113
"""The first number of the workers' advisory locks; the second is the shop's."""


class PostgresQueue:
    """The queue of one worker's shops in a database that several workers share."""

    def __init__(self, server: Server, board: str, shops: Mapping[str, Path]) -> None:
        """Open the queue of the board's shops; a worker takes only jobs of the ``shops`` that it knows."""
        self._server = server
        self._board = board
        self._shops = shops

    def want(self, shops: Iterable[str]) -> None:
        """Add the shops that are not in the queue yet; raise CannotWrite if the server cannot be used."""
        keys = sorted(shops)
        if not keys:
            return
        with writing(self._server):
            self._server.repeated(
                lambda connection: self._made(
                    connection, lambda: connection.execute(_WANT, (self._board, keys))
                )
            )

    @contextmanager
    def taken(self) -> Iterator[str | None]:
        """Hold the first shop that no other worker holds; raise CannotWrite if the server cannot be used.

        If the block raises an error, the connection is closed and the shop stays in the queue.
        """
        with writing(self._server), self._server.lent() as connection:
            key = self._made(connection, lambda: self._next(connection))
            yield key
            if key is not None:
                connection.execute(_DONE, (self._board, key))
                connection.execute(_UNLOCK, self._lock(key))

    def _next(self, connection: Connection) -> str | None:
        held_by_others: list[str] = []
        while True:
            with connection.transaction():
                row = connection.execute(_NEXT, (self._board, list(self._shops), held_by_others)).fetchone()
                if row is None:
                    return None
                key = str(row[0])
                ((free,),) = connection.execute(_LOCK, self._lock(key)).fetchall()
            if free:
                return key
            held_by_others.append(key)

    def _lock(self, key: str) -> tuple[int, int]:
        """Return the numbers of the shop's advisory lock."""
        return _NUMBER, lock_of(f"{self._board}/{key}")

    @staticmethod
    def _made(connection: Connection, ask: Callable[[], T]) -> T:
        """Return what ``ask`` returns, after making the table if there is none yet."""
        try:
            return ask()
        except NO_TABLES:
            with connection.transaction():
                connection.execute(_CREATE)
            return ask()


def postgres_queue(fleet: Fleet) -> PostgresQueue:
    """Return the queue in the database that has the fleet's board."""
    server = server_at(server_address(fleet.folder))
    return PostgresQueue(server, fleet.board.name, fleet.shops)
