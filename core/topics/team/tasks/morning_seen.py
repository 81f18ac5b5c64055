"""How many of the morning's steps had an answer; "nothing found" is claimed only for these steps."""

from __future__ import annotations

from dataclasses import dataclass

from core.journal.projections import Past
from core.topics.evening.tally import planned_steps
from core.topics.team.tasks.tasks import AFTERNOON

_NOON = "12:00"


@dataclass(frozen=True, slots=True)
class MorningSeen:
    """How many of the morning's steps showed an answer that is based on data, and how many did not."""

    seen: int
    """Steps whose answer was shown and is based on data."""
    unknown: int
    """Steps not looked at, skipped, or without data."""

    @property
    def whole(self) -> bool:
        """Return whether all of the morning's steps showed an answer that is based on data."""
        return self.seen > 0 and not self.unknown


def looked_at_morning(past: Past) -> MorningSeen:
    """Return how many of the morning's steps showed an answer that is based on data.

    If the day has no plan, only steps that showed an answer are counted.
    """
    entries = past.entries()
    planned = [str(step.get("id", "")) for step in planned_steps(entries) if str(step.get("at", "")) < _NOON]
    shown = [entry.step for entry in entries if entry.kind == "answered"]
    steps = [step for step in dict.fromkeys([*planned, *shown]) if step not in AFTERNOON]
    answers = [past.said(step) for step in steps]
    seen = sum(one is not None and one.verdict.level != "nodata" for one in answers)
    return MorningSeen(seen, len(steps) - seen)
