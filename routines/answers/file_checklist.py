"""The export files a day needs, each with its state: present, partial, stale or missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final, Literal, TypeAlias

from core.answers.answer import NeedState
from core.exports.kinds.registry import SHEETS
from core.exports.sheet import Sheet
from core.facts.batch import Batch
from core.facts.download_order import in_order
from core.facts.ledger import Ledger
from core.shop.loading import load_shop
from core.shop.settings import Shop
from routines.answers.needs import need_of
from routines.answers.signature import reads
from routines.days.day_plan import plan_for, routine_of
from routines.plan import analyses
from routines.plan.step import Step

FileState: TypeAlias = Literal["present", "partial", "stale", "expected"]
_STATES: Final[dict[NeedState, FileState]] = {
    "complete": "present", "immature": "stale", "stale": "stale", "partial": "partial", "missing": "expected",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FileNeeded:
    """One kind of export and its state for a day."""

    sheet: str
    state: FileState
    """``expected``: no data in its window; ``partial``: days in between are missing; ``stale``: it ends
    before yesterday or contains days exported before they were final; ``present``: complete."""
    days: tuple[date, ...]
    """The days to export, in order; empty if it is present."""
    last: date | None
    """The last day with data; None if there is none."""
    file: str
    """The newest file that counts; empty if there is none."""
    imported: datetime | None
    in_doubt: int
    """The number of counting files with doubtful rows or rows left out."""
    steps: tuple[str, ...]
    """The ids of the day's steps that read the export, in order."""
    required: bool
    """Whether at least one of these steps requires it."""
    how: str
    """Where to find the export on the platform, with the labels of its menus."""


def file_checklist(folder: Path, day: date) -> tuple[FileNeeded, ...]:
    """Return all exports that a step of that day reads and the platform has, missing ones first.

    Imports the analyses, and pandas with them. Raise BadSettings if shop.toml or routine.toml is invalid, and
    BadInput if the ledger cannot be used.
    """
    shop = load_shop(folder)
    steps = tuple(box.step for box in plan_for(day, shop, routine_of(folder)).boxes)
    readers: dict[str, list[tuple[str, bool]]] = {}
    for step in steps:
        for sheet, required in _read_by(step):
            readers.setdefault(sheet.id, []).append((step.id, required))
    batches = Ledger(folder).batches()
    found = (
        _needed(folder, SHEETS[sheet], readers[sheet], batches, day, shop)
        for sheet in SHEETS
        if sheet in readers and _is_offered(SHEETS[sheet], batches, shop)
    )
    order = ("expected", "partial", "stale", "present")
    return tuple(sorted(found, key=lambda one: (order.index(one.state), not one.required)))


def _is_offered(sheet: type[Sheet], batches: tuple[Batch, ...], shop: Shop) -> bool:
    """Return whether the shop's platform has the export, or the shop imported it all the same."""
    return bool(sheet.how_on(shop.platform)) or any(one.live and one.sheet == sheet.id for one in batches)


def _read_by(step: Step) -> Iterator[tuple[type[Sheet], bool]]:
    if step.analyse:
        yield from reads(analyses.named(step.analyse)).sheets.values()


def _needed(
    folder: Path,
    sheet: type[Sheet],
    readers: list[tuple[str, bool]],
    batches: tuple[Batch, ...],
    day: date,
    shop: Shop,
) -> FileNeeded:
    need = need_of(folder, sheet, shop, today=day)
    live = in_order([batch for batch in batches if batch.sheet == sheet.id and batch.live])
    newest = max(live, key=lambda batch: batch.last, default=None)
    doubts = sum(any(one.level in ("doubt", "row") for one in batch.problems) for batch in live)
    return FileNeeded(
        sheet=sheet.id,
        state=_STATES[need.state],
        days=tuple(date.fromisoformat(one) for one in need.missing),
        last=newest.last if newest else None,
        file=newest.file if newest else "",
        imported=newest.at if newest else None,
        in_doubt=doubts,
        steps=tuple(dict.fromkeys(step for step, _ in readers)),
        required=any(required for _, required in readers),
        how=sheet.how_on(shop.platform),
    )
