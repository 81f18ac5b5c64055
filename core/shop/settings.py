"""The settings of shop.toml as typed values; each threshold has a default and names its source.

``core.shop.loading`` loads them. Tables are named tuples because those are created ten times as fast as
dataclasses, and the settings are loaded before the first screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal, NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from core.language.locale_folders import languages
from core.language.speech import YUAN
from core.platforms.profile import DEFAULT, PlatformProfile, platforms, profile

Role: TypeAlias = Literal[
    "owner", "operator", "promotion", "design", "service", "content", "supply", "viewer"
]


NOTHING: Final = MappingProxyType[str, Any]({})
"""The default for tables: an empty, read-only mapping."""


class Person(NamedTuple):
    """A team member."""

    name: str
    roles: tuple[Role, ...] = ("operator",)
    user: str = ""
    """The person's Unix user; empty if they have no account of their own."""


class Rival(NamedTuple):
    """A competing shop that the team watches."""

    id: str
    name: str
    relation: Literal["better", "equal", "similar"] = "equal"
    followed: bool = True
    """Whether the rival is watched closely, as three to five of ten rivals are."""
    link: str = ""


class Item(NamedTuple):
    """Settings of an item: what the exports do not contain about it."""

    id: str
    name: str = ""
    hero: bool = False
    margin: float | None = None
    """Gross margin as a fraction of the price; None: the shop's margin."""
    cost: float | None = None
    lead_days: float | None = None
    """Lead time in days from order to shelf; None: the shop's. Without either, no reorder point is
    computed."""
    lead_sd: float = 0.0
    pack: int = 1
    season_end: date | None = None
    codes: tuple[str, ...] = ()
    """The item's codes in warehouse programs: 商家编码 of its sizes and colours, 款式编码, 货号."""
    salvage: float | None = None
    """The value in yuan of a piece left over after the season."""


class CalendarDay(NamedTuple):
    """A day, or a range of days, that differs from ordinary days of the same weekday."""

    start: date
    end: date | None = None
    multiplier: float | None = None
    """The expected daily figure as a multiple of a usual day; None: unusual, by an unknown factor."""
    kind: Literal[
        "festival", "platform", "own", "launch", "after", "work", "closed", "no_shipping", "supplier_closed"
    ] = "platform"
    """The kind of day.

    ``after``: the quiet days after a campaign, which ``note`` names.
    ``closed``: nothing is sold, whatever the multiplier. ``no_shipping``: orders continue, at ``multiplier``
    times the usual. ``supplier_closed``: sales are not affected; lead times pause.
    """
    note: str = ""
    profile: tuple[float, ...] = ()
    """For each day of a range, its expected multiple of a usual day; empty: ``multiplier`` on all of them."""
    state: Literal["confirmed", "proposed", "not_for_us"] = "confirmed"
    """``proposed``: drafted and not confirmed, so its size is doubtful. ``not_for_us``: the shop does not
    take part, so the days are ordinary."""
    source: Literal["", "public", "habit", "moved", "own", "sales"] = ""
    """Where a draft comes from; empty: a person wrote the entry."""

    @property
    def last(self) -> date:
        """The last day of the range."""
        return self.end or self.start

    @property
    def counts(self) -> bool:
        """Whether the entry changes the shop's days: the shop takes part, or may still do so."""
        return self.state != "not_for_us"

    def covers(self, day: date) -> bool:
        """Return whether ``day`` lies in the range."""
        return self.start <= day <= self.last

    def touches(self, start: date, end: date) -> bool:
        """Return whether the range has a day in common with the days from ``start`` to ``end``."""
        return self.start <= end and start <= self.last

    def on(self, day: date) -> CalendarDay:
        """Return the entry with the multiplier it has on this day of the range."""
        if self.kind == "closed":
            return self._replace(multiplier=0.0)
        place = (day - self.start).days
        return self._replace(multiplier=self.profile[place]) if place < len(self.profile) else self


