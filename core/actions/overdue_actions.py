"""What was not done on its day and comes along: one line a thing with its age, never a copy.

From the third day on a choice is asked for each morning: do it today, hand it over, or drop it with a reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from core.journal.actions import Action
from core.language.wording import say

CHOICE_DAY = 3
"""The day of its life on which a thing still open has to be decided on [judgement]."""


def age(action: Action, today: date) -> int:
    """Return which day the action is in: 1 on the day it was first due, 3 two days later.

    A new date agreed on later does not make it younger.
    """
    return max(1, (today - _from(action)).days + 1)


def carried(actions: Iterable[Action], today: date) -> tuple[Action, ...]:
    """Return the open actions whose day is over, the oldest first."""
    found = [
        one for one in actions if one.state in ("open", "handed") and _from(one) < today and _due(one, today)
    ]
    return tuple(sorted(found, key=lambda one: (_from(one), one.at)))


def undecided(actions: Iterable[Action], today: date) -> tuple[Action, ...]:
    """Return the carried actions that need a choice today: from their third day, until somebody chose."""
    return tuple(
        one
        for one in carried(actions, today)
        if age(one, today) >= CHOICE_DAY and all(update.day != today for update in one.updates)
    )


def age_words(action: Action, today: date) -> str:
    """Return ``day 4``."""
    return say("day {n}", n=age(action, today))


def _from(action: Action) -> date:
    return action.first_due or action.due or action.created


def _due(action: Action, today: date) -> bool:
    """Tell whether it is on: one that was put off to a later day rests until then."""
    return action.due is None or action.due <= today
