"""Tables as a person writes them, turned into sheets; and a shop on which nothing happens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import ParamSpec, TypeVar

import pandas as pd

from core.answers.answer import Answer
from core.answers.answer_codec import rendered
from core.exports.kinds.shop_day import ShopDay
from core.exports.sheet import Sheet
from core.language.message import Words
from core.shop.settings import CalendarDay, Item, MoneySettings, Shop

S = TypeVar("S", bound=Sheet)

P = ParamSpec("P")
told = rendered
"""What an analysis says, in the language now spoken: ``told(stock.cover(...)).verdict.text``."""


def told_by(analysis: Callable[P, Answer[Words]]) -> Callable[P, Answer]:
    """Return the analysis, answering in the language now spoken: each test file names its own once."""

    def tell(*given: P.args, **named: P.kwargs) -> Answer:
        return rendered(analysis(*given, **named))

    return tell


MONDAY = date(2026, 6, 15)
"""Today in these tests; the exports reach Sunday 14 June."""
SUNDAY = MONDAY - timedelta(days=1)
WOBBLE = (0.00, 0.04, -0.03, 0.02, -0.05, 0.03, -0.01, 0.05, -0.04, 0.01, -0.02)
"""What days do for no reason."""


def sheet(kind: type[S], text: str) -> S:
    """Return the sheet written as a table: a line of column names, a line a row.

    `-` is missing, `.` no text.
    """
    head, *lines = [line.split() for line in text.strip().splitlines()]
    rows: list[dict[str, object]] = [
        {name: cell for name, cell in zip(head, line, strict=True) if cell not in ("-", ".")}
        for line in lines
    ]
    return of_rows(kind, rows)


def of_rows(kind: type[S], rows: list[dict[str, object]]) -> S:
    """Return the sheet of these rows; what a row does not say is missing."""
    frame = pd.DataFrame(rows)
    texts = [name for column in kind.columns if column.kind in ("id", "text") for name in column.fields]
    for name in texts:
        if name in frame.columns:
            frame[name] = frame[name].fillna("")
    for column in kind.columns:
        if column.kind == "flag" and column.name in frame.columns:
            frame[column.name] = frame[column.name].notna()
    if "date" in frame.columns:
        frame["date"] = pd.to_datetime(frame["date"])
    return kind(kind.shaped(frame))


def usual_shop(
    days: int = 70,
    last: date = SUNDAY,
    changes: Mapping[date, Mapping[str, float | None]] | None = None,
    **columns: float,
) -> ShopDay:
    """Return days of a shop of 1,000 visitors, 3 % of them buyers of 200 yuan each.

    Wobbling for no reason.
    """
    rows: list[dict[str, object]] = []
    for back in range(days - 1, -1, -1):
        day = last - timedelta(days=back)
        place = (day - date(2025, 12, 31)).days
        visitors = round(1000 * (1 + WOBBLE[place % 11]))
        buyers = round(visitors * 0.03 * (1 + WOBBLE[(place * 3) % 11]))
        gmv = round(buyers * 200 * (1 + WOBBLE[(place * 5) % 11]))
        row: dict[str, object] = {"date": day, "visitors": visitors, "buyers": buyers, "gmv": gmv, **columns}
        row.update((changes or {}).get(day, {}))
        rows.append(row)
    return of_rows(ShopDay, rows)


def shop(**settings: object) -> Shop:
    """Return a shop whose June target is what a usual June brings, and whose platform takes no fees."""
    free = MoneySettings(base_fee=0.0)
    given: dict[str, object] = {"name": "小店", "targets": {"2026-06": 180_000.0}, "money": free, **settings}
    return Shop(**given)  # type: ignore[arg-type]


def festival(
    start: date, end: date | None = None, multiplier: float | None = 2.0, note: str = "618"
) -> CalendarDay:
    """Return a calendar entry."""
    return CalendarDay(start=start, end=end, multiplier=multiplier, note=note)


def hero(item: str, name: str) -> Item:
    """Return a hero item."""
    return Item(id=item, name=name, hero=True)
