"""shop.toml as typed settings; every threshold with its default and where it comes from.

The loading (types, unknown names, one clear sentence) is ``core.shop.loading``. Tables are named tuples: they
are made ten times as fast as dataclasses, and this file stands before every first screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal, NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from core.language.locale_folders import languages

Role: TypeAlias = Literal[
    "owner", "operator", "promotion", "design", "service", "content", "supply", "viewer"
]


NOTHING: Final = MappingProxyType[str, Any]({})
"""A table nobody filled in: one that cannot be changed, for everyone."""


class Person(NamedTuple):
    """Somebody of the team."""

    name: str
    roles: tuple[Role, ...] = ("operator",)
    user: str = ""
    """The Unix user; empty when they have none of their own."""


class Rival(NamedTuple):
    """A shop that is watched."""

    id: str
    name: str
    relation: Literal["better", "equal", "similar"] = "equal"
    followed: bool = True
    """Followed closely (3-5 of the ten)."""
    link: str = ""


class Item(NamedTuple):
    """What the exports do not say about an item of ours."""

    id: str
    name: str = ""
    hero: bool = False
    margin: float | None = None
    """Gross margin as a fraction of the price; None = the shop's."""
    cost: float | None = None
    lead_days: float | None = None
    """From order to shelf; None = the shop's, and when that is None too no reorder point is told."""
    lead_sd: float = 0.0
    pack: int = 1
    season_end: date | None = None
    codes: tuple[str, ...] = ()
    """What warehouse programs call it: 商家编码 of its sizes and colours, 款式编码, 货号."""
    salvage: float | None = None
    """What a piece brings after the season, yuan."""


class CalendarDay(NamedTuple):
    """A day, or a run of days, that is not like its weekday."""

    start: date
    end: date | None = None
    multiplier: float | None = None
    """Expected day figure as a multiple of a usual day; None = not a usual day, size unknown."""
    kind: Literal[
        "festival", "platform", "own", "launch", "work", "closed", "no_shipping", "supplier_closed"
    ] = "platform"
    """Closed: nothing is sold, whatever the multiplier. No shipping: orders go on, so many times the usual.

    Suppliers closed: says nothing of a day's sales; lead times stand still.
    """
    note: str = ""

    def covers(self, day: date) -> bool:
        """Tell whether the day lies in it."""
        return self.start <= day <= (self.end or self.start)


class OddDay(NamedTuple):
    """What somebody said a day was that sold far more, or less, than usual."""

    day: date
    what: Literal["campaign", "order", "level", "file"]
    """A campaign or presale day; one large order; the first day of a new level; a wrong file."""
    item: str = ""
    """The item that sold so; empty: the shop as a whole."""


class Subscription(NamedTuple):
    """A tool that has to be paid for again."""

    name: str
    expires: date


class AdSettings(NamedTuple):
    """What the ad account's export does not say."""

    balance: float | None = None
    """Yuan left in the account, as last typed; the daily check asks for it."""
    balance_on: date | None = None
    daily_budget: float | None = None
    attribution_days: int = 15
    """Days over which the platform credits a click (unverified setting; analysis 4.6)."""
    mature_days: int = 3
    """Days after which 90 % of the final figure is usually there, until the shop has measured its own."""
    same_day_credit: float = 0.7
    """Share of a day's ad sales credited on its own evening (analysis 13; unverified until measured)."""


class Design(NamedTuple):
    """What design answers for, in numbers."""

    shops_a_day: int = 10
    """Shops watched a day (seed 001)."""
    picture_lift: float = 0.20
    """Rise of the click rate a picture test is made for, where none is typed."""
    bonus_per_piece: float = 0.0
    """Yuan to design for each piece sold beyond the threshold; 0 = no such agreement."""
    bonus_from: int = 0
    """Pieces a month that count as usual."""
    bonus_items: tuple[str, ...] = ()
    """Item ids that count; empty = all."""


