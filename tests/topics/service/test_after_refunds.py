"""Who sells what stays: agents ranked by sales after refunds, where the file tells their refunds."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.answers.answer import Answer, Table
from core.exports.kinds.service import Service
from core.journal.projections import Past
from core.records.evening import BuyerIdea
from core.records.records import Records
from core.topics.service import service
from core.topics.service.after_refunds import SoldByAgent, sold_by_agent
from tests.topics.tables import MONDAY, SUNDAY, of_rows, shop, told

IDEAS: Records[BuyerIdea] = Records(())


def day(back: int, agent: str, amount: float | None, refunded: float | None) -> dict[str, object]:
    return {
        "date": SUNDAY - timedelta(days=back), "agent": agent, "inquiries": 50.0, "converted": 20.0,
        "amount": amount, "refund_amount": refunded,
    }  # fmt: skip


def asked(*rows: dict[str, object]) -> Answer:
    return told(service.team(of_rows(Service, list(rows)), IDEAS, Past(MONDAY), shop=shop(), today=MONDAY))


def test_the_agent_whose_sales_stay_comes_first_not_the_one_who_sells_most() -> None:
    rows = [
        one for back in range(28) for one in (day(back, "快", 1000.0, 700.0), day(back, "稳", 600.0, 60.0))
    ]
    answer = asked(*rows)
    (table,) = [one for one in answer.evidence if isinstance(one, Table) and "after refunds" in one.name]
    assert [row[0] for row in table.rows] == ["稳", "快"]
    assert table.rows[0][1:4] == (28 * 600, 28 * 60, 28 * 540)
    assert table.rows[0][4] == pytest.approx(540 / 50)
    assert [one for one in answer.limits if "ranked by sales after refunds" in one]


@pytest.mark.parametrize(("back", "counted"), [(27, True), (28, False)])
def test_four_weeks_count(back: int, counted: bool) -> None:  # noqa: FBT001
    frame = of_rows(Service, [day(0, "甲", 100.0, 0.0), day(back, "乙", 900.0, 0.0)]).frame
    found = sold_by_agent(frame, SUNDAY)
    assert found is not None
    assert ("乙" in {one.name for one in found}) == counted


def test_a_file_without_refunds_by_agent_ranks_nobody_and_says_so() -> None:
    answer = asked(*(day(back, "快", 1000.0, None) for back in range(7)))
    assert not [one for one in answer.evidence if isinstance(one, Table) and "after refunds" in one.name]
    assert "The service file has no refunds by agent, so nobody is ranked by sales." in answer.limits


def test_without_sales_nothing_is_said_of_them() -> None:
    answer = asked(*(day(back, "快", None, None) for back in range(7)))
    assert not [one for one in answer.limits if "ranked" in one]


def test_without_an_inquiry_there_is_no_share_of_one() -> None:
    assert SoldByAgent("甲", 100.0, 20.0, 0.0).per_inquiry is None
