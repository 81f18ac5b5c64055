"""Weighing a figure between usual and goal: alike both ways, and a score that rewards no small promise."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.statistics import evidence

VALUES = st.floats(-1e3, 1e3)
SD = st.floats(0.1, 50.0)


@given(VALUES, VALUES, SD, st.floats(0.1, 200.0))
def test_what_speaks_for_the_goal_speaks_as_much_for_the_usual_seen_from_it(
    value: float, usual: float, sd: float, gap: float
) -> None:
    """Mirrored in the middle between usual and goal, kept becomes not kept."""
    up = evidence.weigh(value, usual, usual + gap, sd, 1)
    mirrored = evidence.weigh(2 * usual + gap - value, usual, usual + gap, sd, 1)
    assert mirrored.log_ratio == pytest.approx(-up.log_ratio, abs=1e-6 * max(1.0, abs(up.log_ratio)))


@given(VALUES, VALUES, SD, st.floats(0.1, 200.0))
def test_down_is_up_in_a_mirror(value: float, usual: float, sd: float, gap: float) -> None:
    up = evidence.weigh(value, usual, usual + gap, sd, 1)
    down = evidence.weigh(-value, -usual, -usual - gap, sd, -1)
    assert down.told == up.told
    assert down.log_ratio == pytest.approx(up.log_ratio)


@given(VALUES, VALUES, SD)
def test_a_goal_that_is_the_usual_is_never_kept(value: float, usual: float, sd: float) -> None:
    assert evidence.weigh(value, usual, usual, sd, 1).told != "kept"


@pytest.mark.parametrize(("swings", "least"), [(0.2, 0.0), (1.0, 0.15), (2.0, 0.57), (3.0, 0.8)])
def test_promises_of_some_swings_are_told_rightly_and_seldom_wrongly(swings: float, least: float) -> None:
    chance = np.random.default_rng(12)
    for true, right, wrong in ((swings, "kept", "not kept"), (0.0, "not kept", "kept")):
        told = [
            evidence.weigh(float(one), 0.0, swings, 1.0, 1).told for one in chance.normal(true, 1.0, 2000)
        ]
        assert told.count(right) / 2000 >= least  # type: ignore[arg-type]
        assert told.count(wrong) / 2000 <= 0.055  # type: ignore[arg-type]


def test_the_best_score_is_what_one_truly_expects() -> None:
    """With a true effect of 1.5 swings: .05, .5, 1.5 and 3 earn about .04, .31, .58 and 0."""
    chance = np.random.default_rng(5).normal(1.5, 1.0, 4000)
    earned = {
        goal: float(np.mean([evidence.score(float(one), 0.0, goal, 1.0) for one in chance]))
        for goal in (0.05, 0.5, 1.5, 3.0)
    }
    assert max(earned, key=lambda goal: earned[goal]) == 1.5
    assert earned[0.05] == pytest.approx(0.04, abs=0.02)
    assert earned[0.5] == pytest.approx(0.31, abs=0.03)
    assert earned[1.5] == pytest.approx(0.58, abs=0.04)
    assert earned[3.0] == pytest.approx(0.0, abs=0.05)


def test_where_nothing_happens_every_stated_goal_loses() -> None:
    chance = np.random.default_rng(6).normal(0.0, 1.0, 4000)
    for goal in (0.3, 1.0, 2.0):
        assert np.mean([evidence.score(float(one), 0.0, goal, 1.0) for one in chance]) < 0


@pytest.mark.parametrize(("goal", "days"), [(3.3, 8), (3.6, 2), (6.0, 1), (3.0, None)])
def test_a_larger_promise_takes_fewer_days_to_tell(goal: float, days: int | None) -> None:
    assert evidence.days_needed(3.0, goal, 0.25, 0.2) == days


@given(VALUES, VALUES, SD, st.floats(1.0, 100.0))
def test_holding_needs_as_much_evidence_as_leaving(
    value: float, level: float, sd: float, band: float
) -> None:
    held = evidence.weigh_hold(value, level, sd, band)
    left = evidence.weigh_hold(level + band - abs(value - level), level, sd, band)
    if abs(value - level) <= band:
        assert left.log_ratio == pytest.approx(-held.log_ratio, abs=1e-6 * max(1.0, abs(held.log_ratio)))
