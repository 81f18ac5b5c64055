"""Convert an answer, or a report's figures, to the form in which the journal stores what was shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from core.answers.answer import Answer, Evidence, Table
from core.answers.answer_codec import encode
from core.journal.entry import Entry
from core.language.message import Words

ROWS: Final = 30
"""The maximum number of table rows stored (a screenful); the rest can be recomputed from the batches."""


def shown_data(answer: Answer[Words]) -> dict[str, Any]:
    """Return the data of an ``answered`` entry.

    Messages stay untranslated, because readers may use different languages.
    """
    kept = replace(answer, evidence=tuple(_screenful(piece) for piece in answer.evidence))
    return {"answer": encode(kept), "batches": list(answer.batches)}


def report_data(
    text: str, state: str, entries: Sequence[Entry], asked: Mapping[str, Answer], now: datetime
) -> dict[str, Any]:
    """Return the data of a ``report`` entry, including the figures its text states about the shop's days."""
    from core.review.stated_figures import plain_of, stated_in  # not needed by the first screen

    return {"state": state, "text": text, "figures": plain_of(stated_in(text, entries, asked, now))}


def _screenful(piece: Evidence[Words]) -> Evidence[Words]:
    if not isinstance(piece, Table):
        return piece
    per_row = {name: getattr(piece, name)[:ROWS] for name in ("rows", "keys", "about", "holds")}
    return replace(piece, **per_row)
