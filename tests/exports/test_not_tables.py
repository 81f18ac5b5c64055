"""Files that hold no export we read: each is told what it is, or which export it is."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.exports.files import csv, raw, reading, said

DAYS = "统计日期 | 访客数 | 支付金额 | 支付买家数\n2026-11-14 | 100 | 500 | 5\n2026-11-15 | 110 | 600 | 6\n"


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"Rar!\x1a\x07", "RAR"),
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"GIF89a", "GIF"),
        (b"SQLite format 3\0", "SQLite"),
        (b"\x7fELF\x02", "ELF"),
        (b"MZ\x90\0", "EXE"),
    ],
)
def test_another_kind_of_file_is_called_by_its_name(tmp_path: Path, start: bytes, kind: str) -> None:
    found = reading(raw(tmp_path / "店铺日报.xls", start + b"\0" * 100))
    assert found.refused
    assert kind in said(found)


@pytest.mark.parametrize("suffix", ["part", "crdownload", "download", "tmp", "filepart", "PART"])
def test_a_download_that_goes_on_is_to_be_waited_for(tmp_path: Path, suffix: str) -> None:
    file = csv(tmp_path / "店铺日报.csv", DAYS)
    assert "has not finished downloading" in said(reading(file.rename(f"{file}.{suffix}")))


@pytest.mark.parametrize("suffix", ["csv", "xls", "tsv", "htm", "html", "CSV"])
def test_the_only_table_in_a_zip_is_read_whatever_lies_beside_it(tmp_path: Path, suffix: str) -> None:
    table = DAYS.replace(" | ", ",").encode("gb18030")
    beside = {"readme.txt": b"x", f"__MACOSX/._day.{suffix}": b"x"}
    assert reading(packed(tmp_path / "a.zip", {f"day.{suffix}": table} | beside)).rows == 2
    two = packed(tmp_path / "b.zip", {f"day.{suffix}": table, "other.csv": table} | beside)
    assert "The zip contains 2 tables" in said(reading(two))


def packed(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


@pytest.mark.parametrize(
    ("title", "headers"),
    [
        ("商品流量来源", "统计日期 | 商品ID | 一级来源 | 访客数 | 跳出本店人数"),
        ("类目构成", "统计日期 | 终端 | 叶子类目 | 访客数 | 支付金额"),
        ("人群报表", "日期 | 计划ID | 计划名字 | 人群名字 | 点击量 | 花费"),
        ("创意报表", "日期 | 计划ID | 计划名字 | 创意名字 | 点击量 | 花费"),
        ("商品咨询分析", "日期 | 商品编号 | 询单人数"),
        ("订单宝贝明细 ExportOrderDetailList", "订单编号 | 标题 | 外部系统编号 | 购买数量"),
        ("子订单", "子订单编号 | 主订单编号 | 买家应付货款"),
        ("淘宝联盟推广概览", "日期 | 数据内容 | 点击人数(即进店人数)"),
        ("达摩盘全店单品列表", "宝贝ID | 货品成长阶段 | 支付金额"),
        ("店铺DSR", "日期 | 描述相符 | 行业均值 | 与行业对比"),
        ("竞店对比", "日期 | 店铺 | 交易指数 | 流量指数"),
    ],
)
def test_an_export_that_is_not_used_is_called_by_its_title(tmp_path: Path, title: str, headers: str) -> None:
    row = " | ".join("2026-11-15" if "日期" in header else "7" for header in headers.split(" | "))
    found = reading(csv(tmp_path / "x.csv", f"{headers}\n{row}\n{row}\n"))
    assert found.refused
    sentence = said(found)
    assert f"This is the platform's “{title}” file, as its column “" in sentence
    assert "shopday does not use it. Nothing to do." in sentence
