import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special
from scipy import stats as oracle

from core.statistics import distributions

chances = st.floats(0.001, 0.999)
sizes = st.floats(0.2, 400.0)


@given(chances, sizes, sizes)
def test_beta_agrees_with_the_oracle(p: float, a: float, b: float) -> None:
    assert distributions.beta_cdf(p, a, b) == pytest.approx(oracle.beta.cdf(p, a, b), abs=1e-11)
    assert distributions.beta_sf(p, a, b) == pytest.approx(oracle.beta.sf(p, a, b), abs=1e-11)
    assert distributions.beta_quantile(p, a, b) == pytest.approx(oracle.beta.ppf(p, a, b), abs=1e-11)


@given(chances, sizes, st.floats(0.01, 50.0))
def test_gamma_agrees_with_the_oracle(p: float, shape: float, rate: float) -> None:
    x = distributions.gamma_quantile(p, shape, rate)
    assert x == pytest.approx(oracle.gamma.ppf(p, shape, scale=1 / rate), rel=1e-9)
    assert distributions.gamma_cdf(x, shape, rate) == pytest.approx(p, abs=1e-9)
    assert distributions.gamma_sf(x, shape, rate) == pytest.approx(1 - p, abs=1e-9)


@given(chances, st.floats(1.0, 200.0))
def test_student_and_normal_agree_with_the_oracle(p: float, degrees: float) -> None:
    assert distributions.student_quantile(p, degrees) == pytest.approx(
        oracle.t.ppf(p, degrees), rel=1e-8, abs=1e-9
    )
    assert distributions.student_cdf(p, degrees) == pytest.approx(oracle.t.cdf(p, degrees), abs=1e-11)
    assert distributions.normal_cdf(distributions.normal_quantile(p)) == pytest.approx(p, abs=1e-12)


@given(st.integers(0, 300), st.floats(0.3, 150.0), chances)
def test_counts_agree_with_the_oracle(k: int, size: float, p: float) -> None:
    assert distributions.negative_binomial_cdf(k, size, p) == pytest.approx(
        oracle.nbinom.cdf(k, size, p), abs=1e-10
    )
    assert distributions.negative_binomial_sf(k, size, p) == pytest.approx(
        oracle.nbinom.sf(k, size, p), abs=1e-10
    )
    assert distributions.binomial_cdf(k, 200, p) == pytest.approx(oracle.binom.cdf(k, 200, p), abs=1e-11)
    assert distributions.binomial_sf(k, 200, p) == pytest.approx(oracle.binom.sf(k, 200, p), abs=1e-11)


@given(st.floats(0.01, 0.995), st.floats(0.3, 150.0), st.floats(0.05, 0.95))
def test_a_count_quantile_is_the_first_that_reaches_it(q: float, size: float, p: float) -> None:
    for k, cdf in (
        (
            distributions.negative_binomial_quantile(q, size, p),
            lambda n: distributions.negative_binomial_cdf(n, size, p),
        ),
        (distributions.binomial_quantile(q, 80, p), lambda n: distributions.binomial_cdf(n, 80, p)),
    ):
        reaches: Callable[[int], float] = cdf
        assert reaches(k) >= q
        assert k == 0 or reaches(k - 1) < q


def test_below_zero_nothing_has_happened() -> None:
    assert distributions.binomial_cdf(-1, 5, 0.5) == distributions.negative_binomial_cdf(-1, 2, 0.5) == 0
    assert distributions.binomial_sf(-1, 5, 0.5) == distributions.negative_binomial_sf(-1, 2, 0.5) == 1
    assert distributions.binomial_sf(5, 5, 0.5) == distributions.gamma_cdf(-3, 2, 1) == 0
    with pytest.raises(ValueError, match="quantile of a count"):
        distributions.binomial_quantile(1.0, 5, 0.5)


@given(st.integers(0, 5000), st.integers(0, 5000), st.floats(0.5, 0.999))
def test_wilson_lies_within_0_and_1_and_holds_the_rate(k: int, more: int, level: float) -> None:
    low, high = distributions.wilson(k, k + more, level)
    assert 0 <= low <= high <= 1
    if k + more:
        assert low <= k / (k + more) <= high


