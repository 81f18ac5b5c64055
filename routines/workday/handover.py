"""Covering for somebody: what they have open, each item acknowledged by whoever works for them today."""

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
"""How far back words to somebody and reports nobody finished are open items."""
GROUPS: Final = {
    "action": N_("Their open actions"),
    "word": N_("Words to them without a reply"),
    "report": N_("Days without a finished report"),
}


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One thing somebody leaves to whoever covers for them."""

    id: str
    """``action:``, ``word:`` with an entry's id, ``report:`` with a day."""
    text: str
    due: date | None = None
    seen: datetime | None = None
    """When it was acknowledged today."""

    @property
    def group(self) -> str:
        """What kind of item it is, in the reader's language."""
        return say(GROUPS[self.id.partition(":")[0]])


class Handover:
    """One person's handovers of one day."""

    def __init__(self, workday: Workday) -> None:
        self.workday = workday

    @property
    def cover(self) -> StandIn | None:
        """Whom this person works for now; None when for nobody else."""
        return covering(self.workday.entries(), self.workday.who)

    def colleagues(self) -> tuple[str, ...]:
        """Return whom one can work for: everybody of the team who writes, but oneself."""
        team = (one.name for one in self.workday.shop.team if set(one.roles) != {"viewer"})
        return tuple(name for name in team if name != self.workday.who)

    def begin(self, name: str) -> Entry:
        """Cover for somebody from now on; UsageError for oneself and for strangers."""
        if name not in self.colleagues():
            raise UsageError(say("“{name}” is nobody of the team one could cover for.", name=name))
        return self.workday.handover(name)

    def end(self) -> Entry | None:
        """Hand the work back; None when this person covers for nobody."""
        return None if self.cover is None else self.workday.handover("")

    def acknowledge(self, item: OpenItem) -> Entry | None:
        """Say that the item was seen; None when it was before. UsageError when covering for nobody."""
        if (cover := self.cover) is None:
            raise UsageError(say("Say first whom you cover for."))
        return None if item.id in cover.seen else self.workday.handover(cover.name, item.id, item.text)

    def items(self) -> tuple[OpenItem, ...]:
        """Return what is open for the one who is covered for; nothing when nobody is."""
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
        """Return what others wrote to them lately and they have not replied to."""
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
        """Return the days they worked in whose report nobody finished."""
        today = self.workday.day
        return [
            OpenItem(f"report:{day}", say("The report of {day} is not finished.", day=short_day(day)))
            for day, digest in Months(self.workday.book).days(self._days()).items()
            if missed(digest, day, today) and name in digest.people
        ]

    def _days(self) -> list[date]:
        today = self.workday.day
        return [today - timedelta(days=back) for back in range(BACK.days, -1, -1)]
