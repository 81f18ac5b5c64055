"""What the evening and the service team record: the day so far, shifts, buyers' words, what others do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class BuyerIdea:
    """What a buyer asked for, complained about or praised, as service heard it."""

    form: ClassVar[str] = "buyer_idea"
    text: str
    kind: str = "complaint"
    """complaint, wish, question, praise."""
    theme: str = ""
    """One or two words it can be counted by: size, delivery, colour."""
    item: str = ""
    buyers: int | None = None
    """How many said it; None = one."""
    agent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayNow:
    """Today so far, read off the screen of an evening: nothing of it is in an export yet."""

    form: ClassVar[str] = "day_now"
    at: str = ""
    """HH:MM it was read at; empty = when it was typed."""
    orders: int | None = None
    """Orders paid so far today."""
    gmv: float | None = None
    unpaid: int | None = None
    """Orders of today waiting for payment."""
    spent: float | None = None
    """Ads, all accounts together."""
    clicks: int | None = None
    ad_orders: int | None = None
    ad_gmv: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RivalNow:
    """A followed rival's day so far, as far as it is shown; every figure a range."""

    form: ClassVar[str] = "rival_now"
    rival: str
    orders: str = ""
    """Orders of today as shown: 150-180, 100+."""
    price: str = ""
    """What they are paid for: 139-189."""
    listings: int | None = None
    """Listing slots these orders came from; None = not counted."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftSeen:
    """One agent's inquiries on one shift, which the daily export does not tell apart."""

    form: ClassVar[str] = "shift"
    agent: str
    inquiries: int | None = None
    converted: int | None = None
    shift: str = "evening"
    """evening or day."""
    hours: float | None = None
    """Hours at the desk on this shift."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveSeen:
    """One live stream of the category, watched."""

    form: ClassVar[str] = "live"
    shop: str
    anchor: str = ""
    mechanism: str = ""
    """flash, coupon, gift, draw, bundle, deposit, trial, other."""
    offer: str = ""
    viewers: str = ""
    """As shown: 300, 2000+."""
    borrow: str = ""
    """What we take over from it; empty = nothing."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunitySeen:
    """One customer group of another shop, visited."""

    form: ClassVar[str] = "community"
    shop: str
    group: str = ""
    mechanism: str = ""
    """coupon, draw, checkin, preview, feedback, member, content, other."""
    offer: str = ""
    members: str = ""
    borrow: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactMade:
    """One talk with somebody who runs a shop in another category."""

    form: ClassVar[str] = "contact"
    name: str
    category: str = ""
    learnt: str = ""
    borrow: str = ""
    """What of it we try."""
    give_back: str = ""


EVENING_RECORDS = (BuyerIdea, DayNow, RivalNow, ShiftSeen, LiveSeen, CommunitySeen, ContactMade)
