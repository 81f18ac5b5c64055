"""Possible causes inside the shop: reviews, stock, service, unpaid orders."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.answers.answer import Proposal
from core.exports.kinds.reviews import Reviews
from core.exports.kinds.service import Service
from core.exports.kinds.stock import Stock
from core.language import message
from core.language.message import Value, Words, say
from core.measures import baseline
from core.shop.item_names import item_name
from core.topics.reviews.worsening import worsening
from core.topics.sales.causes.cause import Cause, Looked, by_standing, nothing
from core.topics.stock.running_out import running_out

if TYPE_CHECKING:
    import pandas as pd

BAD_STARS = 3
FEW_INQUIRIES = 20
DESK = ("agent_conversion", "agent_answer_time", "agent_first_answer")
"""The kinds of this morning's changes that concern the service desk."""
EMPTY_SHARE = 0.03
"""Sold-out items with a smaller share of sales than this are not reported as a cause.

Set by judgement.
"""


def reviews(looked: Looked) -> Cause:
    """Judge the bad reviews of the last seven days compared with those of the four weeks before."""
    name = say("Reviews")
    if looked.reviews is None or looked.reviews.empty:
        return nothing(
            "reviews",
            name,
            say("no reviews are imported; get them from {how}.", how=Reviews.how_on(looked.shop.platform)),
        )
    frame = looked.reviews[looked.reviews["date"].dt.date <= looked.day]
    recent = frame["date"].dt.date > looked.day - timedelta(days=7)
    bad = (frame["stars"] <= BAD_STARS) | frame["sentiment"].isin(["差评", "中评", "negative", "neutral"])
    n, k = int(recent.sum()), int((recent & bad).sum())
    before_n, before_k = int((~recent).sum()), int((~recent & bad).sum())
    if not n or not before_n:
        return nothing("reviews", name, say("too few reviews to compare."))
    usual = (before_k + 0.5) / (before_n + 1)
    values: dict[str, Value] = {"k": k, "n": n, "usual": message.percent(usual)}
    worse = worsening(looked.reviews, looked.items, looked.shop, looked.day + timedelta(days=1))
    if worse:
        titles = (
            {}
            if looked.items is None
            else dict(zip(looked.items["item"], looked.items["title"], strict=True))
        )
        names = [item_name(looked.shop, item, str(titles.get(item, item))) for item in sorted(worse)]
        seen = say(
            "{k} bad or mixed reviews of {n} in 7 days, usually {usual}; clearly more for {items}: see the "
            "reviews step.",
            items=message.listing(names),
            **values,
        )
        return Cause(key="reviews", name=name, state="hurt", seen=seen, told=True)
    seen = say("{k} bad or mixed reviews of {n} in 7 days, usually {usual}; see the reviews step.", **values)
    return Cause(key="reviews", name=name, state="usual", seen=seen)


def stock(looked: Looked) -> Cause:
    """Judge the sold-out items by their share of the last 14 days' sales."""
    name = say("Stock")
    if looked.stock is None or looked.stock.empty:
        return nothing(
            "stock",
            name,
            say("no stock file is imported; get it from {how}.", how=Stock.how_on(looked.shop.platform)),
        )
    on_hand = looked.stock.groupby("item")["on_hand"].sum(min_count=1).dropna()
    empty = set(on_hand[on_hand <= 0].index)
    if looked.items is None or looked.items.empty:
        if not empty:
            return Cause(key="stock", name=name, state="usual", seen=say("every listed item is in stock."))
        return nothing(
            "stock",
            name,
            message.plural(
                "{n} item is out of stock; without the item file its usual sales are unknown.",
                "{n} items are out of stock; without the item file their usual sales are unknown.",
                len(empty),
            ),
        )
    share, titles = _share_of_sales(looked.items, empty, looked)
    if share < EMPTY_SHARE and (soon := _running_out(looked)):
        return Cause(key="stock", name=name, state="usual", seen=soon)
    if share < EMPTY_SHARE:
        return Cause(key="stock", name=name, state="usual", seen=say("every item that sells is in stock."))
    seen = say(
        "{items} out of stock; they made {share} of sales in the last 14 days.",
        items=message.listing(titles),
        share=message.percent(share, 0),
    )
    ask = Proposal(
        "supply",
        say("Find out today when {items} will be back in stock", items=message.listing(titles)),
        "on_hand",
        "up",
        (looked.day + timedelta(days=1)).isoformat(),
    )
    return Cause(key="stock", name=name, state="hurt", seen=seen, proposals=(ask,), weight=3.0 + share * 10)


