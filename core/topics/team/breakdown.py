"""The analysis of who owns each of the morning's problems, with the figure to improve and the due day."""

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
    """Who takes care of each problem found this morning, which figure should improve, and by when?

    Reads only the journal: the problems that this morning's steps marked "Act" or "Watch", and the
    actions agreed.

    Findings that ask the same role to improve the same figure count as one task: a bounce rate reported
    by three steps is one problem, not three. A task counts as assigned if an action was created for it
    today, or if an older action on the same figure is still open. If a role has more than three tasks,
    the least urgent ones are listed as tasks to leave for another day. If one person runs the shop
    alone, the roles are worked through in turn: first what loses money, then people waiting for an
    answer, then suppliers, then pictures and texts.

    It does not know how long a task takes, and it does not know the problems of steps that were not
    opened this morning.
    """
    if not any(entry.kind == "answered" for entry in past.entries()):
        text = say("No step has been opened yet this morning, so there are no problems to assign.")
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
        return Verdict("good", say("This morning's steps found no problem that needs an owner."))
    if not looked.seen:
        text = say("The steps opened this morning had no data, so there is nothing to assign.")
        return Verdict("nodata", text)
    text = say(
        "The steps opened this morning ({seen} of {all}) found nothing to assign; the others "
        "have not been checked.",
        seen=looked.seen,
        all=looked.seen + looked.unknown,
    )
    return Verdict("info", text)


def leave_alone(found: Sequence[RoleTask]) -> list[RoleTask]:
    """Return the tasks to leave for another day: not urgent, without owner, and exceeding three per role.

    Urgent tasks and tasks that somebody has taken on are counted among the three.
    """
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
            "The {n} problem found this morning has an owner, a figure to improve and a due day.",
            "All {n} problems found this morning have an owner, a figure to improve and a due day.",
            len(found),
        )
        return Verdict("good", text)
    urgent = [task for task in free if task.urgent]
    if duties.is_alone(shop):
        first = duties.in_order([task.role for task in urgent or free])[0]
        text = message.plural(
            "{held} of {all} problems are assigned. Working alone today, start with the {role} tasks; "
            "{n} urgent problem has not been started.",
            "{held} of {all} problems are assigned. Working alone today, start with the {role} tasks; "
            "{n} urgent problems have not been started.",
            len(urgent),
            held=held,
            all=len(found),
            role=_role(first),
        )
        return Verdict("act" if urgent else "watch", text)
    if urgent:
        roles = message.listing([_role(role) for role in dict.fromkeys(task.role for task in urgent)])
        text = plural(
            "{held} of {all} problems have an owner; {n} urgent problem still needs one ({roles}).",
            "{held} of {all} problems have an owner; {n} urgent problems still need one ({roles}).",
            len(urgent),
            held=held,
            all=len(found),
            roles=roles,
        )
        return Verdict("act", text)
    text = plural(
        "{n} problem has no owner yet. None is urgent: assign it, or decide to leave it for today.",
        "{n} problems have no owner yet. None is urgent: assign them, or decide to leave them for today.",
        len(free),
        held=held,
        all=len(found),
    )
    return Verdict("watch", text)


def _role(role: str) -> Words:
    return say(indicators.ROLE_NAMES.get(role, role))


def _unowned(found: Sequence[RoleTask], left: Sequence[RoleTask]) -> list[Finding[Words]]:
    """Return the findings on problems without an owner, with the proposals that can become actions.

    Problems in ``left``, which are left for another day, are omitted.
    """
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
                "{who} promised to do “{what}” by {due}, but the problem remains: set a new day or try "
                "another way.",
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
    """Return a finding on each role that has tasks but that nobody in the team has; empty if none."""
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
                "Nobody has the role {role} in shop.toml: decide who does its tasks today.",
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
        "Leave for another day ({n}), because {roles} has more than three tasks: {what}.",
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
    return [finding("breakdown", "taken", "good", say("Already assigned: {names}.", names=names))]


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
            say("left for another day") if task in left else _state(task, shop, today),
        )
        for task in ranked
    ]
    columns = (
        TableColumn(say("Role"), "word", "role", tuple((role, _role(role)) for role in order)),
        TableColumn(say("Task"), id="task"),
        TableColumn(say("Figure to improve"), id="number"),
        TableColumn(say("Deadline"), "date", "due"),
        TableColumn(say("State"), id="state"),
    )
    name = say("Working alone: one role after another") if alone else say("Problems and their owners")
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
    said: list[Words] = [
        say("Only steps opened this morning are included; a skipped step contributes no problems.")
    ]
    if any(task.also for task in found):
        said.append(say("Several findings about the same figure are listed as one task."))
    if nameless := [task for task in found if task.metric is None]:
        said.append(
            plural(
                "{n} task has no figure attached: tomorrow we can see whether it was done, not whether it "
                "helped.",
                "{n} tasks have no figure attached: tomorrow we can see whether they were done, not whether "
                "they helped.",
                len(nameless),
            )
        )
    return tuple(said)
