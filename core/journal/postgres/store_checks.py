"""The checks of ``shopday doctor`` on a journal in PostgreSQL: rights, locks, and missing entries."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Final

from psycopg import errors

from core.errors import ShopdayError
from core.journal.day_files.dayfile import FORMAT
from core.journal.postgres import tables
from core.journal.postgres.server import Server
from core.journal.store import StoreCheck
from core.language.wording import say

_LOOK: Final = 0.02
"""Seconds between two looks at who holds a lock."""


class StoreChecks:
    """The checks of one shop's journal."""

    def __init__(
        self,
        server: Server,
        shop: str,
        fetched: Callable[[str, tuple[object, ...]], list[tuple[Any, ...]]],
    ) -> None:
        """``fetched``: returns the rows of a SELECT, and none if there are no tables."""
        self.server = server
        self.shop = shop
        self._fetched = fetched
        self._number = tables.lock_of(shop)

    def run(self, seconds: float) -> Iterator[StoreCheck]:
        """Yield the results; ``seconds``: how long others may hold a lock."""
        try:
            ((allowed,),) = self._fetched(tables.RIGHTS, ())
            if not allowed:
                refused = self.server.refused(errors.InsufficientPrivilege(), writing=False)
                yield StoreCheck("rights", "bad", str(refused))
                return
            yield self._blocked(seconds)
            yield self._whole()
        except ShopdayError as error:
            yield StoreCheck("journal", "bad", str(error))

    def _blocked(self, seconds: float) -> StoreCheck:
        """Check whether somebody holds the same lock of the journal for ``seconds``."""
        until, held = time.monotonic() + seconds, self._holders()
        while held and time.monotonic() < until:
            time.sleep(min(_LOOK, seconds))
            held &= self._holders()
        if held:
            words = say(
                "Somebody else has been writing for {seconds:.0f} seconds. "
                "Nothing was changed; try again in a moment ({folder}).",
                folder=self.server.place,
                seconds=seconds,
            )
            return StoreCheck("locks", "bad", words)
        return StoreCheck("locks", "ok", say("Nobody is blocking the journal."))

    def _holders(self) -> set[tuple[Any, ...]]:
        return set(self._fetched(tables.LOCKED, (self._number,)))

    def _whole(self) -> StoreCheck:
        """Check that no day lacks entries and that none was written by a newer shopday."""
        wrong = self._fetched(tables.WRONG_DAYS, (FORMAT, self.shop, FORMAT))
        if not wrong:
            return StoreCheck("journal", "ok", say("No damaged days."))
        day, is_newer = wrong[0]
        if is_newer:
            return StoreCheck("journal", "bad", newer(day))
        words = say(
            "In PostgreSQL entries of {day} are missing; ask whoever runs the server for a backup.",
            day=day.isoformat(),
        )
        return StoreCheck("journal", "bad", words)


def newer(day: date) -> str:
    """Return the sentence about a day that a newer shopday wrote."""
    return say(
        "{name} was written by a newer version of shopday. Update shopday; the file was not changed.",
        name=day.isoformat(),
    )
