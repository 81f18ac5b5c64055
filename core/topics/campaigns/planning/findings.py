"""The findings about campaigns: deadlines, missing assets, the month, prices, past campaigns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Literal

from core.answers.answer import About, Finding, Impact, LevelName, Proposal, finding
from core.language import message
from core.language.message import Value, Words, say
from core.topics.campaigns.planning import launch
from core.topics.campaigns.planning.campaign import Campaign, MonthFill, channel_names
from core.topics.campaigns.uplift import Uplift

URGENT_DAYS = 3
SOON_DAYS = 7
"""The number of days before a deadline or first day from which it is reported."""
ERODES = 0.40
"""The share of a month on offer above which buyers no longer believe in the regular price (a judgement)."""


def deadline(one: Campaign, today: date) -> Finding[Words] | None:
    """Return the finding on a sign-up that closes soon, with what is still missing, or on a missed sign-up.

    None if neither is the case.
    """
    until = one.entry.deadline
    if until is None or not one.to_apply:
        return None
    left = (until - today).days
    about = About(campaign=one.name)
    if left > SOON_DAYS:
        return None
    if left < 0:
        text = say(
            "{name}: the sign-up ended on {day}, but it is still recorded as planned. Was it handed in?",
            name=one.name,
            day=message.day(until),
        )
        return finding("campaigns", "deadline", "watch", text, about=about)
    text = say(
        "{name}: sign-up ends {day}, {left}.", name=one.name, day=message.day(until), left=days_left(left)
    )
    asks: list[Proposal[Words]] = []
    if one.missing:
        ready = max(today, until - timedelta(days=1))
        asks.append(
            Proposal(
                "design",
                say("Prepare for {name}: {what}", name=one.name, what=message.listing(list(one.missing))),
                due=ready.isoformat(),
                about=about,
            )
        )
    asks.append(
        Proposal(
            "operator",
            say("Hand in the sign-up for {name}", name=one.name),
            due=until.isoformat(),
            deed="hand_in",
            about=about,
        )
    )
    level: LevelName = "act" if left <= URGENT_DAYS else "watch"
    text = message.sentences([text, *_lacking(one)])
    return finding("campaigns", "deadline", level, text, *asks, about=about)


def starting(one: Campaign, today: date) -> Finding[Words] | None:
    """Return the finding on what is still missing for a campaign that starts within a week.

    None if nothing is missing, or if the campaign starts later or has not been signed up for.
    """
    if not one.alive or not one.days or one.to_apply:
        return None
    left = (one.days[0] - today).days
    if not 0 <= left <= SOON_DAYS or (not one.missing and len(one.told) > 1):
        return None
    text = say(
        "{name} starts {day}, {left}.", name=one.name, day=message.day(one.days[0]), left=days_left(left)
    )
    about = About(campaign=one.name)
    asks: list[Proposal[Words]] = []
    if one.missing:
        due = max(today, one.days[0] - timedelta(days=2))
        asks.append(
            Proposal(
                "design",
                say("Prepare for {name}: {what}", name=one.name, what=message.listing(list(one.missing))),
                due=due.isoformat(),
                about=about,
            )
        )
    if one.untold:
        due = max(today, one.days[0] - timedelta(days=1))
        asks.append(
            Proposal(
                "service",
                say(
                    "Tell returning customers about {name} on {channels}",
                    name=one.name,
                    channels=channel_names(one.untold[:3]),
                ),
                due=due.isoformat(),
                about=about,
            )
        )
    level: LevelName = "act" if left <= 1 and one.missing else "watch"
    text = message.sentences([text, *_lacking(one)])
    return finding("campaigns", "start", level, text, *asks, about=about)


def ending(one: Campaign, today: date) -> Finding[Words] | None:
    """Return the finding on a campaign that ends today or tomorrow, or is over but recorded as open.

    None otherwise.
    """
    if not one.alive or not one.days or one.days[0] > today:
        return None
    left = (one.days[-1] - today).days
    about = About(campaign=one.name)
    if left < 0:
        text = say(
            "{name} ended on {day} but is still recorded as open: record it as finished.",
            name=one.name,
            day=message.day(one.days[-1]),
        )
        return finding("campaigns", "end", "info", text, about=about)
    if left > 1:
        return None
    text = say(
        "{name} ends on {day}: after that, change prices, banners and the service team's answers back.",
        name=one.name,
        day=message.day(one.days[-1]),
    )
    ask = Proposal(
        "operator",
        say("Change prices and banners of {name} back", name=one.name),
        due=(one.days[-1] + timedelta(days=1)).isoformat(),
        about=about,
    )
    return finding("campaigns", "end", "watch", text, ask, about=about)


def price_wording(one: Campaign, lowest: Mapping[str, float]) -> list[Finding[Words]]:
    """Return findings on former prices in the offer, named for comparison, that the law does not permit.

    ``lowest`` gives the lowest recent price by item.
    """
    if not one.alive:
        return []
    about = About(campaign=one.name)
    said: list[Finding[Words]] = []
    if one.says_original_price:
        text = say(
            "{name}: the offer says 原价 (original price). A compared price must have been paid "
            "within the last 7 days; for a new item write 首发价 (launch price) and 恢复日常价 (back to "
            "everyday price).",
            name=one.name,
        )
        ask = Proposal(
            "content",
            say(
                "Reword the price of {name}: 首发价 (launch price) …, then 恢复日常价 (back to everyday "
                "price)",
                name=one.name,
            ),
            about=about,
        )
        said.append(finding("campaigns", "wording", "watch", text, ask, about=about))
    struck = one.struck_price
    over = [(item, price) for item, price in lowest.items() if struck is not None and struck > price]
    if over:
        item, price = over[0]
        text = say(
            "{name}: the crossed-out price {struck} is higher than {price}, for which {item} was sold "
            "within the last 7 days; it must not be shown.",
            name=one.name,
            struck=message.money(struck),
            price=message.money(round(price)),
            item=item,
        )
        said.append(finding("campaigns", "struck", "act", text, about=about))
    return said


def month_filled(found: MonthFill, today: date) -> list[Finding[Words]]:
    """Return findings if the month has too many discount days, or campaigns too close together."""
    said: list[Finding[Words]] = []
    if found.share > ERODES:
        text = say(
            "There is an offer on {share} of this month's days, including planned ones. Above "
            "{line}, buyers wait for the next offer.",
            share=message.percent(found.share, 0),
            line=message.percent(ERODES, 0),
        )
        ask = Proposal(
            "operator",
            say("Keep the next free week without an offer"),
            due=(today + timedelta(days=SOON_DAYS)).isoformat(),
        )
        said.append(finding("campaigns", "share", "watch", text, ask))
    for before, after, days in found.close:
        text = say(
            "Only {days} between {before} and {after}: leave a week, so that buyers see the everyday price.",
            days=message.plural("{n} day", "{n} days", days),
            before=before,
            after=after,
        )
        said.append(finding("campaigns", "close", "info", text, about=About(campaign=before, other=after)))
    return said


def idea(free: date | None, today: date) -> Finding[Words]:
    """Return the finding that proposes a campaign of our own if none is planned; it begins on ``free``."""
    text = say(
        "Nothing is planned for the next two weeks. A campaign of our own: sell a new item at a "
        "launch price (首发价) for three days, then at the everyday price (恢复日常价)."
    )
    ask: Proposal[Words]
    if free is None:
        ask = Proposal(
            "operator",
            say("Plan a three-day launch for the next new item"),
            metric="gmv",
            direction="up",
            due=(today + timedelta(days=SOON_DAYS)).isoformat(),
        )
    else:
        days = launch.span(free)
        text = message.sentences([text, say("Days a week away from any other offer: {days}.", days=days)])
        ask = launch.proposal(free, today, say("Plan a campaign of our own on {days}", days=days))
    return finding("campaigns", "idea", "info", text, ask)


def brought(one: Campaign, found: Uplift) -> Finding[Words]:
    """Return the finding on the additional sales of a campaign, and on what they do not include yet."""
    values: dict[str, Value] = {
        "name": one.name,
        "actual": message.money(round(found.actual, -2)),
        "usual": message.money(round(found.baseline, -2)),
        "plus": message.percent(found.share, 0, sign=True),
    }
    if found.low is None or found.high is None:
        text = say(
            "{name} sold {actual}; the same weekdays before sold {usual} ({plus}). Too few weeks "
            "without a campaign to say more.",
            **values,
        )
    else:
        text = say(
            "{name} sold {actual}; the same weekdays before sold {usual} ({plus}; 80% range: "
            "{low} to {high}). Refunds and the quiet days after it are not included yet.",
            low=_signed(found.low),
            high=_signed(found.high),
            **values,
        )
    level: LevelName = "good" if found.call == "up" else "info"
    impact = impact_of(found.uplift, found.low, found.high)
    return finding("campaigns", "effect", level, text, about=About(campaign=one.name), impact=impact)


def impact_of(
    yuan: float, low: float | None, high: float | None, of: Literal["margin", "sales"] = "sales"
) -> Impact:
    """Return the result of a campaign as a one-time impact: a gain, or a loss if negative.

    A limit of the range whose sign differs from that of ``yuan`` is set to zero.
    """
    ends = [None if end is None else max(0.0, end if yuan >= 0 else -end) for end in (low, high)]
    least, most = ends if yuan >= 0 else ends[::-1]
    return Impact(abs(yuan), "once", least, most, of, "gain" if yuan >= 0 else "loss")


def days_left(left: int) -> Words:
    """Return "today", "tomorrow" or "in n days"."""
    if left <= 0:
        return say("today")
    return say("tomorrow") if left == 1 else say("in {n} days", n=left)


def _lacking(one: Campaign) -> list[Words]:
    lacking: list[Words] = []
    if one.missing:
        lacking.append(say("Still missing: {what}.", what=message.listing(one.missing)))
    if not one.told:
        lacking.append(say("The campaign has not been announced to anyone yet."))
    elif one.untold:
        told, untold = channel_names(one.told), channel_names(one.untold)
        lacking.append(say("Announced on {told} only; not yet on {untold}.", told=told, untold=untold))
    return lacking


def _signed(value: float) -> Words:
    return message.money(round(value, -2), sign=True)


def there(found: Sequence[Finding[Words] | None]) -> list[Finding[Words]]:
    """Return the findings that are not None."""
    return [one for one in found if one is not None]
