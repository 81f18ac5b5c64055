"""The digests of many days, cached by month in ``cache/review``; only changed days are computed again.

A query costs one stamp look-up for each day asked for, however long the journal is. The cache may be deleted
at any time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final, TypeAlias

from core.errors import CannotWrite
from core.journal.book import Book
from core.review.digest import DayDigest, digest_from, digest_of, row_of
from core.storage.atomic_files import write_atomically
from core.storage.decoding import json_in
from core.storage.regular_files import read_regular

_LAYOUT: Final = 3
"""Version of the cache format; older caches are ignored."""

_Held: TypeAlias = tuple[list[int | str], DayDigest]


class Months:
    """The digests of the journal's days."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.cache = book.shop_folder / "cache" / "review"
        self._held: dict[date, _Held] = {}
        self._loaded: set[tuple[int, int]] = set()

    def days(self, wanted: Iterable[date]) -> dict[date, DayDigest]:
        """Return the digests of those ``wanted`` days that have journal entries, in the given order."""
        found: dict[date, DayDigest] = {}
        made: set[date] = set()
        for day in wanted:
            stamp = list(self.book.stamp(day) or ())
            if not stamp:
                continue
            if (day.year, day.month) not in self._loaded:
                self._load(day.year, day.month)
            if self._held.get(day, ([],))[0] != stamp:
                self._held[day] = (stamp, digest_of(self.book.day(day)))
                made.add(day)
            found[day] = self._held[day][1]
        for year, month in {(day.year, day.month) for day in made - {max(found, default=None)}}:
            self._save(year, month)  # not for the last day alone, which changes all the time
        return found

    def month(self, first: date) -> dict[date, DayDigest]:
        """Return the digests of the month's days and of the first day after it, as far as they have entries.

        The day after is included because its digest holds the sales of the month's last day.
        """
        return self.days([*days_of(first), after(first)])

    def _file(self, year: int, month: int) -> Path:
        return self.cache / f"{year:04d}-{month:02d}.json"

    def _load(self, year: int, month: int) -> None:
        self._loaded.add((year, month))
        try:
            kept = json_in(read_regular(self._file(year, month)), self._file(year, month).name)
            if kept["layout"] == _LAYOUT:
                for text, (stamp, row) in kept["days"].items():
                    self._held[date.fromisoformat(text)] = (stamp, digest_from(row))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return

    def _save(self, year: int, month: int) -> None:
        """Write the month's digests to the cache.

        Write errors are ignored, because the digests can be computed again.
        """
        days: dict[str, Any] = {
            day.isoformat(): (stamp, row_of(digest))
            for day, (stamp, digest) in sorted(self._held.items())
            if (day.year, day.month) == (year, month)
        }
        text = json.dumps({"layout": _LAYOUT, "days": days}, ensure_ascii=False)
        with suppress(CannotWrite, OSError):
            write_atomically(self._file(year, month), text.encode())


def days_of(first: date) -> list[date]:
    """Return all days of the month that contains ``first``."""
    start = first.replace(day=1)
    return [start + timedelta(days=n) for n in range((after(first) - start).days)]


def after(first: date) -> date:
    """Return the first day of the month after the one that contains ``first``."""
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1)
