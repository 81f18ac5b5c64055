"""The rows in a shop's facts held against the ledger that names them. Nothing is changed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.errors import BadInput
from core.facts.batch import Batch, NewerLedger, NotALedger
from core.facts.batches import seen
from core.facts.ledger import Ledger, newer, read_ledger
from core.facts.row_files import in_quarantine, note_of, unreadable


@dataclass(frozen=True, slots=True)
class Findings:
    """How the rows stand against a ledger that can be read."""

    batches: int
    """Imports that count."""
    gone: tuple[Batch, ...]
    """They count and their rows are not there."""
    damaged: tuple[Batch, ...]
    """They count and what is there are not their rows."""
    undone: tuple[Batch, ...]
    """They count, and the note beside their rows says that they were taken back."""
    unknown: tuple[Path, ...]
    """Row files that no batch names."""
    quarantined: tuple[Path, ...]


def look(folder: Path) -> Findings:
    """Return how the shop's rows stand against its ledger; BadInput when something cannot be read."""
    ledger = Ledger(folder)
    live = tuple(batch for batch in ledger.batches() if batch.live)
    gone = ledger.gone()
    there = tuple((batch, ledger.file_of(batch)) for batch in live if batch not in gone)
    return Findings(
        batches=len(live),
        gone=gone,
        damaged=tuple(batch for batch, file in there if not holds(file, batch)),
        undone=tuple(batch for batch, file in there if undone_in(file, batch) is not None),
        unknown=ledger.unknown(),
        quarantined=in_quarantine(ledger.folder),
    )


def holds(file: Path, batch: Batch) -> bool:
    """Tell whether the file holds the batch's rows, by its end alone; BadInput when nobody may look."""
    try:
        told = seen(file)
    except NotALedger:
        return False
    except NewerLedger as error:
        raise BadInput(newer(file)) from error
    except OSError as error:
        raise unreadable(file, error) from error
    own = told.batch is None or (told.batch.id, told.batch.hash) == (batch.id, batch.hash)
    return own and told.rows == batch.rows


def undone_in(file: Path, batch: Batch) -> Batch | None:
    """Return the batch as it was taken back, by the note beside its rows; None when nothing says so."""
    note = noted(file)
    return note if note is not None and not note.live and note.id == batch.id else None


def noted(file: Path) -> Batch | None:
    """Return what the note beside a row file says; None without one. BadInput when nobody may look."""
    try:
        batches = read_ledger(note_of(file))
    except (FileNotFoundError, NotALedger):
        return None
    except NewerLedger as error:
        raise BadInput(newer(note_of(file))) from error
    except OSError as error:
        raise unreadable(note_of(file), error) from error
    return batches[0] if batches else None
