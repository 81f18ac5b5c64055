"""How much of the morning was looked at: "nothing found" may only be said of that."""

from __future__ import annotations

from dataclasses import dataclass

from core.journal.projections import Past
from core.topics.evening.tally import planned_steps
from core.topics.team.tasks.tasks import AFTERNOON

_NOON = "12:00"


@dataclass(frozen=True, slots=True)
class MorningSeen:
    """The morning's steps in counts."""

    seen: int
    """Steps whose answer was shown and stands on data."""
    unknown: int
    """Steps not looked at, skipped, or without data."""

    @property
    def whole(self) -> bool:
        """Whether all of the morning was looked at, with data."""
        return self.seen > 0 and not self.unknown


def looked_at_morning(past: Past) -> MorningSeen:
    """Return how many of the morning's steps were looked at; without a plan only those that were count."""
    entries = past.entries()
    planned = [str(step.get("id", "")) for step in planned_steps(entries) if str(step.get("at", "")) < _NOON]
    shown = [entry.step for entry in entries if entry.kind == "answered"]
    steps = [step for step in dict.fromkeys([*planned, *shown]) if step not in AFTERNOON]
    answers = [past.said(step) for step in steps]
    seen = sum(one is not None and one.verdict.level != "nodata" for one in answers)
    return MorningSeen(seen, len(steps) - seen)
