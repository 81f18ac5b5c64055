"""Adds earlier years to a shop: its rows once more, earlier, one file a day and sheet: ``SHOP TIMES``."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from core.facts.batch import Batch, document_of
from core.facts.ledger import Ledger

SPAN = 77
"""The days of the sample, by which each copy lies earlier: whole weeks."""


def main(shop: Path, times: int) -> None:
    """Write the copies and a ledger that lists them before the others."""
    ledger = Ledger(shop)
    known = ledger.batches()
    frames = {batch.id: pq.read_table(ledger.file_of(batch)).to_pandas() for batch in known}
    earlier: list[Batch] = []
    for turn in range(times, 0, -1):
        back = timedelta(days=SPAN * turn)
        for batch in known:
            if batch.sheet in {"stock", "reviews", "listings"}:  # lists, not a file a day
                continue
            for day, rows in frames[batch.id].groupby("date"):
                earlier.append(_written(ledger, batch, rows, pd.Timestamp(day), back, len(earlier)))
    number = len(earlier)
    later = [replace(batch, number=number + place) for place, batch in enumerate(known)]
    with ledger.writing():
        ledger.write([*earlier, *later])


def _written(
    ledger: Ledger, batch: Batch, rows: pd.DataFrame, day: pd.Timestamp, back: timedelta, number: int
) -> Batch:
    moved = rows.assign(**{str(name): rows[name] - back for name in rows.select_dtypes("datetime")})
    date = (day - back).date()
    one = replace(
        batch, id=f"{batch.id}-{number}", file=f"{batch.sheet}_{date}.csv", hash=f"{number:064d}", first=date,
        last=date, dates=(date,), rows=len(moved), at=batch.at - back, told=None, number=number, whole=(),
        problems=(),
    )  # fmt: skip
    table = pa.Table.from_pandas(moved, preserve_index=False)
    table = table.replace_schema_metadata({**(table.schema.metadata or {}), b"shopday": document_of([one])})
    pq.write_table(table, ledger.file_of(one))
    return one


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
