"""The stored form of a board's rows, the same in every store."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any

from core.language.message import Words, say
from core.storage.decoding import json_in
from routines.fleet.board_row import BoardRow, NewerRow, row_data, row_from


def with_failure(before: object, words: Words, at: datetime) -> dict[str, Any]:
    """Return the earlier row with a failure, in its stored form; an empty row if that cannot be read."""
    row: BoardRow[Words] = BoardRow()
    with suppress(ValueError):
        row = row_from(before)
    return row_data(replace(row, trouble=words, trouble_at=at.isoformat(timespec="seconds")))


def stored_row(key: str, raw: bytes | str, place: str) -> BoardRow[Words]:
    """Return the row from its stored JSON; an empty row that says why if it cannot be read.

    ``place``: where it is stored, for that sentence.
    """
    try:
        return row_from(json_in(raw, place), key)
    except NewerRow:
        return BoardRow(
            key=key,
            trouble=say(
                "This row was written by a newer version of shopday. Update shopday on this machine."
            ),
        )
    except ValueError:  # BadInput of too deep JSON is one, too
        return BoardRow(
            key=key,
            trouble=say(
                "The stored row cannot be read ({place}). It is replaced the next time the shop is computed.",
                place=place,
            ),
        )


def unreadable(key: str, place: str, reason: str) -> BoardRow[Words]:
    """Return the row of a shop whose stored row cannot be opened."""
    return BoardRow(key=key, trouble=say("{file} cannot be read ({reason}).", file=place, reason=reason))
