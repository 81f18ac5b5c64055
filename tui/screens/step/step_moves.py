"""Handlers of the keys that begin, finish or leave a step, and of those that open other screens."""

from __future__ import annotations

from collections.abc import Callable

from core.language.dates import clock
from core.language.wording import say
from tui.screens.base_screen import BaseScreen
from tui.screens.dialogs import Pick
from tui.screens.step.shown_step import OVER, ShownStep
from tui.screens.step_dialogs import ask_skip, extend
from tui.text.sanitize import line


class StepMoves:
    """Handles the keys that change the state of a step or lead to another step or screen."""

    def __init__(self, screen: BaseScreen, shown: ShownStep, fetch: Callable[[], None]) -> None:
        """``fetch`` updates the analysis's answer after another screen was used."""
        self._screen = screen
        self._shown = shown
        self._fetch = fetch

    def do_begin(self) -> None:
        """Begin the step, or reopen it if it is over."""
        workday = self._shown.workday
        if self._shown.box.state in OVER:
            workday.reopen(self._shown.id)
        else:
            workday.begin(self._shown.id)
        self._screen.redraw()
        self._screen.tell(say("Started at {time}.", time=clock(workday.now())), "good")

    def do_finish(self) -> None:
        """Finish the step and open the step that is current then.

        Ask first if the answer of the step to be finished is still being computed.
        """
        if self._shown.answer is None and self._shown.asking:
            words = say("The analysis is still running: press d again to finish anyway.")
            if not self._screen.confirmed("finish", "loading", words):
                return
        self._keep_shown()
        self._shown.workday.finish(self._shown.id)
        self._go_on()

    def _keep_shown(self) -> None:
        """Record in the journal the answer on the screen, if a newer one is still being computed."""
        step, session = self._shown.id, self._shown.session
        if self._shown.asking and step in session.said and step not in session.failed:
            self._shown.workday.shown(step, session.said[step])

    def do_quick(self) -> None:
        """Finish a step in which there was nothing to do."""
        self._shown.workday.finish(self._shown.id, quick=True)
        self._go_on()

    def do_next(self) -> None:
        """Open the next step that is not over; if this one is fully answered, suggest finishing it first."""
        shown = self._shown
        if shown.answered and shown.mine:
            words = say(
                "All questions are answered: press d to finish this step, or n again to leave it open."
            )
            if not self._screen.confirmed("next", shown.id, words):
                return
        self._open_from(1)

    def do_previous(self) -> None:
        """Open the previous step."""
        self._open_from(-1)

    def do_copy(self) -> None:
        """Ask which rival's link or item's full name to copy, and copy it to the terminal's clipboard."""
        options = self._shown.to_copy

        def copied(number: int | None) -> None:
            if number is not None:
                words = options[number][1]
                self._screen.app.copy_to_clipboard(words)
                self._screen.tell(say("Copied: {words}", words=words), "good")

        titles = [line((f"{name}  ", "bold"), (words, "$quiet")) for name, words in options]
        self._screen.app.push_screen(Pick(say("Copy which one?"), titles), copied)

    def do_skip(self) -> None:
        """Ask for a reason, skip the step, and open the step that is current after that."""
        ask_skip(self._screen, self._shown.id, self._go_on)

    def do_extend(self) -> None:
        """Extend the step by five minutes."""
        extend(self._screen, self._shown.id)
        self._screen.redraw()

    def do_imports(self) -> None:
        """Open the import screen."""
        from tui.screens.imports import Imports

        self._screen.app.push_screen(Imports())

    def do_screen(self) -> None:
        """Open the step's own screen: keyword board, meeting, to-do list or report."""
        from tui.screens.work.hands_on_list import HandsOnList
        from tui.screens.work.keyword_board import KeywordBoard
        from tui.screens.work.meeting import Meeting
        from tui.screens.work.report import ReportScreen

        kind = self._shown.step.screen
        made = {"board": KeywordBoard, "meeting": Meeting, "todo": HandsOnList}
        screen = made[kind](self._shown.id) if kind in made else ReportScreen()
        self._screen.app.push_screen(screen, self._worked)

    def _worked(self, finished: object) -> None:
        """Open the current step if this one was finished on its own screen; else update this one's answer."""
        if finished:
            self._go_on()
        else:
            self._fetch()

    def _go_on(self) -> None:
        current = self._shown.workday.agenda().current
        if current is None:
            self._screen.dismiss(None)
        else:
            self._screen.navigator.open_step(current.step.id)

    def _open_from(self, way: int) -> None:
        lines = self._shown.workday.agenda().lines
        at = next(number for number, one in enumerate(lines) if one.step.id == self._shown.id)
        rest = lines[at + 1 :] if way > 0 else lines[:at][::-1]
        found = next((one for one in rest if way < 0 or one.state not in OVER), None)
        if found is not None:
            near = found.state != "later" or found.block == self._shown.box.block
            if way > 0 and near and self._shown.mine:  # begin the next step for the same person
                self._shown.workday.begin(found.step.id)
            self._screen.navigator.open_step(found.step.id)
        elif way > 0:
            self._screen.tell(say("There is no step after this one."))
        else:
            self._screen.tell(say("This is the first step."))
