"""A step's answer as it stands after everything that was decided up to now, whoever decided it and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.actions.decision_states import DecisionStates, decision_states, open_elsewhere
from core.journal.multi_day_index import MultiDayIndex
from core.shop.settings import Shop
from routines.days.day_plan import DAYS, boxes_for

if TYPE_CHECKING:
    from datetime import date

    from core.answers.answer import Answer
    from core.language.message import Words
    from routines.plan.routine_overrides import Routine


def states_on(index: MultiDayIndex, shop: Shop, day: date, step: str = "") -> DecisionStates:
    """Return every matter's state on that day, as ``step`` sees it."""
    elsewhere = open_elsewhere(index.book.day(day), step) if step else {}
    return decision_states(index.lasting(day), shop, day, elsewhere=elsewhere)


def as_it_stands(answer: Answer[Words], states: DecisionStates, routine: Routine | None) -> Answer[Words]:
    """Return the answer with what was decided laid on it."""
    from core.actions.answers_with_states import with_states

    if not any(one.proposals or one.states for one in answer.findings):
        return answer
    titles = {box.step.id: box.step.title for kind in DAYS for box in boxes_for(kind, routine)}
    return with_states(answer, states, titles)
