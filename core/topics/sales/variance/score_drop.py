"""The change of the shop scores within a week."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.language.message import N_
from core.measures import baseline
from core.statistics.drift import ScoreDrop, compare_drops

if TYPE_CHECKING:
    import pandas as pd

SCORES = {
    "score_item": N_("Item as described"),
    "score_logistics": N_("Logistics"),
    "score_service": N_("Service attitude"),
}
SCORE_DAYS = 7
"""The days between the two scores compared; a score is a rolling mean and moves slowly."""


def score_drop(frame: pd.DataFrame, day: date) -> tuple[ScoreDrop, dict[str, tuple[float, float]]] | None:
    """Return the change of the shop scores within a week, and the earlier and later value of each score.

    None if the export does not have them.
    """
    week_ago = day - timedelta(days=SCORE_DAYS)
    both = {}
    for column in SCORES:
        own = baseline.column(frame, column)
        if day in own and week_ago in own:
            both[column] = (own[week_ago], own[day])
    if not both:
        return None
    drop = compare_drops(
        {name: pair[0] for name, pair in both.items()}, {name: pair[1] for name, pair in both.items()}
    )
    return drop, both
