"""The usual value of a daily figure, from recent comparable days, and how much the figure varies.

All analyses use this module, so that every screen compares with the same days and can name them. Comparable
days are the last same weekdays without campaigns. Days and values are plain (``dict[date, float]``); data
frames are only read by the functions that convert them.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from statistics import median
from typing import TYPE_CHECKING, Literal

from core.measures.source_names import SOURCE_NUMBERS, one_carrier, source_name
from core.shop.settings import CalendarDay, Shop

if TYPE_CHECKING:
    import pandas as pd

DAYS_COMPARED = 4
"""Number of comparable days that a day is compared with."""
REACH_DAYS = 84
"""Maximum age in days of the comparable days."""
PLACEBO_DAYS = 28
"""Number of plain (ordinary) days whose deviations define the usual range."""
SMALLEST_BAND = 6
"""Minimum number of plain (ordinary) days for a usual range."""
BIG_CAMPAIGN = 1.5
"""A day with at least this multiple of usual sales is a big campaign, which is followed by a dip
(a judgement)."""
DIP_DAYS = 7
"""Number of days after a big campaign that do not count as usual."""
MOVED_SCORE = 2.0
"""Deviation from usual, in robust standard deviations, from which a figure counts as moved."""

SMALLEST_CHANGE = 0.05
"""Minimum relative change to count as moved, even for a very stable figure."""

Values = Mapping[date, float]


@dataclass(frozen=True, slots=True)
class Baseline:
    """A day, and the comparable days that it is compared with."""

    day: date
    days: tuple[date, ...]
    """The comparable days, newest first; empty if there are none."""
    left_out: tuple[date, ...]
    """More recent days of the same weekday that are left out as unusual (campaign, festival, dip after a
    campaign)."""
    kind: Literal["weekday", "class", "any", "none"]
    """How the days were chosen: same weekday, same class (weekday or weekend), or any plain day."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A day's figure compared with its usual value."""

    value: float
    usual: float
    low: float
    high: float
    """``low`` and ``high`` are the limits of the usual range, in the figure's unit.

    It contains the middle 80 % of plain days, and at least two robust standard deviations on either side.
    """
    score: float
    """Deviation from usual in robust standard deviations; above 2 it has moved; 0 if it never varied."""
    days: int
    """Number of plain days that the usual range is based on."""

    @property
    def change(self) -> float:
        """Return the relative change from usual: 0.1 is 10 % more."""
        return self.value / self.usual - 1 if self.usual else 0.0

    @property
    def moved(self) -> Literal["up", "down", ""]:
        """Return "up" or "down" if the figure is outside its usual range and changed enough, else ""."""
        if self.low <= self.value <= self.high or not self.score or abs(self.change) < SMALLEST_CHANGE:
            return ""
        return "up" if self.value > self.usual else "down"


def is_plain(shop: Shop, day: date) -> bool:
    """Return whether the day is ordinary: no calendar multiplier, and not in the dip after a big campaign."""
    return is_ordinary(shop, day) and dip_after(shop, day) is None


def is_ordinary(shop: Shop, day: date) -> bool:
    """Return whether the calendar treats the day as an ordinary one: no row, or one without an effect."""
    special = shop.special(day)
    return special is None or special.multiplier == 1.0


def dip_after(shop: Shop, day: date, days: int = DIP_DAYS) -> CalendarDay | None:
    """Return the big campaign after which sales are still in a dip on this day.

    None if there was no big campaign in the ``days`` before, or if the day is itself a campaign.
    """
    own = shop.special(day)
    if own is not None and (own.multiplier or 1.0) > 1.0:
        return None
    near = [shop.special(day - timedelta(days=back)) for back in range(1, days + 1)]
    return next((special for special in near if special is not None and _is_big(special)), None)


def shape_known(shop: Shop, day: date) -> bool:
    """Return whether the day's visitors and conversion can be compared with usual values.

    The calendar gives a multiplier for sales only. In the dip after a campaign visitors and conversion fall
    alike, whereas a presale raises one and lowers the other.
    """
    own = shop.special(day)
    if own is None or own.multiplier == 1.0:
        return True
    return own.multiplier is not None and dip_after(shop, day) is not None


