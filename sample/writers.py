"""Write the platforms' file formats: BIFF8 .xls, .xlsx, GBK csv, and zips with GBK names.

No file contains the current time, so the same content always results in the same bytes.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

import xlwt

Cell = str | int | float | None
Rows = Sequence[Sequence[Cell]]
LONG_AGO = (2026, 11, 16, 9, 0, 0)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SPREAD = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_OPC = "application/vnd.openxmlformats-package"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def xls(sheets: Mapping[str, Rows]) -> bytes:
    """Return a real BIFF8 workbook; None omits the cell."""
    book = xlwt.Workbook(encoding="utf-8")
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell is not None:
                    sheet.write(number, column, cell)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _column(number: int) -> str:
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def _cell(reference: str, cell: Cell) -> str:
    if isinstance(cell, str):
        return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
    return f'<c r="{reference}"><v>{cell}</v></c>'


def _sheet(rows: Rows, dimension: str | None) -> str:
    lines = []
    for number, row in enumerate(rows, 1):
        cells = (_cell(f"{_column(at)}{number}", cell) for at, cell in enumerate(row) if cell is not None)
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    width = max((len(row) for row in rows), default=1)
    reference = dimension or f"A1:{_column(max(width, 1) - 1)}{max(len(rows), 1)}"
    body = f'<dimension ref="{reference}"/><sheetData>{"".join(lines)}</sheetData>'
    return f'{_HEAD}<worksheet xmlns="{_MAIN}">{body}</worksheet>'


def _links(targets: Mapping[str, str]) -> str:
    inside = "".join(
        f'<Relationship Id="rId{n}" Type="{_REL}/{kind}" Target="{target}"/>'
        for n, (target, kind) in enumerate(targets.items(), 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def _types(count: int) -> str:
    parts = {"/xl/workbook.xml": "sheet.main"}
    parts |= {f"/xl/worksheets/sheet{n}.xml": "worksheet" for n in range(1, count + 1)}
    inside = "".join(
        f'<Override PartName="{part}" ContentType="{_SPREAD}.{kind}+xml"/>' for part, kind in parts.items()
    )
    defaults = (
        f'<Default Extension="rels" ContentType="{_OPC}.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    return f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">{defaults}{inside}</Types>'


def _parts(names: Sequence[str]) -> dict[str, str]:
    sheets = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(names, 1)
    )
    book = f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>{sheets}</sheets></workbook>'
    inside = {f"worksheets/sheet{n}.xml": "worksheet" for n in range(1, len(names) + 1)}
    return {
        "[Content_Types].xml": _types(len(names)),
        "_rels/.rels": _links({"xl/workbook.xml": "officeDocument"}),
        "xl/workbook.xml": f"{_HEAD}{book}",
        "xl/_rels/workbook.xml.rels": _links(inside),
    }


def xlsx(sheets: Mapping[str, Rows], dimension: str | None = None) -> bytes:
    """Return a workbook with inline strings, as written by Apache POI's streaming writer."""
    parts = _parts(list(sheets))
    for number, rows in enumerate(sheets.values(), 1):
        parts[f"xl/worksheets/sheet{number}.xml"] = _sheet(rows, dimension)
    return _zip({name: text.encode() for name, text in parts.items()})


def book(sheets: Mapping[str, Rows], *, modern: bool) -> tuple[bytes, str]:
    """Return a workbook and the ending of its name: .xlsx if ``modern``, else .xls."""
    return (xlsx(sheets), "xlsx") if modern else (xls(sheets), "xls")


def _zip(members: Mapping[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, LONG_AGO)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            archive.writestr(info, content)
    return held.getvalue()


def gbk_zip(members: Mapping[str, bytes]) -> bytes:
    """Return a zip whose member names are raw GBK without the UTF-8 flag, as Chinese tools write them.

    Unzipping tools that follow the specification read such names as cp437. Python's zipfile cannot write such
    names, so placeholders of the same length are written and then replaced in the bytes.
    """
    stand_ins = {
        f"~{n}~".encode().ljust(len(name.encode("gbk")), b"x"): name for n, name in enumerate(members)
    }
    raw = _zip({stand_in.decode(): members[name] for stand_in, name in stand_ins.items()})
    for stand_in, name in stand_ins.items():
        raw = raw.replace(stand_in, name.encode("gbk"))
    return raw


def table(header: Sequence[str], rows: Rows, encoding: str, end: str = "\r\n") -> bytes:
    """Return a csv; None is an empty cell."""
    held = io.StringIO()
    writer = csv.writer(held, lineterminator=end)
    writer.writerow(header)
    writer.writerows(rows)
    return held.getvalue().encode(encoding)


def yuan(fen: float) -> str:
    """Return fen as yuan in the platform's format: ``12,186.70``."""
    return f"{fen / 100:,.2f}"


def plain(fen: float) -> str:
    """Return fen as yuan without separators: ``12186.70``."""
    return f"{fen / 100:.2f}"


def percent(part: float, whole: float) -> str:
    """Return a percentage such as ``4.86%``; ``-`` if ``whole`` is 0."""
    return f"{part / whole * 100:.2f}%" if whole else "-"


def ratio(part: float, whole: float, places: int = 2) -> str:
    """Return the quotient with ``places`` decimals; empty if ``whole`` is 0."""
    return f"{part / whole:.{places}f}" if whole else ""


def count(number: float) -> str:
    """Return the rounded number with separators, e.g. ``6,069``."""
    return f"{round(number):,}"


def change(now: float, before: float) -> str:
    """Return the change from the day before in the platform's format: ``59.02%``; ``-`` if it was 0."""
    return f"{(now - before) / before * 100:.2f}%" if before else "-"
