"""The analysis of returning customers: repeat rate, groups to reactivate, cost of a new customer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.answers.answer import About, Answer, Evidence, Number, Table, TableColumn, Verdict, key_of, nodata
from core.exports.kinds.ads import Ads
from core.exports.kinds.orders import Orders
from core.exports.kinds.shop_day import ShopDay
from core.language import message
from core.language.message import Words, say
from core.measures.ad_report import one_report
from core.measures.order_value import ShopRefunds
from core.records.records import Records
from core.records.team import WakeUp
from core.shop.settings import Shop
from core.topics.customers import findings as customers_findings
from core.topics.customers import greetings
from core.topics.customers.buyers import Customer, Returning, all_unknown, customers, returning
from core.topics.customers.groups import AHEAD, Group, groups
from core.topics.customers.reactivation import Woken, new_against_old, woken

if TYPE_CHECKING:
    import pandas as pd

COST_DAYS = 28


def returning_buyers(
    orders: Orders,
    wake_ups: Records[WakeUp],
    days: ShopDay | None = None,
    ads: Ads | None = None,
    refunds: ShopRefunds | None = None,
    *,
    shop: Shop,
    today: date,
) -> Answer[Words]:
    """How many buyers come back, which group is worth a message, and what does a new buyer cost?

    Reads the order list (buyers are kept only as codes that cannot be traced back), the wake-up
    messages recorded and, if imported, the shop's daily counts of old and new buyers and the ad spend.

    The repeat rate counts only buyers followed for the whole period, up to the last order in the file;
    counting all would make every young shop look bad. Several orders on one day are one purchase; orders
    returned in full do not count. Equal customers get equal scores. For each group it is shown how many
    similar buyers bought within two weeks without a message, because a wake-up message must do better than
    that: leave out a tenth of the group as a hold-out group, or the effect cannot be known. For the cost of a
    new buyer, all ad spend is charged to new buyers.

    It does not know what buyers bought before the first day of the file, on another account, or
    elsewhere.
    """
    frame = orders.frame[orders.frame["date"].dt.date < today]
    found = customers(frame)
    if not found:
        return nodata(
            say("No paid order with a buyer is imported, so nothing can be said about returning customers.")
        )
    first = min(one.first for one in found)
    seen = min(today, _reach(frame) + timedelta(days=1))
    back = returning(found, seen, shop.members.repeat_days)
    sorted_out = _groups(frame, found, seen)
    tried = woken(wake_ups)
    costs = _costs(days, ads, tried, today)
    share = _old_share(days, today)
    findings = (
        *[customers_findings.of_wake_up(one, today) for one in tried[-3:]],
        *greetings.findings(wake_ups, shop, today),
        *customers_findings.of_groups(sorted_out, today),
        *customers_findings.of_cost(costs, back, days, shop, refunds),
    )
    return Answer(
        verdict=_verdict(back, sorted_out),
        findings=findings,
        evidence=_evidence(back, sorted_out, costs, share),
        limits=(*_end(seen, today), *_limits(back, first, costs, shop, today)),
    )


def _reach(frame: pd.DataFrame) -> date:
    """Return the last day with an order; what was bought after it is unknown, not zero."""
    return max(when for when in frame["date"].dt.date if isinstance(when, date))


def _end(seen: date, today: date) -> tuple[Words, ...]:
    """Return the text saying on which day the order list ends; empty if that is yesterday."""
    if seen >= today:
        return ()
    last = message.short_day(seen - timedelta(days=1))
    return (
        say(
            "The order list ends on {day}: repeat orders and days without an order are counted up to then.",
            day=last,
        ),
    )


def _groups(frame: pd.DataFrame, found: Sequence[Customer], today: date) -> list[Group]:
    """Return today's groups, each with the share of its members of two weeks ago who have bought since."""
    cut = today - timedelta(days=AHEAD)
    before = frame[frame["date"].dt.date < cut]
    since = frame[(frame["date"].dt.date >= cut) & frame["paid"].notna()]
    earlier = customers(before)
    return groups(found, earlier, set(since["buyer"]), today)


def _old_share(days: ShopDay | None, today: date) -> tuple[float, float] | None:
    """Return the platform's counts of old (returning) buyers and of all buyers in four weeks.

    None if they are unknown.
    """
    if days is None:
        return None
    when = days.frame["date"].dt.date
    rows = days.frame[(when >= today - timedelta(days=COST_DAYS)) & (when < today)][
        ["old_buyers", "buyers"]
    ].dropna()
    return (float(rows["old_buyers"].sum()), float(rows["buyers"].sum())) if len(rows) else None


