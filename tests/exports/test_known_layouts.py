# ruff: noqa: E501 - tables and sentences as they are
"""Exports of other platforms and of warehouse programs: read by layouts that are data."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from core.errors import BadSettings
from core.exports.header_keys import key_of
from core.exports.kinds.registry import SHEETS
from core.exports.layouts import known_layouts as module
from core.exports.layouts.file_layout import FileLayout
from core.exports.layouts.known_layouts import known_layouts
from core.exports.layouts.layout_file import layouts_in
from core.exports.reading.layout_match import has_layout
from core.exports.reading.reader import read
from core.exports.reading.result import Reading
from core.language.wording import text
from tests.exports.files import csv, said
from tests.exports.layout_files import KNOWN, OTHERS, ROWS, file_of, layout_named

SUNDAY = date(2026, 11, 29)


def opened(path: Path) -> Reading:
    return read(path, today=SUNDAY)


def test_every_layout_says_how_it_is_known_and_where_the_file_comes_from() -> None:
    assert {layout.id for layout in known_layouts()} == set(KNOWN)
    for layout in known_layouts():
        assert layout.source, layout.id
        assert layout.how, layout.id
        assert layout.confidence in ("verified", "partial"), layout.id
        assert len(layout.requires) >= 4 or layout.platform == "xhs", layout.id


@pytest.mark.parametrize("layout_id", KNOWN)
def test_the_export_is_read_by_its_own_layout(layout_id: str, tmp_path: Path) -> None:
    layout = layout_named(layout_id)
    result = opened(file_of(tmp_path, layout, KNOWN[layout_id]))
    assert not result.refused, said(result)
    assert (result.layout, result.rows) == (layout.edition, ROWS)
    frame = result.frame
    figures = [name for name in layout.columns if name in SHEETS[layout.sheet].adds]
    there = set(map(key_of, KNOWN[layout_id]))
    for name in figures:
        if any(key_of(header) in there for header in layout.columns[name].named):
            assert frame[name].sum() > 0, name


@pytest.mark.parametrize("layout_id", KNOWN)
def test_without_any_of_its_marks_it_is_another_file(layout_id: str) -> None:
    layout = layout_named(layout_id)
    rules = layout.columns.values()
    for mark in layout.requires:
        spellings = [(mark,), *(rule.headers for rule in rules if mark in rule.headers)]
        spelled = {key_of(one) for headers in spellings for one in headers}
        left = [header for header in KNOWN[layout_id] if key_of(header) not in spelled]
        assert not has_layout(layout, left), mark


def test_no_layout_takes_the_file_of_another_or_of_a_kind_of_export() -> None:
    lists = {**KNOWN, **OTHERS}
    lists |= {sheet.id: [h for column in sheet.columns for h in column.headers] for sheet in SHEETS.values()}
    taken = {
        (layout.id, name)
        for layout in known_layouts()
        for name, headers in lists.items()
        if has_layout(layout, headers) and layout.id != name
    }
    assert taken - SAME_LIST == set()


SAME_LIST = {("jd-sku-day", "jd-self-traffic")}


def test_an_order_of_several_goods_is_one_order_and_a_copy_counts_once(tmp_path: Path) -> None:
    drawn = """
主订单编号 | 子订单编号 | 选购商品 | 订单提交时间 | 支付完成时间 | 订单应付金额 | 商品数量 | 省
6900000000000000001 | 6900000000000000011 | 卫衣 | 2026-11-28 10:00:00 | 2026-11-28 10:01:00 | 59 | 1 | 浙江省
6900000000000000001 | 6900000000000000012 | 卫衣 | 2026-11-28 10:00:00 | 2026-11-28 10:01:00 | 59 | 1 | 浙江省
6900000000000000001 | 6900000000000000012 | 卫衣 | 2026-11-28 10:00:00 | 2026-11-28 10:01:00 | 59 | 1 | 浙江省
6900000000000000002 | 6900000000000000021 | 裙子 | 2026-11-28 11:00:00 | 2026-11-28 11:01:00 | 20 | 1 | 江苏省
"""
    frame = opened(csv(tmp_path / "orders.csv", drawn, "utf-8")).frame
    assert dict(zip(frame["order"], frame["amount"], strict=True)) == {
        "6900000000000000001": 118.0,
        "6900000000000000002": 20.0,
    }
    assert frame["units"].sum() == 3
    assert frame["region"].tolist() == ["浙江", "江苏"]


def test_an_exchange_is_no_money_back(tmp_path: Path) -> None:
    drawn = """
