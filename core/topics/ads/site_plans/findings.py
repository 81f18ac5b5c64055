"""The findings about whole-site plans, and the table of these plans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from core.answers.answer import About, Cell, Finding, Impact, LevelName, Proposal, Table, TableColumn, finding
from core.language import message
from core.language.message import N_, Value, Words, say
from core.shop.settings import Shop
from core.topics.ads.site_plans.arithmetic import (
    KEEP_STEP,
    LONGEST_TEST,
    UNDO_STEP,
    days_for_step,
    refunds_assumed,
    spend_without_order,
)
from core.topics.ads.site_plans.plans import WEEK, ItemPlan
from core.topics.ads.traffic_holds import Why
from core.topics.sales.month.findings import chance_words

WARN_REFUNDS: Final = 0.10
"""A page's recommendation is warned of if it assumes a refund share lower than the shop's by more than
this."""
STEP: Final = 0.2
"""The relative change of an item's orders that a step test should be able to detect (a judgement)."""
STATES: Final[Mapping[str, str]] = {
    "learning": N_("learning phase"),
    "stop": N_("stop the plan"),
    "more": N_("try a step test"),
    "keep": N_("keep, cannot tell"),
    "none": N_("cost unknown"),
}


def state_of(one: ItemPlan) -> str:
    """Return the plan's state as shown in the table, an id of :data:`STATES`."""
    if one.order is None:
        return "none"
    if one.learning and one.verdict != "stop":
        return "learning"
    return one.verdict


def of_plans(
    found: Sequence[ItemPlan], held: Mapping[str, Why], shop: Shop, today: date
) -> list[Finding[Words]]:
    """Return findings on plans to stop or to test, on the effect of steps, and on misleading recommendations.

    A plan that pays but cannot be given more now is only listed in the table.
    """
    said: list[Finding[Words]] = []
    for one in found:
        if one.verdict == "stop":
            said.append(_stop(one, today))
        elif one.step is not None:
            said.append(_step(one, today))
        elif one.verdict == "more" and (days := _testable(one, held, shop, today)):
            said.append(_more(one, days, today))
        said += _recommended(one)
    return said


def _values(one: ItemPlan) -> dict[str, Value]:
    value = 0.0 if one.order is None else one.order.value
    return {
        "item": one.name,
        "spend": message.money(round(one.spend)),
        "orders": message.count(one.orders),
        "value": message.money(round(value, 2)),
        "chance": message.DASH if one.chance is None else chance_words(one.chance),
        "days": one.days,
    }


def _stop(one: ItemPlan, today: date) -> Finding[Words]:
    values = _values(one)
    if one.order is not None and one.order.value <= 0:
        text = say(
            "{item}, whole-site ads: an order earns nothing even without ad spend. Stop the plan.", **values
        )
    elif one.silent:
        text = say(
            "{item}, whole-site ads: {spend} spent without an order, and an order leaves only {value}. "
            "Stop the plan.",
            **values,
        )
    else:
        text = message.plural(
            "{item}, whole-site ads: {spend} spent for {n} order, and an order leaves {value}; "
            "{chance} likely that it pays. Stop it, or raise the target ROI one step.",
            "{item}, whole-site ads: {spend} spent for {n} orders, and an order leaves {value}; "
            "{chance} likely that it pays. Stop it, or raise the target ROI one step.",
            round(one.orders),
            **values,
        )
    ask = Proposal(
        "promotion",
        say(
            "Stop the whole-site plan of {item}; first write down its free visitors of the last 7 days, "
            "and check them again after a week",
            **values,
        ),
        metric="cost",
        direction="down",
        due=today.isoformat(),
        item=one.item,
        deed="stop_plan",
        about=one.about,
    )
    return finding(
        "paid", "site", "act" if one.silent else "watch", text, ask, about=one.about, impact=_loss(one)
    )


def _loss(one: ItemPlan) -> Impact | None:
    if one.order is None or not one.days:
        return None
    lost = (one.spend - one.orders * max(0.0, one.order.value)) / one.days
    return Impact(lost, "day", of="margin") if lost > 0 else None


