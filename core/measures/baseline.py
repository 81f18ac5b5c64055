"""What is usual for a day: the last same weekdays without campaigns, and how far figures swing on them.

Shared by the analyses so that every screen compares with the same days and says which. Days and values are
plain (``dict[date, float]``); a frame is touched only where one is turned into such values.
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
"""Same-class days a day is held against (analysis 2.1)."""
REACH_DAYS = 84
"""How far back such days are looked for."""
PLACEBO_DAYS = 28
"""Plain days whose own swing makes the band (analysis 2.5)."""
SMALLEST_BAND = 6
"""Fewer plain days than this make no band (analysis 2.5)."""
BIG_CAMPAIGN = 1.5
"""A day this many times its weekday leaves a dip behind it [judgement]."""
DIP_DAYS = 7
"""Days after a big campaign that are not counted as usual (analysis 9: 7 to 14)."""
MOVED_SCORE = 2.0
"""Robust distances from usual from where a figure counts as moved."""

SMALLEST_CHANGE = 0.05
"""A very stable figure does not move by a trifle (analysis 12)."""

Values = Mapping[date, float]


@dataclass(frozen=True, slots=True)
class Baseline:
    """The days one day is held against."""

    day: date
    days: tuple[date, ...]
    """Newest first; empty when there is nothing to compare with."""
    left_out: tuple[date, ...]
    """Nearer same weekdays that were no usual days (campaign, festival, the dip after)."""
    kind: Literal["weekday", "class", "any", "none"]
    """Same weekday; same half of the week; any plain day."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One figure against its usual."""

    value: float
    usual: float
    low: float
    high: float
    """The usual swing in its own unit: the middle 80 % of plain days, at least two robust distances."""
    score: float
    """Robust distances from usual; beyond 2 counts as moved; 0 where the figure was constant so far."""
    days: int
    """Plain days behind the band."""

    @property
    def change(self) -> float:
        """Return the relative change; 0.1 is a tenth more."""
        return self.value / self.usual - 1 if self.usual else 0.0

    @property
    def moved(self) -> Literal["up", "down", ""]:
        """Return up or down when the figure left its swing, else nothing."""
        if self.low <= self.value <= self.high or not self.score or abs(self.change) < SMALLEST_CHANGE:
            return ""
        return "up" if self.value > self.usual else "down"


def is_plain(shop: Shop, day: date) -> bool:
    """Tell whether the day is a usual one: nothing in the calendar, no dip after a big campaign."""
    special = shop.special(day)
    if special is not None and special.multiplier != 1.0:
        return False
    return dip_after(shop, day) is None


def dip_after(shop: Shop, day: date, days: int = DIP_DAYS) -> CalendarDay | None:
    """Return the big campaign in whose shadow the day lies; None when none is near or it is one itself."""
    own = shop.special(day)
    if own is not None and (own.multiplier or 1.0) > 1.0:
        return None
    near = [shop.special(day - timedelta(days=back)) for back in range(1, days + 1)]
    return next((special for special in near if special is not None and _is_big(special)), None)


