"""The outcome of a week or month after refunds, if its days are judged by net sales."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from core.answers.answer import Series, Verdict
from core.language import money, numbers
from core.language.wording import say
from core.tables.span import Span
from core.topics.sales.net_days import NetDay
from core.topics.sales.net_trend import LIKELY
from routines.past.month_figures import work_out


@dataclass(frozen=True, slots=True)
class Judged:
    """A day's result and its net target in yuan."""

    result: NetDay
    target: float | None


def of_days(folder: Path, span: Span) -> dict[date, Judged]:
    """Return the days of the span that are judged by net sales."""
    months = [work_out(folder, first) for first in dict.fromkeys(day.replace(day=1) for day in span.days)]
    return {
        day: Judged(one, month.targets.get(day))
        for month in months
        for day, one in month.net.items()
        if span.first <= day <= span.last
    }


def picture(days: Mapping[date, Judged], span: Span) -> Series:
    """Return the chart of daily net sales and net targets; days that are not final are drawn pale."""
    shown = [days.get(day) for day in span.days]
    return Series(
        say("Net sales by day (pale: refunds are still to come)"),
        "CNY",
        tuple(day.isoformat() for day in span.days),
        tuple(None if one is None else round(one.result.net, 2) for one in shown),
        targets=tuple(None if one is None else one.target for one in shown),
        likely=tuple(None if one is None else LIKELY[one.result.state] for one in shown),
    )


def verdict(row: Mapping[str, float], span: Span) -> Verdict[str] | None:
    """Return the net sales against their target; None if the row has none.

    ``row`` holds the figures of the profit table. The target is reached or missed only if the whole range of
    the net sales is on one side of it.
    """
    net, target = row.get("net_sales"), row.get("net_target")
    if net is None or not target:
        return None
    values = {
        "net": money.money(net), "share": numbers.percent(net / target), "target": money.money(target)
    }  # fmt: skip
    text = (
        say("After refunds {net}, {share} of the month's net target of {target}.", **values)
        if span.by == "month"
        else say("After refunds {net}, {share} of these days' net target of {target}.", **values)
    )
    if row.get("net_low", net) >= target:
        return Verdict("good", text)
    return Verdict("watch" if row.get("net_high", net) < target else "info", text)
