"""The simulated orders, from which all other figures are computed. Money is in fen."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sample import season
from sample.catalogue import SOURCES, Item
from sample.dice import Dice
from sample.outline import Outline
from sample.traffic import Ad, Traffic
from sample.words import WORDS

OLD_BUYERS = 9000
RETURNING = {"member": 0.85, "mine": 0.50, "cart": 0.38, "direct": 0.30, "live": 0.30, "search": 0.14}
SCENE_RATE = {"crowd": 0.0100, "site": 0.0165}
WORD_RATE = {(word.item, word.text): word.rate for word in WORDS}
INDIRECT = 0.12
PAYERS = 0.985
"""A divisor turning rates of payers into rates of orders; tuned so that about 2.4 % of visitors pay."""
TODAY_MORNING = datetime.combine(season.TODAY, time(9, 0))
CARDIGAN_TROUBLE = date(2026, 11, 2)


@dataclass
class Line:
    """One SKU in an order."""

    item: Item
    sku: int
    count: int
    each: int

    @property
    def money(self) -> int:
        """Return the amount paid for the line."""
        return self.count * self.each


@dataclass
class Refund:
    """A refund requested for an order."""

    asked: datetime
    done: datetime | None
    money: int
    line: Line
    whole: bool
    reason: str
    kind: str = ""
    """仅退款, 退货退款 or 换货; empty: told by how late it was requested."""
    cancelled: datetime | None = None
    """When the buyer took the request back."""
    answer_by: datetime | None = None


@dataclass
class Order:
    """One order; ``paid`` is None if nobody paid."""

    number: str
    made: datetime
    paid: datetime | None
    buyer: int
    old: bool
    lines: list[Line]
    source: str
    also: str
    ad: Ad | None = None
    direct: bool = True
    agent: str = ""
    refund: Refund | None = None
    sent: datetime | None = None
    """When the parcel was sent, in shops that export it."""

    @property
    def money(self) -> int:
        """Return the sum of the lines."""
        return sum(line.money for line in self.lines)

    @property
    def units(self) -> int:
        """Return the number of pieces."""
        return sum(line.count for line in self.lines)


@dataclass
class Book:
    """All orders by day, and the buyers who have bought before."""

    outline: Outline
    days: dict[date, list[Order]] = field(default_factory=dict)
    next_buyer: int = OLD_BUYERS
    seen: set[int] = field(default_factory=set)
    counter: int = 0


def taste(item: Item, day: date) -> float:
    """Return the seasonal factor of an item's demand on a day."""
    passed = (day - season.FIRST).days / 75
    if item.season == "冬":
        return 0.45 + 1.1 * passed
    if item.season == "夏":
        return 5.0 * math.exp(-5.0 * passed)
    return 1.0


def _clock(day: date, dice: Dice) -> datetime:
    hour = dice.pick(range(24), season.HOURS)
    return datetime.combine(day, time(hour, dice.whole(0, 59), dice.whole(0, 59)))


def _line(outline: Outline, item: Item, day: date, dice: Dice) -> Line:
    count = 2 if dice.luck(0.035) else 1
    each = round(item.price * outline.season.price_factor(day) * dice.pick((1.0, 1.0, 0.97, 0.95)) * 100)
    return Line(item, dice.whole(0, len(item.skus) - 1), count, each)


def _lines(outline: Outline, first: Item | None, day: date, dice: Dice) -> list[Line]:
    items = outline.items
    weights = [item.weight * taste(item, day) for item in items]
    lines = [_line(outline, first or dice.pick(items, weights), day, dice)]
    while len(lines) < 4 and dice.luck(outline.season.basket_extra(day)):
        other = _line(outline, dice.pick(items, weights), day, dice)
        if all((other.item, other.sku) != (one.item, one.sku) for one in lines):
            lines.append(other)
    return lines


def _buyer(book: Book, source: str, dice: Dice) -> tuple[int, bool]:
    if dice.luck(RETURNING.get(source, 0.08)):
        buyer = dice.whole(0, book.next_buyer - 1)
        return buyer, buyer < OLD_BUYERS or buyer in book.seen
    book.next_buyer += 1
    return book.next_buyer - 1, False


def _paid(made: datetime, dice: Dice) -> datetime | None:
    if dice.luck(0.075):
        return None
    later = made + timedelta(seconds=dice.whole(8, 900))
    soon = made + timedelta(seconds=1)
    return next((one for one in (later, soon) if one.date() == made.date()), made)


