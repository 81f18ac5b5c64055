"""What the columns of an unknown file most likely are: by their headers and by what stands in them.

A suggestion's likeness is 0.6 of how much the header is like one that is known, and 0.4 of the share of cells
that read as what the column holds [judgement].
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from core.exports import cells
from core.exports.dimensions import verdict
from core.exports.header_keys import key_of, without_unit
from core.exports.kinds.registry import SHEETS
from core.exports.layouts.known_layouts import known_layouts
from core.exports.layouts.layout_file import targets_of
from core.exports.sheet import Column, Kind, Sheet
from core.exports.teaching.column_words import called
from core.exports.teaching.private_headers import PSEUDONYM, is_private, is_pseudonym

SURE: Final = 0.85
"""Likeness from which a column is filled in without asking [judgement]."""
_LEAD: Final = 0.15
"""By how much it must be more like it than the next header [judgement]."""
_KNOWN, _CALLED, _ELSEWHERE, _ALIKE = 1.0, 0.9, 0.8, 0.6
"""A header of this column, what people call it, its header in another export; from here letters count."""
_SHOWS: Final = 0.75
"""What a header counts that is not known, above a column of nothing but days: they show what they are."""
_READS: Final = 0.8
"""Share of cells that must read as what the column holds."""
_OFFERED: Final = 3
_ID_DIGITS: Final = 8
_DIFFERENT: Final = 0.9
_YEARS: Final = timedelta(days=730)
_WHOLE, _STRANGE, _SPLIT, _NAMED = 3.0, -3.0, -1.0, 1.5
"""For and against a kind of export: nothing is missing, a header it never has or that splits its rows, the
name of the file."""


class Guess(NamedTuple):
    """A column of ours that a header may stand for."""

    target: str
    likeness: float


@dataclass(frozen=True, slots=True)
class HeaderSeen:
    """One column of the file, as far as it may be shown."""

    header: str
    cells: tuple[str, ...]
    """Some of what stands in it; nothing of a private column."""
    private: bool


def seen_column(header: str, cells_: Sequence[str]) -> HeaderSeen:
    """Return the column with its cells, or without them where they may tell who somebody is."""
    private = is_private(header)
    return HeaderSeen(header, () if private else tuple(cells_), private)


def guesses(sheet: type[Sheet], column: HeaderSeen, today: date) -> tuple[Guess, ...]:
    """Return what the column may be in this kind of export, the most likely first."""
    if column.private:
        named = is_pseudonym(column.header) and any(one.name == PSEUDONYM for one in targets_of(sheet))
        return (Guess(PSEUDONYM, _KNOWN),) if named else ()
    found = []
    for target in targets_of(sheet):
        name = _name_likeness(sheet, target, column.header)
        if not name and target.kind == "date" and column.cells:
            name = _SHOWS if _reads("date", column.cells, today) == 1 else 0.0
        share = _reads(target.kind, column.cells, today) if name else 0.0
        if name and (share >= _READS or not column.cells):
            found.append(Guess(target.name, 0.6 * name + 0.4 * (share if column.cells else 0.0)))
    return tuple(sorted(found, key=lambda guess: -guess.likeness)[:_OFFERED])


def filled_in(sheet: type[Sheet], columns: Sequence[HeaderSeen], today: date) -> dict[str, str]:
    """Return by target the header that is it beyond doubt; a header is one thing at most."""
    offers = [
        (guess.likeness, _rank(sheet, guess.target, column.header), guess.target, column.header)
        for column in columns
        for guess in guesses(sheet, column, today)
    ]
    chosen: dict[str, str] = {}
    for likeness, rank, target, header in sorted(offers, key=lambda offer: (-offer[0], offer[1])):
        if likeness < SURE or target in chosen or header in chosen.values():
            continue
        rivals = [
            (other, place)
            for other, place, aim, name in offers
            if aim == target and name != header and name not in chosen.values()
        ]
        if all(likeness - other >= _LEAD or rank < place for other, place in rivals):
            chosen[target] = header
    return chosen


def likely_sheets(columns: Sequence[HeaderSeen], name: str, today: date) -> list[type[Sheet]]:
    """Return every kind of export, the one the file most likely is first."""
    keys = {key_of(column.header) for column in columns}

    def likeness(sheet: type[Sheet]) -> float:
        filled = filled_in(sheet, columns, today)
        score = float(len(filled))
        if all(any(name in filled for name in group) for group in sheet.needs):
            score += _WHOLE
        if any(key_of(header) in keys for header in sheet.strangers):
            score += _STRANGE
        free = [column.header for column in columns if column.header not in filled.values()]
        score += _SPLIT * sum(verdict(sheet, header, frozenset()) == "refuse" for header in free)
        words = [pattern.strip("*").lower() for pattern in sheet.patterns]
        return score + (_NAMED if any(word in cells.fold(name).lower() for word in words) else 0.0)

    return sorted(SHEETS.values(), key=likeness, reverse=True)


def _rank(sheet: type[Sheet], target: str, header: str) -> int:
    """Return the header's place among those known for the target; the preferred one has the lowest."""
    known = [without_unit(key_of(one))[0] for one in sheet.column(target).headers]
    key = without_unit(key_of(header))[0]
    return known.index(key) if key in known else len(known)


