"""What a figure was to be expected to be without the action, as known when the action was agreed."""

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
"""Shop figures whose size on a day of a small campaign the calendar's multiplier tells."""
OWN_HANDS: Final = frozenset({"cpc", "cost", "average_response_s", "first_response_s"})
"""Figures the shop sets by itself, on a campaign day like on any other."""
SHARES: Final = RATES | RATIOS | {"aov", "item_aov"}
"""Figures that the quiet days after a campaign leave as they are: visitors and buyers fall alike."""
COUNTS: Final = frozenset({"visitors", "buyers", "negative_reviews", "source_visitors", "item_visitors",
                           "search_visitors", "clicks", "ad_clicks"})  # fmt: skip
"""Figures that count single visits, buyers or reviews."""
FEWEST_DAYS: Final = baseline.SMALLEST_BAND
"""Usual days below which nothing is expected of a figure."""
FEWEST_A_DAY: Final = 10.0
"""Counts a day from which the logarithm of a figure is used; below, its ratio of sums."""
RECENT_DAYS: Final = 3
SHIFTED: Final = 3.5
"""Standard deviations from where the last days lie on another level."""
WEEK: Final = 7
SHRINK: Final = 4.0
"""Weekday effects are shrunk as if so many days without an effect had been seen with them."""
SMALLEST_SD: Final = 0.02
"""As a share of the usual: no figure is known better."""


class FigureForecast(NamedTuple):
    """The mean of the figure over the checked days, as expected, with its standard deviation."""

    usual: float
    sd: float
    sd_day: float
    """Of a single day."""
    autocorrelation: float


def comparable(days: Sequence[date], metric: str, shop: Shop) -> list[date]:
    """Return the days that can be compared with usual days: those without a campaign."""
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
    """Return what the figure would be on ``days``, from six weeks before ``since``; None for under 6 days.

    Weekday, calendar and drift are in it. Figures of at least ten a day by level and drift of their
    logarithms, others by the ratio of sums with the days' own scatter. A shift of the last days beyond chance
    is taken to last: what is promised then is often to undo it.
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
    """Whether a promise will be possible to judge, as known before it is made."""

    usual: float
    """Of the due day, without the action."""
    better: bool
    """The goal is better than the usual."""
    needed: int | None
    """Days that tell 80 % of such promises; None where the goal is the usual."""


def outlook(
    figures: Figures, metric: str, goal: float, way: int, due: date, today: date, shop: Shop
) -> Outlook | None:
    """Return the usual value on the due day and the days needed to tell the goal from it, or None."""
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
    """By the line of the logarithms; None where days are few, empty or of small counts."""
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
    """Return the shrunk effect of each weekday on the logarithm, Monday first."""
    week = timedelta(days=WEEK // 2)
    away: list[list[float]] = [[] for _ in range(WEEK)]
    for day, log in logs.items():
        around = [one for when, one in logs.items() if day - week <= when <= day + week]
        away[day.weekday()].append(log - math.fsum(around) / len(around))
    return [median(one) * len(one) / (len(one) + SHRINK) if one else 0.0 for one in away]


def _thinner(figures: Figures, days: Sequence[date], base: Sequence[date]) -> float:
    """Return by what factor the checked days scatter more, where they hold fewer cases than usual days."""
    if figures.whole is None:
        return 1.0
    usual = median(figures.whole.get(day, 0.0) for day in base)
    mine = math.fsum(figures.whole.get(day, 0.0) for day in days) / len(days)
    return math.sqrt(max(1.0, usual / mine)) if mine > 0 else 1.0


def _by_ratio(
    figures: Figures, metric: str, days: Sequence[date], base: Sequence[date], shop: Shop
) -> FigureForecast | None:
    """By the ratio of sums, Σ part / Σ whole; the whole of a flow is the day's size.

    The variance per unit of the whole comes from the days around the ratio: of hits in cases at least the
    binomial one, of counts at least the Poisson one.
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
    """Return the least variance per unit of the whole; a base without a hit still leaves room for one."""
    least = 0.5 / cases
    if figures.proportion:
        rate = min(max(ratio, least), 1.0 - least)
        return rate * (1.0 - rate)
    return max(ratio, least) if metric in COUNTS else 0.0
