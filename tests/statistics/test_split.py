import math
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.statistics import split, swing
from core.statistics.distributions import Interval
from core.statistics.split import Trade
from tests.statistics import decompositions

three = st.tuples(*[st.floats(-1000, 1000)] * 3)
positive = st.tuples(*[st.floats(0.01, 1000)] * 3)
fractions = st.lists(st.fractions(-50, 50, max_denominator=20), min_size=4, max_size=4)


@given(fractions, fractions)
def test_shapley_sums_exactly(before: list[Fraction], after: list[Fraction]) -> None:
    effects = decompositions.shapley(before, after, lambda values: float(math.prod(values)))
    assert sum(effects) == pytest.approx(float(math.prod(after) - math.prod(before)), rel=1e-9, abs=1e-6)


@given(three, three)
def test_the_closed_form_is_shapley(before: tuple[float, ...], after: tuple[float, ...]) -> None:
    assert split.shapley_three(before, after) == pytest.approx(
        decompositions.shapley(before, after, math.prod), rel=1e-6, abs=1e-3
    )


@given(three, three)
def test_going_back_undoes_the_effects(before: tuple[float, ...], after: tuple[float, ...]) -> None:
    there, back = split.shapley_three(before, after), split.shapley_three(after, before)
    assert [a + b for a, b in zip(there, back, strict=True)] == pytest.approx([0, 0, 0], abs=1e-3)


@given(positive, positive)
def test_lmdi_sums_to_the_change(before: tuple[float, ...], after: tuple[float, ...]) -> None:
    change = math.prod(after) - math.prod(before)
    assert math.fsum(decompositions.lmdi(before, after)) == pytest.approx(change, rel=1e-6, abs=1e-6)


@given(st.lists(st.floats(0.8, 1.2), min_size=3, max_size=3))
def test_lmdi_and_shapley_tell_the_same_story(changes: list[float]) -> None:
    before = (10_000.0, 0.03, 238.0)
    after = [x * change for x, change in zip(before, changes, strict=True)]
    gap = max(
        abs(a - b)
        for a, b in zip(decompositions.lmdi(before, after), split.shapley_three(before, after), strict=True)
    )
    assert gap < 0.02 * math.prod(before)


def test_the_shop_of_the_notes() -> None:
    before, after = (10_000.0, 0.03, 238.0), (9_000.0, 0.028, 245.0)
    assert split.shapley_three(before, after) == pytest.approx((-7002.33, -4587.33, 1929.67), abs=0.01)
    assert decompositions.lmdi(before, after) == pytest.approx((-7001.52, -4584.78, 1926.31), abs=0.01)


def test_lmdi_refuses_negative_factors_and_shapley_does_not() -> None:
    with pytest.raises(ValueError, match="use shapley"):
        decompositions.lmdi((100, 0.1, -20), (100, 0.1, 20))
    effects = split.split_gmv(Trade(100, 10, -200), Trade(100, 10, 200))
    assert effects is not None
    assert effects.aov == effects.total == 400


def test_log_mean_of_equals() -> None:
    assert decompositions.log_mean(5.0, 5.0) == 5.0
    assert decompositions.log_mean(5.0, 5.0 * (1 + 1e-14)) == pytest.approx(5.0)


@given(*[st.integers(0, 50)] * 6)
def test_effects_always_add_up(v0: int, b0: int, g0: int, v1: int, b1: int, g1: int) -> None:
    effects = split.split_gmv(Trade(v0, b0, g0 - 10), Trade(v1, b1, g1 - 10))
    assert effects is not None
    assert effects.total == pytest.approx(g1 - g0, abs=1e-9)
    if b0 and v0 and b1 and v1:
        assert effects.rest == pytest.approx(0, abs=1e-9)


def test_refunds_without_buyers_are_left_over_not_lost() -> None:
    effects = split.split_gmv(Trade(100, 5, 1000), Trade(100, 0, -300))
    assert effects is not None
    assert effects == pytest.approx((0, -1000, 0, -300))


def test_unknown_stays_unknown() -> None:
    assert split.split_gmv(Trade(None, 5, 1000), Trade(100, 5, 1000)) is None
    assert split.comparison_base([Trade(None, 1, 1)]) == (None, None, None)
    found = split.split_by_source(
        {"a": (Trade(1, 1, 5), Trade(1, 1, None)), "b": (Trade(1, 1, 5), Trade(1, 1, 9))}, 10, 20
    )
    assert found.unknown == ("a",)
    assert found.unattributed == pytest.approx(6)


def test_the_base_is_a_ratio_of_sums() -> None:
    base = split.comparison_base([Trade(100, 10, 1000), Trade(300, 10, 3000), Trade(1, None, 5)])
    assert base == Trade(200, 10, 2000)


def test_the_swing_of_thirty_orders() -> None:
    found = swing.sampling_swing(swing.Counts(1000, 30, 1000, 30), 100.0)
    assert found == pytest.approx((4.5, 25.4, 19.4), abs=0.05)
    assert swing.sampling_swing(swing.Counts(1000, 0, 1000, 3), 100.0)[1:] == (None, None)
    assert swing.sampling_swing(swing.Counts(0, 0, 1000, 3), 100.0) == (None, None, None)


def test_the_largest_effect_inside_the_band_is_not_the_reason() -> None:
    band = swing.placebo_swing([-300.0, -100, 0, 50, 100, 300])
    assert band is not None
    assert swing.placebo_swing([1.0] * 5) is None
    assert swing.judge_effect(-250, 200, Interval(-300, 300)) == "usual"
    assert swing.judge_effect(-270, 200, Interval(-300, 300)) == "possible"
    assert swing.judge_effect(-310, 200, Interval(-300, 300)) == "likely"
    assert swing.judge_effect(-310, 200, None) == "possible"
    assert swing.judge_effect(-310, None, None) == "usual"


@given(st.lists(st.floats(-1000, 1000), min_size=6, max_size=28))
def test_the_placebo_band_lies_within_what_was_seen(past: list[float]) -> None:
    band = swing.placebo_swing(past)
    assert band is not None
    assume(max(past) > min(past))
    assert min(past) - 1e-9 <= band.low <= band.high <= max(past) + 1e-9