class OddDay(NamedTuple):
    """A person's explanation of a day on which sales were far above or below the usual."""

    day: date
    what: Literal["campaign", "order", "level", "file"]
    """A campaign or presale day; one large order; the first day of a new sales level; a wrong file."""
    item: str = ""
    """The id of the item concerned; empty for the shop as a whole."""


class Subscription(NamedTuple):
    """A paid tool whose subscription must be renewed."""

    name: str
    expires: date


class IndicatorRow(NamedTuple):
    """A row of the shop's own in the table of indicators."""

    metric: Literal["cart_rate", "bounce_rate", "depth", "returning", "buyers"]
    aim: float
    """The value to reach, rates as fractions; for the bounce rate the value not to exceed."""
    role: Role = "operator"


class AdSettings(NamedTuple):
    """Settings of the ad account: what its exports do not contain."""

    balance: float | None = None
    """Yuan left in the account, as last entered; the daily check asks for it."""
    balance_on: date | None = None
    daily_budget: float | None = None
    attribution_days: int = 15
    """Days over which the platform credits sales to a click (unverified)."""
    mature_days: int = 3
    """Days after which usually 90 % of the final ad sales are credited; used until it can be computed from
    the shop's own data."""
    same_day_credit: float = 0.7
    """Share of a day's ad sales already credited on that evening (unverified
    until measured)."""


class MoneySettings(NamedTuple):
    """What an order costs besides its goods; fees are shares of confirmed sales (确认收货), others in yuan.

    A cost that is None is not set; computed profits leave it out and name it as missing.
    """

    base_fee: float | None = None
    """The platform's own fee (基础软件服务费); None: the rate in the platform's profile."""
    category_fee: float | None = None
    """The commission of the item category on Tmall; Taobao charges none."""
    points: float | None = None
    """The fee for reward points (返点积分)."""
    ship: float | None = None
    """The cost of sending a parcel, with its packing."""
    insurance: float | None = None
    """The cost of return insurance (运费险, 退货宝) for one parcel."""
    insurance_on: Literal["shipped", "paid"] = "shipped"
    """Whether insurance is charged for parcels sent or for orders paid."""
    return_cost: float | None = None
    """The cost of handling a returned parcel, with its freight if the shop pays it."""
    resale_loss: float | None = None
    """Share of the goods cost lost on a returned piece."""
    fixed_month: float | None = None
    """The fixed costs of a month: rent, wages and tools."""

    @property
    def fees(self) -> float:
        """Return the sum of the fees that are set, as a fraction of confirmed sales (确认收货)."""
        return (self.base_fee or 0.0) + (self.category_fee or 0.0) + (self.points or 0.0)


class TargetSettings(NamedTuple):
    """The sales that must reach a month's target: net sales, paid sales or both."""

    judge: Literal["", "net", "paid", "both"] = ""
    """By net sales (after refunds), by paid sales, or by both; empty: by net sales if a net target is set,
    else by paid sales."""


class Design(NamedTuple):
    """Targets and bonus terms of the design team."""

    shops_a_day: int = 10
    """Rival shops to look at per day (a rule of thumb of the trade)."""
    picture_lift: float = 0.20
    """The relative rise of the click rate that a picture test should detect, unless one is entered."""
    bonus_per_piece: float = 0.0
    """Bonus in yuan for each piece sold beyond ``bonus_from``; 0: no bonus agreement."""
    bonus_from: int = 0
    """Pieces per month that earn no bonus."""
    bonus_items: tuple[str, ...] = ()
    """Ids of the items that count towards the bonus; empty: all items."""


class Content(NamedTuple):
    """Settings for content posts: how many a day, and on which channels."""

    posts_a_day: int = 3
    """Posts per day (a rule of thumb of the trade)."""
    channels: tuple[str, ...] = ()
    """Channels to post to regularly; empty: the channels used so far."""


