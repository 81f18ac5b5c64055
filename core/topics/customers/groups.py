"""Groups of customers to contact, each with size, last purchase, offer and channel."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from core.language.message import N_
from core.statistics.distributions import Rate, rate
from core.topics.customers.buyers import Customer

QUIET, ASLEEP = 30, 60
FRESH = (10, 25)
"""The range of days after a first order in which the goods have arrived and a second order is likely."""
TOP_MONEY = 5
AHEAD = 14
"""The number of days over which purchases without a message are counted."""


@dataclass(frozen=True, slots=True)
class Group:
    """One group of customers to contact, as of today."""

    key: str
    name: str
    """The message id of the group's name."""
    offer: str
    channel: str
    size: int
    last: float
    """The median number of days since the last purchase."""
    spent: float
    """The median amount spent by a member, in yuan."""
    anyway: Rate | None
    """The share of those in the group two weeks ago who bought since without a message; None if unknown."""


@dataclass(frozen=True, slots=True)
class _Kind:
    key: str
    name: str
    offer: str
    channel: str
    holds: Callable[[Customer, int], bool]
    """The condition, called with customer and days since the last purchase."""


_KINDS = (
    _Kind(
        "twice",
        N_("Bought twice or more, no order for 30–60 days"),
        N_("first look at new items, small coupon with a minimum above the usual order value"),
        N_("WeChat or {chat}, addressing each buyer by name; SMS for the rest"),
        lambda one, days: one.times > 1 and QUIET <= days < ASLEEP,
    ),
    _Kind(
        "dear",
        N_("Bought a lot at once, not back for 30–60 days"),
        N_("items that match what they bought; no coupon at first"),
        N_("{chat} or WeChat, with a picture"),
        lambda one, days: one.times == 1 and one.money == TOP_MONEY and QUIET <= days < ASLEEP,
    ),
    _Kind(
        "fresh",
        N_("First order 10–25 days ago"),
        N_("how to wear and wash it, then a coupon for the second order"),
        N_("member page and {chat}"),
        lambda one, days: one.times == 1 and FRESH[0] <= days < FRESH[1],
    ),
    _Kind(
        "asleep",
        N_("No order for more than 60 days"),
        N_("one message with the season's best item; do not send a second one unless they answer"),
        N_("SMS"),
        lambda _, days: days >= ASLEEP,
    ),
)


def groups(
    found: Sequence[Customer], earlier: Sequence[Customer], bought: Collection[str], today: date
) -> list[Group]:
    """Return the groups that have members, the most worthwhile first.

    ``earlier`` are the customers as of two weeks ago and ``bought`` those who have bought since; together
    they show how many buy without a message.
    """
    made = []
    for kind in _KINDS:
        members = [one for one in found if kind.holds(one, (today - one.last).days)]
        if not members:
            continue
        before = [one.buyer for one in earlier if kind.holds(one, (today - one.last).days - AHEAD)]
        back = sum(buyer in bought for buyer in before)
        made.append(
            Group(
                kind.key,
                kind.name,
                kind.offer,
                kind.channel,
                len(members),
                float(median((today - one.last).days for one in members)),
                float(median(one.spent for one in members)),
                rate(back, len(before), 0.9) if before else None,
            )
        )
    return made
