"""Every sheet keeps the same promises."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from core.exports.header_keys import key_of
from core.exports.kinds import registry
from core.exports.kinds.catalogue import Catalogue
from core.exports.kinds.fees import Fees
from core.exports.kinds.market_terms import MarketTerms
from core.exports.kinds.streams import Streams
from core.exports.sheet import Sheet
from core.platforms.profile import platforms
from tests.exports.files import LANTING, reading

EXPORTS = Path(__file__).parents[2] / "sample" / "exports"
SHEETS = list(registry.SHEETS.values())


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.id)
def test_a_declaration_is_complete(sheet: type[Sheet]) -> None:
    assert registry.SHEETS[sheet.id] is sheet
    assert sheet.title
    asked = any(sheet.how_on(one) for one in platforms())
    assert asked or sheet is MarketTerms, "a look at the market is an extra nobody is asked for each day"
    assert sheet.__doc__
    assert sheet.days > 0
    names = sheet.names()
    assert len(set(names)) == len(names)
    declared = {column.name for column in sheet.columns}
    for name in (*sheet.key, *sheet.must, *sheet.scope):
        assert name in names
    for group in (*sheet.needs, sheet.wants, sheet.outliers):
        assert set(group) <= declared
    assert "date" in sheet.must or sheet.id in ("orders", "refunds")
    assert "date" in names


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.id)
def test_no_header_stands_for_two_columns_by_accident(sheet: type[Sheet]) -> None:
    seen: dict[str, str] = {}
    for column in sheet.columns:
        for header in column.headers:
            shared = sheet.id == "stock" and key_of(header) in (key_of("商品编码"), key_of("商家编码"))
            assert shared or key_of(header) not in seen, (column.name, header)
            seen[key_of(header)] = column.name


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.id)
def test_an_empty_frame_has_every_column_in_its_type(sheet: type[Sheet]) -> None:
    frame = sheet.empty()
    assert tuple(frame.columns) == sheet.names()
    for column in sheet.columns:
        for name in column.fields:
            kind = str(frame[name].dtype)
            wanted = {
                "id": "str",
                "text": "str",
                "date": "datetime64[ns]",
                "time": "datetime64[ns]",
                "flag": "bool",
            }
            assert kind == wanted.get(column.kind, "float64"), name


@pytest.mark.parametrize(
    "sheet",
    [sheet for sheet in SHEETS if sheet not in (Catalogue, Fees, MarketTerms, Streams)],
    ids=lambda sheet: sheet.id,
)  # the sample shop has no warehouse program, keeps no fee bill and buys no market figures
def test_the_samples_files_are_recognised_and_come_in_without_a_word(sheet: type[Sheet]) -> None:
    files = sorted((EXPORTS / sheet.id).iterdir())
    for file in (files[0], files[-1]):
        result = reading(file, LANTING)
        assert result.sheet is sheet
        assert result.rows > 0
        assert [problem for problem in result.problems if "fen" not in problem.what] == []
        assert tuple(result.frame.columns) == sheet.names()
        assert result.frame.dtypes.equals(sheet.empty().dtypes)
        assert not result.frame.duplicated(list(sheet.key)).any()
        assert isinstance(result.frame["date"].iloc[0], pd.Timestamp)
        private = {column.name for column in sheet.columns if column.private}
        assert not private & set(result.frame.columns)
