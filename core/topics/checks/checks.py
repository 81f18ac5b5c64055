"""Is the ad balance enough, what expires, which cases and parcels wait, was the inbox read?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from core.answers.answer import Answer, Evidence, Finding, Number, Table, TableColumn, Verdict, in_order
from core.exports.kinds.ads import Ads
from core.exports.kinds.orders import Orders
from core.exports.kinds.refunds import Refunds
from core.facts.goods_on_the_way import OnTheWay
from core.language import message
from core.language.message import Words, say
from core.records.records import Check, Recorded, Records
from core.shop.settings import Shop
from core.topics.checks import findings as checks_findings
from core.topics.checks.balance import Balance, balance, costs_of
from core.topics.checks.dispatch import limit, of_unsent, unsent
from core.topics.checks.waiting_cases import WAITS, Waiting, waiting

BY_HAND = ("inbox",)
"""Checks that no export can answer."""


def due(
    checks: Records[Check] | None = None,
    ads: Ads | None = None,
    refunds: Refunds | None = None,
    orders: Orders | None = None,
    on_the_way: OnTheWay | None = None,
    *,
    shop: Shop,
    today: date,
) -> Answer[Words]:
    """Is the ad balance enough, what expires, which cases and parcels wait, was the inbox read?

    Reads the checks as entered, the ad spend of the last week, the refund file, the order list and the
    subscriptions in shop.toml.

    The balance is the newest one entered, minus what was spent since (for its own day, the remaining
    hours); it should be enough for two ordinary days. Subscriptions are mentioned a week before they
    end. Of the refunds only those that wait for the shop count, the oldest first; from two days on they
    are urgent. Paid orders not sent for a day are mentioned, as of the newest order in the file. The
    inbox is in no file: it is ticked by hand.

    What was topped up and ticked since then is included in the balance.

    It does not see a top-up that was neither entered nor ticked, what was answered after the refund
    file was saved, or the platform's own deadline of a case.
    """
    newest = {one.value.name: one for one in checks or ()}
    costs = costs_of(None if ads is None else ads.frame)
    money = balance(newest.get("ads_balance"), costs, shop, today, on_the_way)
    cases = waiting(refunds.frame, today) if refunds is not None else None
    parcels = unsent(orders.frame, today) if orders is not None else None
    findings = [
        *checks_findings.of_balance(money, shop, today),
        *checks_findings.of_subscriptions(shop, [one.value for one in newest.values()], today),
        *checks_findings.of_cases(cases, today),
        *of_unsent(parcels, today),
        *(finding for one in newest.values() for finding in checks_findings.of_failed(one, today)),
        *checks_findings.by_hand(
            [name for name in BY_HAND if name not in newest or newest[name].at.date() != today]
        ),
    ]
    return Answer(
        verdict=_verdict(findings),
        findings=in_order(findings),
        evidence=_evidence(money, cases, _ticked(newest), shop, today),
        limits=(*_limits(money, refunds, today), *limit(parcels)),
    )


def _ticked(newest: dict[str, Recorded[Check]]) -> dict[str, date]:
    """Return the day each check was last ticked."""
    return {name: one.at.date() for name, one in newest.items()}


def _verdict(findings: Sequence[Finding[Words]]) -> Verdict[Words]:
    urgent = [one for one in findings if one.level == "act"]
    if urgent:
        text = urgent[0].text
        if len(urgent) > 1:
            more = message.plural(
                "{n} more thing to do today.", "{n} more things to do today.", len(urgent) - 1
            )
            text = message.sentences([text, more])
        return Verdict("act", text, asks=True)
    waiting_ones = [one for one in findings if one.level == "watch"]
    if waiting_ones:
        return Verdict("watch", waiting_ones[0].text)
    return Verdict("good", say("Nothing expires and nothing is waiting; the inbox is ticked by hand."))


def _evidence(
    money: Balance | None, cases: Waiting | None, ticked: dict[str, date], shop: Shop, today: date
) -> tuple[Evidence[Words], ...]:
    pieces: list[Evidence[Words]] = []
    if money is not None:
        pieces.append(
            Number(
                say("Ad balance now (about)"),
                "CNY",
                round(money.now, 2),
                reference=None if money.daily is None else round(2 * money.daily, 2),
            )
        )
        if money.daily is not None:
            pieces.append(
                Number(
                    say("Ad spend on an ordinary day"),
                    "CNY",
                    round(money.daily, 2),
                    reference=shop.ads.daily_budget,
                )
            )
    if cases is not None and cases.rows:
        pieces.append(_case_table(cases))
    if shop.subscriptions:
        pieces.append(_subscription_table(shop, today))
    if ticked:
        pieces.append(_hand_table(ticked, today))
    return tuple(pieces)


def _case_table(cases: Waiting) -> Table[Words]:
    columns = (
        TableColumn(
            say("Waiting for us"), "word", "waits", tuple((one, say(name)) for one, name, _ in WAITS)
        ),
        TableColumn(say("Cases"), "count", "cases"),
        TableColumn(say("Money"), "money", "money"),
        TableColumn(say("Oldest"), "date", "oldest"),
        TableColumn(say("Older than two days"), "count", "late"),
    )
    return Table(say("After-sales"), columns, cases.rows)


def _subscription_table(shop: Shop, today: date) -> Table[Words]:
    columns = (
        TableColumn(say("Subscription"), "text", "subscription"),
        TableColumn(say("Ends"), "date", "ends"),
        TableColumn(say("Days left"), "count", "days_left"),
    )
    rows = tuple(
        (one.name, one.expires.isoformat(), (one.expires - today).days)
        for one in sorted(shop.subscriptions, key=lambda one: one.expires)
    )
    return Table(say("Subscriptions"), columns, rows)


def _hand_table(ticked: Mapping[str, date], today: date) -> Table[Words]:
    states = (("ticked", say("ticked")), ("open", say("not yet today")))
    names = tuple((name, say(told)) for name, told in checks_findings.NAMES.items())
    columns = (
        TableColumn(say("Check"), "word", "check", names),
        TableColumn(say("Last ticked"), "date", "ticked_on"),
        TableColumn(say("State"), "word", "state", states),
    )
    rows = tuple(
        (name, day.isoformat(), "ticked" if day == today else "open") for name, day in sorted(ticked.items())
    )
    return Table(say("Checked by hand"), columns, rows)


def _limits(money: Balance | None, refunds: Refunds | None, today: date) -> list[Words]:
    limits: list[Words] = []
    if money is not None and money.since < today and money.topped_up is None:
        limits.append(
            say(
                "The balance was entered on {day}; whether it was topped up since is not known.",
                day=message.day(money.since),
            )
        )
    if money is not None and money.guessed_days and money.daily is not None:
        limits.append(
            message.plural(
                "The ad spend of {n} day since then is not imported; that of an ordinary day is assumed.",
                "The ad spend of {n} days since then is not imported; that of ordinary days is assumed.",
                money.guessed_days,
            )
        )
    if money is not None and money.daily is None:
        limits.append(say("Without ad spend it cannot be said how long the balance lasts."))
    if refunds is None:
        limits.append(say("Without the refund file only cases entered by hand are known."))
    else:
        newest = max((when for when in refunds.frame["date"].dt.date if isinstance(when, date)), default=None)
        if newest is not None and newest < today - timedelta(days=1):
            limits.append(say("The newest refund in the file is from {day}.", day=message.day(newest)))
        limits.append(say("The file does not contain the platform's deadlines, or what was answered since."))
    return limits
