"""A cache of the open actions, so that the first screen need not read a year of days.

The entries about open actions are stored in ``cache/journal/open.json`` with the stamps of the days they were
read from. Days after these are read from the journal each time; if one of the cached days has changed,
everything is read again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, timedelta
from typing import Final, NamedTuple

from core.errors import CannotWrite
from core.journal.actions import Action, actions
from core.journal.entry import Entry, Kind, word_of
from core.journal.entry_codec import entry_of, row_of
from core.journal.multi_day_index import LOOK_BACK, MultiDayIndex
from core.journal.store import Stamp
from core.storage.atomic_files import write_atomically
from core.storage.decoding import json_in
from core.storage.regular_files import read_regular

_LAYOUT: Final = 1
"""The version of the cache format. Increase it to invalidate older caches."""
_KINDS: Final[frozenset[Kind]] = frozenset({"action", "action-update"})

_Stamps = dict[date, Stamp]


class _Kept(NamedTuple):
    """The cached entries of the actions that were open after the last cached day, and the days' stamps."""

    stamps: _Stamps
    entries: tuple[Entry, ...]

    def stands(self, stamps: _Stamps, today: date) -> bool:
        """Return whether all cached days are before ``today`` and have not changed since they were cached."""
        last = max(self.stamps, default=today)
        return last < today and self.stamps == {day: now for day, now in stamps.items() if day <= last}


class OpenActions:
    """The open actions of one shop."""

    def __init__(self, index: MultiDayIndex) -> None:
        self.index = index
        self._file = index.cache / "open.json"
        self._kept: _Kept | None = None
        self._told: tuple[date, _Stamps, tuple[Action, ...]] | None = None

    def up_to(self, today: date) -> tuple[Action, ...]:
        """Return the actions agreed up to ``today`` (included) that are open or handed over, oldest first."""
        kept = self._kept = self._kept or self._load()
        first = today - timedelta(days=LOOK_BACK)
        stamps = self.index.book.stamps(min(kept.stamps, default=first), today)
        if self._told is None or self._told[:2] != (today, stamps):
            entries = self._entries(kept, stamps, today)
            self._told = (today, stamps, tuple(one for one in _open(entries) if one.created >= first))
            self._keep(kept, {day: now for day, now in stamps.items() if day < today}, entries)
        return self._told[2]

    def _entries(self, kept: _Kept, stamps: _Stamps, today: date) -> list[Entry]:
        """Return the entries about open actions, possibly together with entries about closed ones."""
        if kept.stands(stamps, today):
            last = max(kept.stamps)
            new = [day for day in stamps if day > last]
            later = [entry for day in new for entry in self.index.book.day(day) if entry.kind in _KINDS]
            known = {entry.id for entry in (*kept.entries, *later)}
            if all(entry.kind == "action" or word_of(entry, "action") in known for entry in later):
                return [*kept.entries, *later]
        return [entry for entry in self.index.lasting(today) if entry.kind in _KINDS]

    def _keep(self, kept: _Kept, stamps: _Stamps, entries: list[Entry]) -> None:
        """Cache the entries of the actions open after the days in ``stamps``, unless that has been done."""
        if not stamps or kept.stamps == stamps or max(kept.stamps, default=date.min) > max(stamps):
            return
        last = max(stamps)
        first = last - timedelta(days=LOOK_BACK)
        before = [entry for entry in entries if entry.day is not None and entry.day <= last]
        still = {action.id for action in _open(before) if action.created >= first}
        mine = [entry for entry in before if still & {entry.id, word_of(entry, "action")}]
        self._kept = _Kept({day: now for day, now in stamps.items() if day >= first}, tuple(mine))
        days = [(day.isoformat(), stamp) for day, stamp in self._kept.stamps.items()]
        rows = [(str(entry.day), row_of(entry)) for entry in mine]
        text = json.dumps({"layout": _LAYOUT, "days": days, "rows": rows}, ensure_ascii=False)
        with suppress(CannotWrite, OSError):
            write_atomically(self._file, text.encode())

    def _load(self) -> _Kept:
        try:
            kept = json_in(read_regular(self._file), self._file.name)
            if kept["layout"] != _LAYOUT:
                return _Kept({}, ())
            stamps: _Stamps = {date.fromisoformat(day): tuple(stamp) for day, stamp in kept["days"]}
            found = [entry_of(row, date.fromisoformat(day)) for day, row in kept["rows"]]
            return _Kept(stamps, tuple(entry for entry in found if entry is not None))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return _Kept({}, ())


def _open(entries: Iterable[Entry]) -> list[Action]:
    return [action for action in actions(entries) if action.state in ("open", "handed")]
