"""The findings about the order gap: forecast, rivals ahead and behind, and what the figures cannot show."""

from __future__ import annotations

from core.answers.answer import (
    About,
    Bar,
    Bars,
    Evidence,
    Finding,
    LevelName,
    Number,
    State,
    Table,
    TableColumn,
    Verdict,
    finding,
)
from core.language import message
from core.language.message import N_, Value, Words, say
from core.shop.settings import Shop
from core.statistics.distributions import Interval
from core.topics.evening.day_end import Ending
from core.topics.evening.day_so_far import SoFar, clock
from core.topics.evening.rivals_now import RivalTonight
from core.topics.rivals.spans import span

NAMED = 3
EDGE = 0.01
OVER = 24.0
"""The hour from which the day counts as over."""


def verdict(now: SoFar, ending: Ending | None, rivals: list[RivalTonight], shop: Shop) -> Verdict[Words]:
    """Return the verdict: orders so far, forecast, chance of the target, and rivals ahead of us."""
    values: dict[str, Value] = {
        "orders": message.count(now.orders),
        "clock": now.clock,
        "rivals": _against(rivals),
    }
    if ending is None:
        text = say("{orders} orders by {clock}; {rivals}.", **values)
        return Verdict("watch" if _ahead(rivals) else "info", text)
    values |= {"final": message.count(ending.end.final)}
    if ending.hour >= OVER:
        text = say("The day ended with {orders} orders; {rivals}.", **values)
        return Verdict("info", text)
    chance = ending.chance
    if chance is None:
        text = say("{orders} orders by {clock}, forecast {final} for the day; {rivals}.", **values)
        return Verdict("watch" if _ahead(rivals) else "info", text)
    values |= {"target": message.money(ending.target), "chance": _odds(chance)}
    if ending.needed == 0:
        return Verdict(
            "good",
            say("{orders} orders by {clock}: the day's target of {target} is reached; {rivals}.", **values),
        )
    text = say(
        "{orders} orders by {clock}, forecast {final}: {chance} likely to reach the day's target of "
        "{target}; {rivals}.",
        **values,
    )
    level: LevelName = "good" if chance >= shop.thresholds.likely else "info"
    return Verdict("watch" if chance < shop.thresholds.leans else level, text)


def _odds(chance: float) -> Words:
    """Return a probability in percent, but never 0 % or 100 %."""
    if chance < EDGE:
        return say("under 1%")
    return say("over 99%") if chance > 1 - EDGE else message.percent(chance, 0)


def _ahead(rivals: list[RivalTonight]) -> list[RivalTonight]:
    return [one for one in rivals if one.stands == "ahead"]


def _against(rivals: list[RivalTonight]) -> Words:
    if not rivals:
        return say("no rival has been looked at tonight")
    ahead = _ahead(rivals)
    if ahead:
        return say("{name} is {gap} orders ahead", name=ahead[0].name, gap=span(ahead[0].gap))
    if all(one.stands == "behind" for one in rivals):
        return say("we are ahead of every rival looked at")
    return say("no rival is clearly ahead")


def findings(
    ending: Ending | None, rivals: list[RivalTonight], waiting: list[str], shop: Shop
) -> list[Finding[Words]]:
    """Return findings on the forecast of the day and on each rival that can be compared.

    ``waiting`` are the names of rivals not looked at tonight.
    """
    found = _day(ending, shop)
    found += [_rival(one) for one in _ahead(rivals)[:NAMED]]
    behind = [one.name for one in rivals if one.stands == "behind"]
    if behind:
        text = say(
            "We are ahead of {names}, even at the highest estimate of their orders.",
            names=message.listing(behind),
        )
        found.append(finding("order_gap", "behind", "good", text))
    if waiting and rivals:
        text = say("Not looked at tonight: {names}.", names=message.listing(waiting))
        found.append(finding("order_gap", "not_seen", "info", text))
    return found


def _day(ending: Ending | None, shop: Shop) -> list[Finding[Words]]:
    if ending is None or ending.chance is None or not ending.needed or ending.hour >= OVER:
        return []
    values: dict[str, Value] = {
        "needed": message.count(ending.needed),
        "rest": message.count(ending.end.rest),
        "low": message.count(ending.end.low - ending.orders),
        "high": message.count(ending.end.high - ending.orders),
    }
    if ending.chance >= shop.thresholds.likely:
        text = say(
            "{needed} more orders reach the target, and the evening usually brings {rest} "
            "({low}–{high}). Nothing needs to be done.",
            **values,
        )
        return [finding("order_gap", "target", "good", text)]
    text = say(
        "{needed} more orders are needed for the target; the evening usually brings {rest} ({low}–{high}).",
        **values,
    )
    level: LevelName = "watch" if ending.chance < shop.thresholds.leans else "info"
    return [finding("order_gap", "target", level, text)]


def _rival(one: RivalTonight) -> Finding[Words]:
    text: Words = say(
        "The page of {name} shows {orders} orders: {gap} more than ours.",
        name=one.name,
        orders=span(one.orders),
        gap=span(one.gap),
    )
    if one.midnight is not None and one.chance_low is not None and one.chance_high is not None:
        values: dict[str, Value] = {
            "midnight": span(Interval(round(one.midnight.low), round(one.midnight.high))),
            "low": _odds(one.chance_low),
            "high": _odds(one.chance_high),
        }
        more = (
            say(
                "If the rival's day runs like ours, it has {midnight} orders by midnight: at "
                "this pace we will not catch up tonight.",
                **values,
            )
            if one.chance_low < EDGE
            else say(
                "If the rival's day runs like ours, it has {midnight} orders by midnight: {low} "
                "likely that we reach the low end of that, {high} the high end.",
                **values,
            )
        )
        text = message.sentences([text, more])
    return finding("order_gap", "rival", "info", text, about=About(rival=one.rival))


