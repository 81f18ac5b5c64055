"""Find weekly and monthly steps that were due and not done; they remain due until done or skipped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from core.journal.entry import Entry
from core.journal.steps import steps
from routines.plan.calendar import falls_on
from routines.plan.step import Box, Plan, Step

LONGEST = 40
"""How many days back missed steps are still asked for."""


def missed(known: Iterable[Step], last_day: date, entries: Sequence[Entry], today: date) -> tuple[Step, ...]:
    """Return the weekly and monthly steps still owed today: due earlier and neither done nor skipped since.

    Steps that are due today anyway are left out. ``last_day``: the last day with entries that was of the same
    kind as today; ``entries``: the entries since then. A step is owed if it was in that day's plan or due on
    that day or later; so it is carried over from day to day.
    """
    first = max(last_day, today - timedelta(days=LONGEST))
    since = [first + timedelta(days=n) for n in range((today - first).days)]
    states = steps(entries)
    planned = _planned(entries)
    settled = {step for step, state in states.items() if state.state in ("done", "skipped")}
    return tuple(
        step
        for step in known
        if step.repeat
        and not falls_on(step.repeat, today)
        and _owed(step, since, last_day, stood=step.id in planned, settled=step.id in settled)
    )


def _owed(step: Step, since: Sequence[date], last_day: date, *, stood: bool, settled: bool) -> bool:
    after = [day for day in since if day > last_day]
    if any(falls_on(step.repeat, day) for day in after):
        return True
    return not settled and (stood or falls_on(step.repeat, last_day))


def _planned(entries: Sequence[Entry]) -> set[str]:
    """Return the ids of the planned steps; of several plans for the same day, only the last counts."""
    plans = {entry.day: entry.data.get("plan") for entry in entries if entry.kind == "opened"}
    rows = [row for plan in plans.values() if isinstance(plan, list) for row in plan]
    return {str(row.get("id")) for row in rows if isinstance(row, dict)}


def with_steps(plan: Plan, more: Iterable[Box]) -> Plan:
    """Return the plan with further boxes, each placed in its own block by time; they become optional.

    A box whose block is not in the plan goes into the first block; a step that the plan has already is not
    added.
    """
    blocks = {block.id: block for block in plan.blocks}
    held = {step.id for step in plan.steps}
    added = [
        Box(box.step._replace(must=False, repeat=""), blocks.get(box.block.id, plan.blocks[0]))
        for box in more
        if box.step.id not in held and plan.blocks
    ]
    if not added:
        return plan
    order = list(plan.blocks)
    boxes = sorted([*added, *plan.boxes], key=lambda box: (order.index(box.block), box.step.at))
    return plan._replace(boxes=tuple(boxes))
