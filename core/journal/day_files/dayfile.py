"""The format of a day's file: JSON tables with one document per line, parsed without TinyDB.

Each document is on its own line so that people can read, search and compare the file.
"""

from __future__ import annotations

import itertools
import json
from typing import Any, Final, TypeAlias

from core.language.sanitize import json_text
from core.storage.decoding import json_in

FORMAT: Final = 2
"""The format of new files. Increase it whenever an older shopday could misread a file."""
READ: Final = (1, 2)
"""The readable formats. Since format 2, texts may be stored as translatable messages, and decisions as ids
and numbers, not as words."""
ENTRIES: Final = "entries"
"""The name of the table with the entries."""
ABOUT: Final = "about"
"""The name of the table with the file's format."""

Tables: TypeAlias = dict[str, dict[str, Any]]
Lines: TypeAlias = dict[int, str]
"""The line of each entry in the file, in order, keyed by ``id()`` of the entry's document."""
Whole: TypeAlias = tuple[Tables, Lines]
"""The tables and lines of a file as it is on disk."""


class NotAJournal(ValueError):
    """Raised if the bytes are not a journal file."""


class NewerFormat(ValueError):
    """Raised if the journal file was written by a newer version of shopday."""


def tables_of(raw: bytes) -> Tables:
    """Parse the tables from the bytes; raise NotAJournal or NewerFormat if that is not possible."""
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
    """Return the format number stored in the tables; None if there is none."""
    return tables.get(ABOUT, {}).get("1", {}).get("format")


def with_format(tables: Tables) -> Tables:
    """Return the tables with the format number to store: the current one, or a newer one found in them."""
    had, about = format_of(tables), tables.get(ABOUT, {})
    number = max(FORMAT, had) if isinstance(had, int) else FORMAT
    told = about | {"1": about.get("1", {}) | {"format": number}}
    return {ABOUT: told} | {name: table for name, table in tables.items() if name != ABOUT}


def lines_in(raw: bytes, rows: dict[str, Any]) -> Lines:
    """Return each entry's line as it is in the file, so that it need not be serialized again.

    Empty if the file does not have exactly one entry per line, e.g. after manual editing.
    """
    _, _, body = raw.decode("utf-8-sig").partition(f'"{ENTRIES}": {{\n')
    lines = body.removesuffix("\n}\n}\n").split(",\n")
    heads = [f'"{number}": ' for number in rows]
    whole = body.endswith("\n}\n}\n") and body.count("\n") == len(heads) + 2
    if not whole or len(lines) != len(heads) or not all(map(str.startswith, lines, heads)):
        return {}
    return dict(zip(map(id, rows.values()), lines, strict=True))


def lines_of(rows: dict[str, Any], known: Lines) -> Lines:
    """Return each entry's line, taken from ``known`` where possible, else by serializing the entry."""
    return {id(row): known.get(id(row)) or _line(number, row) for number, row in rows.items()}


def file_of(tables: Tables, lines: Lines | None = None) -> bytes:
    """Return the tables as JSON in UTF-8, one document per line; ``lines``: the entries' serialized lines."""
    parts = []
    for name, table in tables.items():
        own = lines.values() if lines and name == ENTRIES else itertools.starmap(_line, table.items())
        rows = ",\n".join(own)
        parts.append(f"{json.dumps(name)}: {{\n{rows}\n}}")
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode()


def _line(number: str, row: object) -> str:
    return f'"{number}": {json_text(row)}'


def _is_table(table: object) -> bool:
    return isinstance(table, dict) and all(
        number.isdecimal() and isinstance(row, dict) for number, row in table.items()
    )
