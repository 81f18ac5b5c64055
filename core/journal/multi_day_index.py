"""Index over many days of the journal: caches, for each day, the entries that later days still need.

The cache is kept in memory and in ``cache/journal/``; it may be deleted at any time and is then rebuilt.
"""

from __future__ import annotations

import itertools
import json
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from core.errors import CannotWrite
from core.journal.book import Book
from core.journal.entry import LASTING, Entry
from core.journal.entry_codec import entry_of, row_of
from core.journal.store import Stamp
from core.storage.atomic_files import write_atomically
from core.storage.decoding import json_in
from core.storage.regular_files import read_regular

if TYPE_CHECKING:
    from core.journal.projections import Past

LOOK_BACK: Final = 400
"""How many days back the journal counts (a year and a month); older entries are only found by search."""
_LAYOUT: Final = 1
"""The version of the cache format. Increase it to invalidate older caches."""

_Digest: TypeAlias = tuple[list[int | str], tuple[Entry, ...]]


class MultiDayIndex:
    """Index over the days of a shop's journal, for questions that concern many days."""

    def __init__(self, book: Book, cache: Path | None = None) -> None:
        self.book = book
        self.cache = (cache or book.shop_folder / "cache") / "journal"
        self._held: dict[date, _Digest] = {}
        self._loaded: set[int] = set()
        self._told: tuple[dict[date, Stamp], tuple[Entry, ...]] | None = None

    def past(self, today: date) -> Past:
        """Return the part of the journal that an analysis gets on the day ``today``."""
        from core.journal.projections import Past

        stamps = self._stamps(today)
        days, found = list(stamps), self._digests(stamps)
        earlier = (day for day in reversed(days) if day < today and self.book.day(day))
        for day in (today, *itertools.islice(earlier, 1)):
            found[day] = self.book.day(day)
        return Past(today, dict(sorted(found.items())))

    def lasting(self, today: date) -> tuple[Entry, ...]:
        """Return the lasting entries (actions, updates, decisions, records …) up to and including ``today``.

        They are in the order they were written. Returns the identical tuple object while no day has changed.
        """
        stamps = self._stamps(today)
        if self._told is None or self._told[0] != stamps:
            found = self._digests(stamps)
            self._told = (stamps, tuple(entry for day in stamps for entry in found[day]))
        return self._told[1]

    def days(self, today: date) -> list[date]:
        """Return the days with entries in the last :data:`LOOK_BACK` days up to ``today``, oldest first."""
        return list(self._stamps(today))

    def digest(self, today: date) -> str:
        """Return a hash that changes whenever the result of :meth:`past` does."""
        return self.book.digest([*self.days(today), today])

    def _stamps(self, today: date) -> dict[date, Stamp]:
        return self.book.stamps(today - timedelta(days=LOOK_BACK), today)

    def _digests(self, stamps: dict[date, Stamp]) -> dict[date, tuple[Entry, ...]]:
        """Return the lasting entries of each day; only days whose stamp has changed are read again."""
        days = list(stamps)
        for year in {day.year for day in days} - self._loaded:
            self._load(year)
        changed = set()
        for day in days:
            stamp = list(stamps[day])
            if self._held.get(day, ([],))[0] != stamp:
                lasting = tuple(entry for entry in self.book.day(day) if entry.kind in LASTING)
                self._held[day] = (stamp, lasting)
                changed.add(day)
        for year in {day.year for day in changed - set(days[-1:])}:  # the last day always changes
            self._save(year)
        return {day: self._held[day][1] for day in days}

    def _file(self, year: int) -> Path:
        return self.cache / f"{year:04d}.json"

    def _load(self, year: int) -> None:
        self._loaded.add(year)
        try:
            kept = json_in(read_regular(self._file(year)), self._file(year).name)
            if kept["layout"] != _LAYOUT:
                return
            for text, (stamp, rows) in kept["days"].items():
                day = date.fromisoformat(text)
                entries = [entry_of(row, day) for row in rows]
                self._held[day] = (stamp, tuple(entry for entry in entries if entry is not None))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return

    def _save(self, year: int) -> None:
        """Write the year's lasting entries to the cache; a failure to write is ignored."""
        days: dict[str, Any] = {
            day.isoformat(): (stamp, [row_of(entry) for entry in entries])
            for day, (stamp, entries) in sorted(self._held.items())
            if day.year == year
        }
        text = json.dumps({"layout": _LAYOUT, "days": days}, ensure_ascii=False)
        with suppress(CannotWrite, OSError):
            write_atomically(self._file(year), text.encode())
