"""The interface between the journal and its storage; one implementation per kind of storage.

:class:`core.journal.book.Book` handles ids, times and caching. A store keeps entries unchanged, in the order
given.

A process, its threads and the children it forks share one instance, so anything that cannot be shared (such
as a connection) is opened by the call that needs it. If the storage is unavailable, each call raises
CannotWrite or BadInput with a one-sentence message; the call may then be repeated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple, Protocol, TypeAlias

from core.journal.entry import Entry
from core.journal.shared_state import MovableState, SharedState
from core.language.message import Words

Stamp: TypeAlias = tuple[int | str, ...]
"""A value that changes whenever the day does; plain JSON, because caches store it."""


class StoredDay(NamedTuple):
    """A day as read from the store."""

    stamp: Stamp | None
    """The stamp of exactly these entries; None if the day has no entries."""
    entries: tuple[Entry, ...]
    """The entries in the order they were written."""


class StampChange(NamedTuple):
    """A day's stamps before and after an append during which nobody else wrote."""

    before: Stamp | None
    after: Stamp | None


class StoreCheck(NamedTuple):
    """One result of ``shopday doctor`` about a store."""

    about: Literal["rights", "locks", "journal"]
    """rights: whether this person can read and write the store; locks: whether others block it; journal:
    whether its content is intact."""
    state: Literal["ok", "warn", "bad"]
    text: Words
    """What was found and, unless the state is "ok", what to do; a sentence."""


Make: TypeAlias = Callable[[Iterable[str]], Sequence[Entry]]
"""A function that gets the ids of the day, newest first, and returns the entries to append."""


def unchanged(entries: Sequence[Entry]) -> Make:
    """Return a function for :meth:`Store.append` that appends these entries as they are."""
    return lambda _: entries


class Store(Protocol):
    """The storage of one shop's journal."""

    @property
    def shared(self) -> SharedState:
        """What people who share the shop need besides the entries."""

    def append(self, day: date, make: Make) -> StampChange | None:
        """Append what ``make`` returns to the day atomically, while nobody else can write.

        When the call returns, the entries survive a power cut. On CannotWrite or BadInput the day is
        unchanged. Return the day's stamps before and after the append; None if somebody else may have written
        between the two.

        An entry whose id the day already has is not written again. A store that loses its connection during a
        commit may therefore repeat the append; the day then contains what the last call of ``make`` returned.
        """

    def read(self, day: date) -> StoredDay:
        """Return the day's entries; raise BadInput if they cannot be read.

        Unusable data is kept but counts as empty; :meth:`told` then returns a message.
        """

    def stamp(self, day: date) -> Stamp | None:
        """Return the day's stamp; None if the day has no entries. Raise BadInput if it cannot be accessed.

        Screens call this several times a minute, so it must be cheap: one stat of a file, or what a server
        has notified since the last call.
        """

    def stamps(self, first: date, last: date) -> dict[date, Stamp]:
        """Return the :meth:`stamp` of each day with entries from ``first`` to ``last``, oldest first."""

    def years(self) -> dict[int, Stamp]:
        """Return, for each year with entries, a stamp that changes when entries of one of its days change.

        Cheaper than :meth:`stamps`. A change may go unnoticed within one tick of the file system's clock, so
        for recently written days use their own stamps.
        """

    def told(self) -> tuple[str, ...]:
        """Return messages about problems found while reading since the last call, each problem only once."""

    def checks(self, seconds: float) -> Iterator[StoreCheck]:
        """Yield the results of checking the store for this person: permissions, locks and the journal.

        Permissions are reported only if something is wrong. ``seconds``: how long others may block the store
        before that counts as a fault. The checks change nothing.
        """

    def copies(self) -> Iterator[tuple[str, Path]]:
        """Yield what a backup must copy: its name in the shop's folder, and the file or folder to copy.

        A yielded file or folder stays complete until the next one is requested, even while others write.
        """


class MovableStore(Store, Protocol):
    """A store that a journal can be moved out of and into (:mod:`core.journal.store_move`).

    While a store is marked, only the move itself may append to it.
    """

    @property
    def shared(self) -> MovableState:
        """What moves together with the entries."""

    def mark(self) -> str:
        """Return what a move has marked the store with; empty if it is not marked."""

    def set_mark(self, mark: str) -> None:
        """Mark the store, or remove the mark if it is empty, while nobody else writes.

        Raise CannotWrite if that is not possible.
        """

    def append_marked(self, day: date, make: Make) -> StampChange | None:
        """Append as :meth:`Store.append` does, although the store is marked."""
