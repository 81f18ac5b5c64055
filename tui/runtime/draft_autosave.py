"""What is being typed is on disk within a second, whatever happens to the line.

The UI thread only remembers the text here; a timer, a closing screen or the guard's thread writes it.
"""

from __future__ import annotations

import threading
from datetime import date
from typing import Protocol

from core.errors import ShopdayError
from core.storage.system_errors import words_of


class DraftStore(Protocol):
    """Where drafts live: ``Workday.drafts``."""

    def save(self, key: str, text: str) -> object:
        """Keep the text under the key."""

    def load(self, key: str) -> str:
        """Return what is kept under the key, empty when nothing is."""

    def drop(self, key: str) -> object:
        """Forget the key."""


def draft_key(kind: str, step: str, day: date, more: str = "") -> str:
    """Return the name a draft goes by: ``note:stock:2026-11-16``."""
    return ":".join(part for part in (kind, step, day.isoformat(), more) if part)


class DraftAutosave:
    """Texts typed and not yet written; safe to flush from any thread."""

    def __init__(self, store: DraftStore) -> None:
        self._store = store
        self._typed: dict[str, str] = {}
        self._lock = threading.Lock()
        self._trouble = ""
        self._said = ""

    def use(self, store: DraftStore) -> None:
        """Keep drafts there from now on; what waits is written where it was typed."""
        self.flush()
        with self._lock:
            self._store = store

    def typed(self, key: str, text: str) -> None:
        """Remember what stands in the field now."""
        with self._lock:
            self._typed[key] = text

    def flush(self) -> None:
        """Write everything that is not written yet; an empty text forgets its draft.

        What cannot be written now waits here and is tried again; :meth:`told` says why.
        """
        with self._lock:
            waiting, self._typed = self._typed, {}
            for key, text in waiting.items():
                self._put(key, text)
            if not self._typed:
                self._trouble = self._said = ""

    def told(self) -> str:
        """Return why something typed is not on disk; once for each reason, empty when all is well."""
        with self._lock:
            words = self._trouble if self._trouble != self._said else ""
            self._said = self._trouble
            return words

    def load(self, key: str) -> str:
        """Return the draft of the key, empty when there is none."""
        with self._lock:
            if key in self._typed:
                return self._typed[key]
            return self._store.load(key) or ""

    def drop(self, key: str) -> None:
        """The text is saved where it belongs; its draft goes."""
        with self._lock:
            self._typed.pop(key, None)
            self._put(key, "")

    def _put(self, key: str, text: str) -> None:
        try:
            if text.strip():
                self._store.save(key, text)
            else:
                self._store.drop(key)
        except (ShopdayError, OSError) as error:
            self._typed[key] = text
            self._trouble = words_of(error)
