"""Is the ad balance enough, what expires, which cases and parcels wait, was the inbox read?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from core.answers.answer import Answer, Evidence, Finding, Number, Table, TableColumn, Verdict, in_order
from core.exports.kinds.ads import Ads
from core.exports.kinds.fees import Fees
from core.exports.kinds.orders import Orders
from core.exports.kinds.refunds import Refunds
from core.exports.kinds.shop_day import ShopDay
from core.facts.goods_on_the_way import OnTheWay
from core.language import message
from core.language.message import Words, say
from core.records.experience import ScoreSeen
from core.records.market import OfferStack
from core.records.platform_checks import TaxQuarter, Violation
from core.records.records import Check, Recorded, Records
from core.shop.settings import Shop
from core.topics.checks import findings as checks_findings
from core.topics.checks import stacked_offers
from core.topics.checks.balance import Balance, balance, costs_of
from core.topics.checks.dispatch import given_back, limit, of_unsent, unsent
from core.topics.checks.experience import findings as experience_findings
from core.topics.checks.experience.refund_hours import of_refund_hours, refund_hours
from core.topics.checks.experience.score_pages import Look, looks
from core.topics.checks.fee_bill import of_fee_bill
from core.topics.checks.pickup import of_pick_ups, pick_ups
from core.topics.checks.refund_only import of_refund_only
from core.topics.checks.tax import of_quarter
from core.topics.checks.violations import of_violations, standing
from core.topics.checks.waiting_cases import WAITS, Waiting, waiting

SCORED_DAYS = 30
"""The number of days of orders that the platform counts before it scores a shop."""
BY_HAND = {"inbox": 1, "deposit": 7, "violations": 7}
"""Checks that no export can answer, each with the number of days after which it is due again."""


def due(  # noqa: PLR0913, PLR0917 - the parameters are what it reads
    checks: Records[Check] | None = None,
    ads: Ads | None = None,
    refunds: Refunds | None = None,
    orders: Orders | None = None,
    on_the_way: OnTheWay | None = None,
    scores: Records[ScoreSeen] | None = None,
    violations: Records[Violation] | None = None,
    quarters: Records[TaxQuarter] | None = None,
    days: ShopDay | None = None,
    offers: Records[OfferStack] | None = None,
    fees: Fees | None = None,
    *,
    shop: Shop,
    today: date,
) -> Answer[Words]:
    """Is the ad balance enough, what expires, which cases and parcels wait, was the inbox read?

    Reads the checks as entered, the ad spend of the last week, the refund list, the order list, the
    experience score as pasted or entered, and the subscriptions in shop.toml.

    The balance is the newest one entered, minus what was spent since (for its own day, the remaining
    hours); it should be enough for two ordinary days. Subscriptions are mentioned a week before they
    end. Of the refunds only those that wait for the shop count, the oldest first; from two days on they
    are urgent. Paid orders not sent for a day are mentioned, as of the newest order in the file. The
    inbox is in no file: it is ticked by hand.

    Parcels not picked up within 48 hours after payment are reported if the order list has pick-up
    times, and open refund-only cases if the refund list has the kind of case. Violations are listed
    with their appeal date and points as recorded. The income that the platform reported for a quarter
    is compared with sales less refunds (by the day they were completed), with a tolerance of 2%.
    Deposit and violations are ticked on Mondays.

    Top-ups ticked after the balance was entered are included in the balance. For each item whose price
    after all offers was entered in the last two weeks, this price is compared with the lowest
    acceptable price or, without one, with the item's cost in shop.toml.

    The fees of the last closed fee bill are compared with the rates in shop.toml; a fee that is off by more
    than a tenth is reported.

    For the experience score the step says how far the score is from the next one to reach, which metric
    would add most (weight of the dimension × weight of the metric × points missing, with the weights of
    the page), and what fell since the last look.

    The program does not see a top-up that was neither entered nor ticked, what was answered after the
    refund file was saved, or the platform's own deadline of a case.
    """
    newest = {one.value.name: one for one in checks or ()}
    costs = costs_of(None if ads is None else ads.frame)
    money = balance(newest.get("ads_balance"), costs, shop, today, on_the_way)
    cases = waiting(refunds.frame, today) if refunds is not None else None
    back = given_back(None if refunds is None else refunds.frame)
    parcels = unsent(orders.frame, today, back) if orders is not None else None
    seen = looks(scores)
    prices = stacked_offers.newest(offers, shop, today)
    findings = [
        *stacked_offers.findings(prices, shop, today),
        *checks_findings.of_balance(money, shop, today),
        *checks_findings.of_subscriptions(shop, [one.value for one in newest.values()], today),
        *checks_findings.of_cases(cases, today),
        *of_unsent(parcels, today),
        *of_pick_ups(None if orders is None else pick_ups(orders.frame, today, back), today),
        *of_refund_only(None if refunds is None else refunds.frame, today),
        *of_violations(standing(violations), today),
        *of_fee_bill(None if fees is None else fees.frame, shop, today),
        *of_quarter(quarters, None if days is None else days.frame, today),
        *of_refund_hours(refund_hours(None if refunds is None else refunds.frame, today) if seen else None),
        *experience_findings.of_looks(seen, _valid_orders(orders, today), today),
        *(finding for one in newest.values() for finding in checks_findings.of_failed(one, today)),
        *checks_findings.by_hand(
            [name for name, days in BY_HAND.items() if _is_due(name, newest, days, shop, today)]
        ),
    ]
    return Answer(
        verdict=_verdict(findings),
        findings=in_order(findings),
        evidence=(
            *_evidence(money, cases, _ticked(newest), shop, today),
            *stacked_offers.table(prices, shop),
            *_score_table(seen),
        ),
        limits=(*_limits(money, refunds, today), *limit(parcels)),
    )


def _is_due(name: str, newest: Mapping[str, Recorded[Check]], days: int, shop: Shop, today: date) -> bool:
    """Return whether a check made by hand is due.

    Weekly checks are due on Mondays, on other days only if the last one is more than a week old; violations
    are due daily during a platform campaign. A check never made is due at once, a weekly one on its first
    Monday.
    """
    last = newest[name].at.date() if name in newest else None
    special = shop.special(today)
    campaign = special is not None and special.kind == "platform" and name == "violations"
    every = 1 if campaign else days
    if every > 1 and today.weekday():
        return last is not None and (today - last).days > every
    return last is None or (today - last).days >= every


def _score_table(seen: Sequence[Look]) -> tuple[Table[Words], ...]:
    found = experience_findings.table(seen[-1]) if seen else None
    return () if found is None else (found,)


def _valid_orders(orders: Orders | None, today: date) -> int | None:
    """Return the number of paid orders of the last 30 days; None unless the file reaches that far back."""
    if orders is None or orders.frame.empty:
        return None
    days = orders.frame["date"].dt.date
    since = today - timedelta(days=SCORED_DAYS)
    if min(days) > since:
        return None
    return int(((days >= since) & (days < today) & orders.frame["paid"].notna()).sum())


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
    return Verdict(
        "good", say("Nothing expires and no case is waiting; look through the inbox yourself and tick it.")
    )


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
        TableColumn(say("Amount"), "money", "money"),
        TableColumn(say("Oldest case"), "date", "oldest"),
        TableColumn(say("Over two days old"), "count", "late"),
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
                "The ad spend of {n} day since the balance was entered is not imported; that of "
                "an ordinary day is assumed.",
                "The ad spend of {n} days since the balance was entered is not imported; that of "
                "ordinary days is assumed.",
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
        limits.append(
            say(
                "The refund file does not show the platform's deadlines, or which cases were handled "
                "after the file was saved."
            )
        )
    return limits
