"""Sample exports whose rows were split by a dimension that nobody declared: same figures, or a reason.

60 of them each time; ``make fuzz`` takes a fifth of its COUNT. What was read wrongly is named by its number:
``split(number)`` is the file.
"""

from __future__ import annotations

import io
import json
import math
from csv import writer
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd
import pytest

from core.exports import dimensions
from core.exports.cells import is_total
from core.exports.header_keys import key_of, without_unit
from core.exports.kinds.registry import SHEETS
from core.exports.reading.containers import pages_of
from core.exports.reading.dictionary_column import Coded
from core.exports.reading.headings import known_keys
from core.exports.reading.reader import read
from core.exports.reading.recognise import recognise
from core.exports.reading.result import Reading
from core.exports.sheet import NUMBERS, Sheet
from core.storage.regular_files import RegularFile
from tests.fuzz.test_damaged_exports import COUNT, FROM, LONG
from tests.fuzz.trial import TODAY

SAMPLE = Path(__file__).parents[2] / "sample" / "exports"
CASES = COUNT // 5 if LONG else 60
_LARGEST = 2_000
_UNKNOWN = ("自定义分组", "批号甲", "档位", "Bucket", "小组", "线路", "分仓代号", "tier")
_VALUES = (
    "甲",
    "乙",
    "丙",
    "丁",
    "戊",
    "A组",
    "B组",
    "north",
    "south",
    "1",
    "2",
    "3",
    "直播",
    "新客",
    "浙江",
)
_SMALL = 120


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A sample export as rows of text."""

    name: str
    sheet: type[Sheet]
    above: list[list[str]]
    header: list[str]
    body: list[list[str]]
    figures: dict[int, str]
    """Our name by column of the file, for columns of figures."""


@dataclass(frozen=True, slots=True)
class Split:
    """One file before and after, and the header it was split by."""

    table: Table
    most: int
    """About how many of the table's rows there are before the split."""
    header: str
    parts: bytes


def _drawn(dice: Random) -> Table:
    """Return a sample export under 2,000 rows that is one table."""
    while True:
        table = _table(dice.choice(_exports()))
        if table is not None:
            return table


@cache
def _exports() -> tuple[Path, ...]:
    return tuple(path for path in sorted(SAMPLE.rglob("*")) if path.is_file())


@cache
def _table(path: Path) -> Table | None:
    pages, inside = pages_of(RegularFile(path))
    match = recognise(pages, f"{path.name} {inside}".strip())
    (table, *more) = match.tables
    if more:
        return None
    heading, page = table.heading, table.page
    width = len(heading.headers)
    wanted = list(range(width))
    columns: list[list[str]] = [[] for _ in wanted]
    for piece in page.pieces(wanted, frozenset(wanted), heading.body, width):
        for at in wanted:
            cells = piece.columns[at]
            series = cells.series() if isinstance(cells, Coded) else cells
            columns[at] += ["" if pd.isna(cell) else _text(cell) for cell in series]
    body = [list(row) for row in zip(*columns, strict=True)]
    if len(body) >= _LARGEST:
        return None
    figures = {
        found.at: name
        for name, found in table.columns.items()
        if found.column.kind in NUMBERS and name != "hour"
    }
    name = Path(inside or path.name).stem + ".csv"
    return Table(name, match.sheet, page.top[: heading.row], list(heading.headers), body, figures)


def _text(cell: Any) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def split(number: int) -> Split:
    """Return the file of this number: a table, its rows split by an invented dimension and shuffled."""
    dice = Random(number)
    table = _drawn(dice)
    most = dice.choice((3, 12, _SMALL))
    body = _some_rows(table, most)
    header = dice.choice(_headers(table))
    values = dice.sample(_VALUES, dice.randint(2, 5))
    parts = [part for row in body for part in _parts(table, row, values, dice)]
    if dice.random() < 0.2:
        parts += [["全部", *row] for row in body]
    dice.shuffle(parts)
    return Split(table, most, header, _csv([*table.above, [header, *table.header], *parts]))


