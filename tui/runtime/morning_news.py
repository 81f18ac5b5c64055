"""News shown on the agenda in the morning: corrected figures, unfinished reports, colleagues to stand in for.

Modules are imported on first use, so that they do not delay the first frame.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from core.errors import ShopdayError
from core.language.dates import days as day_list
from core.language.wording import say

if TYPE_CHECKING:
    from routines.analyst.analyst import Analyst
    from routines.past.review import Review
    from routines.workday.workday import Workday

_BACK: Final = 7
"""Number of past days whose unfinished reports are shown."""


class MorningNews:
    """The news shown on one day's agenda, each with the key that shows more about it."""

    def __init__(self, workday: Workday, analyst: Analyst) -> None:
        self._workday = workday
        self._analyst = analyst
        self.lines: tuple[tuple[str, str], ...] = ()
        """The news, as pairs of a sentence and the key that shows more."""

    async def look(self) -> bool:
        """Update the news; past figures that later imports may have corrected are recomputed by the analyst.

        Return True if the news changed.
        """
        from routines.past.review import Review

        review = Review(self._workday)
        for first in review.suspected():
            try:
                await self._analyst.month(first.isoformat())
            except (ShopdayError, OSError, TimeoutError):
                break  # the calendar shows the reason
        before, self.lines = self.lines, (*self._past(review), *self._covered())
        return self.lines != before

    def _past(self, review: Review) -> list[tuple[str, str]]:
        """Return the news about corrections and recent days without a finished report."""
        from core.review.digest import missed

        found = [(words, "c") for words in review.notices()]
        today = self._workday.day
        days = [today - timedelta(days=back) for back in range(_BACK, 0, -1)]
        left = [day for day, digest in review.months.days(days).items() if missed(digest, day, today)]
        if left:
            found.append((say("Reports not finished: {days}.", days=day_list(left)), "c"))
        return found

    def _covered(self) -> list[tuple[str, str]]:
        from routines.workday.handover import Handover

        handover = Handover(self._workday)
        if (cover := handover.cover) is None:
            return []
        left = sum(item.seen is None for item in handover.items())
        if not left:
            return [(say("You stand in for {name}.", name=cover.name), "h")]
        return [
            (say("You stand in for {name}; open items not checked yet: {n}.", name=cover.name, n=left), "h")
        ]
