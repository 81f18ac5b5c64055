"""Files that nobody's platform wrote: whatever is inside, one sentence comes out and the server stays up."""

from __future__ import annotations

import io
import random
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.exports.reading import containers, zip_guard
from core.exports.reading.recognise import waiting
from tests.exports.files import csv, raw, reading, said, xls, xlsx, zipped

DRAWN = "日期 | 计划ID | 计划名字 | 花费 | 点击量\n2026-11-14 | 11 | a | 1 | 2\n2026-11-15 | 11 | b | 3 | 4\n"


def test_a_zip_that_unpacks_to_the_moon_is_refused_before_unpacking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(containers, "MOST_BYTES", 1 << 20)
    bomb = zipped(tmp_path / "bomb.zip", 商品报表__csv=b"\xc8\xd5\xc6\xda," * (1 << 20))
    assert bomb.stat().st_size < 100_000
    assert "unpacks to" in said(reading(bomb))


def test_a_workbook_that_unpacks_to_the_moon_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zip_guard, "MOST_UNPACKED", 1 << 20)
    rows = [["日期", "计划ID", "花费"], *[["2026-11-15", "1" * 200, "2"]] * 9000]
    assert "unpacks to" in said(reading(xlsx(tmp_path / "bomb.xlsx", rows)))


def test_one_far_cell_does_not_make_a_billion_of_them(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page["A1"], page["B1"], page["XFD1048576"] = "日期", "花费", "x"
    book.save(tmp_path / "far.xlsx")
    started = time.monotonic()
    assert "worksheet has" in said(reading(tmp_path / "far.xlsx"))
    assert time.monotonic() - started < 2


def test_a_flipped_bit_in_an_xls_does_not_ask_for_all_memory(tmp_path: Path) -> None:
    data = bytearray(xls(tmp_path / "a.xls", 计划=DRAWN).read_bytes())
    at = data.index(b"\xfd\x00\x0a\x00")
    data[at + 4 : at + 8] = b"\xff\xff\xff\xff"
    assert "worksheet has" in said(reading(raw(tmp_path / "b.xls", bytes(data))))


def test_a_cell_of_ten_megabytes_is_cut_and_said(tmp_path: Path) -> None:
    text = (
        "日期,计划ID,计划名字,花费,点击量\n2026-11-14,11," + "长" * 5_000_000 + ",1,2\n2026-11-15,11,b,3,4\n"
    )
    result = reading(raw(tmp_path / "计划报表.csv", text.encode("gb18030")))
    assert result.rows == 2
    assert result.frame["plan"].str.len().max() == 2000
    assert "1 text was longer than 2,000 characters and was cut." in said(result)


def test_a_zip_in_a_zip_and_a_pdf_named_xls(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", a__csv=b"1").read_bytes()
    assert "The zip contains no table" in said(reading(zipped(tmp_path / "outer.zip", inner__zip=inner)))
    assert "A zip inside a zip" in said(reading(zipped(tmp_path / "named.zip", inner__csv=inner)))
    assert "PDF" in said(reading(raw(tmp_path / "a.xls", b"%PDF-1.7 ...")))


def test_a_broken_zip_member_is_damage(tmp_path: Path) -> None:
    body = ("日期,计划ID,花费,点击量\n" + "2026-11-15,1,2,3\n" * 5000).encode("gb18030")
    data = bytearray(zipped(tmp_path / "a.zip", plan__csv=body).read_bytes())
    data[100] ^= 0xFF
    result = reading(raw(tmp_path / "b.zip", bytes(data)))
    assert result.refused


def test_a_missing_file_a_folder_and_a_locked_file_are_sentences(tmp_path: Path) -> None:
    assert "cannot be opened" in said(reading(tmp_path / "nowhere.csv"))
    assert "cannot be opened" in said(reading(tmp_path))


def test_the_inbox_passes_over_what_is_not_ready(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv.crdownload", ".c.csv", "~$d.xlsx", "e.part"):
        (tmp_path / name).write_bytes(b"1")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "f.xls").write_bytes(b"1")
    assert [path.name for path in waiting(tmp_path, 100)] == ["a.csv", "f.xls"]
    assert waiting(tmp_path / "nowhere", 100) == []


@given(st.binary(max_size=600))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_a_reading(tmp_path: Path, data: bytes) -> None:
    reading(raw(tmp_path / "x.xls", data))


@pytest.mark.parametrize("seed", range(6))
def test_damaged_copies_of_good_files_never_crash(tmp_path: Path, seed: int) -> None:
    good = [
        csv(tmp_path / "a.csv", DRAWN),
        xls(tmp_path / "a.xls", 计划=DRAWN),
        xlsx(tmp_path / "a.xlsx", [["日期", "计划ID", "花费"], ["2026-11-15", "1", 2]]),
        zipped(tmp_path / "a.zip", plan__csv=csv(tmp_path / "b.csv", DRAWN).read_bytes()),
    ]
    for number, data in enumerate(_damaged([path.read_bytes() for path in good], random.Random(seed))):
        result = reading(raw(tmp_path / f"计划报表{number % 4}.xls", data))
        assert "cannot be read" not in said(result), said(result)


def _damaged(good: list[bytes], chance: random.Random) -> Iterator[bytes]:
    for _ in range(30):
        for data in good:
            copy = bytearray(data)
            if chance.random() < 0.4:
                copy = copy[: chance.randrange(len(copy))]
            for _ in range(chance.randrange(4)):
                if copy:
                    copy[chance.randrange(len(copy))] = chance.randrange(256)
            yield bytes(copy)


def test_lying_sizes_in_a_zip_are_not_believed(tmp_path: Path) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("计划.csv", DRAWN.replace(" | ", ",").encode() * 50)
    data = held.getvalue()
    real = (len(DRAWN.replace(" | ", ",").encode()) * 50).to_bytes(4, "little")
    assert reading(raw(tmp_path / "lie.zip", data.replace(real, (10).to_bytes(4, "little")))).refused
