"""Detect changes of service agents: a lower inquiry conversion or slower answers than before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import numpy as np

from core.shop.settings import Shop
from core.statistics.count_shift import scan_chance
from core.statistics.distributions import student_as_normal
from core.statistics.multiple_tests import size_weights
from core.topics.incidents.calling import standing
from core.topics.incidents.change import BUDGET, Metric, ObjectChange
from core.topics.incidents.grids import DayGrid, grid
from core.topics.incidents.watched_counts import KEPT, CountedFamily, CountTest, changes, counted

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

TEST: Final = CountTest("agent", "conversion", 0.03, power=0.0)
TIMES: Final[tuple[tuple[Metric, str], ...]] = (
    ("answer_time", "average_response_s"),
    ("first_answer", "first_response_s"),
)
WINDOWS: Final = (1, 3, 7)
"""Window lengths tested together, in days on which the agent was on duty."""
LOOKS = 3.0
BASE = 28
FEWEST = 10
SLOWER = 0.15
"""The smallest rise of the log answer time that is reported (a judgement)."""
LEAST_SCATTER = 0.05
TEAM = 4
"""With fewer agents than this, the day's common effect (the median residual) is not subtracted."""


@dataclass(frozen=True, eq=False)
class AgentFamily:
    """The results of testing all service agents for changes."""

    grid: DayGrid
    test: CountedFamily | None
    changes: tuple[ObjectChange, ...]
    loads: dict[str, float]
    """Inquiries per day of the last 7 days divided by those of the 28 days before, by agent."""


def agent_family(frame: pd.DataFrame, shop: Shop, today: date, scale: float) -> AgentFamily | None:
    """Test every agent for changes; None if the file has no recent day.

    ``scale`` multiplies the false-alarm budget.
    """
    own = frame[~frame["benchmark"].astype(bool)] if "benchmark" in frame else frame
    columns = ("inquiries", "converted", "amount", *(column for _, column in TIMES))
    found = None if own.empty else grid(own, "agent", columns, shop, today, absent=None)
    if found is None:
        return None
    asked, paid = found.values["inquiries"], found.values["converted"]
    sizes = np.nan_to_num(found.mean("inquiries"))
    known = [
        (metric, found.values[column]) for metric, column in TIMES if np.isfinite(found.values[column]).any()
    ]
    alpha = BUDGET["agent"] * scale / (1 + len(known))
    told: list[ObjectChange] = []
    test = None
    if np.isfinite(paid).any():
        money = found.values["amount"]
        worth = np.nansum(money, axis=1) / np.maximum(np.nansum(paid, axis=1), 1e-9)
        test = counted(
            TEST, found, paid, np.where(asked > 0, asked, np.nan),
            sizes=sizes, worth=worth, alpha=alpha, shop=shop,
        )  # fmt: skip
        told += changes(test, shop, rate=True)
    for metric, seconds in known:
        told += _slower(metric, seconds, found, sizes, alpha)
    return AgentFamily(found, test, tuple(told), _loads(found))


def _loads(found: DayGrid) -> dict[str, float]:
    asked = found.values["inquiries"]
    loads = {}
    for place, name in enumerate(found.names):
        now, before = asked[place, -7:], asked[place, -35:-7]
        now, before = now[np.isfinite(now)], before[np.isfinite(before)]
        if len(now) and len(before) and before.mean() > 0:
            loads[name] = float(now.mean() / before.mean())
    return loads


