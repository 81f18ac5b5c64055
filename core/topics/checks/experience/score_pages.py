"""The experience score as last seen on its page, from what was entered by hand or pasted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from core.records.experience import ScoreSeen
from core.records.records import Recorded, Records
from core.records.score_page import DIMENSIONS, METRICS, TOTAL, ScorePage, read_page, read_weights
from core.topics.checks.experience.score import LINE, Lever, Metric, levers, total_score

OFF: Final = 0.03
"""Weights whose total differs from the total shown by more than this are no longer those of the page."""


@dataclass(frozen=True, slots=True)
class Look:
    """The experience score as seen on its page at one time."""

    day: date
    scores: Mapping[str, float]
    """Scores by id: of the total, the dimensions and the metrics."""
    values: Mapping[str, float]
    """The measured values of the metrics: fractions, or hours."""
    weights: Mapping[str, float]
    """The newest weights known at this look, as fractions, by id."""
    weights_on: date | None
    extra: float = 0.0
    line: float = LINE
    levers: tuple[Lever, ...] = field(default=())
    computed: float | None = None
    """The total computed with these weights; None if a weight or a score is unknown."""

    @property
    def total(self) -> float | None:
        """Return the total shown on the page or, if it is unknown, the computed one."""
        return self.scores.get(TOTAL, self.computed)

    @property
    def weights_fit(self) -> bool:
        """Return whether the weights reproduce the total shown on the page.

        True if the shown or the computed total is unknown.
        """
        shown = self.scores.get(TOTAL)
        return self.computed is None or shown is None or abs(self.computed - shown) <= OFF


def looks(records: Records[ScoreSeen] | None) -> list[Look]:
    """Return what was seen on the score's page, oldest first; of several observations on a day, the last."""
    found: dict[date, Look] = {}
    weights: dict[str, float] = {}
    weights_on: date | None = None
    for one in records or ():
        page = read_page(one.value.page)
        own = page.weights | read_weights(one.value.weights)
        if own:
            weights, weights_on = weights | own, one.at.date()
        found[one.at.date()] = _look(one, page, dict(weights), weights_on)
    return list(found.values())


def _look(
    one: Recorded[ScoreSeen], page: ScorePage, weights: Mapping[str, float], weights_on: date | None
) -> Look:
    pasted = {name: shown.score for name, shown in page.shown.items() if shown.score is not None}
    fields = (TOTAL, *DIMENSIONS, *METRICS)
    typed = {name: score for name in fields if (score := getattr(one.value, name)) is not None}
    scores = pasted | typed
    values = {name: shown.value for name, shown in page.shown.items() if shown.value is not None}
    dimensions = {
        dimension: {
            name: Metric(weights[name], scores[name])
            for name, (within, _) in METRICS.items()
            if within == dimension and name in weights and name in scores
        }
        for dimension in DIMENSIONS
    }
    shares = {name: weights[name] for name in DIMENSIONS if name in weights}
    complete = len(shares) == len(DIMENSIONS)
    return Look(
        day=one.at.date(),
        scores=scores,
        values=values,
        weights=weights,
        weights_on=weights_on,
        extra=page.extra,
        line=one.value.line or LINE,
        levers=tuple(levers(shares, dimensions)),
        computed=total_score(shares, dimensions, page.extra) if complete else None,
    )
