"""The answers of a past day's analyses, recomputed from the data imported so far."""

from __future__ import annotations

from datetime import date

from core.answers.answer import Answer
from core.errors import ShopdayError
from core.language.wording import say
from core.storage.system_errors import words_of
from routines.past.review import Review
from tui.screens.base_screen import BaseScreen


class CurrentAnswers:
    """Recomputes answers of past days that later imports may have changed, and redraws the screen."""

    def __init__(self, screen: BaseScreen, review: Review) -> None:
        self._screen = screen
        self._review = review
        self._days: dict[date, dict[str, Answer]] = {}

    def of(self, day: date, *, again: bool = False) -> dict[str, Answer]:
        """Return the answers recomputed so far, by step; the others are still computed in the background.

        Computing starts on the first call for a day; if ``again`` is true, it is started once more.
        """
        if again or day not in self._days:
            answers = self._days.setdefault(day, {})
            name = f"now {day}"
            self._screen.run_worker(self._ask(day, answers), name=name, group=name, exit_on_error=False)
        return self._days[day]

    def clear(self) -> None:
        """Forget all answers, because the data may have changed."""
        self._days.clear()

    async def _ask(self, day: date, answers: dict[str, Answer]) -> None:
        screen = self._screen
        try:
            missing = {step: at for step, at in self._review.outdated(day).items() if step not in answers}
        except ShopdayError as error:
            self._no_figures(words_of(error))
            return
        for step, at in missing.items():
            if step in answers or not screen.is_up:
                continue
            try:
                answers[step] = await screen.session.analyst.ask(step, day=day.isoformat(), now=at)
            except (ShopdayError, OSError, TimeoutError) as error:
                self._no_figures(words_of(error))
                return
            if screen.is_up:
                screen.redraw()

    def _no_figures(self, why: str) -> None:
        if self._screen.is_up:
            self._screen.tell(say("The current figures are not available: {why}", why=why), "watch")
