"""Detect unusual daily figures, ignoring campaign days and small changes (section 12)."""

import math
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from statistics import median
from typing import Literal, NamedTuple

WEEKS = 8
NOTE_FROM = 3.0
ALARM_FROM = 3.5
FEWEST_SAME_WEEKDAYS = 2
FEWEST_DAYS = 8
NORMAL_MAD = 1.4826
NORMAL_MEAN_DEVIATION = 1.2533
MEDIAN_VARIANCE = 1.57
"""The variance of the median of normal values, in units of sd^2 / n."""
Scale = Literal["log", "logit", "plain"]
Level = Literal["alarm", "note", "usual", "constant so far"]


class Anomaly(NamedTuple):
    """The judgement of one day's figure.

    ``z`` is None if undefined: constant so far, or 0 today (an alarm).
    """

    value: float
    usual: float
    low: float
    high: float
    """The range ``low`` to ``high`` within which the figure is usual."""
    z: float | None
    level: Level
    change: float
    """The relative change (value - usual) / usual; for rates the difference value - usual."""
    days: int


class _Usual(NamedTuple):
    """The same weekday's median (transformed), the robust sd of all weekdays, and the data behind them."""

    middle: float
    spread: float
    weeks: int
    days: int


def judge_day(
    values: Mapping[date, float | None],
    day: date,
    *,
    scale: Scale = "log",
    special_days: frozenset[date] = frozenset(),
    smallest_change: float = 0.05,
    sampling_sd: float = 0.0,
) -> Anomaly | None:
    """Judge a day's figure by its weekday's median of 8 weeks, in units of the robust sd of all weekdays.

    Use the log scale for counts and money and the logit scale for rates (there give ``sampling_sd`` = 1 /
    sqrt(n p (1 - p))). Days with None, special days and values outside the scale's domain (0 on the log
    scale) are left out of the reference. An alarm needs |z| >= 3.5 and a change of at least
    ``smallest_change`` of the usual value; a figure of 0 after positive ones is an alarm without z. Return
    None if the day has no figure, if a rate is 0 or 1, or with fewer than two same weekdays or eight
    reference days.
    """
    raw, usual = values.get(day), _usual(values, day, scale, special_days)
    if raw is None or usual is None:
        return None
    band = max(usual.spread, sampling_sd) * math.sqrt(1.0 + MEDIAN_VARIANCE / usual.weeks)
    today, middle = _onto(raw, scale), _back(usual.middle, scale)
    if today is None and scale == "logit":
        return None
    z = (today - usual.middle) / band if today is not None and band > 0 else None
    change = (raw - middle) / middle if scale != "logit" and middle else raw - middle
    big = abs(change) >= smallest_change * (middle if scale == "logit" else 1.0)
    return Anomaly(
        value=raw,
        usual=middle,
        low=_back(usual.middle - NOTE_FROM * band, scale),
        high=_back(usual.middle + NOTE_FROM * band, scale),
        z=z,
        level="alarm" if today is None else _level(z, big=big),
        change=change,
        days=usual.days,
    )


def _level(z: float | None, *, big: bool) -> Level:
    if z is None:
        return "constant so far"
    if abs(z) < NOTE_FROM:
        return "usual"
    return "alarm" if abs(z) >= ALARM_FROM and big else "note"


def _usual(
    values: Mapping[date, float | None], day: date, scale: Scale, special_days: frozenset[date]
) -> _Usual | None:
    """Return the reference values from the eight weeks before a day.

    None with fewer than two days of the same weekday or fewer than eight days in all.
    """
    by_weekday: dict[int, list[float]] = {}
    for back in range(1, WEEKS * 7 + 1):
        when = day - timedelta(days=back)
        value = _onto(values.get(when), scale)
        if value is not None and when not in special_days:
            by_weekday.setdefault(when.weekday(), []).append(value)
    same, days = by_weekday.get(day.weekday(), []), sum(map(len, by_weekday.values()))
    if len(same) < FEWEST_SAME_WEEKDAYS or days < FEWEST_DAYS:
        return None
    middles = {weekday: median(level) for weekday, level in by_weekday.items()}
    residuals = [value - middles[weekday] for weekday, level in by_weekday.items() for value in level]
    return _Usual(middles[day.weekday()], _spread(residuals, len(middles)), len(same), days)


def _spread(residuals: Sequence[float], medians: int) -> float:
    """Robust sd of residuals around ``medians`` fitted medians; by mean deviation if the MAD is 0."""
    n = len(residuals)
    middle = median(residuals)
    gaps = [abs(x - middle) for x in residuals]
    widen = math.sqrt(n / (n - medians)) if n > medians else 1.0
    return (NORMAL_MAD * median(gaps) or NORMAL_MEAN_DEVIATION * math.fsum(gaps) / n) * widen


def _onto(value: float | None, scale: Scale) -> float | None:
    if value is None or scale == "plain":
        return value
    if value <= 0 or (scale == "logit" and value >= 1):
        return None
    return math.log(value) if scale == "log" else math.log(value / (1.0 - value))


def _back(value: float, scale: Scale) -> float:
    if scale == "plain":
        return value
    return math.exp(value) if scale == "log" else 1.0 / (1.0 + math.exp(-value))
