"""Items whose price after all offers together is below their lowest acceptable price or their cost."""

from __future__ import annotations

from datetime import date, timedelta

from core.answers.answer import About, Finding, Proposal, Table, TableColumn, finding
from core.language import message
from core.language.message import Words, say
from core.records.market import OfferStack
from core.records.records import Records
from core.shop.item_names import item_name
from core.shop.settings import Shop

DAYS = 14
"""Prices entered longer ago than this are not judged, because offers end (a judgement)."""


def newest(offers: Records[OfferStack] | None, shop: Shop, today: date) -> list[OfferStack]:
    """Return each item's newest record of its price after all offers, if entered in the last two weeks."""
    first = today - timedelta(days=DAYS)
    found = {one.value.item: one.value for one in offers or () if one.at.astimezone(shop.zone).date() > first}
    return list(found.values())


def floor(offer: OfferStack, shop: Shop) -> float | None:
    """Return the lowest acceptable price in yuan: as entered, else the item's cost.

    None if both are unknown.
    """
    return shop.item(offer.item).cost if offer.floor is None else offer.floor


def findings(offers: list[OfferStack], shop: Shop, today: date) -> list[Finding[Words]]:
    """Return a finding on each price below the item's lowest acceptable price.

    One more finding names the items whose lowest acceptable price is unknown.
    """
    found: list[Finding[Words]] = []
    for one in offers:
        lowest = floor(one, shop)
        if lowest is None or one.final >= lowest:
            continue
        text = say(
            "{item} costs only {final} after all offers, {less} below its lowest acceptable price of "
            "{floor}.",
            item=item_name(shop, one.item),
            final=message.money(one.final),
            less=message.money(lowest - one.final),
            floor=message.money(lowest),
        )
        about = About(item=one.item)
        ask = Proposal(
            "operator",
            say("Remove one of the offers from {item}, or limit who gets it", item=item_name(shop, one.item)),
            due=today.isoformat(),
            about=about,
        )
        found.append(finding("checks", "offers", "act", text, ask, about=about))
    if unknown := [one for one in offers if floor(one, shop) is None]:
        names = message.listing([item_name(shop, one.item) for one in unknown])
        text = say(
            "{items} has neither a lowest price nor a cost, so the price cannot be judged.", items=names
        )
        found.append(finding("checks", "no_floor", "info", text))
    return found


def table(offers: list[OfferStack], shop: Shop) -> tuple[Table[Words], ...]:
    """Return the table of prices after all offers; empty if there are none."""
    if not offers:
        return ()
    columns = (
        TableColumn(say("Item"), id="item"),
        TableColumn(say("Price on the page"), "money", "price"),
        TableColumn(say("Price after all offers"), "money", "final"),
        TableColumn(say("Lowest price"), "money", "floor"),
    )
    rows = tuple(
        (item_name(shop, one.item), one.price, round(one.final, 2), floor(one, shop)) for one in offers
    )
    return (Table(say("Prices after all offers"), columns, rows),)
