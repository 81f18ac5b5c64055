"""Choose the journal's store by ``[journal] store`` in shop.toml; the default is one file per day."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from core.errors import BadSettings
from core.journal.day_files.file_store import FileStore
from core.journal.move_marks import refusal_of
from core.journal.store import MovableStore, Store
from core.language.wording import excerpt, say
from core.shop.loading import load_shop
from core.shop.settings import settings_file
from core.storage.decoding import settings_bytes

FILES: Final = "files"
POSTGRES: Final = "postgres"


def _files(folder: Path) -> Store:
    """Return the journal in day files; raise BadSettings if it has moved elsewhere."""
    store = FileStore(folder)
    if mark := store.mark():
        raise BadSettings(refusal_of(mark, folder))
    return store


def _postgres(folder: Path) -> Store:
    """Return the journal in PostgreSQL; raise BadSettings if it is not set up, or is still in day files."""
    files = FileStore(folder)
    if not files.mark() and files.years():
        raise BadSettings(
            say(
                "The journal of {folder} is still in files. Nothing was changed; run: shopday journal move "
                "{folder} --to {other}",
                folder=folder,
                other=POSTGRES,
            )
        )
    return _in_postgres(folder)


def _in_postgres(folder: Path, key: str = "", *, marked: bool = False) -> MovableStore:
    try:
        from core.journal.postgres.chosen import postgres_store  # no other shop needs the package
    except ImportError as error:
        raise BadSettings(
            say("For a journal in PostgreSQL install the package: pip install 'shopday[postgres]'.")
        ) from error
    return postgres_store(folder, key, marked=marked)


def movable_store(folder: Path, name: str, key: str) -> MovableStore:
    """Return the store with this name for a move, marked or not; ``key``: the shop's key in a database."""
    return FileStore(folder) if name == FILES else _in_postgres(folder, key, marked=True)


STORES: Final[dict[str, Callable[[Path], Store]]] = {FILES: _files, POSTGRES: _postgres}
"""The kinds of store by their name in shop.toml, as constructors that take the shop's folder."""


def store_of(folder: Path) -> Store:
    """Return the store of the shop's journal; raise BadSettings if shop.toml names an unknown store.

    If shop.toml does not contain the word "journal", the default store is used without parsing the settings,
    so that the journal can be viewed and backed up even if the settings are invalid.
    """
    settings = settings_file(folder)
    try:
        named = settings.is_file() and b"journal" in settings_bytes(settings)
        name = load_shop(folder).journal.store if named else FILES
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise BadSettings(
            say("{name} cannot be read: {reason}. Nothing was changed.", name=settings.name, reason=reason)
        ) from error
    if name not in STORES:
        raise BadSettings(
            f"{settings.name}: journal.store: "
            + say("“{value}” is not one of: {allowed}.", value=excerpt(name), allowed=", ".join(STORES))
        )
    return STORES[name](folder)
