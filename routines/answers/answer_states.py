"""A step's answer, updated with every decision made up to now, by whomever and in whichever step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.actions.decision_states import DecisionStates, decision_states, open_elsewhere
from core.journal.multi_day_index import MultiDayIndex
from core.shop.settings import Shop

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from core.answers.answer import Answer
    from core.language.message import Words
    from routines.plan.step import Box


def states_on(index: MultiDayIndex, shop: Shop, day: date, step: str = "") -> DecisionStates:
    """Return the states of all decisions up to and including ``day``.

    ``step``: the step whose answer is to be shown; the result then knows which proposals another step already
    shows as open. Empty: the result does not know that.
    """
    elsewhere = open_elsewhere(index.book.day(day), step) if step else {}
    return decision_states(index.lasting(day), shop, day, elsewhere=elsewhere)


def as_it_stands(answer: Answer[Words], states: DecisionStates, boxes: Iterable[Box]) -> Answer[Words]:
    """Return the answer, updated with the states of its decided proposals.

    ``boxes``: the boxes of all known steps, from which the steps' titles are taken.
    """
    from core.actions.answers_with_states import with_states

    if not any(one.proposals or one.states for one in answer.findings):
        return answer
    return with_states(answer, states, {box.step.id: box.step.title for box in boxes})
