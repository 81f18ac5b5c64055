"""Forecast of what a figure would be without the action, as known when the action was agreed."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from statistics import median
from typing import Final, NamedTuple

from core.measures import baseline
from core.measures.metrics import RATES, RATIOS, Figures
from core.measures.usual_days import size, usable
from core.shop.settings import Shop
from core.statistics import evidence
from core.statistics import level as levels
from core.statistics.level import DayRatio

SIZED: Final = frozenset({"gmv", "buyers"})
"""Shop figures that the calendar's multiplier scales on the days of a small campaign."""
OWN_HANDS: Final = frozenset({"cpc", "cost", "average_response_s", "first_response_s"})
"""Figures the shop sets itself, on a campaign day as on any other."""
SHARES: Final = RATES | RATIOS | {"aov", "item_aov"}
"""Figures that the quiet days after a campaign leave unchanged, because visitors and buyers fall alike."""
COUNTS: Final = frozenset({"visitors", "buyers", "negative_reviews", "source_visitors", "item_visitors",
                           "search_visitors", "clicks", "ad_clicks"})  # fmt: skip
"""Figures that count single visits, buyers or reviews."""
FEWEST_DAYS: Final = baseline.SMALLEST_BAND
"""The least number of usual days from which a figure is forecast."""
FEWEST_A_DAY: Final = 10.0
"""The mean daily count from which a figure is forecast by its logarithm; below it, by its ratio of sums."""
RECENT_DAYS: Final = 3
SHIFTED: Final = 3.5
"""The deviation of the last days, in standard deviations, from which they count as a new level."""
WEEK: Final = 7
SHRINK: Final = 4.0
"""Weekday effects are shrunk as if this many days without an effect had been seen in addition."""
SMALLEST_SD: Final = 0.02
"""The smallest standard deviation of a forecast, as a share of the usual value."""


class FigureForecast(NamedTuple):
    """The expected mean of a figure over the days that are checked, with its standard deviation."""

    usual: float
    sd: float
    sd_day: float
    """The standard deviation of the figure on a single day."""
    autocorrelation: float


def comparable(days: Sequence[date], metric: str, shop: Shop) -> list[date]:
    """Return the days on which no campaign distorts the metric; only these are comparable with usual days."""
    if metric in SIZED:
        return usable(days, shop)
    if metric in OWN_HANDS:
        return list(days)
    if metric in SHARES:
        return [day for day in days if baseline.shape_known(shop, day)]
    return [day for day in days if baseline.is_plain(shop, day)]


def forecast(
    figures: Figures, metric: str, days: Sequence[date], since: date, shop: Shop
) -> FigureForecast | None:
    """Return what the figure would be on ``days`` without the action, from the six weeks before ``since``.

    None if fewer than :data:`FEWEST_DAYS` days of these weeks are usable. Weekday, calendar and drift are
    taken into account. Figures of at least ten a day are forecast by the level and drift of their logarithms,
    others by the ratio of sums and the scatter of the days. If the figure has shifted on the last days by
    more than chance, the forecast assumes that the shift lasts: a promise made at such a time is often a
    promise to undo the shift, and must be compared with the shifted level.
    """
    found = _forecast(figures, metric, days, since, shop)
    recent = [since - timedelta(days=back) for back in range(1, RECENT_DAYS + 1)]
    recent = sorted(comparable([day for day in recent if day in figures.values], metric, shop))
    seen = figures.over(recent)
    if found is None or seen is None or len(recent) < 2:  # noqa: PLR2004 - one day may be odd
        return found
    past = _forecast(figures, metric, recent, recent[0], shop)
    before = _forecast(figures, metric, days, recent[0], shop)
    if past is None or before is None or past.usual <= 0 or abs(seen - past.usual) < SHIFTED * past.sd:
        return found
    shift = seen - past.usual
    if any((figures.values[day] - past.usual) / shift < 0.5 for day in recent):  # noqa: PLR2004 - half of it
        return found
    times = seen / past.usual
    sd = math.hypot(before.sd * times, past.sd * before.usual / past.usual)
    return FigureForecast(before.usual * times, sd, before.sd_day * times, before.autocorrelation)


def _forecast(
    figures: Figures, metric: str, days: Sequence[date], since: date, shop: Shop
) -> FigureForecast | None:
    known = [day for day in figures.values if since - timedelta(days=levels.WINDOW) <= day < since]
    base = sorted(comparable(known, metric, shop))
    if len(base) < FEWEST_DAYS or not days:
        return None
    return _by_level(figures, metric, days, base, since, shop) or _by_ratio(figures, metric, days, base, shop)


class Outlook(NamedTuple):
    """Whether it will be possible to judge a promise, as known before it is made."""

    usual: float
    """The usual value of the figure on the due day, without the action."""
    better: bool
    """Whether the goal is better than the usual value."""
    needed: int | None
    """How many days it takes to judge 80 % of such promises; None if the goal is the usual value."""


