"""Handle the tabs of a workbook: skip hidden ones, and read days and shops from tab names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from core.errors import BadExport
from core.exports.cells import fold
from core.exports.layouts.file_layout import Layouts
from core.exports.reading.filenames import NameDates, dates_in
from core.exports.reading.own_rows import by_names, is_ours, is_shop_name
from core.exports.reading.problem_collector import ProblemCollector, short
from core.exports.reading.raw_table import RawTable
from core.exports.reading.recognise import Match, recognise
from core.exports.reading.turned import turned
from core.exports.sheet import Sheet
from core.language.wording import listing, plural, say
from core.shop.settings import Shop

_MONTH_DAY: Final = re.compile(r"(?:(\d{1,2})月)?(\d{1,2})[日号]?")


def visible(
    pages: Sequence[RawTable],
    name: str,
    only: type[Sheet] | None,
    troubles: ProblemCollector,
    layouts: Layouts | None = None,
) -> Match:
    """Return the sheet found in the visible tabs, and note hidden tabs.

    Raise BadExport if no visible tab contains a known table.
    """
    across = {page.name: one for page in pages if not page.hidden and (one := turned(page))}
    shown = [across.get(page.name, page) for page in pages if not page.hidden]
    hidden = [page for page in pages if page.hidden]
    try:
        match = recognise(shown, name, only, layouts)
    except BadExport:
        if hidden:
            _check_hidden(hidden, name, only, layouts)
        raise
    others = [page for page in shown if page not in [table.raw for table in match.tables]]
    if loose := [short(page.name) for page in others if _holds_a_sheet(page, name, layouts)]:
        troubles.doubt(
            plural(
                "The worksheet {names} contains another table and was not read.",
                "The worksheets {names} contain other tables and were not read.",
                len(loose),
                names=listing(loose),
            ),
            say("Save each of these worksheets as a separate file and import that."),
        )
    if any(table.raw in across.values() for table in match.tables):
        troubles.note(say("The table has its days in columns instead of rows; it was read that way."))
    if hidden:
        names = listing([short(page.name) for page in hidden])
        troubles.note(
            plural(
                "The hidden worksheet {names} was left out.",
                "The hidden worksheets {names} were left out.",
                len(hidden),
                names=names,
            )
        )
    return match


def _holds_a_sheet(page: RawTable, name: str, layouts: Layouts | None) -> bool:
    try:
        recognise([page], name, layouts=layouts)
    except BadExport:
        return False
    return True


def _check_hidden(
    hidden: Sequence[RawTable], name: str, only: type[Sheet] | None, layouts: Layouts | None
) -> None:
    """Raise BadExport with a special message if only a hidden tab contains a known table."""
    try:
        recognise(hidden, name, only, layouts)
    except BadExport:
        return
    raise BadExport(
        say(
            "Only a hidden worksheet contains a table. Unhide it in the spreadsheet program, save, and "
            "import again."
        )
    )


def day_of_tab(tab: str, names: Sequence[NameDates]) -> date | None:
    """Return the day in a tab's name, e.g. 2026-11-27; None if there is none.

    For 11月27日 or 27, the missing year and month come from the file's name.
    """
    plain = fold(tab)
    if day := dates_in(plain).day:
        return day
    found = _MONTH_DAY.fullmatch(plain)
    near = next((dates.first for dates in names if dates.first), None)
    if found is None or near is None:
        return None
    try:
        return near.replace(month=int(found[1] or near.month), day=int(found[2]))
    except ValueError:
        return None


def own_tabs(match: Match, shop: Shop | None, troubles: ProblemCollector) -> Match:
    """Return the match with only this shop's tabs, if tabs are named after shops."""
    names = [table.page.name for table in match.tables]
    if shop is None:
        return match
    ours = [table for table in match.tables if table.page.name and is_ours(table.page.name, shop)]
    others = [name for name in names if is_shop_name(name) and not is_ours(name, shop)]
    if not ours:
        by_names(others if len(others) == len(names) else [], shop, troubles)
        return match
    left = [name for name in names if not is_ours(name, shop)]
    if left:
        troubles.note(
            plural(
                "The worksheet {names} is from another shop and was left out.",
                "The worksheets {names} are from other shops and were left out.",
                len(left),
                names=listing([short(name) for name in left]),
            )
        )
    return replace(match, tables=tuple(replace(table, number=n) for n, table in enumerate(ours)))