def _name_likeness(sheet: type[Sheet], target: Column, header: str) -> float:
    key = without_unit(key_of(header.partition("#")[0]))[0]
    own = _headers_of(sheet.id, target.name)
    if key in own:
        return _KNOWN
    names = frozenset(map(key_of, called(target.name)))
    if key in names:
        return _CALLED
    if key in _everywhere(target.name):
        return _ELSEWHERE
    alike = max((_dice(key, one) for one in own | names), default=0.0)
    return alike * _CALLED if alike >= _ALIKE else 0.0


@lru_cache(maxsize=512)
def _headers_of(sheet: str, target: str) -> frozenset[str]:
    """Return the keys of the headers that are known for the column in this kind of export."""
    column = SHEETS[sheet].column(target)
    headers = [one.partition("#")[0] for one in (*column.headers, *column.fen_headers)]
    for layout in known_layouts():
        if layout.sheet == sheet and target in layout.columns:
            headers += layout.columns[target].headers
    return frozenset(without_unit(key_of(header))[0] for header in headers)


@lru_cache(maxsize=512)
def _everywhere(target: str) -> frozenset[str]:
    keys: set[str] = set()
    for sheet in SHEETS.values():
        if any(column.name == target for column in sheet.columns):
            keys |= _headers_of(sheet.id, target)
    return frozenset(keys)


def _dice(one: str, other: str) -> float:
    """Return how alike two texts are by their pairs of letters (Dice): 2 × common ÷ all."""
    first, second = (Counter(text[at : at + 2] for at in range(len(text) - 1)) for text in (one, other))
    both = sum((first & second).values())
    return 2 * both / max(1, sum(first.values()) + sum(second.values()))


def _reads(kind: Kind, texts: Sequence[str], today: date) -> float:
    """Return the share of cells that read as the kind; of an empty column 0."""
    known = [text for text in texts if not cells.is_missing(text)]
    if not known:
        return 0.0
    share = sum(_READERS[kind](text, today) for text in known) / len(known)
    if kind == "id" and share and len(set(known)) < _DIFFERENT * len(known):
        return share * _DIFFERENT
    return share


def _is_day(text: str, today: date) -> bool:
    try:
        moment = cells.moment(text)
    except cells.Unreadable:
        return False
    return moment is not None and abs(moment.date() - today) <= _YEARS


def _is_number(text: str, _: date) -> bool:
    return _can(lambda: cells.number(text, percent=True))


def _is_id(text: str, _: date) -> bool:
    if not _can(lambda: cells.identifier(text)):
        return False
    digits = sum(letter.isdigit() for letter in text)
    return digits >= _ID_DIGITS or (digits > 0 and re.search(r"[A-Za-z]", text) is not None)


def _is_text(text: str, today: date) -> bool:
    return not _is_day(text, today)


def _can(read: Callable[[], object]) -> bool:
    try:
        return read() is not None
    except cells.Unreadable:
        return False


_READERS: Final[Mapping[Kind, Callable[[str, date], bool]]] = {
    "id": _is_id, "text": _is_text, "date": _is_day, "time": _is_day,
    "hour": lambda text, _: _can(lambda: cells.hour(text)),
    "money": _is_number, "count": _is_number, "rate": _is_number, "ratio": _is_number,
    "seconds": lambda text, _: _can(lambda: cells.seconds(text)),
    "range": lambda text, _: _can(lambda: cells.span(text)),
    "flag": lambda *_: False,
}  # fmt: skip
