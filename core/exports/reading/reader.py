"""Read a file into a typed frame and its problems: container → header → sheet → columns → checks.

Bad rows are returned as problems. Only a file that cannot be used at all is refused, and even then no
exception is raised: the reading has a ``refused`` problem.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TypeAlias

from core.errors import BadExport
from core.exports.cells import SHANGHAI
from core.exports.dimensions import verdict
from core.exports.layouts.file_layout import Layouts
from core.exports.reading import checks, lines_above, own_rows, recognise
from core.exports.reading import layout_checks as by_layout
from core.exports.reading.arrow_memory import lean
from core.exports.reading.containers import cannot_open, pages_of
from core.exports.reading.filenames import NameDates, dates_in
from core.exports.reading.grain import Grain
from core.exports.reading.problem_collector import ProblemCollector
from core.exports.reading.raw_table import RawTable
from core.exports.reading.result import Reading
from core.exports.reading.rounded_ids import check_ids
from core.exports.reading.row_store import Gathered
from core.exports.reading.rows import RowReader, When
from core.exports.reading.running_hours import by_hour
from core.exports.reading.side_columns import SideColumns
from core.exports.reading.tabs import day_of_tab, own_tabs, visible
from core.exports.reading.totals import by_arithmetic, by_blank_keys
from core.exports.sheet import EVERY, Origin, Sheet
from core.language.speech import platform
from core.language.wording import plural, say
from core.shop.settings import Shop
from core.storage.regular_files import RegularFile

Progress: TypeAlias = Callable[[int, int, str], None]
"""A callback taking the rows done, the total, and a text about the current activity."""

_UNREADABLE = (
    ValueError, TypeError, LookupError, ArithmeticError, OSError, EOFError, MemoryError, RuntimeError,
    AttributeError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
"""Exceptions that a malformed file may cause in parsers; the operator gets one sentence instead."""


def read(
    path: Path,
    *,
    sheet: type[Sheet] | None = None,
    today: date,
    shop: Shop | None = None,
    salt: bytes = b"",
    progress: Progress | None = None,
    opened: RegularFile | None = None,
    layouts: Layouts | None = None,
) -> Reading:
    """Read the file and return its rows as a typed frame, with its problems; a bad file raises no exception.

    ``opened``: the already open file at ``path``. ``layouts``: all layouts including the shop's; None: only
    those shipped with the program.
    """
    troubles = ProblemCollector(path.name)
    lean()
    try:
        with nullcontext(opened) if opened is not None else _opened(path) as export:
            return _Reader(export, troubles, today, shop, salt, progress, layouts).read(sheet)
    except BadExport as error:
        troubles.refuse(str(error))
    except _UNREADABLE as error:
        reason = f"{type(error).__name__}: {error}"[:200]
        troubles.refuse(
            say("The file cannot be read ({reason}).", reason=reason), say("Download the file again.")
        )
    return _nothing(None, troubles)


def _opened(path: Path) -> RegularFile:
    try:
        return RegularFile(path, follow=True)
    except OSError as error:
        raise cannot_open(error) from error


def _nothing(sheet: type[Sheet] | None, troubles: ProblemCollector) -> Reading:
    return Reading(sheet, None, troubles.all(), troubles.where)


def _wanted(match: recognise.Match) -> dict[str, str]:
    """Return the columns to report if they are missing, as {column name: header}.

    With a layout these are all columns that the layout maps, else those that the sheet wants.
    """
    if match.layout is not None:
        return {name: rule.named[0] for name, rule in match.layout.columns.items()}
    return {name: match.sheet.column(name).headers[0] for name in match.sheet.wants}


@dataclass(slots=True)
class _Reader:
    export: RegularFile
    troubles: ProblemCollector
    today: date
    shop: Shop | None
    salt: bytes
    progress: Progress | None
    layouts: Layouts | None
    side: SideColumns = field(default_factory=SideColumns)
    seen: list[RowReader] = field(default_factory=list)
    """The row readers of all tables, with what they noticed while reading."""

    def read(self, only: type[Sheet] | None) -> Reading:
        pages, inside = pages_of(self.export)
        name = f"{self.export.path.name} {inside}".strip()
        match = self._tabs(visible(pages, name, only, self.troubles, self.layouts))
        days = self._days_of(match, dates_in(self.export.path.name), dates_in(inside))
        if self.troubles.refused:
            return _nothing(match.sheet, self.troubles)
        rows = Gathered(match.sheet)
        for table, day in zip(match.tables, days, strict=True):
            self._table(rows, table, name, day)
        return self._whole(match, rows)

    def _tabs(self, match: recognise.Match) -> recognise.Match:
        """If tabs are named after shops, keep only this shop's; refuse the file of another shop."""
        words = {lines_above.shop_in(table.heading.preamble) for table in match.tables}
        own_rows.by_names(words, self.shop, self.troubles)
        for table in match.tables if match.layout is None else ():
            lines_above.check_parts(table, match.sheet, self.troubles)
        return own_tabs(match, self.shop, self.troubles)

    def _days_of(self, match: recognise.Match, *names: NameDates) -> list[date | None]:
        """Return the day of each table's rows, from the tab's or the file's name.

        None for tables with a date column.
        """
        by_tab = [day_of_tab(table.page.name, names) for table in match.tables]
        sheet = match.sheet
        undated = [
            "date" not in table.columns and (sheet.lasting or bool(sheet.column("date").headers))
            for table in match.tables
        ]
        if len(match.tables) > 1 and all(day or not need for day, need in zip(by_tab, undated, strict=True)):
            return [day if need else None for day, need in zip(by_tab, undated, strict=True)]
        for table, need in zip(match.tables, undated, strict=True):
            if need and not sheet.snapshot and not sheet.lasting:
                lines_above.check_unknown_days(table, self.troubles)
        day = self._day_of(match, *names) if any(undated) else None
        return [(tab or day) if need else None for tab, need in zip(by_tab, undated, strict=True)]

    def _day_of(self, match: recognise.Match, *names: NameDates) -> date | None:
        """Return the one day of all rows, for a file whose rows contain no date.

        It is read from the file's name, the lines above the table or, for a snapshot, the time of saving.
        Refuse the file and return None if it sums several days or its day is unknown.
        """
        sheet = match.sheet
        preamble = " ".join(match.tables[0].heading.preamble)
        above = dates_in(preamble)
        choices = [*names, above]
        if above.spanned and above.many and not (sheet.lasting or sheet.snapshot):
            choices = [above]
        if day := next((dates.day for dates in choices if dates.day), None):
            return day
        if sheet.lasting:
            return next((dates.first for dates in choices if dates.first), self.today)
        if sheet.snapshot:
            return next((dates.first for dates in choices if dates.first), None) or self._saved_on()
        if any(dates.many for dates in choices):
            self.troubles.refuse(
                say("The figures are totals over several days, and there is no date column."),
                say("Download the file again day by day: {how}.", how=sheet.how_on(platform())),
            )
        elif any(dates.downloaded for dates in choices):
            self.troubles.refuse(
                say("There is no date column, and the file name only says when the file was downloaded."),
                say(
                    "Download the file again with the date column (分日), or put the day into the file "
                    "name: …_2026-11-15."
                ),
            )
        else:
            self.troubles.refuse(
                say("Neither the file nor its name says which day it is about."),
                say("Put the day into the file name: …_2026-11-15."),
            )
        return None

    def _saved_on(self) -> date:
        """Return the day the file was last saved, the best guess for a snapshot, and note it."""
        zone = self.shop.zone if self.shop else None
        day = min(datetime.fromtimestamp(self.export.status.st_mtime, zone).date(), self.today)
        self.troubles.note(
            say(
                "There is no date in the file or its name; {day}, when the file was saved, is assumed.",
                day=day.isoformat(),
            ),
            say("If that day is wrong, put the correct one into the file name."),
        )
        return day

    def _table(self, gathered: Gathered, table: recognise.SheetPage, name: str, named: date | None) -> None:
        page, heading = table.page, table.heading
        origin = Origin(name, page.name, heading.preamble, heading.headers, self.salt)
        when = When(self.today, named, self.shop.zone if self.shop else SHANGHAI)
        rows = RowReader(gathered.sheet, table, origin, self.troubles, when, self.side)
        self._tell(page)
        for frame in rows.frames(lambda read: self._tell(page, read)):
            gathered.add(frame)
        checks.note_cut(rows.seen, self.troubles)
        self.seen.append(rows)

    def _tell(self, page: RawTable, rows: int = 0) -> None:
        if self.progress:
            width = max((len(row) for row in page.top), default=1)
            total = max(page.cells // max(width, 1), rows)
            self.progress(rows, total, say("reading {file}", file=self.export.path.name))

    def _whole(self, match: recognise.Match, rows: Gathered) -> Reading:
        sheet, troubles = match.sheet, self.troubles
        if match.layout is not None:
            by_layout.check_columns(match.layout, [seen.misread for seen in self.seen], troubles)
        self._enough(rows.rows)
        self._check_whole(match, rows)
        lines_above.check_blocks(
            [text for seen in self.seen for text in seen.stray], self.shop, self.troubles
        )
        grain = Grain(match, rows, self.side, self.shop, troubles)
        if not grain.judge():
            return _nothing(sheet, troubles)
        self._totals(match, rows, grain)
        if any(seen.running for seen in self.seen):
            header = match.tables[0].columns["hour"].header
            rows.replace(by_hour(rows.frame(), sheet, header, troubles))
        self._notes(match, rows)
        checks.note_gaps(rows, troubles)
        if troubles.refused:
            return _nothing(sheet, troubles)
        said = (lines_above.shop_in(table.heading.preamble) for table in match.tables)
        shop_name = grain.shop_name or next((name for name in said if name), "")
        if not shop_name and verdict(sheet, "店铺名称", frozenset()) == "own":
            lines_above.check_file_name(self.export.path.name, self.shop, troubles)
        dates = tuple(sorted(rows.days))
        layout = match.layout.edition if match.layout is not None else ""
        return Reading(
            sheet, rows, troubles.all(), self.export.path.name, dates, shop_name, grain.learnt, layout
        )

    def _check_whole(self, match: recognise.Match, rows: Gathered) -> None:
        """Refuse the file for errors visible in whole columns: rounded ids, sums over several days."""
        for seen in self.seen:
            headers = {name: found.header for name, found in seen.columns.items()}
            check_ids(seen.long_ids, headers, self.troubles)
        if "date" in match.tables[0].columns and not match.sheet.snapshot:
            checks.check_span(rows.days, dates_in(self.export.path.name), self.troubles)
            above = dates_in(" ".join(match.tables[0].heading.preamble))
            checks.check_span(rows.days, above, self.troubles, above=True)
        if "date" in match.tables[0].columns and EVERY not in match.sheet.attributes and match.sheet.gaps:
            checks.check_spacing(rows.days, self.troubles)
        if match.sheet.key == ("date",):
            checks.check_period(rows.days, self.export.path.name, self.troubles)

    def _totals(self, match: recognise.Match, rows: Gathered, grain: Grain) -> None:
        """Compare the file's totals with its rows, and remove totals rows that only their figures reveal."""
        if not grain.others_left and any(seen.totals.there for seen in self.seen):
            for seen in self.seen if len(self.seen) == 1 else ():
                seen.totals.check(rows.frame(), self.troubles)
        if rows.packed or match.sheet.totals == "keep":
            return
        frame = rows.frame()
        plain = frame.reset_index(drop=True)
        total = (by_arithmetic(plain, match.sheet) | by_blank_keys(plain, match.sheet)).to_numpy()
        if total.any():
            rows.replace(frame[~total])
            self.troubles.note(
                plural(
                    "{n} row is the sum of all others and was left out, so that nothing is counted twice.",
                    "{n} rows are the sum of all others and were left out, so that nothing is counted twice.",
                    int(total.sum()),
                )
            )

    def _notes(self, match: recognise.Match, rows: Gathered) -> None:
        sheet, troubles, columns = match.sheet, self.troubles, match.tables[0].columns
        if match.layout is not None:
            by_layout.note_layout(match.layout, [table.page for table in match.tables], troubles)
        checks.note_columns(_wanted(match), columns, troubles)
        filled = {name for seen in self.seen for name in seen.filled}
        checks.note_empty(sheet, columns, filled, troubles)
        if any(seen.zoned for seen in self.seen):
            zone = self.shop.timezone if self.shop else "Asia/Shanghai"
            troubles.note(say("Times are in another time zone; they were converted to {zone}.", zone=zone))
        if not rows.packed:
            checks.note_outliers(rows.frame(), sheet, columns, troubles)
        if "date" in columns:
            checks.note_name(rows.days, dates_in(self.export.path.name), troubles)
        for remark in () if rows.packed else sheet.remarks(rows.frame()):
            troubles.note(remark)
        checks.note_filtered([table.raw for table in match.tables], rows.rows, troubles)
        for table in match.tables:
            if table.page.odd_marks:
                troubles.note(
                    plural(
                        "{n} character has an unknown encoding and is shown as �.",
                        "{n} characters have an unknown encoding and are shown as �.",
                        table.page.odd_marks,
                    )
                )

    def _enough(self, rows: int) -> None:
        """Refuse a file without usable rows, or with more bad rows than usable ones."""
        bad, first = self.troubles.bad_rows, self.troubles.first
        if first is not None and (not rows or (bad > rows and bad > 4)):  # noqa: PLR2004 - a few bad rows are tolerated
            self.troubles.refuse(
                say("{bad} of {all} rows cannot be used: {why}", bad=bad, all=bad + rows, why=first.what),
                first.todo,
                first.column,
            )
        elif not rows:
            self.troubles.refuse(
                say("The file has a header but no rows."),
                say("Choose a day with figures and download the file again."),
            )
