"""The export files a day needs, each with its state: present, partial, stale or missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Final

from core.answers.answer import NeedState
from core.exports.kinds.registry import SHEETS
from core.exports.sheet import Sheet
from core.facts.batch import Batch
from core.facts.download_order import in_order
from core.facts.ledger import Ledger
from core.language.wording import say
from core.shop.loading import load_shop
from core.shop.settings import Shop
from routines.answers.file_needed import FileNeeded, FileState
from routines.answers.needs import need_of
from routines.answers.signature import reads
from routines.days.day_plan import plan_for, routine_of
from routines.plan import analyses
from routines.plan.step import Step

_STATES: Final[dict[NeedState, FileState]] = {
    "complete": "present", "immature": "stale", "stale": "stale", "partial": "partial", "missing": "expected",
}  # fmt: skip


_EVENING: Final = time(18)
"""An export that no step before this time reads is expected only in the evening."""


def file_checklist(folder: Path, day: date, now: datetime | None = None) -> tuple[FileNeeded, ...]:
    """Return all exports that a step of ``day`` reads and the platform has, missing ones first.

    ``now``: the current time if ``day`` is today, so that exports needed only in the evening do not count as
    missing in the morning. Imports the analyses, and pandas with them. Raise BadSettings if shop.toml or
    routine.toml is invalid, and BadInput if the ledger cannot be used.
    """
    shop = load_shop(folder)
    steps = tuple(box.step for box in plan_for(day, shop, routine_of(folder)).boxes)
    readers: dict[str, list[tuple[Step, bool]]] = {}
    for step in steps:
        for sheet, required in _read_by(step):
            readers.setdefault(sheet.id, []).append((step, required))
    clock = now.astimezone(shop.zone).time() if now is not None else None
    batches = Ledger(folder).batches()
    found = (
        _for_tonight(
            _needed(folder, SHEETS[sheet], readers[sheet], batches, day, shop),
            min(step.at for step, _ in readers[sheet]),
            clock,
        )
        for sheet in SHEETS
        if sheet in readers and _is_offered(SHEETS[sheet], batches, shop)
    )
    order = ("expected", "partial", "stale", "tonight", "present")
    return tuple(sorted(found, key=lambda one: (not one.missed, order.index(one.state), not one.required)))


def _is_offered(sheet: type[Sheet], batches: tuple[Batch, ...], shop: Shop) -> bool:
    """Return whether the day asks for the export and the platform has it, or the shop has imported one."""
    return (sheet.daily and bool(sheet.how_on(shop.platform))) or any(
        one.live and one.sheet == sheet.id for one in batches
    )


def _read_by(step: Step) -> Iterator[tuple[type[Sheet], bool]]:
    if step.analyse:
        yield from reads(analyses.named(step.analyse)).sheets.values()


def _for_tonight(file: FileNeeded, needed_at: time, clock: time | None) -> FileNeeded:
    """Return the file; marked "tonight" if it is incomplete and no step needs it before the evening."""
    waits = clock is not None and clock < needed_at and needed_at >= _EVENING
    return replace(file, state="tonight") if waits and file.state != "present" else file


def _needed(
    folder: Path,
    sheet: type[Sheet],
    readers: list[tuple[Step, bool]],
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
        title=say(sheet.title),
        state=_STATES[need.state],
        days=tuple(date.fromisoformat(one) for one in need.missing),
        last=newest.last if newest else None,
        file=newest.file if newest else "",
        imported=newest.at if newest else None,
        in_doubt=doubts,
        steps=tuple(dict.fromkeys(step.id for step, _ in readers)),
        required=any(required for _, required in readers),
        how=sheet.how_on(shop.platform),
    )
