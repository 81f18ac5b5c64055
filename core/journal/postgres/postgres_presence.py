"""Who has the shop open on any server: one row for each session, valid by the database's own clock."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from typing import Any

from core.errors import BadInput, CannotWrite
from core.journal.entry_codec import plain
from core.journal.postgres import tables
from core.journal.postgres.listener import Listener, listener_of
from core.journal.postgres.server import Connection
from core.journal.postgres.shop_rows import ShopRows
from core.shop.presence import STALE, Present, lives

_AGE = 2.0
"""Seconds for which the others are not asked for again while nobody listens."""
_LONGEST = 60.0
"""The same while changes are notified: sessions that ended without a word are then noticed."""


class PostgresPresence:
    """Announces this session and lists the others; see :class:`core.shop.presence.Presence`.

    Errors are ignored: while the server does not answer, nobody is shown as present.
    """

    def __init__(self, rows: ShopRows) -> None:
        self._rows = rows
        self._listener: Listener = listener_of(rows.server)
        self._host = os.uname().nodename
        self._session = f"{self._host}-{os.getpid()}-{os.urandom(4).hex()}"
        self._me = ""
        self._shown: tuple[str, str] | None = None
        self._found: tuple[tuple[int, int] | None, float, list[tuple[Any, ...]]] | None = None

    def show(self, who: str, step: str) -> None:
        """Announce that this person is at this step; writes nothing if unchanged."""
        if self._shown == (who, step):
            return
        self._me = who
        if self._told(tables.SHOW, self._row(who, step)):
            self._shown = (who, step)
            self._told(tables.SWEEP, (self._rows.shop, STALE))

    def touch(self) -> None:
        """Show that this session is still alive, also after a time in which its row was swept."""
        if self._shown is not None:
            self._told(tables.SHOW, self._row(*self._shown), notify=False)

    def leave(self) -> None:
        """Delete this session's row."""
        if self._shown is not None:
            self._told(tables.LEAVE, (self._rows.shop, self._session))
        self._shown = None

    def twice(self) -> bool:
        """Return whether this person has another session open."""
        return any(one.who == self._me for one in self._sessions())

    def others(self) -> tuple[Present, ...]:
        """Return the people in other sessions, sorted by name, without this person's own sessions."""
        return tuple(sorted({one for one in self._sessions() if one.who != self._me}))

    def stamp(self) -> object:
        """Return who is there, because that is all that can change."""
        return self._sessions()

    def _row(self, who: str, step: str) -> tuple[object, ...]:
        name = plain(who).replace("\0", "")
        return (self._rows.shop, self._session, name, step, self._host, os.getpid())

    def _sessions(self) -> tuple[Present, ...]:
        version, now = self._listener.version(self._rows.shop, tables.PEOPLE), time.monotonic()
        if (
            self._found is None
            or self._found[0] != version
            or now - self._found[1] > (_LONGEST if version is not None else _AGE)
        ):
            rows: list[tuple[Any, ...]] = []
            with suppress(BadInput):
                rows = self._rows.fetched(tables.PRESENT, self._session, STALE)
            self._found = (version, now, rows)
        found = [row for row in self._found[2] if row[3] != self._host or lives(row[3], row[4])]
        return tuple(Present(who, step) for _, who, step, _, _ in found)

    def _told(self, statement: str, values: tuple[object, ...], *, notify: bool = True) -> bool:
        """Execute the statement, notify the others, and return whether the server answered."""

        def tell(connection: Connection) -> None:
            with connection.transaction():
                connection.execute(statement.encode(), values)
                if notify:
                    connection.execute(
                        tables.NOTIFY, (tables.PEOPLE_CHANNEL, tables.shop_news(self._rows.shop))
                    )

        try:
            self._rows.written(tell, patient=False)
        except CannotWrite:
            return False
        return True
