"""Find steps that led to nothing in the last 30 days, and have them only on Mondays or not at all.

The user's choice is written to routine.toml, where people can edit it, and recorded as a decision in the
journal, with which it can be undone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Final, Literal, TypeAlias

from core.errors import BadInput, BadSettings, CannotWrite, NotConfirmed, ShopdayError, UsageError
from core.journal.book import Book
from core.journal.entry import Entry, word_of
from core.journal.projections import DIET as KEY
from core.journal.projections import TALKED, Decision, decisions
from core.journal.steps import steps
from core.language.wording import N_, say
from core.storage.atomic_files import reason_of
from routines.days.day_plan import boxes_for, routine_of
from routines.days.routine_edit import Frequency, change_frequency, frequency, set_frequency
from routines.forms.settings_forms import FREQUENCY
from routines.plan.step import Step
from routines.workday.setting_proposals import frequency_values
from routines.workday.workday import Workday

Choice: TypeAlias = Literal["keep", "Mondays only", "leave out"]
"""The choices about an idle step, as stored in the journal; translated when displayed."""
WORDS: Final[dict[Choice, str]] = {
    "keep": N_("keep as it is"),
    "Mondays only": N_("Mondays only"),
    "leave out": N_("no longer planned"),
}

DAYS: Final = 30
LEAST_DAYS: Final = 15
"""The number of days with entries below which no step is judged (a judgement)."""
LEAST_TIMES: Final = 10
"""The number of times a step must have been done to be judged (a judgement)."""
WEEKLY: Final = "weekly:MO"
_PROPOSED: Final[dict[Choice, Frequency]] = {
    "Mondays only": Frequency(repeat=WEEKLY),
    "leave out": Frequency(dropped=True),
}
"""The frequency of a step after each choice that changes it."""
_FREQUENCY: Final = frozenset({"dropped", "repeat"})
_MEASURES: Final = frozenset({"target"})
"""Steps that measure the day; they need not lead to anything."""
_WATCHED: Final = frozenset({"keep", "observe", "leave", "hold", "wait", "ignore", "none", "noted"})
"""Choices that require no action."""


@dataclass(frozen=True, slots=True)
class IdleStep:
    """A step that was done repeatedly and led to nothing."""

    id: str
    title: str
    """The translated title."""
    done: int
    """The number of days on which it was done."""
    quick: int
    """How many of these were done with one key press."""
    minutes: int
    """The total minutes spent on it."""


def all_steps(workday: Workday) -> tuple[Step, ...]:
    """Return all built-in steps of an ordinary weekday, including those already reduced or left out."""
    plan = {step.id: step for step in workday.plan.steps}
    listed = [box.step for box in boxes_for("weekday", None)]
    return tuple(plan.get(step.id, step) for step in listed)


def idle_steps(
    book: Book, among: Sequence[Step], today: date, also: Collection[str] = ()
) -> tuple[IdleStep, ...]:
    """Return the steps done in the last 30 days that led to no action, decision or record, longest first.

    Empty if too few days have entries. Meetings, reports and steps that are not daily are not judged.
    ``also``: steps that are not daily but are judged nevertheless, because a choice about them was made
    today.
    """
    month = book.days(today - timedelta(days=DAYS), today - timedelta(days=1))
    days = [entries for day in month if (entries := book.day(day))]
    if len(days) < LEAST_DAYS:
        return ()
    found = []
    for step in among:
        rare = bool(step.repeat) and step.id not in also
        if step.screen or rare or step.id in _MEASURES or any(_led(one, step.id) for one in days):
            continue
        states = [state for one in days if (state := steps(one).get(step.id)) and state.state == "done"]
        if len(states) >= LEAST_TIMES:
            minutes = round(sum(state.used.total_seconds() for state in states) / 60)
            found.append(
                IdleStep(step.id, say(step.title), len(states), sum(one.quick for one in states), minutes)
            )
    return tuple(sorted(found, key=lambda one: (-one.minutes, -one.done)))


def asked(taken: Iterable[Decision], today: date) -> bool:
    """Return whether a choice about idle steps was already made this month.

    If so, no further choice is offered until the next month.
    """
    month = (today.year, today.month)
    return any(one.is_about_day and one.day and (one.day.year, one.day.month) == month for one in taken)


def choices(workday: Workday) -> dict[str, Choice]:
    """Return the choices made on this day, by step."""
    return {
        key.removeprefix(KEY): one.choice  # type: ignore[misc]  # written below only
        for key, one in workday.decisions().items()
        if key.startswith(KEY)
    }


def choose(workday: Workday, step: str, choice: Choice) -> None:
    """Apply the choice to the step in routine.toml and record it; today's plan changes at once.

    The choice is written to the journal, with the previous frequency, before routine.toml changes, so that it
    can be undone after any interruption. If only another account may change the settings, the choice is
    stored as a proposal to that account. Raise UsageError if this person may not write, and BadSettings or
    CannotWrite if routine.toml cannot be changed; in that case the journal gets back the choice made before,
    if there was one.
    """
    if workday.refusal:
        raise UsageError(workday.refusal)
    if workday.proposals.needed:
        _propose(workday, step, choice)
        return
    key = f"{KEY}{step}"
    replaced: list[Decision | None] = []

    def start(now: Frequency) -> Frequency:
        return _before(workday, step) or now

    def wanted(now: Frequency) -> Frequency:
        if choice == "keep":
            return start(now)
        return _PROPOSED[choice]

    def record(now: Frequency) -> None:
        replaced.append(_chosen(workday, step))
        workday.decide(_home(workday), key, choice, {"before": asdict(start(now))})

    try:
        change_frequency(workday.folder, step, wanted, record)
    except (BadSettings, CannotWrite) as error:
        recorded = replaced and _chosen(workday, step) != replaced[0]
        if recorded and (isinstance(error, BadSettings) or not _comes(workday, step, wanted(Frequency()))):
            _restore(workday, key, replaced[0], error)
        raise
    _reload(workday)


def proposed(workday: Workday) -> dict[str, Choice]:
    """Return this person's proposals about how often steps appear that are still waiting, by step."""
    return {
        one.step: choice
        for one in workday.proposals.waiting()
        if one.who == workday.who and one.form == FREQUENCY
        for choice in _PROPOSED
        if one.values == frequency_values(_PROPOSED[choice])
    }


