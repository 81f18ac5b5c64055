"""The checklist of causes, in the order in which operators go through it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from core.exports.kinds.service import Service
from core.topics.sales.causes import ads, shop_side, visits
from core.topics.sales.causes.cause import Cause, Looked

CHECKLIST: Final[tuple[Callable[[Looked], Cause], ...]] = (
    visits.market,
    visits.traffic,
    ads.keyword,
    ads.crowd,
    ads.whole,
    ads.every_scene,
    ads.click_rate,
    ads.display,
    visits.campaign,
    shop_side.reviews,
    shop_side.stock,
    shop_side.service,
    shop_side.unpaid,
)
SCENES: Final = {ads.keyword: "keyword", ads.crowd: "crowd", ads.whole: "whole", ads.display: "display"}
"""The causes that are about one kind of ads, by that kind."""


def judged(looked: Looked) -> tuple[Cause, ...]:
    """Return all causes that apply to the shop's platform, judged if there is data on them."""
    return tuple(judge(looked) for judge in CHECKLIST if _known(judge, looked))


def _known(judge: Callable[[Looked], Cause], looked: Looked) -> bool:
    """Return whether the cause applies to the shop's platform.

    It does not if it is about a kind of ads or a service report that the platform lacks.
    """
    scenes = looked.shop.profile.ad_scenes
    if judge in SCENES:
        return SCENES[judge] in scenes
    if judge is ads.every_scene:
        return not scenes
    return (
        judge is not shop_side.service
        or looked.service is not None
        or bool(Service.how_on(looked.shop.platform))
    )
