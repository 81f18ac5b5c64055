"""A cache in ``cache/`` that combines all small row files of a month and sheet into one file.

A shop that exports daily has one row file per day and sheet, and opening a file costs as much as reading some
thousand rows. The name of a month's file is a hash of its sources (the batches in order, with the sizes and
modification times of their files), so the file is never stale and may be deleted at any time. If it cannot be
written, the rows are cached in memory.
"""

from __future__ import annotations

import hashlib
import json
from calendar import monthrange
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from core.errors import CannotWrite
from core.exports.reading.row_store import COMPRESSION, GROUP
from core.exports.sheet import Sheet
from core.facts.batch import Batch, NotALedger
from core.facts.batches import fetch, rows_in
from core.facts.frames_in_memory import FramesInMemory
from core.facts.ledger import Ledger
from core.facts.stacked_frames import RANK, stacked
from core.storage.atomic_files import written_atomically
from core.storage.decoding import json_in
from core.storage.regular_files import RegularFile

if TYPE_CHECKING:
    import pandas as pd

FEWEST: Final = 4
"""The minimum number of files in a month that are combined; fewer open just as fast (measured)."""
SMALL: Final = 50_000
"""The maximum number of rows of a file for which opening is most of the cost of reading (measured)."""
LARGEST_MONTH: Final = 500_000
"""The maximum number of rows of a combined month; more would take too much time and memory (a judgement)."""
VERSION: Final = 1
"""The version of the cached format. Increase it whenever files written before would be read wrongly."""
_BATCH: Final = "_batch"
"""The column holding the index of a row's batch among the month's batches."""
_ABOUT: Final = b"shopday"
_IN_MEMORY: Final = FramesInMemory(64 << 20)
"""Months whose cache file could not be written."""

State: TypeAlias = tuple[int, int]
"""The size and modification time (ns) of a row file."""


@dataclass(frozen=True, slots=True)
class RowFile:
    """A batch with the current state of its row file."""

    rank: int
    """The batch's position in the order of precedence (a higher rank is newer)."""
    batch: Batch
    path: Path
    state: State | None
    """The state of the file; None if it is missing or cannot be accessed."""


@dataclass(frozen=True, slots=True)
class WindowPart:
    """A range of days, out of those to be loaded, that is read from one file."""

    first: date
    last: date
    files: tuple[RowFile, ...]
    """One file: the batch's own row file; several: they are read from the combined file of their month."""


def row_files_of(ledger: Ledger, ordered: Sequence[Batch], first: date, last: date) -> list[RowFile]:
    """Return the batches with days in the months of ``first`` to ``last``, and the state of their row files.

    ``ordered``: all batches that count, oldest first. Costs one stat call per file.
    """
    months = list(_months(first, last))
    start, end = months[0][0], months[-1][1]
    return [
        RowFile(rank, batch, path := ledger.file_of(batch), _state(path))
        for rank, batch in enumerate(ordered)
        if _touches(batch, start, end)
    ]


def _state(path: Path) -> State | None:
    try:
        status = path.lstat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def parts(files: Sequence[RowFile], first: date, last: date) -> list[WindowPart]:
    """Return the parts to read for the days from ``first`` to ``last``, covering every row exactly once.

    ``files``: the row files of the months concerned, oldest first. Parts with rows of the same batch come in
    the order of their days.
    """
    alone: dict[int, list[tuple[date, date]]] = {}
    found: list[WindowPart] = []
    for start, end in _months(first, last):
        begin, until = max(start, first), min(end, last)
        there = [file for file in files if _touches(file.batch, start, end)]
        together = [file for file in there if file.batch.rows <= SMALL]
        rows = sum(file.batch.rows for file in together)
        whole = all(file.state is not None for file in together)
        if len(together) < FEWEST or rows > LARGEST_MONTH or not whole:
            together = []
        else:
            found.append(WindowPart(begin, until, tuple(together)))
        for file in there:
            if file not in together and _touches(file.batch, begin, until):
                spans = alone.setdefault(file.rank, [])
                if spans and spans[-1][1] + timedelta(days=1) == begin:
                    begin_before, _ = spans.pop()
                    spans.append((begin_before, until))
                else:
                    spans.append((begin, until))
    by_rank = {file.rank: file for file in files}
    found += [WindowPart(*span, (by_rank[rank],)) for rank, spans in sorted(alone.items()) for span in spans]
    return sorted(found, key=lambda part: part.first)


