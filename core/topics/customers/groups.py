"""Groups of old customers worth writing to, each with its size, last purchase, offer and channel."""

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
"""Days after a first order in which the goods have come and a second one is near."""
TOP_MONEY = 5
AHEAD = 14
"""Days ahead for which it is told how many of the group buy anyway."""


@dataclass(frozen=True, slots=True)
class Group:
    """One group as it is today."""

    key: str
    name: str
    """A message id."""
    offer: str
    channel: str
    size: int
    last: float
    """Days since the last purchase, the middle one."""
    spent: float
    """Yuan a member spent so far, the middle one."""
    anyway: Rate | None
    """How many of the same group two weeks ago bought without being asked."""


@dataclass(frozen=True, slots=True)
class _Kind:
    key: str
    name: str
    offer: str
    channel: str
    holds: Callable[[Customer, int], bool]
    """Customer and days since the last purchase."""


_KINDS = (
    _Kind(
        "twice",
        N_("Bought twice or more, silent 30–60 days"),
        N_("first look at the new line, small coupon with a floor above the usual basket"),
        N_("WeChat or 旺旺, by name; SMS for the rest"),
        lambda one, days: one.times > 1 and QUIET <= days < ASLEEP,
    ),
    _Kind(
        "dear",
        N_("One large basket, silent 30–60 days"),
        N_("what goes with what they bought; no coupon first"),
        N_("旺旺 or WeChat with a picture"),
        lambda one, days: one.times == 1 and one.money == TOP_MONEY and QUIET <= days < ASLEEP,
    ),
    _Kind(
        "fresh",
        N_("First order 10–25 days ago"),
        N_("how to wear and wash it, then a second-order coupon"),
        N_("member page and 旺旺"),
        lambda one, days: one.times == 1 and FRESH[0] <= days < FRESH[1],
    ),
    _Kind(
        "asleep",
        N_("Silent for more than 60 days"),
        N_("one message with the season's best item; no second one without an answer"),
        N_("SMS"),
        lambda _, days: days >= ASLEEP,
    ),
)


def groups(
    found: Sequence[Customer], earlier: Sequence[Customer], bought: Collection[str], today: date
) -> list[Group]:
    """Return the groups that have members, in the order they are worth writing to.

    ``earlier`` are the customers as they stood two weeks ago, ``bought`` who has bought since: what a group
    does without being asked.
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
