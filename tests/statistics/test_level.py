"""A level that one day cannot move, that follows a drift part of the way and a step at once."""

from __future__ import annotations

import math

import numpy as np
import pytest

from core.statistics import level
from core.statistics.level import DayRatio, Level


def days(*logs: float) -> list[DayRatio]:
    return [DayRatio(len(logs) - n, log) for n, log in enumerate(logs)]


def noisy(n: int = 42, sd: float = 0.12, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).normal(0.0, sd, n)


def fitted(logs: np.ndarray) -> Level:
    found = level.fit(days(*logs.tolist()))
    assert found is not None
    return found


@pytest.mark.parametrize(("known", "told"), [(14, True), (13, False)])
def test_two_weeks_are_the_least(known: int, *, told: bool) -> None:
    assert (level.fit(days(*noisy(known).tolist())) is not None) == told


def test_only_six_weeks_count() -> None:
    assert fitted(np.concatenate([noisy() + 5, noisy()])) == fitted(noisy())


@pytest.mark.parametrize("ago", [8, 14, 28])
@pytest.mark.parametrize("times", [1.5, 0.66])
def test_a_step_is_followed_at_once(ago: int, times: float) -> None:
    """On average over shops: one of them alone drifts by chance."""
    found = []
    for seed in range(12):
        logs = noisy(sd=0.08, seed=seed)
        logs[-ago:] += math.log(times)
        found.append(level.rest(fitted(logs), [1.0] * 30).mean / 30)
    assert np.mean(found) == pytest.approx(times, rel=0.04)


def test_a_drift_is_followed_and_dies_down() -> None:
    growing = fitted(noisy(sd=0.05) + 0.01 * np.arange(-41, 1))
    assert growing.slope == pytest.approx(0.01, abs=0.002)
    a_day = level.rest(growing, [1.0] * 30).mean / 30
    assert 1.05 < a_day < math.exp(0.01 * 15.5)


def test_days_of_two_kinds_have_no_level() -> None:
    assert level.fit(days(*([0.0] * 8 + [9.0]) * 4)) is None


def test_the_days_of_a_campaign_in_a_row_are_one_event_and_four_lonely_peaks_a_pattern() -> None:
    logs = noisy(sd=0.05)
    logs[20:26] += 2.0
    assert [one.age for one in fitted(logs).odd] == [17, 18, 19, 20, 21, 22]
    lonely = noisy(sd=0.05)
    lonely[[3, 10, 17, 24]] += 1.0
    assert fitted(lonely).odd == ()


@pytest.mark.parametrize(("away", "odd"), [(0.35, 0), (0.45, 1)])
def test_a_steady_shop_is_not_asked_about_trifles(away: float, odd: int) -> None:
    logs = noisy(sd=0.02)
    logs[-3] += away
    assert len(fitted(logs).odd) == odd


def test_what_somebody_said_is_no_measure_is_left_out() -> None:
    logs = noisy(sd=0.05)
    logs[-1] += 2.0
    left = level.fit(days(*logs.tolist()), left_out={1})
    assert left is not None
    assert (left.odd, left.days) == ((), 41)


def test_neighbouring_days_that_are_alike_widen_the_range() -> None:
    logs = noisy()
    alike = np.repeat(noisy(21), 2)
    assert fitted(alike).autocorrelation > fitted(logs).autocorrelation
    assert fitted(alike).degrees < fitted(logs).degrees
    assert level.rest(fitted(logs), []) == (0.0, 0.0)
    assert level.rest(fitted(logs), [0.0, 0.0]) == (0.0, 0.0)


def test_eight_in_ten_months_end_within_the_range() -> None:
    chance, inside, runs = np.random.default_rng(8), 0, 120
    for _ in range(runs):
        logs = chance.normal(0.0, 0.15, 62) + 0.005 * np.arange(62)
        found = fitted(logs[:42])
        ahead = level.rest(found, [1.0] * 20)
        low, high = (ahead.quantile(p, found.degrees) for p in (0.1, 0.9))
        inside += low <= float(np.exp(logs[42:]).sum()) <= high
    assert 0.7 <= inside / runs <= 0.95