def outlook(
    figures: Figures, metric: str, goal: float, way: int, due: date, today: date, shop: Shop
) -> Outlook | None:
    """Return the usual value on the due day, and how many days it takes to distinguish the goal from it.

    ``way``: +1 if the figure should rise, −1 if it should fall. None if there is no forecast.
    """
    found = forecast(figures, metric, [max(due, today)], today, shop)
    if found is None:
        return None
    needed = evidence.days_needed(found.usual, goal, found.sd_day, found.autocorrelation)
    return Outlook(found.usual, way * (goal - found.usual) > 0, needed)


def _size(metric: str, day: date, shop: Shop) -> float:
    return size(shop, day) if metric in SIZED else 1.0


def _by_level(
    figures: Figures, metric: str, days: Sequence[date], base: Sequence[date], since: date, shop: Shop
) -> FigureForecast | None:
    """Forecast by a line fitted to the logarithms of the daily figures.

    None if there are too few days, the figure of a day is 0, or the counts are too small for this method.
    """
    counts = [figures.values if figures.part is None else figures.part]
    counts += [figures.whole] if figures.whole is not None and figures.proportion else []
    if min(sum(one.get(day, 0.0) for day in base) / len(base) for one in counts) < FEWEST_A_DAY:
        return None
    if len(base) < levels.FEWEST or any(figures.values[day] <= 0 for day in base):
        return None
    logs = {day: math.log(figures.values[day] / _size(metric, day, shop)) for day in base}
    week = _weekdays(logs)
    fitted = levels.fit([DayRatio((since - day).days, logs[day] - week[day.weekday()]) for day in base])
    if fitted is None:
        return None
    checked = set(days)
    ahead = [since + timedelta(days=n) for n in range((max(days) - since).days + 1)]
    sizes = [
        _size(metric, day, shop) * math.exp(week[day.weekday()]) if day in checked else 0.0 for day in ahead
    ]
    whole = levels.rest(fitted, sizes)
    usual = whole.mean / len(days)
    thin = _thinner(figures, days, base)
    sd = max(whole.sd / len(days) * thin, SMALLEST_SD * usual)
    return FigureForecast(
        usual, sd, max(fitted.sd * usual * thin, SMALLEST_SD * usual), fitted.autocorrelation
    )


def _weekdays(logs: Mapping[date, float]) -> list[float]:
    """Return the effect of each weekday on the logarithm, shrunk towards zero, Monday first."""
    week = timedelta(days=WEEK // 2)
    away: list[list[float]] = [[] for _ in range(WEEK)]
    for day, log in logs.items():
        around = [one for when, one in logs.items() if day - week <= when <= day + week]
        away[day.weekday()].append(log - math.fsum(around) / len(around))
    return [median(one) * len(one) / (len(one) + SHRINK) if one else 0.0 for one in away]


def _thinner(figures: Figures, days: Sequence[date], base: Sequence[date]) -> float:
    """Return the factor by which the measured days scatter more than usual days.

    They do so if they have fewer cases.
    """
    if figures.whole is None:
        return 1.0
    usual = median(figures.whole.get(day, 0.0) for day in base)
    mine = math.fsum(figures.whole.get(day, 0.0) for day in days) / len(days)
    return math.sqrt(max(1.0, usual / mine)) if mine > 0 else 1.0


def _by_ratio(
    figures: Figures, metric: str, days: Sequence[date], base: Sequence[date], shop: Shop
) -> FigureForecast | None:
    """Forecast by the ratio of sums, Σ part / Σ whole; None if there are too few days.

    For a figure that is not a ratio, the part is the figure itself and the whole is the size of the day, as a
    multiple of an ordinary day. The variance per unit of the whole is estimated from the days' deviations
    from the ratio: at least the binomial variance for a share of cases, at least the Poisson variance for a
    count.
    """
    flow = figures.part is None or figures.whole is None
    part = figures.part or figures.values
    whole = {day: (figures.whole or {}).get(day, 0.0) for day in (*base, *days)}
    if flow:
        whole = {day: _size(metric, day, shop) for day in whole}
    told = [day for day in base if whole[day] > 0]
    cases = math.fsum(whole[day] for day in told)
    usually = cases / max(1, len(told))
    checked = math.fsum(min(whole[day], usually) if not flow else whole[day] for day in days)
    if len(told) < FEWEST_DAYS or checked <= 0:
        return None
    ratio = math.fsum(part.get(day, 0.0) for day in told) / cases
    away = [(part.get(day, 0.0) - ratio * whole[day]) ** 2 / whole[day] for day in told]
    spread = max(math.fsum(away) / (len(told) - 1), _by_chance(figures, metric, ratio, cases), 1e-12)
    scale = checked / len(days) if flow else 1.0
    sd = scale * math.sqrt(spread * (1.0 / checked + 1.0 / cases))
    least = SMALLEST_SD * abs(ratio * scale)
    return FigureForecast(
        ratio * scale, max(sd, least), max(scale * math.sqrt(spread * len(days) / checked), least), 0.0
    )


def _by_chance(figures: Figures, metric: str, ratio: float, cases: float) -> float:
    """Return the variance per unit of the whole that chance alone causes: binomial, Poisson or 0.

    For shares and counts it is above 0 even if nothing was counted on the base days.
    """
    least = 0.5 / cases
    if figures.proportion:
        rate = min(max(ratio, least), 1.0 - least)
        return rate * (1.0 - rate)
    return max(ratio, least) if metric in COUNTS else 0.0