@cache
def _some_rows(table: Table, most: int) -> list[list[str]]:
    """Return about so many of the table's rows, without its totals."""
    body = [row for row in table.body if not any(is_total(cell) for cell in row)]
    body = _filled(table, body)
    return body[:: max(1, len(body) // most)]


def _filled(table: Table, body: list[list[str]]) -> list[list[str]]:
    """Repeat merged cells, so that rows may be shuffled."""
    if table.sheet.id != "sources":
        return body
    made: list[list[str]] = []
    for row in body:
        above = made[-1] if made else row
        made.append([above[at] if at < 1 and not cell else cell for at, cell in enumerate(row)])
    return made


def _headers(table: Table) -> list[str]:
    """Return headers that the table does not have and no column of its sheet goes by."""
    known = known_keys([table.sheet]) | {key_of(header) for header in table.header}
    catalogue = json.loads(Path(dimensions.__file__).with_suffix(".json").read_text(encoding="utf-8"))
    named = [header for headers in catalogue["headers"].values() for header in headers]
    free = [header for header in (*named, *_UNKNOWN * 10) if without_unit(key_of(header))[0] not in known]
    others = known_keys([sheet for sheet in SHEETS.values() if sheet is not table.sheet])
    return [header for header in free if key_of(header) not in others or dimensions.dimension_of(header)]


def _parts(table: Table, row: list[str], values: list[str], dice: Random) -> list[list[str]]:
    shares = [dice.random() + 0.01 for _ in values]
    made = [[value, *row] for value in values]
    for at, cell in enumerate(row):
        name = table.figures.get(at)
        if name is None or not _is_plain(cell):
            continue
        if name in table.sheet.adds:
            pieces = _shared(cell, shares)
        elif table.sheet.column(name).kind == "count":  # people: some are in several parts
            pieces = [
                str(math.ceil(int(float(cell.replace(",", ""))) * dice.uniform(0.3, 1))) for _ in values
            ]
        else:
            continue
        for part, piece in zip(made, pieces, strict=True):
            part[at + 1] = piece
    return made


def _is_plain(cell: str) -> bool:
    return cell.replace(",", "").replace(".", "", 1).isdecimal()


def _shared(cell: str, shares: list[float]) -> list[str]:
    """Return the figure split so that the parts add up to it exactly."""
    plain = cell.replace(",", "")
    digits = len(plain.partition(".")[2])
    left = round(float(plain) * 10**digits)
    made = []
    for number, share in enumerate(shares):
        rest = sum(shares[number:])
        piece = left if number == len(shares) - 1 else round(left * share / rest)
        left -= piece
        made.append(f"{piece / 10**digits:.{digits}f}")
    return made


def _csv(rows: list[list[str]]) -> bytes:
    held = io.StringIO()
    writer(held).writerows(rows)
    return held.getvalue().encode()


def _read(folder: Path, name: str, data: bytes) -> Reading:
    path = folder / name
    path.write_bytes(data)
    return read(path, today=TODAY)


@cache
def _whole(folder: Path, table: Table, most: int) -> Reading:
    """Read the rows as they were before the split; many splits are held against one reading."""
    return _read(folder, table.name, _csv([*table.above, table.header, *_some_rows(table, most)]))


def wrong(folder: Path, number: int) -> str:
    """Return what is wrong with how the file of this number is read; "" when nothing is."""
    one = split(number)
    whole = _whole(folder, one.table, one.most)
    parts = _read(folder, one.table.name, one.parts)
    if whole.refused:
        return f"{number}: the table itself is refused: {whole.problems[0].sentence()}"
    if parts.refused:
        said = parts.problems[0].sentence()
        return "" if one.header in said else f"{number}: {one.header} is not named: {said}"
    return _other_figures(whole, parts, f"{number}: {one.table.name} by {one.header}")


def _other_figures(whole: Reading, parts: Reading, which: str) -> str:
    if parts.sheet is not whole.sheet or whole.sheet is None:
        return f"{which}: read as {parts.sheet} instead of {whole.sheet}"
    keys = list(whole.sheet.key)
    one, other = (reading.frame.sort_values(keys, ignore_index=True) for reading in (whole, parts))
    if len(one) != len(other) or not one[keys].equals(other[keys]):
        return f"{which}: {len(other)} rows instead of {len(one)}, or of other keys"
    for column in whole.sheet.columns:
        for name in column.fields if column.kind in NUMBERS else ():
            adds = name in whole.sheet.adds
            same = (one[name] - other[name]).abs().le(1e-6) | (one[name].isna() & other[name].isna())
            unknown = other[name].isna() & (not adds)
            if not (same | unknown).all():
                at = list(same | unknown).index(False)
                return f"{which}: {name} is {other[name][at]} instead of {one[name][at]}"
    return ""


@pytest.mark.timeout(0 if LONG else 300)
def test_rows_split_by_an_unknown_dimension_give_the_same_figures_or_a_reason(tmp_path: Path) -> None:
    found = [said for number in range(FROM, FROM + CASES) if (said := wrong(tmp_path, number))]
    assert not found, "\n".join(found[:20])
