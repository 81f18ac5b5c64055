"""New items on their way: which stage is next, by when, and whether it is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.records.records import Records
from core.records.team import NewItem

STAGES = ("pictures", "page", "listed")


@dataclass(frozen=True, slots=True)
class ArrivingItem:
    """One new item."""

    plan: NewItem
    stage: str
    """The next stage; empty once it is on the shelf."""
    due: date | None
    days: int | None
    """Days left to it; negative = late."""


def arrivals(records: Records[NewItem], today: date) -> list[ArrivingItem]:
    """Return every new item in its newest form, the most pressing first; dropped ones are gone."""
    newest = {one.value.item: one.value for one in records}
    found = [_arrival(plan, today) for plan in newest.values() if plan.state != "dropped"]
    return sorted(found, key=lambda one: (not one.stage, one.days if one.days is not None else 999))


def _arrival(plan: NewItem, today: date) -> ArrivingItem:
    done = STAGES.index(plan.state) + 1 if plan.state in STAGES else 0
    stage = STAGES[done] if done < len(STAGES) else ""
    due: date | None = getattr(plan, stage) if stage else None
    return ArrivingItem(plan, stage, due, None if due is None else (due - today).days)
