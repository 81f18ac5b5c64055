"""Find the entries addressed to a person: notes and replies that mention them, and actions they own."""

from __future__ import annotations

from collections.abc import Iterable

from core.journal.entry import Entry, word_of


def addressed_to(entries: Iterable[Entry], name: str) -> tuple[Entry, ...]:
    """Return the entries addressed to the person: notes and replies with @NAME, and actions they own.

    Entries that the person wrote are left out.
    """
    mark = f"@{name}"
    return tuple(
        entry
        for entry in entries
        if entry.who != name
        and (
            (entry.kind in ("note", "reply") and mark in word_of(entry, "text"))
            or (entry.kind == "action" and word_of(entry, "owner") == name)
        )
    )