def _slower(
    metric: Metric, seconds: np.ndarray, found: DayGrid, sizes: np.ndarray, alpha: float
) -> list[ObjectChange]:
    """Return the rises in agents' answer times, each compared with the agent's preceding 28 days on duty.

    If there are at least :data:`TEAM` agents, the effect that is common to all of them on a day is subtracted
    first.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.where(seconds > 0, np.log(seconds), np.nan)
    middle = np.array([np.nanmedian(row) if np.isfinite(row).any() else np.nan for row in logs])
    if len(logs) >= TEAM:
        logs = logs - _of_day(logs - middle[:, None])[None, :]
    best = [_of_agent(row) for row in logs]

    def chances(back: int) -> np.ndarray:
        looked = best if back == 0 else [_of_agent(row[: len(row) - back]) for row in logs]
        return scan_chance(np.array([one[0] for one in looked]), LOOKS)

    now, stands, since = standing(chances, logs.shape[1], size_weights(list(sizes)), alpha)
    said = []
    for place, name in enumerate(found.names):
        z, length, change, usual = best[place]
        if not (stands[place] or now[place] <= KEPT) or not np.isfinite(z):
            continue
        at_desk = np.flatnonzero(np.isfinite(logs[place]))[-length:]
        called = bool(stands[place])
        said.append(
            ObjectChange(
                family="agent",
                metric=metric,
                name=name,
                start=found.days[int(at_desk[0])],
                earliest=found.days[int(at_desk[0])],
                latest=found.days[int(at_desk[0])],
                last=found.last,
                days=length,
                seen=float(np.exp(usual + change)),
                usual=float(np.exp(usual)),
                z=z,
                p=float(now[place]),
                called=called,
                first=found.last + timedelta(days=1 - int(since[place])) if called else None,
                of_own=float(np.exp(change) - 1.0),
            )
        )
    return [_since(one, logs[found.names.index(one.name)], found) for one in said]


def _of_day(residual: np.ndarray) -> np.ndarray:
    """Return, for each day, the effect common to the whole team: the median residual of its agents.

    0 on days with fewer than :data:`TEAM` agents.
    """
    enough = np.isfinite(residual).sum(axis=0) >= TEAM
    filled = np.where(enough[None, :], residual, 0.0)
    return np.where(enough, np.nanmedian(filled, axis=0), 0.0)


def _of_agent(row: np.ndarray) -> tuple[float, int, float, float]:
    """Return an agent's most significant slowdown: z, window length, log change and usual log answer time.

    The window length counts days on duty; z is NaN if no window shows a slowdown.
    """
    known = row[np.isfinite(row)]
    nothing = (float("nan"), 1, 0.0, 0.0)
    found = [one for length in WINDOWS if (one := _window(known, length)) is not None]
    return max(found, default=nothing, key=lambda one: one[0])


def _window(known: Sequence[float] | np.ndarray, length: int) -> tuple[float, int, float, float] | None:
    values = np.asarray(known, dtype=float)
    base = values[:-length][-BASE:]
    if len(values) <= length or len(base) < FEWEST:
        return None
    middle = float(np.median(base))
    scatter = max(LEAST_SCATTER, 1.4826 * float(np.median(np.abs(base - middle))) * (1.0 + 2.0 / len(base)))
    change = float(values[-length:].mean()) - middle
    if change < SLOWER:
        return None
    t = change / (scatter * (1.0 / length + 1.57 / len(base)) ** 0.5)
    z = student_as_normal(np.array([t]), np.array([max(4.0, 0.6 * len(base))]))
    return float(z[0]), length, change, middle


def _since(change: ObjectChange, row: np.ndarray, found: DayGrid) -> ObjectChange:
    """Return the change with its start moved back over the days that were already clearly slower.

    These are the latest run of days (at most 21) on which the answer time was more than halfway from its
    usual value to its new one.
    """
    line = np.log(change.usual) + (np.log(change.seen) - np.log(change.usual)) / 2.0
    start = found.days.index(change.start)
    for day in range(found.days.index(change.last), max(-1, len(found.days) - 22), -1):
        if np.isfinite(row[day]) and row[day] < line:
            break
        if np.isfinite(row[day]):
            start = day
    days = int(np.isfinite(row[start:]).sum())
    return replace(
        change, start=found.days[start], earliest=found.days[start], latest=found.days[start], days=days
    )
