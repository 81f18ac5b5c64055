"""Best sellers that convert less than items of similar price, or than before, and where buyers are lost."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from core.answers.answer import About, Finding, Impact, Proposal, Table, TableColumn, finding
from core.answers.incidents import Incidents
from core.language import message
from core.language.message import N_, Value, Words, say
from core.measures.usual_days import usable_or_all
from core.shop.settings import Shop
from core.statistics.distributions import beta_cdf
from core.topics.reviews.bad_reviews import watch
from core.topics.reviews.lexicon import complaints
from core.topics.stock.stock_count import last_count

if TYPE_CHECKING:
    import pandas as pd

DAYS: Final = 28
FEWEST_DAYS: Final = 7
FEWEST_VISITORS: Final = 500
"""The fewest visitors in four weeks of an item, and of its peers together [judgement]."""
NEAR_PRICE: Final = (0.6, 1.7)
"""The price ratios within which conversions may be compared [judgement]."""
LOW: Final = 0.85
"""The part of the peers' rate below which an item converts too little [judgement: as for pictures]."""
SURE: Final = 0.90
MOST: Final = 3
"""Best sellers taken by sales where shop.toml marks none."""
FALLEN: Final = ("item_conversion", "item_cart_rate")
"""The kinds of incident that say that an item converts less than before."""
Place: TypeAlias = Literal["cart", "pay", "both", ""]
PLACES: Final[Mapping[Place, str]] = {
    "cart": N_("adding to the cart"),
    "pay": N_("paying for what is in the cart"),
    "both": N_("adding to the cart and paying"),
}
"""Where buyers are lost: ids and message ids."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OldItem:
    """One best seller over four weeks, compared with items of similar price (its peers)."""

    item: str
    visitors: float
    buyers: float
    carts: float
    gmv: float
    days: int
    peers: int
    peer_rate: float
    peer_cart_rate: float
    sure: float
    """P(its conversion is below ``LOW`` of the peers')."""
    place: Place
    fallen: bool
    """Whether an incident of this morning says that it converts less than before."""
    clues: tuple[str, ...] = field(default=())

    @property
    def rate(self) -> float:
        """Return buyers per visitor."""
        return self.buyers / self.visitors

    @property
    def cart_rate(self) -> float:
        """Return the share of visitors who put the item in the cart."""
        return self.carts / self.visitors

    @property
    def low(self) -> bool:
        """Return whether the item almost certainly converts less than its peers."""
        return self.sure >= SURE

    @property
    def lost(self) -> float:
        """Return how much more the item would sell per day with its peers' conversion, in yuan."""
        more = max(0.0, self.peer_rate * self.visitors - self.buyers)
        return more * self.gmv / self.buyers / self.days if self.buyers else 0.0


def old_items(
    frame: pd.DataFrame | None, changed: Incidents | None, new: Collection[str], shop: Shop, today: date
) -> list[OldItem]:
    """Return the best sellers, without ``new`` ones, compared with items of similar price.

    Those that convert too little or less than before come first, ordered by the sales they lose.
    """
    if frame is None or frame.empty:
        return []
    when = frame["date"].dt.date
    days = set(usable_or_all({day for day in when if day < today}, shop, FEWEST_DAYS)[-DAYS:])
    if len(days) < FEWEST_DAYS:
        return []
    sums = frame[when.isin(days)].groupby("item")[["visitors", "buyers", "cart_buyers", "gmv"]].sum()
    sums = sums[(sums["visitors"] >= FEWEST_VISITORS) & (sums["buyers"] > 0)]
    marked = [one.id for one in shop.items if one.hero]
    heroes = marked or [str(item) for item in sums["gmv"].nlargest(MOST).index]
    fallen = set() if changed is None else {one.about.item for one in changed.findings(FALLEN)}
    found = [
        one
        for item in heroes
        if item in sums.index and item not in new
        for one in [_beside_peers(item, sums, len(days), fallen=item in fallen)]
        if one is not None
    ]
    return sorted(found, key=lambda one: (not (one.low or one.fallen), -one.lost))


def _beside_peers(item: str, sums: pd.DataFrame, days: int, *, fallen: bool) -> OldItem | None:
    own, price = sums[sums.index == item], sums["gmv"] / sums["buyers"]
    ratio = price / float(price[sums.index == item].iloc[0])
    peers = sums[(ratio >= NEAR_PRICE[0]) & (ratio <= NEAR_PRICE[1]) & (sums.index != item)]
    seen, bought, carts = (float(peers[name].sum()) for name in ("visitors", "buyers", "cart_buyers"))
    if seen < FEWEST_VISITORS or bought <= 0:
        return None
    visitors, buyers, put = (float(own[name].sum()) for name in ("visitors", "buyers", "cart_buyers"))
    sure = _below(buyers, visitors, LOW * bought / seen)
    return OldItem(
        item=item,
        visitors=visitors,
        buyers=buyers,
        carts=put,
        gmv=float(own["gmv"].sum()),
        days=days,
        peers=len(peers),
        peer_rate=bought / seen,
        peer_cart_rate=carts / seen,
        sure=sure,
        place=_place((visitors, put, buyers), (seen, carts, bought)),
        fallen=fallen,
    )


def _below(hits: float, trials: float, line: float) -> float:
    """Return P(the rate is below ``line``)."""
    return beta_cdf(line, hits + 0.5, max(0.0, trials - hits) + 0.5)


def _place(own: tuple[float, float, float], peers: tuple[float, float, float]) -> Place:
    """Return where more buyers are lost than with the peers: "cart" (before it), "pay" (after it) or "both".

    Empty if unknown.
    """
    if not (own[1] and peers[1]) or math.isnan(own[1]) or math.isnan(peers[1]):
        return ""
    cart = _below(own[1], own[0], LOW * peers[1] / peers[0]) >= SURE
    pay = _below(min(own[2], own[1]), own[1], LOW * min(1.0, peers[2] / peers[1])) >= SURE
    return "both" if cart and pay else "cart" if cart else "pay" if pay else ""


class Clues:
    """What the program knows about an item besides its figures: reviews, sizes, picture, tests."""

    def __init__(
        self,
        reviews: pd.DataFrame | None,
        stock: pd.DataFrame | None,
        weak: Collection[str],
        testing: Collection[str],
        today: date,
    ) -> None:
        self._reviews, self._today = reviews, today
        self._weak, self._testing = weak, testing
        self._counts = {} if stock is None or stock.empty else last_count(stock)

    def of(self, one: OldItem, name: str) -> tuple[list[Words], list[Proposal[Words]]]:
        """Return sentences on likely causes of the low conversion, and a proposal for each cause."""
        said: list[Words] = []
        asks: list[Proposal[Words]] = []
        for words, ask in (self._sizes(one, name), self._blame(one, name), self._picture(one)):
            said += words
            asks += ask
        return said, asks

    def _sizes(self, one: OldItem, name: str) -> tuple[list[Words], list[Proposal[Words]]]:
        count = self._counts.get(one.item)
        if count is None or not count.out:
            return [], []
        text = say(
            "Some sizes or colours are sold out while others are in stock: {sizes} (stock of {day}).",
            sizes=message.listing(list(count.out)),
            day=message.short_day(count.counted),
        )
        todo = say("{item}: hide the sold-out sizes or restock them: {sizes}", item=name,
                   sizes=message.listing(list(count.out)))  # fmt: skip
        return [text], [self._ask("operator", todo, one, 1)]

    def _blame(self, one: OldItem, name: str) -> tuple[list[Words], list[Proposal[Words]]]:
        if self._reviews is None or self._reviews.empty:
            return [], []
        (seen,) = watch(self._reviews, {one.item: one.visitors}, {one.item: name}, self._today)
        if not seen.risen:
            return [], []
        text = say("Bad reviews have increased: {bad} of {n} in a week.", bad=len(seen.bad), n=seen.reviews)
        words = Counter(word for bad in seen.bad for word in complaints(bad.words))
        if words:
            named = message.listing([word for word, _ in words.most_common(3)])
            text = message.sentences([text, say("Most often: {words}.", words=named)])
        todo = say("{item}: answer the newest bad reviews, and say on the page what was improved", item=name)
        return [text], [self._ask("service", todo, one, 1)]

    def _picture(self, one: OldItem) -> tuple[list[Words], list[Proposal[Words]]]:
        if one.item in self._testing:
            return [
                say("A test of the item's picture is running: wait for its result before you change more.")
            ], []
        if one.item in self._weak:
            return [say("The item's picture also gets fewer clicks than others in the same ad slots.")], []
        return [], []

    def _ask(self, role: str, text: Words, one: OldItem, days: int) -> Proposal[Words]:
        return Proposal(
            role,
            text,
            metric="item_conversion",
            direction="up",
            due=(self._today + timedelta(days=days)).isoformat(),
            item=one.item,
            about=About(item=one.item),
        )


def findings(
    found: Sequence[OldItem], clues: Clues, names: Mapping[str, str], testing: Collection[str], today: date
) -> list[Finding[Words]]:
    """Return a finding on each best seller that converts less than its peers or less than before."""
    return [
        _finding(one, clues, names.get(one.item, one.item), today, testing=one.item in testing)
        for one in found
        if one.low or one.fallen
    ]


def _finding(one: OldItem, clues: Clues, name: str, today: date, *, testing: bool) -> Finding[Words]:
    values: dict[str, Value] = {
        "item": name,
        "rate": message.rate_of(one.buyers, one.visitors),
        "peers": message.percent(one.peer_rate),
        "n": one.peers,
        "cart": message.percent(one.cart_rate),
        "their_cart": message.percent(one.peer_cart_rate),
    }
    parts: list[Words] = []
    if one.low:
        parts.append(
            say(
                "{item}: conversion {rate} in four weeks; {n} items of a similar price have {peers}.",
                **values,
            )
        )
    if one.fallen:
        parts.append(
            say("{item} converts less than before: see the finding about it in the shop analysis.", **values)
        )
    if one.place:
        lost = say("Most buyers are lost at this point: {place}.", place=say(PLACES[one.place]))
        parts.append(lost)
        parts.append(
            say(
                "The item's add-to-cart rate is {cart}; items of a similar price have {their_cart}.", **values
            )
        )
    said, asks = clues.of(one, name)
    parts += said
    asks = [*([] if testing else _of_place(one, name, today)), *asks]
    if not asks:
        parts.append(
            say(
                "The item's figures, reviews and sizes show no cause: ask the service team what buyers "
                "ask first."
            )
        )
    return finding(
        "design",
        "old_item",
        "watch" if asks else "info",
        message.sentences(parts),
        *asks,
        about=About(item=one.item),
        impact=Impact(one.lost, "day", of="sales") if one.low and one.lost > 0 else None,
    )


def _of_place(one: OldItem, name: str, today: date) -> list[Proposal[Words]]:
    """Return what to change at the place where buyers are lost; empty if the place is not known."""
    text = {
        "cart": say(
            "{item}: redo the first screen: selling point, price, size and delivery at a glance", item=name
        ),
        "pay": say(
            "{item}: compare price after coupons, delivery time and size chart with items of a similar price",
            item=name,
        ),
    }
    role = {"cart": "design", "pay": "operator"}
    places = ("cart", "pay") if one.place == "both" else (one.place,) if one.place else ()
    return [
        Proposal(
            role[place],
            text[place],
            metric="item_conversion",
            direction="up",
            due=(today + timedelta(days=3)).isoformat(),
            item=one.item,
            about=About(item=one.item),
        )
        for place in places
    ]


def table(found: Sequence[OldItem], names: Mapping[str, str]) -> tuple[Table[Words], ...]:
    """Return the table of best sellers compared with their peers; empty if there are none."""
    if not found:
        return ()
    places = tuple((key, say(name)) for key, name in PLACES.items() if key)
    columns = (
        TableColumn(say("Item"), id="item"),
        TableColumn(say("Conversion"), "rate", "rate"),
        TableColumn(say("Items of similar price"), "rate", "peer_rate"),
        TableColumn(say("Add-to-cart rate"), "rate", "cart_rate"),
        TableColumn(say("Add-to-cart rate, items of similar price"), "rate", "peer_cart_rate"),
        TableColumn(say("Chance its conversion is lower"), "rate", "sure"),
        TableColumn(say("Where buyers are lost"), "word", "place", places),
    )
    rows = tuple(
        (
            names.get(one.item, one.item),
            round(one.rate, 4),
            round(one.peer_rate, 4),
            round(one.cart_rate, 4),
            round(one.peer_cart_rate, 4),
            round(one.sure, 2),
            one.place or None if one.low else None,
        )
        for one in found
    )
    about = tuple(About(item=one.item) for one in found)
    return (
        Table(
            say("Best sellers compared with items of similar price (four weeks)"), columns, rows, about=about
        ),
    )
