"""What a move leaves in the stores of a journal, so that nobody writes into the wrong one.

The store a journal leaves is marked "moved" before the last entries are copied, so that sessions that are
still open cannot write there. The store it goes to is marked "arriving" until all of it has been checked.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Literal, NamedTuple

from core.language.wording import say
from core.storage.decoding import json_in


class MoveMark(NamedTuple):
    """A mark in a store."""

    state: Literal["moved", "arriving"]
    other: str
    """The kind of store that the journal goes to or comes from; empty if the mark could not be read."""


def written(mark: MoveMark, *, who: str, at: datetime) -> str:
    """Return the mark as the text that a store keeps; ``who`` and ``at`` are for people who look at it."""
    return json.dumps({**mark._asdict(), "by": who, "at": at.isoformat()}, ensure_ascii=False)


def mark_of(text: str) -> MoveMark | None:
    """Return the mark; None if the store has none. A mark that cannot be read counts as "moved"."""
    if not text:
        return None
    try:
        found = json_in(text, "mark")
        state, other = found["state"], found["other"]
    except (ValueError, KeyError, TypeError):
        return MoveMark("moved", "")
    return MoveMark("arriving" if state == "arriving" else "moved", str(other))


def refusal_of(text: str, folder: Path) -> str:
    """Return why a marked store is not used, as a sentence; empty if it is not marked."""
    mark = mark_of(text)
    if mark is None:
        return ""
    if mark.state == "arriving":
        return say(
            "Moving the journal from {other} has not been finished. Nothing was changed; see how to go on "
            "with: shopday journal move --help ({folder})",
            other=mark.other or "?",
            folder=folder,
        )
    return say(
        "The journal has moved to {other}. Nothing was changed; close shopday and open it again. If that is "
        "refused too, run: shopday journal move {folder} --to {other}",
        other=mark.other or "?",
        folder=folder,
    )
