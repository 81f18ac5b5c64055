import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.statistics.priors import BetaPrior
from core.topics.page import page_health
from core.topics.service import agent_comparison
from core.topics.service.agent_comparison import Stratum


def test_ratio_without_buyers_is_unknown() -> None:
    assert page_health.aov_ratio(page_health.Sample(300, 322, 190), page_health.Sample(0, 0, None)) is None
    rough = page_health.aov_ratio(page_health.Sample(300, 322, None), page_health.Sample(20, 238, 60))
    assert rough is not None
    assert rough.assumed
    assert rough.few


def test_bounce_is_widened_by_the_scatter_of_days() -> None:
    assert page_health.bounce_rate(0, 0) is None
    narrow, wide = page_health.bounce_rate(412, 600), page_health.bounce_rate(412, 600, 2.0)
    assert narrow is not None
    assert wide is not None
    assert wide.low < narrow.low < narrow.high < wide.high
    assert page_health.rate_dispersion([50, 50, 50], [100, 100, 100]) == 1
    assert page_health.rate_dispersion([20, 80, 50], [100, 100, 100]) > 10
    assert page_health.rate_dispersion([], []) == page_health.rate_dispersion([0, 0], [5, 5]) == 1


def test_depth_of_one_day_has_no_interval() -> None:
    assert page_health.mean_depth([], []) is None
    assert page_health.mean_depth([250.0], [0.0]) is None
    assert page_health.mean_depth([250.0], [100.0]) == (2.5, None)


def test_pages_per_visitor_are_all_pages_over_all_visitors() -> None:
    """A day of few visitors who look at much is no seventh of the week."""
    found = page_health.mean_depth([250.0] * 6 + [100.0], [100.0] * 6 + [10.0])
    assert found is not None
    value, band = found
    assert value == pytest.approx(1600 / 610)
    assert band is not None
    assert band.low < value < band.high


def test_the_hero_is_pinned_or_most_visited() -> None:
    assert page_health.hero_item({"a": 5, "b": 9}) == "b"
    assert page_health.hero_item({"a": 5, "b": 9}, pinned="a") == "a"
    assert page_health.hero_item({}) is None


@pytest.mark.parametrize(
    ("n", "level", "low", "high"),
    [
        (20, 0.95, 0.208, 0.645),
        (20, 0.998, 0.101, 0.771),
        (60, 0.95, 0.317, 0.568),
        (150, 0.95, 0.367, 0.526),
    ],
)
def test_funnel_of_the_notes(n: int, level: float, low: float, high: float) -> None:
    assert agent_comparison.funnel_limits(0.45, n, level) == pytest.approx((low, high), abs=6e-4)


@example(1, 0.0234375)
@given(st.integers(0, 400), st.floats(0.02, 0.98))
def test_the_funnel_holds_the_team_and_narrows_inwards(n: int, team: float) -> None:
    inner, outer = (
        agent_comparison.funnel_limits(team, n, 0.95),
        agent_comparison.funnel_limits(team, n, 0.998),
    )
    assert 0 <= outer.low <= inner.low <= inner.high <= outer.high <= 1


def test_agents_are_judged_by_shrunk_rates() -> None:
    team = BetaPrior(0.45, 80.0)
    found = agent_comparison.judge_agents({"new": (0, 0), "small": (3, 12), "poor": (10, 120)}, team)
    assert found["new"].raw is None
    assert found["new"].shrunk == pytest.approx(0.45)
    assert found["new"].place == "as the team"
    assert found["small"].few
    assert found["small"].place == "as the team"
    assert found["poor"].place == "talk"
    assert found["poor"].side == "below"


def test_the_team_prior_keeps_the_pooled_line() -> None:
    assert agent_comparison.team_prior([0], [0]) is None
    few = agent_comparison.team_prior([50, 30], [100, 80])
    assert few is not None
    assert few.mean == pytest.approx(80 / 180)
    assert few.strength == 80


def test_a_shift_effect_needs_agents_on_both() -> None:
    assert agent_comparison.shift_effect([Stratum(5, 10, 0, 0)]) is None
    even = agent_comparison.shift_effect(
        [Stratum(20, 50, 40, 100), Stratum(6, 20, 12, 40), Stratum(3, 9, 0, 0)]
    )
    assert even is not None
    assert even.difference == pytest.approx(0)


def test_one_stratum_gives_the_plain_difference() -> None:
    found = agent_comparison.shift_effect([Stratum(30, 100, 45, 100)])
    assert found is not None
    assert found.difference == pytest.approx(-0.15)
    assert found.low < -0.15 < found.high < 0
    # Sato's variance with one stratum of equal arms: (q1 + q0) type terms over 100
    plain = (0.3 * 0.7 + 0.45 * 0.55) / 100
    assert ((found.high - found.low) / 2 / 1.959964) ** 2 == pytest.approx(plain, rel=0.05)


def test_nobody_converting_is_no_difference() -> None:
    found = agent_comparison.shift_effect([Stratum(0, 10, 0, 10)])
    assert found is not None
    assert found == (0, 0, 0)
