"""The log of sent messages in PostgreSQL, for several servers: nothing is sent twice.

The sender holds an advisory lock. Should that be lost together with the connection, the unique key of the
message and its round still lets only one of two senders write that it is going to send.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict

import psycopg

from core.errors import BadInput, CannotPost, CannotWrite
from core.journal.postgres import tables
from core.journal.postgres.server import Connection, NoServer
from core.journal.postgres.shop_rows import ShopRows, make_tables
from core.language.sanitize import json_text
from core.language.wording import say
from core.shop.sent_log import OpenLog, Sent, sent_of
from core.storage.decoding import json_in


class PostgresSentLog:
    """The log of one shop; see :class:`core.shop.sent_log.SentLog`."""

    def __init__(self, rows: ShopRows) -> None:
        self._rows = rows
        self.place = f"PostgreSQL ({rows.server.place})"

    def sent(self) -> tuple[Sent, ...]:
        """Return the log, oldest entry first; raise CannotPost if it cannot be read."""
        try:
            return tuple(sent_of(json_in(entry, "sent")) for (entry,) in self._rows.fetched(tables.SENT))
        except BadInput as error:
            raise CannotPost(
                say(
                    "{why} It is not known what was sent before, so nothing was sent.",
                    why=str(error),
                )
            ) from error
        except (ValueError, KeyError, TypeError) as error:
            raise CannotPost(
                say(
                    "The log of sent messages in {place} cannot be understood, so it is not known what was "
                    "sent before. Nothing was sent; ask whoever runs the server.",
                    place=self.place,
                )
            ) from error

    @contextmanager
    def sending(self) -> Iterator[OpenLog]:
        """Hold the lock on a connection of its own."""
        server, number = self._rows.server, tables.lock_of(self._rows.shop)
        self._rows.written(make_tables)
        try:
            connection = server.connected()
        except NoServer as error:
            raise CannotPost(str(error)) from error
        try:
            try:
                connection.execute(tables.LOCK_SENT, (server.patience, number))
            except psycopg.Error as error:
                raise server.refused(error, writing=True) from error
            yield _OpenRows(self._rows, self.sent())
        finally:
            with suppress(psycopg.Error):
                connection.execute(tables.UNLOCK_SENT, (number,))
            connection.close()

    def replace(self, entries: Iterable[Sent]) -> None:
        """Replace the whole log, because it was moved here."""
        rounds: dict[str, int] = {}
        rows = []
        for place, entry in enumerate(entries):
            rounds[entry.id] = rounds.get(entry.id, 0) + 1
            rows.append((self._rows.shop, place, entry.id, rounds[entry.id], "", _text(entry)))

        def put(connection: Connection) -> None:
            with connection.transaction(), connection.cursor() as cursor:
                cursor.execute(tables.DROP_SENT, (self._rows.shop,))
                cursor.executemany(tables.ADD_SENT, rows)

        self._rows.written(put)


class _OpenRows:
    """The log while its lock is held."""

    def __init__(self, rows: ShopRows, sent: tuple[Sent, ...]) -> None:
        self._rows = rows
        self.sent = sent

    def add(self, entry: Sent) -> None:
        """Insert the entry's row, unless somebody else has done that for this message."""
        number = 1 + sum(one.id == entry.id for one in self.sent)
        place, sender = (self._rows.shop, len(self.sent)), os.urandom(8).hex()

        def put(connection: Connection) -> bool:
            connection.execute(tables.ADD_SENT, (*place, entry.id, number, sender, _text(entry)))
            return connection.execute(tables.SENDER, place).fetchone() == (sender,)

        try:
            mine = self._rows.written(put)
        except CannotWrite as error:
            if not isinstance(error.__cause__, NoServer):
                raise
            raise CannotPost(
                say(
                    "The connection to PostgreSQL at {place} was lost before sending began. Nothing was "
                    "sent. When the server is back, send it again; if that is refused, add --again.",
                    place=self._rows.server.place,
                )
            ) from error
        if not mine:
            raise CannotPost(
                say(
                    "Somebody else has just begun to send a report of this shop. Nothing was sent; see in a "
                    "minute whether it arrived."
                )
            )
        self.sent = (*self.sent, entry)

    def update(self, entry: Sent) -> None:
        """Update the row of the last entry."""
        values = (_text(entry), self._rows.shop, len(self.sent) - 1)
        self._rows.written(lambda one: one.execute(tables.UPDATE_SENT, values))
        self.sent = (*self.sent[:-1], entry)


def _text(entry: Sent) -> str:
    return json_text({**asdict(entry), "tries": list(entry.tries)})
