import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats as oracle

from core.topics.evening import intraday


def test_before_anything_happened_the_plan_stands() -> None:
    end = intraday.day_end(0, 0.0, 200, 0.25)
    assert end.naive is None
    assert end.rate == end.final == pytest.approx(200)


def test_at_midnight_the_count_stands() -> None:
    end = intraday.day_end(180, 1.0, 200, 0.25, 2.0)
    assert end.final == end.low == end.high == 180
    assert intraday.chance_of_more(end, 1) == 0
    assert intraday.chance_of_more(end, 0) == 1


@given(st.integers(0, 400), st.floats(0.02, 0.98), st.floats(1, 800), st.floats(0.05, 1))
def test_without_dispersion_the_rest_is_negative_binomial(
    n: int, share: float, plan: float, cv: float
) -> None:
    end = intraday.day_end(n, share, plan, cv)
    a, b = 1 / cv**2 + n, 1 / (cv**2 * plan) + share
    exact = oracle.nbinom(a, b / (b + 1 - share))
    assert intraday.chance_of_more(end, 5) == pytest.approx(exact.sf(4), abs=1e-6)
    assert end.low <= end.final <= end.high + 1


@pytest.mark.parametrize(("plan", "cv", "share"), [(0, 0.2, 0.5), (100, 0, 0.5), (100, 0.2, 1.5)])
def test_an_unusable_plan_says_so(plan: float, cv: float, share: float) -> None:
    with pytest.raises(ValueError, match="a plan above 0"):
        intraday.day_end(3, share, plan, cv)


def test_profile_is_a_ratio_of_sums() -> None:
    even, late = [1.0] * 24, [0.0] * 12 + [4.0] * 12
    found = intraday.intraday_profile([even, late, [0.0] * 24])
    assert found is not None
    assert found.days == 2
    assert found.shares[0] == 0
    assert found.shares[12] == pytest.approx(12 / 72)
    assert found.shares[24] == 1
    # (12 - 24/6)² / (24 · 5/36) and (0 - 48/6)² / (48 · 5/36), the mean of both
    assert found.dispersions[12] == pytest.approx((19.2 + 9.6) / 2)
    assert found.dispersions[24] == 1
    assert intraday.intraday_profile([[0.0] * 24]) is None


def test_gmv_keeps_what_is_already_there() -> None:
    end = intraday.day_end(70, 0.41, 200, 0.25, 2.3)
    final, (low, high) = intraday.day_end_gmv(14000, end, 200, 150)
    assert 14000 <= low < final < high
    assert final == pytest.approx(14000 + end.rest * 200)
