"""Records: what people enter by hand in forms, as typed values that analyses read.

A form asks for a record's fields in their order, each as its :class:`Ask` declares. Figures about rivals are
ranges or unknown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Generic, TypeVar

from core.language.wording import N_
from core.records.ask import Ask
from core.records.evening import EVENING_RECORDS
from core.records.experience import EXPERIENCE_RECORDS
from core.records.market import MARKET_RECORDS
from core.records.month import MONTH_RECORDS
from core.records.platform_checks import PLATFORM_RECORDS
from core.records.rivals import RIVAL_RECORDS
from core.records.site_plan import SITE_RECORDS
from core.records.team import TEAM_RECORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class RivalSeen:
    """An observation of a followed rival."""

    form: ClassVar[str] = "rival"
    form_title: ClassVar[str] = N_("A look at a rival")
    rival: Annotated[str, Ask(N_("Rival"), "rival")]
    """The rival's id in shop.toml, or its name as typed."""
    new_listings: Annotated[int | None, Ask(N_("New listings since the last check"), "count")] = None
    season_items: Annotated[int | None, Ask(N_("Season items listed for a week or longer"), "count")] = None
    season_sells: Annotated[bool | None, Ask(N_("Do these season items sell?"), "yesno")] = None
    price: Annotated[str, Ask(N_("Price band"), "band", hint=N_("copy what the page shows: 129-199"))] = ""
    sold: Annotated[
        str, Ask(N_("Displayed sales"), "seen", hint=N_("copy what the page shows: 300, 2000+, 1万+"))
    ] = ""
    reviews: Annotated[int | None, Ask(N_("Number of reviews"), "count")] = None
    bad_reviews: Annotated[
        str,
        Ask(
            N_("What the rival's bad reviews complain about"),
            "long",
            hint=N_("good material for our selling points"),
        ),
    ] = ""
    keyword: Annotated[str, Ask(N_("Keyword searched"))] = ""
    rank: Annotated[
        int | None,
        Ask(
            N_("The rival's ad rank for this keyword"),
            "count",
            hint=N_("empty = not found on the pages looked at"),
        ),
    ] = None
    search_conversion: Annotated[str, Ask(N_("Search conversion shown by a tool"))] = ""
    changes: Annotated[str, Ask(N_("Changes of shop design, pictures, item pages, prices"), "long")] = ""
    off_site: Annotated[
        str, Ask(N_("Outside the platform: WeChat, Weibo, Douyin, Xiaohongshu, influencers"), "long")
    ] = ""  # fmt: skip
    note: Annotated[str, Ask(N_("Other observations"), "long")] = ""


