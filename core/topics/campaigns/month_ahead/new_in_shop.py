"""New arrivals by month, dated by the first day on which each item appears in the item file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from core.answers.answer import Finding, Table, TableColumn, finding
from core.language import message
from core.language.message import Words, say
from core.shop.item_names import item_name
from core.shop.settings import Shop

if TYPE_CHECKING:
    import pandas as pd

KNOWN_DAYS: Final = 14
"""The file's first days, in which items count as there before [judgement: days without visitors]."""
NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class Arrivals:
    """The items first seen in each month."""

    since: date
    """The first day on which an item counts as new."""
    months: Mapping[str, tuple[str, ...]]
    """The names of the new items by month (``2026-11``), every month from ``since`` to the last one there."""

    @property
    def total(self) -> int:
        """Return the number of new items."""
        return sum(map(len, self.months.values()))


def arrivals_seen(frame: pd.DataFrame, shop: Shop, today: date) -> Arrivals | None:
    """Return, by month, the items that were new in the file; None if its history is too short to tell."""
    when = frame["date"].dt.date
    past = frame[when < today]
    if past.empty:
        return None
    first_day = past["date"].min().date()
    since = first_day + timedelta(days=KNOWN_DAYS)
    if since >= today:
        return None
    first = past.sort_values("date").groupby("item", sort=False)[["date", "title"]].first()
    months: dict[str, list[str]] = {}
    month = since.replace(day=1)
    while month <= today:
        months[f"{month:%Y-%m}"] = []
        month = (month + timedelta(days=31)).replace(day=1)
    for item, day, title in zip(first.index, first["date"].dt.date, first["title"], strict=True):
        if day >= since:
            months[f"{day:%Y-%m}"].append(item_name(shop, str(item), str(title)))
    return Arrivals(since, {name: tuple(items) for name, items in months.items()})


def findings(found: Arrivals | None) -> list[Finding[Words]]:
    """Return the finding on new items by month; empty if the file's history is too short to tell."""
    if found is None:
        return []
    day = message.short_day(found.since)
    if not found.total:
        text = say("No new item since {day}: every item in the item file was there before.", day=day)
        return [finding("month_plan", "listed", "info", text)]
    parts = [
        say(
            "{month}: {n} ({names})",
            month=month,
            n=len(names),
            names=message.listing([*names[:NAMED], *(["…"] if len(names) > NAMED else [])]),
        )
        for month, names in found.months.items()
        if names
    ]
    text = say("New in the item file since {day}: {months}.", day=day, months=message.listing(parts))
    return [finding("month_plan", "listed", "info", text)]


def table(found: Arrivals | None) -> tuple[Table[Words], ...]:
    """Return the table of new items by month; empty if the file's history is too short to tell."""
    if found is None:
        return ()
    columns = (
        TableColumn(say("Month"), id="month"),
        TableColumn(say("Items that are new"), "count", "new"),
        TableColumn(say("Which items"), id="items"),
    )
    rows = tuple(
        (month, len(names), message.listing(list(names)) if names else message.DASH)
        for month, names in found.months.items()
    )
    return (Table(say("New items by month (first seen in the item file)"), columns, rows),)
