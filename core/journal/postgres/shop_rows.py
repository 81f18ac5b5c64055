"""Statements on the rows of one shop that change: drafts, people present, sent messages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, NamedTuple, TypeVar

import psycopg
from psycopg import errors

from core.errors import BadInput, CannotWrite
from core.journal.postgres import tables
from core.journal.postgres.server import Connection, NoServer, Server

T = TypeVar("T")
NO_TABLES: Final = (errors.UndefinedTable, errors.InvalidSchemaName)
"""The errors of a server on which nobody has written yet, or only an older shopday."""


class ShopRows(NamedTuple):
    """One shop on a server."""

    server: Server
    shop: str

    def fetched(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Return the rows of a SELECT, none if there are no tables; raise BadInput if it cannot be asked."""
        return fetched(self.server, statement, (self.shop, *values))

    def written(self, write: Callable[[Connection], T], *, patient: bool = True) -> T:
        """Return what ``write`` returns, making the tables if there are none; it may be called again.

        Raise CannotWrite if the server cannot be reached or refuses. ``patient``: see :meth:`Server.lent`.
        """
        return written(self.server, write, make_tables, patient=patient)


def fetched(server: Server, statement: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
    """Return the rows of a SELECT, none if there are no tables; raise BadInput if it cannot be asked."""
    try:
        return server.repeated(lambda one: one.execute(statement.encode(), values).fetchall(), patient=False)
    except NO_TABLES:
        return []
    except NoServer as error:
        raise BadInput(str(error)) from error
    except psycopg.Error as error:
        raise server.refused(error, writing=False) from error


def written(
    server: Server,
    write: Callable[[Connection], T],
    make: Callable[[Connection], object],
    *,
    patient: bool = True,
) -> T:
    """Return what ``write`` returns, after ``make`` if its tables are missing; it may be called again.

    Raise CannotWrite if the server cannot be reached or refuses. ``patient``: see :meth:`Server.lent`.
    """
    with writing(server):
        try:
            return server.repeated(write, patient=patient)
        except NO_TABLES:
            server.repeated(make)
            return server.repeated(write, patient=patient)


@contextmanager
def writing(server: Server) -> Iterator[None]:
    """Turn the server's errors in the block into CannotWrite."""
    try:
        yield
    except NoServer as error:
        raise CannotWrite(str(error)) from error
    except psycopg.Error as error:
        raise server.refused(error, writing=True) from error


def make_tables(connection: Connection) -> None:
    """Create the tables that are missing."""
    with connection.transaction():
        connection.execute(tables.CREATE)