def read_part(
    folder: Path, sheet: type[Sheet], part: WindowPart, asked: Sequence[str], *, keep: bool
) -> pd.DataFrame:
    """Return the columns ``asked`` of the part's rows, with the sheet's types and the rank of their batch.

    ``folder``: the shop's. ``keep``: create and cache the combined file of the month if it does not exist
    yet. Raise BadInput like :func:`fetch`.
    """
    if len(part.files) == 1:
        return _own_rows(sheet, part.files[0], asked, part.first, part.last)
    path = _place(folder, sheet, part)
    frame = _kept(path, sheet, asked, part.first, part.last)
    if frame is None and not keep:
        own = (_own_rows(sheet, file, asked, part.first, part.last) for file in part.files)
        return stacked(list(own))
    if frame is None:
        whole = _together(path.parent, sheet, part)
        _write(path, sheet, part, whole)
        frame = _of_days(whole.drop(columns=RANK), [*asked, _BATCH], part.first, part.last)
    return _ranked(sheet, frame, part, asked)


def _months(first: date, last: date) -> Iterator[tuple[date, date]]:
    """Yield the first and last day of each month that overlaps the range of days."""
    start = first.replace(day=1)
    while start <= last:
        end = start.replace(day=monthrange(start.year, start.month)[1])
        yield start, end
        start = end + timedelta(days=1)


def _touches(batch: Batch, first: date, last: date) -> bool:
    return batch.first <= last and batch.last >= first


def _place(folder: Path, sheet: type[Sheet], part: WindowPart) -> Path:
    """Return the path of the month's combined file; its name contains a hash of its sources."""
    words = json.dumps([_shape(sheet), _origins(part)])
    digest = hashlib.blake2b(words.encode(), digest_size=16).hexdigest()
    return folder / "cache" / "facts" / sheet.id / f"{part.first:%Y-%m}-{digest}.parquet"


def _shape(sheet: type[Sheet]) -> list[object]:
    """Return the parts of the sheet's declaration that the cached rows depend on."""
    columns = [[name, column.kind] for column in sheet.columns for name in column.fields]
    return [VERSION, sheet.id, columns, list(sheet.key), _superseded_by(sheet)]


def _origins(part: WindowPart) -> list[list[object]]:
    return [[file.batch.id, *(file.state or ())] for file in part.files]


def _superseded_by(sheet: type[Sheet]) -> list[str]:
    """Return the columns in which a newer batch's row must agree with an older row to replace it.

    Empty if older rows may still be needed, because a newer row may fill only some columns.
    """
    names = list(dict.fromkeys([*sheet.key, "date"]))
    return [] if sheet.blends or not {*sheet.scope, *sheet.whole_for} <= set(names) else names


def _own_rows(
    sheet: type[Sheet], file: RowFile, asked: Sequence[str], first: date, last: date
) -> pd.DataFrame:
    import numpy as np

    held = fetch(file.path, asked, first, last, coded=sheet.coded)
    return sheet.shaped(held, asked).assign(**{RANK: np.full(len(held), file.rank, dtype="int32")})


def _kept(
    path: Path, sheet: type[Sheet], asked: Sequence[str], first: date, last: date
) -> pd.DataFrame | None:
    """Return the month's cached rows of these days.

    None if they are not cached or the cache file is damaged.
    """
    import pyarrow as pa

    names = [*asked, _BATCH]
    if (held := _IN_MEMORY.get(path)) is not None:
        return _of_days(held, names, first, last)
    try:
        found = rows_in(path, names, first, last, coded=sheet.coded)
    except (OSError, NotALedger, pa.ArrowException, ValueError):
        return None
    return found if set(names) <= set(found) else None


