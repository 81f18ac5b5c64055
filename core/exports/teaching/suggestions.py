"""Suggest what the columns of an unknown file contain, by their headers and their cells.

The likelihood of a suggestion is 0.6 × the similarity of the header to a known one + 0.4 × the share of cells
that can be read as the column's kind; these weights are judgements, not measured.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from core.exports import cells
from core.exports.dimensions import verdict
from core.exports.header_keys import key_of, without_unit
from core.exports.kinds.registry import SHEETS
from core.exports.layouts.known_layouts import known_layouts
from core.exports.layouts.layout_file import targets_of
from core.exports.sheet import Column, Kind, Sheet
from core.exports.teaching.column_words import called, in_our_words
from core.exports.teaching.private_headers import PSEUDONYM, is_private, is_pseudonym

SURE: Final = 0.85
"""The likelihood from which a column is filled in without asking (a judgement)."""
_LEAD: Final = 0.15
"""The minimum lead in likelihood over the next header (a judgement)."""
_KNOWN, _CALLED, _ELSEWHERE, _ALIKE = 1.0, 0.9, 0.8, 0.6
"""The similarity given to a known header of the column, to a colloquial name of it, and to its header in
another kind of export; and the minimum similarity for a match by letters."""
_SAME: Final = 0.8
"""The similarity given to a header that equals a known one once synonyms are replaced."""
_LOOSELY, _UNSURE = 0.5, 0.7
"""The minimum similarity by letters once synonyms are replaced, and the most such a match can get: it is
offered but never filled in."""
_SHOWS: Final = 0.75
"""The similarity given to an unknown header above a column that contains only dates."""
_READS: Final = 0.8
"""The minimum share of cells that must be readable as the column's kind."""
_OFFERED: Final = 3
_ID_DIGITS: Final = 8
_DIFFERENT: Final = 0.9
_YEARS: Final = timedelta(days=730)
_WHOLE, _STRANGE, _SPLIT, _NAMED = 3.0, -3.0, -1.0, 1.5
"""Points for how well a kind of export fits the file: all required columns are there, the file has a header
the kind never has, a header splits its rows, the file name fits."""


class Guess(NamedTuple):
    """A column of the sheet that a header may stand for, with the likelihood."""

    target: str
    likeness: float


@dataclass(frozen=True, slots=True)
class HeaderSeen:
    """A column of the file, with only those cells that may be shown."""

    header: str
    cells: tuple[str, ...]
    """Sample cells; empty for a private column."""
    private: bool


def seen_column(header: str, cells_: Sequence[str]) -> HeaderSeen:
    """Return the column with its cells, or without them if they may identify a person."""
    private = is_private(header)
    return HeaderSeen(header, () if private else tuple(cells_), private)


def guesses(sheet: type[Sheet], column: HeaderSeen, today: date) -> tuple[Guess, ...]:
    """Return suggestions for the column in this kind of export, the most likely first."""
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
    """Return the mappings likely enough to fill in without asking (column of the sheet → header).

    Each header is used at most once.
    """
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
    """Return all kinds of export, the one that fits the file best first. ``name``: the file's name."""
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
    """Return the header's position (0: preferred) among the known headers of the column ``target``."""
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
    ours, known = in_our_words(key), frozenset(map(in_our_words, own | names))
    if ours in known:
        return _SAME
    alike = max((_dice(key, one) for one in own | names), default=0.0) * _CALLED
    loosely = max((_dice(ours, one) for one in known), default=0.0)
    if any(len(one) > 1 and (ours.startswith(one) or ours.endswith(one)) for one in known):
        loosely = max(loosely, _ALIKE)
    loosely = min(loosely * _CALLED, _UNSURE) if loosely >= _LOOSELY else 0.0
    return max(alike if alike >= _ALIKE * _CALLED else 0.0, loosely)


@lru_cache(maxsize=512)
def _headers_of(sheet: str, target: str) -> frozenset[str]:
    """Return all known headers of the column in this kind of export, normalized for comparison."""
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
    """Return the Dice similarity of two texts: 2 × common letter pairs ÷ all letter pairs of both."""
    first, second = _pairs(one), _pairs(other)
    both = sum(min(number, second[pair]) for pair, number in first.items() if pair in second)
    return 2 * both / max(1, first.total() + second.total())


@lru_cache(maxsize=4096)
def _pairs(text: str) -> Counter[str]:
    """Return how often the text has each pair of letters."""
    return Counter(map("".join, pairwise(text)))


def _reads(kind: Kind, texts: Sequence[str], today: date) -> float:
    """Return the share of cells that can be read as the kind; 0 for an empty column."""
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