def _propose(workday: Workday, step: str, choice: Choice) -> None:
    """Propose the choice to the settings' owner, and withdraw this person's other proposals for the step.

    The choice to keep the step as it is only withdraws the other proposals.
    """
    for one in workday.proposals.waiting():
        wanted = choice in _PROPOSED and one.values == frequency_values(_PROPOSED[choice])
        if one.who == workday.who and (one.form, one.step) == (FREQUENCY, step) and not wanted:
            workday.proposals.refuse(one.id)
    if choice in _PROPOSED:
        workday.proposals.propose_frequency(step, _PROPOSED[choice])


def _reload(workday: Workday) -> None:
    """Read the changed settings again.

    If that fails, raise CannotWrite with a message that the settings were changed.
    """
    try:
        workday.reload()
    except BadInput as error:
        raise CannotWrite(
            say(
                "routine.toml is changed, but the day could not be read again ({reason}). Open it once more.",
                reason=reason_of(error),
            )
        ) from error


def _comes(workday: Workday, step: str, wanted: Frequency) -> bool:
    """Return whether routine.toml has this frequency for the step.

    True also if the file cannot be read, so that the choice can still be undone.
    """
    try:
        return frequency(routine_of(workday.folder), step) == wanted
    except BadSettings:
        return True


def _restore(workday: Workday, key: str, old: Decision | None, error: ShopdayError) -> None:
    """Restore the previous choice in the journal; raise CannotWrite if that fails too."""
    try:
        workday.decide(_home(workday), key, old.choice if old else "", old.detail if old else "")
    except CannotWrite:
        raise CannotWrite(
            say(
                "Your choice was recorded, but routine.toml could not be changed. Make the choice "
                "again, or undo it."
            )
        ) from error


def take_back(workday: Workday, step: str) -> None:
    """Undo today's choice: restore the step's earlier frequency, or withdraw this person's proposal."""
    if workday.proposals.needed and step in proposed(workday):
        _propose(workday, step, "keep")
        return
    before = _before(workday, step)
    if before is None:
        raise UsageError(say("No change to this step was chosen today."))
    set_frequency(workday.folder, step, before)
    try:
        workday.decide(_home(workday), f"{KEY}{step}", "", "")
    except NotConfirmed:
        raise
    except (BadInput, CannotWrite) as error:
        with suppress(BadInput):
            workday.reload()
        raise CannotWrite(
            say(
                "routine.toml is as before again, but the journal could not be written ({reason}). "
                "Take it back once more.",
                reason=reason_of(error),
            )
        ) from error
    _reload(workday)


def _chosen(workday: Workday, step: str) -> Decision | None:
    return workday.decisions().get(f"{KEY}{step}")


def _before(workday: Workday, step: str) -> Frequency | None:
    """Return the frequency before today's choice; None if there was no choice."""
    held = _chosen(workday, step)
    before = held.detail.get("before") if held is not None and isinstance(held.detail, dict) else None
    return Frequency(**before) if isinstance(before, dict) and before.keys() <= _FREQUENCY else None


def _home(workday: Workday) -> str:
    """Return the step under which choices are recorded: the day's last one with a screen of its own.

    Such a step is never proposed to be reduced or left out.
    """
    return next((step.id for step in reversed(workday.plan.steps) if step.screen), workday.plan.steps[-1].id)


def _led(entries: Sequence[Entry], step: str) -> bool:
    """Return whether the step led to an action, a record or a decision on the day of these entries."""
    if any(entry.step == step and entry.kind in ("action", "record") for entry in entries):
        return True
    begins = f"{step}/"
    if any(entry.kind == "action" and word_of(entry, "finding").startswith(begins) for entry in entries):
        return True
    return any(one.choice not in _WATCHED | {TALKED} for one in decisions(entries, step))
