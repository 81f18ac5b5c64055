import math

import pytest

from core.topics.sales import traffic


def test_cost_per_visitor_states() -> None:
    assert traffic.cost_per_visitor(None, 5).state == traffic.cost_per_visitor(5, None).state == "unknown"
    assert traffic.cost_per_visitor(0, 50).state == "free"
    wasted = traffic.cost_per_visitor(30, 0)
    assert (wasted.state, wasted.value, wasted.high) == ("wasted", None, None)
    assert wasted.low is not None


def test_elasticity_is_believed_only_with_enough_days() -> None:
    assert traffic.elasticity([100], [200]) is None
    assert traffic.elasticity([100, 100], [200, 220]) is None
    assert traffic.elasticity([0, 100], [200, 220]) is None
    two = traffic.elasticity([100, 200], [200, 200])
    assert two is not None
    assert two.value == 0
    assert traffic.believed_elasticity(two) == traffic.believed_elasticity(None) == 0.7
    spend = [100.0 * day for day in range(1, 13)]
    sharp = traffic.elasticity(spend, [50 * math.sqrt(x) * (1.01 if x % 200 else 0.99) for x in spend])
    assert traffic.believed_elasticity(sharp) == pytest.approx(0.5, abs=0.02)
    wild = traffic.Elasticity(3.0, 0.01, 20)
    assert traffic.believed_elasticity(wild) == 1.0
