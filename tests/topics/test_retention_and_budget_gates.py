import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats as oracle

from core.measures.order_value import OrderValue
from core.topics.customers import retention
from core.topics.customers.retention import Buyer
from core.topics.evening import budget_gates

DRESS = OrderValue(200.0, 130.0)


def test_repeat_rate_of_nobody_is_unknown() -> None:
    assert retention.repeat_rate([]) == (None, None)
    young = retention.repeat_rate([Buyer(10, None)])
    assert young.mature is None
    assert young.naive == 0
    late = retention.repeat_rate([Buyer(200, 120)])
    assert late.mature is not None
    assert late.mature.value == 0


def test_equal_customers_score_equally() -> None:
    assert retention.scores([5.0] * 6, 3) == (2,) * 6
    assert retention.scores([]) == ()
    assert retention.scores([7.0]) == (3,)


@given(st.lists(st.integers(0, 9).map(float), min_size=1, max_size=40))
def test_scores_follow_the_oracles_ranks(values: list[float]) -> None:
    ranks = oracle.rankdata(values)
    found = retention.scores(values)
    assert found == tuple(-int(-5 * (rank - 0.5) // len(values)) for rank in ranks)
    assert set(found) <= {1, 2, 3, 4, 5}


def test_cost_ratio_without_old_customers_is_unknown() -> None:
    assert retention.cost_ratio(100, 5, 50, 0) is None
    assert retention.cost_ratio(100, 0, 50, 5) is None
    assert retention.cost_ratio(100, 5, 0, 5) is None
    assert retention.new_buyer_value(50, 0.2) == pytest.approx(60)
    assert retention.new_buyer_value(50, None) == 50


def test_budget_gate() -> None:
    assert budget_gates.budget_course(None, 100, 0.5) is None
    assert budget_gates.budget_course(800, 100, 0.0) is None
    lasts = budget_gates.budget_course(800, 400, 0.72)
    assert lasts is not None
    assert not lasts.binding
    early = budget_gates.budget_course(800, 790, 0.72)
    assert early is not None
    assert early.runs_out_hour is None


def test_a_young_return_is_brought_to_its_final_size() -> None:
    assert budget_gates.matured(2.1, 0.7) == pytest.approx(3.0)
    assert budget_gates.matured(2.1, None) is budget_gates.matured(2.1, 0.0) is None


def worth(clicks: float, orders: float, maturity: float = 1.0) -> budget_gates.EveningWorth:
    found = budget_gates.evening_worth(clicks, orders, 1.6, DRESS, maturity=maturity)
    assert found is not None
    return found


def test_no_orders_is_not_a_return_of_0() -> None:
    assert worth(40, 0).roi > 0
    assert not worth(20, 0).enough
    assert worth(260, 9, maturity=0.7).roi > worth(260, 9).roi
    assert budget_gates.evening_worth(40, 0, 0.0, DRESS) is None
    assert budget_gates.evening_worth(40, 0, 1.6, OrderValue(200, 200)) is None


def test_the_first_no_stops() -> None:
    course = budget_gates.budget_course(800, 690, 0.72)
    good = worth(260, 9)
    assert budget_gates.decide_raise(None, None, good, DRESS).stopped_by == "budget unknown"
    assert (
        budget_gates.decide_raise(800, budget_gates.budget_course(800, 300, 0.72), good, DRESS).stopped_by
        == "budget lasts"
    )
    assert budget_gates.decide_raise(800, course, worth(10, 2), DRESS).stopped_by == "no call"
    assert budget_gates.decide_raise(800, course, None, DRESS).stopped_by == "no call"
    assert budget_gates.decide_raise(800, course, worth(260, 3), DRESS).stopped_by == "does not pay"
    assert budget_gates.decide_raise(800, course, good, DRESS, marginal_roi=2.1).stopped_by == "does not pay"
    assert budget_gates.decide_raise(800, course, good, DRESS, can_serve=False).stopped_by == "cannot serve"
    yes = budget_gates.decide_raise(800, course, good, DRESS, marginal_roi=3.1)
    assert yes.stopped_by is None
    assert yes.amount == pytest.approx(158.33, abs=0.01)
    assert yes.expected_profit is not None
    assert yes.expected_profit > 0
    assert (
        budget_gates.decide_raise(500, budget_gates.budget_course(500, 690, 0.72), good, DRESS).amount == 100
    )
