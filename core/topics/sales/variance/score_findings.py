"""A falling shop score: which of the three fell, and whether that is one process or general displeasure."""

from __future__ import annotations

from core.answers.answer import Finding, Proposal
from core.language import wording
from core.language.wording import say
from core.statistics.drift import ScoreDrop
from core.topics.sales.variance.indicator_bins import SCORES


def score_fall(scores: tuple[ScoreDrop, dict[str, tuple[float, float]]] | None, due: str) -> list[Finding]:
    """Return the fall with what to read; nothing while the scores hold."""
    if scores is None or scores[0].kind == "no fall":
        return []
    drop, both = scores
    moves = [f"{say(SCORES[name])} {both[name][0]:.2f} → {both[name][1]:.2f}" for name in drop.names]
    ask = Proposal(
        "service",
        say("Read this week's bad reviews and say which step of the order they are about"),
        "score",
        "up",
        due,
    )
    if drop.kind == "general":
        text = say(
            "Shop scores fell together in a week ({moves}): general displeasure, read the reviews.",
            moves=wording.listing(moves),
        )
    else:
        text = say(
            "Shop score fell in a week: {moves}; the others did not, so look at that process.",
            moves=wording.listing(moves),
        )
    return [Finding("drivers/score", "watch", text, (ask,))]