class Content(NamedTuple):
    """How much is posted, and where."""

    posts_a_day: int = 3
    """Seed 001."""
    channels: tuple[str, ...] = ()
    """Channels to keep alive; empty = those posted to so far."""


class Titles(NamedTuple):
    """How long a title may be, and what may not stand in it."""

    limit_bytes: int = 60
    """GBK bytes (seed 000; a 2024 page claims 128 for Tmall, unverified)."""
    words_a_week: int = 2
    """Words changed in one title in a week (analysis 10)."""
    forbidden: tuple[str, ...] = ()
    """Words beside the superlatives known anyway: others' brands, what the goods are not."""


class Members(NamedTuple):
    """What is believed about old customers until the shop has measured it."""

    repeat_days: float = 90.0
    """A buyer who comes back within so many days counts as returning (analysis 11)."""
    new_over_old: float = 6.0
    """A new buyer costs so many times an old one (seed 003; its origin is unverified)."""


class Limits(NamedTuple):
    """How much is taken at once."""

    text: int = 20_000
    """Characters of one note, reply or field; 100 to 1,000,000."""
    inbox: int = 10_000
    """Files in inbox/; 100 to 1,000,000."""


class DaySettings(NamedTuple):
    """How the day is timed, and for how many people."""

    people: int = 0
    """How many people the shop has; 1 gives the day of one person. 0: not said. At most 1000."""
    idle_minutes: int = 20
    """Minutes without a key after which a step that is open counts as left; 0 = never, else 5 to 240."""
    bell: bool = True
    """The terminal's bell rings once when the time of a box is over."""


class Journal(NamedTuple):
    """Where the journal is kept."""

    store: str = "files"
    """Its kind of store, by its name in :mod:`core.journal.store_choice`."""


class Thresholds(NamedTuple):
    """Every line the analyses hold figures against; the source is named behind each."""

    aov_ratio: float = 1.3
    """Whole-shop AOV over the hero's AOV (seed 003)."""
    bounce_pass: float = 0.70
    """Seed 003."""
    bounce_goal: float = 0.60
    """Seed 003."""
    depth_pass: float = 2.5
    """Seed 003."""
    depth_goal: float = 3.5
    """Seed 003."""
    industry_conversion: float | None = None
    """Industry mean of service conversion (typed, from the export's benchmark rows when None)."""
    industry_on: date | None = None
    service_level: float = 0.95
    """Chance not to run out while a new order travels (analysis 7)."""
    hero_service_level: float = 0.98
    """The same for heroes (analysis 7)."""
    slow_cover_days: float = 90
    """Cover beyond which nothing is ordered (analysis 7)."""
    reorder_cycle_days: float = 14
    """Days of demand an order should last beyond the lead time."""
    keyword_min_clicks: int = 60
    """Below: observe (analysis 4.3)."""
    keyword_delete_p: float = 0.05
    """Delete only below this chance of being good (analysis 4.3)."""
    keyword_raise_p: float = 0.80
    """Raise only above this chance of being good (analysis 4.3)."""
    keyword_step: float = 0.20
    """At most this change of the paid price a day (analysis 4.2)."""
    keyword_kappa: float = 0.7
    """Share of the break-even price to aim at (analysis 4.2)."""
    likely: float = 0.80
    """From here a sentence says "likely" (analysis 0.2)."""
    leans: float = 0.60
    """From here a sentence says "leans" (analysis 0.2)."""
    same_item_dice: float = 0.60
    """Title likeness from which a listing may be the same item (analysis 8)."""
    rival_stale_days: int = 3
    """A followed rival not looked at for longer is stale."""
    false_alarms: float = 1.0
    """Times the usual budget, with which about one quiet morning in twenty brings a false watch or act."""
    balance_days: float = 2.0
    """Days of ad spend the balance should cover."""
    expiry_days: int = 7
    """Days before a subscription ends when it is said."""
    campaigns_per_month: int = 4
    """Planned campaigns a month."""
    top_items: int = 5
    """Items by traffic whose copies and reviews are looked at (seeds: top 5)."""
    live_per_day: int = 2
    """Live streams of the category watched a day (seed 001: a fixed number)."""
    communities_per_day: int = 2
    """Customer groups of other shops visited a day (seed 001: a fixed number)."""
    contacts_per_day: int = 1
    """Talks with peers of another category a day (seed 001)."""


