"""Which days of an ad report may be judged: those with all orders credited that are not a big campaign."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.measures.usual_days import usable, usable_or_all
from core.shop.settings import Shop

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

DAYS = 28
FEWEST = 14
"""Minimum number of fully credited days for judging keywords."""


@dataclass(frozen=True, slots=True)
class Window:
    """The days of an ad report, classified by how they may be used."""

    judged: tuple[date, ...]
    """The newest 28 fully credited days that are not a big campaign, oldest first."""
    young: tuple[date, ...]
    """Days whose orders are not fully credited yet; they are shown but not judged."""
    campaign: tuple[date, ...]
    """Fully credited days among the judged ones that are left out because they were a big campaign."""

    @property
    def enough(self) -> bool:
        """Return whether there are at least two weeks of judged days."""
        return len(self.judged) >= FEWEST


def window(days: Collection[date], shop: Shop, today: date) -> Window:
    """Return the days, classified by how they may be used.

    Days of big campaigns are judged only if under seven days remain without them.
    """
    line = today - timedelta(days=shop.ads.mature_days)
    mature = [day for day in sorted(days) if day < line]
    judged = tuple(usable_or_all(mature, shop, 7)[-DAYS:])
    good = set(usable(mature, shop))
    out = tuple(
        day for day in mature if judged and day >= judged[0] and day not in good and day not in judged
    )
    return Window(judged, tuple(day for day in sorted(days) if line <= day < today), out)


def closes(day: date, shop: Shop) -> date:
    """Return the day by which the orders of all ad days used for a decision on ``day`` are credited."""
    return day + timedelta(days=shop.ads.attribution_days - shop.ads.mature_days - 1)


def days_of(frame: pd.DataFrame) -> set[date]:
    """Return the days in the frame."""
    return {when.date() for when in frame["date"].dropna().unique()}


def within(frame: pd.DataFrame, days: Collection[date]) -> pd.DataFrame:
    """Return the frame's rows of the given days."""
    import pandas as pd

    return rows_where(frame, frame["date"].isin([pd.Timestamp(day) for day in days]).to_numpy())


def rows_where(frame: pd.DataFrame, inside: np.ndarray) -> pd.DataFrame:
    """Return the rows that the mask ``inside`` selects; a contiguous selection is not copied."""
    if not inside.any():
        return frame[inside]
    first, last = inside.argmax(), len(inside) - inside[::-1].argmax()
    return frame.iloc[first:last] if inside[first:last].all() else frame[inside]
