"""Plain csv is read by whole blocks, all else the slow way: both say the same of every export there is."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd
import pytest

from core.exports.reading import fast_csv, row_store
from core.exports.reading.raw_table import Piece
from core.exports.reading.result import Reading
from tests.exports.files import LANTING, csv, raw, reading, said

SAMPLE = Path(__file__).parents[2] / "sample"


def may_hold_csv(path: Path) -> bool:
    """Tell whether it is anything but a workbook: of those no row is read the fast way."""
    if path.read_bytes()[:4] == b"\xd0\xcf\x11\xe0":
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return "[Content_Types].xml" not in archive.namelist()
    except zipfile.BadZipFile:
        return True


EXPORTS = [
    path
    for folder in ("exports", "broken")
    for path in sorted((SAMPLE / folder).rglob("*.*"))
    if path.is_file() and may_hold_csv(path)
]
WORDS = "日期 | 计划ID | 宝贝ID | 词名字/词包名字 | 展现量 | 点击量 | 花费 | 总成交金额 | 总成交笔数"


def slowly(monkeypatch: pytest.MonkeyPatch, path: Path) -> Reading:
    """Read the file as if every row were odd."""

    class Nothing(Iterator[Piece]):
        def __next__(self) -> Piece:
            raise fast_csv.Odd

    with monkeypatch.context() as patch:
        patch.setattr(fast_csv, "pieces", lambda *_: Nothing())
        return reading(path, LANTING)


def same(one: Reading, other: Reading) -> None:
    assert said(one) == said(other)
    assert (one.sheet, one.rows, one.dates, one.shop_name) == (
        other.sheet,
        other.rows,
        other.dates,
        other.shop_name,
    )
    pd.testing.assert_frame_equal(one.frame, other.frame, check_exact=True)


@pytest.mark.parametrize("path", EXPORTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_sample_export_reads_the_same_both_ways(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    same(reading(path, LANTING), slowly(monkeypatch, path))


def words(count: int, day: str = "2026-11-15") -> str:
    rows = [f"{day} | 7 | 736500100101 | 词{n} | {n * 9} | {n % 40} | 12.5 | 159 | 1" for n in range(count)]
    return "\n".join([WORDS, *rows])


def test_a_plain_export_takes_the_fast_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = csv(tmp_path / "关键词报表.csv", words(3))
    monkeypatch.setattr(fast_csv, "pieces", _refused)
    with pytest.raises(AssertionError, match="the fast way"):
        reading(path)


def _refused(*_: object) -> Iterator[Piece]:
    raise AssertionError("the fast way")


@pytest.mark.parametrize(
    "cells",
    [
        ("“,”", '"1,234"', "2.5万", "￥12.50"),
        ("毛衣 女 ", "--", "0", "1e3"),
        ('="毛衣"', "延迟统计", "nan", "NaN"),
        ("毛衣\u200b", "12人", "-3", "inf"),
        ("　毛衣", "TRUE", "+5", " 7 "),
        ('毛"衣', "0x1F", "1_000", "12."),
        ('"毛\n衣"', "5", "5", "5"),
        ("词" * 2_100, "5", "5", "5"),
        ("\x00毛衣\x00", "5", "5", "5"),
        ("�", "5", "5", "5"),
        ("总计", "5", "5", "5"),
        ("-", "5", "5", "5"),
    ],
)
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_odd_cells_mean_the_same_both_ways(
    cells: Sequence[str], encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        ",".join(WORDS.split(" | ")),
        "2026-11-15,7,736500100101,大衣,90,9,3.5,159,1",
        f"2026/11/15,'8,ID：736500100102,{cells[0]},{cells[1]},{cells[2]},{cells[3]},1,1",
        "2026年11月15日,9,736500100103,毛衣,10,1,0.5,0,0",
    ]
    path = raw(tmp_path / "关键词报表.csv", ("\r\n".join(rows) + "\r\n").encode(encoding))
    same(reading(path, LANTING), slowly(monkeypatch, path))


@pytest.mark.parametrize(
    "end",
    [
        "",
        "\r\n",
        "\n\n",
        "\r\n\r\n",
        "\r\n,,,,,,,,\r\n",
        "\r\n合计,,,,1,1,1,1,1\r\n",
        "\r\n2026-11-15,7,73",
        "\r\n2026-11-15,7,736500100101,a,b,1,1,1,1,1\r\n",
        "\r2026-11-15,7,736500100101,外套,1,1,1,1,1\r",
    ],
)
def test_every_end_of_a_file_is_understood_the_same_both_ways(
    end: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = "\r\n".join([",".join(WORDS.split(" | ")), "2026-11-15,7,736500100101,大衣,90,9,3.5,159,1"])
    path = raw(tmp_path / "关键词报表.csv", (head + end).encode("gb18030"))
    same(reading(path, LANTING), slowly(monkeypatch, path))


def test_the_slow_way_goes_on_where_the_fast_one_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = words(95).splitlines()
    drawn[77] = "2026-11-15 | 7 | 736500100101 | 短"
    path = csv(tmp_path / "关键词报表.csv", "\n".join(drawn))
    expected = slowly(monkeypatch, path)
    monkeypatch.setattr(fast_csv, "ROWS", 10)
    same(reading(path, LANTING), expected)


def test_rows_that_went_to_disk_are_the_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = [*words(40).splitlines(), *words(40, "2026-11-14").splitlines()[1:]]
    path = csv(tmp_path / "关键词报表.csv", "\n".join(drawn))
    expected = reading(path, LANTING)
    monkeypatch.setattr(fast_csv, "ROWS", 10)
    monkeypatch.setattr(row_store, "FEW", 20)
    found = reading(path, LANTING)
    assert found.gathered is not None
    assert found.gathered.packed
    assert not found.gathered.in_order  # a newer day came first: they are sorted when they are kept
    same(found, expected)


def test_repeated_rows_are_found_on_disk_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = words(40).splitlines()
    copied = csv(tmp_path / "关键词报表.csv", "\n".join([*drawn, drawn[4]]))
    other = csv(
        tmp_path / "关键词.csv",
        "\n".join([*drawn, "2026-11-15 | 7 | 736500100101 | 词3 | 5 | 5 | 5 | 5 | 5"]),
    )
    expected = reading(copied, LANTING)
    monkeypatch.setattr(fast_csv, "ROWS", 10)
    monkeypatch.setattr(row_store, "FEW", 20)
    found = reading(copied, LANTING)
    assert "1 row appears twice with the same figures; it was counted once." in said(found)
    same(found, expected)
    assert "词3 (15 Nov) appears in 2 rows with different figures" in said(reading(other, LANTING))


def test_a_whole_block_is_cut_at_its_rows() -> None:
    data = b"".join(b"%d,a\r\n" % n for n in range(120_001))
    layout = fast_csv.Layout("utf-8", ",", (0, 1), 2, quotes=False)
    made = list(fast_csv.pieces(lambda: io.BytesIO(data), layout, 1))
    assert [len(piece.rows) for piece in made] == [50_000, 50_000, 20_000]
    assert [int(piece.rows[0]) for piece in made] == [2, 50_002, 100_002]
