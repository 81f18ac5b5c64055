"""Rules for open actions of earlier days: when they must be decided on, and when a new action repeats one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from core.actions import overdue_actions
from core.errors import UsageError
from core.journal.actions import Action
from core.language.wording import plural, shown


def check_decided(open_actions: Iterable[Action], day: date) -> None:
    """Raise UsageError if an action on its third overdue day or later has not been updated on ``day``.

    The due day counts as the first day.
    """
    waiting = overdue_actions.undecided(open_actions, day)
    if waiting:
        raise UsageError(
            plural(
                "“{text}” is still open on day {day}: first do it today, hand it over, or drop "
                "it with a reason.",
                "{n} things have been open for three days or longer: first do each of them "
                "today, hand it over, or drop it with a reason.",
                len(waiting),
                text=waiting[0].text,
                day=overdue_actions.age(waiting[0], day),
            )
        )


def same_matter(open_actions: Iterable[Action], day: date, data: Mapping[str, Any]) -> Action | None:
    """Return the newest open action of an earlier day about the same matter; None if there is none.

    It is used to avoid duplicates. ``data``: the data of the new ``action`` entry. The matter is the same if
    the texts are equal, or if finding, role and item are equal.
    """
    about = tuple(data.get(name) or None for name in ("finding", "role", "item"))
    found = [
        one
        for one in open_actions
        if one.created < day
        and (
            one.text == shown(data["text"])
            or (about[0] and about == (one.finding, one.role or None, one.item or None))
        )
    ]
    return found[-1] if found else None
