"""What was done of the day's plan: steps, minutes and actions; and what comes first tomorrow."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from core.actions.answers_with_states import shown_today
from core.actions.decision_states import TELLING
from core.answers.answer import Answer, Finding
from core.answers.ranking import ranked
from core.journal.actions import Action
from core.journal.entry import Entry
from core.journal.projections import Past
from core.journal.steps import steps
from core.language.message import Words, say
from core.shop.settings import Shop

T = TypeVar("T")
FIRST_THINGS = 5
KEPT = ("promise", "reached")
"""The kinds of findings that, at level "good", say that an action reached its promised figure."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What was done of the day's plan: steps, minutes and actions."""

    steps: int
    steps_done: int
    missed: tuple[str, ...]
    """The ids of steps that had to be done but were neither done, skipped nor dropped."""
    planned: int
    """The number of minutes planned."""
    used: int
    acted: tuple[Action, ...]
    open: tuple[Action, ...]
    handed: tuple[Action, ...]
    overdue: tuple[Action, ...]
    reached: tuple[Action, ...] = ()
    """Open actions whose promised figure was reached; they only need to be ticked off."""
    written: bool = False
    """Whether anybody wrote anything today."""

    @property
    def actions(self) -> int:
        """Return the number of actions that were to be done today."""
        return len(self.acted) + len(self.open) + len(self.handed) + len(self.reached)


def planned_steps(entries: tuple[Entry, ...]) -> list[dict[str, object]]:
    """Return the steps of the day's plan as they were when the day was last opened."""
    opened = [entry for entry in entries if entry.kind == "opened"]
    plan = opened[-1].data.get("plan", []) if opened else []
    return [step for step in plan if isinstance(step, dict)]


def tally(past: Past, kept: Collection[str] = ()) -> Tally:
    """Return what was done of the day's plan, and of the actions due today or agreed today.

    ``kept`` are ids of actions whose promised figure was reached, in addition to those the stand-up reported.
    """
    entries = past.entries()
    plan, states = planned_steps(entries), steps(entries)
    ids = [str(step.get("id", "")) for step in plan if step.get("id") != "summary"]
    done = [step for step in ids if step in states and states[step].state == "done"]
    settled = {step for step, state in states.items() if state.state in ("done", "skipped", "dropped")}
    must = [
        str(step.get("id", "")) for step in plan if step.get("must", True) and step.get("id") != "summary"
    ]
    minutes = [value for step in plan if isinstance(value := step.get("minutes"), int)]
    used = sum(state.used.total_seconds() for state in states.values()) / 60
    today = past.today
    due = [one for one in past.actions if one.created == today or (one.due is not None and one.due <= today)]
    acted = tuple(one for one in due if one.state == "done" and one.closed == today)
    still = [one for one in due if one.state == "open" and (one.due is None or one.due <= today)]
    kept = kept_by_figure(past) | frozenset(kept)
    reached = tuple(one for one in still if one.id in kept)
    waiting = tuple(one for one in still if one.id not in kept)
    handed = tuple(one for one in due if one.state == "handed")
    overdue = tuple(one for one in waiting if one.due is not None)
    missed = tuple(step for step in must if step not in settled)
    return Tally(
        len(ids), len(done), missed, sum(minutes), round(used), acted, waiting, handed, overdue, reached,
        bool(entries),
    )  # fmt: skip


def looked_at(past: Past) -> bool:
    """Return whether the answer of any step was shown today."""
    return any(entry.kind == "answered" for entry in past.entries())


def kept_by_figure(past: Past) -> frozenset[str]:
    """Return the ids of actions whose promise the stand-up reported as kept, whether ticked off or not."""
    return kept_in(past.answers("standup"))


def kept_in(*answers: Answer[Words] | None) -> frozenset[str]:
    """Return the ids of actions that these answers (stand-up, wrap-up, summary) report as kept promises."""
    told = [one for answer in answers if answer is not None for one in answer.findings if one.level == "good"]
    return frozenset(one.about.entry for one in told if one.kind in KEPT and one.about.entry)


def first_tomorrow(past: Past, shop: Shop, kept: Collection[str] = ()) -> tuple[Words, ...]:
    """Return the texts on what to do first tomorrow, by today's journal.

    Actions whose promised figure was reached are left out.
    """
    shown = shown_today(past, shop)
    answers = [answer for step, answer in shown.items() if step not in TELLING]
    asked = ranked((finding for answer in answers for finding in answer.findings), shop.margin)
    reached = kept_by_figure(past) | frozenset(kept)
    return first_things(
        [one for one in past.actions if one.id not in reached],
        asked,
        {one.key for one in past.decisions if one.day == past.today},
        past.today,
    )


def first_things(
    actions: Sequence[Action], asked: Sequence[Finding[T]], decided: Collection[str], today: date
) -> tuple[T | Words, ...]:
    """Return the texts of open actions due by tomorrow, then those of urgent findings left open.

    A finding is left open if nobody took it on as an action or decided on it.
    """
    by = today + timedelta(days=1)
    due = [
        one for one in actions if one.state in ("open", "handed") and one.due is not None and one.due <= by
    ]
    ordered = sorted(due, key=lambda one: one.due or today)
    said: list[T | Words] = [
        say("{text} ({who})", text=one.words, who=one.owner) if one.owner else one.words for one in ordered
    ]
    taken = {one.finding for one in actions if one.created == today}
    said.extend(
        one.text for one in asked if one.level == "act" and one.key not in taken and one.key not in decided
    )
    return tuple(dict.fromkeys(said))[:FIRST_THINGS]
