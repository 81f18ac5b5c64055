"""What a platform changes in the day: other analyses for steps, and steps without any export to feed them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.language.wording import listing, say
from core.platforms.profile import QUESTIONS
from core.shop.settings import Shop
from routines.plan.step import Box, Plan, Step

if TYPE_CHECKING:
    from routines.plan.routine_overrides import Routine


def on_platform(step: Step, shop: Shop) -> Step:
    """Return the step with the analysis that the shop's platform has for it.

    If the platform has none, the step has only its questions.
    """
    instead = shop.profile.analyses.get(step.analyse or "")
    if instead is None:
        return step
    return step._replace(analyse=None if instead in ("", QUESTIONS) else instead, screen="")


def is_unfed(step: Step, shop: Shop, routine: Routine | None) -> bool:
    """Return whether no export of the platform feeds the step and the shop has not kept it nevertheless.

    Any change of the step under ``[steps]`` in routine.toml keeps it, with its questions.
    """
    changed = {} if routine is None else routine.steps
    return shop.profile.analyses.get(step.analyse or "") == "" and step.id not in changed


def boxes_on_platform(
    boxes: Sequence[Box], shop: Shop, routine: Routine | None
) -> tuple[tuple[Box, ...], tuple[Step, ...]]:
    """Return the boxes as the shop's platform has them, and the steps left out for lack of an export."""
    left_out = tuple(box.step for box in boxes if is_unfed(box.step, shop, routine))
    kept = tuple(box._replace(step=on_platform(box.step, shop)) for box in boxes if box.step not in left_out)
    return kept, left_out


def unfed_words(plan: Plan) -> str:
    """Return the line that names the steps left out for lack of an export; empty if there are none."""
    if not plan.unfed:
        return ""
    titles = dict.fromkeys(say(step.title) for step in plan.unfed)
    return say("Not planned on {platform_name}, which has no file for it: {steps}.", steps=listing(titles))
