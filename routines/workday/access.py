"""Check who may write in the day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.errors import UsageError
from core.journal.entry import Kind
from core.language.wording import say
from core.shop.permissions import person_of, refusal
from routines.workday.read_model import DayView


class Access:
    """A person's right to write in the day."""

    def __init__(self, view: DayView, *, looking: bool) -> None:
        self._view = view
        self.looking = looking
        """Whether the day was opened read-only."""

    @property
    def refusal(self) -> str:
        """The reason why this person may not write, as a sentence; empty if they may."""
        if self.looking:
            return say("You can only view this day, not write in it.")
        return refusal(self._view.shop, self._view.user)

    @property
    def read_only(self) -> bool:
        """Whether writing is refused, apart from the exceptions of :meth:`check`."""
        return bool(self.refusal)

    def check(self, kind: Kind, data: Mapping[str, Any]) -> None:
        """Raise UsageError if this person may not write such an entry.

        Viewers may write two things: replies to what is addressed to them, and the result of their own spot
        checks.
        """
        why = self.refusal
        if why and not self._excepted(kind, data):
            raise UsageError(why)

    def _excepted(self, kind: Kind, data: Mapping[str, Any]) -> bool:
        if self.looking:
            return False
        if kind == "record":
            from core.records.records import SpotCheck

            known = bool(self._view.who) and person_of(self._view.shop, self._view.user) is not None
            return known and data.get("form") == SpotCheck.form
        return kind == "reply" and data.get("to") in {entry.id for entry in self._view.asked()}
