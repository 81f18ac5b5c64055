"""What of this morning's decisions is carried out, and what still has to be done before noon?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal, TypeAlias

from core.actions import decisions as actions_decisions
from core.actions.decision_states import CARRY_OUT, LEAVE, TICKED_DONE, TICKED_UNDONE
from core.actions.overdue_actions import age
from core.answers.answer import About, Answer, Finding, LevelName, Table, TableColumn, Verdict, finding
from core.journal.actions import Action
from core.journal.format_1 import about_of
from core.journal.projections import TALKED, Decision, Past
from core.language.message import Value, Words, plural, say
from core.measures import indicators
from core.shop.settings import Shop
from core.topics.team.traffic_conflicts import GROWING, grows, held_items, scaled_item

State: TypeAlias = Literal["open", "done", "not done"]
NOON = time(12, 0)
STEP = CARRY_OUT


@dataclass(frozen=True, slots=True)
class HandsOnTask:
    """One thing decided or agreed this morning that somebody has to do."""

    key: str
    """What it is ticked off by: the decision's key, or the action's id."""
    step: str
    text: Words
    who: Words
    state: State
    reason: str = ""
    source: str = ""
    """The key of the finding or row it came from."""
    grows: bool = False
    """It sends more buyers to the item."""


def decisions(past: Past, *, shop: Shop, today: date, now: datetime) -> Answer[Words]:
    """What of the morning's decisions is done, and what is left to do before noon?

    Reads the journal only: every decision of this morning's steps (raise a word, order stock, new picture)
    and every action agreed for today. Decisions to keep, observe or wait ask for nothing and are not listed.
    A row is ticked off here; what cannot be done is marked not done with the reason, so that the evening
    report shows it.

    It cannot see whether a change was really made in the ad tool or the shop: it believes the tick.
    """
    tasks = _tasks(past, shop, today)
    waiting = sum(_asks_nothing(one) for one in _of_today(past, today))
    if not tasks:
        text = say("Nothing was decided this morning that has to be done: go on to the afternoon.")
        return Answer(Verdict("info", text), limits=_limits(waiting))
    open_ones = [task for task in tasks if task.state == "open"]
    return Answer(
        _verdict(tasks, open_ones, late=now.timetz().replace(tzinfo=None) >= NOON and now.date() >= today),
        (
            *_against(past, open_ones),
            *(_finding(task) for task in tasks if task.state != "done"),
        ),
        (_table(tasks),),
        _limits(waiting),
    )


def _of_today(past: Past, today: date) -> list[Decision]:
    mine = [one for one in past.decisions if one.day == today and one.step != STEP and one.choice != TALKED]
    return [one for one in mine if about_of(one.key)[0] != "diet"]


def _asks_nothing(decision: Decision) -> bool:
    return decision.choice in LEAVE


def _tasks(past: Past, shop: Shop, today: date) -> list[HandsOnTask]:
    ticks = {one.key: one for one in past.decisions if one.day == today and one.step == STEP}
    found = [
        HandsOnTask(
            one.key,
            one.step,
            _words(one),
            one.who,
            *_ticked(ticks.get(one.key)),
            one.key,
            one.choice in GROWING,
        )
        for one in _of_today(past, today)
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
    """Tell whether it was agreed today for today, or earlier and is done today: its day, or chosen for it."""
    if action.created == today:
        return action.due is None or action.due <= today
    return action.due == today and action.created < today and action.closed in (None, today)


def _with_age(action: Action, today: date) -> Words:
    """Say which day a thing is in that comes along from earlier ones."""
    if action.first_due is None or action.first_due >= today:
        return action.words
    return say("{age}: {text}", age=say("day {n}", n=age(action, today)), text=action.words)


def _words(decision: Decision) -> Words:
    """Say the decision: what was chosen, for which key, on what figures."""
    which = decision.which
    detail: Words = decision.detail if isinstance(decision.detail, str) else ""
    if isinstance(decision.detail, dict):
        detail = str(decision.detail.get("text", ""))
    if not detail and (instead := actions_decisions.proposed(decision)):
        detail = say("proposed: {choice}", choice=say(instead))
    if detail:
        return say("{choice}: {which} ({detail})", choice=say(decision.choice), which=which, detail=detail)
    return say("{choice}: {which}", choice=say(decision.choice), which=which)


def _against(past: Past, tasks: list[HandsOnTask]) -> list[Finding[Words]]:
    """Return what is about to be scaled up against what another step found this morning."""
    held = held_items(past)
    found: list[Finding[Words]] = []
    for task in tasks:
        why = held.get(scaled_item(task.source)) if task.grows else None
        if why is not None:
            text = say("{text}: do not, {why}", text=task.text, why=why)
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
    if not open_ones:
        left = len(tasks) - done
        if left:
            return Verdict(
                "watch",
                plural(
                    "{done} of {all} done, {n} left undone with its reason.",
                    "{done} of {all} done, {n} left undone with their reasons.",
                    left,
                    **values,
                ),
            )
        return Verdict("good", say("All {all} decisions of the morning are done.", **values))
    if late:
        return Verdict(
            "act",
            plural(
                "It is past noon and {n} of {all} is still open: do it now or say why not.",
                "It is past noon and {n} of {all} are still open: do them now or say why not.",
                len(open_ones),
                **values,
            ),
        )
    if not done:
        return Verdict("watch", say("None of {all} done yet; next: {first}.", **values))
    return Verdict("watch", say("{done} of {all} done; next: {first}.", **values))


def _finding(task: HandsOnTask) -> Finding[Words]:
    if task.state == "not done":
        level: LevelName = "info"
        text: Words = say(
            "Not done: {text}. {reason}", text=task.text, reason=task.reason or say("No reason was given.")
        )
    else:
        level = "watch"
        text = say("Open: {text} ({who})", text=task.text, who=task.who)
    return finding(STEP, "task", level, text, about=_about(task), key=f"{STEP}/{task.key}")


def _about(task: HandsOnTask) -> About:
    return about_of(task.key)[1]


def _table(tasks: list[HandsOnTask]) -> Table[Words]:
    states = (("open", say("open")), ("done", say("done")), ("not done", say("not done")))
    rows = tuple((task.state, task.text, task.who, task.reason) for task in tasks)
    columns = (
        TableColumn(say("State"), "word", "state", states),
        TableColumn(say("To do"), id="task"),
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
            "{n} decision to keep or watch asks for nothing and is not listed.",
            "{n} decisions to keep or watch ask for nothing and are not listed.",
            waiting,
        ),
    )