class Titles(NamedTuple):
    """Rules for item titles: length, changes per week, forbidden words."""

    limit_bytes: int = 60
    """Maximum length in GBK bytes (a rule of the trade; a 2024 page claims 128 for Tmall, unverified)."""
    words_a_week: int = 2
    """Maximum number of words changed in one title per week."""
    forbidden: tuple[str, ...] = ()
    """Forbidden words in addition to the built-in superlatives: other brands, properties the goods do not
    have."""


class Members(NamedTuple):
    """Assumptions about returning customers, used until the shop has measured them."""

    repeat_days: float = 90.0
    """A buyer who orders again within this many days counts as returning."""
    new_over_old: float = 6.0
    """The cost of a new buyer as a multiple of that of a returning one (a rule of thumb of the trade;
    unverified)."""


class Limits(NamedTuple):
    """Limits on the size of input."""

    text: int = 20_000
    """Maximum characters of one note, reply or field; 100 to 1,000,000."""
    inbox: int = 10_000
    """Maximum number of files in inbox/; 100 to 1,000,000."""


class DaySettings(NamedTuple):
    """Settings of the working day: the number of people, idle time and the bell."""

    people: int = 0
    """The number of people in the shop (at most 1000); 1 gives the day plan for one person. 0: unknown."""
    idle_minutes: int = 20
    """Minutes without a key press after which an open step is taken to be left; 0: never, else 5 to 240."""
    bell: bool = True
    """Whether to ring the terminal bell once when the time planned for a step is over."""


AlertName: TypeAlias = Literal["stock", "dispatch", "ad_balance"]


class WorkerSettings(NamedTuple):
    """What ``shopday worker`` sends by itself to the shop's channel; nothing unless set."""

    post_at: str = ""
    """The time of day, such as 20:30, from which the finished daily report is sent, once; empty: never."""
    alerts: tuple[AlertName, ...] = ()
    """The facts about which a message is sent at once when they become true, each once.

    ``stock``: an item is sold out, or probably will be before a new order can arrive. ``dispatch``: paid
    orders are not dispatched after 48 hours. ``ad_balance``: the ad balance is nearly used up.
    """


class Journal(NamedTuple):
    """Where the journal is stored."""

    store: str = "files"
    """The kind of store, by its name in :mod:`core.journal.store_choice`."""
    shop: str = ""
    """The shop's key in a database that keeps the journals of several shops; unused with files."""


class FleetSettings(NamedTuple):
    """What other shops of the same owner or agency may learn from this shop."""

    compare_actions: bool = False
    """Whether this shop's actions count in the table of what worked in how many shops; no names are shown."""


