"""Overdue actions: carried over from day to day with their age, never copied.

From the third day on (the due day is the first), a choice is required each morning: do it today, hand it
over, or drop it with a reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from core.journal.actions import Action
from core.language.wording import say

CHOICE_DAY = 3
"""The age in days from which an open action must be decided on each morning (a judgement)."""


def age(action: Action, today: date) -> int:
    """Return the action's age in days since its original due day: 1 on that day, 3 two days later.

    Postponing the action does not reduce its age.
    """
    return max(1, (today - _from(action)).days + 1)


def carried(actions: Iterable[Action], today: date) -> tuple[Action, ...]:
    """Return the open or handed-over actions that are overdue, oldest first."""
    found = [
        one for one in actions if one.state in ("open", "handed") and _from(one) < today and _due(one, today)
    ]
    return tuple(sorted(found, key=lambda one: (_from(one), one.at)))


def undecided(actions: Iterable[Action], today: date) -> tuple[Action, ...]:
    """Return the overdue actions on their third day or later that nobody has updated on the day ``today``.

    The due day counts as the first day.
    """
    return tuple(
        one
        for one in carried(actions, today)
        if age(one, today) >= CHOICE_DAY and all(update.day != today for update in one.updates)
    )


def age_words(action: Action, today: date) -> str:
    """Return the action's age as a text, e.g. ``day 4``."""
    return say("day {n}", n=age(action, today))


def _from(action: Action) -> date:
    return action.first_due or action.due or action.created


def _due(action: Action, today: date) -> bool:
    """Return whether the action is due by ``today``; a postponed action counts by its new due day."""
    return action.due is None or action.due <= today
