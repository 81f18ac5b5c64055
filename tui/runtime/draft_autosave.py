"""Saves text to disk within a second of being typed, so that it survives a lost connection.

The UI thread only stores the text in memory; a timer, a closing screen or the thread that handles hang-ups
writes it to disk.
"""

from __future__ import annotations

import threading
from datetime import date
from typing import Protocol

from core.errors import ShopdayError
from core.storage.system_errors import words_of


class DraftStore(Protocol):
    """The interface of a store of drafts, such as ``Workday.drafts``."""

    def save(self, key: str, text: str) -> object:
        """Save the text under the key."""

    def load(self, key: str) -> str:
        """Return the text saved under the key; empty if there is none."""

    def drop(self, key: str) -> object:
        """Delete the text saved under the key."""


def draft_key(kind: str, step: str, day: date, more: str = "") -> str:
    """Return the key of a draft, such as ``note:stock:2026-11-16``."""
    return ":".join(part for part in (kind, step, day.isoformat(), more) if part)


class DraftAutosave:
    """Holds typed texts until they are written to the store of drafts; may be flushed from any thread."""

    def __init__(self, store: DraftStore) -> None:
        self._store = store
        self._typed: dict[str, str] = {}
        self._lock = threading.Lock()
        self._trouble = ""
        self._said = ""

    def use(self, store: DraftStore) -> None:
        """Use another store from now on; texts not written yet are first written to the old one."""
        self.flush()
        with self._lock:
            self._store = store

    def typed(self, key: str, text: str) -> None:
        """Remember the current text of a field."""
        with self._lock:
            self._typed[key] = text

    def flush(self) -> None:
        """Write all texts that are not written yet; for an empty text, delete its draft.

        Texts that cannot be written are kept and tried again next time; :meth:`told` returns the reason.
        """
        with self._lock:
            waiting, self._typed = self._typed, {}
            for key, text in waiting.items():
                self._put(key, text)
            if not self._typed:
                self._trouble = self._said = ""

    def all_kept(self) -> bool:
        """Return whether all texts typed so far are on disk."""
        with self._lock:
            return not self._typed

    def told(self) -> str:
        """Return why a text could not be written; empty if all were, or if the reason was already given."""
        with self._lock:
            words = self._trouble if self._trouble != self._said else ""
            self._said = self._trouble
            return words

    def load(self, key: str) -> str:
        """Return the text typed or saved under the key; empty if there is none."""
        with self._lock:
            if key in self._typed:
                return self._typed[key]
            return self._store.load(key) or ""

    def drop(self, key: str) -> None:
        """Delete the draft, because its text has been saved elsewhere."""
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
