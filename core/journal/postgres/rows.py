"""Statements on the rows of one shop that change: drafts, people present, sent messages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple, TypeVar

import psycopg
from psycopg import errors

from core.errors import BadInput, CannotWrite
from core.journal.postgres import tables
from core.journal.postgres.server import Connection, NoServer, Server

T = TypeVar("T")
NO_TABLES: Final = (errors.UndefinedTable, errors.InvalidSchemaName)
"""The errors of a server on which nobody has written yet, or only an older shopday."""


class Rows(NamedTuple):
    """One shop on a server."""

    server: Server
    shop: str

    def fetched(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Return the rows of a SELECT; raise BadInput if the server cannot be asked."""
        return self.asked(
            lambda one: one.execute(statement, (self.shop, *values)).fetchall(), writing=False, patient=False
        )

    def asked(self, ask: Callable[[Connection], T], *, writing: bool = True, patient: bool = True) -> T:
        """Return what ``ask`` returns, making the tables if there are none; it may be called again.

        ``writing``: raise CannotWrite, else BadInput. ``patient``: see :meth:`Server.lent`.
        """
        try:
            try:
                return self.server.repeated(ask, patient=patient)
            except NO_TABLES:
                self.server.repeated(make_tables)
                return self.server.repeated(ask, patient=patient)
        except NoServer as error:
            raise (CannotWrite if writing else BadInput)(str(error)) from error
        except psycopg.Error as error:
            raise self.server.refused(error, writing=writing) from error


def make_tables(connection: Connection) -> None:
    """Create the tables that are missing."""
    with connection.transaction():
        connection.execute(tables.CREATE)
