"""The app for one shop's day: the minute tick, polling for changes on disk, start-up and shutdown."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.css.stylesheet import Stylesheet
from textual.events import Event
from textual.screen import Screen

from core.errors import ShopdayError
from core.language.speech import Language, speak
from core.language.wording import say
from core.shop.permissions import choices
from core.shop.restricted_mode import restricted
from core.shop.settings import Person
from core.storage.system_errors import words_of
from routines.workday.read_model import Clock
from routines.workday.workday import Workday
from tui.runtime import server_client
from tui.runtime.answers_ahead import AnswersAhead
from tui.runtime.base_app import BaseApp
from tui.runtime.box_time import BoxTime
from tui.runtime.key_queue import KeyQueue
from tui.runtime.session import Session
from tui.runtime.signals import prepare_terminal, run_guarded
from tui.screens.base_screen import BaseScreen
from tui.screens.today.today import Today
from tui.text.sanitize import content

if TYPE_CHECKING:
    from core.answers.answer import About

POLL_EVERY = 1.0
"""Seconds between two polls for changes by others.

A poll is seven stat calls (30 µs), so kernel file watching would save nothing; polling also works on shared
mounts. A journal's store that can tell of changes has a poll made at once.
"""
FROM_BOARD = "SHOPDAY_FROM_BOARD"
"""The environment variable set by the board of many shops when it opens a shop's day."""
SAVE_EVERY = 0.6
"""Seconds between two autosaves; a draft is on disk within one second."""


