"""Find the layout of a file: the shop's own layouts first, then those shipped with the program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from typing import Final

from core.exports.cells import fold
from core.exports.header_keys import key_of, signature_of, without_unit
from core.exports.kinds.registry import SHEETS
from core.exports.layouts.file_layout import ColumnRule, FileLayout, Unit
from core.exports.reading.headings import FEN, HeaderRow, MappedColumn, factor_of, place_of, places_in
from core.exports.reading.laid_out_page import LaidOutPage, page_rules
from core.exports.reading.raw_table import RawTable

_NEARLY: Final = 0.6
"""The share of its columns that a file must have to count as nearly matching a layout."""
_FACTORS: Final[Mapping[Unit, float]] = {
    "yuan": 1.0, "fen": FEN, "wan": 1e4, "seconds": 1.0, "minutes": 60.0, "fraction": 1.0, "percent": 1.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A table of a file, as read by a layout."""

    page: LaidOutPage
    heading: HeaderRow
    columns: dict[str, MappedColumn]


@dataclass(frozen=True, slots=True)
class Near:
    """A layout that a file nearly matches."""

    layout: FileLayout
    missing: str
    """The only required header that is missing."""
    extra: tuple[str, ...]
    """Headers of the file that the layout does not mention."""


def has_layout(layout: FileLayout, headers: Sequence[str]) -> bool:
    """Return whether a table with these headers matches the layout."""
    return not lacking(layout, headers) and not _strange(layout, headers)


def was_taught_by(layout: FileLayout, headers: Sequence[str]) -> bool:
    """Return whether the layout was defined with a file that had exactly these headers."""
    return bool(layout.signature) and layout.signature == signature_of(headers)


def lacking(layout: FileLayout, headers: Sequence[str]) -> list[str]:
    """Return the layout's required headers of which no spelling occurs in ``headers``."""
    places = places_in(headers)
    return [
        header
        for header in layout.requires
        if all(place_of(one, places) is None for one in _spellings(layout, header))
    ]


def near_miss(layouts: Sequence[FileLayout], headers: Sequence[str]) -> Near | None:
    """Return the first layout that the headers nearly match: one required header and few columns are missing.

    None if there is no such layout.
    """
    places = places_in(headers)
    for layout in layouts:
        missing = lacking(layout, headers)
        if len(missing) != 1 or _strange(layout, headers):
            continue
        there = sum(_is_there(rule, places) for rule in layout.columns.values())
        if there >= _NEARLY * len(layout.columns):
            said = {without_unit(key_of(header))[0] for header in layout.headers()}
            new = [one for one in headers if one and without_unit(key_of(one))[0] not in said]
            return Near(layout, missing[0], tuple(new))
    return None


def laid_out(layout: FileLayout, page: RawTable, heading: HeaderRow) -> LaidOut | None:
    """Return the table as read by the layout.

    None if the layout is for another tab, or if a column that the sheet needs is missing.
    """
    if layout.page and page.name and not fnmatch(fold(page.name).lower(), layout.page.lower()):
        return None
    sheet, headers = SHEETS[layout.sheet], heading.headers
    places = places_in(headers)
    columns: dict[str, MappedColumn] = {}
    sums: dict[int, tuple[tuple[int, int], ...]] = {}
    values: dict[int, Mapping[str, str]] = {}
    for target, rule in layout.columns.items():
        column = sheet.column(target)
        if rule.sum:
            parts = [(place_of(one.removeprefix("-"), places), one) for one in rule.sum]
            if any(place is None for place, _ in parts):
                continue
            at = len(headers) + len(sums)
            sums[at] = tuple((place[0], -1 if one.startswith("-") else 1) for place, one in parts if place)
            header, unit = " + ".join(one.removeprefix("-") for one in rule.sum), ""
        else:
            place = next((hit for one in rule.headers if (hit := place_of(one, places)) is not None), None)
            if place is None:
                continue
            at, unit = place
            header = fold(headers[at])
        factor = _FACTORS[rule.unit] if rule.unit else factor_of(column, unit)
        percent = rule.unit == "percent" or (not rule.unit and unit == "%")
        columns[target] = MappedColumn(column, at, header, factor, points=percent)
        if rule.values:
            values[at] = rule.values
    if any(not any(name in columns for name in group) for group in sheet.least or sheet.needs):
        return None
    by_header = {key: hits[0][0] for key, hits in places.items()}
    rules = replace(
        page_rules(layout.rows, by_header, sums, values),
        dates=tuple(one.at for one in columns.values() if one.column.kind in ("date", "time")),
        date_format=layout.date_format,
        keyed=tuple(columns[name].at for name in sheet.key if name in columns and name != "date"),
    )
    body = heading.row + 1 + layout.skip_after_header if layout.skip_after_header else heading.body
    return LaidOut(LaidOutPage(page, rules), replace(heading, body=body), columns)


def _spellings(layout: FileLayout, header: str) -> Iterator[str]:
    """Yield the header, then the layout's other spellings of it (headers of the same column)."""
    yield header
    for rule in layout.columns.values():
        if header in rule.headers:
            yield from rule.headers


def _strange(layout: FileLayout, headers: Sequence[str]) -> bool:
    places = places_in(headers)
    return any(place_of(header, places) is not None for header in layout.without)


def _is_there(rule: ColumnRule, places: Mapping[str, list[tuple[int, str]]]) -> bool:
    if rule.sum:
        return all(place_of(one.removeprefix("-"), places) is not None for one in rule.sum)
    return any(place_of(one, places) is not None for one in rule.headers)
