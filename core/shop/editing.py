"""Edit single values in shop.toml, keeping its comments and order.

Before the new text replaces the old one, it is parsed as complete shop settings and must differ from the old
settings only in the requested value. If that is not possible, the edit is refused and the file stays
unchanged.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final

import tomlkit
from tomlkit.items import Array, KeyType, SingleKey

from core.shop.loading import no_shop, shop_in
from core.shop.rewriting import by_hand, edited, rewrite
from core.shop.settings import CalendarDay, OddDay, Shop, settings_file

LOCK: Final = ".shop.toml.lock"


def set_target(folder: Path, month: date, yuan: float) -> bool:
    """Set the month's sales target in yuan; return False if it is already set to this value.

    Raise BadSettings if the file is invalid or cannot be edited without changing other values too, and
    CannotWrite if writing fails.
    """
    name, value = f"{month:%Y-%m}", _plain_yuan(yuan)

    def edit(document: tomlkit.TOMLDocument) -> None:
        table = _table(document, "targets")
        if name in table:
            table[name] = value
        else:
            table.add(SingleKey(name, KeyType.Basic), value)

    return edit_shop(folder, edit, lambda shop: with_target(shop, month, yuan))


def with_target(shop: Shop, month: date, yuan: float) -> Shop:
    """Return ``shop`` with the month's target set."""
    return shop._replace(targets={**shop.targets, f"{month:%Y-%m}": float(_plain_yuan(yuan))})


def set_daily_budget(folder: Path, yuan: float) -> bool:
    """Set the daily ad budget; return False if it already has this value. Raises as :func:`set_target`."""

    def edit(document: tomlkit.TOMLDocument) -> None:
        _table(document, "ads")["daily_budget"] = _plain_yuan(yuan)

    return edit_shop(folder, edit, lambda shop: with_daily_budget(shop, yuan))


def with_daily_budget(shop: Shop, yuan: float) -> Shop:
    """Return ``shop`` with the daily ad budget set."""
    return shop._replace(ads=shop.ads._replace(daily_budget=float(_plain_yuan(yuan))))


def add_shop_id(folder: Path, shop_id: str) -> bool:
    """Add an id that exports use for the shop; return False if already set. Raises as :func:`set_target`."""

    def edit(document: tomlkit.TOMLDocument) -> None:
        document["shop_ids"] = [*document.get("shop_ids", ()), shop_id]

    def wanted(shop: Shop) -> Shop:
        return shop if shop_id in shop.shop_ids else shop._replace(shop_ids=(*shop.shop_ids, shop_id))

    return edit_shop(folder, edit, wanted)


def set_journal(folder: Path, store: str, key: str) -> bool:
    """Set where the journal is kept, and the shop's key there (empty: leave it as it is).

    Return False if both are already set to this. Raises as :func:`set_target`.
    """
    values = {"store": store} | ({"shop": key} if key else {})

    def edit(document: tomlkit.TOMLDocument) -> None:
        _table(document, "journal").update(values)

    return edit_shop(folder, edit, lambda shop: shop._replace(journal=shop.journal._replace(**values)))


def set_calendar_day(folder: Path, special: CalendarDay) -> bool:
    """Add the calendar entry, or update the existing entry of the same dates.

    Return False if it is already present unchanged. Raises as :func:`set_target`.
    """

    def edit(document: tomlkit.TOMLDocument) -> None:
        dates = (special.start, special.last)
        _without(document, "calendar", lambda one: _replaced(_entry(one), special))
        _put(
            document,
            "calendar",
            _plain(special),
            lambda one: (one.get("start"), one.get("end", special.start)) == dates,
        )

    return edit_shop(folder, edit, lambda shop: with_calendar_day(shop, special))


def set_odd_day(folder: Path, told: OddDay) -> bool:
    """Save the explanation of an odd day, replacing an earlier one for the same day and item.

    Return False if it is already present unchanged. Raises as :func:`set_target`.
    """

    def edit(document: tomlkit.TOMLDocument) -> None:
        values = {name: value for name, value in told._asdict().items() if value != ""}
        keys = {"day": told.day, "item": told.item}
        _put(document, "odd_days", values, lambda one: all(one.get(k, "") == v for k, v in keys.items()))

    return edit_shop(folder, edit, lambda shop: with_odd_day(shop, told))


