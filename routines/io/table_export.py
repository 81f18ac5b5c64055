"""Make one of the tables about the shop: load the inputs in its function's signature, and write the result.

Imports pandas. A user interface uses ``routines.analyst.analyst``.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias, get_args

from core.errors import UsageError
from core.exports.kinds.orders import Orders
from core.exports.kinds.shop_day import ShopDay
from core.exports.sheet import Sheet
from core.facts.days_from_orders import shop_days
from core.facts.joined_rows import load_joined
from core.facts.window import load
from core.journal.book import Book
from core.journal.entry import Entry
from core.journal.multi_day_index import LOOK_BACK, MultiDayIndex
from core.journal.projections import Past
from core.language.speech import Language, language, speak
from core.language.wording import say
from core.shop.loading import load_shop
from core.storage.atomic_files import write_atomically
from core.tables.registry import TableSpec, maker, table_named
from core.tables.span import Span
from core.tables.table import ShopTable
from routines.answers.signature import reads
from routines.days.day_plan import boxes_for, routine_of
from routines.past.month_figures import corrected_days

Format: TypeAlias = Literal["xlsx", "csv", "md"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)
BEHIND: Final = 60
"""Days of exports loaded after the span, to see the outcome of what was begun in it."""
FOLDER: Final = Path("reports") / "tables"
"""The folder, within a shop's folder, for tables written from the screen."""


def table(folder: Path, name: str, span: Span, *, today: date, lang: Language) -> ShopTable:
    """Return the table of the span's days; raise UsageError if there is no table of that name.

    Daily figures of the shop that were never exported are computed from the orders, and the table notes that.
    """
    if language() != lang:
        speak(lang)
    kept = table_named(name)
    return _made(folder, kept, maker(kept), span, today)


def _made(folder: Path, kept: TableSpec, make: Any, span: Span, today: date) -> ShopTable:  # noqa: ANN401 - a function
    shop, index = load_shop(folder), MultiDayIndex(Book(folder))
    speak(language(), shop.platform, shop.currency)
    needed = reads(make)
    first = span.first - timedelta(days=kept.reach)
    last = min(today, span.last + timedelta(days=BEHIND)) if kept.reach else span.last
    past = _past(index, span, today)
    given: dict[str, Any] = {}
    counted = False
    for parameter, (sheet, _) in needed.sheets.items():
        given[parameter], instead = _loaded(folder, sheet, first, max(last, span.first))
        counted = counted or instead
    given |= {parameter: past.records(kind) for parameter, kind in needed.records.items()}
    given |= dict.fromkeys(needed.past, past)
    handed = {"shop": shop, "span": span, "today": today}
    given |= {knob: handed[knob] for knob in needed.knobs if knob in handed}
    if "titles" in needed.knobs:
        given["titles"] = step_titles(folder)
    if "corrections" in needed.knobs:
        given["corrections"] = corrected_days(folder, span.first, span.last)
    if "journal" in needed.knobs:
        held = index.book.days(span.first, span.last)
        given["journal"] = {day: index.book.day(day) for day in held}
    made: ShopTable = make(**given)
    if not counted or not made.rows:
        return made
    words = say("Daily sales are counted from the order list, so visitors, conversion and ads are not known.")
    return replace(made, notes=(*made.notes, words))


def _past(index: MultiDayIndex, span: Span, today: date) -> Past:
    """Return the journal up to today, going back far enough to cover the whole span."""
    days: dict[date, tuple[Entry, ...]] = {}
    seen_from = today
    while seen_from + timedelta(days=LOOK_BACK) > span.first:
        days = {**index.past(seen_from).days, **days}
        seen_from -= timedelta(days=LOOK_BACK)
    return Past(today, dict(sorted(days.items())))


def _loaded(folder: Path, sheet: type[Sheet], first: date, last: date) -> tuple[Sheet | None, bool]:
    """Return the export's rows of these days, and whether they were computed from the order list.

    Only the shop's daily figures can be computed. None in place of the rows if there are none.
    """
    found = load_joined(folder, sheet, first, last)
    if not found.frame.empty:
        return found, False
    if sheet is ShopDay:
        orders = load(folder, Orders, first, last)
        if not orders.frame.empty:
            return shop_days(orders), True
    return None, False


def step_titles(folder: Path) -> dict[str, str]:
    """Return the titles of all steps by id, in the order of a working day."""
    routine = routine_of(folder)
    titles: dict[str, str] = {}
    for kind in ("weekday", "weekend", "rush"):
        for box in boxes_for(kind, routine):
            titles.setdefault(box.step.id, say(box.step.title))
    return titles


def rendered(found: ShopTable, kind: str, made: datetime) -> bytes:
    """Return the table as bytes in the format ``kind``; raise UsageError for an unknown format."""
    if kind == "xlsx":
        from core.tables import xlsx

        return xlsx.render(found, made)
    if kind == "csv":
        from core.tables import csv_file

        return csv_file.render(found)
    if kind == "md":
        from core.tables import markdown

        return markdown.render(found).encode("utf-8", "replace")
    raise UsageError(say("Tables can be saved as .xlsx, .csv or .md, not as “{kind}”.", kind=kind))


def write_table(
    folder: Path, name: str, span: Span, kind: str, *, today: date, made: datetime, lang: Language
) -> dict[str, Any]:
    """Write the table into reports/tables/ and return ``{"file", "rows"}``.

    No file is written if the table has no rows.
    """
    found = table(folder, name, span, today=today, lang=lang)
    if not found.rows:
        return {"file": "", "rows": 0}
    file = FOLDER / f"{name}_{span.first}_{span.last}_{span.by}.{kind}"
    write_atomically(folder / file, rendered(found, kind, made))
    return {"file": str(file), "rows": len(found.rows)}
