"""Records as people typed them, one a line."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TypeVar
from zoneinfo import ZoneInfo

from core.records.records import Recorded, Records

T = TypeVar("T")


def typed(*rows: tuple[date, T]) -> Records[T]:
    """Return the records, each typed at nine on its day."""
    return Records(
        tuple(
            Recorded(value, datetime.combine(day, time(9), ZoneInfo("Asia/Shanghai")), "lan", str(number))
            for number, (day, value) in enumerate(rows)
        )
    )