_STANDS = {"ahead": N_("ahead of us"), "behind": N_("behind us"), "open": N_("cannot tell")}


def evidence(
    now: SoFar, ending: Ending | None, rivals: list[RivalTonight], slots: float | None, shop: Shop
) -> tuple[Evidence[Words], ...]:
    """Return our own figures, and the ranges of the rivals' orders."""
    made: list[Evidence[Words]] = [Number(say("Orders so far"), "count", now.orders)]
    if ending is not None:
        made.insert(0, _by_midnight(ending, rivals, shop))
        end = ending.end
        needed = None if ending.needed is None else ending.orders + ending.needed
        made.append(
            Number(say("Order forecast for midnight"), "count", round(end.final), end.low, end.high, needed)
        )
    if rivals:
        made.append(_table(now, rivals, slots))
    return tuple(made)


def _by_midnight(ending: Ending, rivals: list[RivalTonight], shop: Shop) -> Bars[Words]:
    """Return the day's orders against what its target needs, and the rivals' beside them."""
    final, needed = float(round(ending.end.final)), ending.needed
    target = None if needed is None else ending.orders + needed
    ours = (
        Bar(say("Our orders so far"), ending.orders),
        Bar(
            say("Our orders by midnight"),
            final,
            target,
            ending.end.low,
            ending.end.high,
            _state(ending, shop),
        ),
    )
    theirs = tuple(
        Bar(one.name, None, None, round(one.midnight.low), round(one.midnight.high))
        for one in rivals
        if one.midnight is not None
    )
    return Bars(say("Orders by midnight"), "count", (*ours, *theirs), say("target"), lead=True)


def _state(ending: Ending, shop: Shop) -> State:
    """Return whether the day's target is likely to be reached; ``plain`` if it is open."""
    if ending.chance is None:
        return "met" if ending.needed == 0 else "plain"
    if ending.needed == 0 or ending.chance >= shop.thresholds.likely:
        return "met"
    return "missed" if ending.chance < shop.thresholds.leans else "plain"


def _table(now: SoFar, rivals: list[RivalTonight], slots: float | None) -> Table[Words]:
    columns = (
        TableColumn(say("Shop"), id="shop"),
        TableColumn(say("Orders now"), id="orders"),
        TableColumn(say("Ahead of us by"), id="ahead"),
        TableColumn(say("Midnight total"), id="midnight"),
        TableColumn(say("Displayed orders × price (坑产)"), id="gmv"),
        TableColumn(say("Sales per slot"), id="slot"),
        TableColumn(
            say("Result"), "word", "stands", tuple((stands, say(name)) for stands, name in _STANDS.items())
        ),
    )
    per_slot = now.gmv / slots if now.gmv is not None and slots else None
    ours = (say("We"), message.count(now.orders), "", "", message.money(now.gmv), message.money(per_slot), "")
    rows = [
        (
            one.name,
            span(one.orders),
            span(one.gap),
            message.DASH
            if one.midnight is None
            else span(Interval(round(one.midnight.low), round(one.midnight.high))),
            _yuan(one.sales),
            _yuan(one.slot),
            one.stands,
        )
        for one in rivals
    ]
    return Table(say("Tonight compared with the rivals we follow"), columns, (ours, *rows))


def _yuan(found: Interval | None) -> Words:
    if found is None:
        return message.DASH
    return say("{low}–{high}", low=message.money(round(found.low)), high=message.money(round(found.high)))


def limits(now: SoFar, ending: Ending | None, rivals: list[RivalTonight]) -> list[Words]:
    """Return the texts on what the figures cannot show."""
    said: list[Words] = []
    if not now.typed:
        said.append(
            say(
                "Our figure is from today's hourly file up to {clock}: paying buyers, counted as one order "
                "each.",
                clock=now.clock,
            )
        )
    if ending is None:
        said.append(
            say(
                "Too few earlier days have hourly figures to forecast the day: import the hourly file or "
                "the orders."
            )
        )
    else:
        said.append(
            say(
                "The forecast: by {clock}, {share} of a day's orders have usually come in ({n} comparable "
                "days).",
                share=message.percent(ending.share, 0),
                clock=clock(ending.hour),
                n=len(ending.usual.days),
            )
        )
        if ending.target is not None and ending.gmv is None:
            said.append(say("Sales so far are not entered, so it cannot be said how likely the target is."))
    if rivals:
        said.append(
            say(
                "Rivals' figures are displayed ranges and may contain fake orders; price × "
                "orders is only a rough estimate, not their sales."
            )
        )
        if ending is not None and any(abs(one.hour - now.hour) > 0.5 for one in rivals):  # noqa: PLR2004 - half an hour
            said.append(
                say("Rivals were looked at at another hour than our figures, so the difference is rough.")
            )
    said.append(
        say("What a live show or a group message of ours brings is not measured here: note it down tonight.")
    )
    return said


def ask(clock_now: float, target: float | None, share: float | None) -> Verdict[Words]:
    """Return the verdict that asks for today's figures, with the sales needed by now to be on target."""
    if target is None or share is None:
        return Verdict(
            "nodata",
            say("Enter orders and sales so far (form “Today so far”), and the rivals' orders as ranges."),
        )
    text = say(
        "Enter orders and sales so far: for the day's target of {target}, about {by_now} should "
        "have been sold by {clock}.",
        target=message.money(target),
        by_now=message.money(round(target * share, -2)),
        clock=clock(clock_now),
    )
    return Verdict("nodata", text)
