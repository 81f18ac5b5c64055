from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.topics.sales import daily_targets

weights = st.lists(st.floats(0.01, 50), min_size=1, max_size=31)
MONDAY = date(2026, 9, 7)


@given(st.integers(0, 10_000_000), weights)
def test_cascade_sums_exactly_and_every_prefix_is_right_to_half_a_yuan(
    total: int, shares: list[float]
) -> None:
    daily = daily_targets.cascade_round(total, shares)
    assert sum(daily) == total
    exact = [Fraction(str(share)) for share in shares]
    for day in range(len(shares)):
        assert abs(sum(daily[: day + 1]) - total * sum(exact[: day + 1]) / sum(exact)) <= Fraction(1, 2)


@given(st.integers(0, 10_000), weights)
def test_largest_remainder_keeps_within_one_of_the_quota(total: int, shares: list[float]) -> None:
    given_out = daily_targets.largest_remainder(total, shares)
    assert sum(given_out) == total
    exact = [Fraction(str(share)) for share in shares]
    assert all(abs(got - total * one / sum(exact)) < 1 for got, one in zip(given_out, exact, strict=True))


def test_largest_remainder_hare() -> None:
    assert daily_targets.largest_remainder(10, [47, 16, 15.8, 12, 6.1, 3.1]) == (5, 2, 1, 1, 1, 0)


def test_a_tie_rounds_up_as_on_paper() -> None:
    assert daily_targets.cascade_round(1, [0.5, 0.5]) == (1, 0)


@pytest.mark.parametrize("shares", [[], [0, 0], [1, -1]])
def test_unusable_weights_say_what_to_do(shares: list[float]) -> None:
    with pytest.raises(ValueError, match="check weekday factors"):
        daily_targets.cascade_round(100, shares)
    with pytest.raises(ValueError, match="check weekday factors"):
        daily_targets.largest_remainder(100, shares)


def history(weeks: int) -> dict[date, float | None]:
    shape = [0.9, 0.9, 0.9, 0.9, 1.0, 1.2, 1.2]
    return {MONDAY + timedelta(days=day): 1000 * shape[day % 7] for day in range(7 * weeks)}


def test_weekday_factors_find_the_weekend_and_average_1() -> None:
    found = daily_targets.weekday_factors(history(8))
    assert found.learnt
    assert sum(found.factors) == pytest.approx(7)
    assert found.factors[5] > 1.1
    assert 0.9 < found.factors[0] < 1


def test_shrinkage_is_n_over_n_plus_4() -> None:
    found = daily_targets.weekday_factors(history(8))
    ratio = found.factors[5] / found.factors[2]
    n = found.weeks[5]
    assert n == found.weeks[2] == 7
    assert ratio == pytest.approx((1.2 / 0.9) ** (n / (n + 4)))


def test_under_two_weeks_all_factors_are_1() -> None:
    days = history(2)
    days[MONDAY] = None
    found = daily_targets.weekday_factors(days)
    assert not found.learnt
    assert set(found.factors) == {1.0}
    assert not daily_targets.weekday_factors({}).learnt


def test_a_campaign_or_missing_day_leaves_the_factors_alone() -> None:
    quiet = daily_targets.weekday_factors(history(12))
    for value in (9000.0, None, -50.0, 0.0):
        loud = history(12)
        loud[MONDAY + timedelta(days=40)] = value
        special = frozenset({MONDAY + timedelta(days=40)}) if value == 9000.0 else frozenset()
        assert daily_targets.weekday_factors(loud, special).factors == pytest.approx(quiet.factors, abs=0.01)


def test_calendar_multipliers_count() -> None:
    days = daily_targets.days_of_month(2026, 2)
    assert len(days) == 28
    daily = daily_targets.daily_targets(2900, days, [1.0] * 7, {date(2026, 2, 14): 2.0})
    assert daily[13] == 200
    assert sum(daily) == 2900
