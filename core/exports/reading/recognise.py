"""Recognize which sheet a file contains, by its headers; the file name only breaks ties."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field, replace
from fnmatch import fnmatch
from pathlib import Path
from typing import TypeAlias

from core.errors import BadExport, BadInput
from core.exports.cells import fold
from core.exports.dimensions import Verdict, dimension_of, verdict
from core.exports.header_keys import key_of
from core.exports.kinds.registry import SHEETS
from core.exports.layouts.file_layout import FileLayout, Layouts
from core.exports.layouts.known_layouts import known_layouts
from core.exports.reading.containers import HALF_DONE
from core.exports.reading.headings import HeaderRow, MappedColumn, columns_of, find_heading, known_keys
from core.exports.reading.laid_out_page import LaidOutPage
from core.exports.reading.layout_match import Near, has_layout, laid_out, near_miss, was_taught_by
from core.exports.reading.raw_table import RawTable
from core.exports.sheet import Sheet
from core.language.speech import platform
from core.language.wording import listing, say, sentences

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
)
"""Exports that are known but not used: their names, each with headers that only they have."""
_SHOWN = 6
_LIKE, _LIKE_SHARE = 2, 0.25
"""The minimum number, and share of the file's headers, of known columns for calling a sheet similar to a
file."""


@dataclass(frozen=True, slots=True)
class SheetPage:
    """A table recognized as containing a certain sheet, with its header row and mapped columns."""

    page: RawTable
    heading: HeaderRow
    columns: dict[str, MappedColumn]
    number: int = 0
    """The index among the file's tables, from 0."""
    side: Mapping[int, str] = field(default_factory=dict)
    """Headers of unused columns that may split rows into parts, by column index (from 0)."""

    @property
    def raw(self) -> RawTable:
        """The table as in the file, without the layout's rules applied."""
        return self.page.inner if isinstance(self.page, LaidOutPage) else self.page


@dataclass(frozen=True, slots=True)
class Match:
    """The sheet that a file was recognized as, with its tables."""

    sheet: type[Sheet]
    tables: tuple[SheetPage, ...]
    layout: FileLayout | None = None
    """The layout used to read the file; None if the sheet's built-in headers match."""

    def verdict(self, header: str, keyed: frozenset[str]) -> Verdict:
        """Return how an unused column affects the rows: as the layout says, else as its header suggests."""
        return _verdict(self.sheet, self.layout, header, keyed)


def waiting(folder: Path, most: int) -> list[Path]:
    """Return the importable files in the inbox sorted by name, without hidden files and unfinished downloads.

    Raise BadInput if the inbox contains more than ``most`` files and folders.
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
                            "{inbox} contains more than {most} files. Move away files that are already "
                            "imported "
                            "or do "
                            "not belong here, or name the files to import; nothing was imported.",
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
    """List the folder; raise BadInput if it may not be read, so that its files are not silently ignored."""
    try:
        return os.scandir(folder)
    except PermissionError as error:
        raise BadInput(
            say("{name} cannot be read: {reason}. Nothing was changed.", name=folder, reason=error.strerror)
        ) from error


def recognise(
    pages: Sequence[RawTable], name: str, only: type[Sheet] | None = None, layouts: Layouts | None = None
) -> Match:
    """Return which sheet the tables contain.

    Layouts defined for the shop take precedence; otherwise the sheet (by its own headers) or shipped layout
    that matches more columns is chosen. ``layouts``: all layouts; None: only those shipped with the program.
    Raise BadExport, with the headers and the most similar sheet, if no sheet or layout matches.
    """
    layouts = layouts or Layouts(known=known_layouts())
    sheets = (only,) if only else tuple(SHEETS.values())
    taught = [layout for layout in layouts.taught if only in (None, SHEETS[layout.sheet])]
    brought = [layout for layout in layouts.known if only in (None, SHEETS[layout.sheet])]
    every = [*taught, *brought]
    known = known_keys(sheets) | {
        key_of(header.partition("#")[0]) for layout in every for header in layout.headers()
    }
    headed = [(page, heading) for page in pages if (heading := find_heading(page.top, known))]
    if not headed:
        raise _no_header(pages, sheets)
    if match := _taught(taught, headed):
        return match
    best: Match | None = None
    most = 0.0
    for sheet in sheets:
        tables = tuple(_tables(sheet, headed))
        score = max((_score(sheet, table, name) for table in tables), default=0.0)
        if score > most:
            best, most = Match(sheet, tables), score
    laid = _most_columns(brought, headed)
    if laid is not None and (best is None or _columns(laid) > _columns(best)):
        return laid
    if best is None:
        headers = headed[0][1].headers
        if near := near_miss(every, headers):
            raise _nearly(near)
        raise _unknown(headers, sheets)
    if only is None and (unused := _unused(best.tables[0].heading.headers, best.tables[0].columns)):
        raise _not_used(*unused)
    return best


Headed: TypeAlias = Sequence[tuple[RawTable, HeaderRow]]


def _taught(taught: Sequence[FileLayout], headed: Headed) -> Match | None:
    """Return the match with a layout that was defined for the shop; None if none matches.

    A layout defined with a file of exactly these headers takes precedence, then the one that maps most
    columns.
    """
    for _, heading in headed:
        for layout in reversed(taught):
            if was_taught_by(layout, heading.headers) and (match := _by_layout(layout, headed)):
                return match
    return _most_columns(list(reversed(taught)), headed)


def _most_columns(layouts: Sequence[FileLayout], headed: Headed) -> Match | None:
    """Return the match with the layout that maps the most columns; of several, the first one.

    None if no layout matches.
    """
    found = [match for layout in layouts if layout.requires and (match := _by_layout(layout, headed))]
    return max(found, key=_columns, default=None)


def _columns(match: Match) -> int:
    """Return the number of the file's columns that are read with this match."""
    return max(len({found.at for found in table.columns.values()}) for table in match.tables)


