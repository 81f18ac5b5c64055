"""The state of picture tests: the sample size is fixed in advance, and both pictures must reach it.

Before that no verdict is given.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from core.records.team import PictureTest
from core.shop.settings import Shop
from core.topics.creative.picture_tests import chance_new_is_better, impressions_per_arm

State: TypeAlias = Literal["planned", "running", "new", "old", "alike", "no goal"]


@dataclass(frozen=True, slots=True)
class Tested:
    """A picture test with its current state."""

    test: PictureTest
    need: int | None
    """The impressions each picture needs; None if no click rate is known from which to compute them."""
    had: int
    """The impressions so far of the picture that has fewer."""
    chance: float | None
    """The probability that the new picture is better; None until both pictures have their sample."""
    state: State

    @property
    def share(self) -> float | None:
        """Return the fraction of the sample that is complete, 0..1; None if its size is unknown."""
        return min(1.0, self.had / self.need) if self.need else None


def tested(test: PictureTest, usual_ctr: float | None, shop: Shop) -> Tested:
    """Return the state of a test; no picture is called better before the sample is complete."""
    lift = shop.design.picture_lift if test.goal_lift is None else test.goal_lift / 100.0
    need = test.sample or _need(_start(test, usual_ctr), lift)
    had = min(test.old_impressions or 0, test.new_impressions or 0)
    if test.state == "planned":
        return Tested(test, need, had, None, "planned")
    if need is None:
        return Tested(test, None, had, None, "no goal")
    if had < need or test.old_clicks is None or test.new_clicks is None:
        return Tested(test, need, had, None, "running")
    chance = chance_new_is_better(
        test.old_clicks, test.old_impressions or 0, test.new_clicks, test.new_impressions or 0
    )
    likely = shop.thresholds.likely
    state: State = "new" if chance >= likely else "old" if chance <= 1 - likely else "alike"
    return Tested(test, need, had, chance, state)


def _start(test: PictureTest, usual_ctr: float | None) -> float | None:
    """Return the click rate that sets the size of a test: the item's usual one, else the old picture's."""
    if usual_ctr is not None:
        return usual_ctr
    return test.old_clicks / test.old_impressions if test.old_clicks and test.old_impressions else None


def _need(ctr: float | None, lift: float) -> int | None:
    if ctr is None or not 0 < (wanted := ctr * (1 + lift)) < 1:
        return None
    return impressions_per_arm(ctr, wanted)
