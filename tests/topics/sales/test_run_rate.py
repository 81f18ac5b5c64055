import pytest

from core.topics.sales import run_rate


def test_no_target_no_pace() -> None:
    assert run_rate.month_pace([100], [100], [100], None) is None
    assert run_rate.month_pace([100], [100], [100], 0) is None


def test_the_first_day_shows_a_run_rate_only() -> None:
    found = run_rate.month_pace([90], [100], [100] * 9, 1000)
    assert found is not None
    assert found.required_ratio == pytest.approx(910 / 900)
    assert found.forecast == pytest.approx(900)
    assert found.sd is found.chance is found.low is None


def test_before_the_first_day_the_prior_speaks_alone() -> None:
    found = run_rate.month_pace(
        [], [], [100] * 10, 1000, prior=run_rate.RatioPrior(1.1, 0.05), spread=run_rate.Spread(0.1, 0.0, 56)
    )
    assert found is not None
    assert found.achievement is None
    assert found.ratio == 1.1
    assert found.forecast == pytest.approx(1100)
    assert found.chance is not None
    assert found.chance > 0.9


def test_without_anything_known_nothing_is_said() -> None:
    found = run_rate.month_pace([], [], [100] * 10, 1000)
    assert found is not None
    assert found.forecast is found.chance is found.ratio is None
    assert found.required_ratio == 1.0


def test_a_missing_day_is_not_a_day_of_0() -> None:
    whole = run_rate.month_pace([95, 105, 95, 105], [100] * 4, [100] * 6, 1000)
    gap = run_rate.month_pace([95, 105, None, 95, 105], [100] * 5, [100] * 5, 1000)
    assert whole is not None
    assert gap is not None
    assert gap.missing_days == 1
    assert gap.achievement == whole.achievement == 1.0
    assert gap.forecast == pytest.approx(whole.forecast)
    assert gap.required_ratio == pytest.approx(1.0)


def test_a_finished_month_is_a_result_without_a_chance() -> None:
    found = run_rate.month_pace([95, 105], [100, 100], [], 200)
    assert found is not None
    assert found.forecast == found.achieved == 200
    assert found.required_ratio is found.chance is None


def test_identical_days_do_not_make_certainty() -> None:
    found = run_rate.month_pace([100, 100, 100], [100] * 3, [100] * 7, 1000)
    assert found is not None
    assert found.sd is not None
    assert found.sd > 0
    assert run_rate.ratio_spread([1.0, 1.0]) == (0.05, 0.0, 2)


def test_refunds_beyond_sales_are_counted() -> None:
    found = run_rate.month_pace([-50, 100], [100, 100], [100] * 8, 1000)
    assert found is not None
    assert found.achieved == 50
    assert found.required_ratio == pytest.approx(950 / 800)


def test_sales_on_a_day_without_a_target_count() -> None:
    found = run_rate.month_pace([100, 30], [100, 0], [100] * 8, 1000)
    assert found is not None
    assert found.achieved == 130
    assert found.ratio == 1


def test_spreads_need_enough_behind_them() -> None:
    assert run_rate.ratio_spread([1.0]) is None
    swings = run_rate.ratio_spread([1.0, 1.2] * 10)
    assert swings is not None
    assert swings.autocorrelation == 0
    runs = run_rate.ratio_spread([1.0] * 20 + [1.2] * 20)
    assert runs is not None
    assert runs.autocorrelation == 0.8
    assert runs.inflation == pytest.approx(9)
