"""Which ad days may be judged: old enough that their orders are credited, and no big campaign."""

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
"""Mature days wanted before words are judged (analysis 4)."""


@dataclass(frozen=True, slots=True)
class Window:
    """The days of an ad report, sorted by what may be done with them."""

    judged: tuple[date, ...]
    """Mature and not a big campaign, oldest first, the newest 28."""
    young: tuple[date, ...]
    """Not credited in full yet: shown, never judged."""
    campaign: tuple[date, ...]
    """Mature days between the judged ones left out because they were a big campaign."""

    @property
    def enough(self) -> bool:
        """Tell whether there are two weeks to judge by."""
        return len(self.judged) >= FEWEST


def window(days: Collection[date], shop: Shop, today: date) -> Window:
    """Return the days to judge by; campaign days only where without them less than a week is left."""
    line = today - timedelta(days=shop.ads.mature_days)
    mature = [day for day in sorted(days) if day < line]
    judged = tuple(usable_or_all(mature, shop, 7)[-DAYS:])
    good = set(usable(mature, shop))
    out = tuple(
        day for day in mature if judged and day >= judged[0] and day not in good and day not in judged
    )
    return Window(judged, tuple(day for day in sorted(days) if line <= day < today), out)


def closes(day: date, shop: Shop) -> date:
    """Return when the newest day a decision was taken on is credited in full."""
    return day + timedelta(days=shop.ads.attribution_days - shop.ads.mature_days - 1)


def days_of(frame: pd.DataFrame) -> set[date]:
    """Return the days a frame has rows of."""
    return {when.date() for when in frame["date"].dropna().unique()}


def within(frame: pd.DataFrame, days: Collection[date]) -> pd.DataFrame:
    """Return the rows of the days."""
    import pandas as pd

    return rows_where(frame, frame["date"].isin([pd.Timestamp(day) for day in days]).to_numpy())


def rows_where(frame: pd.DataFrame, inside: np.ndarray) -> pd.DataFrame:
    """Return the rows that are ``inside``; those that follow each other are not copied."""
    if not inside.any():
        return frame[inside]
    first, last = inside.argmax(), len(inside) - inside[::-1].argmax()
    return frame.iloc[first:last] if inside[first:last].all() else frame[inside]
