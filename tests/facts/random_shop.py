"""A shop with random imports of any kind of export, as months of downloads leave them."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

import pandas as pd

from core.exports.reading.result import Reading
from core.exports.reading.row_store import Gathered
from core.exports.sheet import Column, Sheet
from core.facts.batch import Batch
from core.facts.batches import save
from core.facts.ledger import Ledger

START: Final = date(2026, 8, 20)
DAYS: Final = 80
"""Days from the start that rows are of."""
_BEGAN: Final = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)


def take_random(folder: Path, sheet: type[Sheet], number: int, chance: random.Random) -> Batch:
    """Import a random file: some days, some of the columns, sometimes told to be older than it came in."""
    first = START + timedelta(days=chance.randrange(DAYS))
    days = [first + timedelta(days=n) for n in range(chance.choice((1, 1, 1, 3, 30)))]
    absent = {
        name
        for column in sheet.columns
        if column.name not in (*sheet.key, "date", *sheet.whole_for) and chance.random() < 0.3
        for name in column.fields
    }
    rows = {_key(row, sheet): row for day in days for row in _rows(sheet, day, chance)}
    frame = sheet.shaped(pd.DataFrame(list(rows.values()))).sort_values("date", ignore_index=True)
    held = sorted({moment.date() for moment in frame["date"]})
    gathered = Gathered(sheet)
    gathered.add(frame.drop(columns=sorted(absent)))
    groups = frame[list(sheet.whole_for)].drop_duplicates() if sheet.whole_for else pd.DataFrame()
    whole = tuple(
        (day.date().isoformat(), *rest)
        for day, *rest in groups.itertuples(index=False, name=None)
        if chance.random() < 0.2
    )
    at = _BEGAN + timedelta(minutes=number)
    batch = Batch(
        id=f"{at:%Y%m%dT%H%M%S}-{chance.randrange(1 << 32):08x}",
        sheet=sheet.id,
        file=f"{sheet.id} {number}.csv",
        hash=f"{number}",
        first=held[0],
        last=held[-1],
        dates=tuple(held),
        rows=len(frame),
        problems=(),
        who="lan",
        at=at,
        number=number,
        told=at - timedelta(days=chance.randrange(9)) if chance.random() < 0.6 else None,
        whole=whole,
    )
    ledger = Ledger(folder)
    with ledger.writing():
        ledger.begin()
        save(ledger.file_of(batch), Reading(sheet, gathered, (), batch.file, batch.dates), batch)
        ledger.add(batch)
    return batch


def _rows(sheet: type[Sheet], day: date, chance: random.Random) -> list[dict[str, object]]:
    return [
        {"date": pd.Timestamp(day)} | {
            name: _value(column, sheet, chance)
            for column in sheet.columns
            for name in column.fields
            if name != "date"
        }
        for _ in range(chance.randrange(1, 5))
    ]  # fmt: skip


def _key(row: dict[str, object], sheet: type[Sheet]) -> tuple[object, ...]:
    return tuple(row[name] for name in sheet.key)


def _value(column: Column, sheet: type[Sheet], chance: random.Random) -> object:
    if column.kind in ("id", "text"):
        return (
            chance.choice(("", "甲", "乙", "丙")) if column.name in sheet.key else f"词{chance.randrange(50)}"
        )
    if column.kind == "flag":
        return chance.random() < 0.5
    if column.kind in ("date", "time"):
        return pd.Timestamp(START) + pd.Timedelta(hours=chance.randrange(2000))
    if column.name in sheet.key:
        return float(chance.randrange(3))
    return chance.choice((float("nan"), 0.0, chance.random() * 1000))
