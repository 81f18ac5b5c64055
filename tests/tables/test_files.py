"""A table as a file: read again by two programs that know nothing of ours, and harmless to both."""

from __future__ import annotations

import csv
import io
import re
import subprocess
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from core.tables import csv_file, markdown, xlsx
from core.tables.table import Chart, Declared, Kind, ShopTable, build

MADE = datetime(2026, 6, 15, 9, 30)
FORMULAS = (
    '=HYPERLINK("http://evil.example","x")', "+1+1", "-2+3", "@SUM(A1)", "＝1+1", "\t=1", "\r=1",
    "  =1", "http://evil.example", "007", "1e5", "{=1}", "\x1b]0;x\x07", "\u202etxt",
)  # fmt: skip


def column(name: str, title: str, kind: Kind = "text") -> Declared[Mapping[str, object]]:
    return name, title, kind, lambda row: row.get(name)


def table() -> ShopTable:
    columns = [
        column("period", "Date", "date"),
        column("text", "Text"),
        column("gmv", "Sales", "money"),
        column("rate", "Conversion", "rate"),
        column("n", "Visitors", "count"),
        column("none", "Nobody knows"),
    ]
    rows: list[dict[str, object]] = [
        {"period": date(2026, 6, 1), "text": "甲", "gmv": 1234.5, "rate": 0.0283, "n": 1000},
        {"period": date(2026, 6, 2), "text": "乙", "gmv": None, "rate": float("nan"), "n": 0},
    ]
    chart = Chart("Sales", "period", ("gmv",), ("rate",))
    return build("operations", "Shop: operations", "2026", columns, rows, notes=["Read me."], chart=chart)


def hostile(text: str) -> ShopTable:
    return build(
        "x", f"[{text}]", "2026", [column("text", text), column("n", "N", "count")], [{"text": text, "n": 1}]
    )


def test_a_column_without_a_figure_is_left_out_and_nan_is_unknown() -> None:
    made = table()
    assert [column.id for column in made.columns] == ["period", "text", "gmv", "rate", "n"]
    assert made.column("rate") == [0.0283, None]
    assert made.column("n") == [1000.0, 0.0]


def test_one_row_is_no_picture() -> None:
    chart = Chart("Sales", "period", ("gmv",))
    columns = [column("period", "Date", "date"), column("gmv", "Sales", "money")]
    assert build("x", "X", "", columns, [{"period": MADE.date(), "gmv": 1}], chart=chart).chart is None


# ---- xlsx, by two independent readers


def test_openpyxl_reads_figures_as_figures_with_their_formats() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx.render(table(), MADE)))
    assert book.sheetnames == ["Shop- operations", "Chart", "About this table"]
    sheet = book["Shop- operations"]
    assert [cell.value for cell in sheet[1]] == ["Date", "Text", "Sales", "Conversion", "Visitors"]
    assert [cell.value for cell in sheet[2]] == [datetime(2026, 6, 1), "甲", 1234.5, 0.0283, 1000]
    assert [cell.value for cell in sheet[3]] == [datetime(2026, 6, 2), "乙", None, None, 0]
    assert sheet["D2"].number_format.startswith("0.00%")
    assert sheet["C2"].number_format.startswith("#,##0.00")
    assert sheet["A2"].number_format == "yyyy-mm-dd"
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:E3"
    about = [row[1].value for row in book["About this table"].iter_rows()]
    assert "Read me." in about


def test_openpyxl_finds_the_picture_drawn_from_the_tables_own_cells() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx.render(table(), MADE)))
    (sheet,) = book.chartsheets
    (picture,) = sheet._charts  # type: ignore[attr-defined]  # its reader keeps it there
    drawn = {type(part).__name__: part.series[0] for part in picture._charts}
    cells = {name: (one.cat.numRef.f, one.val.numRef.f, one.tx.strRef.f) for name, one in drawn.items()}
    dates = "'Shop- operations'!$A$2:$A$3"
    assert cells == {
        "BarChart": (dates, "'Shop- operations'!$C$2:$C$3", "'Shop- operations'!$C$1"),
        "LineChart": (dates, "'Shop- operations'!$D$2:$D$3", "'Shop- operations'!$D$1"),
    }


