"""Which file is which: by the headers, the name only breaking ties; and what to say when nobody knows it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field, replace
from fnmatch import fnmatch
from pathlib import Path

from core.errors import BadExport, BadInput
from core.exports.cells import fold
from core.exports.dimensions import dimension_of, verdict
from core.exports.kinds.registry import SHEETS
from core.exports.reading.containers import HALF_DONE
from core.exports.reading.headings import (
    HeaderRow,
    MappedColumn,
    columns_of,
    find_heading,
    key_of,
    known_keys,
)
from core.exports.reading.raw_table import RawTable
from core.exports.sheet import Sheet
from core.language.wording import listing, say

UNUSED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("商品流量来源", ("一级来源", "跳出本店人数")),
    ("商品来源趋势", ("统计时间", "访客数", "支付买家数")),
    ("类目构成", ("终端", "叶子类目")),
    ("人群报表", ("人群名字", "花费")),
    ("创意报表", ("创意名字", "花费")),
    ("商品咨询分析", ("商品编号", "询单人数")),
    ("订单宝贝明细 ExportOrderDetailList", ("订单编号", "外部系统编号")),
    ("子订单", ("子订单编号", "主订单编号", "买家应付货款")),
    ("淘宝联盟推广概览", ("数据内容", "点击人数(即进店人数)")),
    ("达摩盘全店单品列表", ("宝贝ID", "货品成长阶段")),
    ("店铺DSR", ("行业均值", "与行业对比")),
    ("竞店对比", ("交易指数", "流量指数")),
    ("市场搜索排行", ("搜索词", "搜索人气")),
)
"""Exports that are known and not read, by the headers that only they have."""
_SHOWN = 6
_LIKE, _LIKE_SHARE = 2, 0.25
"""Columns, and their share of the file's, that a sheet has in common with a file that is like it."""


@dataclass(frozen=True, slots=True)
class SheetPage:
    """A page that holds the sheet: where its header is and which columns are which."""

    page: RawTable
    heading: HeaderRow
    columns: dict[str, MappedColumn]
    number: int = 0
    """Its place among the file's tables, counted from 0."""
    side: Mapping[int, str] = field(default_factory=dict)
    """Headers, by 0-based column, that may split a row into parts."""


@dataclass(frozen=True, slots=True)
class Match:
    """What a file was recognised as."""

    sheet: type[Sheet]
    tables: tuple[SheetPage, ...]


def waiting(folder: Path, most: int) -> list[Path]:
    """Return the files in the inbox worth trying, by name: no hidden ones, no half-finished downloads.

    BadInput when the inbox holds more than ``most`` files and folders; the listing ends there.
    """
    found: list[str] = []
    seen = 0
    folders = [str(folder)]
    while folders:
        with suppress(FileNotFoundError, NotADirectoryError), _listed(folders.pop()) as entries:
            for entry in entries:
                seen += 1
                if seen > most:
                    raise BadInput(
                        say(
                            "{inbox} holds more than {most} files. Move away what is imported already or is "
                            "no export, or name the files to import; nothing was imported.",
                            inbox=folder,
                            most=f"{most:,}",
                        )
                    )
                if entry.name.startswith((".", "~$", "__MACOSX")):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                elif not entry.name.lower().endswith(HALF_DONE) and entry.is_file():
                    found.append(entry.path)
    return sorted(map(Path, found))


def _listed(folder: str) -> AbstractContextManager[Iterator[os.DirEntry[str]]]:
    """Open the folder; BadInput when nobody may look: what lies there is not to be passed over in silence."""
    try:
        return os.scandir(folder)
    except PermissionError as error:
        raise BadInput(
            say("{name} cannot be read: {reason}. Nothing was changed.", name=folder, reason=error.strerror)
        ) from error


def recognise(pages: Sequence[RawTable], name: str, only: type[Sheet] | None = None) -> Match:
    """Return which sheet the pages hold; BadExport tells the headers found and the closest sheet."""
    sheets = (only,) if only else tuple(SHEETS.values())
    known = known_keys(sheets)
    headed = [(page, heading) for page in pages if (heading := find_heading(page.top, known))]
    if not headed:
        raise _no_header(pages, sheets)
    best: Match | None = None
    most = 0.0
    for sheet in sheets:
        tables = tuple(_tables(sheet, headed))
        score = max((_score(sheet, table, name) for table in tables), default=0.0)
        if score > most:
            best, most = Match(sheet, tables), score
    if best is None:
        raise _unknown(headed[0][1].headers, sheets)
    if only is None and (title := _unused(best.tables[0].heading.headers, best.tables[0].columns)):
        raise _not_used(title)
    return best


