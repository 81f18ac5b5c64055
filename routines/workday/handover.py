"""Covering for an absent colleague, whose open items the stand-in acknowledges one by one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from core.errors import UsageError
from core.journal.entry import Entry, word_of
from core.journal.handover import StandIn, covering
from core.journal.mentions import addressed_to
from core.language.dates import short_day
from core.language.wording import N_, say
from core.review.digest import missed
from core.review.months import Months
from routines.workday.workday import Workday

BACK: Final = timedelta(days=7)
"""The number of days searched for unanswered messages and unfinished reports."""
GROUPS: Final = {
    "action": N_("This person's open actions"),
    "word": N_("Mentions of this person without a reply"),
    "report": N_("Days without a finished report"),
}


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An open item of the absent colleague: an action, a message without a reply, or an unfinished report."""

    id: str
    """``action:`` or ``word:`` (a message without a reply) with an entry's id, or ``report:`` with a day."""
    text: str
    due: date | None = None
    seen: datetime | None = None
    """When it was acknowledged today; None if it was not."""

    @property
    def group(self) -> str:
        """The kind of item, in the reader's language."""
        return say(GROUPS[self.id.partition(":")[0]])


class Handover:
    """What one person does as a stand-in for colleagues on one day."""

    def __init__(self, workday: Workday) -> None:
        self.workday = workday

    @property
    def cover(self) -> StandIn | None:
        """Whom this person stands in for at present; None if for nobody."""
        return covering(self.workday.entries(), self.workday.who)

    def colleagues(self) -> tuple[str, ...]:
        """Return the people this person can cover for: all team members who may write, except themselves."""
        team = (one.name for one in self.workday.shop.team if set(one.roles) != {"viewer"})
        return tuple(name for name in team if name != self.workday.who)

    def begin(self, name: str) -> Entry:
        """Start covering for a colleague; raise UsageError if ``name`` is not one of :meth:`colleagues`."""
        if name not in self.colleagues():
            raise UsageError(say("The team has nobody called “{name}” to stand in for.", name=name))
        return self.workday.handover(name)

    def end(self) -> Entry | None:
        """Stop covering for the colleague; None if this person covers for nobody."""
        return None if self.cover is None else self.workday.handover("")

    def acknowledge(self, item: OpenItem) -> Entry | None:
        """Acknowledge the item; None if it was acknowledged before.

        Raise UsageError if this person covers for nobody.
        """
        if (cover := self.cover) is None:
            raise UsageError(say("First choose whom you stand in for."))
        return None if item.id in cover.seen else self.workday.handover(cover.name, item.id, item.text)

    def items(self) -> tuple[OpenItem, ...]:
        """Return the open items of the colleague covered for; empty if this person covers for nobody."""
        if (cover := self.cover) is None:
            return ()
        found = [*self._actions(cover.name), *self._words(cover.name), *self._reports(cover.name)]
        return tuple(OpenItem(one.id, one.text, one.due, cover.seen.get(one.id)) for one in found)

    def _actions(self, name: str) -> list[OpenItem]:
        mine = [one for one in self.workday.actions(open_only=True) if one.owner == name]
        return [
            OpenItem(f"action:{one.id}", one.text, one.due)
            for one in sorted(mine, key=lambda one: one.due or one.created)
        ]

    def _words(self, name: str) -> list[OpenItem]:
        """Return the recent messages to the person ``name`` to which that person has not replied."""
        found = []
        for day in self._days():
            entries = self.workday.book.day(day)
            replied = {word_of(one, "to") for one in entries if one.kind == "reply" and one.who == name}
            found += [
                OpenItem(f"word:{one.id}", f"{one.who}: {word_of(one, 'text')}")
                for one in addressed_to(entries, name)
                if one.kind != "action" and one.id not in replied
            ]
        return found

    def _reports(self, name: str) -> list[OpenItem]:
        """Return an item for each day on which the person ``name`` worked and whose report is unfinished."""
        today = self.workday.day
        return [
            OpenItem(f"report:{day}", say("The report of {day} is not finished.", day=short_day(day)))
            for day, digest in Months(self.workday.book).days(self._days()).items()
            if missed(digest, day, today) and name in digest.people
        ]

    def _days(self) -> list[date]:
        today = self.workday.day
        return [today - timedelta(days=back) for back in range(BACK.days, -1, -1)]
