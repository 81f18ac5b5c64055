"""New items: their next stage, its due day, and whether it is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.records.records import Records
from core.records.team import NewItem

STAGES = ("pictures", "page", "listed")


@dataclass(frozen=True, slots=True)
class ArrivingItem:
    """A new item with its next stage and that stage's due day."""

    plan: NewItem
    stage: str
    """The next stage; empty if the item is listed."""
    due: date | None
    days: int | None
    """The days left until the due day; negative if it is past, None if no day is planned."""


def arrivals(records: Records[NewItem], today: date) -> list[ArrivingItem]:
    """Return every new item as last recorded, the most urgent first; dropped ones are left out."""
    newest = {one.value.item: one.value for one in records}
    found = [_arrival(plan, today) for plan in newest.values() if plan.state != "dropped"]
    return sorted(found, key=lambda one: (not one.stage, one.days if one.days is not None else 999))


def _arrival(plan: NewItem, today: date) -> ArrivingItem:
    done = STAGES.index(plan.state) + 1 if plan.state in STAGES else 0
    stage = STAGES[done] if done < len(STAGES) else ""
    due: date | None = getattr(plan, stage) if stage else None
    return ArrivingItem(plan, stage, due, None if due is None else (due - today).days)
