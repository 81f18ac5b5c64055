"""What the evening and the service team record: the day so far, shifts, buyers' words, what others do."""

from __future__ import annotations

from typing import Final

from core.language.wording import N_
from core.records.evening import BuyerIdea, CommunitySeen, ContactMade, DayNow, LiveSeen, RivalNow, ShiftSeen
from routines.forms.form import Field, Form

BUYER_IDEA = Form(
    "buyer_idea",
    N_("What a buyer said"),
    BuyerIdea,
    (
        Field(
            "kind",
            N_("Kind"),
            "choice",
            (
                ("complaint", N_("complaint")),
                ("wish", N_("wish or idea")),
                ("question", N_("question that keeps coming")),
                ("praise", N_("praise")),
            ),
        ),
        Field("text", N_("In the buyer's words"), "long", required=True),
        Field("theme", N_("In one or two words"), hint=N_("size, colour … the same word each time")),
        Field("item", N_("Our item"), "item"),
        Field("buyers", N_("How many buyers said it"), "count", hint=N_("empty = one")),
        Field("agent", N_("Who heard it")),
    ),
)

DAY_NOW = Form(
    "day_now",
    N_("Today so far"),
    DayNow,
    (
        Field("at", N_("Read at"), hint=N_("20:05; empty = now")),
        Field("orders", N_("Orders paid so far"), "count", hint=N_("生意参谋 › 实时")),
        Field("gmv", N_("Sales so far"), "money", hint=N_("生意参谋 › 实时")),
        Field("unpaid", N_("Orders waiting for payment"), "count", hint=N_("千牛 › 等待买家付款")),
        Field("spent", N_("Ad spend so far"), "money", hint=N_("万相台, all scenes together")),
        Field("clicks", N_("Ad clicks so far"), "count"),
        Field("ad_orders", N_("Orders credited to ads so far"), "count"),
        Field("ad_gmv", N_("Sales credited to ads so far"), "money"),
    ),
)

RIVAL_NOW = Form(
    "rival_now",
    N_("A rival tonight"),
    RivalNow,
    (
        Field("rival", N_("Rival"), "rival", required=True),
        Field("orders", N_("Their orders today, as shown"), "orders", hint=N_("a range: 150-180, 100+")),
        Field("price", N_("Price band of what sells"), "band", hint=N_("as seen: 129-199")),
        Field("listings", N_("Listing slots these orders came from"), "count"),
        Field("note", N_("What else was noticed"), "long"),
    ),
)

SHIFT = Form(
    "shift",
    N_("An agent's shift"),
    ShiftSeen,
    (
        Field("agent", N_("Agent"), required=True),
        Field("inquiries", N_("Buyers who asked"), "count"),
        Field("converted", N_("Of them paid"), "count"),
        Field("shift", N_("Shift"), "choice", (("evening", N_("evening shift")), ("day", N_("day shift")))),
        Field("hours", N_("Hours at the desk"), "money", hint=N_("2 or 2.5")),
        Field("note", N_("What kept coming"), "long"),
    ),
)

LIVE = Form(
    "live",
    N_("A live stream watched"),
    LiveSeen,
    (
        Field("shop", N_("Whose stream"), "shop", required=True),
        Field("anchor", N_("Host")),
        Field(
            "mechanism",
            N_("Mechanism"),
            "choice",
            (
                ("flash", N_("flash price on the hour")),
                ("coupon", N_("coupon for watching")),
                ("gift", N_("gift with the order")),
                ("draw", N_("prize draw")),
                ("bundle", N_("bundle price")),
                ("deposit", N_("deposit first")),
                ("trial", N_("try-on and fabric close up")),
                ("other", N_("something else")),
            ),
        ),
        Field("offer", N_("Offer"), hint=N_("as said: 100 off from 300")),
        Field("viewers", N_("Viewers, as shown"), "seen", hint=N_("as seen: 300, 2000+, 1万+")),
        Field("borrow", N_("What we borrow"), "long", hint=N_("empty = nothing")),
        Field("note", N_("What else was noticed"), "long"),
    ),
)

COMMUNITY = Form(
    "community",
    N_("A customer group visited"),
    CommunitySeen,
    (
        Field("shop", N_("Whose group"), "shop", required=True),
        Field("group", N_("Name of the group")),
        Field(
            "mechanism",
            N_("How they keep their customers"),
            "choice",
            (
                ("coupon", N_("coupon only for the group")),
                ("draw", N_("prize draw")),
                ("checkin", N_("points for signing in")),
                ("preview", N_("new arrivals shown first")),
                ("feedback", N_("buyers' photos and votes")),
                ("member", N_("member price")),
                ("content", N_("outfits and advice")),
                ("other", N_("something else")),
            ),
        ),
        Field("offer", N_("Offer"), hint=N_("as said: 100 off from 300")),
        Field("members", N_("Members, as shown"), "seen", hint=N_("as seen: 300, 2000+, 1万+")),
        Field("borrow", N_("What we borrow"), "long", hint=N_("empty = nothing")),
        Field("note", N_("What else was noticed"), "long"),
    ),
)

CONTACT = Form(
    "contact",
    N_("A talk with a peer"),
    ContactMade,
    (
        Field("name", N_("Whom"), required=True),
        Field("category", N_("Their category")),
        Field("learnt", N_("What we learnt"), "long"),
        Field("borrow", N_("What we borrow"), "long", hint=N_("empty = nothing")),
        Field("give_back", N_("What we can give them"), "long"),
    ),
)

EVENING_FORMS: Final[tuple[Form, ...]] = (BUYER_IDEA, DAY_NOW, RIVAL_NOW, SHIFT, LIVE, COMMUNITY, CONTACT)
