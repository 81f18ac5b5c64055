"""The limits of the keyword analysis, and the days its figures come from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from core.language import message
from core.language.message import Words, say
from core.measures.judged_days import Window, closes
from core.shop.settings import Shop
from core.topics.ads.keywords.additions import Addition
from core.topics.ads.keywords.pictures import Picture
from core.topics.ads.keywords.verdicts import ItemKeyword


def too_young(shop: Shop) -> Words:
    """Return the text that no day is old enough to be judged."""
    return say(
        "No keyword day is old enough to be judged: orders of the last {n} days are still coming in.",
        n=shop.ads.mature_days,
    )


def told(
    found: Sequence[ItemKeyword],
    days: Window,
    missing: Sequence[Addition],
    images: Sequence[Picture],
    shop: Shop,
    today: date,
) -> list[Words]:
    """Return the limits, the days judged first."""
    first, last = message.short_day(days.judged[0]), message.short_day(days.judged[-1])
    limits: list[Words] = [
        message.plural(
            "Judged on {n} day, {first} to {last}.",
            "Judged on {n} days, {first} to {last}.",
            len(days.judged),
            first=first,
            last=last,
        )
    ]
    if days.young:
        limits.append(
            say(
                "Too young to judge: {first} to {last}; their orders are still being credited.",
                first=message.short_day(days.young[0]),
                last=message.short_day(days.young[-1]),
            )
        )
    settled = today - timedelta(days=shop.ads.attribution_days)
    growing = [day for day in days.judged if day >= settled]
    if growing:
        limits.append(
            say(
                "Of the judged days {first} to {last} are younger than the {n} days in which orders are "
                "credited: a few are still to come. What is decided today is looked at again by itself on "
                "{then}.",
                first=message.short_day(growing[0]),
                last=message.short_day(growing[-1]),
                n=shop.ads.attribution_days,
                then=message.short_day(closes(today, shop)),
            )
        )
    if days.campaign:
        named = message.listing([message.short_day(day) for day in days.campaign])
        limits.append(say("Left out as big campaign days: {days}.", days=named))
    if any(word.order for word in found):
        limits.append(
            say(
                "Prices aim at {share} of what a click is worth: how clicks answer to bids is not known. "
                "The paid price follows the next bidder; move the bid until the paid price is there.",
                share=message.percent(shop.thresholds.keyword_kappa, 0),
            )
        )
    limits.append(
        say(
            "Orders are what the platform credits to the click, other items included; free orders a bought "
            "word takes away are not seen."
        )
    )
    if missing:
        limits.append(
            say("Buying a term that comes for free may only move its visitors: watch the free ones.")
        )
    if any(one.change for one in images):
        limits.append(
            say(
                "Slots are compared across the shop's items; a dear item draws fewer clicks than a cheap "
                "one with the same picture."
            )
        )
    return limits
