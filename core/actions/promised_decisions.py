"""Keyword decisions as promises: a decision that was ticked off as done is judged by its figure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from core.actions import state_words
from core.actions.decision_states import DecisionState, DecisionStates
from core.answers.answer import Direction
from core.journal.actions import Action, ActionUpdate
from core.language.message import say

ROLE = "promotion"


def with_decisions(agreed: Sequence[Action], states: DecisionStates) -> tuple[Action, ...]:
    """Return the actions, followed by the keyword decisions that were ticked off as done, as actions.

    A deleted word promises to cost nothing from the next day on; a lowered or raised bid promises the
    proposed cost per click; other decisions promise no figure.
    """
    done = [one for one in states.by_matter.values() if one.stage == "done" and not one.action]
    return (*agreed, *(_promise(one) for one in sorted(done, key=lambda one: one.at)))


def _promise(state: DecisionState) -> Action:
    metric, direction, expected = _figure(state)
    done, at = state.done or state.day, state.done_at or state.at
    return Action(
        id=f"{state.key}@{state.day.isoformat()}",
        words=say("{choice}: {which}", choice=state_words.choice_words(state.choice), which=state.which),
        role=ROLE,
        owner=state.who,
        due=done + timedelta(days=1),
        metric=metric,
        direction=direction,
        expected=expected,
        item=state.which,
        state="done",
        created=state.day,
        at=state.at,
        who=state.who,
        step=state.step,
        finding="",
        updates=(ActionUpdate(f"{state.key}@{at.isoformat()}", at, done, state.who, "done"),),
        first_due=done,
        deed=state.deed,
    )


def _figure(state: DecisionState) -> tuple[str | None, Direction | None, float | None]:
    if state.deed == "delete_word":
        return "cost", "down", 0.0
    if state.deed in ("lower_bid", "raise_bid") and state.price is not None:
        return "cpc", "up" if state.deed == "raise_bid" else "down", round(state.price, 2)
    return None, None, None
