"""Read and append the entries of a day, with one writer at a time and any number of readers.

The store (:mod:`core.journal.store`) keeps the entries; the book assigns their ids and caches the days it has
read until they change.
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
"""The maximum number of days cached in memory."""
_EMPTY: Final = StoredDay(None, ())


class Unwritten(NamedTuple):
    """An entry before the book has assigned its id."""

    at: datetime
    """The time of the entry, with a time zone."""
    who: str
    kind: Kind
    step: str = ""
    data: Mapping[str, Any] = MappingProxyType({})
    late: bool = False


class Book:
    """The journal of one shop."""

    def __init__(self, shop_folder: Path, store: Store | None = None) -> None:
        """Open the journal of the shop.

        ``store``: the storage of the journal's days; None: the kind set in shop.toml (raises BadSettings if
        that is invalid).
        """
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
        """Append one entry and return it as stored; on CannotWrite nothing has changed."""
        line = Unwritten(at=at, who=who, kind=kind, step=step, data=data or {}, late=late)
        return self.append_all(day, [line])[0]

    def append_all(self, day: date, lines: Iterable[Unwritten]) -> tuple[Entry, ...]:
        """Append several entries to a day atomically: either all are written or none."""
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
        """Return the day's entries in the order they were written; cached until the day gets new entries.

        Unusable data counts as empty; :meth:`told` returns the messages about it.
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
        """Return the day's stamp, a value that changes whenever the stored entries of the day change.

        None if the day has no entries. Cheap to call.
        """
        return self.store.stamp(day)

    def stamps(self, first: date, last: date) -> dict[date, Stamp]:
        """Return the :meth:`stamp` of each day with entries from ``first`` to ``last``, oldest first."""
        return self.store.stamps(first, last)

    def years(self) -> dict[int, Stamp]:
        """Return a stamp for each year in which the journal has entries.

        A year's stamp changes when the entries of one of its days change. Two changes within the same tick of
        the file system's clock may give the same stamp.
        """
        return self.store.years()

    def year(self, year: int) -> dict[date, Stamp]:
        """Return the :meth:`stamp` of each day of the year that has entries, oldest first."""
        return self.store.stamps(date(year, 1, 1), date(year, 12, 31))

    def days(self, first: date = date.min, last: date = date.max) -> list[date]:
        """Return the days with entries from ``first`` to ``last``, oldest first.

        Asks the store once for each year in that range.
        """
        years = (year for year in sorted(self.years()) if first.year <= year <= last.year)
        return [day for year in years for day in self.year(year) if first <= day <= last]

    def before(self, day: date) -> Iterator[date]:
        """Yield the earlier days with entries, newest first, asking the store only for the years needed."""
        for year in sorted(self.years(), reverse=True):
            if year <= day.year:
                yield from (one for one in reversed(self.year(year)) if one < day)

    def first(self) -> date | None:
        """Return the first day with entries; None if the journal is empty.

        Usually asks the store for one year only.
        """
        return next((day for year in sorted(self.years()) for day in self.year(year)), None)

    def digest(self, days: Iterable[date]) -> str:
        """Return a hash that changes when entries of any of the days change, to detect outdated caches."""
        import hashlib

        words = [f"{day} {self.stamp(day)}" for day in days]
        return hashlib.sha256("\n".join(words).encode()).hexdigest()[:16]

    def told(self) -> tuple[str, ...]:
        """Return messages about problems (such as damaged files) found since the last call, each one once."""
        return self.store.told()

    def _entries(
        self, day: date, prepared: Iterable[tuple[Unwritten, Any]], ids: Iterable[str]
    ) -> Iterator[Entry]:
        """Yield the entries to append to a day; ``ids`` are the ids already in it, newest first."""
        last = next(filter(None, map(tick_of, ids)), 0)
        for line, data in prepared:
            # Later than all other entries of the day, even if the clock was set back.
            last = max(tick(line.at), last + 1)
            words = (plain(line.who), line.kind, line.step, data, day, line.late)
            yield Entry(self._id(last), datetime.fromisoformat(line.at.isoformat()), *words)

    def _extend(self, day: date, change: StampChange | None, entries: tuple[Entry, ...]) -> None:
        """Add the new entries to the cached day, if the cache was up to date before they were appended."""
        held = self._held.get(day, _EMPTY)
        if change is not None and held.stamp == change.before:
            self._held[day] = StoredDay(change.after, held.entries + entries)

    def _id(self, ticks: int) -> str:
        return f"{spelled(ticks)}-{os.getpid():x}{self._token}-{next(self._count)}"
