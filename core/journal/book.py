"""A day's entries: one writer at a time, any number of readers, and no confirmed entry ever lost.

The store keeps them (:mod:`core.journal.store`); the book gives them their ids and reads a day again only
when it has changed.
"""

from __future__ import annotations

import itertools
import os
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from core.journal.entry import Entry, Kind
from core.journal.entry_codec import plain, spelled, tick, tick_of
from core.journal.store import Stamp, StampChange, Store, StoredDay
from core.journal.store_choice import store_of

_HELD_DAYS: Final = 40
"""Days kept in memory."""
_EMPTY: Final = StoredDay(None, ())


class Unwritten(NamedTuple):
    """An entry before the book has given it its id."""

    at: datetime
    """Zone-aware."""
    who: str
    kind: Kind
    step: str = ""
    data: Mapping[str, Any] = MappingProxyType({})
    late: bool = False


class Book:
    """The journal of one shop."""

    def __init__(self, shop_folder: Path, store: Store | None = None) -> None:
        """``store``: where the days are kept; else as the shop's settings say (BadSettings)."""
        self.shop_folder = shop_folder
        self.store = store or store_of(shop_folder)
        self._held: OrderedDict[date, StoredDay] = OrderedDict()
        self._token = os.urandom(3).hex()
        self._count = itertools.count(1)

    def append(
        self,
        day: date,
        *,
        at: datetime,
        who: str,
        kind: Kind,
        step: str = "",
        data: dict[str, Any] | None = None,
        late: bool = False,
    ) -> Entry:
        """Write one entry and return it as it is stored; CannotWrite and the old state holds if not."""
        line = Unwritten(at=at, who=who, kind=kind, step=step, data=data or {}, late=late)
        return self.append_all(day, [line])[0]

    def append_all(self, day: date, lines: Iterable[Unwritten]) -> tuple[Entry, ...]:
        """Write several entries of a day in one step: all of them or none."""
        prepared = [(line, plain(dict(line.data))) for line in lines]
        if any(line.at.tzinfo is None for line, _ in prepared):
            raise ValueError("an entry's time needs a zone")
        entries: tuple[Entry, ...] = ()

        def make(ids: Iterable[str]) -> tuple[Entry, ...]:
            nonlocal entries
            entries = tuple(self._entries(day, prepared, ids))
            return entries

        change = self.store.append(day, make)
        self._extend(day, change, entries)
        return entries

    def day(self, day: date) -> tuple[Entry, ...]:
        """Return the day's entries in the order they were written; they are read only when they changed.

        What cannot be used counts as empty; what there is to say about it waits in :meth:`told`.
        """
        stamp = self.stamp(day)
        if stamp is None:
            return ()
        held = self._held.get(day)
        if held is None or held.stamp != stamp:
            held = self._held[day] = self.store.read(day)
        self._held.move_to_end(day)
        while len(self._held) > _HELD_DAYS:
            self._held.popitem(last=False)
        return held.entries

    def stamp(self, day: date) -> Stamp | None:
        """Return what changes whenever the day does; None when there is nothing of it. Cheap."""
        return self.store.stamp(day)

    def stamps(self, first: date, last: date) -> dict[date, Stamp]:
        """Return the stamp of each day between the two that there is something of, oldest first."""
        return self.store.stamps(first, last)

    def years(self) -> dict[int, Stamp]:
        """Return for each year with days what changes when one of its days does, but for a clock's tick."""
        return self.store.years()

    def year(self, year: int) -> dict[date, Stamp]:
        """Return the stamp of each day of the year that there is something of, oldest first."""
        return self.store.stamps(date(year, 1, 1), date(year, 12, 31))

    def days(self, first: date = date.min, last: date = date.max) -> list[date]:
        """Return the days between the two that there is something of, oldest first; costs their years."""
        years = (year for year in sorted(self.years()) if first.year <= year <= last.year)
        return [day for year in years for day in self.year(year) if first <= day <= last]

    def before(self, day: date) -> Iterator[date]:
        """Yield the days before that there is something of, newest first; lists only the years it needs."""
        for year in sorted(self.years(), reverse=True):
            if year <= day.year:
                yield from (one for one in reversed(self.year(year)) if one < day)

    def first(self) -> date | None:
        """Return the first day there is something of; None when there is none. Costs a year."""
        return next((day for year in sorted(self.years()) for day in self.year(year)), None)

    def digest(self, days: Iterable[date]) -> str:
        """Return a word that changes when any of the days does; for answers that read the journal."""
        import hashlib

        words = [f"{day} {self.stamp(day)}" for day in days]
        return hashlib.sha256("\n".join(words).encode()).hexdigest()[:16]

    def told(self) -> tuple[str, ...]:
        """Return what was wrong with the journal since last asked: each thing once, in one sentence."""
        return self.store.told()

    def _entries(
        self, day: date, prepared: Iterable[tuple[Unwritten, Any]], ids: Iterable[str]
    ) -> Iterator[Entry]:
        """Yield the entries to append to a day with these ids, newest first."""
        last = next(filter(None, map(tick_of, ids)), 0)
        for line, data in prepared:
            # Later than every other entry of the day, even when a clock jumped back.
            last = max(tick(line.at), last + 1)
            words = (plain(line.who), line.kind, line.step, data, day, line.late)
            yield Entry(self._id(last), datetime.fromisoformat(line.at.isoformat()), *words)

    def _extend(self, day: date, change: StampChange | None, entries: tuple[Entry, ...]) -> None:
        """Spare the next reader the day when what is held is exactly what stood in it before."""
        held = self._held.get(day, _EMPTY)
        if change is not None and held.stamp == change.before:
            self._held[day] = StoredDay(change.after, held.entries + entries)

    def _id(self, ticks: int) -> str:
        return f"{spelled(ticks)}-{os.getpid():x}{self._token}-{next(self._count)}"
