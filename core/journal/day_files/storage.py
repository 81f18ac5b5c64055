"""A TinyDB storage that leaves the old file or the new one, never half of one.

TinyDB's own storage writes in place: a full disk, a kill or a second process costs the whole file. This one
is made for one transaction under the caller's lock: it reads the file once and replaces it in one step.
"""

from __future__ import annotations

from pathlib import Path

from tinydb import Storage

from core.journal.day_files.dayfile import (
    ENTRIES,
    Lines,
    NotAJournal,
    Tables,
    Whole,
    file_of,
    lines_in,
    lines_of,
    tables_of,
    with_format,
)
from core.storage.atomic_files import write_atomically
from core.storage.regular_files import NOT_REGULAR, read_regular


class SafeStorage(Storage):
    """One day's file, for one transaction; hold the lock from opening to closing."""

    def __init__(self, path: Path, whole: Whole | None = None) -> None:
        """``whole``: what stands in the file now, when that is known without reading it."""
        self._path = path
        self._held: Tables | None = whole[0] if whole else None
        self._lines: Lines = whole[1] if whole else {}

    def read(self) -> Tables | None:
        """Return the tables; None when there is no file yet. NotAJournal or NewerFormat when not ours."""
        if self._held is None:
            try:
                raw = read_regular(self._path)
            except FileNotFoundError:
                return None
            except OSError as error:
                if error.errno in NOT_REGULAR:
                    raise NotAJournal("a folder, a link or no file") from error
                raise
            self._held = tables_of(raw)
            self._lines = lines_in(raw, self._held[ENTRIES])
        return self._held

    def write(self, data: Tables) -> None:
        """Replace the file in one step."""
        tables = with_format(data)
        lines = lines_of(tables[ENTRIES], self._lines)
        write_atomically(self._path, file_of(tables, lines))
        self._held, self._lines = tables, lines

    @property
    def whole(self) -> Whole | None:
        """What stands in the file after this transaction; None when it was not looked at."""
        return None if self._held is None else (self._held, self._lines)