def _refund(order: Order, dice: Dice) -> Refund | None:
    line = dice.pick(order.lines)
    bad = line.item.key == "cardigan" and order.made.date() >= CARDIGAN_TROUBLE
    if order.paid is None or not dice.luck(0.22 if bad else 0.135):
        return None
    asked = order.paid + timedelta(minutes=dice.whole(40, 9 * 1440))
    if asked.date() > season.LAST:
        return None
    done: datetime | None = asked + timedelta(minutes=dice.whole(10, 5 * 1440))
    done = done if done is not None and done < TODAY_MORNING else None
    whole = len(order.lines) == 1 or dice.luck(0.25)
    money = order.money if whole else line.money
    reasons = (
        ("质量问题", "质量问题", "做工粗糙/有瑕疵")
        if bad
        else ("尺码拍错/不喜欢/效果不好", "7天无理由退换货", "大小/尺寸与商品描述不符", "多拍/错拍/不想要")
    )
    return Refund(asked, done, money, line, whole, dice.pick(reasons))


def _order(book: Book, day: date, source: str, dice: Dice, ad: Ad | None = None) -> Order:
    book.counter += 1
    buyer, old = _buyer(book, source, dice)
    direct = ad is not None and not dice.luck(INDIRECT)
    first = book.outline.item[ad.item] if ad is not None and direct else None
    made = _clock(day, dice)
    number = f"33{book.counter:08d}{dice.whole(0, 99999):05d}{buyer % 10000:04d}"
    also = dice.pick(("search", "cart", "mine", "recommend")) if dice.luck(0.22) else ""
    lines = _lines(book.outline, first, day, dice)
    if ad is not None and not direct and lines[0].item.key == ad.item:
        direct = True
    order = Order(
        number, made, _paid(made, dice), buyer, old, lines, source, "" if also == source else also, ad, direct
    )
    if book.outline.refunding is None:
        order.refund = _refund(order, dice)
    return order


def _bought(outline: Outline, ad: Ad, traffic: Traffic, dice: Dice) -> int:
    coat = 0.5 if ad.item == "coat" else 1.0
    rate = WORD_RATE[ad.item, ad.word] if ad.word else SCENE_RATE[ad.scene] * coat
    rate = outline.word_rates.get(ad.word, rate * outline.lift)
    lift = outline.season.rate_factor(traffic.day) * traffic.rate_noise / PAYERS
    return dice.hits(ad.clicks, min(0.5, rate * lift))


def _take_over(orders: list[Order], ad: Ad, count: int) -> None:
    """Credit the ad with up to so many orders of its item that came by themselves."""
    free = [o for o in orders if o.ad is None and o.paid and any(one.item.key == ad.item for one in o.lines)]
    for order in free[:count]:
        order.ad, order.direct, order.source = ad, True, ad.scene


def _day(book: Book, traffic: Traffic, spared: frozenset[str]) -> list[Order]:
    day, orders = traffic.day, []
    dice, outline = book.outline.dice(f"orders/{day}"), book.outline
    lift = outline.season.rate_factor(day) * traffic.rate_noise / PAYERS
    taken: list[tuple[Ad, int]] = []
    for ad in traffic.ads:
        count = 0 if ad.word in spared else _bought(outline, ad, traffic, dice)
        if (more := outline.more_clicks(ad.scene, ad.item, day)) > 1.0:
            fresh = dice.hits(count, 1.0 / more)
            taken.append((ad, count - fresh))
            count = fresh
        orders += [_order(book, day, ad.scene, dice, ad) for _ in range(count)]
    for source in SOURCES:
        count = dice.poisson(traffic.sources[source.key] * source.rate * lift)
        orders += [_order(book, day, source.key, dice) for _ in range(count)]
    for ad, count in taken:
        _take_over(orders, ad, count)
    book.seen.update(order.buyer for order in orders if order.paid)
    return sorted(orders, key=lambda order: (order.made, order.number))


def build(outline: Outline, traffic: list[Traffic], spared: frozenset[str]) -> dict[date, list[Order]]:
    """Return the orders made on each day, oldest first.

    ``spared``: words that bring no orders in the last 28 days.
    """
    book = Book(outline)
    for one in traffic:
        quiet = spared if one.day >= season.DAYS[-28] else frozenset()
        book.days[one.day] = _day(book, one, quiet)
    return book.days
