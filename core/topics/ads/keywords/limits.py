"""What the keyword analysis cannot know, and which days its figures come from."""

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
    """Return the text saying that no day can be judged yet, because orders are still being credited."""
    return say(
        "No day of the keyword file is old enough to be judged: orders of the last {n} days are "
        "still being credited.",
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
    """Return the texts on which days were judged and what the keyword analysis cannot know."""
    first, last = message.short_day(days.judged[0]), message.short_day(days.judged[-1])
    limits: list[Words] = [
        message.plural(
            "Judged on {n} day: {first} to {last}.",
            "Judged on {n} days: {first} to {last}.",
            len(days.judged),
            first=first,
            last=last,
        )
    ]
    if days.young:
        limits.append(
            say(
                "{first} to {last} are too recent to judge; their orders are still being credited.",
                first=message.short_day(days.young[0]),
                last=message.short_day(days.young[-1]),
            )
        )
    settled = today - timedelta(days=shop.ads.attribution_days)
    growing = [day for day in days.judged if day >= settled]
    if growing:
        limits.append(
            say(
                "Of the judged days, {first} to {last} are within the {n} days in which orders "
                "are still credited to the ads, so a few more orders will be added. Today's "
                "decisions are checked again automatically on {then}.",
                first=message.short_day(growing[0]),
                last=message.short_day(growing[-1]),
                n=shop.ads.attribution_days,
                then=message.short_day(closes(today, shop)),
            )
        )
    if days.campaign:
        named = message.listing([message.short_day(day) for day in days.campaign])
        limits.append(say("Big campaign days left out: {days}.", days=named))
    if any(word.order for word in found):
        limits.append(
            say(
                "Target prices are {share} of what a click is worth, because it is not known how clicks "
                "respond to bids. What you pay depends on the next bidder: change the bid until the cost "
                "per click reaches the target.",
                share=message.percent(shop.thresholds.keyword_kappa, 0),
            )
        )
    limits.append(
        say(
            "Orders are those the platform credits to the click, including other items. How many free "
            "orders a paid keyword takes away cannot be seen."
        )
    )
    if missing:
        limits.append(
            say(
                "A keyword that already brings free visitors may only turn free visitors into paid ones: "
                "watch the number of free ones."
            )
        )
    if any(one.change for one in images):
        limits.append(
            say(
                "Ad slots are compared with the shop's other items; an expensive item gets fewer clicks "
                "than a cheap one with the same picture."
            )
        )
    return limits
