"""Detect changes of traffic sources: fewer visitors, lower conversion, and new visitors who do not buy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import numpy as np

from core.measures import baseline
from core.shop.settings import Shop
from core.statistics.panel import BASE_DAYS
from core.statistics.silence import few_chance
from core.topics.incidents.change import BUDGET, ObjectChange
from core.topics.incidents.grids import DayGrid, grid
from core.topics.incidents.watched_counts import CountedFamily, CountTest, changes, counted

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

TESTS: Final = {
    "visitors": CountTest("source", "visitors", 0.01, drifts=True),
    "conversion": CountTest("source", "conversion", 0.01),
}
POOR = 0.01
"""A source's additional visitors are rated poor if the chance of so few buyers is at most this."""
GREW = 1.5
"""A source counts as grown from this ratio of its visitors to its usual visitors."""
GREW_Z = 4.0
NEW_DAYS = 14
"""A source with next to no visitors until at most this many days ago is new."""
NEXT_TO_NOTHING = 0.1
CONVERSION_LOW = -2.33
"""The z-score below which a grown source's own conversion is low (one test at 1 %)."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A new or grown source and what its additional visitors bought."""

    name: str
    start: date
    days: int
    visitors: float
    """The additional visitors over the days."""
    buyers: float
    expected: float
    """The buyers expected of the additional visitors at the usual conversion."""
    chance: float
    grown: bool

    @property
    def poor(self) -> bool:
        """Return whether the additional visitors buy clearly less than expected."""
        return self.chance <= POOR


@dataclass(frozen=True, eq=False)
class SourceFamily:
    """The results of testing all traffic sources for changes."""

    grid: DayGrid
    tests: dict[str, CountedFamily]
    changes: tuple[ObjectChange, ...]
    newcomers: tuple[Newcomer, ...]
    rate: float
    """The usual number of buyers per visitor over all sources."""


def source_family(frame: pd.DataFrame, shop: Shop, today: date, scale: float) -> SourceFamily | None:
    """Test every source for changes; None if there is no recent day.

    ``scale`` multiplies the false-alarm budget.
    """
    rows = baseline.source_days(frame, shop)
    if rows.empty:
        return None
    found = grid(rows, "source", ("visitors", "buyers", "gmv"), shop, today)
    if found is None:
        return None
    visitors, buyers = found.values["visitors"], found.values["buyers"]
    before = found.mean("visitors")
    bought, sold = found.mean("buyers"), found.mean("gmv")
    aov = np.where(bought > 0, sold / np.maximum(bought, 1e-9), 0.0)
    worth = np.where(before > 0, sold / np.maximum(before, 1e-9), 0.0)
    ones = np.where(np.isfinite(visitors), 1.0, np.nan)
    tests = {
        "visitors": counted(
            TESTS["visitors"], found, visitors, ones,
            sizes=before, worth=worth, alpha=BUDGET["source"] * scale / 2, shop=shop,
        )
    }  # fmt: skip
    if np.isfinite(buyers).any():
        tests["conversion"] = counted(
            TESTS["conversion"], found, buyers, visitors,
            sizes=before, worth=aov, alpha=BUDGET["source"] * scale / 2, shop=shop,
        )  # fmt: skip
    told = [one for name, test in tests.items() for one in changes(test, shop, rate=name == "conversion")]
    rate = float(bought.sum() / before.sum()) if before.sum() > 0 else 0.0
    return SourceFamily(found, tests, tuple(told), tuple(_newcomers(found, tests, rate)), rate)


def _newcomers(found: DayGrid, tests: dict[str, CountedFamily], rate: float) -> list[Newcomer]:
    if "conversion" not in tests or rate <= 0:
        return []
    visitors, buyers = found.values["visitors"], found.values["buyers"]
    told = np.flatnonzero(found.told)
    if len(told) <= NEW_DAYS:
        return []
    said = []
    for place, name in enumerate(found.names):
        start = _start(visitors[place], found.told)
        if start is None:
            grown = _grown(found, tests, place)
            if grown is not None:
                said.append(grown)
            continue
        known = np.isfinite(visitors[place, start:]) & np.isfinite(buyers[place, start:])
        n = float(visitors[place, start:][known].sum())
        k = float(buyers[place, start:][known].sum())
        if n > 0:
            chance = few_chance(k, n * rate)
            said.append(
                Newcomer(name, found.days[start], int(known.sum()), n, k, n * rate, chance, grown=False)
            )
    return said


def _start(visitors: np.ndarray, told: np.ndarray) -> int | None:
    """Return the position of a new source's first day; None if the source is not new."""
    seen = np.nan_to_num(visitors)
    last = len(seen)
    for start in range(max(1, last - NEW_DAYS), last):
        before = seen[max(0, start - BASE_DAYS) : start][told[max(0, start - BASE_DAYS) : start]]
        after = seen[start:][told[start:]]
        if len(before) < NEW_DAYS or not len(after):
            continue
        if (
            seen[start] > 0
            and before.mean() <= NEXT_TO_NOTHING * after.mean()
            and before[-1] <= 0.5 * after.mean()
        ):
            return start
    return None


def _grown(found: DayGrid, tests: dict[str, CountedFamily], place: int) -> Newcomer | None:
    """Return the additional visitors of a source that grew in the last days; None if it has not grown."""
    from core.statistics.panel import shift_of, window_z

    data, conversion = tests["visitors"].data, tests["conversion"].data
    last = data.days - 1
    scale = tests["visitors"].scale
    best = max(
        (float(window_z(data, last, length)[place]) / float(scale.own[place]) for length in (1, 2, 3, 5, 7)),
        default=0.0,
    )
    shift = shift_of(data, place, 1) if np.isfinite(best) and best >= GREW_Z else None
    if shift is None or shift.seen < GREW * shift.expected:
        return None
    low = float(window_z(conversion, last, shift.days)[place])
    x1, _, _, exposure = conversion.sums.of_window(last, shift.days)[:, place]
    x0, e0, _, _, _ = conversion.sums.of_base(shift.start)[:, place]
    if not np.isfinite(low) or e0 <= 0:
        return None
    extra = shift.seen - shift.expected
    usual = x0 / e0
    kept = usual * (float(exposure) - extra)
    chance = 0.0 if low <= CONVERSION_LOW else 1.0
    return Newcomer(
        found.names[place],
        found.days[last] - timedelta(days=shift.days - 1),
        shift.days,
        extra,
        max(0.0, float(x1) - kept),
        extra * usual,
        chance,
        grown=True,
    )
