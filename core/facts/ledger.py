"""The ledger over everything imported: one JSON file a shop, read without pandas and replaced in one step.

Batches stand in the order they came in; where two hold the same key the later one counts. A batch is never
removed: taking it back marks it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from core.durable import locked, write_atomically
from core.problem import BadInput, Problem
from core.wording import say

KEPT_PROBLEMS = 20
"""Problems of an import that are kept with it."""


@dataclass(frozen=True, slots=True)
class Batch:
    """One import of one file."""

    id: str
    """Sortable by when it was imported, unique in the shop."""
    sheet: str
    file: str
    """The file's name; where it lay does not matter."""
    hash: str
    """SHA-256 of the file's bytes."""
    first: date
    last: date
    dates: tuple[date, ...]
    """The days with rows, in order."""
    rows: int
    problems: tuple[Problem, ...]
    who: str
    at: datetime
    undone: datetime | None = None
    """When it was taken back; None while it counts."""
    undone_by: str = ""

    @property
    def live(self) -> bool:
        """Tell whether it counts."""
        return self.undone is None


class Ledger:
    """The batches of a shop, in the order they came in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "facts"
        self.path = self.folder / "ledger.json"

    def batches(self) -> tuple[Batch, ...]:
        """Return every batch, taken back or not; BadInput when the ledger is not one."""
        stamp = _stamp(self.path)
        held = _READ.get(self.path)
        if held is None or held[0] != stamp:
            held = (stamp, self._read())
            _READ[self.path] = held
        return held[1]

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

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the only one who changes the facts for the block."""
        with locked(self.folder / ".lock"):
            yield

    def add(self, batch: Batch) -> None:
        """Add the batch; call it inside :meth:`writing`.

        One batch is one line, so the lines there are kept as they are: the cost hardly grows with history.
        """
        before = self.batches()
        lines = self.path.read_bytes()[: -len(_END)] + b",\n" if before else _START
        write_atomically(self.path, lines + _line(batch) + _END)
        _READ[self.path] = (_stamp(self.path), (*before, batch))

    def mark(self, batch_id: str, *, who: str, at: datetime) -> Batch:
        """Mark the batch as taken back; call it inside :meth:`writing`."""
        marked = [replace(b, undone=at, undone_by=who) if b.id == batch_id else b for b in self.batches()]
        self._write(marked)
        return next(batch for batch in marked if batch.id == batch_id)

    def _write(self, batches: Sequence[Batch]) -> None:
        write_atomically(self.path, _START + b",\n".join(map(_line, batches)) + _END)
        _READ.pop(self.path, None)

    def _read(self) -> tuple[Batch, ...]:
        try:
            data = json.loads(self.path.read_bytes())
            return tuple(_batch(row) for row in data["batches"])
        except FileNotFoundError:
            return ()
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadInput(
                say(
                    "{file}: this is no ledger. Put the last good copy back; nothing was changed.",
                    file=self.path,
                )
            ) from error


_READ: dict[Path, tuple[tuple[int, int, int] | None, tuple[Batch, ...]]] = {}
"""The ledgers read last, by what their file looked like then."""


_START, _END = b'{"version": 1, "batches": [\n', b"\n]}\n"


def _line(batch: Batch) -> bytes:
    return json.dumps(_plain(batch), ensure_ascii=False).encode()


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    return stat.st_mtime_ns, stat.st_size, stat.st_ino


def _plain(batch: Batch) -> dict[str, Any]:
    return {
        **{
            name: getattr(batch, name) for name in ("id", "sheet", "file", "hash", "rows", "who", "undone_by")
        },
        "days": [[first.isoformat(), last.isoformat()] for first, last in runs(batch.dates)],
        "problems": [problem._asdict() for problem in batch.problems],
        "at": batch.at.isoformat(),
        "undone": batch.undone.isoformat() if batch.undone else None,
    }


def _batch(row: dict[str, Any]) -> Batch:
    dates = tuple(day for first, last in row["days"] for day in _days(first, last))
    return Batch(
        id=row["id"],
        sheet=row["sheet"],
        file=row["file"],
        hash=row["hash"],
        first=dates[0],
        last=dates[-1],
        dates=dates,
        rows=row["rows"],
        problems=tuple(Problem(**problem) for problem in row["problems"]),
        who=row["who"],
        at=datetime.fromisoformat(row["at"]),
        undone=datetime.fromisoformat(row["undone"]) if row["undone"] else None,
        undone_by=row["undone_by"],
    )


def runs(dates: Sequence[date]) -> list[tuple[date, date]]:
    """Return the days as unbroken runs: a year of days is one pair."""
    made: list[tuple[date, date]] = []
    for day in dates:
        if made and day - made[-1][1] == timedelta(days=1):
            made[-1] = (made[-1][0], day)
        else:
            made.append((day, day))
    return made


def _days(first: str, last: str) -> Iterator[date]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return (start + timedelta(days=n) for n in range((end - start).days + 1))