class Thresholds(NamedTuple):
    """All thresholds of the analyses, each with its source where it has one."""

    aov_ratio: float = 1.3
    """Required ratio of the whole shop's average order value to that of its best seller (a rule of thumb of
    the trade)."""
    bounce_pass: float = 0.70
    """The bounce rate a page must not exceed (a rule of thumb of the trade)."""
    bounce_goal: float = 0.60
    """The bounce rate to aim for (a rule of thumb of the trade)."""
    depth_pass: float = 2.5
    """The pages per visitor a page must reach (a rule of thumb of the trade)."""
    depth_goal: float = 3.5
    """The pages per visitor to aim for (a rule of thumb of the trade)."""
    old_visitors_many: float = 0.50
    """The share of returning visitors from which a shop's pages have stricter limits (a judgement)."""
    bounce_old: float = 0.50
    """The bounce rate that pages with many returning visitors must not exceed (a rule of thumb of the
    trade)."""
    depth_old: float = 4.0
    """The pages per visitor that pages with many returning visitors must reach (a rule of thumb of the
    trade)."""
    industry_conversion: float | None = None
    """The industry's mean inquiry conversion; None: taken from the export's benchmark rows."""
    industry_on: date | None = None
    service_level: float = 0.95
    """The probability of not selling out while a new order is under way."""
    hero_service_level: float = 0.98
    """The probability of not selling out while a new order is under way, for best sellers."""
    slow_cover_days: float = 90
    """Days of cover above which nothing is reordered."""
    reorder_cycle_days: float = 14
    """Days of demand that an order should cover beyond the lead time."""
    keyword_min_clicks: int = 60
    """With fewer clicks the advice for a keyword is "observe"."""
    keyword_delete_p: float = 0.05
    """Delete a keyword only if its probability of being profitable is below this."""
    keyword_raise_p: float = 0.80
    """Raise a keyword's price only if its probability of being profitable is above this."""
    keyword_step: float = 0.20
    """The maximum change of a keyword's price per day, as a fraction."""
    keyword_kappa: float = 0.7
    """The fraction of the break-even price of a click to aim for."""
    likely: float = 0.80
    """The probability from which a sentence says "likely"."""
    leans: float = 0.60
    """The probability from which a sentence says "leans"."""
    same_item_dice: float = 0.60
    """The title similarity (Dice) from which a listing may be a copy of the item."""
    agent_buyers_a_day: int = 500
    """The buyers one agent can answer well in a day (a rule of thumb of the trade)."""
    rival_stale_days: int = 3
    """Days after which a followed rival that nobody looked at is reported as overdue for a look."""
    false_alarms: float = 1.0
    """The accepted rate of false alarms, as a multiple of the usual one: with 1, about one quiet morning in
    twenty brings a false finding of level Watch or Act."""
    balance_days: float = 2.0
    """Days of ad spend that the ad balance should cover."""
    expiry_days: int = 7
    """Days before a subscription's end from which the program reminds of it."""
    campaigns_per_month: int = 4
    """The planned number of campaigns per month."""
    top_items: int = 5
    """The number of items, by traffic, whose copies and reviews are checked (a rule of thumb of the
    trade)."""
    live_per_day: int = 2
    """Live streams of the category to watch per day (a rule of thumb of the trade)."""
    communities_per_day: int = 2
    """Customer groups of other shops to visit per day (a rule of thumb of the trade)."""
    contacts_per_day: int = 1
    """Conversations with peers of another category per day (a rule of thumb of the trade)."""


