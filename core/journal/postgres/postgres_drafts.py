"""Drafts in PostgreSQL, each with a copy in the shop's folder that is written even if no server answers.

A text the server could not take waits in its file and is sent at the next opportunity. If the draft was
changed from another machine meanwhile, both texts are kept, one below the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from core.errors import BadInput, CannotWrite
from core.journal.drafts import DraftFile, FileDrafts
from core.journal.entry_codec import plain
from core.journal.postgres import tables
from core.journal.postgres.draft_rows import draft_of, place_of, row_of
from core.journal.postgres.server import Connection
from core.journal.postgres.shop_rows import ShopRows


class PostgresDrafts:
    """One person's drafts in one shop; see :class:`core.journal.drafts.Drafts`."""

    def __init__(self, rows: ShopRows, shop_folder: Path, who: str, *, person: str = "") -> None:
        self._rows = rows
        self._files = FileDrafts(shop_folder, who, person=person)
        self.person = self._files.person

    def save(self, key: str, text: str) -> None:
        """Write the file and the row; raise CannotWrite only if neither can be written."""
        before = self._files.read(plain(key))
        server = before.server if before is not None else ""
        draft = DraftFile(plain(key), plain(text), server or "")
        try:
            self._files.write(draft)
        except CannotWrite:
            if not self._sent(draft):
                raise
            return
        self._send(draft)

    def load(self, key: str) -> str:
        """Return the draft's text; while the server does not answer, that of the file."""
        draft = self._files.read(plain(key))
        if draft is not None and draft.waits:
            return self._send(draft)
        try:
            found = self._rows.fetched(tables.DRAFT, *self._place(key)[1:])
        except BadInput:
            return draft.text if draft is not None else ""
        return self._copied(found, (draft,) if draft is not None else ()).get(plain(key), "")

    def drop(self, key: str) -> None:
        """Delete the row and the file; while the server does not answer, the file says that it is dropped."""
        draft = self._files.read(plain(key))
        try:
            self._rows.written(
                lambda one: one.execute(tables.DROP_DRAFT, self._place(key)),
                patient=False,
            )
        except CannotWrite:
            if draft is not None:
                self._files.write(draft._replace(text="", server=draft.server or "", waits=True))
            return
        self._files.drop(plain(key))

    def all(self) -> dict[str, str]:
        """Return all drafts by key; while the server does not answer, those of the files."""
        files = self._files.files()
        for draft in files:
            if draft.waits:
                self._send(draft)
        try:
            found = self._rows.fetched(tables.DRAFTS, self.person)
        except BadInput:
            return {draft.key: draft.text for draft in files if draft.text}
        return self._copied(found, self._files.files())

    def _place(self, key: str) -> tuple[str, str, str]:
        return place_of(self._rows.shop, self.person, plain(key))

    def _copied(self, rows: list[tuple[Any, ...]], files: Iterable[DraftFile]) -> dict[str, str]:
        """Return the texts by key: those that wait, and those of the rows, which the files then copy."""
        copies = {draft.key: draft for draft in files}
        found = {draft.key: draft.text for draft in copies.values() if draft.waits}
        for row, saved in rows:
            if (draft := draft_of(row)) is not None and draft[0] not in found:
                key, found[draft[0]] = draft
                copy = copies.pop(key, None)
                if copy is None or copy[1:3] != (draft[1], saved):
                    with suppress(CannotWrite):
                        self._files.write(DraftFile(*draft, saved, waits=False))
        for key in copies.keys() - found.keys():
            with suppress(CannotWrite):
                self._files.drop(key)
        return {key: text for key, text in found.items() if text}

    def _send(self, draft: DraftFile) -> str:
        """Send a text that waits, and return the text that the draft has then."""
        sent = self._sent(draft)
        if sent is None:
            return draft.text
        with suppress(CannotWrite):  # then it is sent once more
            if sent.text:
                self._files.write(sent)
            else:
                self._files.drop(draft.key)
        return sent.text

    def _sent(self, draft: DraftFile) -> DraftFile | None:
        """Return the draft as the server has it now; None if the server does not answer."""
        place = self._place(draft.key)

        def put(connection: Connection) -> DraftFile:
            with connection.transaction():
                found = connection.execute(f"{tables.DRAFT} FOR UPDATE".encode(), place).fetchone()
                text = draft.text
                if found is not None and found[1] != draft.server and (other := draft_of(found[0])):
                    text = _both(other[1], text)
                if not text:
                    connection.execute(tables.DROP_DRAFT, place)
                    return draft._replace(text="", server="", waits=False)
                row = connection.execute(tables.SAVE_DRAFT, (*place, row_of(draft.key, text))).fetchone()
            return DraftFile(draft.key, text, str(row[0]) if row else "", waits=False)

        try:
            return self._rows.written(put, patient=False)
        except CannotWrite:
            return None


def _both(other: str, text: str) -> str:
    """Return a text that has the words of both."""
    if text in other:
        return other
    return text if other in text else f"{other}\n{text}"