def _unused(headers: Sequence[str], columns: Mapping[str, MappedColumn]) -> str:
    """Return the title of the unused export that the headers show, if one that shows it is none of ours."""
    keys = {key_of(header) for header in headers}
    ours = {key_of(found.header) for found in columns.values()}
    for title, marks in UNUSED:
        shown = {key_of(mark) for mark in marks}
        if shown <= keys and not shown <= ours:
            return title
    return ""


def _not_used(title: str) -> BadExport:
    return BadExport(
        say("This is the export “{title}”, which shopday does not use. Nothing to do.", title=title)
    )


def _tables(sheet: type[Sheet], headed: Sequence[tuple[RawTable, HeaderRow]]) -> Iterator[SheetPage]:
    number = 0
    for page, heading in headed:
        if table := _table(sheet, page, heading):
            yield replace(table, number=number, side=_side(sheet, table))
            number += 1


def _side(sheet: type[Sheet], table: SheetPage) -> dict[int, str]:
    """Return the columns the sheet does not use that may split its rows."""
    used = {found.at for found in table.columns.values()}
    keys = (found for name, found in table.columns.items() if name in sheet.key)
    keyed = frozenset(dimension_of(found.header) for found in keys)
    headers = enumerate(table.heading.headers)
    return {
        at: header
        for at, header in headers
        if header and at not in used and verdict(sheet, header, keyed) != "ignore"
    }


def _table(sheet: type[Sheet], page: RawTable, heading: HeaderRow) -> SheetPage | None:
    columns = columns_of(sheet, heading.headers)
    keys = {key_of(header) for header in heading.headers}
    complete = all(any(name in columns for name in group) for group in sheet.needs)
    strange = any(key_of(header) in keys for header in sheet.strangers)
    return SheetPage(page, heading, columns) if complete and not strange else None


def _score(sheet: type[Sheet], table: SheetPage, name: str) -> float:
    plain = fold(name).lower()
    hinted = any(fnmatch(plain, pattern.lower()) for pattern in sheet.patterns)
    return len({found.at for found in table.columns.values()}) + (1.5 if hinted else 0)


def _no_header(pages: Sequence[RawTable], sheets: Sequence[type[Sheet]]) -> BadExport:
    rows = [[cell for cell in row if cell] for page in pages for row in page.top]
    widest = max(rows, key=len, default=[])
    if not widest:
        return BadExport(say("The file holds no table. Download it again."))
    if len(widest) > 1:
        return _unknown(widest, sheets)
    return BadExport(
        say(
            "No row looks like the header of an export; the file begins with “{cells}”. "
            "Import the file as the platform gives it.",
            cells=widest[0][:60],
        )
    )


def _unknown(headers: Sequence[str], sheets: Sequence[type[Sheet]]) -> BadExport:
    if title := _unused(headers, {}):
        return _not_used(title)
    told = listing([header[:20] for header in headers if header][:_SHOWN])
    closest = max(sheets, key=lambda sheet: len(columns_of(sheet, headers)))
    shared = len(columns_of(closest, headers))
    if shared < _LIKE or shared < _LIKE_SHARE * sum(map(bool, headers)):
        return BadExport(
            say("Nobody knows this export ({headers} …), and nothing known is like it.", headers=told)
        )
    missing = list(_missing(closest, headers))
    values = {"headers": told, "title": say(closest.title), "missing": listing(missing), "how": closest.how}
    if not missing:
        return BadExport(
            say("Nobody knows this export ({headers} …). Closest is “{title}”: {how}.", **values)
        )
    return BadExport(
        say(
            "Nobody knows this export ({headers} …). Closest is “{title}”, but {missing} is missing. "
            "Export it: {how}.",
            **values,
        )
    )


def _missing(sheet: type[Sheet], headers: Sequence[str]) -> Iterator[str]:
    """Give what is not there, of columns that can stand for each other all."""
    columns = columns_of(sheet, headers)
    for group in sheet.needs:
        if not any(name in columns for name in group):
            first, *others = (sheet.column(name).headers[0] for name in group)
            for other in others:
                first = say("{first} or {second}", first=first, second=other)
            yield first
