"""The opening of the stand-up: promises that are due, and whether they were kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.actions.decision_states import decision_states
from core.actions.promised_decisions import with_decisions
from core.actions.promises import Promise, due_promises, judge
from core.answers.answer import About, Finding, LevelName, Proposal, Table, TableColumn, finding
from core.journal.projections import Past
from core.language import message
from core.language.message import N_, Value, Words, plural, say
from core.measures import indicators, metrics
from core.shop.settings import Shop
from core.topics.team.meeting.agenda import AgendaItem
from core.topics.team.meeting.week import is_weekly
from core.topics.team.traffic_conflicts import grows, held_items, scaled_item

if TYPE_CHECKING:
    import pandas as pd

MOST_NEEDED = 60
"""If more days than this are needed, the text says that the promise cannot be judged at all."""
ALOUD = 4
"""The most promises that add to the minutes of the opening topic; the table lists all."""


@dataclass(frozen=True, slots=True)
class Promises:
    """The promises to report this morning, and those waiting because their figures are not imported."""

    due: tuple[Promise, ...]
    waiting: tuple[Promise, ...]
    shop: Shop
    against: frozenset[str] = frozenset()
    """The ids of actions not proposed again, because a finding of this morning speaks against them."""

    @property
    def broken(self) -> tuple[Promise, ...]:
        """Return the promises that were not kept."""
        return tuple(one for one in self.due if one.outcome == "not kept")

    @property
    def kept(self) -> tuple[Promise, ...]:
        """Return the promises that were kept."""
        return tuple(one for one in self.due if one.outcome == "kept")


def promises(past: Past, frames: Mapping[str, pd.DataFrame], shop: Shop, today: date) -> Promises:
    """Return the promises to report this morning with their outcome, missed ones first.

    Also included are the promises that wait because their figures are not imported.
    """
    judged = []
    agreed = with_decisions(past.actions, decision_states(past.known(), shop, today))
    for action in due_promises(agreed, today):
        found = metrics.figures(action.metric, action.item, shop, frames) if action.metric else None
        judged.append(judge(action, found, shop, today))
    order = ("not kept", "kept", "cannot tell")
    last = past.yesterday or today - timedelta(days=1)
    news = [one for one in judged if is_news(one, last, today)]
    due = sorted(news, key=lambda one: order.index(one.outcome))
    held = held_items(past)
    against = frozenset(
        one.action.id for one in due if grows(one.action.finding) and scaled_item(one.action.finding) in held
    )
    return Promises(tuple(due), tuple(one for one in judged if one.outcome == "waiting"), shop, against)


def kept_ids(past: Past, frames: Mapping[str, pd.DataFrame], shop: Shop, today: date) -> frozenset[str]:
    """Return the ids of due actions with a figure whose promise was kept.

    They are judged whether or not the stand-up was held.
    """
    due = [one for one in due_promises(past.actions, today) if one.metric]
    judged = [
        judge(one, metrics.figures(one.metric or "", one.item, shop, frames), shop, today) for one in due
    ]
    return frozenset(one.action.id for one in judged if one.outcome == "kept")


def is_news(promise: Promise, last: date, today: date) -> bool:
    """Return whether a promise is to be reported this morning.

    Reported are promises that were judged, closed or due since the last working day, missed promises whose
    action is still open, and on Mondays all of them. The morning overview, the meeting and the list of
    promises all use this selection.
    """
    action = promise.action
    if promise.outcome == "waiting":
        return False
    if is_weekly(today) or (promise.outcome == "not kept" and action.state in ("open", "handed")):
        return True
    days = (promise.measured, action.closed, action.due, date.min)
    return max(day for day in days if day is not None) >= last


def counted(promises: Promises) -> Words:
    """Return the numbers of promises due, kept and missed, as the beginning of a sentence; empty if none."""
    if not promises.due:
        return ""
    return plural(
        "{n} promise due: {kept} kept, {broken} missed; ",
        "{n} promises due: {kept} kept, {broken} missed; ",
        len(promises.due),
        kept=len(promises.kept),
        broken=len(promises.broken),
    )


def first_missed(promises: Promises) -> Words:
    """Return the text on the first missed promise and its owner; empty if all were kept."""
    if not promises.broken:
        return ""
    first = promises.broken[0]
    values: dict[str, Value] = {"what": first.action.words, "who": _owner(first, promises.shop)}
    if len(promises.broken) == 1:
        return say("Start with the missed promise: {what} ({who}).", **values)
    return plural(
        "Start with the {n} missed promise: {what} ({who}).",
        "Start with the {n} missed promises, first: {what} ({who}).",
        len(promises.broken),
        **values,
    )


def points(promises: Promises) -> list[AgendaItem]:
    """Return the opening topic of the meeting, about all promises together; empty if none is due."""
    if not promises.due:
        return []
    owners = dict.fromkeys(_owner(one, promises.shop) for one in promises.due)
    aim = (
        say("missed promises: give the reason, then set a new day or drop them")
        if promises.broken
        else say("no promise was missed: say so and go on")
    )
    return [
        AgendaItem(
            say(
                "Promises: {kept} kept, {broken} missed", kept=len(promises.kept), broken=len(promises.broken)
            ),
            message.listing(owners),
            aim,
            1.0 + min(len(promises.due), ALOUD) / 2,
        )
    ]


def findings(promises: Promises) -> tuple[Finding[Words], ...]:
    """Return a finding on the outcome of each promise."""
    levels: dict[str, LevelName] = {"kept": "good", "not kept": "watch", "cannot tell": "info"}
    return tuple(
        finding(
            "standup",
            "promise",
            levels[one.outcome],
            sentence(one, promises.shop),
            *_again(one, promises),
            about=About(entry=one.action.id),
        )
        for one in promises.due
    )


def _again(promise: Promise, promises: Promises) -> tuple[Proposal[Words], ...]:
    """Return the proposal to renew a missed promise; empty for other promises.

    The proposal has no due day, because the team sets one. There is none if a finding of this morning speaks
    against the action.
    """
    if promise.outcome != "not kept":
        return ()
    if promise.action.id in promises.against:
        return ()
    action = promise.action
    return (
        Proposal(
            action.role or "operator",
            action.words,
            action.metric,
            action.direction,
            None,
            action.expected,
            action.item,
        ),
    )


def sentence(promise: Promise, shop: Shop) -> Words:
    """Return the sentence on a promise and its outcome, with the figure, its goal and its usual value."""
    action = promise.action
    values: dict[str, Value] = {
        "who": _owner(promise, shop),
        "what": message.inside(action.words),
        "metric": say(metrics.NAMES.get(action.metric or "", action.metric or "")),
        "value": metrics.worded(action.metric, promise.value),
        "usual": metrics.worded(action.metric, promise.usual),
        "expected": metrics.worded(action.metric, action.expected),
        "days": message.count(promise.days),
        "needed": message.count(promise.needed),
    }
    return say(_template(promise), **values)


def _template(promise: Promise) -> str:
    """Return the message template for the outcome."""
    if promise.why == "unclear" and promise.action.expected is None:
        return N_("Cannot tell: {who}, “{what}”; {metric} {value}, usual {usual}: that may be chance.")
    if promise.why == "unclear" and promise.needed is not None and promise.needed > promise.days:
        return _FEWER_DAYS if promise.needed <= MOST_NEEDED else _TOO_SMALL
    if promise.why == "reached" and promise.action.expected is None:
        return _MESSAGES["moved"]
    return _MESSAGES[promise.why]


_TOO_SMALL = N_(
    "Cannot tell: {who}, “{what}”; {metric} {value}, usual {usual}, promised {expected}: with "
    "so few cases, so small a change would not show even in two months."
)
_FEWER_DAYS = N_(
    "Cannot tell: {who}, “{what}”; {metric} {value}, usual {usual}, promised {expected}; {days} "
    "days measured, about {needed} needed."
)


_MESSAGES: dict[str, str] = {
    "done": N_("Kept: {who}, “{what}”. It is done."),
    "open": N_("Missed: {who}, “{what}”. It is not done yet."),
    "no figure": N_("Cannot tell: {who}, “{what}”; no imported file contains this figure ({metric})."),
    "no number": N_(
        "Cannot tell: {who}, “{what}”; {metric} {value}, but there is no starting value to compare it with."
    ),
    "few days": N_("Cannot tell: {who}, “{what}”; {metric} {value}, too few usual days before it."),
    "campaign": N_("Cannot tell: {who}, “{what}”; {metric} {value}, but a campaign affected it too."),
    "as usual": N_(
        "Cannot tell: {who}, “{what}”; {metric} {value}; {usual} was already usual, and {expected} "
        "was promised."
    ),
    "reached": N_("Kept: {who}, “{what}”; {metric} {value}, promised {expected}, usual {usual}."),
    "moved": N_("Kept: {who}, “{what}”; {metric} {value}, usual {usual}."),
    "held": N_("Kept: {who}, “{what}”; {metric} {value}, usual {usual}."),
    "short": N_("Missed: {who}, “{what}”; {metric} {value}, promised {expected}, usual {usual}."),
    "wrong way": N_("Missed: {who}, “{what}”; {metric} {value}, usual {usual}."),
    "not in yet": N_("Waiting for figures: {who}, “{what}”; {metric} is not imported yet."),
    "unclear": N_("Cannot tell: {who}, “{what}”; {metric} {value}, usual {usual}, promised {expected}."),
}


def _owner(promise: Promise, shop: Shop) -> Words:
    action = promise.action
    return action.owner or (indicators.person_for(shop, action.role) if action.role else action.who)


def table(promises: Promises) -> tuple[Table[Words], ...]:
    """Return the table of due promises; empty if there are none."""
    if not promises.due:
        return ()
    outcomes = (
        ("kept", say("kept")),
        ("not kept", say("missed")),
        ("cannot tell", say("cannot tell")),
    )
    rows = tuple(
        (
            one.action.words,
            _owner(one, promises.shop),
            metrics.worded(one.action.metric, one.usual),
            metrics.worded(one.action.metric, one.value),
            one.outcome,
        )
        for one in promises.due
    )
    columns = (
        TableColumn(say("Promise"), id="promise"),
        TableColumn(say("Who"), id="who"),
        TableColumn(say("Usual"), id="usual"),
        TableColumn(say("Now"), id="now"),
        TableColumn(say("Outcome"), "word", "outcome", outcomes),
    )
    return (Table(say("Promises due"), columns, rows),)
