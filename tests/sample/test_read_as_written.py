"""Every sample export: what the readers make of it against what plain pandas adds up."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from core.exports.kinds.registry import SHEETS
from core.exports.reading.reader import read
from core.exports.sheet import Sheet
from tests.exports.files import LANTING
from tests.sample.plain_files import zipped

EXPORTS = Path(__file__).parents[2] / "sample" / "exports"
FILES = sorted(path for path in EXPORTS.rglob("*") if path.is_file())
DAY_AFTER = pd.Timestamp("2026-12-31").date()
_TOTALS = ("合计", "总计")


def test_there_are_as_many_as_ever() -> None:
    assert len(FILES) == 175


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_rows_and_sums_are_those_of_plain_pandas(path: Path) -> None:
    result = read(path, today=DAY_AFTER, shop=LANTING)
    assert result.sheet is not None
    assert result.sheet.id == path.parent.name
    plain = _plain(path, result.sheet)
    keys = [name for name in result.sheet.key if name in plain] or None
    assert result.rows == len(plain.drop_duplicates(subset=keys))
    frame = result.frame
    for column in result.sheet.columns:
        name = column.name
        if column.kind in ("count", "money") and name in plain and not column.inner:
            assert frame[name].sum() == pytest.approx(plain[name].sum()), name
            assert frame[name].notna().any() == plain[name].notna().any(), name


def _plain(path: Path, sheet: type[Sheet]) -> pd.DataFrame:
    """Return the columns of figures as numbers, and those of the key as text."""
    found = []
    for rows in _tables(path):
        heads = [len(set(row) & _headers(sheet)) for row in rows[:30]]
        head = heads.index(max(heads))
        if max(heads) < 2:
            continue
        width = len(rows[head])
        body = [[*row, *[""] * width][:width] for row in rows[head + 1 :]]
        table = pd.DataFrame(
            body, columns=[f"{cell}#{at}" for at, cell in enumerate(rows[head])], dtype="str"
        )
        found.append(_ours(table[(table != "").any(axis=1)], sheet))
    return pd.concat(found, ignore_index=True)


def _ours(table: pd.DataFrame, sheet: type[Sheet]) -> pd.DataFrame:
    made = {}
    for column in sheet.columns:
        places = [at for header in column.headers for at in _places(table, header)]
        if places:
            text = table.iloc[:, places[0]].str.strip()
            fen = table.columns[places[0]].partition("#")[0].endswith("(分)")
            figure = column.kind in ("count", "money")
            made[column.name] = _value(text) / (100 if fen else 1) if figure else text
    frame = pd.DataFrame(made)
    totals = frame.isin(_TOTALS).any(axis=1)
    for name in sheet.must:
        if name in frame:
            totals |= frame[name].isin(["", "-"])
    if sheet.totals == "keep":
        return frame
    return frame[~totals]


def _value(text: pd.Series) -> pd.Series:
    plain = text.str.replace(",", "").str.removesuffix("元")
    return pd.to_numeric(plain.mask(plain.isin(["", "-"])))


def _places(table: pd.DataFrame, header: str) -> list[int]:
    name, _, turn = header.partition("#")
    spelled = {name.lower(), f"{name}(分)".lower(), f"{name}(元)".lower(), f"{name}（元）".lower()}
    hits = [at for at, cell in enumerate(table.columns) if cell.rpartition("#")[0].strip().lower() in spelled]
    return hits[int(turn) - 1 : int(turn)] if turn else hits


def _headers(sheet: type[Sheet]) -> frozenset[str]:
    assert sheet in SHEETS.values()
    return frozenset(header.partition("#")[0] for column in sheet.columns for header in column.headers)


def _tables(path: Path) -> Iterator[list[list[str]]]:
    data = zipped(path) if path.suffix == ".zip" else path.read_bytes()
    if data.startswith((b"\xd0\xcf", b"PK")):
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            yield [[_text(cell) for cell in row] for row in rows]
        return
    text = _decoded(data)
    yield [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16" if data.startswith(b"\xff\xfe") else "gb18030", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise AssertionError(data[:20])


def _text(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()
