"""Content posts: today's plan, posts without figures, channels without posts, and visitors per post."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.records.records import Records
from core.records.team import ContentPost
from core.shop.settings import Shop
from core.statistics import distributions

QUIET_DAYS = 4
"""The number of days without a post from which a channel counts as quiet (a judgement)."""
WINDOW_DAYS = 28
FIGURES_DAYS = 3
"""The number of days after a post in which its figures are asked for."""
FEWEST_POSTS = 5
FEWEST_VISITORS = 30
"""The minimum number of visitors for a channel to be compared."""


@dataclass(frozen=True, slots=True)
class Post:
    """One content post and the day it is (or was) posted."""

    on: date
    value: ContentPost


@dataclass(frozen=True, slots=True)
class PostChannel:
    """One content channel, with its posts and their figures over four weeks."""

    name: str
    posts: int
    counted: int
    """The number of posts with recorded visitors."""
    visitors: int
    orders: int
    last: date
    cost: float | None
    """The yuan spent on the channel's posts; None if nothing was recorded."""
    returned: float | None
    """Sales per yuan spent, over the posts for which both are recorded; None if there are none."""
    each: distributions.Interval | None
    """The 90 % interval of visitors per post; None if there are too few figures."""
    sales: float | None = None
    """The sales of the orders noted, at what buyers pay for their items; None if no price is known."""

    @property
    def sales_each(self) -> float | None:
        """Return the sales in yuan per post, over the posts with figures; None if unknown."""
        return self.sales / self.counted if self.counted and self.sales is not None else None

    @property
    def mean(self) -> float | None:
        """Return the visitors per post, over the posts with figures; None if there are none."""
        return self.visitors / self.counted if self.counted else None

    @property
    def enough(self) -> bool:
        """Return whether there are enough posts and visitors for a comparison."""
        return self.counted >= FEWEST_POSTS and self.visitors >= FEWEST_VISITORS


def posts(records: Records[ContentPost], shop: Shop) -> list[Post]:
    """Return every post as last recorded, oldest first; dropped ones are left out."""
    newest: dict[tuple[str, str], Post] = {}
    for one in records:
        on = one.value.on or one.at.astimezone(shop.zone).date()
        newest[(one.value.channel, one.value.title)] = Post(on, one.value)
    return sorted((one for one in newest.values() if one.value.state != "dropped"), key=lambda one: one.on)


def without_figures(found: Sequence[Post], today: date) -> list[Post]:
    """Return the recent published posts for which neither reads nor visitors were recorded."""
    first = today - timedelta(days=FIGURES_DAYS)
    return [
        one
        for one in found
        if first <= one.on < today
        and one.value.state == "posted"
        and one.value.reads is None
        and one.value.visitors is None
    ]


def forgotten(found: Sequence[Post], today: date) -> list[Post]:
    """Return the recent posts that are still recorded as planned although their day is over."""
    first = today - timedelta(days=FIGURES_DAYS)
    return [one for one in found if first <= one.on < today and one.value.state == "planned"]


def channels(
    found: Sequence[Post], today: date, prices: Mapping[str, float] | None = None
) -> list[PostChannel]:
    """Return every channel posted to in four weeks, the one with the most visitors per post first.

    ``prices``: the order value by item, in yuan; of the whole shop under the name "".
    """
    first = today - timedelta(days=WINDOW_DAYS)
    out = [one for one in found if one.on >= first and one.on <= today and one.value.state == "posted"]
    made = [
        _channel(name, [one for one in out if one.value.channel == name], prices or {})
        for name in Counter(one.value.channel for one in out)
    ]
    return sorted(made, key=lambda one: -(one.mean or 0.0))


def _channel(name: str, own: Sequence[Post], prices: Mapping[str, float]) -> PostChannel:
    known = [one.value.visitors for one in own if one.value.visitors is not None]
    each = None
    if len(known) >= 2:  # noqa: PLR2004 - one post has no spread
        each = distributions.student_interval([float(n) for n in known])
    return PostChannel(
        name,
        len(own),
        len(known),
        sum(known),
        sum(one.value.orders or 0 for one in own),
        max(one.on for one in own),
        *_money(own),
        None if each is None else distributions.Interval(max(0.0, each.low), each.high),
        _sales(own, prices),
    )


def _money(own: Sequence[Post]) -> tuple[float | None, float | None]:
    """Return the cost of the posts, and the sales per yuan of cost.

    The sales per yuan are computed from the posts for which both figures are recorded. Each value is None if
    unknown.
    """
    spent = [one.value.cost for one in own if one.value.cost is not None]
    both = [(one.value.gmv, one.value.cost) for one in own if one.value.gmv is not None and one.value.cost]
    cost = sum(paid or 0.0 for _, paid in both)
    back = sum(gmv or 0.0 for gmv, _ in both) / cost if cost else None
    return (sum(spent) if spent else None), back


def _sales(own: Sequence[Post], prices: Mapping[str, float]) -> float | None:
    worth = [
        (one.value.orders, prices.get(one.value.item, prices.get("")))
        for one in own
        if one.value.orders is not None
    ]
    if not worth or any(orders and price is None for orders, price in worth):
        return None
    return sum(orders * (price or 0.0) for orders, price in worth)


def quiet(
    found: Sequence[PostChannel], planned: Sequence[Post], shop: Shop, today: date
) -> list[tuple[str, date | None]]:
    """Return the channels without a recent post that are not in today's plan, each with its last post's day.

    The channels considered are those set in shop.toml or, if none are set, those posted to lately.
    """
    last = {one.name: one.last for one in found}
    wanted = shop.content.channels or tuple(last)
    today_on = {one.value.channel for one in planned}
    return [
        (name, last.get(name))
        for name in wanted
        if name not in today_on and (name not in last or (today - last[name]).days >= QUIET_DAYS)
    ]