COPY_STATES = {
    "found": N_("copy found"),
    "complained": N_("complaint filed"),
    "removed": N_("copy removed"),
    "rejected": N_("complaint rejected"),
    "left": N_("no action for now"),
}
"""What became of a copy of our listing: ids and message ids."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingCopy:
    """A listing that copies one of ours."""

    form: ClassVar[str] = "copy"
    form_title: ClassVar[str] = N_("A copy of our item")
    item: Annotated[str, Ask(N_("Our item"), "item")]
    shop: Annotated[str, Ask(N_("Shop that sells the copy"))]
    title: Annotated[str, Ask(N_("Title of the copy"))] = ""
    price: Annotated[float | None, Ask(N_("Price of the copy"), "money")] = None
    stolen_pictures: Annotated[bool | None, Ask(N_("Are our pictures stolen?"), "yesno")] = None
    state: Annotated[str, Ask(N_("State"), "choice", COPY_STATES)] = "found"
    link: Annotated[str, Ask(N_("Link"))] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewCase:
    """A bad review that is being resolved."""

    form: ClassVar[str] = "review_case"
    form_title: ClassVar[str] = N_("A bad review being dealt with")
    item: Annotated[str, Ask(N_("Our item"), "item")]
    theme: Annotated[
        str, Ask(N_("What the bad review is about"), hint=N_("size, colour, quality, delivery, service …"))
    ] = ""
    text: Annotated[str, Ask(N_("What the buyer wrote"), "long")] = ""
    state: Annotated[str, Ask(N_("State"), "choice", {
        "open": N_("open"), "contacted": N_("buyer contacted"), "solved": N_("solved"),
        "replied": N_("replied in public"),
    })] = "open"  # fmt: skip
    remedy: Annotated[str, Ask(N_("What we offer, and what we will change"))] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignEntry:
    """A campaign: the platform's, or one of our own."""

    form: ClassVar[str] = "campaign"
    form_title: ClassVar[str] = N_("A campaign")
    name: Annotated[str, Ask(N_("Name"))]
    kind: Annotated[str, Ask(N_("Whose campaign"), "choice", {
        "platform": N_("platform campaign"), "own": N_("our own campaign"),
    })] = "platform"  # fmt: skip
    state: Annotated[str, Ask(N_("State"), "choice", {
        "planned": N_("planned"), "applied": N_("signed up"), "accepted": N_("accepted"),
        "rejected": N_("rejected"), "running": N_("running"), "over": N_("ended"),
    })] = "planned"  # fmt: skip
    deadline: Annotated[date | None, Ask(N_("Sign-up closes"), "date")] = None
    start: Annotated[date | None, Ask(N_("First day"), "date")] = None
    end: Annotated[date | None, Ask(N_("Last day"), "date")] = None
    materials: Annotated[
        str, Ask(N_("Materials still missing"), hint=N_("main picture, banner, campaign price, stock …"))
    ] = ""
    told: Annotated[
        str, Ask(N_("Announced to whom, on which channel"), hint=N_("{chat}, WeChat, QQ, mail, SMS"))
    ] = ""
    """The channels over which people have been told: 旺旺, 微信, QQ, 邮件, 短信."""
    discount: Annotated[
        str, Ask(N_("Offer"), hint=N_("20% off for the first three days, then full price"))
    ] = ""
    method: Annotated[str, Ask(N_("Type of offer"), "choice", {
        "discount": N_("price off"), "threshold": N_("spend-and-save (满减)"),
        "second": N_("discount on the second piece"),
        "shipping": N_("free shipping (包邮)"), "clearance": N_("clearance (清仓)"),
        "parcel": N_("card or gift in the parcel "
        "(包裹营销)"), "launch": N_("launch discount, then full price"),
        "members": N_("members only"),
    })] = ""  # fmt: skip
    """The type of offer in a campaign of our own; empty if the campaign is the platform's or of several
    types."""
    items: Annotated[str, Ask(N_("Items on offer"), hint=N_("item names or numbers; empty = all items"))] = ""
    """Names or numbers of the items on offer; empty if all items are.

    The items not on offer serve to estimate the sales there would have been without the campaign.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One item of the daily check, e.g. the ad balance, and whether it was in order."""

    form: ClassVar[str] = "check"
    form_title: ClassVar[str] = N_("A daily check")
    name: Annotated[str, Ask(N_("What was checked"), "open", {
        "ads_balance": N_("Ad balance"), "tools": N_("Tools and subscriptions"),
        "after_sales": N_("After-sales"), "inbox": N_("Inbox and platform messages"),
        "deposit": N_("Deposit and payouts"), "violations": N_("Violations and points"),
    })]  # fmt: skip
    passed: Annotated[bool | None, Ask(N_("Is everything in order?"), "yesno")] = None
    value: Annotated[
        float | None, Ask(N_("Figure"), "number", hint=N_("such as the balance left or the open cases"))
    ] = None
    expires: Annotated[date | None, Ask(N_("Expires on"), "date")] = None
    note: Annotated[str, Ask(N_("Note"))] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdBudget:
    """The daily ad budget as agreed in a meeting; recording it also writes it to shop.toml."""

    form: ClassVar[str] = "ad_budget"
    form_title: ClassVar[str] = N_("The day's ad budget")
    amount: Annotated[float, Ask(N_("Ad budget per day"), "money", hint=N_("in yuan: 4500"))]
    where: Annotated[
        str, Ask(N_("How the budget is split"), hint=N_("keyword ads 3000, audience ads 1500"))
    ] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpotCheck:
    """The result of a spot check: questions about what was recorded, answered from memory.

    It is filled in on a screen of its own; no step asks for it.
    """

    form: ClassVar[str] = "spot_check"
    form_title: ClassVar[str] = N_("A spot check")
    person: Annotated[str, Ask(N_("Person asked"), "person")]
    questions: Annotated[int, Ask(N_("Questions"), "count")]
    right: Annotated[int, Ask(N_("Correct answers"), "count")]
    wrong: Annotated[str, Ask(N_("Wrong answers"), "long")] = ""
    """The wrong answers: the question, the answer and what was recorded."""


RECORDS: tuple[type[Any], ...] = (
    RivalSeen,
    ListingCopy,
    ReviewCase,
    CampaignEntry,
    Check,
    AdBudget,
    SpotCheck,
    *TEAM_RECORDS,
    *EVENING_RECORDS,
    *MONTH_RECORDS,
    *MARKET_RECORDS,
    *RIVAL_RECORDS,
    *EXPERIENCE_RECORDS,
    *SITE_RECORDS,
    *PLATFORM_RECORDS,
)
"""All record classes; a new one must be added here."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Recorded(Generic[T]):
    """A record with its author, time and entry id."""

    value: T
    at: datetime
    who: str
    id: str
    own: tuple[tuple[str, str | int | float | bool], ...] = ()
    """What was filled in in fields of the shop's own, by name."""


@dataclass(frozen=True, slots=True)
class Records(Generic[T]):
    """All records of one class, oldest first; corrected ones in their latest version."""

    rows: tuple[Recorded[T], ...] = field(default=())

    def __iter__(self) -> Iterator[Recorded[T]]:
        """Iterate over the records, oldest first."""
        return iter(self.rows)

    def __len__(self) -> int:
        """Return the number of records."""
        return len(self.rows)
