"""Findings on price changes, in the last two weeks, of rivals' items that are compared with ours."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from core.answers.answer import About, Finding, finding
from core.answers.incidents import Incidents
from core.exports.kinds.items import Items
from core.language import message
from core.language.message import Value, Words, say
from core.records.records import Records
from core.records.rivals import RivalHero
from core.shop.item_names import item_name
from core.shop.settings import Shop
from core.topics.incidents.rival_moves import rival_moves

SHOWN_DAYS: Final = 14
"""The number of days for which a price change is reported; after them its effect on ours can be judged."""
WEEK: Final = 7
SOLD_LESS: Final = ("item_conversion", "item_cart_rate")


def beside_ours(
    seen: Records[RivalHero] | None,
    items: Items | None,
    changed: Incidents | None,
    shop: Shop,
    today: date,
) -> list[Finding[Words]]:
    """For each of our items, return a finding on the latest price change of the rival item compared with it.

    It gives both prices, the day, and whether our item has sold less since.
    """
    last = {one.ours: one for one in rival_moves(seen, shop, today).moves}
    said: list[Finding[Words]] = []
    for item, one in last.items():
        if (today - one.day).days > SHOWN_DAYS:
            continue
        title, paid = _ours(items, item, today)
        values: dict[str, Value] = {
            "shop": one.shop,
            "item": one.item,
            "before": message.money(one.before),
            "after": message.money(one.after),
            "day": message.short_day(one.day),
            "name": item_name(shop, item, title),
            "paid": message.money(paid),
        }
        moved = say(
            "{shop} changed the price of {item} from {before} to {after} (seen on {day}); buyers pay "
            "{paid} for our comparable item {name}.",
            **values,
        )
        less = () if changed is None else changed.of(SOLD_LESS, About(item=item))
        since = say("Our item shows no change since then.")
        if less:
            since = say(
                "Our item sells less: the changes found this morning say since when, and whether the rival "
                "is the cause."
            )
        text = message.sentences([moved, since])
        said.append(finding("rivals", "beside", "info", text, about=About(item=item)))
    return said


def _ours(items: Items | None, item: str, today: date) -> tuple[str, float | None]:
    """Return our item's title, and what buyers paid per piece in the last week.

    The price is None if nothing was sold.
    """
    if items is None:
        return "", None
    own = items.frame[items.frame["item"].astype("str") == item]
    week = own[own["date"].dt.date >= today - timedelta(days=WEEK)]
    units = float(week["units"].sum()) if "units" in week else 0.0
    title = str(own["title"].iloc[-1]) if len(own) and "title" in own else ""
    return title, float(week["gmv"].sum()) / units if units else None
