"""Compare the row files of a shop with its ledger, without changing anything."""

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
    """The differences between the row files and the ledger."""

    batches: int
    """The number of imports that count."""
    gone: tuple[Batch, ...]
    """Batches that count but whose row files are missing."""
    damaged: tuple[Batch, ...]
    """Batches that count but whose row files are damaged or belong to another batch."""
    undone: tuple[Batch, ...]
    """Batches that count, although the note beside the row file says that they were undone."""
    unknown: tuple[Path, ...]
    """Row files that belong to no batch of the ledger."""
    quarantined: tuple[Path, ...]


def look(folder: Path) -> Findings:
    """Compare the shop's row files with its ledger; raise BadInput if a file cannot be read."""
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
    """Return whether the file contains the batch's rows, reading only its footer.

    Raise BadInput if the file cannot be opened or a newer shopday wrote it.
    """
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
    """Return the undone batch stored in the note beside ``file``; None if no note says that it was undone."""
    note = noted(file)
    return note if note is not None and not note.live and note.id == batch.id else None


def noted(file: Path) -> Batch | None:
    """Return the batch stored in the note beside a row file; None if there is no valid note.

    Raise BadInput if the note cannot be read.
    """
    try:
        batches = read_ledger(note_of(file))
    except (FileNotFoundError, NotALedger):
        return None
    except NewerLedger as error:
        raise BadInput(newer(note_of(file))) from error
    except OSError as error:
        raise unreadable(note_of(file), error) from error
    return batches[0] if batches else None
