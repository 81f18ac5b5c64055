"""The row files in a shop's ``facts/`` folder: listing them, moving them, and the quarantine.

::

    facts/SHEET/BATCH.parquet                          rows; the file also stores its batch
    facts/SHEET/BATCH.json                             a note: the batch, once its import was undone
    facts/quarantine/DAY/SHEET/BATCH.parquet           rows found on that day that no ledger listed

Links are not followed and not touched.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from core.errors import BadInput
from core.language.wording import say
from core.storage.atomic_files import cannot_write, make_folder, sync_folder, write_atomically
from core.storage.regular_files import read_regular

QUARANTINE: Final = "quarantine"
KEPT: Final = timedelta(days=14)
"""The minimum time for which rows stay in quarantine."""
_ROWS: Final = ".parquet"


def row_files(facts: Path) -> tuple[Path, ...]:
    """Return the sorted row files, excluding those in quarantine.

    Raise BadInput if a folder cannot be read.
    """
    sheets = (folder for folder in _folders(facts) if folder.name != QUARANTINE)
    return tuple(path for sheet in sheets for path in _rows_in(sheet))


def in_quarantine(facts: Path) -> tuple[Path, ...]:
    """Return the sorted row files in quarantine; raise BadInput if a folder cannot be read."""
    return tuple(
        path
        for top in _folders(facts)
        if top.name == QUARANTINE
        for day in _folders(top)
        for sheet in _folders(day)
        for path in _rows_in(sheet)
    )


def note_of(rows: Path) -> Path:
    """Return the path of the note beside a row file."""
    return rows.with_suffix(".json")


def put_in_quarantine(facts: Path, rows: Path, today: date) -> Path:
    """Move the row file and its note into today's quarantine and return the new path.

    The caller must hold the lock. Raise CannotWrite if the move fails.
    """
    target = facts / QUARANTINE / today.isoformat() / rows.parent.name / rows.name
    number = 1
    while is_there(target) or is_there(note_of(target)):
        number += 1
        target = target.with_name(f"{rows.stem}-{number}{_ROWS}")
    move(rows, target)
    return target


def move(rows: Path, target: Path) -> None:
    """Move a row file and its note to a free path.

    The caller must hold the lock. The note is copied first, so that the row file never lacks its note. Raise
    CannotWrite if the move fails.
    """
    make_folder(target.parent)
    note = note_of(rows)
    try:
        with suppress(FileNotFoundError):
            write_atomically(note_of(target), read_regular(note))
        rows.rename(target)
    except OSError as error:
        raise cannot_write(target, error) from error
    with suppress(OSError):  # a leftover note without rows is harmless
        note.unlink(missing_ok=True)
    sync_folder(target.parent)
    sync_folder(rows.parent)


def remove_old(facts: Path, today: date) -> tuple[int, int]:
    """Delete row files put in quarantine at least 14 days ago.

    The caller must hold the lock. Return how many row files were deleted and how many remain. Raise
    CannotWrite if deleting fails.
    """
    removed = 0
    for path in in_quarantine(facts):
        day = path.parents[1]
        put = _date(day.name)
        if put is None or today - put < KEPT:
            continue
        try:
            path.unlink()
            note_of(path).unlink(missing_ok=True)
        except OSError as error:
            raise cannot_write(path, error) from error
        removed += 1
        with suppress(OSError):  # fails if the folder is not empty
            path.parent.rmdir()
            day.rmdir()
    return removed, len(in_quarantine(facts))


def is_there(path: Path) -> bool:
    """Return whether the path exists (a broken link counts); raise BadInput if this cannot be determined."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise unreadable(path, error) from error
    return True


def unreadable(path: Path, error: OSError) -> BadInput:
    """Return the error for a path that the system refused to read."""
    reason = error.strerror or type(error).__name__
    return BadInput(say("{name} cannot be read: {reason}. Nothing was changed.", name=path, reason=reason))


def _folders(folder: Path) -> Iterator[Path]:
    return _listed(folder, folders=True)


def _rows_in(folder: Path) -> Iterator[Path]:
    return (path for path in _listed(folder, folders=False) if path.suffix == _ROWS)


def _listed(folder: Path, *, folders: bool) -> Iterator[Path]:
    """Yield the sorted subfolders or regular files of a folder, skipping hidden ones.

    Nothing if it is missing.
    """
    try:
        with os.scandir(folder) as found:
            names = [
                entry.name
                for entry in found
                if (entry.is_dir if folders else entry.is_file)(follow_symlinks=False)
                and not entry.name.startswith(".")
            ]
    except FileNotFoundError:
        return
    except OSError as error:
        raise unreadable(folder, error) from error
    yield from (folder / name for name in sorted(names))


def _date(word: str) -> date | None:
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None
