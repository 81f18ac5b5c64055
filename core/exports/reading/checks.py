"""Checks of a file as a whole: missing days or columns, outliers, truncated downloads, sums over days."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from core.exports.cells import fold
from core.exports.reading.filenames import NameDates
from core.exports.reading.headings import FEN, MappedColumn
from core.exports.reading.problem_collector import ProblemCollector, days_text
from core.exports.reading.raw_table import GridPage, RawTable
from core.exports.reading.row_store import Gathered
from core.exports.sheet import Sheet
from core.language.dates import short_day
from core.language.money import money
from core.language.wording import N_, listing, plural, say

if TYPE_CHECKING:
    import pandas as pd

CUT_AT = 5_000
"""The number of rows at which 生意参谋 (Business Advisor) truncates a download without a message."""
_FILTERED = 0.1
"""The share of rows that must be hidden in the workbook to be worth a note."""
_FAR_BEYOND = 50
"""A figure this many times the 99 % quantile is an outlier."""
_ENOUGH = 100
"""The minimum number of rows for detecting outliers."""
_MOST_GAPS = 400
_PERIODS = 3
"""From this many days on, it cannot be chance that all are Mondays or all are the first of a month."""


def note_gaps(rows: Gathered, troubles: ProblemCollector) -> None:
    """Add a note on the days without rows between the first and the last day of the file."""
    gaps = rows.sheet.gaps
    if not gaps or not rows.rows:
        return
    days = rows.days if gaps == "date" else {day.date() for day in rows.frame()[gaps].dropna()}
    missing = gaps_in(sorted(days))
    if missing:
        troubles.note(
            say("The file has no rows for {days}.", days=days_text(missing)),
            say("If the shop was open on these days, download them again."),
        )


def gaps_in(days: Sequence[date]) -> list[date]:
    """Return the days missing between the first and the last; empty if there are hundreds of them."""
    if not days or (days[-1] - days[0]).days > len(days) + _MOST_GAPS:
        return []
    there = set(days)
    span = (days[-1] - days[0]).days
    return [day for n in range(span) if (day := days[0] + timedelta(days=n)) not in there]


def note_columns(
    wanted: Mapping[str, str], columns: dict[str, MappedColumn], troubles: ProblemCollector
) -> None:
    """Add a note on wanted columns that are missing, and one if amounts were converted from fen to yuan.

    ``wanted``: the header of each wanted column, by column name.
    """
    missing = [header for name, header in wanted.items() if name not in columns]
    if missing:
        troubles.note(
            say(
                "{columns} is missing, so analyses that need it cannot conclude anything.",
                columns=listing(missing),
            ),
            say("Select all columns before downloading."),
        )
    if any(found.factor == FEN for found in columns.values() if found.column.kind == "money"):
        troubles.note(say("Amounts in this file are in fen (分, 1/100 yuan); they were converted to yuan."))


def note_name(days: Collection[date], named: NameDates, troubles: ProblemCollector) -> None:
    """Add a note if all rows lie outside the range of days in the file's name; the rows are still used."""
    if named.first is None or named.last is None or not named.spanned or not days:
        return
    first, last = min(days), max(days)
    if last < named.first or first > named.last:
        rows = first.isoformat() if first == last else f"{first} – {last}"
        name = named.first.isoformat() if named.day else f"{named.first} – {named.last}"
        troubles.note(
            say("The file name says {name}, the rows say {rows}; the rows are used.", name=name, rows=rows)
        )


def note_outliers(
    frame: pd.DataFrame, sheet: type[Sheet], columns: dict[str, MappedColumn], troubles: ProblemCollector
) -> None:
    """Add a note on figures far above all others, in the columns that the sheet lists for this check.

    The figures are kept.
    """
    for name in sheet.outliers:
        if name not in columns or frame[name].count() < _ENOUGH:
            continue
        usual, high = frame[name].median(), frame[name].quantile(0.99)
        far = frame[frame[name] > _FAR_BEYOND * high]
        for row, value in far[name].nlargest(3).items():
            troubles.note(
                say(
                    "{value} is far above the other orders (half are below {usual}, 99 of 100 below "
                    "{high}). It "
                    "is counted.",
                    value=money(float(value)),
                    usual=money(float(usual)),
                    high=money(float(high)),
                ),
                say("If this order was not a real sale, delete the row and import the file again."),
                row=int(str(row)),
                column=columns[name].header,
            )


