"""What stands in a day's file: its tables, one document a line. Reading it needs no database.

Each document stands on a line of its own, so that the file can be read, searched and compared by people.
"""

from __future__ import annotations

import itertools
import json
from typing import Any, Final, TypeAlias

from core.language.sanitize import json_text
from core.storage.decoding import json_in

FORMAT: Final = 2
"""What new files are written in; counts up when one could be misread by an older shopday."""
READ: Final = (1, 2)
"""The formats that can be read. From 2 on texts may be messages, and decisions keep ids and numbers."""
ENTRIES: Final = "entries"
"""The table that holds what happened."""
ABOUT: Final = "about"
"""The table that says which format the file has."""

Tables: TypeAlias = dict[str, dict[str, Any]]
Lines: TypeAlias = dict[int, str]
"""The line of each entry in the file, in order, by the entry's identity in memory."""
Whole: TypeAlias = tuple[Tables, Lines]
"""A file as it stands on disk."""


class NotAJournal(ValueError):
    """The bytes are not a day's journal."""


class NewerFormat(ValueError):
    """The journal was written by a newer shopday."""


def tables_of(raw: bytes) -> Tables:
    """Return the tables in the bytes; NotAJournal or NewerFormat when they cannot be used."""
    try:
        tables = json_in(raw.decode("utf-8-sig"), "journal")
    except ValueError as error:
        raise NotAJournal(str(error)) from error
    if not isinstance(tables, dict) or not all(_is_table(table) for table in tables.values()):
        raise NotAJournal("no tables")
    written = format_of(tables)
    if isinstance(written, int) and written > max(READ):
        raise NewerFormat(str(written))
    if written not in READ or ENTRIES not in tables:
        raise NotAJournal("another program's file")
    return tables


def format_of(tables: Tables) -> object:
    """Return the format the tables say they have; None when they say nothing."""
    return tables.get(ABOUT, {}).get("1", {}).get("format")


def with_format(tables: Tables) -> Tables:
    """Return the tables as they are written now: in the format of today, or a newer one they have already."""
    had, about = format_of(tables), tables.get(ABOUT, {})
    number = max(FORMAT, had) if isinstance(had, int) else FORMAT
    told = about | {"1": about.get("1", {}) | {"format": number}}
    return {ABOUT: told} | {name: table for name, table in tables.items() if name != ABOUT}


def lines_in(raw: bytes, rows: dict[str, Any]) -> Lines:
    """Return each entry's line as it stands in the file, so that it need not be written out again.

    Empty when the lines are not one entry each, as after somebody's editing.
    """
    _, _, body = raw.decode("utf-8-sig").partition(f'"{ENTRIES}": {{\n')
    lines = body.removesuffix("\n}\n}\n").split(",\n")
    heads = [f'"{number}": ' for number in rows]
    whole = body.endswith("\n}\n}\n") and body.count("\n") == len(heads) + 2
    if not whole or len(lines) != len(heads) or not all(map(str.startswith, lines, heads)):
        return {}
    return dict(zip(map(id, rows.values()), lines, strict=True))


def lines_of(rows: dict[str, Any], known: Lines) -> Lines:
    """Return each entry's line; one that is ``known`` is taken as it is."""
    return {id(row): known.get(id(row)) or _line(number, row) for number, row in rows.items()}


def file_of(tables: Tables, lines: Lines | None = None) -> bytes:
    """Return the tables as JSON in UTF-8, one document a line; ``lines`` are those of the entries."""
    parts = []
    for name, table in tables.items():
        own = lines.values() if lines and name == ENTRIES else itertools.starmap(_line, table.items())
        rows = ",\n".join(own)
        parts.append(f"{json.dumps(name)}: {{\n{rows}\n}}" if rows else f"{json.dumps(name)}: {{}}")
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode()


def _line(number: str, row: object) -> str:
    return f'"{number}": {json_text(row)}'


def _is_table(table: object) -> bool:
    return isinstance(table, dict) and all(
        number.isdecimal() and isinstance(row, dict) for number, row in table.items()
    )
