"""The findings about customers: groups to contact, reactivations, cost of a new customer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.answers.answer import About, Finding, LevelName, Proposal, finding
from core.exports.kinds.shop_day import ShopDay
from core.language import message
from core.language.message import Value, Words, say
from core.measures.order_value import ShopRefunds, order_value
from core.shop.settings import Shop
from core.topics.customers.buyers import Returning
from core.topics.customers.groups import Group
from core.topics.customers.reactivation import Woken
from core.topics.customers.retention import CostRatio, new_buyer_value


@dataclass(frozen=True, slots=True)
class Costs:
    """The cost of a new customer, computed from the shop's figures."""

    ads: float
    new: int
    """The number of new customers; above 0."""
    ratio: CostRatio | None

    @property
    def each(self) -> float:
        """Return the ad cost per new customer in yuan, if all ad cost is charged to new customers."""
        return self.ads / self.new


FEWEST_TO_SPLIT = 200
"""The minimum group size for a hold-out group: a tenth of fewer is under twenty people (a judgement)."""


def of_groups(found: Sequence[Group], today: date) -> list[Finding[Words]]:
    """Return a finding on each group: how many buy without a message, and what to send."""
    said: list[Finding[Words]] = []
    for one in found:
        values: dict[str, Value] = {
            "group": say(one.name),
            "n": message.count(one.size),
            "last": message.count(one.last),
            "spent": message.money(round(one.spent)),
            "offer": say(one.offer),
            "channel": say(one.channel),
            "held": message.count(max(1, round(one.size / 10))),
            "anyway": None if one.anyway is None else message.percent(one.anyway.value),
            "low": None if one.anyway is None else message.percent(one.anyway.low),
            "high": None if one.anyway is None else message.percent(one.anyway.high),
        }
        if one.anyway is None:
            text = say(
                "{group}: {n} buyers; their last order was {last} days ago, and they spent "
                "{spent} each. How many would buy without a message is not known yet.",
                **values,
            )
        elif not one.anyway.value:
            text = say(
                "{group}: {n} buyers; their last order was {last} days ago, and they spent "
                "{spent} each. None of the similar buyers bought within two weeks without a "
                "message, so at most {high} would; a message must do better than that.",
                **values,
            )
        else:
            text = say(
                "{group}: {n} buyers; their last order was {last} days ago, and they spent "
                "{spent} each. {anyway} ({low}–{high}) of them would buy within two weeks "
                "without a message; a message must do better than that.",
                **values,
            )
        todo = say(
            "{group}: {offer}. Channel: {channel}. Send nothing to {held} of them, as a hold-out group.",
            **values,
        )
        if one.size < FEWEST_TO_SPLIT:
            todo = say(
                "{group}: {offer}. Channel: {channel}. Too few for a hold-out group: write to all.", **values
            )
        ask = Proposal(
            "service",
            todo,
            metric="returning",
            direction="up",
            due=(today + timedelta(days=2)).isoformat(),
            about=About(other=one.key),
        )
        urgent: LevelName = "watch" if one.key == "twice" else "info"
        asks = (ask,) if one.key != "asleep" else ()
        said.append(finding("members", "group", urgent, text, *asks, about=About(other=one.key)))
    return said


def of_wake_up(one: Woken, today: date) -> Finding[Words]:
    """Return the finding on a message sent to a group, compared with its hold-out group."""
    value = one.value
    values: dict[str, Value] = {
        "group": value.group,
        "day": message.short_day(value.on),
        "channel": value.channel,
        "back": None if one.back is None else message.rate_of(one.back.hits, one.back.trials),
        "held": None if one.held is None else message.rate_of(one.held.hits, one.held.trials),
        "low": message.count(None if one.extra is None else max(0.0, one.extra[0])),
        "high": message.count(None if one.extra is None else one.extra[1]),
        "cost": message.money(value.cost),
    }
    about = About(other=value.group)
    if one.state == "open":
        if value.channel:
            text = say(
                "The result of the wake-up message of {day} ({group}, {channel}) is not noted yet.", **values
            )
        else:
            text = say("The result of the wake-up message of {day} ({group}) is not noted yet.", **values)
        ask = Proposal(
            "service",
            say("Note how many of {group} bought, and how many of the hold-out group", **values),
            due=today.isoformat(),
            about=about,
        )
        return finding("members", "woken", "watch", text, ask, about=about)
    if one.state == "no control":
        text = say(
            "Wake-up message of {day} ({group}): {back} bought. There was no hold-out group, so "
            "it is not known how many would have come anyway.",
            **values,
        )
        return finding("members", "woken", "info", text, about=about)
    if one.state == "worked":
        text = say(
            "Wake-up message of {day} ({group}): {back} bought, in the hold-out group {held}. "
            "The message probably worked: {low} to {high} more buyers for {cost}.",
            **values,
        )
        return finding("members", "woken", "good", text, about=about)
    if one.state == "worse":
        text = say(
            "Wake-up message of {day} ({group}): {back} bought, in the hold-out group {held}. "
            "The message probably did harm: send it no more.",
            **values,
        )
        return finding("members", "woken", "watch", text, about=about)
    text = say(
        "Wake-up message of {day} ({group}): {back} bought, in the hold-out group {held}. No "
        "difference can be seen for the {cost} spent.",
        **values,
    )
    return finding("members", "woken", "info", text, about=about)


def of_cost(
    costs: Costs | None,
    back: Returning | None,
    days: ShopDay | None,
    shop: Shop,
    refunds: ShopRefunds | None = None,
) -> list[Finding[Words]]:
    """Return the finding on what a new customer costs and may cost, and on the ratio to a returning one."""
    if costs is None:
        return []
    each = message.money(round(costs.each, 2))
    parts: list[Words] = [
        say("A new buyer costs {each} of ad spend (with all ad spend charged to new buyers).", each=each)
    ]
    worth = _worth(days, back, shop, refunds)
    if worth is not None:
        left = message.money(round(worth))
        parts.append(
            say(
                "The first and repeat orders of a new buyer earn {worth}; the ad cost of a new "
                "buyer has to be paid from this.",
                worth=left,
            )
        )
    ratio = costs.ratio
    if ratio is None:
        parts.append(
            say(
                "What a returning customer costs is known once a wake-up message is recorded "
                "with its cost and buyers."
            )
        )
        return [finding("members", "cost", "info", message.sentences(parts))]
    parts.append(
        say(
            "Winning a new buyer costs {ratio} times as much as bringing back a returning "
            "customer ({low}–{high}); the trade's rule of thumb is {seed} times.",
            ratio=message.ratio(ratio.ratio, 1),
            low=message.ratio(ratio.low, 1),
            high=message.ratio(ratio.high, 1),
            seed=message.ratio(shop.members.new_over_old, 0),
        )
    )
    return [finding("members", "cost", "info", message.sentences(parts))]


def _worth(
    days: ShopDay | None, back: Returning | None, shop: Shop, refunds: ShopRefunds | None
) -> float | None:
    """Return the yuan that a new customer's first and repeat orders leave after refunds and costs.

    None if margin or sales are unknown, or if an order earns nothing before ads.
    """
    if days is None or shop.margin is None:
        return None
    rows = days.frame[["gmv", "buyers"]].dropna()
    buyers = float(rows["buyers"].sum())
    if not buyers:
        return None
    order = order_value(shop, float(rows["gmv"].sum()) / buyers, refunds=refunds)
    if order is None or order.value <= 0:
        return None
    mature = None if back is None else back.rate.mature
    return new_buyer_value(order.value, None if mature is None else mature.value)