def note_empty(
    sheet: type[Sheet], columns: dict[str, MappedColumn], filled: Collection[str], troubles: ProblemCollector
) -> None:
    """Warn about columns that analyses need but that are empty in every row."""
    needed = {name for group in sheet.needs for name in group} | set(sheet.wants)
    empty = [found.header for name, found in columns.items() if name in needed and name not in filled]
    if empty:
        troubles.doubt(
            say("{columns} is empty in every row.", columns=listing(empty)),
            say(
                "If the column contains formulas, open the file in a spreadsheet program, save it, and "
                "import it again."
            ),
        )


def check_span(
    days: Collection[date], named: NameDates, troubles: ProblemCollector, *, above: bool = False
) -> None:
    """Refuse the file if every row is dated the first or the last day of the range in the file's name.

    Such a file is probably a total over the range. ``above``: the range was found in the lines above the
    table and not in the file's name.
    """
    first, last = named.first, named.last
    if first is None or last is None or first == last or len(days) != 1:
        return
    (day,) = days
    if day in (first, last):
        said = N_(
            "The file name says {first} – {last}, but every row is dated {day}: it is probably a total "
            "over {n} days."
        )
        over = N_(
            "The lines above the table say {first} – {last}, but every row is dated {day}: it is probably a "
            "total over {n} days."
        )
        troubles.refuse(
            say(
                over if above else said,
                first=short_day(first),
                last=short_day(last),
                day=short_day(day),
                n=(last - first).days + 1,
            ),
            say("Download the file again day by day.")
            if above
            else say(
                "Download the file again day by day; if the figures really are of one day, put only that "
                "day into the file name."
            ),
        )


def check_spacing(days: Collection[date], troubles: ProblemCollector) -> None:
    """Refuse the file if its days are all a week or a month apart: each row then covers a week or a month."""
    held = sorted(days)
    if len(held) <= _PERIODS:
        return
    apart = {(after - before).days for before, after in pairwise(held)}
    months = [12 * day.year + day.month for day in held]
    monthly = len({day.day for day in held}) == 1 and {b - a for a, b in pairwise(months)} == {1}
    if apart == {7} or monthly:
        troubles.refuse(
            say(
                "The days ({days}) are all a week or a month apart: each row is probably a whole week or "
                "month.",
                days=days_text(held),
            ),
            say("Download the file again day by day."),
        )


def check_period(days: Collection[date], name: str, troubles: ProblemCollector) -> None:
    """Refuse the file if it contains weeks or months instead of days.

    This is assumed if its name contains 周 and all its days are Mondays, or if its name contains 月 and all
    its days are the first of a month.
    """
    said = fold(name)
    held = sorted(days)
    if len(held) < _PERIODS:
        return
    weeks = "周" in said and all(day.weekday() == 0 for day in held)
    months = "月" in said and all(day.day == 1 for day in held)
    if weeks or months:
        troubles.refuse(
            say(
                "The file name and the dates ({days}) show weeks or months, not days.",
                days=days_text(held),
            ),
            say("Download the file again day by day."),
        )


def note_filtered(tables: Sequence[RawTable], rows: int, troubles: ProblemCollector) -> None:
    """Add a note if a tenth of the rows or more are hidden in the workbook; hidden rows are read as well."""
    hidden = sum(table.hidden_rows for table in tables if isinstance(table, GridPage))
    if hidden and hidden >= _FILTERED * rows:
        troubles.note(
            plural(
                "{n} row is hidden in the file, by a filter or by hand; it is counted too.",
                "{n} rows are hidden in the file, by a filter or by hand; they are counted too.",
                hidden,
            )
        )


def note_cut(rows: int, troubles: ProblemCollector) -> None:
    """Warn if the table has exactly :data:`CUT_AT` rows, so that the platform has probably truncated it."""
    if rows == CUT_AT:
        troubles.doubt(
            say("The file has exactly 5,000 rows: the platform stops there, and the rest is missing."),
            say("Download fewer days at a time, or sort by visitors before downloading."),
        )
