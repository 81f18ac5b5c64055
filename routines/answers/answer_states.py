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
    """Return the states of all decisions up to that day.

    ``step``: the step whose answer is shown, so that proposals which an earlier step already shows as open
    are known; empty to leave this out.
    """
    elsewhere = open_elsewhere(index.book.day(day), step) if step else {}
    return decision_states(index.lasting(day), shop, day, elsewhere=elsewhere)


def as_it_stands(answer: Answer[Words], states: DecisionStates, boxes: Iterable[Box]) -> Answer[Words]:
    """Return the answer, updated with the states of its decided proposals.

    ``boxes``: those of all known steps, for the steps' titles.
    """
    from core.actions.answers_with_states import with_states

    if not any(one.proposals or one.states for one in answer.findings):
        return answer
    return with_states(answer, states, {box.step.id: box.step.title for box in boxes})
