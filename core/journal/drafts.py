"""Drafts: unfinished texts, saved per person while typing, so that a lost connection loses no text.

What a person chose for their own screens, such as the columns of a table, is kept here too.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final
from urllib.parse import quote

from core.journal.entry_codec import plain
from core.storage.atomic_files import cannot_write, write_atomically
from core.storage.decoding import json_in
from core.storage.regular_files import read_regular

_LONGEST_NAME: Final = 120
"""Longer keys are replaced by their hash, because file names are limited to 255 bytes."""


class Drafts:
    """One person's drafts in one shop, by key such as ``note:stock:2026-11-16``."""

    def __init__(self, shop_folder: Path, who: str) -> None:
        self.folder = shop_folder / "drafts" / _name(who or "nobody")

    def save(self, key: str, text: str) -> None:
        """Save the text; an empty text deletes the draft. Raise CannotWrite if saving fails."""
        if not text:
            self.drop(key)
            return
        draft = json.dumps({"key": plain(key), "text": plain(text)}, ensure_ascii=False)
        write_atomically(self._file(key), draft.encode())

    def load(self, key: str) -> str:
        """Return the draft's text; empty if there is none."""
        return _read(self._file(key)).get("text", "")

    def drop(self, key: str) -> None:
        """Delete the draft, once its text has been written to the journal or discarded."""
        file = self._file(key)
        try:
            file.unlink(missing_ok=True)
        except OSError as error:
            raise cannot_write(file, error) from error

    def all(self) -> dict[str, str]:
        """Return all drafts by key."""
        drafts = [_read(file) for file in sorted(self.folder.glob("*.json"))]
        return {draft["key"]: draft["text"] for draft in drafts if draft}

    def _file(self, key: str) -> Path:
        return self.folder / f"{_name(key)}.json"


def _name(key: str) -> str:
    """Return a valid file name for any key."""
    name = quote(plain(key), safe=" :").replace(".", "%2E")
    if len(name) <= _LONGEST_NAME:
        return name
    import hashlib

    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


def _read(file: Path) -> dict[str, str]:
    """Return the draft's key and text; empty if it does not exist or cannot be read."""
    try:
        draft = json_in(read_regular(file), file.name)
        return {"key": str(draft["key"]), "text": str(draft["text"])}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
