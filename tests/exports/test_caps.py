"""What is too large, or pretends to be small: refused with one sentence, at once; the server stays up."""

from __future__ import annotations

import io
import struct
import time
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import xlwt

from core.exports.reading import csv_scan, webpage, xls_guard, zip_guard
from sample.writers import _parts
from tests.exports.files import raw, reading, said, xls, xlsx, zipped

HEADER = "日期,计划ID,计划名字,花费,点击量"
ROW = "2026-11-15,1,a,2,3"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"
FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
ZEROS = 1 << 24


@pytest.fixture(autouse=True)
def at_once() -> Iterator[None]:
    """Nothing here takes long: what is refused is refused before it is read."""
    began = time.process_time()
    yield
    assert time.process_time() - began < 5


def book(path: Path, sheet: str, *, at: str = SHEET, **parts: str) -> Path:
    """Write an .xlsx by hand; ``__`` in a part's name stands for a dot, ``___`` for a slash."""
    held = {
        name: text.replace(SHEET.removeprefix("xl/"), at.removeprefix("xl/"))
        for name, text in _parts(["S"]).items()
    }
    held |= {at: sheet} | {name.replace("___", "/").replace("__", "."): text for name, text in parts.items()}
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in held.items():
            archive.writestr(name, text)
    return raw(path, data.getvalue())


def cells(inside: str, before: str = "") -> str:
    """Return a sheet's XML."""
    return (
        f'<?xml version="1.0"?>{before}<worksheet xmlns="{MAIN}"><sheetData>{inside}</sheetData></worksheet>'
    )


def held() -> int:
    """Return the most MB this process held since it was last asked to forget."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))


def bomb(path: Path, inside: str, said_size: int) -> Path:
    """Write ten gigabytes of zeros as a zip of ten megabytes that says it holds ``said_size`` bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = packer.compress(bytes(ZEROS)) + packer.flush(zlib.Z_FULL_FLUSH)
    body = piece * 640 + zlib.compressobj(9, zlib.DEFLATED, -15).flush()
    name, sizes = inside.encode(), (min(said_size, 0xFFFFFFFE),)
    first = struct.pack("<IHHHHHIIIHH", 0x04034B50, 45, 0x800, 8, 0, 0, 0, len(body), *sizes, len(name), 0)
    listed = struct.pack(
        "<IHHHHHHIIIHHHHHII", 0x02014B50, 45, 45, 0x800, 8, 0, 0, 0, len(body), *sizes, len(name), *[0] * 6
    )
    start = len(first) + len(name) + len(body)
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 1, 1, len(listed) + len(name), start, 0)
    return raw(path, first + name + body + listed + name + end)


def test_five_gigabytes_of_csv_are_not_even_opened(tmp_path: Path) -> None:
    path = raw(tmp_path / "计划报表.csv", f"{HEADER}\n".encode())
    with path.open("r+b") as file:
        file.truncate(5 << 30)
    assert "The file has 5,120 MB. Download fewer days at a time (at most 512 MB)." in said(reading(path))


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16"])
def test_more_rows_than_any_export(tmp_path: Path, encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_scan, "MOST_ROWS", 2_000)
    path = raw(tmp_path / "计划报表.csv", "\n".join([HEADER, *[ROW] * 2_001]).encode(encoding))
    assert "The file has more than 2,000 rows. Download fewer days at a time." in said(reading(path))


def test_a_million_columns(tmp_path: Path) -> None:
    path = raw(tmp_path / "计划报表.csv", f"{HEADER}{',x' * 1_000_000}\n{ROW}\n".encode())
    assert "The file has more than 16,384 columns." in said(reading(path))


