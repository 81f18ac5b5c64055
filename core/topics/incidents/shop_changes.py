"""Detect changes of the shop as a whole: visitors, conversion, prices, carts, refunds, returning visitors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from core.measures import baseline
from core.measures.order_value import value_share
from core.shop.settings import Shop
from core.statistics.distributions import normal_cdf
from core.statistics.level_shift import (
    CALLED,
    LevelShift,
    farthest,
    level_shift,
    window_scales,
    without_weekdays,
)
from core.statistics.panel import BASE_DAYS, LONGEST_START
from core.topics.incidents.calling import MORNINGS, STAYS
from core.topics.incidents.change import BUDGET, Loss, Metric, ObjectChange
from core.topics.incidents.grids import STALE
from core.topics.incidents.watched_counts import KEPT

if TYPE_CHECKING:
    import pandas as pd

DAYS = 84
IN_SHADOW = 0.12
"""Prior standard deviation, on the log scale, of the effect of the quiet days after a campaign.

Set by judgement.
"""
SIZE_GATE = 0.03
"""The smallest change of the log price index that is reported."""
SEEN_CHANGE = 0.3
"""The change a test must be able to detect within a week for its figure to be called steady."""


@dataclass(frozen=True, slots=True)
class ShopTest:
    """A figure of the shop that is tested; ``sign`` is -1 if a fall is bad, 1 if a rise is bad."""

    metric: Metric
    sign: int
    power: float
    """The exponent applied to the calendar's multiplier for this figure."""


TESTS: Final = (
    ShopTest("visitors", -1, 0.5),
    ShopTest("conversion", -1, 0.5),
    ShopTest("price", -1, 0.0),
    ShopTest("cart_rate", -1, 0.0),
    ShopTest("refunds", 1, 0.0),
    ShopTest("returning", -1, 0.0),
)


@dataclass(frozen=True, eq=False)
class ShopFamily:
    """The test results of the shop's figures."""

    days: tuple[date, ...]
    sales: float
    """The usual sales per day."""
    visitors: np.ndarray
    buyers: np.ndarray
    units: np.ndarray
    changes: tuple[ObjectChange, ...]
    steady: tuple[Metric, ...] = ()
    """Unchanged figures for which a change of 30 % within a week would have been detected."""


def shop_family(
    frame: pd.DataFrame, index: dict[date, float], shop: Shop, today: date, scale: float
) -> ShopFamily | None:
    """Test the shop's figures; None if there is no recent day. ``index`` is the log price index by day."""
    columns = {name: baseline.column(frame, name) for name in _COLUMNS}
    known = sorted(day for day in columns["gmv"] if day < today)
    if not known or (today - known[-1]).days > STALE + 1:
        return None
    last = known[-1]
    first = max(known[0], last - timedelta(days=DAYS - 1))
    days = tuple(first + timedelta(days=n) for n in range((last - first).days + 1))
    value = {name: np.array([column.get(day, np.nan) for day in days]) for name, column in columns.items()}
    plain = np.array([baseline.is_plain(shop, day) for day in days])
    doubt = np.where(plain, 0.0, [IN_SHADOW if baseline.shape_known(shop, day) else np.nan for day in days])
    series = _series(value, np.array([index.get(day, np.nan) for day in days]))
    earlier = value["gmv"][:-14][-BASE_DAYS:] if len(days) > BASE_DAYS else value["gmv"]
    sales = float(np.nanmean(earlier))
    weekdays = np.array([day.weekday() for day in days])
    found, steady = [], []
    for test in TESTS:
        sizes = np.log([max(shop.multiplier(day), 1e-6) ** test.power for day in days])
        values = series[test.metric] - sizes
        if np.isfinite(values[-1:]).any() and np.isfinite(doubt[-1]):
            cleaned = without_weekdays(values, weekdays, plain & np.isfinite(values))
            change = _looked(test, cleaned, (plain, doubt), days, scale)
            if change is None and _telling(cleaned, plain):
                steady.append(test.metric)
            if change is not None:
                found.append(_with_figures(change, value, sales, days, shop))
    return ShopFamily(
        days, sales, value["visitors"], value["buyers"], value["units"], tuple(found), tuple(steady)
    )


_COLUMNS = (
    "gmv",
    "visitors",
    "buyers",
    "units",
    "cart_buyers",
    "old_visitors",
    "new_visitors",
    "refund_amount",
)


def _series(value: dict[str, np.ndarray], index: np.ndarray) -> dict[str, np.ndarray]:
    with np.errstate(divide="ignore", invalid="ignore"):
        whole = value["old_visitors"] + value["new_visitors"]
        sold = np.convolve(np.nan_to_num(value["gmv"]), np.ones(7) / 7.0)[: len(index)]
        found = {
            "visitors": np.log(value["visitors"]),
            "conversion": np.log((value["buyers"] + 0.5) / value["visitors"]),
            "price": index,
            "cart_rate": np.log((value["cart_buyers"] + 0.5) / value["visitors"]),
            "refunds": np.log((value["refund_amount"] + 1.0) / sold),
            "returning": np.log((value["old_visitors"] + 0.5) / whole),
        }
    return {name: np.where(np.isfinite(one), one, np.nan) for name, one in found.items()}


def _chance(z: float, sign: int) -> float:
    """Return the p-value that belongs to a figure's z-score.

    It is scaled so that a z-score of :data:`CALLED` equals the figure's share of the false-alarm budget.
    """
    share = BUDGET["shop"] / len(TESTS)
    return float(min(1.0, share * normal_cdf(-sign * z) / normal_cdf(CALLED)))


