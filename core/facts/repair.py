"""Rebuild the ledger from the row files, and delete old files from quarantine.

A repair deletes no rows: row files that cannot be assigned to a batch are put in quarantine.
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
"""The pattern of a batch id: the import time in the shop's time zone and the start of the file's hash."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """The result of a repair."""

    ledger_kept: Path | None = None
    """The new path of an invalid ledger file that was renamed; None if there was none."""
    named: tuple[Batch, ...] = ()
    """Batches added to the ledger as stored in the metadata of their row files."""
    guessed: tuple[Batch, ...] = ()
    """Batches added to the ledger for row files of old versions, which do not store their batch.

    The export's name, the importer, the problems and whether the import was undone are unknown. The batches
    count.
    """
    undone: tuple[Batch, ...] = ()
    """Batches marked as undone because the notes beside their rows say so."""
    gone: tuple[Batch, ...] = ()
    """Batches marked as undone because their row files are missing."""
    brought_back: tuple[Path, ...] = ()
    """Row files moved out of quarantine, with their new paths."""
    quarantined: tuple[Path, ...] = ()
    """New paths of row files put in quarantine: unassignable, or their export already counts in another
    batch."""


def repair(folder: Path, *, who: str, at: datetime) -> Repaired:
    """Make the ledger match the row files that exist; a second repair changes nothing.

    ``at``: the current time in the shop's time zone. Raise BadInput, with nothing changed, if a newer shopday
    wrote the ledger or a row file, or a file cannot be read. Raise CannotWrite if writing fails; what was
    done so far is kept, and the next repair continues.
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
                    "The repair stopped half way ({reason}). What was repaired stays repaired; run it again: "
                    "shopday doctor {shop} --repair",
                    reason=reason_of(error),
                    shop=folder,
                )
            ) from error


def prune(folder: Path, *, today: date) -> tuple[int, int]:
    """Delete row files that have been in quarantine for 14 days.

    Return how many files were deleted and how many remain.
    """
    ledger = Ledger(folder)
    if not is_there(ledger.folder):
        return 0, 0
    with ledger.writing():
        try:
            return remove_old(ledger.folder, today)
        except (BadInput, CannotWrite) as error:
            raise CannotWrite(
                say(
                    "Not all of the old rows could be removed ({reason}). Run it again: shopday doctor "
                    "{shop} "
                    "--prune",
                    reason=reason_of(error),
                    shop=folder,
                )
            ) from error


@dataclass(slots=True)
class _Plan:
    """The changes a repair will make."""

    ledger: Ledger
    known: tuple[Batch, ...] | None
    """The batches of the existing ledger; None if it is missing or invalid."""
    batches: dict[str, Batch] = field(init=False)
    """The batches of the new ledger by id."""
    moves: dict[Path, Path] = field(default_factory=dict)
    """Row files to be moved, with their new paths."""
    quarantine: list[Path] = field(default_factory=list)
    named: list[Batch] = field(default_factory=list)
    guessed: list[Batch] = field(default_factory=list)
    undone: list[Batch] = field(default_factory=list)
    gone: list[Batch] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.batches = {batch.id: batch for batch in numbered(self.known or ())}

    def free(self, place: Path) -> bool:
        """Return whether ``place`` does not exist and is not the target of a planned move."""
        return not is_there(place) and place not in self.moves.values()


def _read(path: Path) -> tuple[Batch, ...] | None:
    """Return the ledger's batches; None if the ledger is missing or invalid."""
    try:
        return read_ledger(path)
    except (FileNotFoundError, NotALedger):
        return None
    except NewerLedger as error:
        raise BadInput(newer(path)) from error
    except OSError as error:
        raise unreadable(path, error) from error


def _mark_undone(plan: _Plan) -> None:
    """Mark batches as undone whose notes say so (undone after the ledger was last written)."""
    for batch in tuple(plan.batches.values()):
        note = undone_in(plan.ledger.file_of(batch), batch) if batch.live else None
        if note is not None:
            plan.batches[batch.id] = replace(batch, undone=note.undone, undone_by=note.undone_by)
            plan.undone.append(plan.batches[batch.id])


def _bring_back(plan: _Plan, aside: Iterable[Path]) -> None:
    """Plan to move rows out of quarantine if the ledger lists them and their row file is missing."""
    for path in aside:
        batch = plan.batches.get(path.stem)
        if batch is not None and batch.sheet == path.parent.name:
            place = plan.ledger.file_of(batch)
            if plan.free(place) and holds(path, batch):
                plan.moves[path] = place


def _take_in(plan: _Plan, there: Iterable[Path], aside: Sequence[Path], zone: tzinfo | None) -> None:
    """Plan to add batches for the row files that the ledger does not list.

    If one export was imported twice, the later import is used.
    """
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
    """Return whether the batch can be added: its path is free, and no other valid batch has its export."""
    place = plan.ledger.file_of(batch)
    if batch.id in plan.batches or not (path == place or plan.free(place)):
        return False
    return not (batch.live and any(_same_export(batch, one) for one in plan.batches.values() if one.live))


def _same_export(one: Batch, other: Batch) -> bool:
    """Return whether both batches came from the same bytes.

    Of a batch that was guessed from its row file only the start of the hash is known, so only that part is
    compared.
    """
    length = min(len(one.hash), len(other.hash))
    return bool(length) and one.hash[:length] == other.hash[:length] and one.sheet == other.sheet


def _mark_gone(plan: _Plan, who: str, at: datetime) -> None:
    """Mark batches without row files as undone, so that their exports can be imported again."""
    coming = set(plan.moves.values())
    for batch in tuple(plan.batches.values()):
        file = plan.ledger.file_of(batch)
        if batch.live and file not in coming and not is_there(file):
            plan.batches[batch.id] = replace(batch, undone=at, undone_by=who)
            plan.gone.append(plan.batches[batch.id])


def _told(path: Path, before: dict[str, Batch]) -> Batch | None:
    """Return the batch stored in the note, the row file or the saved old ledger; None if in none of them."""
    try:
        return noted(path) or seen(path).batch or before.get(path.stem)
    except NotALedger:
        return None
    except NewerLedger as error:
        raise BadInput(newer(path)) from error
    except OSError as error:
        raise unreadable(path, error) from error


def _guess(path: Path, known: Iterable[Batch], zone: tzinfo | None) -> Batch | None:
    """Return a batch for a row file that does not store one; None if the file is damaged or empty.

    Only the sheet, days and number of rows are known, and the import time if the file's name contains it.
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
    """Return a sort key that orders batches by import."""
    return (batch.number, batch.at.timestamp(), batch.id) if batch else (-1, 0.0, "")


def _carry_out(plan: _Plan, at: datetime) -> Repaired:
    """Carry out the plan, moving row files first so that the ledger never lists missing rows."""
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
    """Rename an invalid ledger file and return its new path; None if the file does not exist."""
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