class Shop(NamedTuple):
    """The settings of one shop as typed, checked values."""

    name: str
    platform: Annotated[str, platforms] = DEFAULT
    """The platform the shop is on: the name of a file in :mod:`core.platforms`."""
    also: tuple[str, ...] = ()
    """Other names of the shop in exports."""
    shop_ids: tuple[str, ...] = ()
    """The shop's ids in exports."""
    language: Annotated[str, languages] = ""
    """The language code; empty: chosen by the reader's environment."""
    timezone: str = "Asia/Shanghai"
    currency: str = YUAN
    """The sign that amounts of money are printed with; all amounts of a shop are in one currency."""
    margin: float | None = None
    """Gross margin as a fraction; None: the program gives no verdicts about money."""
    refund_rate: float = 0.0
    """Share of sales that is refunded."""
    lead_days: float | None = None
    weekday_weights: tuple[float, ...] = ()
    """Weights from Monday to Sunday; empty: computed from the shop's history."""
    targets: Mapping[str, float] = NOTHING
    """Sales target in yuan by month, e.g. "2026-11"; paid money, before refunds."""
    targets_net: Mapping[str, float] = NOTHING
    """Target of net sales (after refunds) in yuan by month."""
    target: TargetSettings = TargetSettings()
    ads: AdSettings = AdSettings()
    money: MoneySettings = MoneySettings()
    thresholds: Thresholds = Thresholds()
    design: Design = Design()
    content: Content = Content()
    titles: Titles = Titles()
    members: Members = Members()
    limits: Limits = Limits()
    fleet: FleetSettings = FleetSettings()
    day: DaySettings = DaySettings()
    journal: Journal = Journal()
    worker: WorkerSettings = WorkerSettings()
    team: tuple[Person, ...] = ()
    rivals: tuple[Rival, ...] = ()
    items: tuple[Item, ...] = ()
    calendar: tuple[CalendarDay, ...] = ()
    odd_days: tuple[OddDay, ...] = ()
    subscriptions: tuple[Subscription, ...] = ()
    indicators: tuple[IndicatorRow, ...] = ()
    """Rows added to the table of indicators."""
    source_names: Mapping[str, str] = NOTHING
    """Maps names of traffic sources in exports to the names to use (sources get renamed over time)."""

    @property
    def base_fee(self) -> float | None:
        """Return the rate of the platform's own fee: the shop's, else the usual one; None if unknown."""
        return self.profile.base_fee if self.money.base_fee is None else self.money.base_fee

    @property
    def fees(self) -> float:
        """Return the sum of the known platform fees, as a fraction of confirmed sales (确认收货)."""
        return self.money._replace(base_fee=self.base_fee).fees

    @property
    def profile(self) -> PlatformProfile:
        """The profile of the shop's platform: its names, menus, fees and calendar."""
        return profile(self.platform)

    @property
    def zone(self) -> ZoneInfo:
        """The shop's time zone."""
        return ZoneInfo(self.timezone)

    def item(self, item_id: str) -> Item:
        """Return the item's settings; defaults if it has none."""
        return next((item for item in self.items if item.id == item_id), Item(id=item_id))

    def margin_of(self, item_id: str = "") -> float | None:
        """Return the item's gross margin, else the shop's; None if neither is set."""
        own = self.item(item_id).margin
        return self.margin if own is None else own

    def lead_days_of(self, item_id: str) -> float | None:
        """Return the item's lead time in days, else the shop's; None if neither is set."""
        own = self.item(item_id).lead_days
        return self.lead_days if own is None else own

    def special(self, day: date) -> CalendarDay | None:
        """Return the calendar entry that affects the day's sales; None if there is none.

        If several apply, the last one is returned. A closed day has the multiplier 0, whatever was entered.
        """
        for special in reversed(self.calendar):
            if special.covers(day) and special.counts and special.kind != "supplier_closed":
                return special.on(day)
        return None

    def supplier_closed(self, day: date) -> CalendarDay | None:
        """Return the calendar entry by which the suppliers are closed on this day; None if they are open."""
        closed = (one for one in self.calendar if one.kind == "supplier_closed" and one.counts)
        return next((one for one in closed if one.covers(day)), None)

    def without_drafts(self) -> Shop:
        """Return the shop without the calendar rows that the program drafted and nobody has confirmed."""
        kept = tuple(row for row in self.calendar if not (row.source and row.state == "proposed"))
        return self if len(kept) == len(self.calendar) else self._replace(calendar=kept)

    def told_days(self, item: str = "") -> dict[date, OddDay]:
        """Return people's explanations of the item's odd days, by day; of the shop's for an empty ``item``.

        If a day has several, the last one is returned.
        """
        return {one.day: one for one in self.odd_days if one.item == item}

    def multiplier(self, day: date) -> float:
        """Return the expected sales of the day as a multiple of a usual day's; 1 if unknown."""
        special = self.special(day)
        return 1.0 if special is None or special.multiplier is None else special.multiplier

    def target_of(self, day: date) -> float | None:
        """Return the sales target of the day's month in yuan; None if none is set."""
        return self.targets.get(f"{day:%Y-%m}") or None

    def net_target_of(self, day: date) -> float | None:
        """Return the net sales target of the day's month in yuan.

        None if none is set, or if the target is judged by paid sales.
        """
        if self.target.judge == "paid":
            return None
        return self.targets_net.get(f"{day:%Y-%m}") or None

    def judged_net(self, day: date) -> bool:
        """Return whether the days of the day's month are judged by net sales only."""
        return self.target.judge != "both" and self.net_target_of(day) is not None

    def person(self, user: str) -> Person | None:
        """Return the first team member with this Unix user; None if there is none."""
        return next((person for person in self.team if user and person.user == user), None)


def settings_file(folder: Path) -> Path:
    """Return the path of the shop's settings file."""
    return folder / "shop.toml"
