"""Records made in the evening and by the service team: today's sales, shifts, remarks, other shops."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from core.language.wording import N_
from core.records.ask import Ask

IDEA_KINDS = {
    "complaint": N_("complaint"),
    "wish": N_("wish or idea"),
    "question": N_("frequent question"),
    "praise": N_("praise"),
}
"""The kinds of remarks buyers make to service: ids and message ids."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuyerIdea:
    """A wish, complaint or praise that a buyer told the service team."""

    form: ClassVar[str] = "buyer_idea"
    form_title: ClassVar[str] = N_("What a buyer said")
    kind: Annotated[str, Ask(N_("Kind"), "choice", IDEA_KINDS)] = "complaint"
    text: Annotated[str, Ask(N_("The buyer's words"), "long")]
    theme: Annotated[
        str, Ask(N_("Theme in one or two words"), hint=N_("size, colour … always the same word"))
    ] = ""
    """One or two words for counting similar remarks: size, delivery, colour."""
    item: Annotated[str, Ask(N_("Our item"), "item")] = ""
    buyers: Annotated[int | None, Ask(N_("How many buyers said this"), "count", hint=N_("empty = one"))] = (
        None
    )
    agent: Annotated[str, Ask(N_("Who heard it"))] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayNow:
    """Today's figures so far, read off a live screen in the evening, before any export contains them."""

    form: ClassVar[str] = "day_now"
    form_title: ClassVar[str] = N_("Today so far")
    at: Annotated[str, Ask(N_("When you looked"), hint=N_("20:05; empty = now"))] = ""
    """The time of reading (HH:MM); empty if it is the time of typing."""
    orders: Annotated[int | None, Ask(N_("Orders paid so far"), "count", hint=N_("{live_now}"))] = None
    gmv: Annotated[float | None, Ask(N_("Sales so far"), "money", hint=N_("{live_now}"))] = None
    unpaid: Annotated[int | None, Ask(N_("Unpaid orders"), "count", hint=N_("{unpaid_page}"))] = None
    spent: Annotated[
        float | None, Ask(N_("Ad spend so far"), "money", hint=N_("{ads_tool}, all ad types together"))
    ] = None
    clicks: Annotated[int | None, Ask(N_("Ad clicks so far"), "count")] = None
    ad_orders: Annotated[int | None, Ask(N_("Orders credited to ads so far"), "count")] = None
    ad_gmv: Annotated[float | None, Ask(N_("Sales credited to ads so far"), "money")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RivalNow:
    """A followed rival's day so far, as far as it is visible; every figure is a range."""

    form: ClassVar[str] = "rival_now"
    form_title: ClassVar[str] = N_("A rival tonight")
    rival: Annotated[str, Ask(N_("Rival"), "rival")]
    orders: Annotated[
        str,
        Ask(
            N_("The rival's orders today (number shown on its page)"),
            "orders",
            hint=N_("as a range: 150-180, 100+"),
        ),
    ] = ""
    price: Annotated[
        str, Ask(N_("Price band of items that sell"), "band", hint=N_("copy what the page shows: 129-199"))
    ] = ""
    listings: Annotated[int | None, Ask(N_("Number of listing slots these orders come from"), "count")] = None
    """Number of listing slots these orders came from; None if not counted."""
    note: Annotated[str, Ask(N_("Other observations"), "long")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftSeen:
    """One service agent's inquiries during one shift; the daily export has only totals of whole days."""

    form: ClassVar[str] = "shift"
    form_title: ClassVar[str] = N_("An agent's shift")
    agent: Annotated[str, Ask(N_("Agent"))]
    inquiries: Annotated[int | None, Ask(N_("Buyers who inquired"), "count")] = None
    converted: Annotated[int | None, Ask(N_("Of these buyers, how many paid"), "count")] = None
    shift: Annotated[str, Ask(N_("Shift"), "choice", {
        "evening": N_("evening shift"), "day": N_("day shift"),
    })] = "evening"  # fmt: skip
    hours: Annotated[float | None, Ask(N_("Hours on duty"), "number", hint=N_("2 or 2.5"))] = None
    note: Annotated[str, Ask(N_("Frequent questions"), "long")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnDuty:
    """The agents who answer buyers tonight; the last one of a day counts."""

    form: ClassVar[str] = "duty"
    form_title: ClassVar[str] = N_("Who is on duty tonight")
    agents: Annotated[str, Ask(N_("Agents on duty"), hint=N_("names, or how many: 2"))]


LIVE_MECHANISMS = {
    "flash": N_("flash price on the hour"),
    "coupon": N_("coupon for watching"),
    "gift": N_("gift with an order"),
    "draw": N_("prize draw"),
    "bundle": N_("bundle price"),
    "deposit": N_("pay a deposit first"),
    "trial": N_("try-on and fabric close-up"),
    "other": N_("something else"),
}
"""The sales mechanisms of a live stream: ids and message ids."""
GROUP_MECHANISMS = {
    "coupon": N_("coupon only for the group"),
    "draw": N_("prize draw"),
    "checkin": N_("points for daily check-ins"),
    "preview": N_("first look at new items"),
    "feedback": N_("buyers' photos and votes"),
    "member": N_("member price"),
    "content": N_("outfits and advice"),
    "other": N_("something else"),
}
"""The ways a group keeps its customers: ids and message ids."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveSeen:
    """A live stream in the shop's category that was watched."""

    form: ClassVar[str] = "live"
    form_title: ClassVar[str] = N_("A live stream watched")
    shop: Annotated[str, Ask(N_("Whose live stream"), "shop")]
    anchor: Annotated[str, Ask(N_("Host"))] = ""
    mechanism: Annotated[str, Ask(N_("Method"), "choice", LIVE_MECHANISMS)] = ""
    offer: Annotated[str, Ask(N_("Offer"), hint=N_("in the host's words: 100 off from 300"))] = ""
    viewers: Annotated[
        str,
        Ask(
            N_("Viewers (number shown on the platform's page)"),
            "seen",
            hint=N_("copy what the page shows: 300, 2000+, 1万+"),
        ),
    ] = ""
    borrow: Annotated[str, Ask(N_("Idea to borrow for us"), "long", hint=N_("empty = nothing"))] = ""
    note: Annotated[str, Ask(N_("Other observations"), "long")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunitySeen:
    """Another shop's customer group that was visited."""

    form: ClassVar[str] = "community"
    form_title: ClassVar[str] = N_("A customer group visited")
    shop: Annotated[str, Ask(N_("Whose group"), "shop")]
    group: Annotated[str, Ask(N_("Name of the group"))] = ""
    mechanism: Annotated[str, Ask(N_("How the shop keeps its customers"), "choice", GROUP_MECHANISMS)] = ""
    offer: Annotated[str, Ask(N_("Offer"), hint=N_("in the host's words: 100 off from 300"))] = ""
    members: Annotated[
        str,
        Ask(
            N_("Members (number shown on the platform's page)"),
            "seen",
            hint=N_("copy what the page shows: 300, 2000+, 1万+"),
        ),
    ] = ""
    borrow: Annotated[str, Ask(N_("Idea to borrow for us"), "long", hint=N_("empty = nothing"))] = ""
    note: Annotated[str, Ask(N_("Other observations"), "long")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactMade:
    """A conversation with somebody who runs a shop in another category."""

    form: ClassVar[str] = "contact"
    form_title: ClassVar[str] = N_("A talk with a peer")
    name: Annotated[str, Ask(N_("Talked with"))]
    category: Annotated[str, Ask(N_("Category of the peer"))] = ""
    learnt: Annotated[str, Ask(N_("What we learnt"), "long")] = ""
    borrow: Annotated[str, Ask(N_("Idea to borrow for us"), "long", hint=N_("empty = nothing"))] = ""
    give_back: Annotated[str, Ask(N_("What we can give the peer in return"), "long")] = ""


EVENING_RECORDS = (BuyerIdea, DayNow, RivalNow, ShiftSeen, OnDuty, LiveSeen, CommunitySeen, ContactMade)
