"""What the journal asks of whatever keeps its days; one implementation per kind of storage.

:class:`core.journal.book.Book` does the rest: ids, times, what is held in memory. A store keeps entries as
they are given, in the order they are given.

One instance serves one process, several threads of it, and the children it forks: what cannot be shared by
them (a connection) is opened by the call that needs it. Where the storage cannot be reached or used each call
raises one sentence, CannotWrite or BadInput, and may be called again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple, Protocol, TypeAlias

from core.journal.entry import Entry
from core.language.message import Words

Stamp: TypeAlias = tuple[int | str, ...]
"""Changes whenever the day does; plain JSON, because caches keep it."""


class StoredDay(NamedTuple):
    """A day as it was read."""

    stamp: Stamp | None
    """Of exactly these entries; None when there is nothing of the day."""
    entries: tuple[Entry, ...]
    """In the order they were written."""


class StampChange(NamedTuple):
    """A day's stamps around one append, when nobody else wrote in between."""

    before: Stamp | None
    after: Stamp | None


class StoreCheck(NamedTuple):
    """One thing ``shopday doctor`` says about a store."""

    about: Literal["rights", "locks", "journal"]
    """rights: this person may read and write; locks: nobody blocks it; journal: what it holds is whole."""
    state: Literal["ok", "warn", "bad"]
    text: Words
    """What was found and, unless all is well, what to do; a sentence."""


Make: TypeAlias = Callable[[Iterable[str]], Sequence[Entry]]
"""Given the ids of the day, newest first, returns the entries to append."""


class Store(Protocol):
    """Where the days of one shop's journal are kept."""

    def append(self, day: date, make: Make) -> StampChange | None:
        """Append what ``make`` returns to the day: all of it or nothing, and nobody else writes meanwhile.

        On return the entries outlast a power cut. CannotWrite or BadInput: the day is as it was. An entry
        whose id the day has already is not written again, so a store that lost its connection while it
        committed calls itself again with the same entries; what ``make`` returned last is then in the day.
        None instead of a change when others may have written in between.
        """

    def read(self, day: date) -> StoredDay:
        """Return the day's entries. What cannot be used is kept, counts as empty, and :meth:`told` says so.

        BadInput when it cannot be read.
        """

    def stamp(self, day: date) -> Stamp | None:
        """Return the day's stamp, None when there is nothing of it; BadInput when nobody may look.

        Screens ask several times a minute, so it must be cheap: one stat of a file, or what a server has
        notified since the last call.
        """

    def stamps(self, first: date, last: date) -> dict[date, Stamp]:
        """Return the stamp of each day between the two that there is something of, oldest first."""

    def years(self) -> dict[int, Stamp]:
        """Return for each year with days what changes when one of its days does; cheaper than :meth:`stamps`.

        It may lag by a tick of the file system's clock: ask the days last written in for their own stamps.
        """

    def told(self) -> tuple[str, ...]:
        """Return what was wrong with what was read since last asked: each thing once, in one sentence."""

    def checks(self, seconds: float) -> Iterator[StoreCheck]:
        """Yield how the store is for this person: rights when they are wrong, locks and journal always.

        ``seconds``: how long it may be blocked by others before that is wrong. Changes nothing.
        """

    def copies(self) -> Iterator[tuple[str, Path]]:
        """Yield what a backup keeps: the name in the shop's folder, and the file or folder to copy it from.

        Each is complete until the next one is asked for, whoever writes meanwhile.
        """