@pytest.mark.parametrize("mark", ["", '"\n" '], ids=["plain", "quoted line ends"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_one_wide_row_does_not_make_all_rows_wide(tmp_path: Path, mark: str, encoding: str) -> None:
    wide = ROW + f",{mark}x" * 10_000
    rows = [HEADER, *[ROW] * 5_000, wide, *[f"2026-11-14,{n},a,2,3" for n in range(12_000)]]
    path = raw(tmp_path / "计划报表.csv", "\n".join(rows).encode(encoding))
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before = held()
    result = reading(path)
    assert held() - before < 400
    told = [problem for problem in result.problems if problem.level == "row"]
    assert (result.rows, len(told)) == (12_001, 1)
    assert "more cells than the header" in told[0].what


def test_a_row_without_an_end(tmp_path: Path) -> None:
    path = raw(tmp_path / "计划报表.csv", f"{HEADER}\n".encode() + b"," * (40 << 20))
    assert "One row is longer than 32 MB, so this is not a table." in said(reading(path))


def test_a_quotation_mark_that_never_closes_does_not_swallow_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_scan, "LONGEST_TEXT", 1 << 20)
    rows = "\n".join([HEADER, f'"{ROW}', *[ROW] * 200_000, f'{ROW}"', "2026-11-14,1,a,2,3\n"])
    result = reading(raw(tmp_path / "计划报表.csv", rows.encode()))
    assert [str(day) for day in result.dates] == ["2026-11-14", "2026-11-15"]


@pytest.mark.parametrize(
    "sheet",
    [
        cells(FAR),
        cells(FAR.replace('r="', 'r = "')),
        cells(FAR.replace("XFD1048576", "xfd1048576")),
        cells(FAR.replace("XFD1048576", "XFD00000000001048576")),
        cells("<row>" + "<c><v>1</v></c>" * 16_000 + "</row>" + "<row><c><v>1</v></c></row>" * 20_000),
        cells(FAR).replace("<", "<x:").replace("<x:/", "</x:").replace("x:?", "?").replace("mlns", "mlns:x"),
    ],
    ids=["plain", "spaces", "small letters", "zeros", "no places", "prefix"],
)  # fmt: skip
def test_cells_far_apart_however_they_are_written(tmp_path: Path, sheet: str) -> None:
    assert "The worksheet has" in said(reading(book(tmp_path / "a.xlsx", sheet)))
    assert "The worksheet has" in said(reading(book(tmp_path / "b.xlsx", sheet, at="xl/elsewhere/s.bin")))


def test_four_billion_texts_that_are_not_there(tmp_path: Path) -> None:
    texts = f'<sst xmlns="{MAIN}" uniqueCount="4000000000"><si><t>x</t></si></sst>'
    path = book(
        tmp_path / "a.xlsx",
        cells('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'),
        xl___sharedStrings__xml=texts,
    )
    assert "The file is damaged" in said(reading(path))


def test_a_text_longer_than_any_cell(tmp_path: Path) -> None:
    long = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"a" * (40 << 20)}</t></is></c></row>'
    assert "The file is damaged" in said(reading(book(tmp_path / "a.xlsx", cells(long))))


@pytest.mark.parametrize(
    "entities",
    [
        '<!ENTITY x SYSTEM "file:///etc/hostname">',
        '<!ENTITY l0 "lol">'
        + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
        + '<!ENTITY x "&l9;">',
    ],
    ids=["another file", "a billion laughs"],
)
def test_entities_are_never_followed(tmp_path: Path, entities: str) -> None:
    row = "".join(
        f'<c r="{at}1" t="inlineStr"><is><t>{text}</t></is></c>' for at, text in (("A", "日期"), ("B", "&x;"))
    )
    result = reading(
        book(tmp_path / "a.xlsx", cells(f'<row r="1">{row}</row>', f"<!DOCTYPE w [{entities}]>"))
    )
    assert result.refused
    assert Path("/etc/hostname").read_text(encoding="utf-8").strip() not in said(result)


@pytest.mark.parametrize("inside", ["商品报表.csv", "商品报表.xlsx", "xl/workbook.xml"])
@pytest.mark.parametrize("size", [640 * ZEROS, 1000], ids=["honest", "lying"])
def test_ten_gigabytes_of_zeros(tmp_path: Path, inside: str, size: int) -> None:
    result = reading(bomb(tmp_path / "a.zip", inside, size))
    assert result.refused
    assert "unpacks to" in said(result) or "is damaged" in said(result)


def test_a_zip_that_lists_more_files_than_fit_into_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zip_guard, "MOST_LISTED", 1_000)
    path = zipped(tmp_path / "a.zip", **{f"n{number}__csv": b"1" for number in range(50)})
    assert "The zip contains more files than any download of the platforms." in said(reading(path))


def test_a_list_said_to_begin_before_the_zip_does(tmp_path: Path) -> None:
    data = bytearray(zipped(tmp_path / "a.zip", a__csv=b"1").read_bytes())
    data[-10:-6] = struct.pack("<I", len(data) + 40)
    assert "The file is damaged" in said(reading(raw(tmp_path / "b.zip", bytes(data))))


def test_many_wide_sheets_are_as_large_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xls_guard, "_MOST_CELLS", 500)
    table = "\n".join([HEADER.replace(",", " | "), *[ROW.replace(",", " | ")] * 59])
    assert "worksheet has" not in said(reading(xls(tmp_path / "a.xls", one=table)))
    assert "has 600 cells" in said(reading(xls(tmp_path / "b.xls", one=table, two=table)))