def with_odd_day(shop: Shop, told: OddDay) -> Shop:
    """Return ``shop`` with the explanation of an odd day added or replaced."""
    days = [told if (one.day, one.item) == (told.day, told.item) else one for one in shop.odd_days]
    return shop._replace(odd_days=tuple(days if told in days else [*days, told]))


def with_calendar_day(shop: Shop, special: CalendarDay) -> Shop:
    """Return ``shop`` with the calendar entry added or replaced, and without drafts that overlap it."""
    kept = [one for one in shop.calendar if not _replaced(one, special)]
    days = [special if same_days(one, special) else one for one in kept]
    return shop._replace(calendar=tuple(days if special in days else [*days, special]))


def same_days(one: CalendarDay, other: CalendarDay) -> bool:
    """Return whether both entries cover exactly the same dates."""
    return (one.start, one.last) == (other.start, other.last)


def _replaced(one: CalendarDay, special: CalendarDay) -> bool:
    """Return whether ``one`` is a draft whose dates overlap those of ``special`` without being the same."""
    return (
        one.state == "proposed" and one.touches(special.start, special.last) and not same_days(one, special)
    )


def _entry(table: Any) -> CalendarDay:  # noqa: ANN401 - tomlkit's own table
    return CalendarDay(table["start"], table.get("end"), state=table.get("state", "confirmed"))


def edit_shop(
    folder: Path, edit: Callable[[tomlkit.TOMLDocument], None], wanted: Callable[[Shop], Shop]
) -> bool:
    """Apply ``edit`` to shop.toml; return False if the settings are already as ``wanted`` returns them.

    ``wanted`` returns what the settings must be afterwards; the file is replaced only if they are. Raises as
    :func:`set_target`, and whatever ``wanted`` raises.
    """
    path = settings_file(folder)

    def change(raw: bytes | None) -> bytes | None:
        if raw is None:
            raise no_shop(folder)
        before = shop_in(path.name, raw)
        goal = wanted(before)
        if goal == before:
            return None
        made = edited(path.name, raw, edit)
        if shop_in(path.name, made) != goal:
            raise by_hand(path.name)
        return made

    return rewrite(path, folder / LOCK, change)


def _plain_yuan(yuan: float) -> int | float:
    amount: int | float = plain_number(round(yuan, 2))
    return amount


def plain_number(value: Any) -> Any:  # noqa: ANN401 - any value of a TOML file
    """Return a float without decimals as an integer, as people write it; any other value unchanged."""
    return int(value) if isinstance(value, float) and value == int(value) else value


def _table(document: tomlkit.TOMLDocument, name: str) -> Any:  # noqa: ANN401 - tomlkit's own table
    if name not in document:
        document[name] = tomlkit.table()
    return document[name]


def _put(
    document: tomlkit.TOMLDocument, name: str, values: dict[str, Any], same: Callable[[Any], bool]
) -> None:
    """Update the entry of the array ``name`` for which ``same`` is true, or add a new entry."""
    known: Any = document.get(name)
    if known is None:
        document[name] = known = tomlkit.aot()
    for one in known:
        if same(one):
            for gone in [key for key in one if key not in values]:
                del one[gone]
            one.update(values)
            return
    made = tomlkit.inline_table() if isinstance(known, Array) else tomlkit.table()
    made.update(values)
    if not isinstance(known, Array):
        made.add(tomlkit.nl())
    known.append(made)


def _without(document: tomlkit.TOMLDocument, name: str, gone: Callable[[Any], bool]) -> None:
    """Remove the entries of the array ``name`` for which ``gone`` is true."""
    known: Any = document.get(name)
    for place in reversed(range(len(known or ()))):
        if gone(known[place]):
            del known[place]


def _plain(special: CalendarDay) -> dict[str, Any]:
    """Return the entry's values, without empty ones."""
    values: dict[str, Any] = {
        "start": special.start,
        "end": special.end,
        "multiplier": special.multiplier,
        "kind": special.kind,
        "note": special.note,
        "profile": list(special.profile),
        "state": "" if special.state == "confirmed" else special.state,
        "source": special.source,
    }
    return {name: value for name, value in values.items() if value not in (None, "", [])}
