"""The additional sales (uplift) of a campaign over the same weekdays without it."""

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple

from core.statistics import distributions

FEWEST_WEEKS = 3
FEWEST_TREND_WEEKS = 4
CLEAR_TREND = 0.975
"""The quantile of Student's t for a two-sided 95 % test of the trend."""

Call = Literal["up", "down", "no call"]


class Uplift(NamedTuple):
    """A campaign's sales compared with the sales expected on the same weekdays, in yuan.

    ``low``, ``high`` and ``call`` are None if no verdict is possible.
    """

    actual: float
    baseline: float
    uplift: float
    share: float
    """Uplift divided by baseline."""
    low: float | None
    high: float | None
    call: Call | None
    """The conclusion by the 90 % interval; None if there are fewer than three weeks without a campaign."""
    trend: bool


class Forecast(NamedTuple):
    """A log-scale forecast: centre, standard error of one new value, degrees of freedom."""

    centre: float
    error: float
    degrees: int
    trend: bool


class Relative(NamedTuple):
    """How much more the items on offer sold, relative to other items and earlier weeks, as a fraction."""

    share: float
    low: float | None
    high: float | None
    call: Call | None
    """The conclusion by the 90 % interval; None if there are fewer than three weeks without a campaign."""
    weeks: int


def weekday_matched_uplift(
    weeks: Sequence[Sequence[float | None]], actual: Sequence[float], level: float = 0.8
) -> Uplift | None:
    """Return the additional sales over the same weekdays of earlier weeks, with a predictive interval.

    ``weeks`` are the weeks' daily sales, oldest first. The days of each week are summed, so a day without
    sales does no harm; weeks with a missing day or no sales are left out. The baseline is the mean of the
    weeks or, if they have a significant trend (t test at 95 %, four weeks or more), a line through them. None
    if no week is left; with fewer than three there is no interval and no conclusion.
    """
    sums = [
        (number, math.fsum(day for day in week if day is not None))
        for number, week in enumerate(weeks)
        if week and None not in week
    ]
    logs = [(float(number), math.log(total)) for number, total in sums if total > 0]
    if not logs:
        return None
    found, total = _forecast(logs, float(len(weeks))), math.fsum(actual)
    baseline = math.exp(found.centre)
    low = high = call = None
    if len(logs) >= FEWEST_WEEKS:
        low, high = _limits(found, total, level)
        side = distributions.verdict(*_limits(found, total, 0.9), 0.0)
        call = _CALLS[side]
    return Uplift(total, baseline, total - baseline, total / baseline - 1.0, low, high, call, found.trend)


_CALLS: dict[distributions.Verdict, Call] = {"pass": "up", "fail": "down", "unclear": "no call"}


def _limits(found: Forecast, total: float, level: float) -> tuple[float, float]:
    half = distributions.student_quantile(0.5 + level / 2.0, found.degrees) * found.error
    return total - math.exp(found.centre + half), total - math.exp(found.centre - half)


def _forecast(points: Sequence[tuple[float, float]], at: float) -> Forecast:
    """Return the forecast of the next value: the mean, or a straight line if its slope is clear."""
    n = len(points)
    values = [y for _, y in points]
    mean_x, mean_y = math.fsum(x for x, _ in points) / n, math.fsum(values) / n
    sd = distributions.standard_deviation(values)
    flat = Forecast(mean_y, sd * math.sqrt(1.0 + 1.0 / n), max(1, n - 1), trend=False)
    if n < FEWEST_TREND_WEEKS:
        return flat
    square = math.fsum((x - mean_x) ** 2 for x, _ in points)
    slope = math.fsum((x - mean_x) * (y - mean_y) for x, y in points) / square
    left = math.fsum((y - mean_y - slope * (x - mean_x)) ** 2 for x, y in points)
    sigma = math.sqrt(left / (n - 2))
    if abs(slope) <= distributions.student_quantile(CLEAR_TREND, n - 2) * sigma / math.sqrt(square):
        return flat
    error = sigma * math.sqrt(1.0 + 1.0 / n + (at - mean_x) ** 2 / square)
    return Forecast(mean_y + slope * (at - mean_x), error, n - 2, trend=True)


def relative_uplift(
    weeks: Sequence[tuple[float | None, float | None]], treated: float, control: float, level: float = 0.8
) -> Relative | None:
    """Return by how much the ratio of the offered items' sales to other sales changed from earlier weeks.

    This is a difference in differences of logarithms. ``treated`` and ``control`` are the sales of the items
    on offer and of the others; ``weeks`` are the same two sums in earlier weeks without a campaign, oldest
    first. Weeks with a missing or empty sum are left out. The interval comes from the variation of the ratio
    between weeks. None if no week is left, or if one of the two sums is 0.
    """
    logs = [(float(n), math.log(a / b)) for n, (a, b) in enumerate(weeks) if a and b and a > 0 and b > 0]
    if not logs or treated <= 0 or control <= 0:
        return None
    mean = math.fsum(value for _, value in logs) / len(logs)
    now = math.log(treated / control)
    share = math.exp(now - mean) - 1.0
    if len(logs) < FEWEST_WEEKS:
        return Relative(share, None, None, None, len(logs))
    error = distributions.standard_deviation([value for _, value in logs]) * math.sqrt(1.0 + 1.0 / len(logs))

    def limits(at: float) -> tuple[float, float]:
        half = distributions.student_quantile(0.5 + at / 2.0, len(logs) - 1) * error
        return math.exp(now - mean - half) - 1.0, math.exp(now - mean + half) - 1.0

    return Relative(share, *limits(level), _CALLS[distributions.verdict(*limits(0.9), 0.0)], len(logs))


def placebo_p(at_least_as_large: int, windows: int) -> float:
    """Return the p-value of an effect: (1 + b) / (1 + m), with b of m past windows at least as large.

    Phipson and Smyth 2010. With eleven windows it is never below 0.083.
    """
    return (1.0 + at_least_as_large) / (1.0 + windows)


def discount_share(discount_days: int, month_days: int) -> float | None:
    """Return the share of the month's days with a discount.

    Above 0.4, buyers no longer accept the regular price (a rule set by judgement).
    """
    return discount_days / month_days if month_days > 0 else None
