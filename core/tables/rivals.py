"""Rivals (竞店观察表): each look at a rival, or what a week of looks comes to; counts stay ranges."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.language.wording import say
from core.records.evening import RivalNow
from core.records.records import Records, RivalSeen
from core.shop.settings import Shop
from core.tables.span import Span, period_cells, period_columns
from core.tables.table import ShopColumn, ShopTable, build
from core.topics.rivals.displayed_counts import displayed_count
from core.topics.rivals.followed.sightings import price_band

Look = tuple[date, RivalSeen]


def looks(
    seen: Records[RivalSeen],
    now: Records[RivalNow],
    *,
    shop: Shop,
    span: Span,
) -> ShopTable:
    """What did the rivals list, ask, sell and change, as it was seen?"""
    names = {one.id: one.name or one.id for one in shop.rivals}
    places = {name: place for place, name in enumerate(names.values())}
    by_name: dict[str, list[Look]] = {}
    for one in seen:
        by_name.setdefault(names.get(one.value.rival, one.value.rival), []).append((one.at.date(), one.value))
    orders = {(names.get(one.value.rival, one.value.rival), one.at.date()): one.value for one in now}
    rows = []
    for period in span.periods:
        for name in sorted(
            {*by_name, *(key[0] for key in orders)}, key=lambda n: (places.get(n, len(places)), n)
        ):
            mine = [look for look in by_name.get(name, ()) if period.first <= look[0] <= period.last]
            evenings = [orders[name, day] for day in period.days if (name, day) in orders]
            if mine or evenings:
                rows.append(
                    {**period_cells(span, period), "rival": name, **_seen(mine), **_evenings(evenings)}
                )
    notes = [
        say("Displayed counts are ranges: 2000+ stands for 2,000 to 2,999. Empty is not seen, never none.")
    ]
    return build("rivals", say("Rivals"), span.words, _columns(span), rows, notes=notes if rows else ())


def _seen(mine: Sequence[Look]) -> dict[str, object]:
    """Several looks together: counts of new things are added up, states are the last ones seen."""
    if not mine:
        return {}
    fresh = [look.new_listings for _, look in mine if look.new_listings is not None]
    prices = [band for _, look in mine if look.price and (band := price_band(look.price)) is not None]
    sold = [found for _, look in mine if look.sold and (found := displayed_count(look.sold)) is not None]
    ranks = [look.rank for _, look in mine if look.rank is not None]
    searched = [look.keyword for _, look in mine if look.keyword]
    return {
        "looks": float(len(mine)),
        "new_listings": float(sum(fresh)) if fresh else None,
        "season_items": _last([look.season_items for _, look in mine]),
        "season_sells": _yes(_last([look.season_sells for _, look in mine])),
        "price_low": min(band.low for band in prices) if prices else None,
        "price_high": max(band.high for band in prices) if prices else None,
        "sold_low": sold[-1].low if sold else None,
        "sold_high": sold[-1].high if sold else None,
        "reviews": _last([look.reviews for _, look in mine]),
        "keyword": searched[-1] if searched else "",
        "rank": float(min(ranks)) if ranks else None,
        "ranked": float(len(ranks)) if searched else None,
        "changes": _words([look.changes for _, look in mine]),
        "bad_reviews": _words([look.bad_reviews for _, look in mine]),
        "off_site": _words([look.off_site for _, look in mine]),
        "note": _words([look.note for _, look in mine]),
    }


def _evenings(evenings: Sequence[RivalNow]) -> dict[str, object]:
    """Orders of days so far add up as ranges; a day nobody looked is not in the sum."""
    found = [count for one in evenings if (count := price_band(one.orders)) is not None]
    return {
        "orders_low": sum(one.low for one in found) if found else None,
        "orders_high": sum(one.high for one in found) if found else None,
    }


def _last(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return known[-1] if known else None


def _yes(value: float | None) -> str:
    return "" if value is None else say("yes") if value else say("no")


def _words(texts: Sequence[str]) -> str:
    return say("; ").join(dict.fromkeys(text for text in texts if text))


def _columns(span: Span) -> list[ShopColumn]:
    return [
        *period_columns(span),
        ShopColumn("rival", say("Rival")),
        *([] if span.by == "day" else [ShopColumn("looks", say("Looks"), "count")]),
        ShopColumn("new_listings", say("New listings"), "count"),
        ShopColumn("season_items", say("Season items"), "count"),
        ShopColumn("season_sells", say("Do they sell?")),
        ShopColumn("price_low", say("Price from"), "money"),
        ShopColumn("price_high", say("Price to"), "money"),
        ShopColumn("sold_low", say("Displayed sales from"), "count"),
        ShopColumn("sold_high", say("Displayed sales to"), "count"),
        ShopColumn("orders_low", say("Orders in the evening from"), "count"),
        ShopColumn("orders_high", say("Orders in the evening to"), "count"),
        ShopColumn("reviews", say("Reviews"), "count"),
        ShopColumn("keyword", say("Keyword searched")),
        ShopColumn("rank", say("Best ad rank"), "count"),
        *([] if span.by == "day" else [ShopColumn("ranked", say("Looks with a rank"), "count")]),
        ShopColumn("changes", say("Changes")),
        ShopColumn("bad_reviews", say("Their bad reviews")),
        ShopColumn("off_site", say("Off-site")),
        ShopColumn("note", say("Note")),
    ]
