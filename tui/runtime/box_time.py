"""The time of the box worked on: its bell, and the end of a visit when nobody touches the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from core.language.dates import clock
from core.language.wording import say
from tui.runtime.session import Session


class BoxTime:
    """Watches one person's box; asked at each key and each minute."""

    def __init__(self, session: Session, ring: Callable[[], None]) -> None:
        """``ring`` rings the terminal's bell."""
        self._session = session
        self._ring = ring
        self._since = self._last_key = session.workday.now()
        self._rung: set[tuple[str, datetime]] = set()

    def key(self, step: str) -> str:
        """A key was pressed on this step's screen: its visit goes on when it had ended by itself.

        Returns the sentence that says so; empty when there is nothing to say.
        """
        workday = self._session.workday
        self._last_key = workday.now()
        if not step or workday.read_only or self._session.past:
            return ""
        rested = {line.step.id: line.idle_since for line in workday.agenda().lines}.get(step)
        if rested is None:
            return ""
        workday.begin(step)
        return say("No key since {time}: the time of this step stopped then and goes on now.",
                   time=clock(rested))  # fmt: skip

    def minute(self) -> None:
        """A minute has passed: ring once at the end of a box, close a visit without keys."""
        workday = self._session.workday
        now, settings = workday.now(), workday.shop.day
        if workday.read_only or self._session.past:
            return
        if settings.bell:
            self._bell(now)
        idle = timedelta(minutes=settings.idle_minutes)
        if idle and now - self._last_key >= idle and not workday.presence.twice():
            workday.rest(self._last_key)

    def _bell(self, now: datetime) -> None:
        """Ring when a box of this person's has ended since the session began, once for each end."""
        for line in self._session.workday.agenda().lines:
            if line.visit is None or line.state != "running" or not self._session.workday.is_in(line.step.id):
                continue
            over = (line.step.id, line.visit.end)
            if self._since < line.visit.end <= now and over not in self._rung:
                self._rung.add(over)
                self._ring()
