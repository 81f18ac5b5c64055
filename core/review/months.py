"""The digests of many days, quickly: kept by month in ``cache/review``, made again for changed days only.

What is asked for is what is paid for: a month costs one look at each of its days, however many years the
journal has. The cache can be deleted at any time.
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

_LAYOUT: Final = 2
"""Of the cache; counts up when older caches must not be used."""

_Held: TypeAlias = tuple[list[int | str], DayDigest]


class Months:
    """The journal's days as digests."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.cache = book.shop_folder / "cache" / "review"
        self._held: dict[date, _Held] = {}
        self._loaded: set[tuple[int, int]] = set()

    def days(self, wanted: Iterable[date]) -> dict[date, DayDigest]:
        """Return the digests of those of the days that there is something of, in the order asked for."""
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
            self._save(year, month)  # the last day alone changes all the time: it is not worth a write
        return found

    def month(self, first: date) -> dict[date, DayDigest]:
        """Return the digests of the days of the month that there is something of, and of the day after it."""
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
        """Keep the month's digests; a cache that cannot be written costs only time."""
        days: dict[str, Any] = {
            day.isoformat(): (stamp, row_of(digest))
            for day, (stamp, digest) in sorted(self._held.items())
            if (day.year, day.month) == (year, month)
        }
        text = json.dumps({"layout": _LAYOUT, "days": days}, ensure_ascii=False)
        with suppress(CannotWrite, OSError):
            write_atomically(self._file(year, month), text.encode())


def days_of(first: date) -> list[date]:
    """Return the days of the month the day lies in."""
    start = first.replace(day=1)
    return [start + timedelta(days=n) for n in range((after(first) - start).days)]


def after(first: date) -> date:
    """Return the first day of the month after the one the day lies in."""
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1)
