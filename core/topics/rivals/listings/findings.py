"""The findings and tables about rivals' listings: changes, titles similar to ours, limitations."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from core.answers.answer import (
    About,
    Cell,
    Evidence,
    Finding,
    LevelName,
    Proposal,
    Table,
    TableColumn,
    finding,
)
from core.language import message
from core.language.message import N_, Words, say
from core.shop.item_names import short
from core.shop.settings import Shop
from core.statistics.distributions import Interval
from core.topics.rivals.listing_changes import Change, Moves
from core.topics.rivals.listings.shop_listings import Alike, ShopListings, alike
from core.topics.rivals.spans import span, telling

CUT_SHARE = 0.20
"""The share of a shop's listings with lower prices from which it counts as a shop-wide sale.

Set by judgement.
"""
CLEARED_SHARE = 0.30
"""The share of listings taken down from which the export may merely be incomplete (a judgement)."""
NAMED = 2
SHOWN = 12


def listed(
    found: Sequence[ShopListings], titles: Mapping[str, str], shop: Shop, today: date
) -> tuple[list[Finding[Words]], list[Evidence[Words]], list[Words], frozenset[str]]:
    """Return findings, tables, limitations, and the ids of rivals whose listings were observed recently.

    ``titles`` are the titles of our items, by item name.
    """
    if not found:
        return [], [], [], frozenset()
    fresh = frozenset(
        one.rival.id
        for one in found
        if one.rival is not None and (today - one.last_day).days <= shop.thresholds.rival_stale_days
    )
    followed = [one for one in found if one.rival is not None and one.rival.followed]
    told = [_news(one, today) for one in followed]
    findings = [*(one for one in told if one is not None), *_same(alike(followed, titles, shop), today)]
    tables: list[Evidence[Words]] = [_shops(found)]
    if changes := _changes(followed or found):
        tables.append(changes)
    return findings, tables, _limits(found), fresh


def _news(shelf: ShopListings, today: date) -> Finding[Words] | None:
    last = shelf.last
    if last is None or not (last.new or last.gone or last.repriced or last.renamed):
        return None
    cheaper = [one for one in last.repriced if one.price_step < 0]
    sale = last.shown > 0 and len(cheaper) >= max(3, CUT_SHARE * last.shown)
    text = say(
        "{shop}, {day} compared with {since}: {changes}.",
        shop=shelf.name,
        day=message.short_day(last.day),
        since=message.short_day(last.since),
        changes=message.listing(_parts(shelf, last)),
    )
    level: LevelName = "info"
    about = About(rival=shelf.rival.id if shelf.rival else shelf.shop)
    asks: list[Proposal[Words]] = []
    if sale:
        level = "watch"
        ask = say("Compare our matching items with {shop}'s new prices; lower ours only if they stop selling",
                  shop=shelf.name)  # fmt: skip
        asks.append(Proposal("operator", ask, "conversion", "up", due=today.isoformat(), about=about))
    return finding("rivals", "listings", level, text, *asks, about=about)


def _parts(shelf: ShopListings, last: Moves) -> list[Words]:
    """Return texts on the changes in order of importance: prices, new, gone, renamed."""
    parts: list[Words] = []
    cheaper = sorted((one for one in last.repriced if one.price_step < 0), key=lambda one: one.price_step)
    dearer = [one for one in last.repriced if one.price_step > 0]
    if cheaper:
        parts.append(
            say(
                "{n} of {all} items cheaper ({most})",
                n=len(cheaper),
                all=last.shown,
                most=message.listing(map(_step, cheaper[:NAMED])),
            )
        )
    if dearer:
        parts.append(
            message.plural("{n} item with a higher price", "{n} items with a higher price", len(dearer))
        )
    if last.new:
        names = [short(shelf.looks[last.day][item].title) for item in last.new[:NAMED]]
        parts.append(say("{n} newly listed ({names})", n=len(last.new), names=message.listing(names)))
    if last.gone and len(last.gone) > CLEARED_SHARE * (last.shown + len(last.gone)):
        parts.append(
            say(
                "{n} items not shown twice in a row (taken down, or the list was incomplete)",
                n=len(last.gone),
            )
        )
    elif last.gone:
        parts.append(say("{n} taken down", n=len(last.gone)))
    if last.renamed:
        parts.append(say("{n} with a new title", n=len(last.renamed)))
    return parts


def _step(change: Change) -> Words:
    return say(
        "{name} {old} → {new}",
        name=short(change.after.title),
        old=message.money(change.before.price),
        new=message.money(change.after.price),
    )


def _same(found: Sequence[Alike], today: date) -> list[Finding[Words]]:
    return [_alike(one, today) for one in found[:NAMED]]


def _alike(one: Alike, today: date) -> Finding[Words]:
    title, about = one.shown.title[:16], About(item=one.item)
    text = say(
        "{shop} shows “{title}” at {price}; its title resembles our {ours} ({share}). Compare the "
        "pictures yourself.",
        shop=one.shelf.name,
        title=title,
        price=message.money(one.shown.price),
        ours=one.ours,
        share=message.percent(one.likeness, 0),
    )
    todo = say("Look at the picture and price of “{title}”; if it is a copy, record it", title=title)
    ask = Proposal("operator", todo, due=today.isoformat(), about=about)
    return finding("rivals", "same", "watch", text, ask, about=about)


def _shops(found: Sequence[ShopListings]) -> Table[Words]:
    columns = (
        TableColumn(say("Shop"), "text", "shop"),
        TableColumn(say("Looked at on"), "date", "last_look"),
        TableColumn(say("Compared with"), "date", "against"),
        TableColumn(say("Items listed"), "count", "listings"),
        TableColumn(say("Newly listed"), "count", "new"),
        TableColumn(say("Taken down"), "count", "gone"),
        TableColumn(say("Price lowered"), "count", "cheaper"),
        TableColumn(say("Price raised"), "count", "dearer"),
        TableColumn(say("Title changed"), "count", "renamed"),
        TableColumn(say("Increase in displayed sales"), "text", "sold"),
        TableColumn(say("Items whose displayed sales fell"), "count", "fell"),
    )
    rows: list[tuple[Cell | Words, ...]] = []
    for one in found:
        last = one.last
        shown = len(one.looks[one.last_day])
        if last is None:
            rows.append((one.name, one.last_day.isoformat(), None, shown, *([None] * 5), message.DASH, None))
            continue
        rows.append(
            (
                one.name,
                last.day.isoformat(),
                last.since.isoformat(),
                shown,
                len(last.new),
                len(last.gone),
                sum(change.price_step < 0 for change in last.repriced),
                sum(change.price_step > 0 for change in last.repriced),
                len(last.renamed),
                _range(last.sold, last.compared, shown),
                last.fell,
            )
        )
    return Table(say("Rivals' items as last seen, compared with the time before"), columns, tuple(rows))


def _range(sold: Interval | None, compared: int, shown: int) -> Words:
    if sold is None:
        return message.DASH
    told = span(sold) if telling(sold) else message.DASH
    return say("{range} ({n} of {all} listings)", range=told, n=compared, all=shown)


_WHAT = {"price": N_("price"), "title": N_("title")}


def _changes(found: Collection[ShopListings]) -> Table[Words] | None:
    """Return the table of the changes of single listings at the newest observations.

    The largest price changes come first.
    """
    rows: list[tuple[float, tuple[Cell | Words, ...]]] = []
    for shelf in found:
        last = shelf.last
        if last is None:
            continue
        rows += [(abs(one.price_step), (shelf.name, *_priced(one))) for one in last.repriced]
        rows += [
            (0.0, (shelf.name, one.item, "title", one.before.title, one.after.title)) for one in last.renamed
        ]
    if not rows:
        return None
    columns = (
        TableColumn(say("Shop"), "text", "shop"),
        TableColumn(say("Item"), "text", "listing"),
        TableColumn(
            say("What changed"), "word", "what", tuple((id_, say(name)) for id_, name in _WHAT.items())
        ),
        TableColumn(say("Before"), "text", "before"),
        TableColumn(say("Now"), "text", "now"),
    )
    rows.sort(key=lambda row: -row[0])
    return Table(say("Items that changed"), columns, tuple(row for _, row in rows[:SHOWN]))


def _priced(one: Change) -> tuple[str, str, Words, Words]:
    before, now = message.money(one.before.price), message.money(one.after.price)
    return short(one.after.title), "price", before, now


def _limits(found: Sequence[ShopListings]) -> list[Words]:
    limits: list[Words] = [
        say(
            "Displayed sales are counted over a rolling period: an increase is net, not one day's "
            "sales, and may contain fake orders. An item counts as taken down only after it is missing "
            "twice."
        )
    ]
    fell = sum(one.last.fell for one in found if one.last is not None)
    if fell:
        limits.append(
            message.plural(
                "The displayed sales of {n} item fell since the last check, so how many were sold "
                "is unknown.",
                "The displayed sales of {n} items fell since the last check, so how many were "
                "sold is unknown.",
                fell,
            )
        )
    missing = sum(one.last.missing for one in found if one.last is not None)
    if missing:
        limits.append(
            message.plural(
                "{n} item was missing for the first time: one check is not enough to conclude anything.",
                "{n} items were missing for the first time: one check is not enough to conclude anything.",
                missing,
            )
        )
    return limits
