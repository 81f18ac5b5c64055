"""Records that team members make in the afternoon.

Recording something again under the same name replaces the earlier version.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from core.language.wording import N_
from core.records.ask import Ask


@dataclass(frozen=True, slots=True, kw_only=True)
class PromotionPlan:
    """A change of ad spending that the promotion role proposes on its own initiative."""

    form: ClassVar[str] = "promotion_plan"
    form_title: ClassVar[str] = N_("A proposal of the promotion team")
    channel: Annotated[str, Ask(N_("Channel"), hint=N_("keyword ads, audience ads, outside the platform …"))]
    item: Annotated[str, Ask(N_("Item"), "item")] = ""
    budget: Annotated[float | None, Ask(N_("Change per day, yuan (minus = less)"), "money")] = None
    visitors: Annotated[int | None, Ask(N_("Expected visitors per day"), "count")] = None
    reason: Annotated[str, Ask(N_("Reason for the proposal"), "long")] = ""
    state: Annotated[str, Ask(N_("State"), "choice", {
        "proposed": N_("proposed"), "agreed": N_("agreed"), "declined": N_("declined"),
    })] = "proposed"  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureTest:
    """An A/B test of two main pictures, with the counts shown by the testing tool."""

    form: ClassVar[str] = "picture_test"
    form_title: ClassVar[str] = N_("A picture test")
    item: Annotated[str, Ask(N_("Item"), "item")]
    what: Annotated[str, Ask(N_("What the new picture does differently"))] = ""
    start: Annotated[date | None, Ask(N_("Start date"), "date")] = None
    goal_lift: Annotated[
        float | None, Ask(N_("Wanted increase of the click rate, %"), "number", hint="20")
    ] = None
    sample: Annotated[
        int | None,
        Ask(N_("Impressions needed for each picture"), "count", hint=N_("as decided before the start")),
    ] = None
    old_impressions: Annotated[int | None, Ask(N_("Old picture: impressions"), "count")] = None
    old_clicks: Annotated[int | None, Ask(N_("Old picture: clicks"), "count")] = None
    new_impressions: Annotated[int | None, Ask(N_("New picture: impressions"), "count")] = None
    new_clicks: Annotated[int | None, Ask(N_("New picture: clicks"), "count")] = None
    state: Annotated[str, Ask(N_("State"), "choice", {
        "planned": N_("planned"), "running": N_("running"), "over": N_("ended"),
    })] = "running"  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class NewItem:
    """The progress of a new item until it is listed."""

    form: ClassVar[str] = "new_item"
    form_title: ClassVar[str] = N_("A new item")
    item: Annotated[str, Ask(N_("Item"), "item")]
    pictures: Annotated[date | None, Ask(N_("Pictures due"), "date")] = None
    page: Annotated[date | None, Ask(N_("Item page due"), "date")] = None
    listed: Annotated[date | None, Ask(N_("Listing day"), "date")] = None
    state: Annotated[str, Ask(N_("Last finished stage"), "choice", {
        "planned": N_("planned"), "pictures": N_("pictures ready"), "page": N_("item page ready"),
        "listed": N_("listed"), "dropped": N_("dropped"),
    })] = "planned"  # fmt: skip
    conversion: Annotated[float | None, Ask(N_("Promised conversion, %"), "number", hint="2.5")] = None
    note: Annotated[str, Ask(N_("Note"))] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopWatched:
    """A shop that was visited today to look at its pictures and pages."""

    form: ClassVar[str] = "shop_watched"
    form_title: ClassVar[str] = N_("A rival shop looked at")
    shop: Annotated[str, Ask(N_("Shop"), "shop")]
    changed: Annotated[str, Ask(N_("What changed in that shop"), "long")] = ""
    good: Annotated[str, Ask(N_("What that shop does well"), "long")] = ""
    borrow: Annotated[str, Ask(N_("How we do it in our own way"), "long")] = ""
    """An idea to adopt in our own way; pictures are never copied."""
    item: Annotated[str, Ask(N_("For which item of ours"), "item")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureChange:
    """A change of one of our main pictures or item pages."""

    form: ClassVar[str] = "picture_change"
    form_title: ClassVar[str] = N_("A changed main picture")
    item: Annotated[str, Ask(N_("Item"), "item")]
    what: Annotated[str, Ask(N_("What changed"))] = ""
    on: Annotated[date | None, Ask(N_("Changed on"), "date")] = None
    says: Annotated[
        str, Ask(N_("What the picture promises now"), hint=N_("buyers will ask the service team about it"))
    ] = ""
    told: Annotated[bool | None, Ask(N_("Are the service team's answers updated?"), "yesno")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingChange:
    """A change of a listing other than its picture, recorded so that its effect can be measured."""

    form: ClassVar[str] = "listing_change"
    form_title: ClassVar[str] = N_("A changed title, price or page")
    item: Annotated[str, Ask(N_("Item"), "item")]
    part: Annotated[str, Ask(N_("What was changed"), "choice", {
        "title": N_("title"), "price": N_("price"), "page": N_("item page"),
    })] = "title"  # fmt: skip
    what: Annotated[str, Ask(N_("What changed"))] = ""
    on: Annotated[date | None, Ask(N_("Changed on"), "date")] = None


POST_PICTURES = {"wanted": N_("still to be made"), "ready": N_("ready")}
"""The states of a post's picture: ids and message ids."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentPost:
    """A post on a content channel."""

    form: ClassVar[str] = "post"
    form_title: ClassVar[str] = N_("A post")
    channel: Annotated[str, Ask(N_("Channel"), hint=N_("微淘, WeChat, Weibo, Xiaohongshu, Douyin, 逛逛 …"))]
    title: Annotated[str, Ask(N_("Title"))]
    item: Annotated[str, Ask(N_("Item"), "item")] = ""
    on: Annotated[date | None, Ask(N_("Day"), "date")] = None
    """The day the post is planned for or was published; None if it is the day of recording."""
    state: Annotated[str, Ask(N_("State"), "choice", {
        "planned": N_("planned"), "posted": N_("posted"), "dropped": N_("dropped"),
    })] = "planned"  # fmt: skip
    picture: Annotated[
        str, Ask(N_("Picture from design"), "choice", POST_PICTURES, hint=N_("empty = none needed"))
    ] = ""
    """Whether design has made its picture; empty if it needs none."""
    reads: Annotated[int | None, Ask(N_("Times read"), "count")] = None
    visitors: Annotated[int | None, Ask(N_("Visitors brought"), "count")] = None
    orders: Annotated[int | None, Ask(N_("Orders brought"), "count")] = None
    gmv: Annotated[float | None, Ask(N_("Sales brought, yuan"), "money")] = None
    cost: Annotated[
        float | None, Ask(N_("Cost, yuan"), "money", hint=N_("influencer, sample goods, promotion"))
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WakeUp:
    """A message sent to a group of former customers."""

    form: ClassVar[str] = "wake_up"
    form_title: ClassVar[str] = N_("A message to returning customers")
    group: Annotated[str, Ask(N_("Group"))]
    channel: Annotated[str, Ask(N_("Channel"), hint=N_("{chat}, WeChat, SMS, member page"))] = ""
    offer: Annotated[str, Ask(N_("Offer"))] = ""
    on: Annotated[date | None, Ask(N_("Sent on"), "date")] = None
    sent: Annotated[int | None, Ask(N_("Buyers written to"), "count")] = None
    held: Annotated[
        int | None,
        Ask(
            N_("Buyers in the hold-out group"),
            "count",
            hint=N_("a tenth of the group gets no message, to compare with"),
        ),
    ] = None
    """Number of customers of the group who were deliberately not written to (the hold-out group)."""
    back: Annotated[int | None, Ask(N_("Of those written to, how many bought"), "count")] = None
    held_back: Annotated[int | None, Ask(N_("Of the hold-out group, how many bought"), "count")] = None
    cost: Annotated[float | None, Ask(N_("Cost of messages and coupons"), "money")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A campaign or rule announced by the platform or a category group."""

    form: ClassVar[str] = "notice"
    form_title: ClassVar[str] = N_("A campaign notice")
    campaign: Annotated[str, Ask(N_("Campaign or rule"))]
    where: Annotated[str, Ask(N_("Where the notice was seen"), hint=N_("{notice_places}"))] = ""
    deadline: Annotated[date | None, Ask(N_("Sign-up closes"), "date")] = None
    how: Annotated[str, Ask(N_("How to sign up, and what must be ready"), "long")] = ""
    concerns: Annotated[bool | None, Ask(N_("Does the campaign suit us?"), "yesno")] = None
    """Whether it applies to us; None if undecided."""
    state: Annotated[str, Ask(N_("State"), "choice", {
        "new": N_("new notice"), "preparing": N_("being prepared"), "applied": N_("signed up"),
        "passed over": N_("not taking part"),
    })] = "new"  # fmt: skip
    prepares: Annotated[str, Ask(N_("Who prepares the sign-up"))] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaokePartner:
    """A taoke (affiliate) promoter: the current terms, and the results of one day."""

    form: ClassVar[str] = "taoke"
    form_title: ClassVar[str] = N_("{affiliates} promoter")
    name: Annotated[str, Ask(N_("Promoter"))]
    channel: Annotated[
        str, Ask(N_("Channel"), hint=N_("WeChat groups, Weibo, rebate site, {affiliate_market} …"))
    ] = ""
    contact: Annotated[str, Ask(N_("Contact"))] = ""
    item: Annotated[str, Ask(N_("Item"), "item")] = ""
    commission: Annotated[float | None, Ask(N_("Commission, %"), "number")] = None
    state: Annotated[str, Ask(N_("State"), "choice", {
        "running": N_("running"), "talking": N_("in talks"), "paused": N_("paused"),
        "ended": N_("ended"),
    })] = "running"  # fmt: skip
    on: Annotated[date | None, Ask(N_("Day of the figures"), "date", hint=N_("empty = today"))] = None
    """The day the figures belong to; None if it is the day of recording."""
    visitors: Annotated[int | None, Ask(N_("Visitors brought"), "count")] = None
    buyers: Annotated[int | None, Ask(N_("Buyers brought"), "count")] = None
    gmv: Annotated[float | None, Ask(N_("Sales brought, yuan"), "money")] = None
    refunded: Annotated[float | None, Ask(N_("Refunds of these sales, yuan"), "money")] = None
    fee: Annotated[float | None, Ask(N_("Commission paid, yuan"), "money")] = None
    note: Annotated[str, Ask(N_("Note"), "long")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamIdea:
    """A team member's view and proposal about their own work, and whether it was accepted."""

    form: ClassVar[str] = "team_idea"
    form_title: ClassVar[str] = N_("A view and proposal from the team")
    person: Annotated[str, Ask(N_("Who proposes it"), "person")]
    sees: Annotated[
        str,
        Ask(N_("How this person sees it"), "long", hint=N_("the team's own interpretation of the figures")),
    ] = ""
    proposes: Annotated[str, Ask(N_("What this person proposes"), "long")]
    adopted: Annotated[bool | None, Ask(N_("Was the proposal accepted?"), "yesno")] = None
    result: Annotated[str, Ask(N_("What the proposal achieved"), "long")] = ""


BRIEF_PIECES = {
    "main": N_("main picture"),
    "first": N_("first screen"),
    "page": N_("item page"),
    "banner": N_("campaign picture"),
}
"""The kinds of pictures that a design brief can ask for: ids and message ids."""
BRIEF_STATES = {
    "given": N_("given to the designer"),
    "working": N_("in progress"),
    "delivered": N_("delivered"),
    "accepted": N_("accepted"),
    "dropped": N_("dropped"),
}
"""The states of a design brief: ids and message ids."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignBrief:
    """A design brief: what a picture must show, in words that a designer can work from."""

    form: ClassVar[str] = "brief"
    form_title: ClassVar[str] = N_("A design brief")
    item: Annotated[str, Ask(N_("Item"), "item")]
    due: Annotated[date, Ask(N_("Due day"), "date")]
    shows: Annotated[
        str,
        Ask(
            N_("What the picture must show"),
            "long",
            hint=N_("one point first: what a buyer should see in the first second"),
        ),
    ]
    piece: Annotated[str, Ask(N_("Which picture"), "choice", BRIEF_PIECES)] = "main"
    buyer: Annotated[
        str, Ask(N_("Whom the picture is for"), hint=N_("who buys it, and what they worry about"))
    ] = ""
    words: Annotated[
        str,
        Ask(N_("Text on the picture"), hint=N_("at most eight characters; the price, if it is an advantage")),
    ] = ""
    never: Annotated[str, Ask(N_("What the picture must not show or claim"))] = ""
    like: Annotated[str, Ask(N_("Reference picture"), hint=N_("link, or whose picture; never copy it"))] = ""
    person: Annotated[str, Ask(N_("Who makes the picture"), "person")] = ""
    state: Annotated[str, Ask(N_("State"), "choice", BRIEF_STATES)] = "given"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentMembers:
    """How many customers a service agent won for the shop's club and groups on one day."""

    form: ClassVar[str] = "agent_members"
    form_title: ClassVar[str] = N_("New members and contacts won by an agent")
    agent: Annotated[str, Ask(N_("Agent"))]
    on: Annotated[date | None, Ask(N_("Day"), "date", hint=N_("empty = today"))] = None
    members: Annotated[int | None, Ask(N_("New members of the club or fan group"), "count")] = None
    contacts: Annotated[int | None, Ask(N_("New contacts (WeChat, {chat} group)"), "count")] = None


TEAM_RECORDS = (
    PromotionPlan, PictureTest, NewItem, ShopWatched, PictureChange, ListingChange, ContentPost, WakeUp,
    Notice, TaokePartner, TeamIdea, DesignBrief, AgentMembers,
)  # fmt: skip
