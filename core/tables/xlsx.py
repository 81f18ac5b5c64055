"""A table as an Excel workbook: typed cells, with the header row and first column frozen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO
from itertools import cycle
from typing import TYPE_CHECKING, Any

from core.language.numbers import count
from core.language.sanitize import safe
from core.language.text_width import cells_of
from core.language.wording import say
from core.tables.table import Cell, Chart, Kind, ShopColumn, ShopTable

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

FORMATS: dict[Kind, str] = {
    "text": "@",
    "date": "yyyy-mm-dd",
    "money": "#,##0.00;[Red]-#,##0.00",
    "count": "#,##0;[Red]-#,##0",
    "rate": "0.00%;[Red]-0.00%",
    "ratio": "0.00;[Red]-0.00",
    "seconds": "0",
    "minutes": "0.0",
}
LONGEST = 32_000
"""Maximum characters of a cell; Excel's limit is 32,767."""
FIRST_YEAR = 1900
"""Excel does not support dates before this year."""
WIDEST = 48
SHEET = 140
"""How many characters fit the width of a printed page (A4, landscape) and stay readable.

Wider tables are spread over more pages.
"""
MOST_ROWS = 1_048_000
BARS = ("#2B6CA3", "#C76A00")
"""The colours of a chart's bars: blue and orange, which people who cannot tell red from green distinguish."""
LINE = "#5C6570"


def render(table: ShopTable, made: datetime) -> bytes:
    """Return the workbook: the table, a chart sheet if the table has a chart, and a sheet with notes.

    Text is never interpreted as a formula, link or number: each cell is written according to its column's
    kind.
    """
    import xlsxwriter

    held = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(held, options) as book:
        book.set_properties({"title": table.title, "created": made.replace(tzinfo=None)})
        _page(book, table)
        if table.chart is not None:
            _picture(book, table, table.chart)
        _about(book, table, made)
    return held.getvalue()


def sheet_name(title: str) -> str:
    """Return the title as a valid Excel sheet name: at most 31 characters, no forbidden characters."""
    return "".join("-" if char in "[]:*?/\\'" else char for char in safe(title))[:31] or "1"


