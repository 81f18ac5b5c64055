"""The finding on the month's net target: how far it is, its forecast, and what is missing."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from core.answers.answer import Finding, Impact, LevelName, Proposal, finding
from core.language import message
from core.language.message import Value, Words, plural, say
from core.measures.profit import Profit
from core.shop.settings import Shop
from core.statistics.distributions import normal_quantile
from core.topics.sales.net_target import NetMonth

KEPT: Final = "kept"
"""The kind of the finding on what the month has left so far."""


def level(month: NetMonth | None, shop: Shop) -> LevelName:
    """Return the level of the verdict on the net target.

    It follows from the chance of the month's target if that is known, else from the day's result.
    """
    if month is None:
        return "info"
    if month.chance is None:
        return "watch" if month.called in ("missed", "leans_missed") else "info"
    lines = shop.thresholds
    if month.chance >= lines.leans:
        return "good"
    return "act" if month.chance <= 1 - lines.likely else "watch"


def kept_finding(month: NetMonth | None, profit: Profit | None) -> list[Finding[Words]]:
    """Return the finding on what the month has left so far: after refunds, and after all costs.

    Empty without a net target. Reports repeat it on their first page.
    """
    if month is None or profit is None:
        return []
    values: dict[str, Value] = {
        "paid": message.money(round(profit.net.paid)),
        "net": message.money(round(profit.net_sales)),
        "profit": message.money(None if profit.profit is None else round(profit.profit)),
    }
    if profit.profit is None:
        text = say("Month to date: {paid} paid, {net} of it left after refunds.", **values)
    else:
        text = say(
            "Month to date: {paid} paid, {net} of it left after refunds; net profit after all costs about "
            "{profit}.",
            **values,
        )
    return [finding("target", KEPT, "info", text)]


def month_finding(month: NetMonth | None, shop: Shop) -> list[Finding[Words]]:
    """Return the finding on the month's net target; empty without one, or if the month cannot be forecast.

    If the target will probably be missed, it proposes to make up the missing net sales.
    """
    if month is None or month.forecast is None or month.sd is None:
        return []
    left = [day for day in month.by_day if day > month.day]
    if not left:
        return []
    half = normal_quantile(0.9) * month.sd
    missing = month.total - month.so_far.net
    values: dict[str, Value] = {
        "month": f"{month.day:%Y-%m}",
        "done": message.money(round(month.so_far.net)),
        "total": message.money(month.total),
        "forecast": message.money(round(month.forecast)),
        "low": message.money(round(month.forecast - half)),
        "high": message.money(round(month.forecast + half)),
        "need": message.money(round(max(0.0, missing) / len(left))),
    }
    text = plural(
        "{month} after refunds: {done} of {total} so far, {n} day left; month-end forecast {forecast} "
        "({low} to {high}), {need} net sales needed per day.",
        "{month} after refunds: {done} of {total} so far, {n} days left; month-end forecast {forecast} "
        "({low} to {high}), {need} net sales needed per day.",
        len(left),
        **values,
    )
    short, rank = month.total - month.forecast, level(month, shop)
    if short <= 0 or rank == "good":
        return [finding("target", "net_month", rank, text)]
    impact = Impact(short, "once", low=max(0.0, short - half), high=short + half)
    return [
        finding(
            "target",
            "net_month",
            rank,
            text,
            *_proposals(month, short, hopeless=rank == "act"),
            impact=impact,
        )
    ]


def _proposals(month: NetMonth, short: float, *, hopeless: bool) -> tuple[Proposal[Words], ...]:
    due = (month.day + timedelta(days=2)).isoformat()
    plan = say(
        "Decide how to make up the {money} missing after refunds: fewer refunds, or more sales of the items "
        "that are kept",
        money=message.money(round(short)),
    )
    agree = say(
        "Agree with the shop owner whether to keep the target or lower it, before spending money to chase it"
    )
    first = Proposal("operator", plan, due=due)
    return (first, Proposal("owner", agree, due=due)) if hopeless else (first,)
