"""Merge rows with the same key into one: additive figures are summed, all others become unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.exports.sheet import NUMBERS, Sheet

if TYPE_CHECKING:
    import pandas as pd


def added_up(frame: pd.DataFrame, sheet: type[Sheet]) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return the frame with one row per key, and the headers of the figures that became unknown.

    Sums skip unknown values. An average is weighted by the figure the sheet declares for it. For texts, times
    and figures declared as constant, the first known value is kept.
    """
    import pandas as pd

    repeated = frame.duplicated(list(sheet.key), keep=False)
    if not repeated.any():
        return frame, ()
    parts = frame[repeated]
    grouped = parts.groupby(list(sheet.key), sort=False)
    made = grouped.first()
    lost: list[str] = []
    for column in sheet.columns:
        for name in column.fields:
            if name in sheet.key or name not in parts:
                continue
            if name in sheet.adds:
                made[name] = grouped[name].sum(min_count=1)
            elif name in sheet.weighted:
                made[name] = _weighted(parts, sheet, name, sheet.weighted[name])
            elif column.kind in NUMBERS and name not in sheet.constant:
                if parts[name].notna().any():
                    lost.append(column.headers[0] if column.headers else name)
                made[name] = float("nan")
    first = parts.index[~parts.duplicated(list(sheet.key))]
    whole = made.reset_index()[list(frame.columns)].set_axis(first, axis=0)
    return pd.concat([frame[~repeated], sheet.shaped(whole)]), tuple(lost)


def _weighted(frame: pd.DataFrame, sheet: type[Sheet], name: str, weight: str) -> pd.Series:
    """Return the average of ``name``, weighted by ``weight``, for each key.

    NaN for a key that has no row with a positive weight.
    """
    known = frame[frame[name].notna() & (frame[weight] > 0)]
    keys = [known[key] for key in sheet.key]
    total = known[weight].groupby(keys, sort=False).sum()
    return (known[name] * known[weight]).groupby(keys, sort=False).sum() / total