def _of_days(frame: pd.DataFrame, names: Sequence[str], first: date, last: date) -> pd.DataFrame:
    import pandas as pd

    inside = (frame["date"] >= pd.Timestamp(first)) & (frame["date"] <= pd.Timestamp(last))
    return frame.loc[inside, list(names)].reset_index(drop=True)


def _ranked(sheet: type[Sheet], frame: pd.DataFrame, part: WindowPart, asked: Sequence[str]) -> pd.DataFrame:
    """Return the month's rows with the sheet's types and the current ranks of their batches."""
    import numpy as np

    ranks = np.array([file.rank for file in part.files], dtype="int32")
    return sheet.shaped(frame, asked).assign(**{RANK: ranks[frame[_BATCH].to_numpy()]})


def _together(folder: Path, sheet: type[Sheet], part: WindowPart) -> pd.DataFrame:
    """Return all rows of the month that may still be used, with their rank and the index of their batch."""
    import numpy as np

    first, last = next(_months(part.first, part.first))
    names = sheet.names()
    known, frames = _older(folder, sheet, part, first, last)
    frames += [_own_rows(sheet, file, names, first, last) for file in part.files if file.rank not in known]
    frame = stacked(frames)
    columns = _superseded_by(sheet)
    if columns:
        newest = frame.groupby(columns, dropna=False, observed=True, sort=False)[RANK].transform("max")
        frame = frame[frame[RANK] == newest].reset_index(drop=True)
    places = {file.rank: place for place, file in enumerate(part.files)}
    found = np.array([places[int(rank)] for rank in frame[RANK]], dtype="int32")
    return frame.assign(**{_BATCH: found})


def _older(
    folder: Path, sheet: type[Sheet], part: WindowPart, first: date, last: date
) -> tuple[set[int], list[pd.DataFrame]]:
    """Return the ranks of the batches in an earlier combined file of the month, and the rows of that file.

    Empty if there is no such file, or if it is no longer valid.
    """
    import pyarrow as pa

    for path in sorted(folder.glob(f"{first:%Y-%m}-*.parquet")):
        with suppress(OSError, NotALedger, pa.ArrowException, ValueError, LookupError, TypeError):
            shape, origins = _about(path)
            files = [file for file in part.files if [file.batch.id, *(file.state or ())] in origins]
            before = WindowPart(first, last, tuple(files))
            if shape != _plain(_shape(sheet)) or not files or _origins(before) != origins:
                continue
            frame = rows_in(path, [*sheet.names(), _BATCH], first, last, coded=sheet.coded)
            return {file.rank for file in files}, [_ranked(sheet, frame, before, sheet.names())]
    return set(), []


def _about(path: Path) -> tuple[object, list[list[object]]]:
    """Return the sheet's declaration and the source batches stored in the metadata of a combined file."""
    import pyarrow.parquet as pq

    with RegularFile(path) as file, file.reader() as rows:
        told = json_in((pq.read_metadata(rows).metadata or {})[_ABOUT], path.name)
    return told["shape"], told["batches"]


def _plain(value: object) -> object:
    return json_in(json.dumps(value), "")


def _write(path: Path, sheet: type[Sheet], part: WindowPart, whole: pd.DataFrame) -> None:
    """Write the combined file of the month and delete its predecessors; cache in memory if writing fails."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    frame = whole.drop(columns=RANK)
    about = json.dumps({"shape": _shape(sheet), "batches": _origins(part)})
    table = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata()
    form = {"compression": COMPRESSION, "store_schema": False, "write_page_checksum": True}
    try:
        with (
            written_atomically(path, lasting=False) as file,
            pq.ParquetWriter(file, table.schema, **form) as to,
        ):
            to.write_table(table, row_group_size=GROUP)
            to.add_key_value_metadata({_ABOUT: about.encode()})
    except (CannotWrite, OSError):
        _IN_MEMORY.put(path, frame)
        return
    for other in path.parent.glob(f"{part.first:%Y-%m}-*.parquet"):
        if other != path:
            with suppress(OSError):
                other.unlink()


def forget_months() -> None:
    """Free the memory of the months kept in it."""
    _IN_MEMORY.clear()
