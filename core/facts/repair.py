"""A ledger built again from what the row files tell of themselves, and the quarantine emptied of what is old.

A repair removes no rows: what cannot be named is put in quarantine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, tzinfo
from pathlib import Path
from typing import Final

from core.errors import BadInput, CannotWrite
from core.facts.batch import Batch, NewerLedger, NotALedger
from core.facts.batches import days_of, seen
from core.facts.ledger import Ledger, newer, numbered, read_ledger
from core.facts.ledger_check import holds, noted, undone_in
from core.facts.row_files import (
    in_quarantine,
    is_there,
    move,
    put_in_quarantine,
    remove_old,
    row_files,
    unreadable,
)
from core.language.wording import say
from core.storage.atomic_files import cannot_write, reason_of, sync_folder

_ID: Final = re.compile(r"(\d{8}T\d{6})-([0-9a-f]{8})(-\d+)?")
"""A batch's id: when it was imported, on the shop's clock, and the beginning of its file's hash."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """What a repair has done."""

    ledger_kept: Path | None = None
    """The file that was no ledger, under its new name."""
    named: tuple[Batch, ...] = ()
    """Taken into the ledger, as their row files tell them."""
    guessed: tuple[Batch, ...] = ()
    """Taken into the ledger though their files are from before row files told of themselves: the export's
    name, who imported it, its problems and whether it was taken back are not known. They count."""
    undone: tuple[Batch, ...] = ()
    """Marked as taken back, as the note beside their rows says."""
    gone: tuple[Batch, ...] = ()
    """Marked as taken back because their rows are gone."""
    brought_back: tuple[Path, ...] = ()
    """Rows that were moved out of quarantine, where they are now."""
    quarantined: tuple[Path, ...] = ()
    """Rows that cannot be named, or whose export counts already; where they are now."""


def repair(folder: Path, *, who: str, at: datetime) -> Repaired:
    """Make the ledger name the rows that are there and no others; a second repair changes nothing.

    ``at``: in the shop's zone; the ids of batches tell its time.
    BadInput, and nothing changed, when a newer shopday wrote the ledger or rows, or something cannot be read.
    CannotWrite: what was done so far holds, and the next repair goes on.
    """
    ledger = Ledger(folder)
    if not is_there(ledger.folder):
        return Repaired()
    with ledger.writing():
        plan = _Plan(ledger, _read(ledger.path))
        there, aside = row_files(ledger.folder), in_quarantine(ledger.folder)
        _mark_undone(plan)
        _bring_back(plan, aside)
        _take_in(plan, there, aside, at.tzinfo)
        _mark_gone(plan, who, at)
        try:
            return _carry_out(plan, at)
        except (BadInput, CannotWrite) as error:
            raise CannotWrite(
                say(
                    "The repair stopped half way ({reason}). What it has done holds; run it once more: "
                    "shopday doctor {shop} --repair",
                    reason=reason_of(error),
                    shop=folder,
                )
            ) from error


def prune(folder: Path, *, today: date) -> tuple[int, int]:
    """Remove rows that have lain in quarantine for 14 days; return how many files went and how many stay."""
    ledger = Ledger(folder)
    if not is_there(ledger.folder):
        return 0, 0
    with ledger.writing():
        try:
            return remove_old(ledger.folder, today)
        except (BadInput, CannotWrite) as error:
            raise CannotWrite(
                say(
                    "Not all of the old rows could be removed ({reason}). Run it once more: "
                    "shopday doctor {shop} --prune",
                    reason=reason_of(error),
                    shop=folder,
                )
            ) from error


@dataclass(slots=True)
class _Plan:
    """What a repair will do."""

    ledger: Ledger
    known: tuple[Batch, ...] | None
    """What the ledger says; None when there is none or it is not one."""
    batches: dict[str, Batch] = field(init=False)
    """The batches of the ledger to be written, by id."""
    moves: dict[Path, Path] = field(default_factory=dict)
    """Row files and where they will be."""
    quarantine: list[Path] = field(default_factory=list)
    named: list[Batch] = field(default_factory=list)
    guessed: list[Batch] = field(default_factory=list)
    undone: list[Batch] = field(default_factory=list)
    gone: list[Batch] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.batches = {batch.id: batch for batch in numbered(self.known or ())}

    def free(self, place: Path) -> bool:
        """Tell whether nothing is there or will be."""
        return not is_there(place) and place not in self.moves.values()


def _read(path: Path) -> tuple[Batch, ...] | None:
    """Return the ledger's batches; None when there is none or it is not one."""
    try:
        return read_ledger(path)
    except (FileNotFoundError, NotALedger):
        return None
    except NewerLedger as error:
        raise BadInput(newer(path)) from error
    except OSError as error:
        raise unreadable(path, error) from error


def _mark_undone(plan: _Plan) -> None:
    """Mark what was taken back after the ledger was written, as the notes say."""
    for batch in tuple(plan.batches.values()):
        note = undone_in(plan.ledger.file_of(batch), batch) if batch.live else None
        if note is not None:
            plan.batches[batch.id] = replace(batch, undone=note.undone, undone_by=note.undone_by)
            plan.undone.append(plan.batches[batch.id])


def _bring_back(plan: _Plan, aside: Iterable[Path]) -> None:
    """Move rows that the ledger names and that are not there out of quarantine."""
    for path in aside:
        batch = plan.batches.get(path.stem)
        if batch is not None and batch.sheet == path.parent.name:
            place = plan.ledger.file_of(batch)
            if plan.free(place) and holds(path, batch):
                plan.moves[path] = place


