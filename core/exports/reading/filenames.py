"""Read from a file's name the days its rows are about, or the time of its download.

``…_2026-06-18_2026-06-18.xls`` contains the day of the data, ``商品报表_20260619_110309.csv`` only the time
at which it was downloaded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from core.exports.cells import Unreadable, day_of, fold

_DAY = r"(20\d\d-\d{1,2}-\d{1,2}|20\d\d年\d{1,2}月\d{1,2}日|20\d\d\.\d{1,2}\.\d{1,2}|20\d\d[01]\d[0-3]\d)"
_SPAN = re.compile(rf"(?<!\d){_DAY}\s*(?:_|~|至|到|--| - |-)\s*{_DAY}(?!\d)")
_STAMP = re.compile(r"(?<!\d)(20\d\d[01]\d[0-3]\d)[_ -]?([0-2]\d[0-5]\d(?:[0-5]\d)?)(?!\d)")
_SINGLE = re.compile(rf"(?<!\d){_DAY}(?!\d)")


@dataclass(frozen=True, slots=True)
class NameDates:
    """The dates contained in a file name."""

    first: date | None = None
    last: date | None = None
    downloaded: bool = False
    """Whether the only date is followed by a time of day: it is the time of the download, not the data's
    day."""

    spanned: bool = False
    """Whether the name has a first and a last day, as the platforms write it; a single date need not be the
    data's."""

    @property
    def day(self) -> date | None:
        """The day of the rows, if the name contains it; None for a range of days or a mere download time."""
        return self.first if self.first == self.last and not self.downloaded else None

    @property
    def many(self) -> bool:
        """Return whether the name contains a range of more than one day."""
        return self.first != self.last


def dates_in(name: str) -> NameDates:
    """Return the dates contained in a file name."""
    plain = fold(name)
    for found in _SPAN.finditer(plain):
        first, last = _day(found[1]), _day(found[2])
        if first and last and first <= last:
            return NameDates(first, last, spanned=True)
    if (found_stamp := _STAMP.search(plain)) and (stamp := _day(found_stamp[1])):
        return NameDates(stamp, stamp, downloaded=True)
    for found in _SINGLE.finditer(plain):
        if day := _day(found[1]):
            return NameDates(day, day)
    return NameDates()


def _day(text: str) -> date | None:
    try:
        return day_of(text)
    except Unreadable:
        return None
