"""Where the rows of the board are kept: one JSON file per shop, or a table in PostgreSQL.

A row replaces the shop's earlier row. A failure is kept beside the last row, which stays readable with its
age; the next row that is written ends it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Protocol

from core.errors import BadSettings
from core.language.message import Words
from core.language.sanitize import json_text
from core.language.wording import say
from core.storage.atomic_files import locked, make_folder, write_atomically
from core.storage.decoding import json_in
from core.storage.regular_files import read_regular
from routines.fleet.board_row import BoardRow, row_data
from routines.fleet.fleet import Fleet
from routines.fleet.stored_rows import stored_row, unreadable, with_failure

FOLDER: Final = "board"
"""The folder beside fleet.toml with the rows of a board in files."""
LOCK: Final = ".lock"


class BoardStore(Protocol):
    """The rows of one board, each by the shop's name in fleet.toml."""

    def write(self, shop_key: str, row: BoardRow[Words]) -> None:
        """Replace the shop's row, and forget an earlier failure; raise CannotWrite if that fails."""

    def failed(self, shop_key: str, words: Words) -> None:
        """Keep why computing the shop's row failed, beside its last row; raise CannotWrite if that fails."""

    def rows(self) -> list[BoardRow[Words]]:
        """Return one row for each shop of the fleet, in its order; empty rows for shops without one.

        A row that cannot be read is empty, and its ``trouble`` says why.
        """


def board_store(fleet: Fleet, *, now: Callable[[], datetime]) -> BoardStore:
    """Return the store that fleet.toml chooses; raise BadSettings if it is not set up.

    ``now``: the clock for the times of failures.
    """
    if fleet.board.store == "files":
        return FileBoard(fleet, now=now)
    try:
        from routines.fleet.postgres_board import postgres_board  # no other fleet needs the package
    except ImportError as error:
        raise BadSettings(
            say("For a board in PostgreSQL install the package: pip install 'shopday[postgres]'.")
        ) from error
    return postgres_board(fleet, now=now)


class FileBoard:
    """The rows in files: ``board/NAME.json`` beside fleet.toml, each replaced as a whole."""

    def __init__(self, fleet: Fleet, *, now: Callable[[], datetime]) -> None:
        self.fleet = fleet
        self.folder = fleet.folder / FOLDER
        self._now = now

    def write(self, shop_key: str, row: BoardRow[Words]) -> None:
        """Replace the shop's row, and forget an earlier failure; raise CannotWrite if that fails."""
        with self._alone():
            self._replace(shop_key, row_data(row))

    def failed(self, shop_key: str, words: Words) -> None:
        """Keep why computing the shop's row failed, beside its last row; raise CannotWrite if that fails."""
        with self._alone():
            before: object = None
            with suppress(OSError, ValueError):
                before = json_in(read_regular(self._file(shop_key)), FOLDER)
            self._replace(shop_key, with_failure(before, words, self._now()))

    def rows(self) -> list[BoardRow[Words]]:
        """Return one row for each shop of the fleet, in its order; empty rows for shops without one."""
        return [self._row(key) for key in self.fleet.shops]

    def _row(self, key: str) -> BoardRow[Words]:
        file = self._file(key)
        try:
            raw = read_regular(file)
        except FileNotFoundError:
            return BoardRow(key=key)
        except OSError as error:
            return unreadable(key, file.name, error.strerror or type(error).__name__)
        return stored_row(key, raw, file.name)

    def _alone(self) -> AbstractContextManager[None]:
        make_folder(self.folder)
        return locked(self.folder / LOCK)

    def _replace(self, key: str, data: Mapping[str, Any]) -> None:
        write_atomically(self._file(key), json_text(data).encode())

    def _file(self, key: str) -> Path:
        return self.folder / f"{key}.json"
