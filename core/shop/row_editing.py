"""Change, add or remove one row or one value of shop.toml, keeping its comments and order.

Each change names what the person saw before it: if somebody else has changed that row or value in the
meantime, the change is refused and the file stays unchanged. Changes elsewhere in the file do not matter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias, cast

import tomlkit
from tomlkit.items import Array, KeyType, SingleKey

from core.errors import CannotWrite
from core.language.wording import say
from core.shop.editing import edit_shop, plain_number
from core.shop.settings import CalendarDay, Item, Person, Rival, Shop

RowTable: TypeAlias = Literal["team", "rivals", "items", "calendar"]
Row: TypeAlias = Person | Rival | Item | CalendarDay
Value: TypeAlias = str | int | float | bool | None
_MONTHS: Final = ("targets", "targets_net")
"""The tables whose names are months and therefore written in quotes."""


def changed_meanwhile(file: str) -> CannotWrite:
    """Return the error for a row or value that somebody else has changed since it was read."""
    return CannotWrite(
        say(
            "Somebody else has changed this in {file} since you opened it. Nothing was saved: close this "
            "form and open it again to see what it says now.",
            file=file,
        )
    )


def put_row(folder: Path, table: RowTable, was: Row | None, row: Row | None) -> bool:
    """Replace the row ``was`` by ``row``; without ``was`` add it, without ``row`` remove it.

    Return False if nothing changes. Raise CannotWrite if the file no longer has the row ``was`` or writing
    fails, and BadSettings if the file is invalid, would become so, or cannot be edited.
    """
    place = -1

    def wanted(shop: Shop) -> Shop:
        nonlocal place
        rows = list(getattr(shop, table))
        if was is None:
            rows.append(row)
        elif was not in rows:
            raise changed_meanwhile("shop.toml")
        else:
            place = rows.index(was)
            rows[place : place + 1] = [] if row is None else [row]
        return _replaced(shop, {table: tuple(rows)})

    def edit(document: tomlkit.TOMLDocument) -> None:
        if was is None:
            append_entry(document, table, lambda made: _update(made, None, cast("Row", row)))
        elif row is None:
            del cast("Any", document[table])[place]
            if not document[table]:
                document.remove(table)
        else:
            _update(cast("Any", document[table])[place], was, row)

    return edit_shop(folder, edit, wanted)


def value_of(shop: Shop, path: str) -> Any:  # noqa: ANN401 - whatever the setting is
    """Return a single setting, such as ``margin``, ``thresholds.likely`` or ``targets.2026-11``."""
    table, _, name = path.rpartition(".")
    holder = getattr(shop, table) if table else shop
    return holder.get(name) if isinstance(holder, Mapping) else getattr(holder, name)


def put_values(folder: Path, was: Mapping[str, Value], values: Mapping[str, Value]) -> bool:
    """Set single settings, each by its path as :func:`value_of` takes it; None removes it from the file.

    ``was`` are the values that the person saw. Return False if nothing changes; raises as :func:`put_row`.
    """

    def wanted(shop: Shop) -> Shop:
        if any(value_of(shop, path) != value for path, value in was.items()):
            raise changed_meanwhile("shop.toml")
        for path, value in values.items():
            shop = _with_value(shop, path, value)
        return shop

    def edit(document: tomlkit.TOMLDocument) -> None:
        for path, value in values.items():
            _write_value(document, path, value)

    return edit_shop(folder, edit, wanted)


def _with_value(shop: Shop, path: str, value: Value) -> Shop:
    table, _, name = path.rpartition(".")
    if not table:
        return _replaced(shop, {name: shop._field_defaults[name] if value is None else value})
    holder = getattr(shop, table)
    if isinstance(holder, Mapping):
        kept = {key: one for key, one in holder.items() if key != name}
        return _replaced(shop, {table: kept if value is None else {**holder, name: value}})
    value = holder._field_defaults[name] if value is None else value
    return _replaced(shop, {table: holder._replace(**{name: value})})


def _replaced(shop: Shop, fields: dict[str, Any]) -> Shop:
    return shop._replace(**fields)


def _write_value(document: tomlkit.TOMLDocument, path: str, value: Value) -> None:
    table, _, name = path.rpartition(".")
    if value is None:
        holder: Any = document.get(table) if table else document
        if holder is not None and name in holder:
            holder.remove(name)
        return
    if table and table not in document:
        document[table] = tomlkit.table()
    holder = document[table] if table else document
    if name in holder or table not in _MONTHS:
        holder[name] = plain_number(value)
    else:
        holder.add(SingleKey(name, KeyType.Basic), plain_number(value))


def append_entry(document: tomlkit.TOMLDocument, table: str, fill: Callable[[Any], None]) -> None:
    """Append an entry to an array of tables, written as the file writes that array."""
    known: Any = document.get(table)
    if known is None:
        document[table] = known = tomlkit.aot()
    inline = isinstance(known, Array)
    made = tomlkit.inline_table() if inline else tomlkit.table()
    fill(made)
    if not inline:
        made.add(tomlkit.nl())
    known.append(made)


def _update(entry: Any, was: Row | None, row: Row) -> None:  # noqa: ANN401 - tomlkit's own table
    """Write the fields of ``row`` that differ from ``was`` into the entry; one at its default is left out."""
    for name, value in row._asdict().items():
        if was is not None and getattr(was, name) == value:
            continue
        if name in row._field_defaults and value == row._field_defaults[name]:
            entry.pop(name, None)
        else:
            entry[name] = list(value) if isinstance(value, tuple) else plain_number(value)
