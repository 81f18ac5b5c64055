"""An answer as the journal keeps it: what was on the screen, not every row of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from core.answer import Answer, Evidence, Table, to_dict

ROWS: Final = 30
"""Rows of a table that are kept: a screenful. The others stay in the facts, by the batches named."""


def shown_data(answer: Answer) -> dict[str, Any]:
    """Return the data of an ``answered`` entry."""
    kept = replace(answer, evidence=tuple(_screenful(piece) for piece in answer.evidence))
    return {"answer": to_dict(kept), "batches": list(answer.batches)}


def _screenful(piece: Evidence) -> Evidence:
    return (
        replace(piece, rows=piece.rows[:ROWS], keys=piece.keys[:ROWS]) if isinstance(piece, Table) else piece
    )
