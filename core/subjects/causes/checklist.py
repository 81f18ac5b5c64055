"""The list itself, in the order operators go through it."""

from __future__ import annotations

from core.subjects.causes import adverts, shopside, visits
from core.subjects.causes.cause import Cause, Looked

CHECKLIST = (
    visits.market,
    visits.traffic,
    adverts.keyword,
    adverts.crowd,
    adverts.whole,
    adverts.click_rate,
    adverts.display,
    visits.campaign,
    shopside.reviews,
    shopside.stock,
    shopside.service,
    shopside.unpaid,
)


def judged(looked: Looked) -> tuple[Cause, ...]:
    """Return every cause, judged where there is data."""
    return tuple(judge(looked) for judge in CHECKLIST)
