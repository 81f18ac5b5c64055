"""The analysis of what was decided this morning: what is carried out, what is still to do before noon."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal, TypeAlias

from core.actions import decisions as actions_decisions
from core.actions.decision_states import CARRY_OUT, LEAVE, TICKED_DONE, TICKED_UNDONE, decision_states
from core.actions.overdue_actions import age
from core.answers.answer import (
    NOTHING,
    About,
    Answer,
    Finding,
    Held,
    LevelName,
    Table,
    TableColumn,
    Verdict,
    finding,
)
from core.exports.kinds.hours import Hours
from core.exports.kinds.orders import Orders
from core.journal.actions import Action
from core.journal.format_1 import about_of, value_of
from core.journal.projections import TALKED, Decision, Past
from core.language import message
from core.language.message import Value, Words, plural, say
from core.measures import indicators
from core.shop.settings import Shop
from core.topics.ads.traffic_holds import NOTES
from core.topics.team import morning_orders
from core.topics.team.traffic_conflicts import GROWING, grows, held_items, scaled_item

State: TypeAlias = Literal["open", "done", "not done", "held"]
NOON = time(12, 0)
COMES_ALONG = 7
"""For how many days a decision that nobody ticked off is carried over (a judgement)."""
STEP = CARRY_OUT


@dataclass(frozen=True, slots=True)
class HandsOnTask:
    """A decision made or an action agreed this morning that somebody has to carry out."""

    key: str
    """The key under which it is ticked off: the decision's key or the action's id."""
    step: str
    text: Words
    who: Words
    state: State
    reason: str = ""
    source: str = ""
    """The key of the finding or table row it came from."""
    grows: bool = False
    """Whether carrying it out sends more buyers to the item."""
    about: About = NOTHING
    """The item and the word that a decision on a keyword is about."""
    hold: Words = ""
    """Why it is on hold; empty if it is not."""


def decisions(
    past: Past,
    orders: Orders | None = None,
    hours: Hours | None = None,
    *,
    shop: Shop,
    today: date,
    now: datetime,
) -> Answer[Words]:
    """Which of this morning's decisions have been carried out, and what is still to do before noon?

    Reads the journal: everything decided in this morning's steps (raise a bid, reorder stock, change a
    picture) and every action agreed for today. Decisions to keep, observe or wait need no work and are not
    listed. Tick each line when it is done; if it cannot be done, mark it "not done" with the reason, and the
    daily report will show it. Open decisions from earlier days are carried over. A raise stays on hold while
    the page does not meet its limits, stock is short or reviews have got worse, and is released when that is
    over.

    If imported, today's orders show who has not paid yet, and the hourly figures of the last weeks show
    in which morning hours conversion is higher than over the whole day, beyond chance.

    The program cannot see whether a change was really made in the ad tool or the shop: a tick counts as
    done.
    """
    tasks = _with_holds(_tasks(past, shop, today), past)
    waiting = sum(_asks_nothing(one) for one in _of_today(past, today))
    by_hour = [] if hours is None else morning_orders.morning_hours(hours.frame, shop, today)
    unpaid = None if orders is None else morning_orders.unpaid(orders.frame, today)
    seen = morning_orders.findings(unpaid, by_hour, today)
    if not tasks:
        text = say("Nothing was decided this morning that needs work now: go on to the afternoon.")
        return Answer(Verdict("info", text), tuple(seen), morning_orders.table(by_hour), _limits(waiting))
    open_ones = [task for task in tasks if task.state == "open"]
    return Answer(
        _verdict(tasks, open_ones, late=now.timetz().replace(tzinfo=None) >= NOON and now.date() >= today),
        (
            *_against(past, open_ones),
            *(_finding(task) for task in tasks if task.state not in ("done", "held")),
            *_held(tasks),
            *seen,
        ),
        (_table(tasks), *morning_orders.table(by_hour)),
        _limits(waiting),
    )


def _of_today(past: Past, today: date) -> list[Decision]:
    mine = [one for one in past.decisions if one.day == today and one.step != STEP and one.choice != TALKED]
    return [one for one in mine if about_of(one.key)[0] != "diet"]


def _left_over(past: Past, shop: Shop, today: date) -> list[Decision]:
    """Return the decisions of the last seven days that are still open or were ticked off only today."""
    states = decision_states(past.known(), shop, today).by_matter.values()
    first = today - timedelta(days=COMES_ALONG)
    open_keys = {
        (one.key, one.day)
        for one in states
        if one.stage == "agreed" and not one.action and first <= one.day < today
    }
    ticked = {one.key for one in past.decisions if one.day == today and one.step == STEP}
    open_keys |= {(one.key, one.day) for one in states if one.key in ticked and one.day < today}
    return [one for one in past.decisions if (one.key, one.day) in open_keys and one.step != STEP]


def _carried(decision: Decision, today: date) -> Words:
    """Return the text of a decision of an earlier day, preceded by its age in days."""
    first = decision.day or today
    return say("{age}: {text}", age=say("day {n}", n=(today - first).days + 1), text=_words(decision))


def _with_holds(tasks: list[HandsOnTask], past: Past) -> list[HandsOnTask]:
    """Return the tasks, with those that are on hold marked as such.

    A task that raises a bid is on hold if its row in today's keyword table is on hold.
    """
    holds = _row_holds(past)
    found = []
    for task in tasks:
        hold = holds.get(task.about, "") if task.grows and task.state == "open" else ""
        found.append(replace(task, state="held", hold=say(NOTES[hold])) if hold else task)
    return found


def _row_holds(past: Past) -> dict[About, Held]:
    shown = past.said("paid")
    tables = [piece for piece in shown.evidence if isinstance(piece, Table)] if shown is not None else []
    return {
        about: hold for table in tables for about, hold in zip(table.about, table.holds, strict=False) if hold
    }


def _held(tasks: list[HandsOnTask]) -> list[Finding[Words]]:
    waiting = [task for task in tasks if task.state == "held"]
    return [
        finding(
            STEP,
            "held",
            "info",
            say("On hold: {text}. Reason: {why}.", text=task.text, why=task.hold),
            about=_about(task),
            key=f"{STEP}/held/{task.key}",
        )
        for task in waiting
    ]


def _asks_nothing(decision: Decision) -> bool:
    return decision.choice in LEAVE


def _tasks(past: Past, shop: Shop, today: date) -> list[HandsOnTask]:
    ticks = {one.key: one for one in past.decisions if one.day == today and one.step == STEP}
    found = [
        HandsOnTask(
            one.key,
            one.step,
            _words(one) if one.day == today else _carried(one, today),
            one.who,
            *_ticked(ticks.get(one.key)),
            one.key,
            one.choice in GROWING,
            one.about,
        )
        for one in [*_left_over(past, shop, today), *_of_today(past, today)]
        if not _asks_nothing(one)
    ]
    for action in past.actions:
        if _is_for_today(action, today):
            owner = (
                action.owner or indicators.person_for(shop, action.role)
                if action.role
                else action.owner or action.who
            )
            found.append(
                HandsOnTask(
                    action.id,
                    action.step,
                    _with_age(action, today),
                    owner,
                    *_agreed(action, ticks.get(action.id)),
                    action.finding,
                    grows(action.finding),
                )
            )
    order = ("open", "not done", "done")
    return sorted(found, key=lambda task: order.index(task.state))


def _is_for_today(action: Action, today: date) -> bool:
    """Return whether an action is to be done today.

    It is if it was agreed today and is not due later, or was agreed earlier and is due today.
    """
    if action.created == today:
        return action.due is None or action.due <= today
    return action.due == today and action.created < today and action.closed in (None, today)


def _with_age(action: Action, today: date) -> Words:
    """Return the text of an action, with its age if it is left over from an earlier day."""
    if action.first_due is None or action.first_due >= today:
        return action.words
    return say("{age}: {text}", age=say("day {n}", n=age(action, today)), text=action.words)


def _words(decision: Decision) -> Words:
    """Return the text of a decision: the choice, its object and its figures."""
    which = decision.which
    detail: Words = decision.detail if isinstance(decision.detail, str) else ""
    if isinstance(decision.detail, dict):
        detail = str(decision.detail.get("text", ""))
    if not detail and (instead := actions_decisions.proposed(decision)):
        detail = say("proposed: {choice}", choice=say(instead))
    if not detail:
        detail = _price(decision)
    if detail:
        return say("{choice}: {which} ({detail})", choice=say(decision.choice), which=which, detail=detail)
    return say("{choice}: {which}", choice=say(decision.choice), which=which)


def _price(decision: Decision) -> Words:
    """Return the text of a bid's change or of a new keyword's first bid; empty if none was proposed."""
    now, then, start = (
        found if isinstance(found := value_of(decision.detail, column), int | float) else None
        for column in ("cpc", "next_cpc", "first_cpc")
    )
    if decision.choice in ("raise", "lower") and now is not None and then is not None:
        return say("{now} → {then}", now=message.price(now), then=message.price(then))
    if decision.choice == "add" and start is not None:
        return say("start at {price} a click", price=message.price(start))
    return ""


def _against(past: Past, tasks: list[HandsOnTask]) -> list[Finding[Words]]:
    """Return findings on tasks that would send more buyers to an item that another step warns against."""
    held = held_items(past)
    found: list[Finding[Words]] = []
    for task in tasks:
        why = held.get(scaled_item(task.source)) if task.grows else None
        if why is not None:
            text = say("{text}: do not do this now, because {why}", text=task.text, why=why)
            key = f"{STEP}/against/{task.key}"
            found.append(finding(STEP, "against", "act", text, about=_about(task), key=key))
    return found


def _ticked(tick: Decision | None) -> tuple[State, str]:
    if tick is None:
        return "open", ""
    choice = tick.choice.strip().lower()
    reason = tick.detail if isinstance(tick.detail, str) else ""
    if choice in TICKED_DONE:
        return "done", reason
    return ("not done", reason) if choice in TICKED_UNDONE else ("open", reason)


def _agreed(action: Action, tick: Decision | None) -> tuple[State, str]:
    if action.state == "done":
        return "done", ""
    if action.state == "dropped":
        return "not done", action.updates[-1].reason
    return _ticked(tick)


def _verdict(tasks: list[HandsOnTask], open_ones: list[HandsOnTask], *, late: bool) -> Verdict[Words]:
    done = sum(task.state == "done" for task in tasks)
    values: dict[str, Value] = {
        "done": done,
        "all": len(tasks),
        "first": open_ones[0].text if open_ones else "",
    }
    waiting = sum(task.state == "held" for task in tasks)
    if not open_ones and waiting:
        text = plural(
            "{done} of {all} done; {n} is on hold until its reason no longer applies.",
            "{done} of {all} done; {n} are on hold until their reasons no longer apply.",
            waiting,
            **values,
        )
        return Verdict("info", text)
    if not open_ones:
        left = len(tasks) - done
        if left:
            return Verdict(
                "watch",
                plural(
                    "{done} of {all} done; {n} was not done, with the reason noted.",
                    "{done} of {all} done; {n} were not done, with the reasons noted.",
                    left,
                    **values,
                ),
            )
        return Verdict("good", say("All {all} of this morning's decisions have been carried out.", **values))
    if late:
        return Verdict(
            "act",
            plural(
                "It is past noon and {n} of {all} decisions is still open: carry it out now or note why not.",
                (
                    "It is past noon and {n} of {all} decisions are still open: carry them out now or "
                    "note why not."
                ),
                len(open_ones),
                **values,
            ),
        )
    if not done:
        return Verdict(
            "watch",
            plural(
                "The one decision has not been carried out yet: {first}.",
                "None of the {n} decisions has been carried out yet; next: {first}.",
                len(tasks),
                first=values["first"],
            ),
        )
    return Verdict("watch", say("{done} of {all} decisions carried out; next: {first}.", **values))


def _finding(task: HandsOnTask) -> Finding[Words]:
    if task.state == "not done":
        level: LevelName = "info"
        text: Words = say(
            "Not done: {text}. {reason}", text=task.text, reason=task.reason or say("No reason was noted.")
        )
    else:
        level = "watch"
        text = say("Open: {text} ({who})", text=task.text, who=task.who)
    return finding(STEP, "task", level, text, about=_about(task), key=f"{STEP}/{task.key}")


def _about(task: HandsOnTask) -> About:
    return about_of(task.key)[1]


def _table(tasks: list[HandsOnTask]) -> Table[Words]:
    states = (
        ("open", say("open")),
        ("held", say("on hold")),
        ("done", say("done")),
        ("not done", say("not done")),
    )
    rows = tuple((task.state, task.text, task.who, task.reason or task.hold) for task in tasks)
    columns = (
        TableColumn(say("State"), "word", "state", states),
        TableColumn(say("Task"), id="task"),
        TableColumn(say("Who"), id="who"),
        TableColumn(say("Reason"), id="reason"),
    )
    return Table(
        say("To do before noon"),
        columns,
        rows,
        tuple(task.key for task in tasks),
        about=tuple(_about(task) for task in tasks),
    )


def _limits(waiting: int) -> tuple[Words, ...]:
    believed = say("A tick counts as done; it is not checked against the ad tool.")
    if not waiting:
        return (believed,)
    return (
        believed,
        plural(
            "{n} decision to keep or observe needs no work and is not listed.",
            "{n} decisions to keep or observe need no work and are not listed.",
            waiting,
        ),
    )
