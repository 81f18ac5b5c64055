"""Read what the lines above or between tables say about all rows: ``店铺：…``, ``终端：无线端``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from core.exports.cells import Unreadable, day_of, fold
from core.exports.dimensions import dimension_of, is_whole, verdict
from core.exports.reading.own_rows import is_ours, is_shop_name
from core.exports.reading.problem_collector import ProblemCollector, or_teach, short
from core.exports.reading.recognise import SheetPage
from core.exports.sheet import Sheet
from core.language.wording import say
from core.shop.settings import Shop

_SAID: Final = re.compile(r"([^\s:：,;，；]{1,12})\s*[:：]\s*([^\s,;，；]+)")
_SHOPS: Final = ("卖家", "商家", "店主")
"""Labels that precede a shop's name, besides those in the catalogue of dimensions."""
_IN_NAME: Final = re.compile(r"[^\W_]+?(?:旗舰店|专卖店|专营店)")
_DAY: Final = re.compile(r"(日期|date|day)$")


def labels(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the (label, value) pairs in the texts: ``label: value`` in one cell, or each in its own cell."""
    plain = [fold(text) for text in texts]
    for text in plain:
        yield from _SAID.findall(text)
    for label, value in pairwise(plain):
        if dimension_of(label):
            yield label, value


def shop_in(texts: Sequence[str]) -> str:
    """Return the shop's name from lines outside the table; empty if they do not contain it."""
    named = (value for label, value in labels(texts) if dimension_of(label) == "shop" or label in _SHOPS)
    return next((value for value in named if not is_whole(value)), "")


def check_parts(table: SheetPage, sheet: type[Sheet], troubles: ProblemCollector) -> None:
    """Refuse a table if the lines above it say that it covers only a part of the shop."""
    told = frozenset(dimension_of(found.header) for found in table.columns.values())
    for label, value in labels(table.heading.preamble):
        if dimension_of(label) in told or is_whole(value) or dimension_of(value):
            continue
        if verdict(sheet, label, told) == "refuse":
            troubles.refuse(
                say(
                    "The lines above the table say {header} = {value}: this is a part of the shop.",
                    header=label,
                    value=short(value),
                ),
                or_teach(say("Download the file again with {header} = 全部.", header=label)),
                label,
            )
            return


def check_blocks(texts: Sequence[str], shop: Shop | None, troubles: ProblemCollector) -> None:
    """Refuse a file in which the table of another shop follows below.

    ``texts``: cells that should be a date or an id and are not; a shop's name among them shows that such a
    table begins there.
    """
    for text in texts:
        name = shop_in([text]) or (text.strip() if is_shop_name(text) else "")
        if shop is not None and name and not is_ours(name, shop):
            troubles.refuse(
                say(
                    "Further down in the file is another table, which is of the shop “{other}”.",
                    other=short(name),
                ),
                say("Export one shop at a time."),
            )
            return


def check_file_name(name: str, shop: Shop | None, troubles: ProblemCollector) -> None:
    """Warn if the file's name contains a shop's name, but not this shop's."""
    found = [one[0] for one in _IN_NAME.finditer(fold(name))]
    if shop is not None and found and not any(is_ours(one, shop) for one in found):
        troubles.doubt(
            say(
                "The file's name says “{other}”, but this shop is “{shop}”.",
                other=short(found[0]),
                shop=shop.name,
            ),
            say("If the file is another shop's, undo the import."),
        )


def check_unknown_days(table: SheetPage, troubles: ProblemCollector) -> None:
    """Refuse a table without a known date column if another column, with a similar name, has several days."""
    used = {found.at for found in table.columns.values()}
    for at, header in enumerate(table.heading.headers):
        if at in used or not _DAY.search(fold(header).casefold()):
            continue
        days = {day for row in table.page.top[table.heading.body :] if (day := _day(row, at))}
        if len(days) > 1:
            troubles.refuse(
                say(
                    "{header} contains dates ({a}, {b} …), but shopday does not know this header as a "
                    "date column.",
                    header=header, a=min(days), b=max(days)),
                or_teach(say("Rename this column to 统计日期 (date).")),
                header,
            )  # fmt: skip
            return


def _day(row: Sequence[str], at: int) -> str:
    try:
        day = day_of(row[at]) if at < len(row) else None
    except Unreadable:
        return ""
    return "" if day is None else day.isoformat()
