"""How a workbook looks: what it is printed on, how wide its columns are, how its picture is drawn."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from xml.etree import ElementTree as ET

import openpyxl
from openpyxl.workbook import Workbook

from core.tables import xlsx
from core.tables.table import Chart, Declared, Kind, ShopTable, build

MADE = datetime(2026, 6, 15, 9, 30)
DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
WORDS = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
KINDS: tuple[Kind, ...] = ("text", "date", "money", "count", "rate", "ratio", "seconds", "minutes")


def column(name: str, title: str, kind: Kind = "text") -> Declared[Mapping[str, object]]:
    return name, title, kind, lambda row: row.get(name)


def every_kind() -> ShopTable:
    columns = [column(kind, kind.title(), kind) for kind in KINDS]
    row = {"text": "甲", "date": date(2026, 6, 1)} | dict.fromkeys(KINDS[2:], 0.5)
    chart = Chart("Sales", "date", ("money", "count"), ("rate", "ratio"))
    return build("x", "Figures", "June", columns, [row, row], notes=["Read me.", "And me."], chart=chart)


def opened(table: ShopTable) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(xlsx.render(table, MADE)))


def of_texts(*texts: str, title: str = "T") -> ShopTable:
    return build("x", "X", "", [column("text", title)], [{"text": text} for text in texts])


def drawing(table: ShopTable) -> ET.Element:
    with zipfile.ZipFile(io.BytesIO(xlsx.render(table, MADE))) as parts:
        return ET.fromstring(parts.read("xl/charts/chart1.xml"))  # noqa: S314 - written a line above


def test_heads_stand_out_and_figures_are_aligned_with_theirs() -> None:
    sheet = opened(every_kind()).worksheets[0]
    for place, kind in enumerate(KINDS, 1):
        head = sheet.cell(1, place)
        assert head.font.b
        assert head.fill.fgColor.rgb == "FFE8ECF2"
        assert (head.border.left.style, head.border.left.color.rgb) == ("thin", "FFC5CCD8")
        assert (head.alignment.wrap_text, head.alignment.vertical) == (True, "center")
        assert head.alignment.horizontal == (None if kind == "text" else "right")
    assert sheet.row_dimensions[1].height == 32.25, "two lines of words"


def test_every_kind_of_figure_has_its_format_and_a_loss_is_red() -> None:
    sheet = opened(every_kind()).worksheets[0]
    assert {kind: sheet.cell(2, place).number_format for place, kind in enumerate(KINDS, 1)} == {
        "text": "@",
        "date": "yyyy-mm-dd",
        "money": "#,##0.00;[Red]-#,##0.00",
        "count": "#,##0;[Red]-#,##0",
        "rate": "0.00%;[Red]-0.00%",
        "ratio": "0.00;[Red]-0.00",
        "seconds": "0",
        "minutes": "0.0",
    }
    assert {cell.alignment.vertical for cell in sheet[2]} == {"top"}


def test_it_is_printed_on_a4_across_and_its_picture_too() -> None:
    book = opened(every_kind())
    sheet, about = book.worksheets
    (picture,) = book.chartsheets
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.page_setup.fitToHeight == 0, "as many sheets down as there are rows"
    assert picture.pageSetup
    assert about.sheet_properties.pageSetUpPr
    assert (picture.pageSetup.paperSize, picture.pageSetup.orientation) == (9, "landscape")
    assert (about.page_setup.fitToHeight, about.sheet_properties.pageSetUpPr.fitToPage) == (0, True)


def test_it_says_what_it_is_when_it_was_made_and_what_one_must_know() -> None:
    book = opened(every_kind())
    assert (book.properties.title, book.properties.created) == ("Figures", MADE)
    about = book["About this table"]
    assert [[cell.value for cell in row] for row in about.iter_rows()] == [
        ["Table", "Figures"],
        ["Days", "June"],
        ["Created", "2026-06-15 09:30"],
        ["Note", "Read me."],
        ["Note", "And me."],
        ["Empty", "An empty cell means unknown, never 0."],
    ]
    for row in about.iter_rows():
        assert {(cell.alignment.wrap_text, cell.alignment.vertical) for cell in row} == {(True, "top")}
    widths = [round(about.column_dimensions[name].width) for name in "AB"]
    assert widths == [19, 91]


def test_a_column_is_as_wide_as_its_words_up_to_a_limit() -> None:
    def wide(table: ShopTable) -> int:
        return int(opened(table).worksheets[0].column_dimensions["A"].width)

    assert wide(of_texts("甲")) == 6, "the least for words"
    assert wide(of_texts("七个字的话在这")) == 16, "two cells a sign, and two"
    assert wide(of_texts("x" * 46)) == 48
    assert wide(of_texts("x" * 200)) == 48, "no column is wider"
    assert wide(of_texts("x", title="T" * 10)) == 13, "a title of ten, and its sign for the filter"
    assert wide(of_texts("x", title="T" * 100)) == 18, "a long title takes lines"
    sheet = opened(every_kind()).worksheets[0]
    assert [int(sheet.column_dimensions[name].width) for name in "ABCDG"] == [7, 11, 13, 9, 10]


def test_the_picture_has_bars_on_one_axis_and_lines_on_another() -> None:
    picture = drawing(every_kind())
    assert ["".join(one.itertext()) for one in picture.iter(f"{WORDS}t")] == ["Sales June"]
    assert {one.get("sz") for one in picture.iter(f"{WORDS}rPr")} == {"1400"}
    drawn = {
        kind: [one.text for series in picture.iter(f"{DRAWN}{kind}")
               for one in series.iterfind(f"{DRAWN}ser/{DRAWN}tx/{DRAWN}strRef/{DRAWN}f")]
        for kind in ("barChart", "lineChart")
    }  # fmt: skip
    assert drawn == {
        "barChart": ["Figures!$C$1", "Figures!$D$1"],
        "lineChart": ["Figures!$E$1", "Figures!$F$1"],
    }
    markers = [
        (one.find(f"{DRAWN}symbol"), one.find(f"{DRAWN}size"))
        for one in picture.iterfind(f".//{DRAWN}ser/{DRAWN}marker")
    ]
    assert [(a.get("val"), b.get("val")) for a, b in markers if a is not None and b is not None] == [
        ("circle", "4"), ("circle", "4"),
    ]  # fmt: skip
    formats = [one.get("formatCode") for one in picture.iter(f"{DRAWN}numFmt")]
    assert formats == ["mm-dd", "#,##0", "0.0%", "General"]
    (grid,) = picture.iter(f"{DRAWN}majorGridlines")
    assert [one.get("val") for one in grid.iter(f"{WORDS}srgbClr")] == ["D9DEE7"]
    assert [one.get("val") for one in picture.iter(f"{DRAWN}legendPos")] == ["b"]
    assert not list(picture.iter(f"{DRAWN}dispBlanksAs")), "a day without a figure is a gap: Excel's default"
    places = [one.get("val") for one in picture.iter(f"{DRAWN}crosses")]
    assert places == ["autoZero", "autoZero", "max", "autoZero"]
    assert not list(picture.iter(f"{DRAWN}dateAx")), "days without figures leave no hole in the axis"


def test_a_picture_without_lines_has_one_axis() -> None:
    columns = [column("date", "Date", "date"), column("minutes", "Minutes", "minutes")]
    rows = [{"date": date(2026, 6, day), "minutes": 1.0} for day in (1, 2)]
    picture = drawing(build("x", "X", "", columns, rows, chart=Chart("Used", "date", ("minutes",))))
    assert not list(picture.iter(f"{DRAWN}lineChart"))
    assert [one.get("formatCode") for one in picture.iter(f"{DRAWN}numFmt")] == ["mm-dd", "0.0"]


def test_a_text_too_long_for_a_cell_says_how_much_is_left_out() -> None:
    fits, more = "x" * xlsx.LONGEST, "x" * (xlsx.LONGEST + 1_000)
    sheet = opened(of_texts(fits, more)).worksheets[0]
    assert sheet["A2"].value == fits
    assert sheet["A3"].value == (
        "x" * xlsx.LONGEST + " … and 1,000 more characters; the csv and md files hold them all"
    )


def test_a_day_before_excels_first_is_written_as_text() -> None:
    table = build(
        "x", "X", "", [column("day", "Day", "date")], [{"day": date(1899, 12, 31)}, {"day": date(1900, 1, 1)}]
    )
    sheet = opened(table).worksheets[0]
    assert (sheet["A2"].data_type, sheet["A2"].value) == ("s", "1899-12-31")
    assert sheet["A3"].data_type in ("d", "n")


def test_a_table_without_rows_has_its_heads_and_nothing_to_filter() -> None:
    sheet = opened(build("x", "X", "", [column("text", "Text")], [])).worksheets[0]
    assert [cell.value for cell in sheet[1]] == ["Text"]
    assert sheet.auto_filter.ref is None


def test_a_sheet_is_called_as_excel_allows() -> None:
    assert xlsx.sheet_name("a[b]c:d*e?f/g\\h'i") == "a-b-c-d-e-f-g-h-i"
    assert xlsx.sheet_name("x" * 40) == "x" * 31
    assert xlsx.sheet_name("") == "1"
