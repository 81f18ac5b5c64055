"""What the columns of an unknown file most likely are: filled in only where it is beyond doubt."""

from __future__ import annotations

from datetime import date
from itertools import starmap

import pytest

from core.exports.header_keys import key_of
from core.exports.kinds.registry import SHEETS
from core.exports.teaching import suggestions
from core.exports.teaching.suggestions import filled_in, guesses, likely_sheets, seen_column
from tests.exports.layout_files import KNOWN, layout_named, rows_of

TODAY = date(2026, 11, 29)


def column(header: str, *cells: str) -> suggestions.HeaderSeen:
    return seen_column(header, cells)


def columns_of(layout_id: str) -> list[suggestions.HeaderSeen]:
    head, *rows = rows_of(layout_named(layout_id), KNOWN[layout_id])
    return list(starmap(column, zip(head, *rows, strict=True)))


@pytest.fixture
def nobody_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the layouts that come with the program away: what is left is what headers and cells show."""
    monkeypatch.setattr(suggestions, "known_layouts", tuple)
    suggestions._headers_of.cache_clear()
    suggestions._everywhere.cache_clear()


@pytest.mark.usefixtures("nobody_knows")
def test_on_real_header_lists_most_columns_are_offered_and_hardly_any_is_filled_in_wrong() -> None:
    offered = mapped = filled = wrong = 0
    for layout_id in KNOWN:
        layout = layout_named(layout_id)
        sheet, seen = SHEETS[layout.sheet], columns_of(layout_id)
        truth = {key_of(header): name for name, rule in layout.columns.items() for header in rule.headers}
        for one in seen:
            if aim := truth.get(key_of(one.header)):
                mapped += 1
                offered += aim in [guess.target for guess in guesses(sheet, one, TODAY)]
        for target, header in filled_in(sheet, seen, TODAY).items():
            filled += 1
            wrong += key_of(header) in truth and truth[key_of(header)] != target
    assert mapped > 120
    assert filled > 100
    assert wrong / filled <= 0.02
    assert offered / mapped >= 0.95
    suggestions._headers_of.cache_clear()
    suggestions._everywhere.cache_clear()


def test_the_kind_of_a_real_export_is_found_by_its_columns() -> None:
    found = {
        layout_id: likely_sheets(columns_of(layout_id), "", TODAY)[0].id
        for layout_id in KNOWN
        if layout_id not in ("pdd-ads-day", "wxt-scene-report", "douyin-compass-day", "jd-self-stock")
    }
    assert {name: sheet for name, sheet in found.items() if sheet != layout_named(name).sheet} == {}


@pytest.mark.parametrize(
    ("header", "cells", "target"),
    [
        ("销售额", ("5000", "6000"), "gmv"),
        ("进店人数", ("100", "120"), "visitors"),
        ("哪天", ("2026-11-27", "2026-11-28"), "date"),
        ("访客数（人）", ("100",), "visitors"),
    ],
)
def test_a_column_is_filled_in_by_what_people_call_it_or_by_what_it_shows(
    header: str, cells: tuple[str, ...], target: str
) -> None:
    assert filled_in(SHEETS["shop_day"], [column(header, *cells)], TODAY) == {target: header}


def test_words_are_no_figures_and_two_alike_are_left_to_the_person() -> None:
    sheet = SHEETS["shop_day"]
    assert filled_in(sheet, [column("成交", "很好", "一般")], TODAY) == {}
    assert filled_in(sheet, [column("2019年的日子", "2019-11-27", "2019-11-28")], TODAY) == {}
    both = [column("销售额", "5000"), column("营业额", "4800")]
    assert filled_in(sheet, both, TODAY) == {}
    assert "gmv" in [guess.target for guess in guesses(sheet, both[0], TODAY)]


@pytest.mark.parametrize(
    "header", ["收件人姓名", "联系手机", "买家昵称", "Email", "仓管电话", "身份证号", "详细地址"]
)
def test_cells_about_people_are_not_even_looked_at(header: str) -> None:
    seen = column(header, "王五", "13800000000")
    assert (seen.private, seen.cells) == (True, ())


@pytest.mark.parametrize("header", ["订单编号", "支付买家数", "买家实际支付金额", "客服昵称", "下单买家数"])
def test_headers_that_only_count_or_number_are_shown(header: str) -> None:
    assert column(header, "1").cells == ("1",)


def test_buyers_are_read_as_pseudonyms_without_being_shown() -> None:
    seen = column("买家会员名", "tb_123")
    assert seen.cells == ()
    assert filled_in(SHEETS["orders"], [seen], TODAY) == {"buyer": "买家会员名"}
    assert filled_in(SHEETS["reviews"], [seen], TODAY) == {}