class DayApp(BaseApp):
    """The app in which one person works on one shop's day."""

    CSS_PATH = Path(__file__).with_name("base.tcss")
    OTHER_SCREENS: ClassVar[Path] = Path(__file__).with_name("screens.tcss")
    """The styles of all screens except Today, read after the first frame."""
    ENABLE_COMMAND_PALETTE = False
    parsed_styles: ClassVar[dict[str, Stylesheet]] = {}
    """Style sheets parsed by an earlier app of this process, by theme; filled by the warm-up."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave", "leave", show=False, priority=True),
        Binding("ctrl+z", "suspend_process", "suspend", show=False, priority=True),
        Binding("escape", "to_board", "board", show=False),
    ]

    def __init__(
        self,
        session: Session,
        *,
        theme: str = "",
        after_first_frame: Callable[[], None] | None = None,
        from_board: bool = False,
        greets: bool = False,
    ) -> None:
        """``after_first_frame`` replaces the method of that name; the server's warm-up uses it to exit.

        ``from_board``: the board of many shops opened this day, and Esc on the agenda returns to it. With
        ``greets``, a shop without any file and without a journal shows its first steps.
        """
        super().__init__(theme=theme)
        self.session = session
        self.from_board = from_board
        self._greets = greets
        self.ahead = AnswersAhead(session)
        self._key_queue = KeyQueue(self, super().on_event)
        self._box_time = BoxTime(session, self.bell)
        self._after_first_frame = after_first_frame or self.after_first_frame
        self._stop_listening: Callable[[], None] = lambda: None
        self._woken = False
        """Whether a poll was asked for by the journal's store and has not begun."""
        self.animation_level = "none"
        self.stylesheet = self.parsed_styles.get(self.theme, self.stylesheet)

    def get_default_screen(self) -> Screen[Any]:
        """Return the Today screen, which the app starts with."""
        return Today()

    def on_mount(self) -> None:
        """Start the key queue and the timers; the analyst process starts after the first frame."""
        self.run_worker(self._key_queue.run(), name="keys")
        self.set_interval(POLL_EVERY, self._poll)
        self.set_interval(SAVE_EVERY, self._save_typed)
        self.app_resume_signal.subscribe(self, self._resumed)
        self._schedule_minute()
        self.call_after_refresh(self._after_first_frame)

    async def on_event(self, event: Event) -> None:
        """Queue keys and pastes; handle other events at once."""
        if isinstance(event, events.Key | events.Paste | events.MouseDown):
            self._take_up_again()
        if not self._key_queue.put(event):
            await super().on_event(event)

    def after_first_frame(self) -> None:
        """Do the work that the first frame does not need."""
        self.read_styles()
        gc.freeze()
        gc.enable()  # until here there was nothing to collect (:mod:`tui.__main__`)
        if people := choices(self.session.workday.shop, self.session.workday.user):
            self._ask_who(people)
        else:
            self._begin()

    def read_styles(self) -> None:
        """Read the styles of all screens except Today."""
        self.stylesheet.add_source(
            self.OTHER_SCREENS.read_text(encoding="utf-8"), (str(self.OTHER_SCREENS), "")
        )
        self.stylesheet.parse()

    def _begin(self) -> None:
        workday, is_new = self.session.workday, False
        self._stop_listening = workday.listen(self._wake)
        if self.from_board and isinstance(self.screen, Today):
            self.screen.tell(say("Esc goes back to the board."))
        try:
            is_new = self._greets and workday.is_new()
            workday.enter()
            self._report_problems()
            for sentence in workday.proposals.told():
                self._tell(sentence)
        except (ShopdayError, OSError) as error:
            self._tell(words_of(error))
        self._greets = is_new
        if is_new:
            from tui.screens.first_run import FirstRun

            self.push_screen(FirstRun())
        self._offer_to_go_on()
        self.run_worker(self._precompute(), name="warm", exit_on_error=False)

    def _offer_to_go_on(self) -> None:
        """After a session that ended abnormally, select the step with an unsaved draft and tell the user."""
        if isinstance(self.screen, Today) and (step := self.session.unfinished()):
            self.screen.pick(step)
            title = say(self.session.workday.step(step).title)
            self.screen.tell(
                say("What you were typing in “{step}” was kept: press Enter to continue.", step=title)
            )

    def _ask_who(self, people: tuple[Person, ...]) -> None:
        """Ask which of these people, who share an account, is using the program."""
        from tui.screens.dialogs import Pick

        def chosen(number: int | None) -> None:
            if number is not None:
                self.session.become(people[number].name)
            self._begin()
            self._notify_screens(frozenset({"people"}))

        self.push_screen(Pick(say("Who are you?"), [content(person.name) for person in people]), chosen)

    def _report_problems(self) -> None:
        """Show the problems with journal files that have not been shown yet."""
        for sentence in self.session.workday.told():
            self._tell(sentence)

    async def _precompute(self) -> None:
        """Compute in advance what screens will show: answers, outcomes of promises, idle steps, files."""
        if self._greets:
            await self._look_at_files()  # the first steps of a new shop name them
        self._answers_ahead()
        if self.session.has_promises():
            await self.session.check_promises()
            self._notify_screens(frozenset({"journal"}))
        await self.session.find_idle_steps()
        if self.session.idle_steps:
            self._notify_screens(frozenset({"journal"}))
        await self._look_at_files()

    def _answers_ahead(self) -> None:
        """Compute the answers of the steps still open; the agenda shows each as soon as it is there."""
        if not self.session.past:
            ahead = self.ahead.run(self._answer_is_there)
            self.run_worker(ahead, name="answers", group="answers", exclusive=True, exit_on_error=False)

    def _answer_is_there(self) -> None:
        if isinstance(self.screen, Today) and self.screen.is_up:
            self.screen.redraw()

    async def _look_at_files(self) -> None:
        """Find the exports that are missing and the files in the inbox that can be imported."""
        if not self.session.past and await self.session.files.look():
            self._notify_screens(frozenset({"files"}))

    def _resumed(self, _: App[Any]) -> None:
        """Repaint the whole screen after Ctrl+Z, because the shell has written over it."""
        self.action_repaint()
        if isinstance(self.screen, BaseScreen):
            self.screen.attempt(self.screen.minute)

    def _schedule_minute(self) -> None:
        now = self.session.workday.now()
        self.set_timer(60.05 - now.second - now.microsecond / 1e6, self._minute)

    def _take_up_again(self) -> None:
        """On a key press, resume timing the step on the screen, if timing had stopped for lack of input."""
        step = getattr(self.screen, "step_id", "") if self.screen_stack else ""
        try:
            words = self._box_time.key(step)
        except (ShopdayError, OSError) as error:
            words = words_of(error)
        if words:
            self._notify_screens(frozenset({"journal"}))
            self._tell(words)

    def _minute(self) -> None:
        self.session.workday.presence.touch()
        try:
            self._box_time.minute()
        except (ShopdayError, OSError) as error:
            self._tell(words_of(error))
        if self.screen_stack and isinstance(self.screen, BaseScreen) and self.screen.is_up:
            self.screen.attempt(self.screen.minute)
            if self.session.workday.turned() and not self.session.past:
                self.screen.tell(say("This day is over. Leave with Ctrl+Q and open the next day."), "watch")
        self._schedule_minute()

    def _save_typed(self) -> None:
        """Save drafts to disk; if that fails, show the error and try again later."""
        self.session.autosave.flush()
        if words := self.session.autosave.told():
            self._tell(words)

    def _wake(self) -> None:
        """Poll at once, because the journal's store has told of a change; called in another thread."""
        if not self._woken:
            self._woken = True
            self.call_later(self._poll)

    def _poll(self) -> None:
        """Check for changes on disk: entries by others, imports, settings."""
        self._woken = False
        parts: frozenset[str] = self.session.workday.changed()
        if not parts:
            self._report_problems()
            return
        if "settings" in parts:
            try:
                self.session.workday.reload()
            except ShopdayError as error:
                self._tell(words_of(error))
        if parts & {"facts", "settings"}:
            self.session.forget()
            self._answers_ahead()
        if parts & {"facts", "settings", "inbox"}:
            self.run_worker(
                self._look_at_files(), name="files", group="files", exclusive=True, exit_on_error=False
            )
        self._notify_screens(parts)
        self._report_problems()

    def _notify_screens(self, parts: frozenset[str]) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, BaseScreen) and screen.is_current and screen.is_up:
                screen.attempt(screen.changed, parts)

    def _tell(self, words: str) -> None:
        """Show an error or notice in the message line, as soon as a screen is ready."""
        front = self.screen_stack[-1] if self.screen_stack else None
        if isinstance(front, BaseScreen) and front.is_up:
            front.tell(words, "act")
        elif self.is_running:
            self.set_timer(SAVE_EVERY, partial(self._tell, words))

    def open_step(self, step: str) -> None:
        """Open a step, reusing the step screen because creating a new one takes three times as long."""
        from tui.screens.step.step import StepScreen

        if isinstance(self.screen, StepScreen):
            self.screen.take(step)
            return
        if not self.is_screen_installed("step"):
            self.install_screen(StepScreen(self.session, step), "step")
        kept = self.get_screen("step", StepScreen)
        if kept in self.screen_stack:  # it is covered by the screen from which this step is opened
            self.push_screen(StepScreen(self.session, step))
            return
        if kept.is_running:
            kept.take(step)
        self.push_screen(kept)

    def open_days(self, about: About, path: str) -> None:
        """Open the figures by day of what a table's row is about; ``path`` is where the user comes from."""
        from tui.screens.days_of_row import DaysOfRow

        self.push_screen(DaysOfRow(about, path))

    def take_up(self, day: date, *, report: bool = False) -> None:
        """Switch to another day and show its agenda and, if ``report`` is true, its report on top."""
        self.session.take_up(day)
        while len(self.screen_stack) > 1:
            self.pop_screen()
        if report:
            from tui.screens.work.report import ReportScreen

            self.push_screen(ReportScreen())

    def action_suspend_process(self) -> None:
        """Suspend the program, so that the user gets the shell; refused in restricted mode."""
        if restricted():
            self._tell(say("This session has no command line. Ctrl+Q leaves."))
        elif server_client.client is not None:
            with self.suspend():
                server_client.pause(server_client.client)
        else:
            super().action_suspend_process()

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Do nothing, because no browser may be started on the machine where the program runs."""

    def copy_to_clipboard(self, text: str) -> None:
        """Copy the text to the terminal's clipboard; a text too long for it is kept in the program only."""
        from tui.runtime import clipboard

        self._clipboard = text
        if self._driver is not None and (letters := clipboard.sequence(text)):
            self._driver.write(letters)

    def action_screenshot(self, filename: str | None = None, path: str | None = None) -> None:
        """Do nothing, because only reports and tables may be written to files."""

    def action_help_quit(self) -> None:
        """Say how to leave the program when Ctrl+C is pressed."""
        self._tell(say("Ctrl+Q leaves; what you typed is kept."))

    def action_to_board(self) -> None:
        """Return to the board if that opened this day; other screens than the agenda use Esc themselves."""
        if self.from_board and isinstance(self.screen, Today):
            self.action_leave()

    def action_leave(self) -> None:
        """Save drafts and exit."""
        self.session.autosave.flush()
        self.exit()

    async def on_unmount(self) -> None:
        """Save the remaining drafts and stop the analyst."""
        self._stop_listening()
        self.session.workday.presence.leave()
        self.session.autosave.flush()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.session.analyst.close(), timeout=1.5)


def run(
    folder: Path,
    *,
    clock: Clock,
    who: str,
    day: date | None = None,
    lang: Language | None = None,
    greets: bool = False,
) -> object:
    """Show the shop's day until the user leaves; raise UsageError if there is no suitable terminal.

    With ``greets``, a shop without any file and without a journal shows its first steps. Return what the
    screen that was left wants to be done, such as ``"sample"`` to open the sample shop; None if nothing.
    """
    prepare_terminal()
    workday = Workday.open(folder, clock=clock, who=who, day=day, lang=lang)
    speak(workday.lang)
    session = Session(workday)
    from_board = bool(os.environ.get(FROM_BOARD))
    app = DayApp(session, from_board=from_board, greets=greets and not from_board)

    run_guarded(app, session.autosave.flush)
    return app.return_value
