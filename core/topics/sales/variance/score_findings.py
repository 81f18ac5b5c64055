"""The findings about falling shop scores: which fell, and whether it is one score or several."""

from __future__ import annotations

from core.answers.answer import Finding, Proposal, finding
from core.language import message
from core.language.message import Words, say
from core.statistics.drift import ScoreDrop
from core.topics.sales.variance.score_drop import SCORES


def score_fall(
    scores: tuple[ScoreDrop, dict[str, tuple[float, float]]] | None, due: str
) -> list[Finding[Words]]:
    """Return the finding on which scores fell, with a proposal to read the reviews; empty if none fell."""
    if scores is None or scores[0].kind == "no fall":
        return []
    drop, both = scores
    moves = [
        say(
            "{name} {before} → {after}",
            name=say(SCORES[name]),
            before=message.ratio(both[name][0]),
            after=message.ratio(both[name][1]),
        )
        for name in drop.names
    ]
    ask = Proposal(
        "service",
        say(
            "Read this week's bad and mixed reviews and note what they are about (item, delivery or service)"
        ),
        "score",
        "up",
        due,
    )
    if drop.kind == "general":
        text = say(
            "Several shop scores fell in the same week ({moves}): buyers are dissatisfied in general. "
            "Read the reviews.",
            moves=message.listing(moves),
        )
    else:
        text = say(
            "One shop score fell this week: {moves}. The others did not, so check what this score measures.",
            moves=message.listing(moves),
        )
    return [finding("drivers", "score", "watch", text, ask)]
