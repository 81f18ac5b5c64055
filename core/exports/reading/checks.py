"""What only the whole file shows: missing days, figures beyond all others, repeats, another shop."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.exports.cells import fold
from core.exports.reading.filenames import NameDates
from core.exports.reading.headings import FEN, MappedColumn, key_of
from core.exports.reading.problem_collector import ProblemCollector, days_text
from core.exports.reading.row_store import Gathered
from core.exports.sheet import NUMBERS, Sheet
from core.language.money import money
from core.language.wording import listing, plural, say
from core.shop.settings import Shop

if TYPE_CHECKING:
    import pandas as pd

CUT_AT = 5_000
"""Rows at which 生意参谋 cuts a download without a word."""
_FAR_BEYOND = 50
"""Times the figure that 99 of 100 stay below."""
_ENOUGH = 100
"""Rows from which "usual" means something."""
_MOST_GAPS = 400
_SHOP_LINE = re.compile(r"店铺(?:名称)?\s*[::]\s*([^\s,;，；]+)")


def merge_repeats(
    frame: pd.DataFrame, sheet: type[Sheet], headers: Sequence[str], troubles: ProblemCollector
) -> pd.DataFrame:
    """Add up rows that differ only in a finer grain; of other repeats keep the last one, and say so."""
    if not sheet.key:
        return frame
    repeated = frame.duplicated(list(sheet.key), keep=False)
    if not repeated.any():
        return frame
    present = {key_of(header) for header in headers}
    if any(key_of(header) in present for header in sheet.finer):
        import pandas as pd

        return pd.concat([frame[~repeated], _added_up(frame[repeated], sheet)])
    kept = frame.drop_duplicates(list(sheet.key), keep="last")
    n = len(frame) - len(kept)
    if len(frame.drop_duplicates()) > len(kept):
        first = frame[frame.duplicated(list(sheet.key))].iloc[0]
        which = " ".join(str(first[name]) for name in sheet.key if sheet.column(name).kind in ("id", "text"))
        troubles.note(
            plural(
                "{n} row repeats an earlier one with other figures ({which}); the last one counts.",
                "{n} rows repeat earlier ones with other figures ({which} …); the last ones count.",
                n,
                which=which.strip() or str(first["date"].date()),
            ),
            row=int(str(first.name)),
        )
    return kept


def _added_up(frame: pd.DataFrame, sheet: type[Sheet]) -> pd.DataFrame:
    grouped = frame.groupby(list(sheet.key), sort=False)
    made = grouped.first()
    for column in sheet.columns:
        if column.name in sheet.key or column.name not in frame:
            continue
        if column.kind in ("count", "money"):
            made[column.name] = grouped[column.name].sum(min_count=1)
        elif column.kind in NUMBERS:
            made[column.name] = grouped[column.name].mean()
    return made.reset_index()[list(frame.columns)]


def note_gaps(rows: Gathered, troubles: ProblemCollector) -> None:
    """Say which days inside the file's span have no rows."""
    gaps = rows.sheet.gaps
    if not gaps or not rows.rows:
        return
    days = rows.days if gaps == "date" else {day.date() for day in rows.frame()[gaps].dropna()}
    missing = gaps_in(sorted(days))
    if missing:
        troubles.note(
            say("No rows for {days}.", days=days_text(missing)),
            say("If the shop was open then, export those days again."),
        )


def gaps_in(days: Sequence[date]) -> list[date]:
    """Return the days between the first and the last that are not there."""
    if not days or (days[-1] - days[0]).days > len(days) + _MOST_GAPS:
        return []
    there = set(days)
    span = (days[-1] - days[0]).days
    return [day for n in range(span) if (day := days[0] + timedelta(days=n)) not in there]


def note_columns(sheet: type[Sheet], columns: dict[str, MappedColumn], troubles: ProblemCollector) -> None:
    """Say which columns are not there, and that money came in fen."""
    missing = [sheet.column(name).headers[0] for name in sheet.wants if name not in columns]
    if missing:
        troubles.note(
            say("Without {columns}: analyses that need it stay silent.", columns=listing(missing)),
            say("Choose all columns when exporting."),
        )
    if any(found.factor == FEN for found in columns.values() if found.column.kind == "money"):
        troubles.note(say("Money in this file is in fen (分); it was turned into yuan."))


def note_name(days: Collection[date], named: NameDates, troubles: ProblemCollector) -> None:
    """Say when the rows are about other days than the file's name; the rows are believed."""
    if named.first is None or named.last is None or not named.spanned or not days:
        return
    first, last = min(days), max(days)
    if last < named.first or first > named.last:
        rows = first.isoformat() if first == last else f"{first} – {last}"
        name = named.first.isoformat() if named.day else f"{named.first} – {named.last}"
        troubles.note(
            say("The name says {name}, the rows say {rows}; the rows are believed.", name=name, rows=rows)
        )


def note_outliers(
    frame: pd.DataFrame, sheet: type[Sheet], columns: dict[str, MappedColumn], troubles: ProblemCollector
) -> None:
    """Say which figures are far beyond all others; they are kept."""
    for name in sheet.outliers:
        if name not in columns or frame[name].count() < _ENOUGH:
            continue
        usual, high = frame[name].median(), frame[name].quantile(0.99)
        far = frame[frame[name] > _FAR_BEYOND * high]
        for row, value in far[name].nlargest(3).items():
            troubles.note(
                say(
                    "{value} is far beyond the rest (half are below {usual}, 99 of 100 below {high}). "
                    "It is counted.",
                    value=money(float(value)),
                    usual=money(float(usual)),
                    high=money(float(high)),
                ),
                say("If it was no real sale, take the row out and import the file again."),
                row=int(str(row)),
                column=columns[name].header,
            )


def note_cut(rows: int, troubles: ProblemCollector) -> None:
    """Warn that the platform cut the file."""
    if rows == CUT_AT:
        troubles.note(
            say("The file has exactly 5,000 rows: the platform cuts there, the rest is missing."),
            say("Export fewer days at a time, or sort by visitors before exporting."),
        )


def shop_in(preamble: Sequence[str]) -> str:
    """Return the shop's name if the lines above the header give it."""
    return next((found[1] for text in preamble if (found := _SHOP_LINE.search(fold(text)))), "")


def check_shop(names: Sequence[str], shop: Shop | None, troubles: ProblemCollector) -> None:
    """Refuse a file that names only another shop; when the names cannot be compared, only say it."""
    others = [name for name in names if name]
    if shop is None or not others or any(_same_shop(name, shop.name) for name in others):
        return
    todo = say('If it is the same shop, write name = "{name}" in shop.toml.', name=others[0])
    what = say("The file is about the shop “{other}”, this is “{shop}”.", other=others[0], shop=shop.name)
    if _has_chinese(shop.name):
        troubles.refuse(what, todo)
    else:
        troubles.note(what, todo)


def _same_shop(name: str, ours: str) -> bool:
    theirs, mine = (
        re.sub(r"\s+|(官方)?旗舰店$|专卖店$|专营店$", "", fold(text)).casefold() for text in (name, ours)
    )
    return theirs in mine or mine in theirs


def _has_chinese(text: str) -> bool:
    return any("\u4e00" <= mark <= "\u9fff" for mark in text)