售后单号 | 商品单号 | 订单号 | 售后类型 | 退商品金额（元） | 商品运费（元） | 售后申请时间 | 售后状态
7100000001 | 6900000000000000011 | 6900000000000000001 | 仅退款 | 59 | 0 | 2026-11-28 12:00:00 | 同意退款，退款成功
7100000002 | 6900000000000000021 | 6900000000000000002 | 换货 | 20 | 0 | 2026-11-28 12:00:00 | 换货中
"""
    frame = opened(csv(tmp_path / "售后.csv", drawn, "utf-8")).frame
    assert frame["amount"].tolist() == [59.0]
    assert frame["status"].tolist() == ["退款成功"]


def test_a_report_of_the_whole_account_is_never_added_to_items_or_plans(tmp_path: Path) -> None:
    scenes = opened(file_of(tmp_path, layout_named("wxt-scene-report"), KNOWN["wxt-scene-report"])).frame
    assert set(scenes["report"]) == {"whole"}
    assert set(scenes["scene"]) == {"开衫1", "开衫2", "开衫3", "开衫4"}


def test_the_day_of_items_is_in_the_name_where_no_column_says_it(tmp_path: Path) -> None:
    layout = layout_named("pdd-items-day")
    path = file_of(tmp_path, layout, KNOWN["pdd-items-day"])
    assert set(opened(path).frame["date"].dt.date) == {date(2026, 11, 28)}
    nameless = path.rename(tmp_path / "商品明细.csv")
    assert "Neither the file nor its name says which day it is about." in said(opened(nameless))


def test_another_package_brings_layouts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    more = tmp_path / "kuaimai.toml"
    more.write_text(
        'version = 1\n[[layout]]\nid = "kuaimai-stock"\nsheet = "stock"\nrequires = ["仓位", "可配货"]\n'
        '[layout.columns]\nart_no = "规格商家编码"\navailable = "可配货"\n',
        encoding="utf-8",
    )

    class Point:
        def load(self) -> Path:
            return more

    class Broken:
        def load(self) -> Path:
            raise ImportError("not installed")

    points = [("kuaimai (a)", Broken()), ("kuaimai (b)", Point()), ("other (c)", Point())]
    monkeypatch.setattr(module, "brought", lambda group: points if group else [])
    monkeypatch.setattr(module, "_known", module._known.__wrapped__)
    assert module.known_layouts()[-1].id == "kuaimai-stock"
    assert list(map(text, module.layout_problems())) == [
        (
            "What kuaimai (a) provides for shopday.layouts is disabled: ImportError: not "
            "installed. Everything else works."
        ),
        (
            "What other (c) provides for shopday.layouts is disabled: the name “kuaimai-stock” is "
            "already taken. Everything else works."
        ),
    ]


GOOD = """version = 1

[[layout]]
id = "hand-stock"
sheet = "stock"
title = "手工库存"
requires = ["编码", "可卖"]
add_over = ["仓"]

[layout.columns]
art_no = "编码"
available = "可卖"

[layout.rows]
keep = { "状态" = ["正常"] }
"""


def test_a_layout_written_by_hand_is_read() -> None:
    (layout,) = layouts_in("columns.toml", GOOD.encode())
    assert layout == FileLayout(
        id="hand-stock",
        sheet="stock",
        title="手工库存",
        requires=("编码", "可卖"),
        add_over=("仓",),
        columns=layout.columns,
        rows=layout.rows,
    )
    assert layout.columns["art_no"].headers == ("编码",)
    assert layout.rows.keep == {"状态": ("正常",)}


@pytest.mark.parametrize(
    ("before", "after", "said_"),
    [
        ('sheet = "stock"', 'sheet = "stok"', "columns.toml:5: hand-stock: there is no “stok”. Did you mean “stock”?"),
        ('available = "可卖"', 'availible = "可卖"', "columns.toml:12: hand-stock: there is no “availible”. Did you mean “available”?"),
        ('available = "可卖"\n', "", (
            "columns.toml:10: hand-stock: No header is given for 主仓实际库存数 or 可用数; "
            "without it no row can be used."
        )),
        ('available = "可卖"', 'available = "编码"', "编码 is used for two columns. Each header can stand for only one."),
        ('requires = ["编码", "可卖"]\n', "", (
            "The entry “requires” is missing, so it is not known which files the layout is for."
        )),
        ('id = "hand-stock"', 'id = "手工"', "an id may contain only a-z, 0-9 and -."),
        ("version = 1", "version = 9", "columns.toml was written by a newer version of shopday."),
        ('art_no = "编码"', "art_no = { sum = [] }", (
            "columns.toml:11: hand-stock: no header is given for this column."
        )),
        ('art_no = "编码"', 'art_no = { headers = ["编码"], unit = "pound" }', "“pound” is not one of: yuan, fen"),
        ('title = "手工库存"', "title = 7", "columns.toml:6: "),
        ('title = "手工库存"', 'titel = "手工库存"', "there is no “titel”. Did you mean “title”?"),
    ],
)  # fmt: skip
def test_a_layout_that_cannot_be_meant_is_one_sentence_with_its_line(
    before: str, after: str, said_: str
) -> None:
    with pytest.raises(BadSettings) as wrong:
        layouts_in("columns.toml", GOOD.replace(before, after).encode())
    assert said_ in str(wrong.value)
    assert "\n" not in str(wrong.value)


def test_two_layouts_for_the_same_files_are_refused() -> None:
    signed = GOOD.replace('title = "手工库存"', 'signature = "0123456789ab"')
    twice = signed + signed.replace("version = 1\n", "").replace('"hand-stock"', '"other-stock"')
    with pytest.raises(BadSettings) as wrong:
        layouts_in("columns.toml", twice.encode())
    assert "the layouts “hand-stock” and “other-stock” match the same files." in str(wrong.value)


def test_with_any_line_gone_it_is_a_layout_or_one_sentence() -> None:
    lines = GOOD.splitlines(keepends=True)
    told = []
    for at in range(len(lines)):
        damaged = "".join(lines[:at] + lines[at + 1 :])
        try:
            layouts_in("columns.toml", damaged.encode())
        except BadSettings as error:
            told.append(str(error))
    assert len(told) >= 5
    assert [sentence for sentence in told if "\n" in sentence] == []
