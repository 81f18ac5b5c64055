"""The rows that keep drafts: each under its file's name, as JSON, so that any text and key fits."""

from __future__ import annotations

from core.journal.drafts import file_name
from core.language.sanitize import json_text
from core.storage.decoding import json_in


def place_of(shop: str, person: str, key: str) -> tuple[str, str, str]:
    """Return the primary key of a draft's row."""
    return shop, person, file_name(key)


def row_of(key: str, text: str) -> str:
    """Return the row's JSON."""
    return json_text({"key": key, "text": text})


def draft_of(row: str) -> tuple[str, str] | None:
    """Return key and text; None if somebody changed the row by hand and it is none any more."""
    try:
        draft = json_in(row, "draft")
        return str(draft["key"]), str(draft["text"])
    except (ValueError, KeyError, TypeError):
        return None
