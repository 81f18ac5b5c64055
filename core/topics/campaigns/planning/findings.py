"""What is said about campaigns: deadlines first, then what is missing, the month, the prices, the past."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from core.answers.answer import Finding, LevelName, Proposal
from core.language import wording
from core.language.wording import say
from core.topics.campaigns.planning.campaign import Campaign, MonthFill
from core.topics.campaigns.uplift import Uplift

URGENT_DAYS = 3
SOON_DAYS = 7
"""Days before a deadline or a first day from where it is said."""
ERODES = 0.40
"""Share of a month on offer beyond which the everyday price is no longer believed [judgement]."""


def deadline(one: Campaign, today: date) -> Finding | None:
    """Say how long a sign-up is still open and what is missing for it."""
    until = one.entry.deadline
    if until is None or not one.to_apply:
        return None
    left = (until - today).days
    key = f"campaigns/deadline/{one.name}"
    if left > SOON_DAYS:
        return None
    if left < 0:
        text = say(
            "{name}: sign-up ended on {day} and it still stands as planned. Was it handed in?",
            name=one.name,
            day=wording.day(until),
        )
        return Finding(key, "watch", text)
    text = say(
        "{name}: sign-up ends {day}, {left}.", name=one.name, day=wording.day(until), left=days_left(left)
    )
    text = _joined(text, _lacking(one))
    asks = []
    if one.missing:
        ready = max(today, until - timedelta(days=1))
        asks.append(
            Proposal(
                "design",
                say("Have ready for {name}: {what}", name=one.name, what=wording.listing(list(one.missing))),
                due=ready.isoformat(),
            )
        )
    asks.append(Proposal("operator", say("Hand in {name}", name=one.name), due=until.isoformat()))
    level: LevelName = "act" if left <= URGENT_DAYS else "watch"
    return Finding(key, level, text, tuple(asks))


def starting(one: Campaign, today: date) -> Finding | None:
    """Say what a campaign that starts within a week still lacks."""
    if not one.alive or not one.days or one.to_apply:
        return None
    left = (one.days[0] - today).days
    if not 0 <= left <= SOON_DAYS or (not one.missing and len(one.told) > 1):
        return None
    text = say(
        "{name} starts {day}, {left}.", name=one.name, day=wording.day(one.days[0]), left=days_left(left)
    )
    asks = []
    if one.missing:
        due = max(today, one.days[0] - timedelta(days=2))
        asks.append(
            Proposal(
                "design",
                say("Have ready for {name}: {what}", name=one.name, what=wording.listing(list(one.missing))),
                due=due.isoformat(),
            )
        )
    if one.untold:
        due = max(today, one.days[0] - timedelta(days=1))
        asks.append(
            Proposal(
                "service",
                say(
                    "Tell regular buyers of {name} over {channels}",
                    name=one.name,
                    channels=wording.listing(list(one.untold[:3])),
                ),
                due=due.isoformat(),
            )
        )
    level: LevelName = "act" if left <= 1 and one.missing else "watch"
    return Finding(f"campaigns/start/{one.name}", level, _joined(text, _lacking(one)), tuple(asks[:2]))


def ending(one: Campaign, today: date) -> Finding | None:
    """Say when a running campaign ends today or tomorrow: prices and banners go back."""
    if not one.alive or not one.days or one.days[0] > today:
        return None
    left = (one.days[-1] - today).days
    key = f"campaigns/end/{one.name}"
    if left < 0:
        text = say(
            "{name} ended on {day} and still stands as open: record it as over.",
            name=one.name,
            day=wording.day(one.days[-1]),
        )
        return Finding(key, "info", text)
    if left > 1:
        return None
    text = say(
        "{name} ends {day}: everyday prices, banners and service's answers go back after it.",
        name=one.name,
        day=wording.day(one.days[-1]),
    )
    ask = Proposal(
        "operator",
        say("Put prices and banners of {name} back", name=one.name),
        due=(one.days[-1] + timedelta(days=1)).isoformat(),
    )
    return Finding(key, "watch", text, (ask,))


def price_wording(one: Campaign, lowest: Mapping[str, float]) -> list[Finding]:
    """Say where an offer compares with a price it may not be compared with."""
    if not one.alive:
        return []
    said = []
    if one.says_original_price:
        text = say(
            "{name}: the offer says 原价. A compared price must have been paid in the last 7 days; for a "
            "new item write 首发价 and 恢复日常价.",
            name=one.name,
        )
        ask = Proposal("content", say("Reword the price of {name}: 首发价 …, then 恢复日常价", name=one.name))
        said.append(Finding(f"campaigns/wording/{one.name}", "watch", text, (ask,)))
    struck = one.struck_price
    over = [(item, price) for item, price in lowest.items() if struck is not None and struck > price]
    if over:
        item, price = over[0]
        text = say(
            "{name}: the struck-through {struck} is above the {price} {item} was paid with at least once in "
            "the last 7 days: it may not stand there.",
            name=one.name,
            struck=wording.money(struck),
            price=wording.money(round(price)),
            item=item,
        )
        said.append(Finding(f"campaigns/struck/{one.name}", "act", text))
    return said


def month_filled(found: MonthFill, today: date) -> list[Finding]:
    """Say when the month is on offer too often, or campaigns stand too close."""
    said = []
    if found.share > ERODES:
        text = say(
            "{share} of this month's days are on offer, planned ones included: beyond {line} buyers wait for "
            "the next one.",
            share=wording.percent(found.share, 0),
            line=wording.percent(ERODES, 0),
        )
        ask = Proposal(
            "operator",
            say("Leave the next free week without an offer"),
            due=(today + timedelta(days=SOON_DAYS)).isoformat(),
        )
        said.append(Finding("campaigns/share", "watch", text, (ask,)))
    for before, after, days in found.close:
        text = say(
            "Only {days} between {before} and {after}: a week apart lets the everyday price be seen.",
            days=wording.plural("{n} day", "{n} days", days),
            before=before,
            after=after,
        )
        said.append(Finding(f"campaigns/close/{before}/{after}", "info", text))
    return said


def idea(today: date) -> Finding:
    """Propose a campaign of our own where nothing is planned."""
    text = say(
        "Nothing is planned for the next two weeks. An own idea: the first three days of a new arrival at a "
        "launch price (首发价), then the everyday price (恢复日常价)."
    )
    ask = Proposal(
        "operator",
        say("Plan a launch of three days for the next new arrival"),
        metric="gmv",
        direction="up",
        due=(today + timedelta(days=SOON_DAYS)).isoformat(),
    )
    return Finding("campaigns/idea", "info", text, (ask,))


def brought(one: Campaign, found: Uplift) -> Finding:
    """Say what a campaign brought beyond its usual days, and what is not yet in that number."""
    values = {
        "name": one.name,
        "actual": wording.money(round(found.actual, -2)),
        "usual": wording.money(round(found.baseline, -2)),
        "plus": wording.percent(found.share, 0, sign=True),
    }
    if found.low is None or found.high is None:
        text = say(
            "{name} sold {actual}; the same weekdays before {usual} ({plus}). Too few clean weeks for more.",
            **values,
        )
    else:
        text = say(
            "{name} sold {actual} against {usual} on the same weekdays before ({plus}; 8 in 10: {low} to "
            "{high}). Refunds and the quiet after it are not in yet.",
            low=_signed(found.low),
            high=_signed(found.high),
            **values,
        )
    level: LevelName = "good" if found.call == "up" else "info"
    return Finding(f"campaigns/effect/{one.name}", level, text)


def days_left(left: int) -> str:
    """Say today, tomorrow, or in so many days."""
    if left <= 0:
        return say("today")
    return say("tomorrow") if left == 1 else say("in {n} days", n=left)


def _lacking(one: Campaign) -> str:
    missing = say("Still missing: {what}.", what=wording.listing(list(one.missing))) if one.missing else ""
    if not one.told:
        told = say("Nobody has been told.")
    elif one.untold:
        told = say(
            "Told over {told}, not over {untold}.",
            told=wording.listing(list(one.told)),
            untold=wording.listing(list(one.untold)),
        )
    else:
        told = ""
    return _joined(missing, told) if missing else told


def _joined(first: str, second: str) -> str:
    return say("{first} {second}", first=first, second=second) if second else first


def _signed(value: float) -> str:
    return wording.money(round(value, -2), sign=True)


def there(found: Sequence[Finding | None]) -> list[Finding]:
    """Return the findings that are there."""
    return [one for one in found if one is not None]
