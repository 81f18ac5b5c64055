import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.measures.order_value import OrderValue
from core.statistics import priors
from core.statistics.priors import BetaPrior
from core.topics.ads import bids
from core.topics.creative import picture_tests

PRIOR = BetaPrior(0.03, 100.0)
DRESS = OrderValue(200.0, 130.0)


def test_three_clicks_say_nothing() -> None:
    found = bids.judge_keyword(3, 0, 4.8, PRIOR, DRESS)
    assert found.decision == "observe"
    assert found.more_clicks == 96
    assert found.rate == pytest.approx(0.0291, abs=1e-4)


def test_no_clicks_leave_the_prior() -> None:
    found = bids.judge_keyword(0, 0, 0, PRIOR, DRESS)
    assert found.raw is found.cpc is found.chance_good is None
    assert found.rate == pytest.approx(0.03)
    assert found.decision == "observe"


def test_without_a_margin_there_is_no_money_verdict() -> None:
    found = bids.judge_keyword(300, 9, 480, PRIOR, None)
    assert found.decision is None
    assert found.max_cpc is found.target_cpc is found.next_cpc is None
    assert found.raw == 0.03


def test_clicks_without_cost_get_no_money_verdict() -> None:
    found = bids.judge_keyword(300, 9, None, PRIOR, DRESS)
    assert found.cpc is None
    assert found.decision is None


def test_delete_needs_certainty_clicks_and_maturity() -> None:
    hopeless = bids.judge_keyword(900, 3, 1440, PRIOR, DRESS)
    assert hopeless.decision == "delete"
    assert hopeless.next_cpc is None
    young = bids.judge_keyword(900, 3, 1440, PRIOR, DRESS, mature=False)
    assert young.decision == "lower"
    dear = bids.judge_keyword(100, 0, 300, PRIOR, DRESS)
    assert dear.decision in {"lower", "delete"}


def test_the_first_slot_is_not_raised() -> None:
    assert bids.judge_keyword(160, 7, 256, PRIOR, DRESS).decision == "raise"
    assert bids.judge_keyword(160, 7, 256, PRIOR, DRESS, at_top=True).decision == "keep"


def test_more_orders_than_clicks_are_rates_not_proportions() -> None:
    found = bids.judge_keyword(70, 90, 70, PRIOR, DRESS)
    assert found.rate == pytest.approx(93 / 170)
    assert found.decision == "raise"


def test_no_margin_left_means_no_break_even() -> None:
    assert OrderValue(200.0, 200.0).break_even_roi is None
    found = bids.judge_keyword(100, 3, 160, PRIOR, OrderValue(200.0, 200.0))
    assert found.chance_good is None
    assert found.target_cpc == 0


@given(st.integers(0, 500), st.integers(0, 500), st.floats(0.05, 20))
def test_the_price_moves_a_fifth_at_most_and_never_above_break_even(
    orders: int, more: int, cpc: float
) -> None:
    clicks = orders + more
    found = bids.judge_keyword(clicks, orders, clicks * cpc, PRIOR, DRESS)
    if found.next_cpc is not None and found.max_cpc is not None:
        assert 0.8 * cpc - 1e-9 <= found.next_cpc <= 1.2 * cpc + 1e-9
        if found.decision == "raise":
            assert found.next_cpc <= found.max_cpc
    assert 0 <= found.low <= found.rate <= found.high <= 1


def test_small_parts() -> None:
    assert bids.clicks_to_judge(0.0) is None
    assert bids.shrunk_order_value(0, 0, 200) == 200
    assert bids.shrunk_order_value(3000, 10, 200) == 250
    assert bids.first_cpc(PRIOR, DRESS) == pytest.approx(1.47)


def test_a_prior_says_where_it_comes_from() -> None:
    assert priors.fit_beta_prior([0, 0], [0, 0]) is None
    few = priors.fit_beta_prior([3, 0], [100, 50])
    assert few == (0.02, 100.0, "few groups")
    same = priors.fit_beta_prior([30] * 10, [1000] * 10)
    assert same is not None
    assert (same.origin, same.strength) == ("on the bound", 100.0)
    silent = priors.fit_beta_prior([0] * 10, [50] * 10)
    assert silent is not None
    assert 0 < silent.mean < 0.01
    lone = priors.fit_beta_prior([1], [1])
    assert lone is not None
    assert 0 < lone.mean < 1


def test_an_image_is_judged_by_its_slots() -> None:
    found = picture_tests.coec(300, {"top": 5000, "rest": 8000}, {"top": 0.06, "rest": 0.025})
    assert found.ratio == pytest.approx(0.6)
    assert picture_tests.change_image(found, conversion_is_low=False)
    assert not picture_tests.change_image(found, conversion_is_low=True)
    thin = picture_tests.coec(0, {"top": 100}, {"top": 0.06})
    assert picture_tests.change_image(thin, conversion_is_low=False) is None
    assert picture_tests.coec(0, {}, {}).ratio is None
    assert picture_tests.impressions_per_arm(0.04, 0.04) is None
