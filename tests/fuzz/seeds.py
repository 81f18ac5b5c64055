"""What is damaged: small tables of every export of the sample, in every container, and the gallery."""

from __future__ import annotations

import codecs
import io
import zipfile
from collections.abc import Callable, Iterator
from csv import reader, writer
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

import python_calamine

from sample import writers

Grid = list[list[str]]
SAMPLE = Path(__file__).parents[2] / "sample"
ROWS = 12
_LARGEST = 40_000


@dataclass(frozen=True, slots=True)
class Seed:
    """An export as it should be, or one of the gallery as it should not."""

    name: str
    data: bytes


@cache
def grids() -> tuple[tuple[str, Grid], ...]:
    """Return name and first rows of every layout that the sample has."""
    found: dict[str, tuple[str, Grid]] = {}
    for folder in sorted((SAMPLE / "exports").iterdir()):
        for file in sorted(folder.iterdir()):
            grid = _grid(file)[:ROWS]
            found.setdefault(f"{folder.name} {max(map(len, grid))} {file.suffix}", (file.name, grid))
    return tuple(found.values())


@cache
def files() -> tuple[Seed, ...]:
    """Return each table in each container, and the small files of the sample and its gallery."""
    made = [Seed(name, CONTAINERS[kind](name, grid)) for name, grid in grids() for kind in CONTAINERS if grid]
    return (*made, *(Seed(path.name, path.read_bytes()) for path in _originals()))


def _originals() -> Iterator[Path]:
    for path in sorted(SAMPLE.glob("exports/*/*")):
        if path.stat().st_size < _LARGEST and not path.name.endswith("-2026-11-09.xls"):
            yield path
    for path in sorted(SAMPLE.glob("broken/*/*")):
        if path.is_file() and 0 < path.stat().st_size < _LARGEST:
            yield path


def _grid(file: Path) -> Grid:
    data = file.read_bytes()
    if file.suffix == ".zip":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            data = archive.read(archive.namelist()[0])
    if data.startswith((b"\xd0\xcf", b"PK")):
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        rows = book.get_sheet_by_index(0).to_python(nrows=ROWS)
        return [[_cell(cell) for cell in row] for row in rows]
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return [
                row for row, _ in zip(reader(io.StringIO(data.decode(encoding))), range(ROWS), strict=False)
            ]
        except UnicodeDecodeError:
            continue
    raise AssertionError(file)


def _cell(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _csv(grid: Grid, encoding: str) -> bytes:
    held = io.StringIO(newline="")
    writer(held).writerows(grid)
    errors = "surrogatepass" if encoding.startswith("utf") else "replace"
    body = held.getvalue().encode(encoding.removesuffix("-sig"), errors)
    return codecs.BOM_UTF8 + body if encoding.endswith("-sig") else body


def _xls(grid: Grid) -> bytes:
    """Return BIFF8; it takes 256 columns, 32,767 characters, and no halves of characters."""
    short = [[_whole(cell[:32_000]) for cell in row[:250]] for row in grid]
    return writers.xls({"Sheet": short})


def _xlsx(grid: Grid) -> bytes:
    return writers.xlsx({"Sheet": [[_whole(cell) for cell in row] for row in grid]})


def _page(grid: Grid) -> bytes:
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(_whole(cell))}</td>" for cell in row) + "</tr>\r\n" for row in grid
    )
    return f'<html><meta charset="gbk"><table border="1">{rows}</table></html>'.encode("gb18030")


def _whole(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


CONTAINERS: dict[str, Callable[[str, Grid], bytes]] = {
    "csv in GBK": lambda _, grid: _csv(grid, "gb18030"),
    "csv in UTF-8": lambda _, grid: _csv(grid, "utf-8-sig"),
    "csv in UTF-16": lambda _, grid: _csv(grid, "utf-16"),
    "xls": lambda _, grid: _xls(grid),
    "xlsx": lambda _, grid: _xlsx(grid),
    "page": lambda _, grid: _page(grid),
    "zip": lambda name, grid: zipped({f"{Path(name).stem}.csv": _csv(grid, "gb18030")}),
    "zipped xlsx": lambda name, grid: zipped({f"{Path(name).stem}.xlsx": _xlsx(grid)}),
}


def zipped(members: dict[str, bytes]) -> bytes:
    """Return a zip of the members, names as they are."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return held.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """Return what is in the zip; nothing when it is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {info.filename: archive.read(info) for info in archive.infolist()}
    except (zipfile.BadZipFile, RuntimeError):
        return {}
