"""Turn data frames into arrays of objects by day, so that all objects of a family are tested at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from core.measures import baseline
from core.measures.usual_days import BIG, size
from core.shop.settings import Shop

if TYPE_CHECKING:
    import pandas as pd

LONGEST = 84
SPECIAL = 0.15
SHADOW = 0.03
"""Squared coefficients of variation added on campaign days and on the quiet days around them.

Set by judgement.
"""
STALE = 3
"""How many days before yesterday a family's newest day of data may lie for it still to be tested."""


@dataclass(frozen=True, eq=False)
class DayGrid:
    """Figures of objects by day; the last column is the newest day, NaN means unknown."""

    names: tuple[str, ...]
    days: tuple[date, ...]
    values: dict[str, np.ndarray]
    told: np.ndarray
    """By day: whether any object has a row, that is, a file was imported."""
    held: np.ndarray
    """By object and day: whether the object has a row."""
    plain: np.ndarray
    """By day: whether it is ordinary enough to be used as a base day, with which others are compared."""
    rough: np.ndarray
    """By day: the extra variance between objects, :data:`SPECIAL`, :data:`SHADOW` or 0."""

    @property
    def last(self) -> date:
        """Return the newest day."""
        return self.days[-1]

    def mean(self, name: str, days: int = 28) -> np.ndarray:
        """Return each object's mean over the ``days`` days that precede the newest 14 days.

        If the grid has no more than ``days`` days, the mean is over all of them.
        """
        values = self.values[name]
        earlier = values[:, :-14][:, -days:] if values.shape[1] > days else values
        known = np.isfinite(earlier)
        total = np.where(known, earlier, 0.0).sum(axis=1)
        return np.asarray(total / np.maximum(known.sum(axis=1), 1), dtype=float)

    def chosen(self, places: Sequence[int]) -> DayGrid:
        """Return the grid of the objects at the given positions."""
        rows = list(places)
        return DayGrid(
            tuple(self.names[place] for place in rows),
            self.days,
            {name: values[rows] for name, values in self.values.items()},
            self.told,
            self.held[rows],
            self.plain,
            self.rough,
        )


def grid(
    frame: pd.DataFrame,
    key: str,
    columns: Sequence[str],
    shop: Shop,
    today: date,
    *,
    absent: float | None = 0.0,
) -> DayGrid | None:
    """Return the frame's columns by object and day up to yesterday; None if the frame has no recent day.

    ``absent`` is the value assumed for an object that, after its first row, has no row on a day that the file
    covers; with None such values are unknown. Several rows of an object on one day are summed.
    """
    import pandas as pd

    rows = frame[frame["date"] < pd.Timestamp(today)]
    if rows.empty:
        return None
    last = rows["date"].max().date()
    if (today - last).days > STALE + 1:
        return None
    first = max(rows["date"].min().date(), last - timedelta(days=LONGEST - 1))
    rows = rows[rows["date"] >= pd.Timestamp(first)]
    days = tuple(first + timedelta(days=n) for n in range((last - first).days + 1))
    at = (rows["date"] - pd.Timestamp(first)).dt.days.to_numpy()
    codes, names = pd.factorize(rows[key].astype("str"), sort=True)
    shape = (len(names), len(days))
    held = np.zeros(shape, dtype=bool)
    held[codes, at] = True
    told = np.asarray(held.any(axis=0))
    begun = np.logical_or.accumulate(held, axis=1)
    values = {}
    for name in columns:
        own = np.full(shape, np.nan)
        if name in rows:
            given = rows[name].to_numpy(dtype=float, na_value=np.nan)
            known = np.isfinite(given)
            summed, seen = np.zeros(shape), np.zeros(shape, dtype=bool)
            np.add.at(summed, (codes[known], at[known]), given[known])
            seen[codes[known], at[known]] = True
            own = np.where(seen, summed, np.nan)
            if absent is not None and known.any():
                own = np.where(~held & begun & told[None, :], absent, own)
        values[name] = own
    plain, rough = kinds_of_days(days, shop)
    return DayGrid(tuple(str(name) for name in names), days, values, told, held, plain & told, rough)


def kinds_of_days(days: Sequence[date], shop: Shop) -> tuple[np.ndarray, np.ndarray]:
    """Return two values for each day: whether usual values may be based on it, and its extra variance.

    The extra variance is that between objects; it is 0 on ordinary days.
    """
    special = [shop.special(day) for day in days]
    usual = np.array([one is None or one.multiplier == 1.0 for one in special])
    plain = np.array([baseline.is_plain(shop, day) for day in days])
    large = np.array([not 0 < size(shop, day) <= BIG for day in days])
    return usual, np.where(large, SPECIAL, np.where(plain, 0.0, SHADOW))


def calendar_factors(values: np.ndarray, days: Sequence[date], shop: Shop, power: float) -> np.ndarray:
    """Return the expected size of each day relative to an average day, by weekday and calendar.

    Used for families with too few objects to estimate it day by day. ``power`` is the exponent applied to the
    calendar's multiplier. Weekday factors are shrunk towards 1 as by four further weeks with a factor of 1.
    """
    sizes = np.array([shop.multiplier(day) ** power for day in days])
    total = np.nansum(values, axis=0) / np.maximum(sizes, 1e-6)
    week = np.array([np.mean(total[max(0, place - 3) : place + 4]) for place in range(len(total))])
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where((week > 0) & (total > 0), np.log(total / week), np.nan)
    factors = np.ones(len(days))
    weekdays = np.array([day.weekday() for day in days])
    for weekday in range(7):
        own = ratio[(weekdays == weekday) & np.isfinite(ratio)]
        if len(own):
            factors[weekdays == weekday] = np.exp(np.median(own) * len(own) / (len(own) + 4.0))
    return np.asarray(factors * sizes, dtype=float)