def _testable(one: ItemPlan, held: Mapping[str, Why], shop: Shop, today: date) -> int:
    """Return the number of days that a step test needs before the change, and again after it.

    0 if the item is on hold or sells too little, or if one of these days is a campaign day or otherwise
    unusual in the calendar.
    """
    a_day = one.item_orders_a_day
    if held.get(one.item) or not a_day:
        return 0
    needed = days_for_step(a_day, STEP * a_day)
    days = -(-needed // WEEK) * WEEK
    span = (today + timedelta(days=n) for n in range(-days, days + 1))
    return days if days <= LONGEST_TEST and all(shop.multiplier(day) == 1.0 for day in span) else 0


def _more(one: ItemPlan, days: int, today: date) -> Finding[Words]:
    values = _values(one)
    text = say("{item}, whole-site ads: {chance} likely that it pays.", **values)
    if one.average_is_blind:
        text = message.sentences(
            [
                text,
                say(
                    "But sales that would come anyway are credited to the plan, so its average return "
                    "does not show whether it pays."
                ),
            ]
        )
    test = message.plural(
        "Try a step test: target 10% lower or budget 30% higher for {n} day, measured by all "
        "orders of the item.",
        "Try a step test: target 10% lower or budget 30% higher for {n} days, measured by all "
        "orders of the item.",
        days,
    )
    ask = Proposal(
        "promotion",
        say(
            "Start a step test for {item}: change one thing, run whole weeks, and record the new settings",
            **values,
        ),
        due=(today + timedelta(days=1)).isoformat(),
        item=one.item,
        about=one.about,
    )
    return finding("paid", "site_more", "info", message.sentences([text, test]), ask, about=one.about)


def _step(one: ItemPlan, today: date) -> Finding[Words]:
    step = one.step
    assert step is not None  # noqa: S101 - the caller asks for plans with one
    values = _values(one) | {
        "more": message.ratio(step.orders, 1),
        "cost": message.money(round(step.spend)),
        "chance": chance_words(step.chance),
    }
    text = say(
        "{item}, whole-site ads: the last change brought {more} orders a day more for {cost} a day; "
        "{chance} likely that it pays.",
        **values,
    )
    if step.chance >= KEEP_STEP:
        return finding(
            "paid",
            "site_step",
            "info",
            message.sentences([text, say("Keep this change to the plan.")]),
            about=one.about,
        )
    if step.chance > UNDO_STEP:
        more = say("Whether the plan pays cannot be told: leave it as it is and look again in a week.")
        return finding("paid", "site_step", "info", message.sentences([text, more]), about=one.about)
    ask = Proposal(
        "promotion",
        say("Undo the last change of the whole-site plan of {item}", **values),
        metric="cost",
        direction="down",
        due=today.isoformat(),
        item=one.item,
        deed="raise_target",
        about=one.about,
    )
    level: LevelName = "watch"
    impact = Impact(-step.profit, "day", of="margin") if step.profit < 0 else None
    text = message.sentences([text, say("Undo this change to the plan.")])
    return finding("paid", "site_step", level, text, ask, about=one.about, impact=impact)


def _recommended(one: ItemPlan) -> list[Finding[Words]]:
    settings = one.settings
    if settings is None or one.order is None or one.target is None:
        return []
    net, total = settings.recommended_net, settings.recommended_total
    if not net or not total or net >= total:
        return []
    assumed = refunds_assumed(net, total)
    if 1.0 - one.order.refunds.kept - assumed <= WARN_REFUNDS:
        return []
    text = say(
        "{item}: the page recommends a net target of {net}, assuming a refund rate of {assumed}; yours "
        "is {own}. For a profit of a fifth of the ad spend, set the target to {own_net} net ({own_total} "
        "before refunds).",
        item=one.name,
        net=message.ratio(net),
        assumed=message.percent(assumed, 0),
        own=message.percent(1.0 - one.order.refunds.kept, 0),
        own_net=message.ratio(one.target.net),
        own_total=message.ratio(one.target.total),
    )
    return [finding("paid", "site_target", "watch", text, about=one.about)]


def board(found: Sequence[ItemPlan]) -> Table[Words]:
    """Return the table of whole-site plans, the largest spend first.

    Decisions are recorded on the findings, not on the rows of this table.
    """
    columns = (
        TableColumn(say("Item"), "text", "item"),
        TableColumn(say("State"), "word", "state", tuple((one, say(name)) for one, name in STATES.items())),
        TableColumn(say("Days"), "count", "days"),
        TableColumn(say("Ad spend"), "money", "cost", total="sum"),
        TableColumn(say("Orders"), "count", "orders", total="sum"),
        TableColumn(say("What an order leaves"), "money", "value"),
        TableColumn(say("Chance that it pays off"), "rate", "chance"),
        TableColumn(say("ROI"), "ratio", "roi"),
        TableColumn(say("Current target"), "ratio", "target"),
        TableColumn(say("Target to set"), "ratio", "target_total"),
        TableColumn(say("Net target ROI"), "ratio", "target_net"),
        TableColumn(say("Further spend until we can tell"), "money", "missing"),
    )
    return Table(
        say("Whole-site plans"),
        columns,
        tuple(_row(one) for one in found),
        about=tuple(About(item=one.item) for one in found),
    )


def _row(one: ItemPlan) -> tuple[Cell | Words, ...]:
    value = None if one.order is None else one.order.value
    missing = None if value is None or value <= 0 else max(0.0, spend_without_order(value) - one.spend)
    return (
        one.name,
        state_of(one),
        one.days,
        round(one.spend, 2),
        one.orders,
        None if value is None else round(value, 2),
        None if one.chance is None else round(one.chance, 3),
        None if one.roi is None else round(one.roi, 2),
        None if one.settings is None else one.settings.target,
        None if one.target is None else round(one.target.total, 2),
        None if one.target is None else round(one.target.net, 2),
        missing if missing is None else round(missing, 2),
    )


def limits(found: Sequence[ItemPlan]) -> list[Words]:
    """Return the texts on what the verdicts on whole-site plans are based on."""
    if not found:
        return []
    said: list[Words] = [
        say(
            "Whole-site plans: days whose orders are still being credited count only if nothing was "
            "sold; a plan's own average return is never a reason to raise it."
        )
    ]
    unknown = [one.name for one in found if one.settings is None]
    if unknown:
        said.append(
            say(
                "Target and budget of {names} are not recorded (form “Settings of a whole-site plan”), so "
                "changes cannot be seen.",
                names=message.listing(unknown),
            )
        )
    return said