def _running_out(looked: Looked) -> Words:
    """Return a text naming the next item to sell out before a new order can arrive; empty if none will."""
    if looked.stock is None or looked.items is None:
        return ""
    found = running_out(
        looked.stock, looked.items, looked.shop, looked.day + timedelta(days=1), looked.refunds
    )
    left = {item: days for item, days in found.items() if days > 0}
    if not left:
        return ""
    first = min(left, key=lambda item: left[item])
    titles = dict(zip(looked.items["item"], looked.items["title"], strict=True))
    return say(
        "nothing that sells is out of stock yet, but {item} has only about {days} days of cover: "
        "see the stock step.",
        item=item_name(looked.shop, first, str(titles.get(first, first))),
        days=message.ratio(left[first], 1),
    )


def _share_of_sales(items: pd.DataFrame, empty: set[str], looked: Looked) -> tuple[float, list[str]]:
    """Return the share of 14 days' sales made by the sold-out items, and the names of the largest three."""
    recent = items[items["date"].dt.date > looked.day - timedelta(days=14)]
    sold = recent.groupby("item")["gmv"].sum()
    whole = float(sold.sum())
    gone = sold[sold.index.isin(list(empty))].sort_values(ascending=False)
    if whole <= 0 or gone.empty:
        return 0.0, []
    titles = recent.drop_duplicates("item").set_index("item")["title"]
    names = [looked.shop.item(item).name or str(titles[item]) for item in gone.index[:3]]
    return float(gone.sum()) / whole, names


def service(looked: Looked) -> Cause:
    """Judge the inquiry conversion compared with that of the four weeks before."""
    name = say("Service")
    if looked.service is None or looked.service.empty:
        return nothing(
            "service",
            name,
            say("no service file is imported; get it from {how}.", how=Service.how_on(looked.shop.platform)),
        )
    own = looked.service[~looked.service["benchmark"].astype(bool)]
    asked, paid = baseline.totals(own, "inquiries"), baseline.totals(own, "converted")
    if looked.day not in asked or looked.day not in paid:
        return nothing("service", name, say("the service file does not contain that day."))
    if asked[looked.day] < FEW_INQUIRIES:
        return nothing(
            "service", name, say("only {n} inquiries, too few to judge.", n=message.count(asked[looked.day]))
        )
    found = _with_chance(looked, looked.standing(baseline.over(paid, asked)), asked)
    named = say("Service (inquiry conversion)")
    return by_standing(looked, "service", named, found, message.percent, kinds=DESK, rate=True)


def _with_chance(
    looked: Looked, found: baseline.Standing | None, counts: Mapping[date, float]
) -> baseline.Standing | None:
    """Widen a rate's usual range to at least the scatter that chance alone gives (binomial).

    That scatter follows from the counts of the day and of its usual days. It is needed because the range is
    estimated from only a few days if the export has a short history.
    """
    if found is None or not 0 < found.usual < 1:
        return found
    before = sum(counts.get(day, 0.0) for day in baseline.usual_days(counts, looked.day, looked.shop).days)
    if before <= 0:
        return found
    chance = math.sqrt(found.usual * (1 - found.usual) * (1 / counts[looked.day] + 1 / before))
    low, high = (found.usual + side * baseline.MOVED_SCORE * chance for side in (-1, 1))
    return replace(found, low=max(0.0, min(found.low, low)), high=min(1.0, max(found.high, high)))


def unpaid(looked: Looked) -> Cause:
    """Judge the share of buyers who paid, among those who placed an order."""
    name = say("Orders not paid")
    placed, paid = baseline.column(looked.days, "ordered_buyers"), baseline.column(looked.days, "buyers")
    rates = baseline.over(paid, placed)
    if looked.day not in rates:
        return nothing(
            "order_gap", name, say("the shop file has no 下单买家数 (buyers who placed an order).")
        )
    found = _with_chance(looked, looked.standing(rates), placed)
    return by_standing(
        looked,
        "order_gap",
        say("Unpaid orders (paid-order rate)"),
        found,
        message.percent,
        kinds=("item_paid_share",),
        rate=True,
    )