def _is_big(special: CalendarDay | None) -> bool:
    return special is not None and (special.multiplier or 0.0) >= BIG_CAMPAIGN


def usual_days(
    known: Collection[date], day: date, shop: Shop, count: int = DAYS_COMPARED, *, need: int = 2
) -> Baseline:
    """Return the most recent ordinary days (see :func:`is_plain`) of the same weekday as ``day``.

    If there are fewer than ``need``, days of the same class (weekday or weekend), else any ordinary days.
    """
    earlier = [when for when in known if day - timedelta(days=REACH_DAYS) <= when < day]
    earlier.sort(reverse=True)
    return _usual(earlier, set(_plain(earlier, shop)), day, count, need)


def _usual(earlier: Sequence[date], plain: Collection[date], day: date, count: int, need: int) -> Baseline:
    """Choose days comparable with ``day`` from ``earlier`` (newest first); only days in ``plain`` qualify."""
    same = [when for when in earlier if when.weekday() == day.weekday() and when in plain][:count]
    if len(same) >= need:
        skipped = [when for when in earlier if when.weekday() == day.weekday() and when > same[-1]]
        return Baseline(day, tuple(same), tuple(when for when in skipped if when not in plain), "weekday")
    weekend = is_weekend(day)
    alike = [when for when in earlier if when in plain and is_weekend(when) == weekend][:count]
    if len(alike) >= need:
        return Baseline(day, tuple(alike), (), "class")
    chosen = tuple(when for when in earlier if when in plain)[:count]
    return Baseline(day, chosen, (), "any" if chosen else "none")


def _plain(days: Sequence[date], shop: Shop) -> list[date]:
    """Return those of the days that are ordinary (see :func:`is_plain`); results are cached per calendar."""
    memo = _memo(shop.calendar)
    for day in days:
        if day not in memo:
            memo[day] = is_plain(shop, day)
    return [day for day in days if memo[day]]


@lru_cache(maxsize=8)
def _memo(calendar: tuple[CalendarDay, ...]) -> dict[date, bool]:
    """Return the cache of :func:`is_plain` for a calendar."""
    del calendar
    return {}


def is_weekend(day: date) -> bool:
    """Return whether the day is a Saturday or a Sunday."""
    return day.weekday() >= 5  # noqa: PLR2004 - Saturday


def placebo_days(
    known: Collection[date], day: date, shop: Shop, count: int = PLACEBO_DAYS
) -> list[tuple[date, Baseline]]:
    """Return earlier ordinary days, each with its own comparable days, newest first.

    They show how much the figure varies when nothing special happened (a placebo test).
    """
    reach = timedelta(days=REACH_DAYS)
    earlier = sorted((when for when in known if day - 3 * reach <= when < day), reverse=True)
    plain = _plain(earlier, shop)
    among = set(plain)
    found: list[tuple[date, Baseline]] = []
    for when in plain[: count * 2]:
        near = [one for one in earlier if when - reach <= one < when]
        usual = _usual(near, among, when, DAYS_COMPARED, 2)
        if len(usual.days) >= 2:  # noqa: PLR2004 - one day is not enough
            found.append((when, usual))
        if len(found) == count:
            break
    return found


def mean(values: Values, days: Sequence[date]) -> float | None:
    """Return the mean over those days whose value is known; None if there are none."""
    found = [values[when] for when in days if when in values]
    return math.fsum(found) / len(found) if found else None


def standing(values: Values, day: date, shop: Shop, *, expected: float = 1.0) -> Standing | None:
    """Return the day's figure compared with its usual value.

    None if the day's value, its comparable days or a usual range are missing. ``expected`` multiplies the
    usual value (a calendar multiplier). The range and the robust scale are computed from the relative
    residuals of plain days against their own usual values, pooled over all weekdays.
    """
    usual = usual_days(values, day, shop)
    base = mean(values, usual.days)
    if day not in values or not base or base < 0:
        return None
    moves = residuals(values, day, shop)
    if len(moves) < SMALLEST_BAND:
        return None
    usually = base * expected
    if usually <= 0:
        return None
    scale = robust_scale(moves)
    low, high = (
        min(quantile(moves, 0.1), -MOVED_SCORE * scale),
        max(quantile(moves, 0.9), MOVED_SCORE * scale),
    )
    return Standing(
        value=values[day],
        usual=usually,
        low=usually * max(0.0, 1 + low),
        high=usually * (1 + high),
        score=(values[day] / usually - 1) / scale if scale > 0 else 0.0,
        days=len(moves),
    )


