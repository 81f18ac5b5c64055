"""What is said about old customers: groups, wake-ups tried, what a new buyer costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.answers.answer import Finding, LevelName, Proposal
from core.exports.kinds.shop_day import ShopDay
from core.language import wording
from core.language.wording import say
from core.shop.settings import Shop
from core.topics.customers.buyers import Returning
from core.topics.customers.groups import Group
from core.topics.customers.reactivation import Woken
from core.topics.customers.retention import CostRatio


@dataclass(frozen=True, slots=True)
class Costs:
    """What a new buyer costs, by the shop's figures."""

    ads: float
    new: int
    ratio: CostRatio | None

    @property
    def each(self) -> float | None:
        """Return yuan of ads a new buyer, all ad cost laid on new buyers."""
        return self.ads / self.new if self.new else None


FEWEST_TO_SPLIT = 200
"""Under so many a tenth left out is under twenty people, and tells nothing [judgement]."""


def of_groups(found: Sequence[Group], today: date) -> list[Finding]:
    """Return each group with what its like do anyway, and what to send it."""
    said = []
    for one in found:
        values = {
            "group": say(one.name),
            "n": wording.count(one.size),
            "last": wording.count(one.last),
            "spent": wording.money(round(one.spent)),
            "offer": say(one.offer),
            "channel": say(one.channel),
            "held": wording.count(max(1, round(one.size / 10))),
            "anyway": wording.DASH if one.anyway is None else wording.percent(one.anyway.value),
            "low": wording.DASH if one.anyway is None else wording.percent(one.anyway.low),
            "high": wording.DASH if one.anyway is None else wording.percent(one.anyway.high),
        }
        if one.anyway is None:
            text = say(
                "{group}: {n} buyers, last {last} days ago, {spent} each. How many buy anyway is not "
                "known yet.",
                **values,
            )
        else:
            text = say(
                "{group}: {n} buyers, last {last} days ago, {spent} each. {anyway} ({low}–{high}) buy within"
                " two weeks anyway; a message has to beat that.",
                **values,
            )
        todo = say("{group}: {offer}. Channel: {channel}. Leave out {held}.", **values)
        if one.size < FEWEST_TO_SPLIT:
            todo = say("{group}: {offer}. Channel: {channel}. Too few to leave anybody out.", **values)
        ask = Proposal(
            "service",
            todo,
            metric="returning",
            direction="up",
            due=(today + timedelta(days=2)).isoformat(),
        )
        urgent: LevelName = "watch" if one.key == "twice" else "info"
        asks = (ask,) if one.key != "asleep" else ()
        said.append(Finding(f"members/group/{one.key}", urgent, text, asks))
    return said


def of_wake_up(one: Woken, today: date) -> Finding:
    """Return what a wake-up brought against those left out."""
    value = one.value
    values = {
        "group": value.group,
        "day": wording.short_day(value.on),
        "channel": value.channel,
        "back": "" if one.back is None else wording.rate_of(one.back.hits, one.back.trials),
        "held": "" if one.held is None else wording.rate_of(one.held.hits, one.held.trials),
        "low": wording.count(None if one.extra is None else max(0.0, one.extra[0])),
        "high": wording.count(None if one.extra is None else one.extra[1]),
        "cost": wording.money(value.cost),
    }
    key = f"members/woken/{value.group}"
    if one.state == "open":
        text = say("Wake-up of {day} ({group}, {channel}): what came of it is not noted yet.", **values)
        ask = Proposal(
            "service",
            say("Note how many of {group} bought, and of those left out", **values),
            due=today.isoformat(),
        )
        return Finding(key, "watch", text, (ask,))
    if one.state == "no control":
        text = say(
            "Wake-up of {day} ({group}): {back} bought; nobody was left out, so how many would have come"
            " anyway is not known.",
            **values,
        )
        return Finding(key, "info", text)
    if one.state == "worked":
        text = say(
            "Wake-up of {day} ({group}): {back} bought, of those left out {held}: likely worked, {low} to"
            " {high} buyers for {cost}.",
            **values,
        )
        return Finding(key, "good", text)
    if one.state == "worse":
        text = say(
            "Wake-up of {day} ({group}): {back} bought, of those left out {held}: likely did harm. Stop it.",
            **values,
        )
        return Finding(key, "watch", text)
    text = say(
        "Wake-up of {day} ({group}): {back} bought, of those left out {held}: no difference to be told for"
        " {cost}.",
        **values,
    )
    return Finding(key, "info", text)


def of_cost(costs: Costs | None, back: Returning | None, days: ShopDay | None, shop: Shop) -> list[Finding]:
    """Return what a new buyer costs, what may be paid, and how that stands to an old one."""
    if costs is None or costs.each is None:
        return []
    values = {
        "each": wording.money(round(costs.each, 2)),
        "seed": wording.ratio(shop.members.new_over_old, 0),
        "worth": wording.money(_worth(days, back, shop)),
    }
    text = say("A new buyer costs {each} of ads (all ad cost laid on new ones).", **values)
    if _worth(days, back, shop) is not None:
        text = say("{text} The first order and the repeat leave {worth} to pay it from.", text=text, **values)
    ratio = costs.ratio
    if ratio is None:
        text = say(
            "{text} What an old one costs is known once a wake-up is recorded with its cost and buyers.",
            text=text,
        )
        return [Finding("members/cost", "info", text)]
    text = say(
        "{text} That is {ratio} times an old one ({low}–{high}); the saying is {seed}.",
        text=text,
        ratio=wording.ratio(ratio.ratio, 1),
        low=wording.ratio(ratio.low, 1),
        high=wording.DASH if ratio.high is None else wording.ratio(ratio.high, 1),
        seed=values["seed"],
    )
    return [Finding("members/cost", "info", text)]


def _worth(days: ShopDay | None, back: Returning | None, shop: Shop) -> float | None:
    """Margin of a first order and of the share that comes back; None without margin or sales."""
    if days is None or shop.margin is None:
        return None
    rows = days.frame[["gmv", "buyers"]].dropna()
    buyers = float(rows["buyers"].sum())
    if not buyers:
        return None
    margin = float(rows["gmv"].sum()) / buyers * shop.margin * (1 - shop.refund_rate)
    again = back.rate.mature.value if back is not None and back.rate.mature is not None else 0.0
    return round(margin * (1 + again))
