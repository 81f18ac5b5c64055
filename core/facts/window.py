"""Load a sheet's rows for a range of days (a window): for each key, the row of the newest file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from core.exports.sheet import Sheet
from core.facts.batch import Batch
from core.facts.download_order import in_order
from core.facts.frames_in_memory import FramesInMemory
from core.facts.ledger import Ledger
from core.facts.stacked_frames import RANK, stacked

if TYPE_CHECKING:
    import pandas as pd

    from core.facts.month_rows import RowFile

S = TypeVar("S", bound=Sheet)


def load(
    folder: Path,
    sheet: type[S],
    first: date,
    last: date,
    *,
    among: Sequence[Batch] | None = None,
    only: Sequence[str] = (),
) -> S:
    """Return the sheet's rows from ``first`` to ``last``, sorted by its key.

    Only files and row groups of these days are read. Texts of a coded sheet are categoricals; columns in its
    ``unread`` are left out, and its rows are sorted by day only. ``among``: use these batches, instead of all
    that are not undone, to reproduce an earlier state. ``only``: load these columns in addition to the key.
    """
    from core.facts.month_rows import parts, read_part, row_files_of

    reach = timedelta(days=sheet.drifts)
    start, end = first - reach, last + reach
    ledger = Ledger(folder)
    ordered = in_order(ledger.live(sheet.id) if among is None else among)
    batches = [batch for batch in ordered if _touches(batch, start, end)]
    if not batches:
        return sheet(sheet.empty())
    names = [name for name in sheet.names() if name not in sheet.unread]
    many = _overlap(batches, sheet, start, end)
    asked: Sequence[str] = sheet.names() if many else names
    if only:
        asked = names = [name for name in sheet.names() if name in (*sheet.key, *only)]
    files = row_files_of(ledger, ordered, start, end)
    key = (
        folder,
        sheet,
        first,
        last,
        tuple(names),
        tuple((file.rank, file.batch.id, file.state) for file in files),
    )
    frame = _RECENT.get(key)
    if frame is None:
        keep = among is None and not only
        read = [read_part(folder, sheet, part, asked, keep=keep) for part in parts(files, start, end)]
        frame = _newest(_without_gone(stacked(read), files, sheet), sheet, many=many)
        frame = _ordered(_of_window(frame, sheet, first, last)[[*names, RANK]], sheet)
        _RECENT.put(key, frame)
    found = sheet(frame)
    found.batches = tuple(ordered[rank].id for rank in sorted(frame.pop(RANK).unique()))
    return found


_RECENT: Final = FramesInMemory(128 << 20)
"""Recently loaded rows; the steps of a morning ask for the same days again and again."""


def _of_window(frame: pd.DataFrame, sheet: type[Sheet], first: date, last: date) -> pd.DataFrame:
    """Remove days outside ``first`` to ``last``, and of a snapshot sheet all but the newest day.

    Other days were read too, because a row with the same key may have another date in another file.
    """
    import pandas as pd

    if sheet.drifts:
        inside = (frame["date"] >= pd.Timestamp(first)) & (frame["date"] <= pd.Timestamp(last))
        frame = frame[inside]
    if sheet.snapshot and len(frame):
        frame = frame[frame["date"] == frame["date"].max()]
    return frame


def _overlap(batches: Sequence[Batch], sheet: type[Sheet], first: date, last: date) -> bool:
    """Return whether any two of the batches may contain the same key.

    If the key contains the date, only the days of the batches are compared.
    """
    if len(batches) == 1:
        return False
    if sheet.drifts or "date" not in sheet.key:
        return True
    days = [day for batch in batches for day in batch.dates if first <= day <= last]
    return len(days) > len(set(days))


def _ordered(frame: pd.DataFrame, sheet: type[Sheet]) -> pd.DataFrame:
    if not sheet.coded:
        return frame.sort_values(list(sheet.key), kind="stable", ignore_index=True)
    if frame["date"].is_monotonic_increasing:
        return frame.reset_index(drop=True)
    return frame.sort_values("date", kind="stable", ignore_index=True)


def _touches(batch: Batch, first: date, last: date) -> bool:
    return batch.first <= last and batch.last >= first


def _without_gone(frame: pd.DataFrame, files: Sequence[RowFile], sheet: type[Sheet]) -> pd.DataFrame:
    """Remove older rows of groups that a newer file replaces completely."""
    import pandas as pd

    groups = [(*group, file.rank) for file in files for group in file.batch.whole]
    if not groups:
        return frame
    names = list(sheet.whole_for)
    newest = pd.DataFrame(groups, columns=[*names, "_whole"])
    newest["date"] = pd.to_datetime(newest["date"]).astype("datetime64[ns]")
    newest = newest.sort_values("_whole").drop_duplicates(names, keep="last")
    plain = frame[names].astype({name: "str" for name in names if name != "date"})
    since = plain.merge(newest, on=names, how="left")["_whole"].fillna(-1.0).to_numpy()
    rows: pd.DataFrame = frame.loc[frame[RANK].to_numpy() >= since]
    return rows


def _newest(frame: pd.DataFrame, sheet: type[Sheet], *, many: bool) -> pd.DataFrame:
    """Return one row per key, taken from the newest batch.

    ``frame`` is sorted by ``_rank``, which is higher for newer batches.
    """
    if not many:
        return sheet.settle(frame)
    if sheet.scope:
        newest = frame.groupby(list(sheet.scope))[RANK].transform("max")
        frame = frame[frame[RANK] == newest]
    keys = list(sheet.key)
    if sheet.blends:
        frame = frame.groupby(keys, as_index=False, sort=False).last()
    else:
        frame = frame.drop_duplicates(keys, keep="last")
    return sheet.settle(frame)


def forget_frames() -> None:
    """Free the memory of the frames read so far, because this process turns to another shop."""
    from core.facts.month_rows import forget_months

    _RECENT.clear()
    forget_months()