def residuals(values: Values, day: date, shop: Shop) -> list[float]:
    """Return the relative deviations of earlier ordinary days from their own usual values."""
    found = [_residual(values, when, usual) for when, usual in placebo_days(values, day, shop)]
    return [one for one in found if one is not None]


def _residual(values: Values, when: date, usual: Baseline) -> float | None:
    base = mean(values, usual.days)
    return values[when] / base - 1 if base and when in values else None


def robust_scale(residuals: Sequence[float]) -> float:
    """Return 1.4826 × the median absolute deviation or, if it is 0, 1.2533 × the mean absolute deviation."""
    middle = median(residuals)
    away = [abs(one - middle) for one in residuals]
    return 1.4826 * median(away) or 1.2533 * math.fsum(away) / len(away)


def quantile(values: Sequence[float], p: float) -> float:
    """Return the ``p`` quantile, with linear interpolation between sorted values."""
    ordered = sorted(values)
    place = p * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


# ---- data frames to plain values


def column(frame: pd.DataFrame, name: str) -> dict[date, float]:
    """Return a column of a frame that has one row per day, by day; unknown values are left out."""
    if name not in frame.columns:
        return {}
    # Computed on arrays for speed: a morning's analyses do this hundreds of times.
    days = frame["date"].to_numpy().astype("datetime64[D]").tolist()
    values = frame[name].to_numpy(dtype="float64", na_value=math.nan).tolist()
    known = zip(days, values, strict=True)
    return {day: value for day, value in known if day is not None and not math.isnan(value)}


def totals(frame: pd.DataFrame, name: str) -> dict[date, float]:
    """Return the column summed by day; days without any known value are left out."""
    if name not in frame.columns:
        return {}
    known = frame[["date", name]].dropna()
    summed = known.groupby(known["date"].dt.date)[name].sum()
    return {when: float(value) for when, value in summed.items() if isinstance(when, date)}


def over(part: Values, whole: Values) -> dict[date, float]:
    """Return part / whole by day, for days on which both are known and the whole is not 0."""
    return {when: part[when] / whole[when] for when in part if whole.get(when)}


def source_days(frame: pd.DataFrame, shop: Shop | None = None) -> pd.DataFrame:
    """Return the traffic sources with one row per day and second-level source.

    The columns are date, source, level1, visitors, buyers, gmv, …

    The export is a tree that contains its own subtotals, so only its second level is counted: from the
    subtotal row if there is one, else from the child rows. Renamed sources are merged (shop.toml
    source_names).
    """
    import pandas as pd

    numbers = [name for name in SOURCE_NUMBERS if name in frame.columns]
    chosen = one_carrier(frame)
    chosen = chosen[chosen["level1"] != ""]
    deep = (chosen["level3"] != "") | (chosen["level4"] != "")
    second = chosen[(chosen["level2"] != "") & ~deep]
    key = ["date", "level1", "level2"]
    children = chosen[(chosen["level2"] != "") & (chosen["level3"] != "") & (chosen["level4"] == "")]
    lonely = children.merge(second[key].drop_duplicates(), on=key, how="left", indicator=True)
    lonely = lonely[lonely["_merge"] == "left_only"].drop(columns="_merge")
    bare = chosen[(chosen["level2"] == "") & ~chosen["subtotal"].astype(bool)]
    parts = [part for part in (second, lonely, bare) if len(part)]
    if not parts:
        return pd.DataFrame(columns=["date", "source", "level1", *numbers])
    rows = pd.concat(parts, ignore_index=True)
    rows["source"] = [
        source_name(second or first, shop)
        for first, second in zip(rows["level1"], rows["level2"], strict=True)
    ]
    grouped = rows.groupby(["date", "source"], sort=True)
    summed = grouped[numbers].sum(min_count=1)
    return summed.join(grouped["level1"].last()).reset_index()