def shape_known(shop: Shop, day: date) -> bool:
    """Tell whether visitors and conversion of the day have a usual of their own.

    The calendar sizes sales only: in a dip both shrink alike, a presale lifts one and sinks the other.
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
    """Return the last plain days of its weekday; of its half of the week, or any, where too few are there."""
    earlier = [when for when in known if day - timedelta(days=REACH_DAYS) <= when < day]
    earlier.sort(reverse=True)
    return _usual(earlier, set(_plain(earlier, shop)), day, count, need)


def _usual(earlier: Sequence[date], plain: Collection[date], day: date, count: int, need: int) -> Baseline:
    """Choose from earlier days, newest first, of which some are plain."""
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
    """Keep the plain days; what was worked out for a calendar is remembered."""
    memo = _memo(shop.calendar)
    for day in days:
        if day not in memo:
            memo[day] = is_plain(shop, day)
    return [day for day in days if memo[day]]


@lru_cache(maxsize=8)
def _memo(calendar: tuple[CalendarDay, ...]) -> dict[date, bool]:
    """Which days are plain under a calendar, as far as asked."""
    del calendar
    return {}


def is_weekend(day: date) -> bool:
    """Tell Saturday and Sunday from the rest."""
    return day.weekday() >= 5  # noqa: PLR2004 - Saturday


def placebo_days(
    known: Collection[date], day: date, shop: Shop, count: int = PLACEBO_DAYS
) -> list[tuple[date, Baseline]]:
    """Return earlier plain days with their own usual days, newest first: what nothing-happened looks like."""
    reach = timedelta(days=REACH_DAYS)
    earlier = sorted((when for when in known if day - 3 * reach <= when < day), reverse=True)
    plain = _plain(earlier, shop)
    among = set(plain)
    found: list[tuple[date, Baseline]] = []
    for when in plain[: count * 2]:
        near = [one for one in earlier if when - reach <= one < when]
        usual = _usual(near, among, when, DAYS_COMPARED, 2)
        if len(usual.days) >= 2:  # noqa: PLR2004 - one is no usual
            found.append((when, usual))
        if len(found) == count:
            break
    return found


def mean(values: Values, days: Sequence[date]) -> float | None:
    """Return the mean over those of the days that are known."""
    found = [values[when] for when in days if when in values]
    return math.fsum(found) / len(found) if found else None


def standing(values: Values, day: date, shop: Shop, *, expected: float = 1.0) -> Standing | None:
    """Return how the day's figure stands to its usual; None without the day, its usual days, or a band.

    ``expected`` scales the usual (a calendar multiplier). The band and the robust scale come from the
    relative residuals of plain days against their own usual days, all weekdays pooled (analysis 2.5 and 12).
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
    """Return how far earlier plain days lay from their own usual days, as fractions of them."""
    found = [_residual(values, when, usual) for when, usual in placebo_days(values, day, shop)]
    return [one for one in found if one is not None]


def _residual(values: Values, when: date, usual: Baseline) -> float | None:
    base = mean(values, usual.days)
    return values[when] / base - 1 if base and when in values else None


def robust_scale(residuals: Sequence[float]) -> float:
    """Return 1.4826 MAD; the mean absolute deviation x 1.2533 when that is 0 (analysis 12)."""
    middle = median(residuals)
    away = [abs(one - middle) for one in residuals]
    return 1.4826 * median(away) or 1.2533 * math.fsum(away) / len(away)


def quantile(values: Sequence[float], p: float) -> float:
    """Return the quantile by linear interpolation between ordered values."""
    ordered = sorted(values)
    place = p * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


# ---- frames to plain values


def column(frame: pd.DataFrame, name: str) -> dict[date, float]:
    """Return one column of a frame with one row a day; unknown values are left out, never 0."""
    if name not in frame.columns:
        return {}
    known = frame[["date", name]].dropna()
    return dict(zip(known["date"].dt.date, known[name].astype(float), strict=True))


def totals(frame: pd.DataFrame, name: str) -> dict[date, float]:
    """Return the column summed by day; a day without any known value is left out."""
    if name not in frame.columns:
        return {}
    known = frame[["date", name]].dropna()
    summed = known.groupby(known["date"].dt.date)[name].sum()
    return {when: float(value) for when, value in summed.items() if isinstance(when, date)}


def over(part: Values, whole: Values) -> dict[date, float]:
    """Return part / whole by day where both are known and the whole is not 0."""
    return {when: part[when] / whole[when] for when in part if whole.get(when)}


def source_days(frame: pd.DataFrame, shop: Shop | None = None) -> pd.DataFrame:
    """Return the sources one row per day and second-level source.

    Date, source, level1, visitors, buyers, gmv ...

    The tree holds its own subtotals; only one layer of it is counted: the second level, from its subtotal
    where the file has one, else from its children. Renamed sources go by one name (shop.toml source_names).
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