def _page(book: Workbook, table: ShopTable) -> None:
    page = book.add_worksheet(sheet_name(table.title))
    look = {"bold": True, "bg_color": "#E8ECF2", "border": 1, "border_color": "#C5CCD8",
            "text_wrap": True, "valign": "vcenter"}  # fmt: skip
    words, figures = book.add_format(look), book.add_format(look | {"align": "right"})
    page.set_row(0, 32)
    for place, column in enumerate(table.columns):
        page.write_string(0, place, safe(column.title), words if column.kind == "text" else figures)
    kinds = {kind: book.add_format({"num_format": FORMATS[kind], "valign": "top"}) for kind in FORMATS}
    for number, row in enumerate(table.rows[:MOST_ROWS], 1):
        for place, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
            _write(page, number, place, cell, kinds["text" if isinstance(cell, str) else column.kind])
    _totals(book, page, table)
    measured = (*table.rows[:500], *((table.totals,) if table.totals else ()))
    widths = [_width(column, [row[n] for row in measured]) for n, column in enumerate(table.columns)]
    for place, width in enumerate(widths):
        page.set_column(place, place, width)
    page.freeze_panes(1, 1)
    if table.rows:
        page.autofilter(0, 0, min(len(table.rows), MOST_ROWS), len(table.columns) - 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(max(1, round(sum(widths) / SHEET)), 0)
    page.repeat_rows(0)
    page.repeat_columns(0)


def _totals(book: Workbook, page: Worksheet, table: ShopTable) -> None:
    """Write the totals row below the last row, outside the range that Excel filters and sorts."""
    below = min(len(table.rows), MOST_ROWS) + 1
    look = {"bold": True, "top": 1, "border_color": "#8A94A6", "valign": "top"}
    looks = {kind: book.add_format(look | {"num_format": FORMATS[kind]}) for kind in FORMATS}
    for place, (column, cell) in enumerate(zip(table.columns, table.totals, strict=False)):
        kind = "text" if isinstance(cell, str) else column.kind
        if cell is None:
            page.write_blank(below, place, None, looks[kind])
        else:
            _write(page, below, place, cell, looks[kind])


def _write(page: Worksheet, row: int, place: int, cell: Cell, look: Any) -> None:  # noqa: ANN401 - an xlsxwriter Format
    if isinstance(cell, str):
        page.write_string(row, place, _as_it_fits(safe(cell)), look)
    elif isinstance(cell, date) and cell.year < FIRST_YEAR:
        page.write_string(row, place, cell.isoformat(), look)
    elif isinstance(cell, date):
        page.write_datetime(row, place, datetime.combine(cell, time()), look)
    elif cell is not None:
        page.write_number(row, place, cell, look)


def _as_it_fits(text: str) -> str:
    """Return the text; if it is too long for a cell, shortened and with the number of characters left out."""
    if len(text) <= LONGEST:
        return text
    more = say(" … and {n} more characters; the csv and md files hold them all", n=count(len(text) - LONGEST))
    return text[:LONGEST] + more


def _width(column: ShopColumn, cells: Sequence[Cell]) -> float:
    longest = max((cells_of(cell[:WIDEST]) for cell in cells if isinstance(cell, str)), default=0)
    usual = {"text": 6, "date": 11, "money": 13, "rate": 9}.get(column.kind, 9)
    return min(WIDEST, max(usual, longest + 2, min(18, cells_of(column.title) + 3)))


def _picture(book: Workbook, table: ShopTable, wanted: Chart) -> None:
    """Add a chart sheet: bars, and lines on a second axis."""
    name, last = sheet_name(table.title), len(table.rows)
    places = {column.id: place for place, column in enumerate(table.columns)}
    along = [name, 1, places[wanted.along], last, places[wanted.along]]

    def series(column: str) -> dict[str, Any]:
        at = places[column]
        return {"name": [name, 0, at], "categories": along, "values": [name, 1, at, last, at]}

    bars = book.add_chart({"type": "column"})
    for column, colour in zip(wanted.bars, cycle(BARS), strict=False):
        bars.add_series(series(column) | {"fill": {"color": colour}})
    grid = {"visible": True, "line": {"color": "#D9DEE7"}}
    bars.set_y_axis({"num_format": _scale(table, wanted.bars[0]), "major_gridlines": grid})
    if wanted.lines:
        lines = book.add_chart({"type": "line"})
        marker = {"type": "circle", "size": 4, "fill": {"color": LINE}, "border": {"color": LINE}}
        for column in wanted.lines:
            look = {"y2_axis": True, "marker": marker, "line": {"color": LINE, "width": 2}}
            lines.add_series(series(column) | look)
        lines.set_y2_axis({"num_format": _scale(table, wanted.lines[0])})
        bars.combine(lines)
    bars.set_x_axis({"num_format": "mm-dd", "text_axis": True})
    bars.set_title({"name": safe(f"{wanted.title} {table.span}"), "name_font": {"size": 14}})
    bars.set_legend({"position": "bottom"})
    bars.show_blanks_as("gap")
    sheet = book.add_chartsheet(say("Chart"))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_chart(bars)


def _scale(table: ShopTable, name: str) -> str:
    """Return the number format of a chart axis: whole yuan, percentages with one decimal."""
    kind = next(column.kind for column in table.columns if column.id == name)
    return {"money": "#,##0", "rate": "0.0%"}.get(kind, FORMATS[kind])


def _about(book: Workbook, table: ShopTable, made: datetime) -> None:
    page = book.add_worksheet(say("About this table"))
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    page.set_column(0, 0, 18)
    page.set_column(1, 1, 90)
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    lines = [
        (say("Table"), table.title),
        (say("Days"), table.span),
        (say("Created"), f"{made:%Y-%m-%d %H:%M}"),
        *((say("Note"), note) for note in table.notes),
        *(
            [(say("In total"), say("Sums of the rows above; rates are calculated from the sums."))]
            if table.totals
            else ()
        ),
        (say("Empty"), say("An empty cell means unknown, never 0.")),
    ]
    for row, (name, words) in enumerate(lines):
        page.write_string(row, 0, safe(name), wrapped)
        page.write_string(row, 1, safe(words), wrapped)
