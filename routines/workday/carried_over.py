"""Open actions of earlier days: when the meeting must wait for them, and when a new action is an old one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from core.actions import overdue_actions
from core.errors import UsageError
from core.journal.actions import Action
from core.language.wording import plural, shown


def check_decided(open_actions: Iterable[Action], day: date) -> None:
    """UsageError while an action in its third day or later has not been decided on that day."""
    waiting = overdue_actions.undecided(open_actions, day)
    if waiting:
        raise UsageError(
            plural(
                "“{text}” is in its day {day}: do it today, hand it over or drop it with a reason first.",
                "{n} things are in their third day or later: today, hand over or drop, for each of them.",
                len(waiting),
                text=waiting[0].text,
                day=overdue_actions.age(waiting[0], day),
            )
        )


def same_matter(open_actions: Iterable[Action], day: date, data: Mapping[str, Any]) -> Action | None:
    """Return the newest open action of an earlier day about the same, so that no copy is made.

    ``data`` is that of an ``action`` entry. The same: the same words, or the same role's answer to the same
    finding on the same item.
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
