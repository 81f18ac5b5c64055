"""The searchable text of the whole journal, kept in memory and searched sequentially.

Ten years are about ten million characters, which are searched in milliseconds, so there is no index that
could be out of date. The text is cached in ``cache/find/<year>.txt``, which may be deleted at any time. Each
day is stored with the stamp of its journal entries (a value that changes whenever they do); only days whose
stamp has changed are read again.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate
from pathlib import Path
from typing import Final

from core.errors import CannotWrite
from core.find.query import Query
from core.find.searchable_text import NAMELESS, Names, SearchableText, said
from core.journal.book import Book
from core.journal.store import Stamp
from core.storage.atomic_files import write_atomically
from core.storage.decoding import json_in
from core.storage.regular_files import read_regular

_LAYOUT: Final = 4
"""Version of the cache format; older caches are ignored."""


@dataclass(slots=True)
class _Year:
    """The text of one year, with one line per searchable text, in the order of days."""

    days: list[date] = field(default_factory=list)
    stamps: list[Stamp] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    """The offset of each day in the text, followed by the length of the text."""
    text: str = ""

    def blocks(self) -> dict[date, tuple[Stamp, str]]:
        """Return each day's stamp and its lines of text."""
        ends = self.starts[1:]
        return {
            day: (stamp, self.text[start:end])
            for day, stamp, start, end in zip(self.days, self.stamps, self.starts, ends, strict=False)
        }


class Lines:
    """The lines of the index that match a query; each line is one searchable text."""

    def __init__(self, found: list[tuple[_Year, list[int]]]) -> None:
        self._found = found

    def __len__(self) -> int:
        """Return the number of lines."""
        return sum(len(places) for _, places in self._found)

    def days(self) -> dict[date, tuple[int, ...]]:
        """Return the days, oldest first, each with the offsets of its matching lines in the year's text."""
        found: dict[date, tuple[int, ...]] = {}
        for year, places in self._found:
            at = 0
            while at < len(places):
                day = bisect_right(year.starts, places[at]) - 1
                after = bisect_left(places, year.starts[day + 1], at)
                found[year.days[day]] = tuple(places[at:after])
                at = after
        return found

    def of(self, day: date, places: Iterable[int]) -> list[int]:
        """Return the indices, in :meth:`TextIndex.said`, of the texts at these offsets in the year's text."""
        year = next(year for year, _ in self._found if day in year.days)
        start = year.starts[year.days.index(day)]
        return [year.text.count("\n", start, place) for place in places]


