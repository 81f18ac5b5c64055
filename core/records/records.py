"""What is recorded by hand, as typed values; the analyses read them, the forms of the day fill them in.

A field's metadata says how a form asks for it; numbers typed about rivals are ranges or unknown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar, Generic, TypeVar

from core.records.evening import EVENING_RECORDS
from core.records.month import MONTH_RECORDS
from core.records.rivals import RIVAL_RECORDS
from core.records.team import TEAM_RECORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class RivalSeen:
    """One look at one followed rival."""

    form: ClassVar[str] = "rival"
    rival: str
    """Shop id from shop.toml, or the name as typed."""
    new_listings: int | None = None
    season_items: int | None = None
    """Items of the season's line live for a week or longer."""
    season_sells: bool | None = None
    price: str = ""
    """Price band as seen: 129-199."""
    sold: str = ""
    """Displayed count as seen: 2000+, 1万+, 300."""
    reviews: int | None = None
    bad_reviews: str = ""
    """What their bad reviews complain about, in their words."""
    keyword: str = ""
    rank: int | None = None
    """Ad rank seen for the keyword; None = not within what was looked at."""
    search_conversion: str = ""
    changes: str = ""
    """Decoration, description, price, picture changes."""
    off_site: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingCopy:
    """A listing that copies one of ours."""

    form: ClassVar[str] = "copy"
    item: str
    shop: str
    title: str = ""
    price: float | None = None
    stolen_pictures: bool | None = None
    state: str = "found"
    """found, complained, removed, rejected, left."""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewCase:
    """A bad review being solved."""

    form: ClassVar[str] = "review_case"
    item: str
    theme: str = ""
    text: str = ""
    state: str = "open"
    """open, contacted, solved, replied."""
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignEntry:
    """A campaign applied for or of our own."""

    form: ClassVar[str] = "campaign"
    name: str
    kind: str = "platform"
    """platform or own."""
    state: str = "planned"
    """planned, applied, accepted, rejected, running, over."""
    deadline: date | None = None
    start: date | None = None
    end: date | None = None
    materials: str = ""
    told: str = ""
    """Channels already told: 旺旺, 微信, QQ, 邮件, 短信."""
    discount: str = ""
    items: str = ""
    """Items on offer by name or number, where not all are: the others show what would have come anyway."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing looked at in the daily check."""

    form: ClassVar[str] = "check"
    name: str
    """ads_balance, tools, after_sales, inbox, or the shop's own."""
    passed: bool | None = None
    value: float | None = None
    expires: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpotCheck:
    """How a spot check went: questions on what was recorded, answered from memory."""

    form: ClassVar[str] = "spot_check"
    person: str
    """Who was asked."""
    questions: int
    right: int
    wrong: str = ""
    """What was not right: question, what was said, what was recorded."""


RECORDS: tuple[type[Any], ...] = (
    RivalSeen,
    ListingCopy,
    ReviewCase,
    CampaignEntry,
    Check,
    SpotCheck,
    *TEAM_RECORDS,
    *EVENING_RECORDS,
    *MONTH_RECORDS,
    *RIVAL_RECORDS,
)
"""Every kind of record; a new one is one class and its name here."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Recorded(Generic[T]):
    """One record with when, by whom and its entry id."""

    value: T
    at: datetime
    who: str
    id: str


@dataclass(frozen=True, slots=True)
class Records(Generic[T]):
    """All records of one kind up to now, oldest first; corrected ones in their last form."""

    rows: tuple[Recorded[T], ...] = field(default=())

    def __iter__(self) -> Iterator[Recorded[T]]:
        """Go through the records, oldest first."""
        return iter(self.rows)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.rows)
