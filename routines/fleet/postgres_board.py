"""The rows of a board in PostgreSQL, for shops that are worked on by several servers.

The address is that of the journals: the environment variable SHOPDAY_JOURNAL_URL, else ``url`` below
``[journal]`` in a secrets.toml beside fleet.toml.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Final

from core.errors import BadSettings
from core.journal.postgres.address import LONGEST_KEY, server_address
from core.journal.postgres.server import Connection, Server, server_at
from core.journal.postgres.shop_rows import fetched, written
from core.language.message import Words
from core.language.sanitize import json_text
from core.language.wording import say
from core.storage.decoding import json_in
from routines.fleet.board_row import BoardRow, row_data
from routines.fleet.fleet import Fleet
from routines.fleet.stored_rows import stored_row, with_failure

CREATE: Final = """
SELECT pg_advisory_xact_lock(1936224112);
CREATE SCHEMA IF NOT EXISTS shopday;
CREATE TABLE IF NOT EXISTS shopday.board_row (
    board text, shop text, row text NOT NULL, written timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (board, shop)
);
"""
WRITE: Final = """
INSERT INTO shopday.board_row (board, shop, row) VALUES (%s, %s, %s)
ON CONFLICT (board, shop) DO UPDATE SET row = excluded.row, written = now()
"""
ONE: Final = "SELECT row FROM shopday.board_row WHERE board = %s AND shop = %s FOR UPDATE"
ALL: Final = "SELECT shop, row FROM shopday.board_row WHERE board = %s"


def postgres_board(fleet: Fleet, *, now: Callable[[], datetime]) -> PostgresBoard:
    """Return the board in PostgreSQL; raise BadSettings if its address or name is missing."""
    name = fleet.board.name
    if not name or len(name) > LONGEST_KEY or not name.isprintable():
        raise BadSettings(
            say(
                "{file}: board.name must be a name of 1 to {most} characters; it keeps the boards in "
                "PostgreSQL apart.",
                file=fleet.file.name,
                most=LONGEST_KEY,
            )
        )
    return PostgresBoard(server_at(server_address(fleet.folder)), name, fleet, now=now)


class PostgresBoard:
    """The rows of one board, in one table with those of other boards."""

    def __init__(self, server: Server, name: str, fleet: Fleet, *, now: Callable[[], datetime]) -> None:
        self.server = server
        self.name = name
        self.fleet = fleet
        self._now = now

    def write(self, shop_key: str, row: BoardRow[Words]) -> None:
        """Replace the shop's row, and forget an earlier failure; raise CannotWrite if that fails."""
        text = json_text(row_data(row))
        written(self.server, lambda one: one.execute(WRITE, (self.name, shop_key, text)), _create)

    def failed(self, shop_key: str, words: Words) -> None:
        """Keep why computing the shop's row failed, beside its last row; raise CannotWrite if that fails."""

        def add(connection: Connection) -> None:
            with connection.transaction():
                found = connection.execute(ONE, (self.name, shop_key)).fetchone()
                before: object = None
                if found is not None:
                    with suppress(ValueError):
                        before = json_in(found[0], self.server.place)
                text = json_text(with_failure(before, words, self._now()))
                connection.execute(WRITE, (self.name, shop_key, text))

        written(self.server, add, _create)

    def rows(self) -> list[BoardRow[Words]]:
        """Return one row for each shop of the fleet, in its order; empty rows for shops without one.

        Raise BadInput if the server cannot be reached or refuses.
        """
        known: dict[str, str] = dict(fetched(self.server, ALL, (self.name,)))
        return [
            stored_row(key, known[key], self.server.place) if key in known else BoardRow(key=key)
            for key in self.fleet.shops
        ]


def _create(connection: Connection) -> None:
    with connection.transaction():
        connection.execute(CREATE)