def test_a_workbook_of_an_ordinary_size_passes_all_guards(tmp_path: Path) -> None:
    rows: list[Sequence[object]] = [HEADER.split(",")]
    rows += [[f"2026-11-{day:02}", str(n), "a", 2.5, 3] for n in range(300) for day in range(1, 16)]
    assert reading(xlsx(tmp_path / "计划报表.xlsx", rows)).rows == 4_500


@pytest.mark.parametrize(
    ("piece", "times"),
    [
        ("<!", 10_000_000), ("<!--a>", 200_000), ('<a "', 500_000), ("<td a", 1), ("a ", 10_000_000),
        ("<tr>", 200_000), ("<table>", 200_000), ("<script>", 500_000), ("&", 5_000_000), ("<", 20_000_000),
    ],
)  # fmt: skip
def test_a_page_of_nothing_but_beginnings(tmp_path: Path, piece: str, times: int) -> None:
    page = f"<table><tr><td {piece * times}"
    assert reading(raw(tmp_path / "a.xls", page.encode())).refused


def test_a_page_whose_cells_say_that_they_are_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webpage, "MOST_CELLS", 10_000)
    page = "<table><tr>" + "<td colspan=500>x" * 100
    assert "The worksheet has" in said(reading(raw(tmp_path / "a.xls", page.encode())))


def test_a_page_that_names_an_encoding_nobody_writes(tmp_path: Path) -> None:
    names = "".join(f"<th>{name}" for name in HEADER.split(","))
    values = "".join(f"<td>{value}" for value in ROW.split(","))
    page = f'<meta charset="punycode"><table><tr>{names}<tr>{values}</table>{"-a" * 1_000_000}'
    assert reading(raw(tmp_path / "计划报表.xls", page.encode())).rows == 1


def test_a_page_as_spreadsheet_programs_save_it(tmp_path: Path) -> None:
    page = """<html><head><style>td { color: red } <td>no</td></style>
    <script>"<table><tr><td>no"</script></head><body><!-- <table><tr><td>no</td></tr></table> -->
    <TABLE><TR><TD><table><tr><td>a < b</td></tr></table></TD></TR>
    <tr><th>日期<th title="a > b" colspan=1>计划ID</th><th>计划名字<br>&nbsp;</th><th>花费<th>点击量</tr>
    <tr><td>2026-11-15</td><td>1</td><td>&lt;b&gt; &amp; c</td><td>2</td><td>3</td></tr></TABLE>"""
    result = reading(raw(tmp_path / "计划报表.xls", page.encode()))
    assert result.frame["plan"].tolist() == ["<b> & c"]


def test_a_million_bad_rows_are_counted_and_twenty_are_told(tmp_path: Path) -> None:
    bad = "\n".join(f"x{number},1,a,2,3" for number in range(60_000))
    good = "\n".join(f"2026-11-{day:02},{n},a,2,3" for n in range(5_000) for day in range(1, 16))
    result = reading(raw(tmp_path / "计划报表.csv", f"{HEADER}\n{bad}\n{good}\n".encode()))
    rows = [problem for problem in result.problems if problem.level == "row"]
    assert result.rows == 75_000
    assert (len(rows), rows[0].row, rows[0].column) == (21, 2, "日期")
    assert "59,980 more rows" in rows[-1].what or "59980 more rows" in rows[-1].what


def test_a_zip_whose_list_names_nothing(tmp_path: Path) -> None:
    data = bytes.fromhex(
        "504b03041400010008000048705d91c8d2ea080000000600000015000000c9ccc6b7b1a8b1ed5f32303236313131362e6373"
        "76cbc94fce4e4d0100504b010214001400010008000048705d91c8d2ea080000000600000015000000000000000000000080"
        "01000000000000c6b7b1a8b1ed5f32303236313131762e637376504b05060000000001000100430000003b0000000000"
    )
    assert "The zip contains no table." in said(reading(raw(tmp_path / "商品报表.zip", data)))


def test_an_xls_that_ends_before_it_begins_is_damaged(tmp_path: Path) -> None:
    """A parser would make room for four thousand million rows, and the process would be gone."""
    data = bytearray(xls(tmp_path / "计划报表.xls", one=HEADER.replace(",", " | ")).read_bytes())
    at = data.index(b"\x00\x02\x0e\x00") + 4
    struct.pack_into("<II", data, at, 1_000, 1)
    assert "damaged" in said(reading(raw(tmp_path / "b.xls", bytes(data))))


def test_an_xls_with_one_cell_far_away_is_refused(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("one")
    for row in range(22):
        sheet.write(row, 0, "词")
    sheet.write(30_000, 200, "far")
    book.save(str(tmp_path / "a.xls"))
    assert "has 6,030,201 cells" in said(reading(tmp_path / "a.xls"))
