"""Our items in stock that are not on sale, and whether they could be listed today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from core.exports.kinds.items import Items
from core.exports.kinds.stock import Stock
from core.records.records import CampaignEntry, Records
from core.records.team import NewItem
from core.shop.item_names import item_name
from core.shop.settings import Shop
from core.topics.stock.stock_count import last_count

CLOSING_DAYS = 7
"""How many days before a campaign's sign-up closes listing an item is urgent (a judgement)."""


@dataclass(frozen=True, slots=True)
class WaitingItem:
    """An item in stock that is not in the item file, so that it is taken to be not on sale."""

    item: str
    name: str
    units: float
    plan: NewItem | None
    """The latest record of the plan for listing it; None if there is none."""

    @property
    def ready(self) -> bool:
        """Return whether the item can be listed.

        It can if it is not in the plan of new items, or if its pictures are ready.
        """
        return self.plan is None or self.plan.state in ("pictures", "page")


def waiting_items(
    stock: Stock | None, items: Items | None, plans: Records[NewItem] | None, shop: Shop
) -> list[WaitingItem]:
    """Return the items that are in stock but not on sale.

    Items that our plan of new items marks as listed or dropped are omitted.
    """
    if stock is None or items is None:
        return []
    on_sale = {str(item) for item in items.frame["item"]}
    planned = {one.value.item: one.value for one in plans or ()}
    found = [
        WaitingItem(item, item_name(shop, item, one.title), one.on_hand, planned.get(item))
        for item, one in last_count(stock.frame).items()
        if item not in on_sale and one.on_hand
    ]
    return [one for one in found if one.plan is None or one.plan.state not in ("listed", "dropped")]


def closing(campaigns: Records[CampaignEntry] | None, today: date) -> list[CampaignEntry]:
    """Return the campaigns whose sign-up is open and closes within a week."""
    newest = {one.value.name: one.value for one in campaigns or ()}
    last = today + timedelta(days=CLOSING_DAYS)
    return [
        one
        for one in newest.values()
        if one.state == "planned" and one.deadline is not None and today <= one.deadline <= last
    ]
