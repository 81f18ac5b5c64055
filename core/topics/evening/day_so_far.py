"""Today's figures up to now, entered in a form or from an imported file of today's hours."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from core.records.evening import DayNow
from core.records.records import Recorded, Records

if TYPE_CHECKING:
    import pandas as pd

_TIME = re.compile(r"^\s*(\d{1,2})\s*(?:[:：.点时hH]\s*(\d{1,2})?)?\s*分?\s*$")
HOURS = 24
FIGURES = ("visitors", "ordered_buyers", "buyers", "gmv", "ad_cost", "ad_clicks")
DAY_TURNS = 4
"""Before this hour of the night, the working day is still that of the day before."""
Wanted = Literal["orders", "spent"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SoFar:
    """Today's figures up to a certain hour; fields are None if unknown."""

    hour: float
    """The decimal hour up to which the figures count: 20.5 is 20:30."""
    typed: bool
    orders: float | None = None
    gmv: float | None = None
    unpaid: float | None = None
    spent: float | None = None
    clicks: float | None = None
    ad_orders: float | None = None
    ad_gmv: float | None = None

    @property
    def clock(self) -> str:
        """Return the hour as HH:MM."""
        return clock(self.hour)


def clock(hour: float) -> str:
    """Return a decimal hour as HH:MM."""
    minutes = round(hour * 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def hour_now(today: date, now: datetime) -> float:
    """Return ``now`` as a decimal hour of the working day ``today``; 24 if the calendar day is over."""
    if now.date() > today:
        return 24.0
    return now.hour + now.minute / 60


def is_of(at: datetime, today: date) -> bool:
    """Return whether a record of this time belongs to the working day, which ends at four in the morning."""
    return (at - timedelta(hours=DAY_TURNS)).date() == today


def hour_of(written: str, at: datetime, today: date) -> float:
    """Return the decimal hour stated in the text ``written``; if it states none, the hour of recording."""
    found = _TIME.match(written)
    if found and int(found[1]) <= 24 and int(found[2] or 0) < 60:  # noqa: PLR2004 - a clock
        return int(found[1]) + int(found[2] or 0) / 60
    return hour_now(today, at)


def so_far(
    typed: Records[DayNow], hours: pd.DataFrame | None, wanted: Wanted, *, today: date, now: datetime
) -> SoFar | None:
    """Return today's newest figures that include ``wanted`` (orders or spend); None if there are none.

    Figures of the hourly file replace entered ones only if they are more than an hour newer.
    """
    of_today = [row for row in typed if is_of(row.at, today) and row.at <= now]
    rows = [row for row in of_today if getattr(row.value, wanted) is not None]
    written = _typed(rows[-1], of_today, today) if rows else None
    imported = None if hours is None else _of_hours(hours, wanted, today, now)
    if written is None or imported is None:
        return written or imported
    return imported if now.date() == today and imported.hour > written.hour + 1 else written


def _typed(row: Recorded[DayNow], of_today: list[Recorded[DayNow]], today: date) -> SoFar:
    one = row.value
    unpaid = [other.value.unpaid for other in of_today if other.value.unpaid is not None]
    return SoFar(
        hour=hour_of(one.at, row.at, today),
        typed=True,
        orders=one.orders,
        gmv=one.gmv,
        unpaid=unpaid[-1] if unpaid else None,
        spent=one.spent,
        clicks=one.clicks,
        ad_orders=one.ad_orders,
        ad_gmv=one.ad_gmv,
    )


def _of_hours(frame: pd.DataFrame, wanted: Wanted, today: date, now: datetime) -> SoFar | None:
    """Return the sums of today's complete hours.

    The newest hour in a file may be incomplete and is left out.
    """
    rows = frame[frame["date"].dt.date == today]
    known = rows[rows["buyers" if wanted == "orders" else "ad_cost"].notna()]
    if known.empty:
        return None
    end = whole_hours(known, today, now)
    rows = rows[rows["hour"] < end]
    if rows.empty:
        return None
    orders, unpaid = _sum(rows, "buyers"), _sum(rows, "ordered_buyers")
    return SoFar(
        hour=float(end),
        typed=False,
        orders=orders,
        gmv=_sum(rows, "gmv"),
        unpaid=None if orders is None or unpaid is None else max(0.0, unpaid - orders),
        spent=_sum(rows, "ad_cost"),
        clicks=_sum(rows, "ad_clicks"),
    )


def whole_hours(rows: pd.DataFrame, today: date, now: datetime) -> int:
    """Return the hour up to which a day's hourly rows are complete.

    The newest hour with figures may be incomplete.

    A file made at 21:05 contains five minutes of the hour from 21:00, whenever it is read. Hours at the end
    of the day with only zeros were still to come when it was made; if the rows end earlier, the last one is
    the hour that had just begun. Only a file made after midnight contains the last hour in full.
    """
    figures = [name for name in FIGURES if name in rows.columns]
    seen = rows[(rows[figures].fillna(0.0) != 0).any(axis=1)]
    if seen.empty:
        return 0
    listed, over = int(rows["hour"].max()), min(math.floor(hour_now(today, now)), HOURS)
    last = int(seen["hour"].max()) if listed == HOURS - 1 else listed
    finished = over == HOURS and listed == HOURS - 1 and last >= HOURS - 2
    return HOURS if finished else min(over, last)


def _sum(rows: pd.DataFrame, name: str) -> float | None:
    known = rows[name].dropna()
    return float(known.sum()) if len(known) else None
