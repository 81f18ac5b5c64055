"""The checklist of causes, in the order operators go through it."""

from __future__ import annotations

from core.topics.sales.causes import ads, shop_side, visits
from core.topics.sales.causes.cause import Cause, Looked

CHECKLIST = (
    visits.market,
    visits.traffic,
    ads.keyword,
    ads.crowd,
    ads.whole,
    ads.click_rate,
    ads.display,
    visits.campaign,
    shop_side.reviews,
    shop_side.stock,
    shop_side.service,
    shop_side.unpaid,
)


def judged(looked: Looked) -> tuple[Cause, ...]:
    """Return all causes, judged if there is data."""
    return tuple(judge(looked) for judge in CHECKLIST)
