"""A shop folder, and exports as an operator drops them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from core.facts.batch import Batch
from core.facts.imports import commit, preview
from tests.exports.files import csv

TODAY = date(2026, 11, 16)
AT = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)


def drop(folder: Path, name: str, drawn: str) -> Path:
    """Put an export into the shop's inbox."""
    (folder / "inbox").mkdir(parents=True, exist_ok=True)
    return csv(folder / "inbox" / name, drawn)


def take(folder: Path, file: Path, who: str = "lan") -> Batch:
    """Look at the file and import it."""
    return commit(folder, preview(folder, file, today=TODAY), who=who, at=AT)


def days(gmv: Mapping[str, float | str]) -> str:
    """Draw the shop's days with these sales."""
    rows = [f"{day} | 100 | {value} | 3" for day, value in gmv.items()]
    return "\n".join(["统计日期 | 访客数 | 支付金额 | 支付买家数", *rows])
