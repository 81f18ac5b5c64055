"""The analysis of who owns each problem of the morning, with which metric and due day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from core.actions import state_words
from core.answers.answer import About, Answer, Finding, Table, TableColumn, Verdict, finding
from core.journal.projections import Past
from core.language import message
from core.language.message import Words, plural, say
from core.measures import indicators, metrics
from core.shop.settings import Shop
from core.topics.team.tasks import tasks as duties
from core.topics.team.tasks.morning_seen import MorningSeen, looked_at_morning
from core.topics.team.tasks.tasks import RoleTask

if TYPE_CHECKING:
    from core.answers.answer import Cell


def owners(past: Past, *, shop: Shop, today: date) -> Answer[Words]:
    """Which role owns each problem of the morning, with which number, by when?

    Reads the journal only: what this morning's steps showed as urgent or to be watched, and the actions
    agreed.

    Findings that ask one role to move one figure are one task: the bounce rate is not three problems
    because three screens saw it. A task is in hand when an action was made of it today, or an older one on
    the same figure is still open. Where the day is too short, the tasks beyond three of one role are named
    as those to leave, least urgent last. Alone in the shop, the roles come one after another: what burns
    money, who waits for an answer, suppliers, then pictures and texts.

    It cannot know how long a task takes, nor problems that no screen of this morning was opened for.
    """
    if not any(entry.kind == "answered" for entry in past.entries()):
        text = say("No step of this morning was looked at yet, so there is nothing to break down.")
        return Answer(Verdict("nodata", text))
    found = duties.tasks_of(past, shop)
    if not found:
        return Answer(_nothing(looked_at_morning(past)))
    left = leave_alone(found)
    return Answer(
        verdict=_verdict(found, shop),
        findings=(
            *_unowned(found, left),
            *_overdue(found, shop, today),
            *_unplayed(found, shop),
            *_left(left),
            *_taken(found, shop),
        ),
        evidence=_evidence(found, left, shop, today),
        limits=_limits(found),
    )


def _nothing(looked: MorningSeen) -> Verdict[Words]:
    if looked.whole:
        return Verdict("good", say("The morning found nothing that needs an owner."))
    if not looked.seen:
        text = say("The morning's steps that were looked at had no data, so there is nothing to break down.")
        return Verdict("nodata", text)
    text = say(
        "What was looked at ({seen} of {all} steps of the morning) needs no owner; the rest is not known.",
        seen=looked.seen,
        all=looked.seen + looked.unknown,
    )
    return Verdict("info", text)


def leave_alone(found: Sequence[RoleTask]) -> list[RoleTask]:
    """Return the tasks to leave alone: unowned ones beyond the three most urgent of a role."""
    kept: Counter[str] = Counter(task.role for task in found if task.in_hand)
    left = []
    for task in found:
        if task.in_hand:
            continue
        if task.urgent or kept[task.role] < duties.ENOUGH:
            kept[task.role] += 1
        else:
            left.append(task)
    return left


def _verdict(found: Sequence[RoleTask], shop: Shop) -> Verdict[Words]:
    free = [task for task in found if not task.in_hand]
    held = len(found) - len(free)
    if not free:
        text = plural(
            "The morning's {n} problem has its owner, number and day.",
            "All {n} problems of the morning have their owner, number and day.",
            len(found),
        )
        return Verdict("good", text)
    urgent = [task for task in free if task.urgent]
    if duties.is_alone(shop):
        first = duties.in_order([task.role for task in urgent or free])[0]
        text = message.plural(
            "{held} of {all} problems in hand; alone today: begin as {role}, {n} urgent one is open.",
            "{held} of {all} problems in hand; alone today: begin as {role}, {n} urgent ones are open.",
            len(urgent),
            held=held,
            all=len(found),
            role=_role(first),
        )
        return Verdict("act" if urgent else "watch", text)
    if urgent:
        roles = message.listing([_role(role) for role in dict.fromkeys(task.role for task in urgent)])
        text = plural(
            "{held} of {all} problems have an owner; {n} urgent one has none: {roles}.",
            "{held} of {all} problems have an owner; {n} urgent ones have none: {roles}.",
            len(urgent),
            held=held,
            all=len(found),
            roles=roles,
        )
        return Verdict("act", text)
    text = plural(
        "{n} problem has no owner. Assign it, or say that it waits.",
        "{n} problems have no owner. Assign them, or say that they wait.",
        len(free),
        held=held,
        all=len(found),
    )
    return Verdict("watch", text)


def _role(role: str) -> Words:
    return say(indicators.ROLE_NAMES.get(role, role))


def _unowned(found: Sequence[RoleTask], left: Sequence[RoleTask]) -> list[Finding[Words]]:
    """Return the finding of each problem without an owner, with its own key, ready to become an action."""
    said: dict[str, Finding[Words]] = {}
    for task in found:
        if not task.in_hand and task not in left:
            one = task.finding
            asks = () if task.proposal is None else (task.proposal,)
            before = said[one.key].proposals if one.key in said else ()
            said[one.key] = replace(one, proposals=(*before, *asks))
    return list(said.values())


def _overdue(found: Sequence[RoleTask], shop: Shop, today: date) -> list[Finding[Words]]:
    late = [
        task
        for task in found
        if task.action is not None
        and task.action.state == "open"
        and task.action.due is not None
        and task.action.due < today
    ]
    return [
        finding(
            "breakdown",
            "overdue",
            "watch",
            say(
                "{who} promised “{what}” for {due} and the problem is still there: new day, or another way.",
                who=task.owner(shop),
                what=task.text,
                due=message.short_day(task.action.due),
            ),
            about=About(entry=task.action.id),
        )
        for task in late
        if task.action is not None
    ]


def _unplayed(found: Sequence[RoleTask], shop: Shop) -> list[Finding[Words]]:
    """Return the finding on roles that have tasks but nobody in the team; empty if there are none."""
    played = {role for person in shop.team for role in person.roles}
    if not shop.team or duties.is_alone(shop):
        return []
    missing = [role for role in dict.fromkeys(task.role for task in found) if role not in played]
    return [
        finding(
            "breakdown",
            "unplayed",
            "watch",
            say(
                "Nobody plays {role} in shop.toml: name who takes its tasks today.",
                role=_role(role),
            ),
            about=About(role=role),
        )
        for role in missing
    ]


def _left(left: Sequence[RoleTask]) -> list[Finding[Words]]:
    if not left:
        return []
    roles = message.listing([_role(role) for role in dict.fromkeys(task.role for task in left)])
    text = say(
        "Leave {n} on purpose today, {roles} has more than three: {what}.",
        n=len(left),
        roles=roles,
        what=message.listing([task.text for task in left[:3]]),
    )
    return [finding("breakdown", "leave", "info", text)]


def _taken(found: Sequence[RoleTask], shop: Shop) -> list[Finding[Words]]:
    held = Counter(task.owner(shop) for task in found if task.in_hand)
    if not held:
        return []
    names = message.listing(say("{name} {n}", name=name, n=n) for name, n in held.most_common())
    return [finding("breakdown", "taken", "good", say("In hand: {names}.", names=names))]


def _evidence(
    found: Sequence[RoleTask], left: Sequence[RoleTask], shop: Shop, today: date
) -> tuple[Table[Words], ...]:
    alone = duties.is_alone(shop)
    order = duties.in_order([task.role for task in found])
    ranked = sorted(found, key=lambda task: order.index(task.role)) if alone else found
    rows: list[tuple[Cell | Words, ...]] = [
        (
            task.role,
            task.text,
            _number(task),
            task.due(today).isoformat(),
            say("leave today") if task in left else _state(task, shop, today),
        )
        for task in ranked
    ]
    columns = (
        TableColumn(say("Role"), "word", "role", tuple((role, _role(role)) for role in order)),
        TableColumn(say("To do"), id="task"),
        TableColumn(say("Number"), id="number"),
        TableColumn(say("By"), "date", "due"),
        TableColumn(say("State"), id="state"),
    )
    name = say("One role after another") if alone else say("Problems and their owners")
    keys = tuple(_key(task) for task in ranked)
    about = tuple(replace(task.finding.about, role=task.role) for task in ranked)
    return (Table(name, columns, tuple(rows), keys, about=about),)


def _key(task: RoleTask) -> str:
    return f"breakdown/{task.role}/{task.finding.key}"


def _number(task: RoleTask) -> Words:
    if task.metric is None:
        return message.DASH
    if task.metric not in metrics.NAMES:
        return message.DASH
    name = say(metrics.NAMES[task.metric])
    if task.expected is None:
        return name
    if task.metric in metrics.RATES:
        value = message.percent(task.expected)
    elif task.metric in metrics.MONEY:
        value = message.money(task.expected)
    else:
        value = message.count(task.expected) if task.expected >= 20 else message.ratio(task.expected)  # noqa: PLR2004
    return say("{name} → {value}", name=name, value=value)


def _state(task: RoleTask, shop: Shop, today: date) -> Words:
    if task.state is not None:
        return state_words.said(task.state, today)
    if task.action is None:
        return say("no owner yet")
    if task.action.state == "done":
        return say("done: {who}", who=task.owner(shop))
    if task.action.created < today:
        return say("{who}, since {day}", who=task.owner(shop), day=message.short_day(task.action.created))
    return task.owner(shop)


def _limits(found: Sequence[RoleTask]) -> tuple[Words, ...]:
    said: list[Words] = [say("Only what was opened this morning is in here; a step skipped has no problems.")]
    if any(task.also for task in found):
        said.append(say("Several findings about one figure stand as one task."))
    if nameless := [task for task in found if task.metric is None]:
        said.append(
            plural(
                "{n} task names no figure: tomorrow it can only be said whether it was done.",
                "{n} tasks name no figure: tomorrow it can only be said whether they were done.",
                len(nameless),
            )
        )
    return tuple(said)
