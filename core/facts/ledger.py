"""The ledger over everything imported: one JSON file a shop, read without pandas and replaced in one step.

Batches stand in the order they came in; where two hold the same key the later one counts. A batch is never
removed: taking it back marks it, in the ledger and in a note beside its rows. A ledger that is missing while
there are rows, or that cannot be used, is refused: ``core.facts.repair`` builds it again from the rows.
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
"""Problems of an import that are kept with it."""
_Stamp: TypeAlias = tuple[int, int, int]


class Ledger:
    """The batches of a shop, in the order they came in."""

    def __init__(self, folder: Path) -> None:
        self.shop = folder
        self.folder = folder / "facts"
        self.path = self.folder / "ledger.json"
        self.old = self.folder / "ledger-before.json"
        """What the ledger said of rows that do not tell it themselves; for rebuilding one."""

    def batches(self) -> tuple[Batch, ...]:
        """Return every batch, taken back or not; BadInput when the ledger is gone or cannot be used."""
        stamp = self._stamp()
        if stamp is None and row_files(self.folder):
            stamp = self._stamp()  # a first import may just have written it
            if stamp is None:
                raise BadInput(self._repairable(say("the list of imports is gone, but their rows are there")))
        if stamp is None:
            return ()
        held = _READ.get(self.path)
        if held is None or held[0] != stamp:
            try:
                held = (stamp, read_ledger(self.path))
            except NewerLedger as error:
                raise BadInput(newer(self.path)) from error
            except NotALedger as error:
                raise BadInput(self._repairable(say("this is no ledger"))) from error
            except OSError as error:
                raise unreadable(self.path, error) from error
            _READ[self.path] = held
        return held[1]

    def _repairable(self, what: str) -> str:
        return say(
            "{file}: {what}. Nothing was changed. Put the last good copy back, or run: "
            "shopday doctor {shop} --repair",
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
        """Return the sheet's batches that count."""
        return tuple(batch for batch in self.batches() if batch.sheet == sheet and batch.live)

    def batch(self, batch_id: str) -> Batch | None:
        """Return the batch, or None."""
        return next((batch for batch in self.batches() if batch.id == batch_id), None)

    def same(self, file_hash: str) -> Batch | None:
        """Return the batch that counts and came from the very same bytes."""
        return next((batch for batch in self.batches() if batch.hash == file_hash and batch.live), None)

    def digest(self, sheets: Iterable[str] | None = None) -> str:
        """Return what changes whenever the facts (of these sheets) change."""
        wanted = None if sheets is None else set(sheets)
        ids = [
            batch.id for batch in self.batches() if batch.live and (wanted is None or batch.sheet in wanted)
        ]
        return hashlib.blake2b("\n".join(ids).encode(), digest_size=12).hexdigest()

    def file_of(self, batch: Batch) -> Path:
        """Return where the batch's rows are."""
        return self.folder / batch.sheet / f"{batch.id}.parquet"

    def gone(self) -> tuple[Batch, ...]:
        """Return the batches that count and whose rows are not there."""
        there = set(row_files(self.folder))
        files = ((batch, self.file_of(batch)) for batch in self.batches() if batch.live)
        return tuple(batch for batch, file in files if file not in there and not is_there(file))

    def unknown(self) -> tuple[Path, ...]:
        """Return the row files that no batch names; those in quarantine are left out."""
        named = {self.file_of(batch) for batch in self.batches()}
        return tuple(path for path in row_files(self.folder) if path not in named)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the lock on the facts for the block."""
        with locked(self.folder / ".lock"):
            yield

    def begin(self) -> None:
        """Write an empty ledger where there is none; call it inside :meth:`writing`, before the first rows.

        So rows without a ledger never come from an import that was killed.
        """
        if not self.batches() and self._stamp() is None:
            self.write(())

    def next_number(self) -> int:
        """Return the place of the next import in the order of imports."""
        return max((batch.number for batch in numbered(self.batches())), default=UNNUMBERED) + 1

    def add(self, batch: Batch) -> None:
        """Add the batch; call it inside :meth:`writing`."""
        self.keep_old()
        self.write((*self.batches(), batch))

    def mark(self, batch_id: str, *, who: str, at: datetime) -> Batch:
        """Mark the batch as taken back; call it inside :meth:`writing`."""
        marked = [replace(b, undone=at, undone_by=who) if b.id == batch_id else b for b in self.batches()]
        self.keep_old()
        self.write(marked)
        self.note_undone()
        return next(batch for batch in marked if batch.id == batch_id)

    def note_undone(self) -> None:
        """Write beside the rows of each batch taken back that it is, where that is missing.

        The ledger is what counts: a note that cannot be written now is written by the next writer.
        """
        with suppress(BadInput):
            for batch in numbered(self.batches()):
                note = note_of(self.file_of(batch))
                with suppress(CannotWrite, OSError):
                    if not batch.live and is_there(self.file_of(batch)) and not is_there(note):
                        write_atomically(note, document_of([batch]))

    def keep_old(self) -> None:
        """Keep what a ledger of an older shopday says in a file beside it: its row files do not tell it."""
        before = self.batches()
        if all(batch.number != UNNUMBERED for batch in before):
            return
        kept: dict[str, Batch] = {}
        with suppress(OSError, NotALedger):
            kept = {batch.id: batch for batch in read_ledger(self.old)}
        kept |= {batch.id: batch for batch in numbered(before)}
        write_atomically(self.old, document_of(kept.values()))

    def write(self, batches: Sequence[Batch]) -> None:
        """Replace the ledger; call it inside :meth:`writing`. CannotWrite leaves the old one."""
        written = numbered(batches)
        write_atomically(self.path, document_of(written))
        _READ.pop(self.path, None)
        with suppress(BadInput):  # it is written; who asks next reads it
            if (stamp := self._stamp()) is not None:
                _READ[self.path] = (stamp, written)


_READ: dict[Path, tuple[_Stamp, tuple[Batch, ...]]] = {}
"""The ledgers read last, by what their file looked like then."""


def read_ledger(path: Path) -> tuple[Batch, ...]:
    """Return the batches in the file; NotALedger, NewerLedger, or OSError when it cannot be read."""
    try:
        raw = read_regular(path)
    except OSError as error:
        if error.errno in NOT_REGULAR:
            raise NotALedger("a link, or no file") from error
        raise
    return batches_in(raw)


def newer(path: Path) -> str:
    """Return the sentence for a file that a newer shopday wrote."""
    return say(
        "{name} was written by a newer shopday than this one. Update shopday; the file was left as it is.",
        name=path.name,
    )


def numbered(batches: Iterable[Batch]) -> tuple[Batch, ...]:
    """Return the batches with a number each, in their order."""
    made: list[Batch] = []
    for batch in batches:
        after = made[-1].number + 1 if made else 0
        made.append(batch if batch.number != UNNUMBERED else replace(batch, number=after))
    return tuple(made)
