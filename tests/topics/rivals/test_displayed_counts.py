import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats as oracle

from core.statistics.distributions import Interval
from core.topics.rivals import displayed_counts


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("2.0万+", 20000, 20999),
        ("1万+人付款", 10000, 19999),
        ("100+", 100, 199),
        ("1500+", 1500, 1599),
        ("12万+", 120_000, 129_999),
        ("87人付款", 87, 87),
        ("1,234", 1234, 1234),
        ("月销 2.35万", 23500, 23599),
        ("3千+", 3000, 3999),
        ("0", 0, 0),
        ("1.5", 1, 1),
    ],
)
def test_a_displayed_count_is_a_floor(text: str, low: int, high: int) -> None:
    assert displayed_counts.displayed_count(text) == (low, high)


@pytest.mark.parametrize("text", ["", "暂无", "-"])
def test_what_cannot_be_read_is_unknown(text: str) -> None:
    assert displayed_counts.displayed_count(text) is None


@given(st.text(max_size=30))
def test_any_text_is_survived(text: str) -> None:
    found = displayed_counts.displayed_count(text)
    assert found is None or 0 <= found.low <= found.high
    assert 0 <= displayed_counts.bigram_dice(text, text[::-1]) <= 1


bounds = st.tuples(st.floats(0, 1e6), st.floats(0, 1e6)).map(lambda ends: Interval(min(ends), max(ends)))
inside = st.floats(0, 1)


@given(bounds, bounds, inside, inside)
def test_interval_arithmetic_holds_the_truth(one: Interval, two: Interval, u: float, v: float) -> None:
    x, y = one.low + u * (one.high - one.low), two.low + v * (two.high - two.low)
    product, change = displayed_counts.product_range(one, two), displayed_counts.net_change(one, two)
    assert product.low - 1e-6 <= x * y <= product.high * (1 + 1e-12) + 1e-6
    assert change.low - 1e-6 <= max(0.0, y - x) <= change.high + 1e-6


def test_contradicting_ranges_leave_nothing() -> None:
    assert displayed_counts.intersect([Interval(0, 5), Interval(3, 9)]) == (3, 5)
    assert displayed_counts.intersect([Interval(0, 2), Interval(3, 9)]) is None
    assert displayed_counts.intersect([]) is None
    assert displayed_counts.gap_range(140, Interval(154, 174)) == (14, 34)


def test_dice_is_blind_to_order_of_words_but_not_to_words() -> None:
    assert displayed_counts.bigram_dice("连衣裙", "连衣裙") == 1
    assert displayed_counts.bigram_dice("连衣 裙A", "连衣裙a") == 1
    assert displayed_counts.bigram_dice("裙", "裙") == 0


def test_small_price_moves_are_ignored() -> None:
    assert not displayed_counts.price_moved(Interval(100, 200), Interval(100.5, 200))
    assert displayed_counts.price_moved(Interval(100, 200), Interval(100, 190))
    assert not displayed_counts.price_moved(Interval(0, 0), Interval(0, 0))


@given(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12), st.integers(0, 12))
def test_fisher_agrees_with_the_oracle(a: int, b: int, c: int, d: int) -> None:
    exact = oracle.fisher_exact(np.array([[a, b], [c, d]])).pvalue if a + b and c + d else 1.0
    assert displayed_counts.fisher_exact(a, a + b, c, c + d) == pytest.approx(exact, abs=1e-9)


def test_holding_is_not_falling_back() -> None:
    held = displayed_counts.hold_rate(9, 10, 8, 10)
    assert held is not None
    assert not held.fell_back
    assert displayed_counts.hold_rate(0, 0, 2, 10) is None


def test_season_statuses() -> None:
    assert displayed_counts.season_status(None, 0, sells=None) == "unknown"
    assert displayed_counts.season_status(2, 20, sells=True) == "unknown"
    assert displayed_counts.season_status(5, 3, sells=True) == "unknown"
    assert displayed_counts.season_status(5, 9, sells=None) == "unknown"


@pytest.mark.parametrize(
    ("peers", "decision"),
    [
        (["selling", "selling", "not selling"], "list now"),
        (["selling", "not selling"], "watch"),
        (["not selling", "unknown"], "wait"),
        (["not listed", "not listed"], "wait"),
        (["unknown", "unknown"], "unknown"),
        ([], "unknown"),
    ],
)
def test_season_call(peers: list[displayed_counts.SeasonStatus], decision: str) -> None:
    assert displayed_counts.season_call(peers).decision == decision
