"""The ledger: one JSON file per shop listing all imports, read without pandas and replaced atomically.

Batches (the records of imports) are stored in the order of imports; if two contain a row with the same key,
the row of the newer file is used. Batches are never removed: undoing one marks it, in the ledger and in a
note beside its row file. An invalid ledger, or a missing ledger while row files exist, raises an error;
``core.facts.repair`` rebuilds it from the row files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final, TypeAlias

from core.errors import BadInput, CannotWrite
from core.facts.batch import UNNUMBERED, Batch, NewerLedger, NotALedger, batches_in, document_of
from core.facts.row_files import is_there, note_of, row_files, unreadable
from core.language.wording import say
from core.storage.atomic_files import locked, write_atomically
from core.storage.regular_files import NOT_REGULAR, read_regular

KEPT_PROBLEMS: Final = 20
"""The maximum number of problems stored with an import."""
_Stamp: TypeAlias = tuple[int, int, int]


class Ledger:
    """The batches of a shop in the order of imports."""

    def __init__(self, folder: Path) -> None:
        self.shop = folder
        self.folder = folder / "facts"
        self.path = self.folder / "ledger.json"
        self.old = self.folder / "ledger-before.json"
        """The path of a copy of the batches whose row files do not store them (written by old versions); used
        to rebuild a ledger."""

    def batches(self) -> tuple[Batch, ...]:
        """Return all batches, including undone ones.

        Raise BadInput if the ledger is invalid, or missing while row files exist.
        """
        stamp = self._stamp()
        if stamp is None and row_files(self.folder):
            stamp = self._stamp()  # a first import may have written it in between
            if stamp is None:
                raise BadInput(
                    self._repairable(say("the list of imports is missing, but the imported rows are there"))
                )
        if stamp is None:
            return ()
        held = _READ.get(self.path)
        if held is None or held[0] != stamp:
            try:
                held = (stamp, read_ledger(self.path))
            except NewerLedger as error:
                raise BadInput(newer(self.path)) from error
            except NotALedger as error:
                raise BadInput(self._repairable(say("the list of imports is damaged"))) from error
            except OSError as error:
                raise unreadable(self.path, error) from error
            _READ[self.path] = held
        return held[1]

    def _repairable(self, what: str) -> str:
        return say(
            "{file}: {what}. Nothing was changed. Restore the last good copy, or run: shopday doctor "
            "{shop} --repair",
            file=self.path,
            what=what,
            shop=self.shop,
        )

    def _stamp(self) -> _Stamp | None:
        try:
            status = self.path.lstat()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise unreadable(self.path, error) from error
        return status.st_mtime_ns, status.st_size, status.st_ino

    def live(self, sheet: str) -> tuple[Batch, ...]:
        """Return the sheet's batches, except those that were undone."""
        return tuple(batch for batch in self.batches() if batch.sheet == sheet and batch.live)

    def batch(self, batch_id: str) -> Batch | None:
        """Return the batch with this id; None if there is none."""
        return next((batch for batch in self.batches() if batch.id == batch_id), None)

    def same(self, file_hash: str) -> Batch | None:
        """Return the batch, not undone, of a file with this hash; None if there is none."""
        return next((batch for batch in self.batches() if batch.hash == file_hash and batch.live), None)

    def digest(self, sheets: Iterable[str] | None = None) -> str:
        """Return a hash that changes whenever imported data of these sheets (None: of all sheets) changes."""
        wanted = None if sheets is None else set(sheets)
        ids = [
            batch.id for batch in self.batches() if batch.live and (wanted is None or batch.sheet in wanted)
        ]
        return hashlib.blake2b("\n".join(ids).encode(), digest_size=12).hexdigest()

    def file_of(self, batch: Batch) -> Path:
        """Return the path of the batch's row file."""
        return self.folder / batch.sheet / f"{batch.id}.parquet"

    def gone(self) -> tuple[Batch, ...]:
        """Return the batches that are not undone and whose row files are missing."""
        there = set(row_files(self.folder))
        files = ((batch, self.file_of(batch)) for batch in self.batches() if batch.live)
        return tuple(batch for batch, file in files if file not in there and not is_there(file))

    def unknown(self) -> tuple[Path, ...]:
        """Return the row files that belong to no batch of the ledger, excluding those in quarantine."""
        named = {self.file_of(batch) for batch in self.batches()}
        return tuple(path for path in row_files(self.folder) if path not in named)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the lock on the shop's imported data while the block runs."""
        with locked(self.folder / ".lock"):
            yield

    def begin(self) -> None:
        """Write an empty ledger if there is none.

        Call it inside :meth:`writing`, before writing the first rows; so a killed import never leaves row
        files without a ledger.
        """
        if not self.batches() and self._stamp() is None:
            self.write(())

    def next_number(self) -> int:
        """Return the number for the next import."""
        return max((batch.number for batch in numbered(self.batches())), default=UNNUMBERED) + 1

    def add(self, batch: Batch) -> None:
        """Append the batch to the ledger; call it inside :meth:`writing`."""
        self.keep_old()
        self.write((*self.batches(), batch))

    def mark(self, batch_id: str, *, who: str, at: datetime) -> Batch:
        """Mark the batch as undone and return it; call it inside :meth:`writing`."""
        marked = [replace(b, undone=at, undone_by=who) if b.id == batch_id else b for b in self.batches()]
        self.keep_old()
        self.write(marked)
        self.note_undone()
        return next(batch for batch in marked if batch.id == batch_id)

    def note_undone(self) -> None:
        """Write the missing notes beside the row files of undone batches.

        The ledger is authoritative: a note that cannot be written now is written by the next import or undo.
        """
        with suppress(BadInput):
            for batch in numbered(self.batches()):
                note = note_of(self.file_of(batch))
                with suppress(CannotWrite, OSError):
                    if not batch.live and is_there(self.file_of(batch)) and not is_there(note):
                        write_atomically(note, document_of([batch]))

    def keep_old(self) -> None:
        """Copy the batches of a ledger written by an old version to the file ``self.old``.

        The row files of such batches do not store them.
        """
        before = self.batches()
        if all(batch.number != UNNUMBERED for batch in before):
            return
        kept: dict[str, Batch] = {}
        with suppress(OSError, NotALedger):
            kept = {batch.id: batch for batch in read_ledger(self.old)}
        kept |= {batch.id: batch for batch in numbered(before)}
        write_atomically(self.old, document_of(kept.values()))

    def write(self, batches: Sequence[Batch]) -> None:
        """Replace the ledger by these batches; call it inside :meth:`writing`.

        Raise CannotWrite if writing fails; the old ledger then stays in place.
        """
        written = numbered(batches)
        write_atomically(self.path, document_of(written))
        _READ.pop(self.path, None)
        with suppress(BadInput):  # already written; the next reader reads the file
            if (stamp := self._stamp()) is not None:
                _READ[self.path] = (stamp, written)


_READ: dict[Path, tuple[_Stamp, tuple[Batch, ...]]] = {}
"""The most recently read ledgers by path, with the file's (mtime, size, inode) at that time."""


def forget_ledgers() -> None:
    """Free the memory of the ledgers read so far, because this process turns to another shop."""
    _READ.clear()


def read_ledger(path: Path) -> tuple[Batch, ...]:
    """Return the batches in a ledger file.

    Raise NotALedger, NewerLedger, or OSError if the file cannot be read.
    """
    try:
        raw = read_regular(path)
    except OSError as error:
        if error.errno in NOT_REGULAR:
            raise NotALedger("a link, or no file") from error
        raise
    return batches_in(raw)


def newer(path: Path) -> str:
    """Return the error text for a file written by a newer shopday."""
    return say(
        "{name} was written by a newer version of shopday. Update shopday; the file was not changed.",
        name=path.name,
    )


def numbered(batches: Iterable[Batch]) -> tuple[Batch, ...]:
    """Return the batches in the same order, with missing import numbers filled in."""
    made: list[Batch] = []
    for batch in batches:
        after = made[-1].number + 1 if made else 0
        made.append(batch if batch.number != UNNUMBERED else replace(batch, number=after))
    return tuple(made)
