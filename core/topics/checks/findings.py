"""The findings about the daily checks; each failed check leads to a proposed action."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from core.answers.answer import About, Finding, LevelName, Proposal, finding
from core.language import message
from core.language.message import N_, Words, say
from core.records.records import Check, Recorded
from core.shop.settings import Shop
from core.topics.checks.balance import TOP_UP_DAYS, Balance
from core.topics.checks.waiting_cases import LATE_DAYS, Waiting

STALE_DAYS = 3
"""A balance entered more than this many days ago is asked for again."""
NAMES = {
    "ads_balance": N_("Ad balance"),
    "tools": N_("Tools and subscriptions"),
    "after_sales": N_("After-sales"),
    "inbox": N_("Inbox and platform messages"),
    "deposit": N_("Deposit and payouts"),
    "violations": N_("Violations and points"),
}
"""The names of the built-in checks; checks that people add have their own names."""
ANSWERED = ("ads_balance", "after_sales", "tools")
"""Checks that the data answer, so that a tick as failed needs no finding of its own."""


def of_balance(money: Balance | None, shop: Shop, today: date) -> list[Finding[Words]]:
    """Return the finding on how long the ad balance lasts, or the request to enter it."""
    if money is None:
        ask = Proposal("promotion", say("Enter the ad balance in the daily check"), due=today.isoformat())
        text = say("The ad balance has not been entered yet: it may run out unnoticed.")
        return [finding("checks", "balance", "watch", text, ask)]
    days = money.days
    if days is None:
        return []
    if days < shop.thresholds.balance_days and money.daily is not None:
        return [_low(money, days, money.daily, shop, today)]
    if (today - money.since).days > STALE_DAYS:
        text = message.plural(
            "The ad balance was entered {n} day ago; after the spend since then, about {now} should be "
            "left. Check it.",
            "The ad balance was entered {n} days ago; after the spend since then, about {now} should be "
            "left. Check it.",
            (today - money.since).days,
            now=message.money(round(money.now)),
        )
        return [finding("checks", "balance", "watch", text)]
    text = say("The ad balance is enough for about {days} days.", days=message.count(days))
    if money.topped_up is not None:
        text = message.sentences(
            [say("Ad balance topped up {day}.", day=message.short_day(money.topped_up)), text]
        )
    return [finding("checks", "balance", "good", text)]


def _low(money: Balance, days: float, daily: float, shop: Shop, today: date) -> Finding[Words]:
    wanted = money.top_up(shop)
    left = (
        say("about {n} hours", n=message.count(days * 24))
        if days < 1
        else say("about {n} days", n=message.ratio(days, 1))
    )
    text = say(
        "The ad balance is {now} and a day of ads costs {daily}: enough for {left}. Top up "
        "{wanted} before noon.",
        now=message.money(round(money.now)),
        daily=message.money(round(daily)),
        left=left,
        wanted=message.money(wanted),
    )
    if money.now <= 0:
        text = say(
            "Going by the spend since {day}, the ad account should be empty. Check it and top up {wanted}.",
            day=message.short_day(money.since),
            wanted=message.money(wanted),
        )
    ask = Proposal(
        "promotion",
        say(
            "Top up the ad account with {wanted} before noon (enough for {n} days)",
            wanted=message.money(wanted),
            n=TOP_UP_DAYS,
        ),
        due=today.isoformat(),
        deed="top_up",
        price=wanted,
    )
    return finding("checks", "balance", "act", text, ask)


def of_subscriptions(shop: Shop, checks: Iterable[Check], today: date) -> list[Finding[Words]]:
    """Return findings on subscriptions that end soon, from shop.toml and from recorded checks."""
    ends = {one.name: one.expires for one in shop.subscriptions}
    for check in checks:
        if check.expires is not None and not any(check.expires == day for day in ends.values()):
            ends[check.note or check.name] = check.expires
    said: list[Finding[Words]] = []
    for name, day in sorted(ends.items(), key=lambda pair: pair[1]):
        left = (day - today).days
        if left > shop.thresholds.expiry_days:
            continue
        level: LevelName = "act" if left <= 1 else "watch"
        if left < 0:
            text = say(
                "{name} expired on {day}. Renew it or take it off the list.", name=name, day=message.day(day)
            )
            level = "watch"
        else:
            text = say(
                "Decide whether to renew {name}: it expires {day}, {left}.",
                name=name,
                day=message.day(day),
                left=say("today") if left == 0 else message.plural("in {n} day", "in {n} days", left),
            )
        ask = Proposal(
            "owner",
            say("Decide whether to renew {name}", name=name),
            due=max(today, day - timedelta(days=1)).isoformat(),
            deed="renew",
            about=About(other=name),
        )
        said.append(finding("checks", "expires", level, text, ask, about=About(other=name)))
    return said


def of_cases(cases: Waiting | None, today: date) -> list[Finding[Words]]:
    """Return the finding on the refunds waiting for the shop, with their number, sum and the oldest."""
    if cases is None:
        return []
    if not cases.number:
        return [finding("checks", "after_sales", "good", say("No refund is waiting."))]
    text: Words = message.plural(
        "{n} refund ({money}) has been waiting since {day}.",
        "{n} refunds ({money}) are waiting, the oldest since {day}.",
        cases.number,
        money=message.money(round(cases.money)),
        day=message.short_day(cases.oldest),
    )
    if cases.late:
        first = message.plural(
            "First handle the {n} refund older than two days.",
            "First handle the {n} refunds older than two days.",
            cases.late,
        )
        text = message.sentences([text, first])
    ask = Proposal(
        "service",
        say("Answer the waiting refunds, those older than two days before noon"),
        due=today.isoformat(),
    )
    return [finding("checks", "after_sales", "act" if cases.late else "watch", text, ask)]


def of_failed(one: Recorded[Check], today: date) -> list[Finding[Words]]:
    """Return the finding on a check recently recorded as failed; empty if imported data cover that check."""
    check = one.value
    lately = (today - one.at.date()).days < LATE_DAYS
    if check.passed is not False or not lately or check.name in ANSWERED:
        return []
    name = say(NAMES[check.name]) if check.name in NAMES else check.name
    what = say("{name}: {note}", name=name, note=check.note) if check.note else name
    text = say(
        "Checked on {day} and found not in order: {what}.", day=message.short_day(one.at.date()), what=what
    )
    ask = Proposal("operator", say("Fix: {what}", what=what), due=today.isoformat())
    return [finding("checks", "failed", "act", text, ask, about=About(other=check.name))]


def by_hand(names: Sequence[str]) -> list[Finding[Words]]:
    """Return a reminder of the checks that no export covers."""
    if not names:
        return []
    said: list[Finding[Words]] = []
    if "inbox" in names:
        text = say("The inbox and platform messages are in no file: read them and tick by hand.")
        said.append(finding("checks", "inbox", "info", text))
    weekly = [say(NAMES[name]) for name in names if name != "inbox"]
    if weekly:
        text = say(
            "{names}: no file contains them; check once a week and tick them by hand.",
            names=message.listing(weekly),
        )
        said.append(finding("checks", "weekly", "info", text))
    return said
