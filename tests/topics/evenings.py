"""An evening as people typed it: records with their hour, and days by the hour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from core.exports.kinds.hours import Hours
from core.records.records import Recorded, Records
from tests.topics.tables import MONDAY, of_rows

T = TypeVar("T")
ZONE = ZoneInfo("Asia/Shanghai")


def moment(clock: str, day: date = MONDAY) -> datetime:
    hour, minute = (int(part) for part in clock.split(":"))
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)


def at(clock: str, *values: T, day: date = MONDAY) -> Records[T]:
    """Return the records, all typed at that hour."""
    return Records(
        tuple(Recorded(value, moment(clock, day), "lan", f"{clock}/{n}") for n, value in enumerate(values))
    )


def days_by_hour(days: int = 28, orders: Sequence[float] | None = None, spend: float = 100.0) -> Hours:
    """Return days of 240 orders and 2,400 yuan of ads: ten orders and ``spend`` yuan every hour."""
    each = orders or [10.0] * 24
    rows: list[dict[str, object]] = [
        {
            "date": MONDAY - timedelta(days=back),
            "hour": float(hour),
            "visitors": each[hour] * 30,
            "buyers": each[hour],
            "ordered_buyers": each[hour],
            "gmv": each[hour] * 100,
            "ad_cost": spend,
            "ad_clicks": spend,
        }
        for back in range(days, 0, -1)
        for hour in range(24)
    ]
    return of_rows(Hours, rows)