def _looked(
    test: ShopTest,
    values: np.ndarray,
    kinds: tuple[np.ndarray, np.ndarray],
    days: tuple[date, ...],
    scale: float,
) -> ObjectChange | None:
    plain, doubt = kinds
    scales = window_scales(values, plain)
    alpha = BUDGET["shop"] / len(TESTS) * scale
    now = farthest(values, plain, len(values) - 1, test.sign, scales, doubt)
    if now is None or _chance(now.z, test.sign) > KEPT:
        return None
    called, since = False, 0
    may = _chance(now.z, test.sign) <= STAYS * alpha
    for back in range(MORNINGS - 1 if may else -1, -1, -1):
        level = (
            now if back == 0 else farthest(values, plain, len(values) - 1 - back, test.sign, scales, doubt)
        )
        chance = 1.0 if level is None else _chance(level.z, test.sign)
        large = level is not None and (test.metric != "price" or abs(level.change) >= SIZE_GATE)
        fresh = large and chance <= alpha
        since = back if fresh and not called else since
        called = fresh or (called and large and chance <= STAYS * alpha)
    start, earliest, latest = _start(values, kinds, test.sign)
    level = level_shift(values, plain, len(values) - 1, len(values) - start, doubt) or now
    return ObjectChange(
        family="shop",
        metric=test.metric,
        name="",
        start=days[start],
        earliest=days[earliest],
        latest=days[latest],
        last=days[-1],
        open_start=len(values) - earliest >= LONGEST_START,
        days=len(values) - start,
        seen=float(np.exp(level.change)),
        usual=1.0,
        z=test.sign * now.z,
        p=_chance(now.z, test.sign),
        called=called,
        first=days[-1] + timedelta(days=1 - since) if called else None,
        of_own=abs(float(np.expm1(level.change))),
        expected=level.sd,
    )


def _telling(values: np.ndarray, plain: np.ndarray) -> bool:
    """Return whether a change of 30 % over a week would be significant."""
    week = level_shift(values, plain, len(values) - 1, 7)
    return week is not None and SEEN_CHANGE / week.sd >= -CALLED


def _start(values: np.ndarray, kinds: tuple[np.ndarray, np.ndarray], sign: int) -> tuple[int, int, int]:
    """Return the positions of the likeliest, earliest and latest plausible first day of the change."""
    last = len(values) - 1
    support: dict[int, float] = {}
    for length in range(1, min(21, last) + 1):
        level: LevelShift | None = level_shift(values, kinds[0], last, length, kinds[1])
        if level is not None and level.z * sign > 0:
            support[length] = level.z**2
    if not support:
        return last, last, last
    best = max(support, key=lambda length: support[length])
    near = [length for length, value in support.items() if value >= support[best] - 4.0]
    return last + 1 - best, last + 1 - max(near), last + 1 - min(near)


def _with_figures(
    change: ObjectChange, value: dict[str, np.ndarray], sales: float, days: tuple[date, ...], shop: Shop
) -> ObjectChange:
    """Convert a log change into the figure's own unit and its loss into yuan per day."""
    from dataclasses import replace

    start = days.index(change.start)
    ratio = change.seen
    now = _figure(change.metric, value, start, len(days))
    exposure = float(np.nansum(value["visitors"][start:]))
    half = 0.5 / exposure if change.metric in ("conversion", "cart_rate") and exposure else 0.0
    usual = (now + half) / ratio if ratio else now
    scatter = change.expected * 1.28
    lost = sales * (1.0 - ratio)
    bounds = (sales * (1.0 - ratio * float(np.exp(scatter))), sales * (1.0 - ratio * float(np.exp(-scatter))))
    loss: Loss | None = None
    if change.metric in ("visitors", "conversion", "price") and lost > 0:
        left = value_share(shop)
        share = 1.0 if left is None or change.metric == "price" else left
        of: Literal["sales", "margin"] = "sales" if left is None and change.metric != "price" else "margin"
        loss = Loss(lost * share, max(0.0, bounds[0]) * share, max(0.0, bounds[1]) * share, of)
    elif change.metric == "refunds" and now > usual:
        low, high = (max(0.0, now - usual * float(np.exp(sign * scatter))) for sign in (1.0, -1.0))
        loss = Loss(now - usual, low, high, "margin")
    counted = (
        float(np.nansum(value["buyers"][start:])) if change.metric == "conversion" else now * change.days
    )
    return replace(
        change,
        seen=now,
        usual=usual,
        counted=counted,
        expected=usual * exposure if change.metric == "conversion" else usual * change.days,
        exposure=exposure if change.metric in ("conversion", "cart_rate", "returning") else 0.0,
        loss=loss,
    )


def _figure(metric: Metric, value: dict[str, np.ndarray], start: int, end: int) -> float:
    part = slice(start, end)
    visitors = float(np.nansum(value["visitors"][part])) or 1.0
    match metric:
        case "visitors":
            return float(np.nanmean(value["visitors"][part]))
        case "conversion":
            return float(np.nansum(value["buyers"][part])) / visitors
        case "cart_rate":
            return float(np.nansum(value["cart_buyers"][part])) / visitors
        case "returning":
            whole = float(np.nansum(value["old_visitors"][part] + value["new_visitors"][part])) or 1.0
            return float(np.nansum(value["old_visitors"][part])) / whole
        case "refunds":
            return float(np.nanmean(value["refund_amount"][part]))
    units = float(np.nansum(value["units"][part])) or 1.0
    return float(np.nansum(value["gmv"][part])) / units
