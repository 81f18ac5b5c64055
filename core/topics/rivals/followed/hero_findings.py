"""The findings and table about rivals' hero items: price, picture, description, daily sales range."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from core.answers.answer import About, Cell, Finding, LevelName, Proposal, Table, TableColumn, finding
from core.language import message
from core.language.message import Words, say
from core.shop.settings import Shop
from core.statistics.distributions import Interval
from core.topics.rivals.followed.findings import NEWS_DAYS
from core.topics.rivals.followed.heroes import Hero
from core.topics.rivals.sales_ranges import Exchange
from core.topics.rivals.spans import span, telling

CUT = 0.05
"""The relative price cut from which our closest item should be compared with it (a judgement)."""


def of_heroes(found: Sequence[Hero], shop: Shop, today: date) -> list[Finding[Words]]:
    """Return findings on recent changes of rivals' best sellers, and on those not observed for too long."""
    said: list[Finding[Words]] = []
    for one in found:
        away = (today - one.last_day).days
        if away > shop.thresholds.rival_stale_days:
            text = say(
                "{shop}'s best seller {item} was last looked at on {day}, {n} days ago: its price and "
                "picture since then are not known.",
                shop=one.shop,
                item=one.title,
                day=message.short_day(one.last_day),
                n=away,
            )
            said.append(finding("rivals", "hero_stale", "info", text, about=About(rival=one.rival.id)))
        elif changed := _changed(one, today):
            said.append(changed)
    return said


def _changed(one: Hero, today: date) -> Finding[Words] | None:
    parts: list[Words] = []
    asks: list[Proposal[Words]] = []
    level: LevelName = "info"
    about = About(rival=one.rival.id)
    due = (today + timedelta(days=1)).isoformat()
    if one.before and _new_choice(one, today):
        parts.append(say("the shop now promotes this item instead of {before}", before=one.before))
    if (step := one.repriced) is not None and _recent(step[0], today):
        _, old, new = step
        parts.append(say("price {old} → {new}", old=span(old), new=span(new)))
        if new.low < old.low * (1 - CUT):
            level = "watch"
            ask = say(
                "Compare our closest item with the new price of {shop}'s {item}; lower ours only if it "
                "stops selling",
                shop=one.shop,
                item=one.title,
            )
            asks.append(Proposal("operator", ask, "conversion", "up", due=due, about=about))
    pictures = [swap for swap in one.pictures if _recent(swap.day, today)]
    if pictures:
        parts.append(_picture(pictures[-1]))
        ask = say("Look at the new main picture of {shop}'s {item}: which ideas would suit ours?",
                  shop=one.shop, item=one.title)  # fmt: skip
        asks.append(Proposal("design", ask, "ctr", "up", due=due, about=about))
    texts = [swap for swap in one.descriptions if _recent(swap.day, today)]
    if texts:
        parts.append(_description(texts[-1]))
    if not parts:
        return None
    text = say(
        "{shop}'s best seller {item}: {what}.", shop=one.shop, item=one.title, what=message.clauses(parts)
    )
    return finding("rivals", "hero", level, text, *asks, about=about)


def _recent(day: date, today: date) -> bool:
    return (today - day).days <= NEWS_DAYS


def _new_choice(one: Hero, today: date) -> bool:
    """Return whether the rival's present hero was first observed only recently."""
    return (today - one.looks[0].day).days <= NEWS_DAYS


def _picture(swap: Exchange) -> Words:
    if swap.before and swap.after:
        return say("new main picture: {before} → {after}", before=swap.before, after=swap.after)
    if swap.after:
        return say("new main picture: {after}", after=swap.after)
    return say("new main picture")


def _description(swap: Exchange) -> Words:
    if swap.before and swap.after:
        return say("new item page: {before} → {after}", before=swap.before, after=swap.after)
    return say("new item page")


def hero_table(found: Sequence[Hero], today: date) -> Table[Words] | None:
    """Return the table of rivals' best sellers: prices, displayed and daily sales, pictures and page changes.

    None if there are none.
    """
    if not found:
        return None
    columns = (
        TableColumn(say("Rival"), "text", "rival"),
        TableColumn(say("Best seller"), "text", "hero"),
        TableColumn(say("Times looked at"), "count", "looks"),
        TableColumn(say("Last looked at"), "date", "last_look"),
        TableColumn(say("Days ago"), "count", "days_ago"),
        TableColumn(say("First price seen"), "text", "first_price"),
        TableColumn(say("Price now"), "text", "price"),
        TableColumn(say("Displayed sales"), "text", "sold"),
        TableColumn(say("Sold a day (range)"), "text", "a_day"),
        TableColumn(say("Reviews added"), "count", "reviews"),
        TableColumn(say("Pictures changed"), "count", "pictures"),
        TableColumn(say("Item pages changed"), "count", "descriptions"),
    )
    rows: list[tuple[Cell | Words, ...]] = []
    for one in found:
        prices, sold = one.prices, [look.sold for look in one.looks if look.sold is not None]
        rows.append(
            (
                one.shop,
                one.title,
                len(one.looks),
                one.last_day.isoformat(),
                (today - one.last_day).days,
                span(prices[0][1]) if prices else message.DASH,
                span(prices[-1][1]) if prices else message.DASH,
                span(sold[-1]) if sold else message.DASH,
                _a_day(one),
                one.reviews,
                _count([look.picture for look in one.looks], one.pictures),
                _count([look.description for look in one.looks], one.descriptions),
            )
        )
    return Table(say("Rivals' best sellers over time"), columns, tuple(rows))


def _a_day(one: Hero) -> Words:
    """Return the daily sales range, or a text that the counter fell and sales are unknown."""
    found = one.pace
    if found.a_day is None:
        return say("unknown, because displayed sales fell") if found.fell else message.DASH
    pace = Interval(round(found.a_day.low), round(found.a_day.high))
    return span(pace) if telling(pace) else message.DASH


def _count(seen: Sequence[str], swaps: Sequence[Exchange]) -> int | None:
    """Return how often a picture or description changed; None if fewer than two observations noted it."""
    return len(swaps) if sum(bool(one.strip()) for one in seen) > 1 else None


def hero_limits(found: Sequence[Hero]) -> list[Words]:
    """Return texts on what the figures on rivals' best sellers cannot show."""
    limits: list[Words] = []
    if any(one.pace.a_day is not None for one in found):
        limits.append(
            say(
                "A best seller's daily sales are given as a range: at an even pace, any value in "
                "it agrees with every displayed figure noted so far. Sales that have dropped out "
                "of the displayed figure are not included, and fake orders cannot be recognised."
            )
        )
    if any(one.pace.fell for one in found):
        limits.append(
            say(
                "If the displayed sales of a best seller fell, only what was noted after that "
                "counts; what happened before is unknown."
            )
        )
    if any(one.pictures or one.descriptions for one in found):
        limits.append(
            say(
                "Pictures and item pages are compared as they were noted by hand; the program does not see "
                "them."
            )
        )
    return limits
