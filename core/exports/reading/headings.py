"""Where the header row is and which column is which: by name, never by position."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.exports.cells import fold, is_total
from core.exports.header_keys import key_of, without_unit
from core.exports.sheet import Column, Sheet

LOOK = 30
"""Rows in which the header is looked for."""
LEAST = 2
"""Known headers a row needs to be taken for the header."""

FEN = 0.01
_FACTORS = {"分": FEN, "单位:分": FEN, "万元": 1e4, "分钟": 60.0}


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """One of our columns in a file."""

    column: Column
    at: int
    """0-based column of the file."""
    header: str
    """As it stands in the file, without edges."""
    factor: float = 1.0
    """What figures are multiplied by: 0.01 where the file is in fen."""
    points: bool = False
    """The header says (%), so a bare 3.33 is 3.33 %."""


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """The header row of one page."""

    row: int
    """0-based row."""
    headers: tuple[str, ...]
    body: int
    """0-based first row of data: behind a sub-header row, if there is one."""
    preamble: tuple[str, ...] = ()


def known_keys(sheets: Iterable[type[Sheet]]) -> frozenset[str]:
    """Return every header any of the sheets knows."""
    keys: set[str] = set()
    for sheet in sheets:
        for column in sheet.columns:
            keys.update(key_of(header.partition("#")[0]) for header in (*column.headers, *column.fen_headers))
        keys.update(key_of(header) for header in (*sheet.strangers, *sheet.add_over))
    return frozenset(keys)


def find_heading(top: Sequence[Sequence[str]], known: frozenset[str]) -> HeaderRow | None:
    """Return the row of the first thirty that holds the most known headers; None when none holds two."""
    best, most = -1, LEAST - 1
    for number, row in enumerate(top[:LOOK]):
        keys = {key_of(cell) for cell in row if cell}
        keys |= {without_unit(key)[0] for key in keys}
        hits = len(keys & known)
        if hits > most:
            best, most = number, hits
    if best < 0:
        return None
    headers = _with_merged(top, best, known)
    preamble = tuple(cell.strip() for row in top[:best] for cell in row if cell.strip())
    return HeaderRow(best, headers, best + 1 + _sub_headers(top[best + 1 :]), preamble)


def _with_merged(top: Sequence[Sequence[str]], row: int, known: frozenset[str]) -> tuple[str, ...]:
    """Return the header row; a blank cell under a known header belongs to it, merged over both rows."""
    above = top[row - 1] if row else ()
    headers = [fold(cell) for cell in top[row]]
    headers += [""] * (len(above) - len(headers))
    for at, cell in enumerate(above):
        key = key_of(cell)
        if not headers[at] and key and (key in known or without_unit(key)[0] in known):
            headers[at] = fold(cell)
    return tuple(headers)


def _sub_headers(below: Sequence[Sequence[str]]) -> int:
    """Return 1 when the row under the header is a second line of headers: words only, no figure, no dash."""
    if not below:
        return 0
    cells = [fold(cell) for cell in below[0] if fold(cell)]
    words = [cell for cell in cells if not re.search(r"\d", cell) and cell not in ("-", "--")]
    return int(len(cells) > 1 and len(words) == len(cells) and not any(is_total(cell) for cell in cells))


def columns_of(sheet: type[Sheet], headers: Sequence[str]) -> dict[str, MappedColumn]:
    """Return the sheet's columns that the header row has, by our name."""
    places = places_in(headers)
    found: dict[str, MappedColumn] = {}
    for column in sheet.columns:
        if hit := _find(column, places, headers):
            found[column.name] = hit
    return found


def places_in(headers: Sequence[str]) -> dict[str, list[tuple[int, str]]]:
    """Return for each key the columns it stands in, with their unit; full names before unit-less ones."""
    places: dict[str, list[tuple[int, str]]] = {}
    for at, header in enumerate(headers):
        if key := key_of(header):
            places.setdefault(key, []).append((at, without_unit(key)[1]))
    for at, header in enumerate(headers):
        base, unit = without_unit(key_of(header))
        if unit:
            places.setdefault(base, []).append((at, unit))
    return places


def place_of(header: str, places: Mapping[str, list[tuple[int, str]]]) -> tuple[int, str] | None:
    """Return the column (from 0) that the header stands in and its unit; None when it is not there."""
    name, _, turn = header.partition("#")
    hits = places.get(key_of(name), ())
    which = int(turn) - 1 if turn.isdigit() else 0
    return hits[which] if 0 <= which < len(hits) else None


def _find(
    column: Column, places: Mapping[str, list[tuple[int, str]]], headers: Sequence[str]
) -> MappedColumn | None:
    for header in (*column.headers, *column.fen_headers):
        if (place := place_of(header, places)) is not None:
            at, unit = place
            fen = header in column.fen_headers
            return MappedColumn(
                column, at, fold(headers[at]), FEN if fen else factor_of(column, unit), points=unit == "%"
            )
    return None


def factor_of(column: Column, unit: str) -> float:
    """Return what the column's figures are multiplied by when their header has the unit."""
    return _FACTORS.get(unit, 1.0) if column.kind in ("money", "seconds") else 1.0
