"""What a campaign sold more after refunds, and whether enough refunds have been applied for to judge it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from core.language import message
from core.language.message import Value, Words, say
from core.measures.net_sales import SETTLED, NetSales
from core.topics.campaigns.past_campaigns.finished import Finished
from core.topics.campaigns.uplift import Uplift


@dataclass(frozen=True, slots=True)
class KeptUplift:
    """A campaign's uplift after refunds, including the quiet days around it, in yuan."""

    uplift: float
    low: float | None
    high: float | None
    rate: float
    """Share of the campaign's sales that is refunded in the end."""
    usual: float
    """The same of usual sales."""
    developed: float
    """Share of the campaign's refunds that has been applied for."""

    @property
    def final(self) -> bool:
        """Return whether enough of the refunds have been applied for to judge the campaign."""
        return may_judge(self.developed)


def may_judge(developed: float) -> bool:
    """Return whether nine tenths of a campaign's refunds have been applied for (about two weeks after it)."""
    return developed >= SETTLED


def uplift_kept(uplift: float, baseline: float, later: float, *, usual: float, own: float) -> float:
    """Return the uplift after refunds in yuan.

    All sales of the campaign, also those that would have come anyway, are refunded at its ``own`` rate. The
    ``baseline`` they are compared with, and the change of sales on the quiet days (``later``), are refunded
    at the ``usual`` rate.
    """
    return (baseline + uplift) * (1.0 - own) - baseline * (1.0 - usual) + later * (1.0 - usual)


def kept_uplift(one: Finished, window: Uplift, net: Uplift, found: NetSales | None) -> KeptUplift | None:
    """Return the uplift after refunds; the refunds to come widen its range."""
    if found is None or found.basis != "list" or found.since is None or found.since > one.days[0]:
        return None
    sold = found.of(one.days)
    if sold is None:
        return None
    later, rates = net.uplift - window.uplift, {"usual": found.rate, "own": sold.refund_rate}
    uplift = uplift_kept(window.uplift, window.baseline, later, **rates)
    low = high = None
    if net.low is not None and net.high is not None:
        stays = 1.0 - found.rate
        low = uplift - math.hypot((net.uplift - net.low) * stays, sold.net - sold.low)
        high = uplift + math.hypot((net.high - net.uplift) * stays, sold.high - sold.net)
    return KeptUplift(uplift, low, high, sold.refund_rate, found.rate, sold.developed)


def said(kept: KeptUplift | None) -> Words:
    """Return the text on how much of the uplift remains after refunds; empty if its refunds are unknown."""
    if kept is None:
        return ""
    values: dict[str, Value] = {
        "kept": message.money(abs(round(kept.uplift, -2)), sign=kept.uplift >= 0),
        "own": message.percent(kept.rate, 0),
        "usual": message.percent(kept.usual, 0),
        "developed": message.percent(kept.developed, 0),
    }
    around: Words = ""
    if kept.low is not None and kept.high is not None:
        around = say(
            "80% range: {low} to {high}",
            low=message.money(round(kept.low, -2), sign=True),
            high=message.money(round(kept.high, -2), sign=True),
        )
    values["range"] = around or say("too few weeks without a campaign to give a range")
    if kept.uplift < 0:
        text = say(
            "After refunds, {kept} less than usual ({range}): {own} of the campaign's sales are "
            "refunded, usually {usual}.",
            **values,
        )
    else:
        text = say(
            "After refunds, {kept} ({range}): {own} of the campaign's sales are refunded, usually {usual}.",
            **values,
        )
    if kept.final:
        return text
    return message.sentences(
        [
            text,
            say(
                "The figures after refunds may still change: only {developed} of the campaign's refunds have "
                "come in so far.",
                **values,
            ),
        ]
    )
