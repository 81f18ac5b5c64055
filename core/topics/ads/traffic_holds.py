"""Items that must not get more buyers: about to sell out, below cost, or with worse reviews or refunds."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, TypeAlias

from core.answers.answer import About, Finding, Held, finding
from core.answers.incidents import Incidents
from core.language.message import N_, Words, say
from core.measures.order_value import ShopRefunds
from core.shop.settings import Shop
from core.topics.reviews.worsening import faults
from core.topics.stock.below_cost import below_cost
from core.topics.stock.running_out import running_out

if TYPE_CHECKING:
    from datetime import date

    from core.exports.kinds.items import Items
    from core.exports.kinds.reviews import Reviews
    from core.exports.kinds.stock import Stock

Why: TypeAlias = Held
NOTES: dict[Why, str] = {
    "stock": N_("stock running out"),
    "price": N_("sells below cost"),
    "page": N_("the bounce rate is above its limit"),
    "reviews": N_("bad reviews are increasing"),
    "refunds": N_("refunds for faults are increasing"),
}


def held(
    stock: Stock | None,
    items: Items | None,
    reviews: Reviews | None,
    changed: Incidents | None,
    shop: Shop,
    today: date,
    refunds: ShopRefunds | None = None,
) -> tuple[dict[str, float], dict[str, Why]]:
    """Return two mappings by item: the days of cover of items about to sell out, and why an item is on hold.

    An item on hold must not get more buyers. Both are empty without the item file.
    """
    if items is None:
        return {}, {}
    scarce = running_out(stock.frame, items.frame, shop, today, refunds) if stock is not None else {}
    written = None if reviews is None else reviews.frame
    worse: dict[str, Why] = dict(faults(written, items.frame, changed, shop, today))
    cheap = below_cost(items.frame, None if stock is None else stock.frame, shop, today)
    return scarce, worse | dict.fromkeys(scarce, "stock") | dict.fromkeys(cheap, "price")


def of_worse(
    whys: Mapping[str, Why], bought: Collection[str], names: Mapping[str, Words], step: str
) -> list[Finding[Words]]:
    """Return findings on advertised items sold below cost, or whose reviews or refunds have got worse."""
    return [
        finding(step, "worse", "watch", _worse(why, names.get(item, item)), about=About(item=item))
        for item, why in whys.items()
        if item in bought and why in ("price", "reviews", "refunds")
    ]


def _worse(why: Why, name: Words) -> Words:
    if why == "price":
        return say(
            "{item} sells below its cost. Do not advertise it more until the price is corrected.",
            item=name,
        )
    if why == "reviews":
        return say(
            "{item}: bad reviews are increasing. Do not advertise it more until the cause is fixed.",
            item=name,
        )
    return say(
        "{item}: refunds for faults are increasing. Do not advertise it more until the cause is fixed.",
        item=name,
    )
