"""A settings file's tables, kept as JSON in the shop's cache: a start need not load the parser of TOML.

What they were made of is kept with them, so that they are of exactly these bytes or not used at all; and each
user has a file of their own, since who may write in the cache may not therefore change the settings.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, Final

from core.errors import CannotWrite
from core.storage.atomic_files import write_atomically
from core.storage.decoding import json_in

_DAY: Final = "\0day"
"""Marks a date; no key that can be typed."""


def kept(folder: Path, raw: bytes) -> dict[str, Any] | None:
    """Return what this user has kept of exactly these bytes in the shop's folder; None for nothing."""
    try:
        with _place(folder).open("rb") as file:
            own = os.fstat(file.fileno()).st_uid == os.getuid()
            held = json_in(file.read(), file.name, _read) if own else None
    except (OSError, ValueError, TypeError):
        return None
    tables = held.get("tables") if isinstance(held, dict) and held.get("of") == _one_to_one(raw) else None
    return tables if isinstance(tables, dict) else None


def keep(folder: Path, raw: bytes, tables: dict[str, Any]) -> None:
    """Keep the tables of these bytes where the shop has a cache that this user may write in."""
    place = _place(folder)
    if place.parent.is_dir():
        held = {"of": _one_to_one(raw), "tables": tables}
        with suppress(CannotWrite):
            write_atomically(place, json.dumps(held, default=_spelled, ensure_ascii=False).encode())


def _place(folder: Path) -> Path:
    return folder / "cache" / f"settings-{os.getuid()}.json"


def _one_to_one(raw: bytes) -> str:
    return raw.decode("latin-1")


def _spelled(value: object) -> dict[str, str]:
    if not isinstance(value, date):
        raise TypeError(type(value).__name__)
    return {_DAY: value.isoformat()}


def _read(table: dict[str, Any]) -> Any:  # noqa: ANN401 - a date or a table
    return date.fromisoformat(table[_DAY]) if table.keys() == {_DAY} else table
