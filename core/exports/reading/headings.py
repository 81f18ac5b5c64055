"""Find the header row and the sheet's columns in it, by name and never by position."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.exports.cells import fold, is_total
from core.exports.header_keys import key_of, without_unit
from core.exports.sheet import Column, Sheet

LOOK = 30
"""The number of rows searched for the header."""
LEAST = 2
"""The minimum number of known headers in the header row."""

FEN = 0.01
_FACTORS = {"分": FEN, "单位:分": FEN, "万元": 1e4, "分钟": 60.0}


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """A column of the sheet found in a file."""

    column: Column
    at: int
    """The index of the column in the file, from 0."""
    header: str
    """The header as written in the file, without surrounding spaces."""
    factor: float = 1.0
    """The factor to multiply figures by, e.g. 0.01 if the file is in fen."""
    points: bool = False
    """Whether figures without a percent sign are in percent, as the header or layout says: 3.33 means 3.33
    %."""


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """The header row of one table."""

    row: int
    """The index of the row, from 0."""
    headers: tuple[str, ...]
    body: int
    """The index of the first data row, from 0 (after a second header row, if there is one)."""
    preamble: tuple[str, ...] = ()


def known_keys(sheets: Iterable[type[Sheet]]) -> frozenset[str]:
    """Return all headers that any of the sheets knows, normalized for comparison."""
    keys: set[str] = set()
    for sheet in sheets:
        for column in sheet.columns:
            keys.update(key_of(header.partition("#")[0]) for header in (*column.headers, *column.fen_headers))
        keys.update(key_of(header) for header in (*sheet.strangers, *sheet.add_over))
    return frozenset(keys)


def find_heading(top: Sequence[Sequence[str]], known: frozenset[str]) -> HeaderRow | None:
    """Return the row among the first thirty with the most known headers; None if none has at least two."""
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
    """Return the cells of the header row, filling blank ones with a known header in the row above.

    Such blank cells result from vertically merged cells.
    """
    above = top[row - 1] if row else ()
    headers = [fold(cell) for cell in top[row]]
    headers += [""] * (len(above) - len(headers))
    for at, cell in enumerate(above):
        key = key_of(cell)
        if not headers[at] and key and (key in known or without_unit(key)[0] in known):
            headers[at] = fold(cell)
    return tuple(headers)


def _sub_headers(below: Sequence[Sequence[str]]) -> int:
    """Return 1 if the row below the header is a second header row (words only, no figures), else 0."""
    if not below:
        return 0
    cells = [fold(cell) for cell in below[0] if fold(cell)]
    words = [cell for cell in cells if not re.search(r"\d", cell) and cell not in ("-", "--")]
    return int(len(cells) > 1 and len(words) == len(cells) and not any(is_total(cell) for cell in cells))


def columns_of(sheet: type[Sheet], headers: Sequence[str]) -> dict[str, MappedColumn]:
    """Return those of the sheet's columns that the header row contains, by column name."""
    places = places_in(headers)
    found: dict[str, MappedColumn] = {}
    for column in sheet.columns:
        if hit := _find(column, places, headers):
            found[column.name] = hit
    return found


def places_in(headers: Sequence[str]) -> dict[str, list[tuple[int, str]]]:
    """Return for each normalized header the indices (from 0) and units of its columns.

    Columns with exactly that header come before those whose header equals it without the unit.
    """
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
    """Return the column index (from 0) and unit of the header; None if it is missing.

    ``name#2`` is the second column with that name.
    """
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
    """Return the factor by which to multiply the column's figures, given the unit in its header."""
    return _FACTORS.get(unit, 1.0) if column.kind in ("money", "seconds") else 1.0
