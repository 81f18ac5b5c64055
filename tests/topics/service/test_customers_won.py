"""What each agent won for our groups, and who answers more buyers than one can."""

from __future__ import annotations

from datetime import timedelta

from core.exports.kinds.service import Service
from core.language.wording import text
from core.records.team import AgentMembers
from core.shop.settings import Thresholds
from core.topics.service import customers_won
from core.topics.service.agents import Agent, desk
from tests.topics.recorded import typed
from tests.topics.tables import MONDAY, of_rows, shop


def agents(a_day: float) -> tuple[Agent, ...]:
    rows = [
        {"date": MONDAY - timedelta(days=n), "agent": "木子", "inquiries": a_day, "converted": a_day / 2}
        for n in range(1, 8)
    ]
    found = desk(of_rows(Service, rows).frame, shop(), MONDAY)
    assert found is not None
    return found.agents


def test_four_weeks_are_summed_by_agent_and_a_day_counts_once() -> None:
    records = typed(
        (MONDAY, AgentMembers(agent="木子", members=3, contacts=1)),
        (MONDAY, AgentMembers(agent="木子", members=4, contacts=1)),
        (MONDAY, AgentMembers(agent="木子", on=MONDAY - timedelta(days=3), members=2)),
        (MONDAY, AgentMembers(agent="阿珂", on=MONDAY - timedelta(days=27), contacts=20)),
        (MONDAY, AgentMembers(agent="阿珂", on=MONDAY - timedelta(days=28), contacts=99)),
    )
    found = customers_won.won(records, shop(), MONDAY)
    assert found == {"阿珂": (1, 0, 20), "木子": (2, 6, 1)}
    [table] = customers_won.table(found, agents(40.0))
    assert table.rows == (("阿珂", 1, 0, 20, 20.0, None), ("木子", 2, 6, 1, 3.5, 40))
    assert customers_won.table({}, ()) == ()


def test_an_agent_at_the_limit_of_what_one_can_serve_is_told() -> None:
    assert customers_won.findings(agents(449.0), shop(), MONDAY) == []
    [said] = customers_won.findings(agents(450.0), shop(), MONDAY)
    assert text(said.text) == "木子 answers 450 buyers a day; one person can serve about 500 well."
    own = shop(thresholds=Thresholds(agent_buyers_a_day=1000))
    assert customers_won.findings(agents(450.0), own, MONDAY) == []
