"""The decided keyword changes as a file: for the person who makes them, or an ad tool's batch editor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from core.actions.state_words import CHOICES, PRICED
from core.answers.answer import NOTHING, Cell, Table, number_in
from core.journal.projections import Decision
from core.language.wording import say
from core.storage.atomic_files import write_atomically
from core.tables import csv_file
from core.tables.table import ShopColumn, ShopTable

_CHANGES: Final = ("delete", *PRICED)
"""The decisions that change something in the ad tool."""


class KeywordChanges(NamedTuple):
    """The decided changes as a table, and how many of them need a price and have none."""

    table: ShopTable
    unpriced: int


def keyword_changes(tables: Sequence[Table], decided: Mapping[str, Decision], day: date) -> KeywordChanges:
    """Return the changes decided on the rows of these tables: keyword, item, change, old and new price.

    The new price is the advised one. It is empty if the decision is not what was advised: then the price is
    for the person to set.
    """
    made = [
        (decision.choice, _row(table, place, decision.choice))
        for table in tables
        for place, key in enumerate(table.keys)
        if (decision := decided.get(key)) is not None and decision.choice in _CHANGES
    ]
    columns = (
        ShopColumn("word", say("Keyword")),
        ShopColumn("item_id", say("Item ID")),
        ShopColumn("item", say("Item")),
        ShopColumn("change", say("Decision")),
        ShopColumn("old_price", say("Old price"), "money"),
        ShopColumn("new_price", say("New price"), "money"),
    )
    rows = tuple(row for _, row in made)
    unpriced = sum(1 for choice, row in made if choice in PRICED and row[-1] is None)
    return KeywordChanges(
        ShopTable("keywords", say("Keyword changes"), day.isoformat(), columns, rows), unpriced
    )


def write_changes(folder: Path, changes: ShopTable) -> Path:
    """Write the changes as csv into the shop's reports/, and return the path within the shop's folder."""
    file = Path("reports") / f"keywords_{changes.span}.csv"
    write_atomically(folder / file, csv_file.render(changes))
    return file


def _row(table: Table, place: int, choice: str) -> tuple[str | float | None, ...]:
    cells: dict[str, Cell] = {
        column.id: value for column, value in zip(table.columns, table.rows[place], strict=True)
    }
    about = table.about[place] if place < len(table.about) else NOTHING
    advised = choice == cells.get("decision", "add")
    price = number_in(cells.get("next_cpc", cells.get("first_cpc"))) if advised and choice in PRICED else None
    return (
        about.word or str(cells.get("word") or cells.get("search_term") or ""),
        about.item or None,
        str(cells.get("item") or "") or None,
        say(CHOICES[choice]),
        number_in(cells.get("cpc")),
        price,
    )
