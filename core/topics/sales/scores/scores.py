"""What a falling shop score means: the number of bad ratings, and what the bad reviews are about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from core.answers.answer import About, Finding, Proposal, finding
from core.language import message
from core.language.message import Words, say
from core.shop.settings import Role
from core.statistics.drift import ScoreDrop, one_star_ratings
from core.topics.reviews.bad_reviews import Bad
from core.topics.reviews.lexicon import aspects
from core.topics.sales.variance.score_drop import SCORE_DAYS, SCORES

PER = 1000
ABOUT: Mapping[str, tuple[Role, tuple[str, ...]]] = {
    "score_item": ("supply", ("size", "fabric", "colour", "seams", "smell")),
    "score_logistics": ("service", ("delivery",)),
    "score_service": ("service", ("service",)),
}
"""The role responsible for each score, and the review subjects that belong to it."""


def explained(
    scores: tuple[ScoreDrop, dict[str, tuple[float, float]]] | None,
    bad: Sequence[Bad] | None,
    day: date,
) -> list[Finding[Words]]:
    """Return findings on how many bad ratings a fall of a score equals, and what bad reviews are about."""
    if scores is None or scores[0].kind == "no fall":
        return []
    drop, both = scores
    said: list[Finding[Words]] = []
    for name in drop.names:
        before, after = both[name]
        stars = one_star_ratings(before, PER, after)
        if before <= after or not stars:
            continue
        text = say(
            "{name} {before} → {after}: as if {n} in a thousand ratings had become one-star ones.",
            name=say(SCORES[name]),
            before=message.ratio(before),
            after=message.ratio(after),
            n=stars,
        )
        role, subjects = ABOUT[name]
        subjects_of_week = _subjects(bad, day)
        if bad is not None:
            text = message.sentences([text, _reviews(subjects_of_week, subjects, kind=drop.kind)])
        ask = Proposal(
            role,
            say(
                "Read the five newest bad reviews about {name} and fix what they complain about",
                name=say(SCORES[name]),
            ),
            "score",
            "up",
            (day + timedelta(days=3)).isoformat(),
            expected=before,
            about=About(metric=name),
        )
        said.append(finding("drivers", "score", "watch", text, ask, about=ask.about))
    return said


def _subjects(bad: Sequence[Bad] | None, day: date) -> Counter[str]:
    """Return the number of bad reviews by subject, in the week over which the scores are compared."""
    week = [one for one in bad or () if 0 <= (day - one.day).days < SCORE_DAYS]
    return Counter(name for one in week for name in set(aspects(one.words)))


def _reviews(about: Counter[str], subjects: Sequence[str], *, kind: str) -> Words:
    if not about:
        return say("No bad review this week gives a reason: people rated without writing anything.")
    top = message.listing([say("{name} ({n})", name=say(name), n=n) for name, n in about.most_common(3)])
    mine = sum(n for name, n in about.items() if name in subjects)
    if kind != "general" and not mine:
        return say(
            "This week's bad reviews are about {top}, not about this score: buyers are dissatisfied in "
            "general.",
            top=top,
        )
    return say("This week's bad reviews are about {top}.", top=top)
