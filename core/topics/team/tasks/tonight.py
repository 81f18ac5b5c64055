"""Who watches what after the other roles have left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.answers.answer import Proposal
from core.journal.projections import Past
from core.language import wording
from core.language.wording import say
from core.measures import indicators
from core.records.records import Check
from core.shop.settings import Shop


@dataclass(frozen=True, slots=True)
class Watch:
    """One thing to look at in the evening."""

    at: str
    role: str
    what: str
    alarm: str
    """When to call the operator."""

    def who(self, shop: Shop) -> str:
        """Return the person."""
        return wording.text(indicators.person_for(shop, self.role))

    def proposal(self, today: date) -> Proposal:
        """Return it as something to agree on."""
        return Proposal(self.role, f"{self.at} {self.what}", due=today.isoformat())


def watches(past: Past, today: date, scarce: dict[str, float]) -> list[Watch]:
    """Return the evening's watch, each with its alarm; what was agreed today is left out."""
    found = [
        Watch(
            "20:00", "promotion", _ads(past, today), say("budget gone before 21:00, or clicks without orders")
        ),
        Watch(
            "21:00",
            "operator",
            say("Our orders against the followed rivals"),
            say("behind even their lower count"),
        ),
        Watch(
            "21:10",
            "service",
            say("Chats answered, conversion by agent"),
            say("nobody answers within a minute"),
        ),
    ]
    if scarce:
        names = wording.listing([f"{name} ({days:.1f})" for name, days in scarce.items()])
        found.insert(
            1,
            Watch(
                "20:00",
                "supply",
                say("Pieces left (days): {names}", names=names),
                say("a size is out: take it off the ads and the first picture"),
            ),
        )
    agreed = {action.text for action in past.actions if action.created == today}
    return [one for one in found if f"{one.at} {one.what}" not in agreed]


def _ads(past: Past, today: date) -> str:
    checks = [
        one.value for one in past.records(Check) if one.value.name == "ads_balance" and one.at.date() == today
    ]
    if checks and checks[-1].passed is False:
        return say(
            "Ad balance ({left} this morning) topped up? Then spend and orders",
            left=wording.money(checks[-1].value),
        )
    return say("Ad spend and orders of the day, balance for the night")
