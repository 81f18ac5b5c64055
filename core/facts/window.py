"""The window an analysis looks through: of every key the newest import, only of the days asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from core.facts.ledger import Batch, Ledger
from core.sheets.sheet import Sheet

if TYPE_CHECKING:
    import pandas as pd

S = TypeVar("S", bound=Sheet)


def load(folder: Path, sheet: type[S], first: date, last: date, *, among: Sequence[Batch] | None = None) -> S:
    """Return the sheet's rows of the days from first to last, in the order of its key.

    The cost follows the window: other days' batches are not opened, of long ones only these days are read.
    ``among``: of these batches, in their order, instead of those that count now; so one sees what one saw.
    """
    import pandas as pd

    from core.facts.batches import fetch

    reach = timedelta(days=sheet.drifts)
    start, end = first - reach, last + reach
    ledger = Ledger(folder)
    counting = ledger.live(sheet.id) if among is None else among
    batches = [batch for batch in counting if _touches(batch, start, end)]
    frames = []
    for rank, batch in enumerate(batches):
        frame = sheet.shaped(fetch(ledger.file_of(batch), sheet.names(), start, end))
        frames.append(frame.assign(_rank=rank))
    if not frames:
        return sheet(sheet.empty())
    frame = frames[0] if len(frames) == 1 else pd.concat(frames, ignore_index=True)
    frame = _newest(frame, sheet, many=len(frames) > 1)
    if reach:
        inside = (frame["date"] >= pd.Timestamp(first)) & (frame["date"] <= pd.Timestamp(last))
        frame = frame[inside]
    if sheet.snapshot and len(frame):
        frame = frame[frame["date"] == frame["date"].max()]
    used = sorted(set(frame["_rank"]))
    ordered = frame.sort_values(list(sheet.key), kind="stable", ignore_index=True)
    found = sheet(ordered[list(sheet.names())])
    found.batches = tuple(batches[int(rank)].id for rank in used)
    return found


def coverage(folder: Path, sheet: type[Sheet] | str) -> set[date]:
    """Return the days the sheet has rows for, from the ledger alone."""
    name = sheet if isinstance(sheet, str) else sheet.id
    return {day for batch in Ledger(folder).live(name) for day in batch.dates}


def _touches(batch: Batch, first: date, last: date) -> bool:
    return batch.first <= last and batch.last >= first


def _newest(frame: pd.DataFrame, sheet: type[Sheet], *, many: bool) -> pd.DataFrame:
    """Return one row per key; ``_rank`` grows with newer batches and rows come in its order."""
    if not many:
        return sheet.settle(frame)
    if sheet.scope:
        newest = frame.groupby(list(sheet.scope))["_rank"].transform("max")
        frame = frame[frame["_rank"] == newest]
    keys = list(sheet.key)
    if sheet.blends:
        frame = frame.groupby(keys, as_index=False, sort=False).last()
    else:
        frame = frame.drop_duplicates(keys, keep="last")
    return sheet.settle(frame)
