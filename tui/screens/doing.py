"""What Today and the step screen both do to a step: skip it with a reason, give it more time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from core.wording import N_, say
from tui.screens.asking import AskLine

if TYPE_CHECKING:
    from tui.screens.desk import Desk

MORE_MINUTES = 5
REASONS = (N_("No time"), N_("No data yet"), N_("Not needed today"), N_("Somebody else did it"))


def ask_skip(screen: Desk, step: str, then: Callable[[], None]) -> None:
    """Ask why, then leave the step out."""
    title = say("Leave out “{step}” today. Why?", step=say(screen.workday.step(step).title))

    def skip(reason: str | None) -> None:
        if reason is None:
            screen.tell(say("Nothing was changed."))
        elif screen.attempt(screen.workday.skip, step, reason):
            then()

    screen.app.push_screen(AskLine(title, [say(reason) for reason in REASONS]), skip)


def extend(screen: Desk, step: str) -> None:
    """Give the step's box five more minutes."""
    screen.workday.extend(step, MORE_MINUTES)
    box = screen.workday.agenda().line(step)
    screen.tell(say("{n} minutes more: until {time}.", n=MORE_MINUTES, time=f"{box.end:%H:%M}"), "good")
