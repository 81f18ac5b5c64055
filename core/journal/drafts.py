"""Drafts: unfinished texts, saved per person while typing, so that a lost connection loses no text.

They are files in the shop's folder; with the journal in PostgreSQL these files are copies, which also say
whether the server has the text. What a person chose for their own screens, such as the columns of a table, is
kept here too.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final, NamedTuple, Protocol
from urllib.parse import quote

from core.journal.entry_codec import plain
from core.storage.atomic_files import cannot_write, write_atomically
from core.storage.decoding import json_in
from core.storage.regular_files import read_regular

FOLDER: Final = "drafts"
_LONGEST_NAME: Final = 120
"""Longer keys are replaced by their hash, because file names are limited to 255 bytes."""


class Drafts(Protocol):
    """One person's drafts in one shop, by key such as ``note:stock:2026-11-16``."""

    def save(self, key: str, text: str) -> None:
        """Save the text; an empty text deletes the draft. Raise CannotWrite if saving fails."""

    def load(self, key: str) -> str:
        """Return the draft's text; empty if there is none."""

    def drop(self, key: str) -> None:
        """Delete the draft, once its text has been written to the journal or discarded."""

    def all(self) -> dict[str, str]:
        """Return all drafts by key."""


class DraftFile(NamedTuple):
    """The content of a draft's file."""

    key: str
    text: str
    server: str | None = None
    """When the server last saved this draft, by its own clock; empty: it has none, None: not known."""
    waits: bool = True
    """Whether the server does not have this text yet; an empty text then means that it was dropped."""


class FileDrafts:
    """Drafts as files in the shop's folder; copies of what a server has are not among them."""

    def __init__(self, shop_folder: Path, who: str, *, person: str = "") -> None:
        """``person``: the :func:`person_key`, if that is known and not the name."""
        self.person = person or person_key(who)
        self.folder = shop_folder / FOLDER / self.person

    def save(self, key: str, text: str) -> None:
        """Save the text; an empty text deletes the draft. Raise CannotWrite if saving fails."""
        if not text:
            self.drop(key)
            return
        self.write(DraftFile(plain(key), plain(text)))

    def load(self, key: str) -> str:
        """Return the draft's text; empty if there is none."""
        draft = self.read(key)
        return draft.text if draft is not None and draft.waits else ""

    def drop(self, key: str) -> None:
        """Delete the draft, once its text has been written to the journal or discarded."""
        file = self._file(key)
        try:
            file.unlink(missing_ok=True)
        except OSError as error:
            raise cannot_write(file, error) from error

    def all(self) -> dict[str, str]:
        """Return all drafts by key."""
        return {draft.key: draft.text for draft in self.files() if draft.text and draft.waits}

    def read(self, key: str) -> DraftFile | None:
        """Return the draft's file; None if there is none or it cannot be read."""
        return _read(self._file(key))

    def write(self, draft: DraftFile) -> None:
        """Write the draft's file; raise CannotWrite if that fails."""
        row: dict[str, str | bool] = {"key": draft.key, "text": draft.text}
        if draft.server is not None:
            row |= {"server": draft.server, "waits": draft.waits}
        write_atomically(self._file(draft.key), json.dumps(row, ensure_ascii=False).encode())

    def files(self) -> tuple[DraftFile, ...]:
        """Return the content of all files."""
        drafts = (_read(file) for file in sorted(self.folder.glob("*.json")))
        return tuple(draft for draft in drafts if draft is not None)

    def _file(self, key: str) -> Path:
        return self.folder / f"{file_name(key)}.json"


def person_key(who: str) -> str:
    """Return the name of a person's folder, under which a database keeps the drafts too."""
    return file_name(who or "nobody")


def persons(shop_folder: Path) -> tuple[str, ...]:
    """Return the :func:`person_key` of everybody who has drafts in files."""
    return tuple(sorted(one.name for one in (shop_folder / FOLDER).glob("*") if one.is_dir()))


def file_name(key: str) -> str:
    """Return a valid file name for any key, without its ending; a database keeps drafts under it too."""
    name = quote(plain(key), safe=" :").replace(".", "%2E")
    if len(name) <= _LONGEST_NAME:
        return name
    import hashlib

    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


def _read(file: Path) -> DraftFile | None:
    """Return the draft; None if it does not exist or cannot be read."""
    try:
        draft = json_in(read_regular(file), file.name)
        server = draft.get("server")
        known = None if server is None else str(server)
        return DraftFile(str(draft["key"]), str(draft["text"]), known, bool(draft.get("waits", True)))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
