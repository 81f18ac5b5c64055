"""Test the counts of a whole family at once: visitors of items, clicks on keywords, refunds by reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from core.shop.settings import Shop
from core.statistics.count_shift import scan_chance
from core.statistics.multiple_tests import size_weights
from core.statistics.panel import WINDOWS, Panel, Scale, panel, placebo_scale, scan, shift_of
from core.topics.incidents.calling import standing
from core.topics.incidents.change import POSSIBLE, Family, Loss, Metric, ObjectChange, loss_of
from core.topics.incidents.grids import DayGrid, calendar_factors

FEW_OBJECTS = 4
"""With fewer objects the day factors come from the weekday and the calendar instead of the family."""
SHORT = tuple(length for length in WINDOWS if length <= 3)  # noqa: PLR2004 - days
KEPT = 0.05
"""Changes with a p-value up to this are kept as possible consequences of another change."""


@dataclass(frozen=True, slots=True)
class CountTest:
    """The settings of one test of a family."""

    family: Family
    metric: Metric
    prior: float
    """The prior variance beyond Poisson: the squared coefficient of variation of a day."""
    sign: int = -1
    """The bad direction: -1 fewer, 1 more."""
    power: float = 0.5
    """The exponent applied to the calendar's multiplier, for small families."""
    common: bool = True
    """Whether the day's effect common to the whole family is removed."""
    drifts: bool = False
    """Whether the metric drifts slowly; only short windows are tested until its drift can be measured."""


@dataclass(frozen=True, eq=False)
class CountedFamily:
    """The test result of one family of objects, with its counts for later queries about single objects."""

    test: CountTest
    names: tuple[str, ...]
    days: tuple[date, ...]
    data: Panel
    scale: Scale
    chances: np.ndarray
    """The p-value of each object's scan this morning."""
    stands: np.ndarray
    since: np.ndarray
    """How many mornings ago each object was first reported."""
    farthest: np.ndarray
    """The largest z-score on the bad side, by object."""
    worth: np.ndarray
    """The sales in yuan per count, by object."""

    def chosen(self) -> list[int]:
        """Return the positions of the objects whose change is reported or may be a consequence of another."""
        return [
            place for place in range(len(self.names)) if self.stands[place] or self.chances[place] <= KEPT
        ]


def counted(
    test: CountTest,
    grid: DayGrid,
    counts: np.ndarray,
    exposure: np.ndarray,
    *,
    sizes: Sequence[float] | np.ndarray,
    worth: np.ndarray,
    alpha: float,
    shop: Shop,
) -> CountedFamily:
    """Test a family for changes, given the counts and exposures (e.g. visitors or days) of objects by day.

    The false-alarm budget ``alpha`` is divided among the objects according to ``sizes``.
    """
    factors = None
    if not test.common:
        factors = np.ones(counts.shape[1])
    elif len(counts) < FEW_OBJECTS:
        whole = counts if np.nanmax(exposure, initial=1.0) <= 1.0 else np.full(counts.shape, np.nan)
        factors = calendar_factors(whole, grid.days, shop, test.power)
    data = panel(counts, exposure, grid.plain, grid.rough, prior=test.prior, factors=factors)
    scale = placebo_scale(data)
    windows = SHORT if test.drifts and not scale.measured else WINDOWS
    last = data.days - 1

    def scatters(back: int) -> np.ndarray:
        z = scan(data, scale, last - back, windows) * test.sign
        best = np.max(np.where(np.isfinite(z), z, -9.0), axis=0)
        return np.where(np.isfinite(z).any(axis=0), best, np.nan)

    now, stands, since = standing(
        lambda back: scan_chance(scatters(back)), data.days, size_weights(list(sizes)), alpha
    )
    return CountedFamily(
        test, grid.names, grid.days, data, scale, now, stands, since, np.nan_to_num(scatters(0)), worth
    )


def changes(found: CountedFamily, shop: Shop, *, rate: bool, items: bool = False) -> list[ObjectChange]:
    """Return the changes of a test that are reported, possible, or may be consequences of another change."""
    called = max(1, int(found.stands.sum()))
    known = [change_of(found, place, shop, rate=rate, items=items) for place in found.chosen()]
    return [
        one if not one.called else _sure(one, len(found.names), called) for one in known if one is not None
    ]


def _sure(change: ObjectChange, objects: int, called: int) -> ObjectChange:
    return replace(change, sure=max(0.5, 1.0 - change.p * objects / called))


def change_of(
    found: CountedFamily, place: int, shop: Shop, *, rate: bool, items: bool = False
) -> ObjectChange | None:
    """Return one object's change; None if no deviation from its usual values can be estimated."""
    test = found.test
    shift = shift_of(found.data, place, test.sign)
    if shift is None:
        return None
    name, worth = found.names[place], float(found.worth[place])
    over = shift.exposure if rate else float(shift.days)
    loss: Loss | None = None
    if worth > 0 and test.sign < 0:
        loss = loss_of(
            shift.seen, shift.expected, shift.days, worth, shop, item=name if items else "", wide=shift.wide
        )
    elif worth > 0:
        each = worth / shift.days
        more = max(0.0, shift.seen - shift.expected)
        loss = Loss(more * each, 0.8 * more * each, 1.2 * more * each, "margin")
    stands = bool(found.stands[place])
    morning = found.days[-1] + timedelta(days=1)
    return ObjectChange(
        family=test.family,
        metric=test.metric,
        name=name,
        start=found.days[shift.start],
        earliest=found.days[max(0, shift.earliest)],
        latest=found.days[min(len(found.days) - 1, shift.latest)],
        last=found.days[-1],
        open_start=shift.open_start,
        days=shift.days,
        seen=shift.seen / over if over else 0.0,
        usual=shift.expected / over if over else 0.0,
        counted=shift.seen,
        expected=shift.expected,
        exposure=shift.exposure if rate else 0.0,
        z=float(found.farthest[place]),
        p=float(found.chances[place]),
        called=stands,
        first=morning - timedelta(days=int(found.since[place])) if stands else None,
        loss=loss,
        of_own=abs(shift.seen - shift.expected) / max(shift.expected, 1e-9),
    )


def is_possible(change: ObjectChange) -> bool:
    """Return whether an unreported change is shown as a possible change."""
    return not change.called and not change.fact and change.p <= POSSIBLE