def test_a_wide_table_is_printed_on_sheets_that_can_be_read() -> None:
    figures = [column(f"n{n}", f"Figure {n}", "money") for n in range(30)]
    row: dict[str, object] = {"period": MADE.date()} | {f"n{n}": float(n + 1) for n in range(30)}
    for made, sheets in (
        (table(), 1),
        (build("x", "X", "", [column("period", "Date", "date"), *figures], [row]), 3),
    ):
        page = openpyxl.load_workbook(io.BytesIO(xlsx.render(made, MADE))).worksheets[0]
        assert (page.page_setup.orientation, page.page_setup.fitToWidth or 1) == ("landscape", sheets)
        assert (page.print_title_rows, page.print_title_cols) == ("$1:$1", "$A:$A")


@pytest.mark.e2e
def test_an_office_shows_the_figures_as_a_boss_reads_them_and_prints_the_picture(tmp_path: Path) -> None:
    (tmp_path / "table.xlsx").write_bytes(xlsx.render(table(), MADE))
    as_shown = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true"
    for kind in (as_shown, "pdf"):
        subprocess.run(
            ["soffice", f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", "--headless",
             "--convert-to", kind, "--outdir", str(tmp_path), str(tmp_path / "table.xlsx")],
            capture_output=True, check=True, timeout=110,
        )  # fmt: skip
    rows = list(csv.reader((tmp_path / "table.csv").read_text(encoding="utf-8").splitlines()))
    assert rows == [
        ["Date", "Text", "Sales", "Conversion", "Visitors"],
        ["2026-06-01", "甲", "1,234.50", "2.83%", "1,000"],
        ["2026-06-02", "乙", "", "", "0"],
    ]
    pages = (tmp_path / "table.pdf").read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", pages)) == 3, "the table, the picture, what to know of it"


def test_calamine_reads_the_same_cells() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(xlsx.render(table(), MADE)))
    rows = book.get_sheet_by_name("Shop- operations").to_python()
    assert rows[0] == ["Date", "Text", "Sales", "Conversion", "Visitors"]
    assert rows[1] == [date(2026, 6, 1), "甲", 1234.5, 0.0283, 1000.0]
    assert rows[2] == [date(2026, 6, 2), "乙", "", "", 0.0]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_of_a_workbook_is_a_formula_a_link_or_a_number(text: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx.render(hostile(text), MADE)))
    sheet = book.worksheets[0]
    for cell in (sheet["A1"], sheet["A2"]):
        assert cell.data_type == "s"
        assert cell.hyperlink is None
        assert not any(char < " " for char in str(cell.value))


def test_the_same_table_gives_the_same_bytes() -> None:
    assert xlsx.render(table(), MADE) == xlsx.render(table(), MADE)


# ---- csv and markdown


def test_csv_opens_in_excel_with_its_chinese() -> None:
    data = csv_file.render(table())
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[1] == ["2026-06-01", "甲", "1234.50", "2.83%", "1000"]
    assert rows[2] == ["2026-06-02", "乙", "", "", "0"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_csv_begins_a_formula(text: str) -> None:
    rows = list(csv.reader(io.StringIO(csv_file.render(hostile(text)).decode("utf-8-sig"))))
    for row in rows:
        assert row[0].lstrip()[:1] not in csv_file.STARTS
        assert not any(char < " " for char in row[0])


def test_a_negative_figure_is_no_formula() -> None:
    made = build("x", "X", "", [column("n", "N", "money")], [{"n": -5.0}])
    assert csv_file.render(made).decode("utf-8-sig").split() == ["N", "-5.00"]


def test_markdown_says_the_figures_in_words_and_shows_foreign_text_as_text() -> None:
    shown = markdown.render(table())
    assert "| 2026-06-01 | 甲 | ¥1,234 | 2.83% | 1,000 |" in shown
    assert "| 2026-06-02 | 乙 |  |  | 0 |" in shown
    assert "| Date | Text | Sales | Conversion | Visitors |\n| --- | --- | ---: | ---: | ---: |" in shown
    assert "- Read me." in shown
    assert "<script>" not in markdown.render(hostile("<script>|x"))
    assert "\\|x" in markdown.render(hostile("<script>|x"))
