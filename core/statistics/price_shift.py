"""Did the price paid for an item leave its usual level, and did all prices move together?

Prices hardly vary, so a wrong one shows on its first day, where a test on sales would take weeks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from core.statistics.distributions import student_as_normal
from core.statistics.medians import medians
from core.statistics.panel import BASE_DAYS

WINDOWS: Final = (1, 2, 3, 5, 7)
LOOKS = 3.0
"""The number of independent tests that these windows amount to (a judgement)."""
FLOOR = 0.012
"""The minimum standard deviation of a mean price on the log scale, however many pieces were sold."""
LEAST_SCATTER = 0.02
USUAL_SCATTER = 0.25
"""The standard deviation of one piece's price on the log scale, assumed for an item with too few days."""
PSEUDO_DAYS = 5.0
SHARED_DAYS = 10.0
"""The number of days that the other items' standard deviation counts as when an item's own is shrunk to
it."""
GATE = 0.05
"""A price change smaller than this is never reported."""
MEDIAN_VARIANCE = 1.57
"""The variance of the median of normal values, in units of sd² / n."""
INDEX_LAG = 15
"""The price index compares with medians up to this many days back, so that a change in progress is not
included."""
FEWEST_INDEX = 3


@dataclass(frozen=True, eq=False)
class PriceShift:
    """The price of every item in one window, compared with its usual price; NaN where unknown."""

    size: np.ndarray
    """The log change from the base price, without the change common to all items."""
    z: np.ndarray
    """The change as a z-score (standard normal)."""
    usual: np.ndarray
    """The expected price of a piece, in yuan."""
    paid: np.ndarray
    """The mean price paid for a piece, in yuan."""
    units: np.ndarray
    """The pieces sold in the window."""


@dataclass(frozen=True, eq=False)
class Prices:
    """The prices paid by item and day on the log scale, and the change common to all items by day."""

    gmv: np.ndarray
    units: np.ndarray
    logs: np.ndarray
    common: np.ndarray
    plain: np.ndarray


def price_z(
    base_median: ArrayLike,
    window_mean: ArrayLike,
    units_window: ArrayLike,
    units_base: ArrayLike,
    sd_per_piece: ArrayLike,
    floor: float = FLOOR,
) -> tuple[np.ndarray, np.ndarray]:
    """Return the log change of a mean price from a base median, and that change in standard deviations.

    ``floor`` is the smallest standard deviation assumed for a log price.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        size = np.log(np.asarray(window_mean, dtype=float) / np.asarray(base_median, dtype=float))
        spread = np.square(sd_per_piece)
        units_window, units_base = np.asarray(units_window, float), np.asarray(units_base, float)
        variance = floor**2 + spread / units_window + MEDIAN_VARIANCE * spread / units_base
        return size, size / np.sqrt(variance)


def prices(gmv: np.ndarray, units: np.ndarray, plain: np.ndarray) -> Prices:
    """Return the log price of each item on each day, from sales (yuan) and units sold.

    Arrays have the shape (items, days); prices are NaN where unknown. ``plain`` marks the ordinary days.
    """
    sold = np.isfinite(gmv) & np.isfinite(units) & (units > 0) & (gmv > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.where(sold, np.log(gmv / units), np.nan)
    common = np.zeros(logs.shape[1])
    if len(logs) > 3:
        for _ in range(2):
            middle = medians(logs - common, axis=1)
            moved = medians(logs - middle[:, None], axis=0)
            common = np.where((np.isfinite(logs).sum(axis=0) > 3) & np.isfinite(moved), moved, 0.0)
    usable = plain if int(plain.sum()) >= BASE_DAYS else np.ones_like(plain)
    return Prices(np.where(sold, gmv, 0.0), np.where(sold, units, 0.0), logs, common, usable)


def price_shift(data: Prices, end: int, length: int) -> PriceShift:
    """Compare each item's price in the ``length`` days up to ``end`` with its price in the base days.

    The base days are the ordinary days before this window.
    """
    start = end + 1 - length
    base = np.flatnonzero(data.plain[: max(0, start)])[-BASE_DAYS:]
    nothing = np.full(len(data.logs), np.nan)
    if not len(base):
        return PriceShift(nothing, nothing, nothing, nothing, nothing)
    own = data.logs[:, base] - data.common[base]
    middle = medians(own, axis=1)
    days = np.isfinite(own).sum(axis=1)
    pieces = data.units[:, base]
    per_piece = 1.4826 * medians(np.abs(own - middle[:, None]) * np.sqrt(pieces), axis=1)
    few = np.sqrt(
        (days * np.nan_to_num(per_piece) ** 2 + PSEUDO_DAYS * USUAL_SCATTER**2) / (days + PSEUDO_DAYS)
    )
    usual_scatter = medians(np.where(days >= 14, per_piece, np.nan), axis=0)
    shared = np.sqrt((days * per_piece**2 + SHARED_DAYS * usual_scatter**2) / (days + SHARED_DAYS))
    per_piece = np.maximum(np.where(days < 14, few, shared), LEAST_SCATTER)
    inside = slice(start, end + 1)
    units = data.units[:, inside].sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        paid = data.gmv[:, inside].sum(axis=1) / units
        together = (data.units[:, inside] * data.common[inside]).sum(axis=1) / units
        usual = np.exp(middle + together)
    size, t = price_z(usual, paid, units, pieces.sum(axis=1), per_piece)
    enough = (days >= 5) & (units > 0)
    z = student_as_normal(np.where(enough, t, np.nan), np.maximum(0.6 * days, 1.0))
    return PriceShift(np.where(enough, size, np.nan), z, usual, paid, units)


def price_index(gmv: ArrayLike, units: ArrayLike, usual_price: ArrayLike) -> float | None:
    """Return the log of sales over what the same pieces cost at their usual prices.

    None if nothing was sold.
    """
    worth = float(np.nansum(np.asarray(units, float) * np.asarray(usual_price, float)))
    taken = float(np.nansum(np.asarray(gmv, float)))
    return float(np.log(taken / worth)) if worth > 0 and taken > 0 else None


def price_levels(data: Prices, lag: int = INDEX_LAG) -> np.ndarray:
    """Return the price index by day: the log of sales over the value of the pieces at their median prices.

    Medians are taken up to ``lag`` days back; NaN where unknown. An item counts from its fourth day with
    sales; while its history is too short, it is compared with the median of its first three such days.
    """
    days = data.logs.shape[1]
    found = np.full(days, np.nan)
    sold_before = np.cumsum(np.isfinite(data.logs), axis=1)
    first = np.full(len(data.logs), np.nan)
    for place in range(len(data.logs)):
        known = data.logs[place][np.isfinite(data.logs[place])]
        if len(known) >= FEWEST_INDEX:
            first[place] = float(np.median(known[:FEWEST_INDEX]))
    for day in range(FEWEST_INDEX, days):
        past = data.logs[:, max(0, day - lag - BASE_DAYS) : max(0, day - lag + 1)]
        enough = np.isfinite(past).sum(axis=1) >= FEWEST_INDEX
        usual = np.where(enough, medians(past, axis=1), first)
        use = np.isfinite(data.logs[:, day]) & np.isfinite(usual) & (sold_before[:, day] > FEWEST_INDEX)
        if use.any():
            index = price_index(data.gmv[use, day], data.units[use, day], np.exp(usual[use]))
            found[day] = np.nan if index is None else index
    return found
