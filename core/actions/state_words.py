"""The sentences that describe a decision's state, the same in steps, meetings, reports and screens."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from core.actions.decision_states import DecisionState, Stage
from core.actions.deeds import kind_of
from core.answers.answer import Proposal
from core.language import message
from core.language.message import N_, Value, Words, say

CHOICES: Final[Mapping[str, str]] = {
    "delete": N_("delete"),
    "lower": N_("lower"),
    "raise": N_("raise"),
    "keep": N_("keep"),
    "observe": N_("observe"),
    "add": N_("add"),
}
"""The choices for a keyword, and the word (a message) shown for each."""
PRICED: Final = ("lower", "raise", "add")
"""The choices for a keyword that set a price."""


_AGREED: Final = N_("Assigned to {owner}, due {due}.")
_OVERDUE: Final = N_("Assigned to {owner}, overdue since {due}.")
_SAID: Final[Mapping[Stage, str]] = {
    "agreed": N_("Decided {day}: {choice} ({who}); not done yet."),
    "kept": N_("{who} decided “{choice}” {day} instead of this advice."),
    "undone": N_("Not done {day}: {reason}."),
    "dropped": N_("Dropped {day} ({who}): {reason}."),
}


def said(state: DecisionState, today: date) -> Words:
    """Return the sentence that says what was decided and how far it has been carried out."""
    values: dict[str, Value] = {
        "day": moment(state.day, state.at, today),
        "who": state.who,
        "owner": state.owner or state.who,
        "due": message.short_day(state.due),
        "reason": state.reason or say("no reason given"),
    }
    if state.stage == "done":
        return _done(state, today)
    if state.stage == "agreed" and state.action:
        if state.due is None:
            return say("Assigned to {owner}.", **values)
        return say(_OVERDUE if state.due < today else _AGREED, **values)
    return say(_SAID[state.stage], **values, choice=choice_words(state.choice))


def said_again(state: DecisionState, proposal: Proposal[Any], today: date) -> Words:
    """Return a text that says why a decided matter is proposed again.

    The reason is new facts, or figures that still call for the proposal after the result is known.
    """
    if state.stage == "undone":
        return said(state, today)
    if state.result_on is not None and today >= state.result_on and not state.changed(proposal):
        return message.sentences([said(state, today), say("The new figures still call for this action.")])
    numbers = _numbers(state, proposal)
    if numbers is not None:
        return message.sentences(
            [
                said(state, today),
                say("Things have changed: {then} at that time, {now} now.", then=numbers[0], now=numbers[1]),
            ]
        )
    return message.sentences(
        [said(state, today), say("Things have changed: the figures now ask for something else.")]
    )


def moment(day: date, at: datetime | None, today: date) -> Words:
    """Return the day as a text; if it is ``today`` and the time is known, that time instead."""
    if day == today and at is not None:
        return say("today {time}", time=f"{at:%H:%M}")
    return message.short_day(day)


def _done(state: DecisionState, today: date) -> Words:
    values: dict[str, Value] = {
        "day": moment(state.done or state.day, state.done_at, today),
        "n": message.count(state.quantity),
        "arrives": message.short_day(state.arrives),
    }
    if state.arrived is not None:
        return say("The order arrived {day}.", day=message.short_day(state.arrived))
    text = say(kind_of(state.deed).done, **values)
    if state.arrives is not None and state.arrives < today:
        late = message.plural("{n} day late.", "{n} days late.", (today - state.arrives).days)
        return message.sentences([text, late])
    if state.deed == "order" or state.result_on is None or state.result_on <= today:
        return text
    if kind_of(state.deed).days:
        waiting = say("Waiting for figures until {day}.", day=message.short_day(state.result_on))
        return message.sentences([text, waiting])
    return text


def choice_words(choice: str) -> Words:
    """Return the word for a choice; an unknown choice is returned unchanged."""
    return say(CHOICES[choice]) if choice in CHOICES else choice


def _numbers(state: DecisionState, proposal: Proposal[Any]) -> tuple[Words, Words] | None:
    """Return the quantity or price at the time of the decision and now, as texts.

    None if neither of the two is known for both times.
    """
    if proposal.quantity is not None and state.quantity is not None:
        return message.count(state.quantity), message.count(proposal.quantity)
    if proposal.price is not None and state.price is not None:
        return message.price(state.price), message.price(proposal.price)
    return None
