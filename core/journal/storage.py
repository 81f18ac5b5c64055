"""A TinyDB storage that leaves the old file or the new one, never half of one.

TinyDB's own storage writes in place: a full disk, a kill or a second process costs the whole file. This one
is made for one transaction under the caller's lock: it reads the file once and replaces it in one step.
Each document stands on a line of its own, so that the file can be read, searched and compared by people.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final, TypeAlias

from tinydb import Storage

from core.clean import json_text
from core.durable import write_atomically

FORMAT: Final = 1
"""Counts up when a file written from now on could be misread by an older shopday."""
ENTRIES: Final = "entries"
"""The table that holds what happened."""
ABOUT: Final = "about"
"""The table that says which format the file has."""

Tables: TypeAlias = dict[str, dict[str, Any]]
Texts: TypeAlias = dict[int, str]
"""The text of a document by its identity in memory."""
Whole: TypeAlias = tuple[Tables, Texts]
"""A file as it stands on disk."""


class NotAJournal(ValueError):
    """The bytes are not a day's journal."""


class NewerFormat(ValueError):
    """The journal was written by a newer shopday."""


class SafeStorage(Storage):
    """One day's file, for one transaction; hold the lock from opening to closing."""

    def __init__(self, path: Path, whole: Whole | None = None) -> None:
        """``whole``: what stands in the file now, when that is known without reading it."""
        self._path = path
        self._held: Tables | None = whole[0] if whole else None
        self._written: Texts = whole[1] if whole else {}

    def read(self) -> Tables | None:
        """Return the tables; None when there is no file yet. NotAJournal or NewerFormat when not ours."""
        if self._held is None:
            try:
                raw = self._path.read_bytes()
            except FileNotFoundError:
                return None
            except IsADirectoryError as error:
                raise NotAJournal("a folder") from error
            self._held = tables_of(raw)
            self._written = texts_of(raw, self._held[ENTRIES])
        return self._held

    def write(self, data: Tables) -> None:
        """Replace the file in one step."""
        tables = {ABOUT: {"1": {"format": FORMAT}}} | data
        texts = {id(row): self._written.get(id(row)) or json_text(row) for row in tables[ENTRIES].values()}
        write_atomically(self._path, lines_of(tables, texts))
        self._held, self._written = tables, texts

    @property
    def whole(self) -> Whole | None:
        """What stands in the file after this transaction; None when it was not looked at."""
        return None if self._held is None else (self._held, self._written)


def tables_of(raw: bytes) -> Tables:
    """Return the tables in the bytes; NotAJournal or NewerFormat when they cannot be used."""
    try:
        tables = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise NotAJournal(str(error)) from error
    if not isinstance(tables, dict) or not all(_is_table(table) for table in tables.values()):
        raise NotAJournal("no tables")
    written = tables.get(ABOUT, {}).get("1", {}).get("format")
    if isinstance(written, int) and written > FORMAT:
        raise NewerFormat(str(written))
    if written != FORMAT or ENTRIES not in tables:
        raise NotAJournal("another program's file")
    return tables


def texts_of(raw: bytes, rows: dict[str, Any]) -> Texts:
    """Return each entry as it stands in the file, so that it need not be written out again.

    Empty when the lines are not one entry each, as after somebody's editing.
    """
    _, _, body = raw.decode("utf-8-sig").partition(f'"{ENTRIES}": {{\n')
    lines = body.removesuffix("\n}\n}\n").split(",\n")
    heads = [f'"{number}": ' for number in rows]
    whole = body.endswith("\n}\n}\n") and body.count("\n") == len(heads) + 2
    if not whole or len(lines) != len(heads) or not all(map(str.startswith, lines, heads)):
        return {}
    return {id(row): line[len(head) :] for row, line, head in zip(rows.values(), lines, heads, strict=True)}


def lines_of(tables: Tables, written: Texts | None = None) -> bytes:
    """Return the tables as JSON in UTF-8, one document a line; what is ``written`` is taken as it is."""
    known = written or {}
    parts = []
    for name, table in tables.items():
        rows = ",\n".join(
            f'"{number}": {known.get(id(row)) or json_text(row)}' for number, row in table.items()
        )
        parts.append(f"{json.dumps(name)}: {{\n{rows}\n}}" if rows else f"{json.dumps(name)}: {{}}")
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode()


def _is_table(table: object) -> bool:
    return isinstance(table, dict) and all(
        number.isdecimal() and isinstance(row, dict) for number, row in table.items()
    )
