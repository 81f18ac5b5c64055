"""shop.toml changed by the program: one value at a time, the file's own comments and order kept.

The new text is read as a whole shop before it takes the old one's place, and must differ from it only in what
was asked for. Whatever cannot be written that way is refused and the file stays as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Array, KeyType, SingleKey

from core.durable import locked, write_atomically
from core.problem import BadSettings
from core.settings import load_shop
from core.shop import CalendarDay, Shop, settings_file
from core.wording import say

LOCK: Final = ".shop.toml.lock"
_MARK: Final = "\ufeff"


def set_target(folder: Path, month: date, yuan: float) -> bool:
    """Write the month's target; False when it stands there already.

    BadSettings: the file is wrong, or cannot be changed without touching more. CannotWrite: disk or rights.
    """
    name, amount = f"{month:%Y-%m}", round(yuan, 2)
    value = int(amount) if amount == int(amount) else amount

    def edit(document: tomlkit.TOMLDocument) -> None:
        table = _table(document, "targets")
        if name in table:
            table[name] = value
        else:
            table.add(SingleKey(name, KeyType.Basic), value)

    def wanted(shop: Shop) -> Shop:
        return shop._replace(targets={**shop.targets, name: float(value)})

    return _edited(folder, edit, wanted)


def set_calendar_day(folder: Path, special: CalendarDay) -> bool:
    """Add the day or run of days to the calendar; one of the same dates is brought up to date in its place.

    False when it stands there already. Raises as :func:`set_target`.
    """

    def same(one: CalendarDay) -> bool:
        return (one.start, one.end or one.start) == (special.start, special.end or special.start)

    def wanted(shop: Shop) -> Shop:
        days = [special if same(one) else one for one in shop.calendar]
        return shop._replace(calendar=tuple(days if special in days else [*days, special]))

    def edit(document: tomlkit.TOMLDocument) -> None:
        _put(document, special)

    return _edited(folder, edit, wanted)


def _edited(
    folder: Path, edit: Callable[[tomlkit.TOMLDocument], None], wanted: Callable[[Shop], Shop]
) -> bool:
    path = settings_file(folder).resolve()
    with locked(folder / LOCK):
        before = load_shop(folder)
        goal = wanted(before)
        if goal == before:
            return False
        text = _changed(path, edit)
        if _read(text) != goal:
            raise _by_hand(path)
        write_atomically(path, text.encode("utf-8"))
    return True


def _changed(path: Path, edit: Callable[[tomlkit.TOMLDocument], None]) -> str:
    """Return the file's text with the edit in it, line ends and byte order mark as they were."""
    text = path.read_bytes().decode("utf-8")
    mark = _MARK if text.startswith(_MARK) else ""
    try:
        document = tomlkit.parse(text.removeprefix(_MARK))
        edit(document)
        made = tomlkit.dumps(document)
    except (TOMLKitError, TypeError, AttributeError, KeyError, ValueError) as error:
        raise _by_hand(path) from error
    if "\r\n" in text:
        made = made.replace("\r\n", "\n").replace("\n", "\r\n")
    return mark + made


def _read(text: str) -> Shop:
    """Read the new text as the whole shop it would be; BadSettings when it would be none."""
    with TemporaryDirectory(prefix="shopday-") as folder:
        candidate = settings_file(Path(folder))
        candidate.write_bytes(text.encode("utf-8"))
        return load_shop(Path(folder))


def _by_hand(path: Path) -> BadSettings:
    return BadSettings(
        say("{file} cannot be changed from here without touching more. Write it in by hand.", file=path.name)
    )


def _table(document: tomlkit.TOMLDocument, name: str) -> Any:  # noqa: ANN401 - tomlkit's own table
    if name not in document:
        document[name] = tomlkit.table()
    return document[name]


def _put(document: tomlkit.TOMLDocument, special: CalendarDay) -> None:
    values = _plain(special)
    known: Any = document.get("calendar")
    if known is None:
        document["calendar"] = known = tomlkit.aot()
    for one in known:
        if (one.get("start"), one.get("end", special.start)) == (special.start, special.end or special.start):
            for name in [name for name in one if name not in values]:
                del one[name]
            one.update(values)
            return
    made = tomlkit.inline_table() if isinstance(known, Array) else tomlkit.table()
    made.update(values)
    if not isinstance(known, Array):
        made.add(tomlkit.nl())
    known.append(made)


def _plain(special: CalendarDay) -> dict[str, date | float | str]:
    """Return what of the day is worth writing: nothing that is the default."""
    values = {
        "start": special.start,
        "end": special.end,
        "multiplier": special.multiplier,
        "kind": special.kind,
        "note": special.note,
    }
    return {name: value for name, value in values.items() if value not in (None, "")}