def _costs(
    days: ShopDay | None, ads: Ads | None, tried: list[Woken], today: date
) -> customers_findings.Costs | None:
    if ads is None or days is None:
        return None
    first = today - timedelta(days=COST_DAYS)
    when = ads.frame["date"].dt.date
    rows = ads.frame[(when >= first) & (when < today)]
    rows = one_report(rows)
    new = days.frame[(days.frame["date"].dt.date >= first) & (days.frame["date"].dt.date < today)][
        "new_buyers"
    ]
    cost, count = float(rows["cost"].sum()), int(new.dropna().sum())
    if not cost or not count:
        return None
    return customers_findings.Costs(cost, count, new_against_old(cost, count, tried))


def _verdict(back: Returning | None, found: Sequence[Group]) -> Verdict[Words]:
    first = next((one for one in found if one.key in ("twice", "dear", "fresh")), None)
    if back is None or back.rate.mature is None:
        text = say("No buyer has been followed long enough yet to say how many come back.")
        return Verdict("info", text)
    rate = back.rate.mature
    text = say(
        "{rate} of buyers buy again within {days} days ({low}–{high})",
        rate=message.percent(rate.value),
        low=message.percent(rate.low),
        high=message.percent(rate.high),
        days=message.count(back.window),
    )
    if first is None:
        return Verdict("good", say("{rate}. No group of buyers needs a message now.", rate=text))
    values = {"rate": text, "group": say(first.name), "n": message.count(first.size)}
    return Verdict("watch", say("{rate}. First send a message to: {group} ({n} buyers).", **values))


def _evidence(
    back: Returning | None,
    found: Sequence[Group],
    costs: customers_findings.Costs | None,
    share: tuple[float, float] | None,
) -> tuple[Evidence[Words], ...]:
    pieces: list[Evidence[Words]] = []
    if back is not None and back.rate.mature is not None:
        rate = back.rate.mature
        name = say("Buy again within {days} days", days=message.count(back.window))
        pieces.append(Number(name, "rate", round(rate.value, 4), round(rate.low, 4), round(rate.high, 4)))
    if share is not None and share[1]:
        pieces.append(
            Number(
                say("Returning customers, as the platform counts them"), "rate", round(share[0] / share[1], 4)
            )
        )
    if costs is not None and costs.ratio is not None:
        pieces.append(
            Number(
                say("Cost ratio of a new to a returning buyer"),
                "ratio",
                round(costs.ratio.ratio, 2),
                round(costs.ratio.low, 2),
                round(costs.ratio.high, 2),
            )
        )
    columns = (
        TableColumn(say("Group"), "word", "group", tuple((one.key, say(one.name)) for one in found)),
        TableColumn(say("Number of buyers"), "count", "people"),
        TableColumn(say("Days since last order"), "days", "last_bought"),
        TableColumn(say("Spent per buyer"), "money", "spent"),
        TableColumn(say("Would buy without a message"), "rate", "anyway"),
        TableColumn(say("What to send"), "text", "offer"),
        TableColumn(say("Channel"), "text", "channel"),
    )
    rows = tuple(
        (
            one.key,
            one.size,
            one.last,
            round(one.spent),
            None if one.anyway is None else round(one.anyway.value, 3),
            say(one.offer),
            say(one.channel),
        )
        for one in found
    )
    about = tuple(About(other=one.key) for one in found)
    keys = tuple(key_of("members", "group", one) for one in about)
    pieces.append(Table(say("Groups to write to"), columns, rows, keys, about=about))
    return tuple(pieces)


def _limits(
    back: Returning | None, first: date, costs: customers_findings.Costs | None, shop: Shop, today: date
) -> tuple[Words, ...]:
    told: list[Words] = []
    if back is not None and back.rate.mature is not None:
        told.append(
            say(
                (
                    "The repeat rate counts only the {n} buyers followed for {days} days; "
                    "counting all buyers would give only {naive}."
                ),
                n=message.count(back.rate.mature.trials),
                days=message.count(back.window),
                naive=message.percent(back.rate.naive),
            )
        )
    if back is not None and back.shortened:
        told.append(
            say(
                "The repeat rate for {days} days is not known yet: the orders begin on {first}.",
                days=message.count(shop.members.repeat_days),
                first=message.short_day(first),
            )
        )
    if all_unknown(first, today):
        told.append(
            say(
                "Buyers from before {first} look new here; only the platform's own figure counts them as "
                "returning.",
                first=message.short_day(first),
            )
        )
    if costs is not None:
        told.append(
            say(
                "Charging all ad spend to new buyers is a simplification: returning customers click ads "
                "too, and free sources bring new buyers."
            )
        )
    if costs is not None and costs.ratio is not None:
        told.append(
            say(
                "The cost of a returning customer counts everybody who bought after a message; some would "
                "have come anyway."
            )
        )
    told.append(say("Groups are formed by purchases only; do not write to anybody who declined messages."))
    return tuple(told)
