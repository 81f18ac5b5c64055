"""Computes the answers of the day's steps one after another, while the operator looks at the agenda."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from core.language.wording import say

if TYPE_CHECKING:
    from core.answers.answer import Finding
    from tui.runtime.session import Session

SUMMARY: Final = "summary"
"""The id of the step whose answer holds the day's key figures."""
REACH: Final = timedelta(hours=8)
"""Steps that start in more than this time are not computed yet, because their data come during the day."""
WORTH: Final = 3
"""Maximum number of findings listed as having the most money at stake."""
_SUMS_UP: Final = ("meeting", "todo", "report")
"""Screens of steps that sum up what was shown and decided in other steps, which is not known ahead."""
_DIVIDES: Final = "breakdown"
"""The id of the step that turns other steps' findings into tasks; its answer is not known ahead either."""
_OVER: Final = ("done", "skipped", "dropped")


class AnswersAhead:
    """Computes the answers of steps before they are opened, in the order of the agenda.

    An answer that is cached on disk and up to date is only read. A step that the operator opened meanwhile is
    not computed twice, and the operator's own requests wait for one computation at most.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self.waiting: tuple[str, ...] = ()
        """The steps whose answers are still to be computed; empty when all have been."""
        self._total = 0

    def steps(self) -> list[str]:
        """Return the ids of the steps to compute: the current one, the key figures, the other open ones."""
        workday = self._session.workday
        agenda, until = workday.agenda(), workday.now() + REACH
        current = [agenda.current] if agenda.current is not None else []
        open_lines = [
            *current,
            *(one for one in agenda.lines if one.state not in _OVER and one.start < until),
        ]
        wanted = [
            one.step.id
            for one in open_lines
            if one.step.analyse and one.step.screen not in _SUMS_UP and one.step.id != _DIVIDES
        ]
        known = {one.id for one in workday.plan.steps}
        figures = [SUMMARY] if SUMMARY in known else []
        return list(dict.fromkeys([*wanted[:1], *figures, *wanted]))

    async def run(self, news: Callable[[], None]) -> None:
        """Compute the missing answers, and call ``news`` after each; end early if another day is opened."""
        session, workday = self._session, self._session.workday
        steps = self.steps()
        self._wait_for(steps, len(steps))
        try:
            for done, step in enumerate(steps, 1):
                if session.workday is not workday:
                    return
                if session.cached_answer(step) is None:
                    await session.ask(step)
                self._wait_for(steps[done:], len(steps))
                news()
                await asyncio.sleep(0)  # keys are handled between two answers
        finally:
            self._wait_for((), 0)

    def words(self) -> str:
        """Return how many answers have been computed, in words; empty when all have been."""
        if not self.waiting:
            return ""
        return say(
            "Calculating today's steps: {done} of {all}",
            done=self._total - len(self.waiting),
            all=self._total,
        )

    def worth_most(self) -> list[Finding]:
        """Return at most three findings to act on, those with the most money at stake.

        Of several findings about the same incident, only one is returned.
        """
        if not self._session.answers:
            return []  # avoids the imports below before the first frame
        from core.answers.ranking import ASKING, at_stake, priority

        margin = self._session.workday.shop.margin
        found: dict[str, Finding] = {}
        for answer in self._session.answers.values():
            for one in answer.findings:
                if one.level in ASKING and at_stake(one, margin) > 0:
                    found.setdefault(one.incident or one.key, one)
        return sorted(found.values(), key=lambda one: -priority(one, margin))[:WORTH]

    def _wait_for(self, steps: Sequence[str], total: int) -> None:
        self.waiting, self._total = tuple(steps), total