def _take_in(plan: _Plan, there: Iterable[Path], aside: Sequence[Path], zone: tzinfo | None) -> None:
    """Name the rows that the ledger does not name; where an export came twice the later import counts."""
    named = {plan.ledger.file_of(batch) for batch in plan.batches.values()}
    paths = [path for path in (*there, *aside) if path not in named and path not in plan.moves]
    before = {batch.id: batch for batch in numbered(_read(plan.ledger.old) or ())}
    told = [(path, _told(path, before)) for path in paths]
    batches = {path: batch or _guess(path, plan.batches.values(), zone) for path, batch in told}
    sure = {path for path, batch in told if batch is not None}
    for path, batch in sorted(batches.items(), key=lambda one: _order(one[1]), reverse=True):
        if batch is None or not _fits(plan, path, batch):
            if path not in aside:
                plan.quarantine.append(path)
            continue
        plan.batches[batch.id] = batch
        (plan.named if path in sure else plan.guessed).append(batch)
        if path != plan.ledger.file_of(batch):
            plan.moves[path] = plan.ledger.file_of(batch)


def _fits(plan: _Plan, path: Path, batch: Batch) -> bool:
    """Tell whether the rows can be taken in: their place is free, and their export does not count already."""
    place = plan.ledger.file_of(batch)
    if batch.id in plan.batches or not (path == place or plan.free(place)):
        return False
    return not (batch.live and any(_same_export(batch, one) for one in plan.batches.values() if one.live))


def _same_export(one: Batch, other: Batch) -> bool:
    """Tell whether both came from the same bytes; of a guessed batch only the hash's beginning is known."""
    length = min(len(one.hash), len(other.hash))
    return bool(length) and one.hash[:length] == other.hash[:length] and one.sheet == other.sheet


def _mark_gone(plan: _Plan, who: str, at: datetime) -> None:
    """Mark what has no rows any more as taken back, so that its export can be imported again."""
    coming = set(plan.moves.values())
    for batch in tuple(plan.batches.values()):
        file = plan.ledger.file_of(batch)
        if batch.live and file not in coming and not is_there(file):
            plan.batches[batch.id] = replace(batch, undone=at, undone_by=who)
            plan.gone.append(plan.batches[batch.id])


def _told(path: Path, before: dict[str, Batch]) -> Batch | None:
    """Return the batch as its note, its row file or the ledger of old tells it; None when none does."""
    try:
        return noted(path) or seen(path).batch or before.get(path.stem)
    except NotALedger:
        return None
    except NewerLedger as error:
        raise BadInput(newer(path)) from error
    except OSError as error:
        raise unreadable(path, error) from error


def _guess(path: Path, known: Iterable[Batch], zone: tzinfo | None) -> Batch | None:
    """Return what can be known of rows that do not tell it; None when the file is damaged.

    Known are sheet, days and number of rows, and from the file's name when they came.
    """
    try:
        days, rows = days_of(path), seen(path).rows
        written = datetime.fromtimestamp(path.stat().st_mtime, zone)
    except NotALedger:
        return None
    except OSError as error:
        raise unreadable(path, error) from error
    if not days:
        return None
    name = _ID.fullmatch(path.stem)
    at = datetime.strptime(name[1], "%Y%m%dT%H%M%S").replace(tzinfo=zone) if name else written
    earlier = (one.number for one in known if one.at.timestamp() <= at.timestamp())
    return Batch(
        id=path.stem,
        sheet=path.parent.name,
        file="",
        hash=name[2] if name else "",
        first=days[0],
        last=days[-1],
        dates=days,
        rows=rows,
        problems=(),
        who="",
        at=at,
        number=max(earlier, default=0),
    )


def _order(batch: Batch | None) -> tuple[int, float, str]:
    """Return what sorts batches as they came in."""
    return (batch.number, batch.at.timestamp(), batch.id) if batch else (-1, 0.0, "")


def _carry_out(plan: _Plan, at: datetime) -> Repaired:
    """Move the rows first, so that the ledger never names what is not there."""
    ledger = plan.ledger
    for path, place in plan.moves.items():
        move(path, place)
    quarantined = tuple(put_in_quarantine(ledger.folder, path, at.date()) for path in plan.quarantine)
    kept = None
    if plan.known is None:
        kept = _set_aside(ledger.path, at)
        if kept or plan.batches:
            ledger.write(sorted(plan.batches.values(), key=_order))
    elif plan.named or plan.guessed or plan.undone or plan.gone:
        ledger.keep_old()
        ledger.write(sorted(plan.batches.values(), key=_order))
    ledger.note_undone()
    return Repaired(
        ledger_kept=kept,
        named=tuple(sorted(plan.named, key=_order)),
        guessed=tuple(sorted(plan.guessed, key=_order)),
        undone=tuple(plan.undone),
        gone=tuple(plan.gone),
        brought_back=tuple(plan.moves.values()),
        quarantined=quarantined,
    )


def _set_aside(path: Path, at: datetime) -> Path | None:
    """Give what is no ledger another name beside its own; None when nothing is there."""
    if not is_there(path):
        return None
    name = f"{path.name}.damaged-{at:%Y%m%dT%H%M%S}"
    target, number = path.with_name(name), 1
    while is_there(target):
        number += 1
        target = path.with_name(f"{name}-{number}")
    try:
        path.rename(target)
    except OSError as error:
        raise cannot_write(target, error) from error
    sync_folder(target.parent)
    return target
