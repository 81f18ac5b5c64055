"""Dialogs shared by several screens: skip or extend a step, decide on actions left over from earlier days."""

from __future__ import annotations

from collections.abc import Callable

from core.actions.overdue_actions import age_words
from core.journal.actions import Action
from core.language.wording import N_, say
from tui.screens.base_screen import BaseScreen
from tui.screens.dialogs import AskLine, Pick
from tui.text.sanitize import content

MORE_MINUTES = 5
DROPPED = (N_("No longer needed"), N_("Not worth it"), N_("Done in another way"))
REASONS = (N_("No time"), N_("No data yet"), N_("Not needed today"), N_("Somebody else did it"))


def ask_skip(screen: BaseScreen, step: str, then: Callable[[], None]) -> None:
    """Ask why the step is skipped, skip it, then call ``then``; change nothing if no reason is given."""
    title = say("Why is “{step}” left out today?", step=say(screen.workday.step(step).title))

    def skip(reason: str | None) -> None:
        if reason is None:
            screen.tell(say("Nothing was changed."))
        elif screen.attempt(screen.workday.skip, step, reason):
            then()

    screen.app.push_screen(AskLine(title, [say(reason) for reason in REASONS]), skip)


def extend(screen: BaseScreen, step: str) -> None:
    """Extend the step's planned time by five minutes, and say until when it lasts now."""
    screen.workday.extend(step, MORE_MINUTES)
    box = screen.workday.agenda().line(step)
    end = box.end if box.visit is None else box.visit.end
    screen.tell(say("{n} more minutes: until {time}.", n=MORE_MINUTES, time=f"{end:%H:%M}"), "good")


def decide_carried(screen: BaseScreen, action: Action, then: Callable[[], None]) -> None:
    """Ask what to do with an action left open on an earlier day, do it, then call ``then``.

    The choices: do it today, hand it over, drop it, or mark it as done.
    """
    options = [
        say("Do it today"),
        say("Hand it over ..."),
        say("Drop it and give a reason ..."),
        say("It is done"),
    ]
    steps = (_do_today, ask_hand, ask_drop, is_done)

    def chosen(number: int | None) -> None:
        if number is not None:
            steps[number](screen, action, then)

    title = say("{age}: {text}", age=age_words(action, screen.workday.day), text=action.text)
    screen.app.push_screen(Pick(title, [content(option) for option in options]), chosen)


def ask_hand(screen: BaseScreen, action: Action, then: Callable[[], None]) -> None:
    """Ask who takes over the action, record it, then call ``then``."""
    team = [person.name for person in screen.workday.shop.team if "viewer" not in person.roles]

    def handed(name: str | None) -> None:
        if name and screen.attempt(screen.workday.update_action, action.id, "handed", owner=name):
            then()

    screen.app.push_screen(AskLine(say("Who will do it from now on?"), team), handed)


def ask_due(screen: BaseScreen, action: Action, then: Callable[[], None]) -> None:
    """Ask for another due day, typed as a date or in words, record it, then call ``then``."""
    title = say("New due day for “{text}”?", text=action.text)
    suggestions = [say(word) for word in (N_("tomorrow"), N_("Friday"))] + ["+3", "+7"]

    def moved(typed: str | None) -> None:
        state = "handed" if action.state == "handed" else "open"
        owner = action.owner if state == "handed" else ""
        if typed and screen.attempt(screen.workday.update_action, action.id, state, owner=owner, due=typed):
            then()

    screen.app.push_screen(AskLine(title, suggestions), moved)


def ask_drop(screen: BaseScreen, action: Action, then: Callable[[], None]) -> None:
    """Ask why the action is dropped, drop it, then call ``then``."""

    def dropped(reason: str | None) -> None:
        if reason and screen.attempt(screen.workday.update_action, action.id, "dropped", reason=reason):
            then()

    screen.app.push_screen(
        AskLine(say("Why is the action dropped?"), [say(reason) for reason in DROPPED]), dropped
    )


def _do_today(screen: BaseScreen, action: Action, then: Callable[[], None]) -> None:
    if screen.attempt(screen.workday.update_action, action.id, "open", due=screen.workday.day.isoformat()):
        then()


def is_done(screen: BaseScreen, action: Action, then: Callable[[], None]) -> None:
    """Mark the action as done, then call ``then``; for orders and payments ask for their details first."""
    from tui.screens.form import done_form

    form = done_form(screen.session, action)
    if form is not None:
        screen.app.push_screen(form, lambda saved: then() if saved else None)
    elif screen.attempt(screen.workday.update_action, action.id, "done"):
        then()
