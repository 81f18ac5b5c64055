"""Drafts, people present and sent messages of one shop in PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from core.journal.drafts import persons
from core.journal.postgres import tables
from core.journal.postgres.draft_rows import draft_of, place_of, row_of
from core.journal.postgres.listener import listener_of
from core.journal.postgres.postgres_drafts import PostgresDrafts
from core.journal.postgres.postgres_presence import PostgresPresence
from core.journal.postgres.postgres_sent_log import PostgresSentLog
from core.journal.postgres.server import Connection, Server
from core.journal.postgres.shop_rows import ShopRows
from core.journal.shared_state import StateContents


class PostgresState:
    """The shared state of one shop; see :class:`core.journal.shared_state.SharedState`."""

    def __init__(self, server: Server, shop: str, folder: Path) -> None:
        self._rows = ShopRows(server, shop)
        self._folder = folder

    def drafts(self, who: str) -> PostgresDrafts:
        """Return this person's drafts."""
        return PostgresDrafts(self._rows, self._folder, who)

    def presence(self) -> PostgresPresence:
        """Return a new session's announcement."""
        return PostgresPresence(self._rows)

    def sent_log(self) -> PostgresSentLog:
        """Return the log of sent messages."""
        return PostgresSentLog(self._rows)

    def listen(self, heard: Callable[[], object]) -> Callable[[], None]:
        """Listen to the server's notifications."""
        return listener_of(self._rows.server).listen(self._rows.shop, heard)

    def settle(self) -> None:
        """Send the drafts that wait in this folder."""
        for person in persons(self._folder):
            PostgresDrafts(self._rows, self._folder, "", person=person).all()

    def contents(self) -> StateContents:
        """Return the drafts and the log."""
        drafts: dict[str, dict[str, str]] = {}
        for person, row in self._rows.fetched(tables.ALL_DRAFTS):
            if (draft := draft_of(row)) is not None:
                drafts.setdefault(person, {})[draft[0]] = draft[1]
        return StateContents(drafts, self.sent_log().sent())

    def replace(self, contents: StateContents) -> None:
        """Make the rows the same as these."""
        shop = self._rows.shop
        rows = [
            (*place_of(shop, person, key), row_of(key, text))
            for person, texts in contents.drafts.items()
            for key, text in texts.items()
        ]

        def put(connection: Connection) -> None:
            with connection.transaction(), connection.cursor() as cursor:
                cursor.execute(tables.DROP_DRAFTS, (shop,))
                cursor.executemany(tables.SAVE_DRAFT, rows)

        self._rows.written(put)
        self.sent_log().replace(contents.sent)

    def moved(self, contents: StateContents) -> None:
        """Do nothing: a later move back replaces the rows."""
