"""How a platform changes the plan: other analyses for some steps, and no steps for which it has no export."""

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

    If the platform has none for it, the step asks only its questions.
    """
    instead = shop.profile.analyses.get(step.analyse or "")
    if instead is None:
        return step
    return step._replace(analyse=None if instead in ("", QUESTIONS) else instead, screen="")


def is_unfed(step: Step, shop: Shop, routine: Routine | None) -> bool:
    """Return whether the step is left out because no export of the platform feeds it.

    It is not left out if the shop has chosen to keep it, with its questions: any change of the step under
    ``[steps]`` in routine.toml does so.
    """
    changed = {} if routine is None else routine.steps
    return shop.profile.analyses.get(step.analyse or "") == "" and step.id not in changed


def boxes_on_platform(
    boxes: Sequence[Box], shop: Shop, routine: Routine | None
) -> tuple[tuple[Box, ...], tuple[Step, ...]]:
    """Return the boxes adapted to the shop's platform, and the steps left out because nothing feeds them."""
    left_out = tuple(box.step for box in boxes if is_unfed(box.step, shop, routine))
    kept = tuple(box._replace(step=on_platform(box.step, shop)) for box in boxes if box.step not in left_out)
    return kept, left_out


def unfed_words(plan: Plan) -> str:
    """Return the line that names the steps left out for lack of an export; empty if there are none."""
    if not plan.unfed:
        return ""
    titles = dict.fromkeys(say(step.title) for step in plan.unfed)
    return say("Not planned on {platform_name}, which has no file for it: {steps}.", steps=listing(titles))