def _by_layout(layout: FileLayout, headed: Headed) -> Match | None:
    tables: list[SheetPage] = []
    for page, heading in headed:
        fits = has_layout(layout, heading.headers) or was_taught_by(layout, heading.headers)
        if fits and (laid := laid_out(layout, page, heading)):
            table = SheetPage(laid.page, laid.heading, laid.columns, len(tables))
            tables.append(replace(table, side=_side(SHEETS[layout.sheet], table, layout)))
    return Match(SHEETS[layout.sheet], tuple(tables), layout) if tables else None


def _unused(headers: Sequence[str], columns: Mapping[str, MappedColumn]) -> tuple[str, str] | None:
    """Recognize an export that shopday does not use; return its title and one of its headers.

    None if the headers are not those of such an export. The header returned is not among ``columns``.
    """
    keys = {key_of(header): header for header in headers}
    ours = {key_of(found.header) for found in columns.values()}
    for title, marks in UNUSED:
        shown = [key_of(mark) for mark in marks]
        other = [key for key in shown if key not in ours]
        if other and all(key in keys for key in shown):
            return title, keys[other[0]]
    return None


def _not_used(title: str, column: str) -> BadExport:
    return BadExport(
        say(
            "This is the platform's “{title}” file, as its column “{column}” shows. shopday does not use "
            "it. Nothing to do.",
            title=title,
            column=column,
        )
    )


def _tables(sheet: type[Sheet], headed: Sequence[tuple[RawTable, HeaderRow]]) -> Iterator[SheetPage]:
    number = 0
    for page, heading in headed:
        if table := _table(sheet, page, heading):
            yield replace(table, number=number, side=_side(sheet, table, None))
            number += 1


def _side(sheet: type[Sheet], table: SheetPage, layout: FileLayout | None) -> dict[int, str]:
    """Return the headers, by column index, of unused columns that may split the sheet's rows."""
    used = {found.at for found in table.columns.values()}
    keys = (found for name, found in table.columns.items() if name in sheet.key)
    keyed = frozenset(dimension_of(found.header) for found in keys)
    headers = enumerate(table.heading.headers)
    return {
        at: header
        for at, header in headers
        if header and at not in used and _verdict(sheet, layout, header, keyed) != "ignore"
    }


def _verdict(sheet: type[Sheet], layout: FileLayout | None, header: str, keyed: frozenset[str]) -> Verdict:
    said = layout.splits(header) if layout is not None else ""
    return said or verdict(sheet, header, keyed)


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
        return BadExport(say("The file contains no table. Download it again."))
    if len(widest) > 1:
        return _unknown(widest, sheets)
    return BadExport(
        say(
            "No header row was found; the file begins with “{cells}”. Import the file as the platform "
            "provides it.",
            cells=widest[0][:60],
        )
    )


def _nearly(near: Near) -> BadExport:
    values = {"title": near.layout.name, "missing": near.missing}
    if not near.extra:
        return BadExport(
            say(
                "The file almost fits the layout “{title}”, but {missing} is missing. Download "
                "it with that column, or say which column it is now: press t, or run shopday "
                "teach.",
                **values,
            )
        )
    return BadExport(
        say(
            "The file almost fits the layout “{title}”, but {missing} is missing and {extra} is "
            "new. Download it with that column, or say which column it is now: press t, or run "
            "shopday teach.",
            extra=listing([header[:20] for header in near.extra[:_SHOWN]]),
            **values,
        )
    )


def _unknown(headers: Sequence[str], sheets: Sequence[type[Sheet]]) -> BadExport:
    if unused := _unused(headers, {}):
        return _not_used(*unused)
    hint = say("Or teach shopday this kind of file once: press t in Import, or run shopday teach.")
    return BadExport(sentences([_like(headers, sheets), hint]))


def _like(headers: Sequence[str], sheets: Sequence[type[Sheet]]) -> str:
    """Return the message that the headers are unknown, with the platform's most similar export if any."""
    told = listing([header[:20] for header in headers if header][:_SHOWN])
    offered = [sheet for sheet in sheets if sheet.how_on(platform())] or sheets
    closest = max(offered, key=lambda sheet: len(columns_of(sheet, headers)))
    shared = len(columns_of(closest, headers))
    if shared < _LIKE or shared < _LIKE_SHARE * sum(map(bool, headers)):
        return say("This kind of file is unknown ({headers} …), and no known file is similar.", headers=told)
    missing = list(_missing(closest, headers))
    values = {
        "headers": told,
        "title": say(closest.title),
        "missing": listing(missing),
        "how": closest.how_on(platform()),
    }
    if not missing:
        return say("This kind of file is unknown ({headers} …). The closest is “{title}”: {how}.", **values)
    return say(
        "This kind of file is unknown ({headers} …). The closest is “{title}”, but {missing} is "
        "missing. Download it: {how}.",
        **values,
    )


def _missing(sheet: type[Sheet], headers: Sequence[str]) -> Iterator[str]:
    """Yield the headers of missing required columns; alternatives are joined with "or"."""
    columns = columns_of(sheet, headers)
    for group in sheet.needs:
        if not any(name in columns for name in group):
            first, *others = (sheet.column(name).headers[0] for name in group)
            for other in others:
                first = say("{first} or {second}", first=first, second=other)
            yield first
