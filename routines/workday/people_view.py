"""A day among others: what this person may do in it, what they are asked, who else is where."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any

from core.journal.entry import Entry, Kind
from core.journal.steps import steps
from core.language.wording import say
from core.shop.permissions import addressed_to, person_of, refusal
from routines.plan.calendar import day_of
from routines.workday.read_model import DayView


class DayAmongOthers(DayView):
    """One shop's day as one of several people sees it."""

    @property
    def refusal(self) -> str:
        """Why this person may not write here, in one sentence; empty when they may."""
        if self._looking:
            return say("This is a look at the day; nothing can be written in it.")
        return refusal(self.shop, self.user)

    @property
    def read_only(self) -> bool:
        """Whether writing raises UsageError; only a reply to what is addressed to this person does not."""
        return bool(self.refusal)

    def excused(self, kind: Kind, data: Mapping[str, Any]) -> bool:
        """Tell whether who only looks on may write this all the same.

        A reply to what is addressed to them, and how a spot check of theirs went.
        """
        if self._looking:
            return False
        if kind == "record":
            from core.records.records import SpotCheck

            return data.get("form") == SpotCheck.form and bool(self.who) and not self._unknown()
        return kind == "reply" and data.get("to") in {entry.id for entry in self.asked()}

    def _unknown(self) -> bool:
        """Tell whether nobody of the team sits here: then nothing is written at all."""
        return person_of(self.shop, self.user) is None

    def become(self, who: str) -> None:
        """Go on as somebody else of a shared account, who has said so."""
        self.user = who
        self.reload()

    def asked(self, step: str = "", *, open_only: bool = False) -> tuple[Entry, ...]:
        """Return what others ask of this person today: @NAME in notes and replies, actions they own.

        ``open_only``: only the words, and of these what this person has not replied to.
        """
        found = [one for one in addressed_to(self.entries(), self.who) if step in ("", one.step)]
        if open_only and found:
            replied = {reply.to for reply in self.replies() if reply.who == self.who}
            found = [one for one in found if one.kind != "action" and one.id not in replied]
        return tuple(found)

    def be_at(self, step: str) -> None:
        """Let the others see where this person is; a look at another day is nobody's business."""
        if day_of(self.now()) != self.day:
            return
        known = self._seen["people"] == self._stamps()["people"]
        self.presence.show(self.who, step)
        if known:  # this session's own sign is no news to it
            self._seen["people"] = self._stamps()["people"]

    def handover(self, cover: str, item: str = "", text: str = "") -> Entry:
        """Say whom this person covers for ("" hands back), or which open item of theirs was seen."""
        return self._write("handover", "", {"cover": cover} | ({"item": item, "text": text} if item else {}))

    def finishers(self, step: str) -> tuple[str, ...]:
        """Return who finished the step, in order; two people may have done so at the same time."""
        state = steps(self.entries()).get(self.step(step).id)
        return state.finishers if state else ()

    @abstractmethod
    def _write(self, kind: Kind, step: str, data: Mapping[str, Any] | None = None) -> Entry:
        """Append the entry."""