class Shop(NamedTuple):
    """One shop: its settings as typed, checked values."""

    name: str
    platform: Literal["tmall", "taobao"] = "tmall"
    also: tuple[str, ...] = ()
    """Other names the shop goes by in exports."""
    shop_ids: tuple[str, ...] = ()
    """The shop's ids in exports."""
    language: Annotated[str, languages] = ""
    """Empty: the reader's environment decides."""
    timezone: str = "Asia/Shanghai"
    margin: float | None = None
    """Gross margin as a fraction; None = no money verdicts."""
    refund_rate: float = 0.0
    """Share of paid money that goes back."""
    lead_days: float | None = None
    weekday_weights: tuple[float, ...] = ()
    """Monday to Sunday, typed; empty = from the shop's own history."""
    targets: Mapping[str, float] = NOTHING
    """Month "2026-11" to yuan."""
    ads: AdSettings = AdSettings()
    thresholds: Thresholds = Thresholds()
    design: Design = Design()
    content: Content = Content()
    titles: Titles = Titles()
    members: Members = Members()
    limits: Limits = Limits()
    day: DaySettings = DaySettings()
    journal: Journal = Journal()
    team: tuple[Person, ...] = ()
    rivals: tuple[Rival, ...] = ()
    items: tuple[Item, ...] = ()
    calendar: tuple[CalendarDay, ...] = ()
    odd_days: tuple[OddDay, ...] = ()
    subscriptions: tuple[Subscription, ...] = ()
    source_names: Mapping[str, str] = NOTHING
    """A source's name in an export to the name it should go by (renames over time)."""

    @property
    def zone(self) -> ZoneInfo:
        """The shop's time zone."""
        return ZoneInfo(self.timezone)

    def item(self, item_id: str) -> Item:
        """Return what is set for the item, defaults when nothing is."""
        return next((item for item in self.items if item.id == item_id), Item(id=item_id))

    def margin_of(self, item_id: str = "") -> float | None:
        """Return the item's gross margin, else the shop's, else None."""
        own = self.item(item_id).margin
        return self.margin if own is None else own

    def lead_days_of(self, item_id: str) -> float | None:
        """Return the item's lead time in days, else the shop's, else None."""
        own = self.item(item_id).lead_days
        return self.lead_days if own is None else own

    def special(self, day: date) -> CalendarDay | None:
        """Return what makes the day's sales unlike its weekday; the last one written wins.

        A closed day is worth nothing, written or not.
        """
        for special in reversed(self.calendar):
            if special.kind != "supplier_closed" and special.covers(day):
                return special._replace(multiplier=0.0) if special.kind == "closed" else special
        return None

    def supplier_closed(self, day: date) -> CalendarDay | None:
        """Return the closure of the suppliers that the day lies in."""
        return next((one for one in self.calendar if one.kind == "supplier_closed" and one.covers(day)), None)

    def told_days(self, item: str = "") -> dict[date, OddDay]:
        """Return what was said of odd days of the item, or of the shop as a whole; the last word counts."""
        return {one.day: one for one in self.odd_days if one.item == item}

    def multiplier(self, day: date) -> float:
        """Return the day's expected figure as a multiple of a usual day; 1 when nothing is known."""
        special = self.special(day)
        return 1.0 if special is None or special.multiplier is None else special.multiplier

    def target(self, day: date) -> float | None:
        """Return the target of the day's month in yuan; None when none is set."""
        return self.targets.get(f"{day:%Y-%m}") or None

    def person(self, user: str) -> Person | None:
        """Return who of the team the Unix user is."""
        return next((person for person in self.team if user and person.user == user), None)


def settings_file(folder: Path) -> Path:
    """Return where a shop folder keeps its settings."""
    return folder / "shop.toml"
