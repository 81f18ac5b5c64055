"""A TinyDB storage that replaces its file atomically.

TinyDB's own storage writes in place, so a full disk, a kill or a second process can destroy the file. This
storage serves one transaction under the caller's lock: it reads the file once and replaces it atomically.
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
    """The storage of one day's file for one transaction; the caller holds the lock throughout."""

    def __init__(self, path: Path, whole: Whole | None = None) -> None:
        """Open the storage; ``whole``: the current content of the file, if known without reading it."""
        self._path = path
        self._held: Tables | None = whole[0] if whole else None
        self._lines: Lines = whole[1] if whole else {}

    def read(self) -> Tables | None:
        """Return the tables; None if there is no file yet. Raise NotAJournal or NewerFormat if unreadable."""
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
        """Replace the file atomically."""
        tables = with_format(data)
        lines = lines_of(tables[ENTRIES], self._lines)
        write_atomically(self._path, file_of(tables, lines))
        self._held, self._lines = tables, lines

    @property
    def whole(self) -> Whole | None:
        """The file's content as known to this transaction (passed in, read or written); None if unknown."""
        return None if self._held is None else (self._held, self._lines)
