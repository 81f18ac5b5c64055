"""One table over many shops: each shop's own table, with a column for the shop.

Every shop's figures are made by the same function as its own table, from the imports that count for it, so
they agree with what the shop sees. Imports pandas.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Final

from core.errors import ShopdayError
from core.language.speech import Language, language, speak
from core.language.wording import plural, say
from core.shop.loading import load_shop
from core.shop.permissions import may_see
from core.shop.settings import Shop
from core.tables.registry import table_named
from core.tables.span import Span
from core.tables.table import Cell, ShopColumn, ShopTable
from routines.fleet.fleet import Fleet
from routines.fleet.outcomes import outcomes_of, outcomes_table
from routines.io.table_export import table
from routines.plan.calendar import day_of

ACTIONS: Final = "actions"
"""The table that is not listed shop by shop but counted over all shops."""
MOST_NOTES: Final = 20
"""Notes on single shops that are listed."""
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class AcrossShops:
    """A table over many shops, and why shops are not in it."""

    table: ShopTable
    failed: Mapping[str, str]
    """Why a shop's figures could not be read, as a sentence, by its name."""


def across(
    fleet: Fleet,
    name: str,
    span: Span,
    *,
    now: datetime,
    lang: Language,
    user: str,
    said: str = "",
    progress: Progress = lambda _done, _total, _name: None,
) -> AcrossShops:
    """Return the table of the span's days over the shops that this person may see.

    Raise UsageError if there is no table of that name. A shop that cannot be read is left out.
    """
    kept = table_named(name)
    found: dict[str, ShopTable] = {}
    failed: dict[str, str] = {}
    shops: dict[str, Shop] = {}
    hidden = 0
    judged = []
    refused = 0
    for number, (key, folder) in enumerate(fleet.shops.items()):
        progress(number, len(fleet.shops), key)
        try:
            shop = load_shop(folder)
            if not may_see(shop.team, user, said):
                hidden += 1
                continue
            today = day_of(now.astimezone(shop.zone))
            if name == ACTIONS:
                if shop.fleet.compare_actions:
                    judged.append(outcomes_of(folder, span, today=today, lang=lang))
                else:
                    refused += 1
            else:
                found[key] = table(folder, name, span, today=today, lang=lang)
            shops[key] = shop
        except ShopdayError as error:
            failed[key] = str(error)
    progress(len(fleet.shops), len(fleet.shops), "")
    speak(lang)
    if name == ACTIONS:
        made = outcomes_table(judged, span, refused=refused)
    else:
        made = joined(found, shops, name, say(kept.title), span)
    return AcrossShops(_with_notes(made, hidden, failed), failed)


def joined(
    tables: Mapping[str, ShopTable], shops: Mapping[str, Shop], name: str, title: str, span: Span
) -> ShopTable:
    """Return the shops' tables as one, with the shop's name in the first column.

    A column stands where the first table that has it shows it. Amounts in several currencies get a column
    with the currency's sign.
    """
    columns = merged([one.columns for one in tables.values() if one.rows])
    signs = {shop.currency for key, shop in shops.items() if key in tables and tables[key].rows}
    speak(language(), currency=next(iter(signs)) if len(signs) == 1 else "")
    lead = [ShopColumn("shop", say("Shop"))]
    if len(signs) > 1:
        lead.append(ShopColumn("currency", say("Currency")))
    rows = []
    for key, one in tables.items():
        places = {column.id: place for place, column in enumerate(one.columns)}
        before: tuple[Cell, ...] = (key, shops[key].currency) if len(signs) > 1 else (key,)
        for row in one.rows:
            cells = (row[places[column.id]] if column.id in places else None for column in columns)
            rows.append((*before, *cells))
    return ShopTable(name, title, span.words, (*lead, *columns), tuple(rows), _notes(tables))


def merged(lists: Iterable[Sequence[ShopColumn]]) -> list[ShopColumn]:
    """Return every column once, each behind the column that precedes it in the first list that has it."""
    found: list[ShopColumn] = []
    for columns in lists:
        at = 0
        for column in columns:
            known = next((place for place, one in enumerate(found) if one.id == column.id), None)
            if known is None:
                found.insert(at, column)
                at += 1
            else:
                at = known + 1
    return found


def _notes(tables: Mapping[str, ShopTable]) -> tuple[str, ...]:
    """Return the notes that all tables have, then those of single shops with the shop's name."""
    told = {key: one.notes for key, one in tables.items() if one.rows}
    common = [
        note for note in dict.fromkeys(chain(*told.values())) if all(note in one for one in told.values())
    ]
    single = [f"{key}: {note}" for key, notes in told.items() for note in notes if note not in common]
    more = [
        plural("{n} more note on single shops", "{n} more notes on single shops", len(single) - MOST_NOTES)
    ]
    return (*common, *single[:MOST_NOTES], *(more if len(single) > MOST_NOTES else ()))


def _with_notes(made: ShopTable, hidden: int, failed: Mapping[str, str]) -> ShopTable:
    notes = [*made.notes]
    if hidden:
        notes.append(
            plural(
                "{n} shop is not shown: you are not in its team.",
                "{n} shops are not shown: you are not in their teams.",
                hidden,
            )
        )
    notes += [say("Not in this table: {shop}. {why}", shop=key, why=why) for key, why in failed.items()]
    return ShopTable(made.id, made.title, made.span, made.columns, made.rows, tuple(notes), made.chart)
