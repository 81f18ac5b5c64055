"""Timing of the current step: a bell when its planned time is over, and a stop when no key is pressed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from core.language.dates import clock
from core.language.wording import say
from tui.runtime.session import Session


class BoxTime:
    """Times one person's current step; to be called at each key press and once a minute."""

    def __init__(self, session: Session, ring: Callable[[], None]) -> None:
        """Initialize the tracker; ``ring`` rings the terminal's bell."""
        self._session = session
        self._ring = ring
        self._since = self._last_key = session.workday.now()
        self._rung: set[tuple[str, datetime]] = set()

    def key(self, step: str) -> str:
        """Handle a key press on the screen of ``step``; resume timing the step if timing had stopped.

        Timing stops when no key is pressed for long. Return a sentence saying that it continues, or an empty
        string if it had not stopped.
        """
        workday = self._session.workday
        self._last_key = workday.now()
        if not step or workday.read_only or self._session.past:
            return ""
        rested = {line.step.id: line.idle_since for line in workday.agenda().lines}.get(step)
        if rested is None:
            return ""
        workday.begin(step)
        return say("No key was pressed since {time}: the time of this step stopped then and continues now.",
                   time=clock(rested))  # fmt: skip

    def minute(self) -> None:
        """Ring the bell if the step's planned time has just ended; stop timing it after long inactivity."""
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
        """Ring once for each step this person is working on whose planned time ended during this session."""
        for line in self._session.workday.agenda().lines:
            if line.visit is None or line.state != "running" or not self._session.workday.is_in(line.step.id):
                continue
            over = (line.step.id, line.visit.end)
            if self._since < line.visit.end <= now and over not in self._rung:
                self._rung.add(over)
                self._ring()
