import math

import pytest

from core.topics.sales import traffic


def test_every_source_gets_an_honest_state() -> None:
    history = {
        "search": [820.0, 790, 860, 805, 835, 770],
        "paid": [400.0, 410, 390, 405, 395, 400],
        "young": [50.0, 60],
        "live": [1.0, 2, 0, 3, 1, 2],
        "group": [2.0, 1, 2, 1, 2, 1],
        "empty": [0.0] * 6,
    }
    today = {"search": 500.0, "paid": 402, "young": 70, "live": 9, "group": 5, "empty": 4, "brand new": 30}
    found = traffic.source_changes(history, today)
    states = {name: change.state for name, change in found.sources.items()}
    assert states == {
        "search": "tested",
        "paid": "tested",
        "young": "few days",
        "live": "small",
        "group": "small",
        "empty": "new",
        "brand new": "new",
    }
    search, paid = found.sources["search"], found.sources["paid"]
    assert search.q is not None
    assert paid.q is not None
    assert search.q < 0.10 < paid.q
    assert found.sources["young"].z is None
    assert found.small is not None
    assert found.small.today == 14
    assert found.small.z is not None
    assert found.small.z > 2


def test_nothing_to_test_is_fine() -> None:
    found = traffic.source_changes({}, {"a": 3.0})
    assert found.dispersion == 1.0
    assert found.small is None


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