class TextIndex:
    """The searchable text of one shop's journal."""

    def __init__(self, book: Book, names: Names = NAMELESS, cache: Path | None = None) -> None:
        self.book = book
        self.names = names
        """The names of rivals and items by id, added to the text because people search by name."""
        self.cache = (cache or book.shop_folder / "cache") / "find"
        self._years: dict[int, _Year] = {}
        self._marks: dict[int, Stamp] = {}

    def renew(self) -> None:
        """Update the text from the journal; a year whose stamp has not changed is not read again."""
        years = self.book.years()
        for gone in set(self._years) - set(years):
            del self._years[gone]
        for year, mark in years.items():
            held = self._years.get(year)
            written_in = year == max(years)
            same = held is not None and self._marks.get(year) == mark
            if held is not None and same and (not written_in or self._newest_hold(held)):
                continue
            if held is None:
                held = self._load(year)
            self._years[year] = self._renewed(year, held)
            self._marks[year] = mark

    def said(self, day: date) -> tuple[SearchableText, ...]:
        """Return the day's searchable texts in the order of its lines."""
        return said(self.book.day(day), self.names)

    def lines(self, query: Query) -> Lines:
        """Return every line that contains all words of the query and none of its excluded words."""
        found = []
        for number in sorted(self._years):
            year = self._years[number]
            places = _places(year.text, query, *_bounds(year, query))
            if places:
                found.append((year, places))
        return Lines(found)

    def days(self, query: Query) -> list[date]:
        """Return the journal's days within the query's dates, oldest first."""
        return [
            day
            for number in sorted(self._years)
            for day in self._years[number].days
            if (query.first is None or day >= query.first) and (query.last is None or day <= query.last)
        ]

    # -- updating --------------------------------------------------------------------------------

    def _newest_hold(self, year: _Year) -> bool:
        """Return whether the entries of the year's last three days are unchanged, by their stamps.

        The year's stamp alone may miss a recent write, because of the clock's resolution.
        """
        newest = list(zip(year.days, year.stamps, strict=True))[-3:]
        return all(self.book.stamp(day) == stamp for day, stamp in newest)

    def _renewed(self, number: int, held: _Year) -> _Year:
        stamps = self.book.year(number)
        if list(stamps) == held.days and list(stamps.values()) == held.stamps:
            return held
        before = held.blocks()
        blocks: dict[date, tuple[Stamp, str]] = {}
        changed = set(before) - set(stamps)
        for day, stamp in stamps.items():
            if day in before and before[day][0] == stamp:
                blocks[day] = before[day]
            else:
                blocks[day] = (stamp, "".join(f"{one.line}\n" for one in self.said(day)))
                changed.add(day)
        year = _joined(blocks)
        if changed - set(year.days[-1:]):  # not for the last day alone, which changes all the time
            self._save(number, year)
        return year

    def _called(self) -> str:
        words = "\n".join(f"{number} {name}" for number, name in sorted(self.names.items()))
        return hashlib.blake2b(words.encode(), digest_size=8).hexdigest()

    def _file(self, year: int) -> Path:
        return self.cache / f"{year:04d}.txt"

    def _load(self, year: int) -> _Year:
        """Return the cached text of a year; empty if it cannot be used, so that it is built anew."""
        try:
            head, _, text = read_regular(self._file(year)).decode().partition("\n")
            kept = json_in(head, self._file(year).name)
            if kept["layout"] != _LAYOUT or kept["names"] != self._called():
                return _Year()
            days = [date.fromisoformat(row[0]) for row in kept["days"]]
            stamps = [tuple(row[1:-1]) for row in kept["days"]]
            starts = [0, *accumulate(row[-1] for row in kept["days"])]
        except (OSError, ValueError, KeyError, TypeError, IndexError):
            return _Year()
        return _Year(days, stamps, starts, text) if starts[-1] == len(text) else _Year()

    def _save(self, number: int, year: _Year) -> None:
        """Write the year's cache; write errors are ignored, as the text can be rebuilt."""
        rows = [
            [day.isoformat(), *stamp, end - start]
            for day, stamp, start, end in zip(
                year.days, year.stamps, year.starts, year.starts[1:], strict=False
            )
        ]
        head = json.dumps({"layout": _LAYOUT, "names": self._called(), "days": rows})
        with suppress(CannotWrite, OSError):
            write_atomically(self._file(number), f"{head}\n{year.text}".encode())


def _places(text: str, query: Query, low: int, high: int) -> list[int]:
    """Return an offset within each matching line, in order."""
    if not query.words:
        return _other_lines(text, query.without, low, high)
    found: list[int] = []
    seek, keep, rarest = text.find, found.append, max(query.words, key=len)
    others = [word for word in query.words if word != rarest]
    at = seek(rarest, low, high)
    if not others and not query.without:  # the usual search: a single word
        while at >= 0:
            keep(at)
            at = seek(rarest, seek("\n", at), high)
        return found
    while at >= 0:
        end = seek("\n", at)
        start = text.rfind("\n", low, at) + 1 or low
        has = [seek(word, start, end) >= 0 for word in others]
        if all(has) and not any(seek(word, start, end) >= 0 for word in query.without):
            keep(at)
        at = seek(rarest, end, high)
    return found


def _other_lines(text: str, without: tuple[str, ...], low: int, high: int) -> list[int]:
    """Return the offset of each line that contains none of the words."""
    found, start = [], low
    while start < high:
        end = text.find("\n", start)
        if not any(text.find(word, start, end) >= 0 for word in without):
            found.append(start)
        start = end + 1
    return found


def _bounds(year: _Year, query: Query) -> tuple[int, int]:
    """Return the start and end, in the year's text, of the days within the query's dates."""
    first = 0 if query.first is None else sum(day < query.first for day in year.days)
    last = len(year.days) if query.last is None else sum(day <= query.last for day in year.days)
    return (year.starts[first], year.starts[last]) if first < last else (0, 0)


def _joined(blocks: dict[date, tuple[Stamp, str]]) -> _Year:
    texts = [text for _, text in blocks.values()]
    starts = [0, *accumulate(map(len, texts))]
    return _Year(list(blocks), [stamp for stamp, _ in blocks.values()], starts, "".join(texts))