@given(st.integers(0, 200), st.integers(1, 200))
def test_exact_limits_agree_with_the_oracle(k: int, more: int) -> None:
    n = k + more
    exact = oracle.binomtest(k, n).proportion_ci(method="exact")
    assert distributions.clopper_pearson(k, n) == pytest.approx((exact.low, exact.high), abs=1e-9)
    assert distributions.wilson(k, n) == pytest.approx(
        tuple(oracle.binomtest(k, n).proportion_ci(method="wilson")), abs=1e-9
    )
    low, high = distributions.garwood(k)
    assert high == pytest.approx(oracle.gamma.ppf(0.975, k + 1))
    assert low == pytest.approx(oracle.gamma.ppf(0.025, k) if k else 0.0)


def test_no_trials_is_unknown_not_0() -> None:
    assert distributions.rate(0, 0) is None
    assert distributions.wilson(0, 0) == distributions.clopper_pearson(0, 0) == (0, 1)
    assert distributions.newcombe(0, 0, 3, 5) == (-1, 1)
    nothing = distributions.rate(0, 20)
    assert nothing is not None
    assert nothing.low == 0 < nothing.high


def test_impossible_counts_say_what_to_do() -> None:
    with pytest.raises(ValueError, match="5 of 3 is no proportion"):
        distributions.wilson(5, 3)
    with pytest.raises(ValueError, match="counts start at 0"):
        distributions.garwood(-1)


@given(st.integers(0, 50), st.integers(1, 50), st.integers(0, 50), st.integers(1, 50))
def test_newcombe_turns_round_with_the_groups(k1: int, m1: int, k2: int, m2: int) -> None:
    low, high = distributions.newcombe(k1, k1 + m1, k2, k2 + m2)
    assert low <= k1 / (k1 + m1) - k2 / (k2 + m2) <= high
    assert distributions.newcombe(k2, k2 + m2, k1, k1 + m1) == pytest.approx((-high, -low), abs=1e-12)


@pytest.mark.parametrize(
    ("low", "high", "good", "says"),
    [
        (2.6, 3.0, "above", "pass"),
        (2.4, 2.6, "above", "unclear"),
        (2.1, 2.4, "above", "fail"),
        (2.5, 2.5, "above", "pass"),
        (2.6, 3.0, "below", "fail"),
        (2.1, 2.4, "below", "pass"),
        (-math.inf, math.inf, "below", "unclear"),
    ],
)
def test_verdict_has_three_states(low: float, high: float, good: distributions.Side, says: str) -> None:
    assert distributions.verdict(low, high, 2.5, good) == says


@given(st.lists(st.floats(0, 1), max_size=20))
def test_benjamini_hochberg_agrees_with_the_oracle(p_values: list[float]) -> None:
    adjusted = distributions.benjamini_hochberg(p_values)
    assert adjusted == pytest.approx(tuple(oracle.false_discovery_control(p_values)) if p_values else ())
    assert all(q >= p - 1e-12 for p, q in zip(p_values, adjusted, strict=True))


@given(st.integers(1, 25), st.integers(1, 25), st.integers(1, 25), st.integers(1, 25))
def test_probability_greater_agrees_with_millers_closed_form(a1: int, b1: int, a2: int, b2: int) -> None:
    closed = sum(
        math.exp(
            special.betaln(a1 + i, b1 + b2)
            - math.log(b2 + i)
            - special.betaln(1 + i, b2)
            - special.betaln(a1, b1)
        )
        for i in range(a2)
    )
    assert distributions.probability_greater(a1, b1, a2, b2) == pytest.approx(closed, abs=1e-9)


@given(st.floats(0.05, 900), st.floats(0.05, 900), st.floats(0.05, 900), st.floats(0.05, 900))
def test_one_of_two_rates_is_the_greater(a1: float, b1: float, a2: float, b2: float) -> None:
    there, back = (
        distributions.probability_greater(a1, b1, a2, b2),
        distributions.probability_greater(a2, b2, a1, b1),
    )
    assert there + back == pytest.approx(1.0, abs=1e-6)


def test_student_interval_needs_two_values() -> None:
    assert distributions.student_interval([]) is None
    assert distributions.student_interval([3.0]) is None
    assert distributions.student_interval([2.0, 2.0]) == (2.0, 2.0)
    assert distributions.standard_deviation([4.0]) == 0
