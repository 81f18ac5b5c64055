"""The refund cases that wait for the shop, by the action they need."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from core.answers.answer import Cell
from core.language.message import N_

if TYPE_CHECKING:
    import pandas as pd

LATE_DAYS = 2
"""The number of days after which a case is urgent; no export has the platform's deadline (unverified)."""
FORGOTTEN = 60
"""Cases open for more days than this are remnants in the export, not work of today."""
WAITS = (
    (
        "answer",
        N_("accept or decline"),
        re.compile(r"等待(?:卖家|商家)同意|待(?:商家|卖家)(?:处理|审核|同意)"),
    ),
    (
        "check",
        N_("check the return"),
        re.compile(r"等待(?:卖家|商家)确认收货|待(?:商家|卖家)(?:收货|确认收货)"),
    ),
    ("send", N_("send the exchange"), re.compile(r"等待(?:卖家|商家)发货|待(?:商家|卖家)(?:补寄|发货|换货)")),
)
"""The actions a case can need: id, name, and pattern of the case states in the export that need it."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Figures on the open cases that wait for the shop."""

    number: int
    money: float
    oldest: date | None
    late: int
    """The number of cases two days old or older."""
    rows: tuple[tuple[Cell, ...], ...]
    """For each action: its id, number of cases, money, ISO date of the oldest, number of late ones."""


def waiting(frame: pd.DataFrame, today: date) -> Waiting:
    """Return the open cases that wait for the shop as of ``today``."""
    rows: list[tuple[Cell, ...]] = []
    number, money, late = 0, 0.0, 0
    days: list[date] = []
    for waits, _, pattern in WAITS:
        own = frame[frame["status"].str.contains(pattern) & frame["closed"].isna()]
        asked = [
            day
            for day in own["date"].dt.date
            if isinstance(day, date) and 0 <= (today - day).days <= FORGOTTEN
        ]
        if not asked:
            continue
        old = sum((today - day).days >= LATE_DAYS for day in asked)
        yuan = float(own[own["date"].dt.date.isin(asked)]["amount"].sum())
        rows.append((waits, len(asked), round(yuan, 2), min(asked).isoformat(), old))
        number, money, late = number + len(asked), money + yuan, late + old
        days += asked
    return Waiting(number, money, min(days, default=None), late, tuple(rows))
