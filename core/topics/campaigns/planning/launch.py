"""A campaign of our own from its template: a launch price for three days, then the everyday price."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from core.answers.answer import About, Finding, Proposal, finding
from core.language import message
from core.language.message import Value, Words, say
from core.records.records import Recorded
from core.records.team import NewItem
from core.topics.campaigns.planning.campaign import Campaign

LENGTH: Final = 3
"""The days of a launch price (seeds 000, 002: three days, then the price is restored)."""
AHEAD_DAYS: Final = 14
"""Days ahead for which a listing without an offer is told."""
READY_DAYS: Final = 1
"""Days before its first day on which the campaign must be written down."""


class NewListing(NamedTuple):
    """A new item that is listed soon, and on whose listing day no campaign runs."""

    item: str
    day: date


def uncovered(
    new_items: Iterable[Recorded[NewItem]] | None, found: Sequence[Campaign], today: date
) -> list[NewListing]:
    """Return new items listed within two weeks without a campaign on that day, the earliest first."""
    newest = {one.value.item: one.value for one in new_items or ()}
    taken = {day for one in found if one.entry.state != "rejected" for day in one.days}
    return sorted(
        (
            NewListing(one.item, one.listed)
            for one in newest.values()
            if one.state not in ("listed", "dropped")
            and one.listed is not None
            and today <= one.listed <= today + timedelta(days=AHEAD_DAYS)
            and one.listed not in taken
        ),
        key=lambda one: (one.day, one.item),
    )


def of_item(one: NewListing, name: str, today: date) -> Finding[Words]:
    """Return the finding that a new item is listed without an offer, with the campaign's form filled in."""
    values: dict[str, Value] = {
        "item": name,
        "day": message.short_day(one.day),
        "after": message.short_day(_after(one.day)),
    }
    text = say(
        "{item} is listed on {day} and no offer is planned for it: launch price (首发价) for three days, "
        "everyday price again from {after} (恢复日常价).",
        **values,
    )
    about = About(item=one.item)
    ask = proposal(one.day, today, say("Plan the launch of {item}: three days from {day}", **values), name)
    return finding("campaigns", "launch", "info", text, ask, about=about)


def proposal(start: date, today: date, text: Words, item: str = "") -> Proposal[Words]:
    """Return the proposal of a three-day campaign, with the form “A campaign” filled in."""
    named = (
        say("Launch of {item}, three days", item=item)
        if item
        else say("Three-day offer from {day}", day=message.short_day(start))
    )
    offer = say(
        "10% off for three days, everyday price again from {after}", after=message.short_day(_after(start))
    )
    return Proposal(
        "operator",
        text,
        metric="gmv",
        direction="up",
        due=max(today, start - timedelta(days=READY_DAYS)).isoformat(),
        form="campaign",
        fills=(
            ("name", named),
            ("kind", "own"),
            ("state", "planned"),
            ("start", start.isoformat()),
            ("end", (start + timedelta(days=LENGTH - 1)).isoformat()),
            ("discount", offer),
            ("method", "launch" if item else "discount"),
            ("items", item),
        ),
    )


def span(start: date) -> Words:
    """Return the days of a campaign that begins on this day, as words."""
    return say(
        "{first} to {last}",
        first=message.short_day(start),
        last=message.short_day(start + timedelta(days=LENGTH - 1)),
    )


def _after(start: date) -> date:
    return start + timedelta(days=LENGTH)
