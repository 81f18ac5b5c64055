"""What is to be watched in the evening, and by which role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.answers.answer import About, Proposal, key_of
from core.journal.projections import Past
from core.language import message
from core.language.message import Words, say
from core.measures import indicators
from core.records.records import Check
from core.shop.settings import Shop


@dataclass(frozen=True, slots=True)
class Watch:
    """One thing to watch in the evening."""

    at: str
    role: str
    what: Words
    alarm: Words
    """The condition for calling the operator."""

    @property
    def about(self) -> About:
        """Return what the finding and the proposal of this watch are about."""
        return About(clock=self.at, role=self.role)

    @property
    def key(self) -> str:
        """Return the key of the finding of this watch."""
        return key_of("wrapup", "tonight", self.about)

    def who(self, shop: Shop) -> Words:
        """Return the name of the person who watches it."""
        return indicators.person_for(shop, self.role)

    def proposal(self, today: date) -> Proposal[Words]:
        """Return the proposal that turns this watch into an action for tonight."""
        return Proposal(
            self.role,
            say("{at} {what}", at=self.at, what=self.what),
            due=today.isoformat(),
            about=self.about,
        )


def watches(past: Past, today: date, scarce: dict[str, float]) -> list[Watch]:
    """Return what to watch in the evening, each with the condition for calling the operator.

    Things on which an action was agreed today are omitted.
    """
    found = [
        Watch(
            "20:00",
            "promotion",
            _ads(past, today),
            say("the budget is gone before 21:00, or clicks bring no orders"),
        ),
        Watch(
            "21:00",
            "operator",
            say("Our order count compared with that of the rivals we follow"),
            say("our order count is below even the lowest estimate of a rival's"),
        ),
        Watch(
            "21:10",
            "service",
            say("Chats answered, and conversion by agent"),
            say("nobody answers within a minute"),
        ),
    ]
    if scarce:
        names = message.listing(
            say("{name} ({n})", name=name, n=message.ratio(days, 1)) for name, days in scarce.items()
        )
        found.insert(
            1,
            Watch(
                "20:00",
                "supply",
                say("Stock left (in days): {names}", names=names),
                say("a size is sold out: stop the item's ads and take it off the first screen"),
            ),
        )
    agreed = {action.finding for action in past.actions if action.created == today}
    return [one for one in found if one.key not in agreed]


def _ads(past: Past, today: date) -> Words:
    checks = [
        one.value for one in past.records(Check) if one.value.name == "ads_balance" and one.at.date() == today
    ]
    if checks and checks[-1].passed is False:
        return say(
            "Has the ad balance ({left} this morning) been topped up? Then check spend and orders",
            left=message.money(checks[-1].value),
        )
    return say("The day's ad spend and orders, and whether the balance lasts the night")
