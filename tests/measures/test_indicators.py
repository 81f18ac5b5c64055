"""The table of who answers for which figure, and how each stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from core.language.message import Message
from core.language.wording import text
from core.measures.indicators import Indicator, person_for, shop_indicators, table
from core.shop.settings import Person
from tests.topics.tables import SUNDAY, festival, shop, usual_shop

GMV = Indicator(name="GMV", role="operator", aim=100.0, seen=100.0, show="money")


@pytest.mark.parametrize(
    ("given", "state"),
    [
        ({"seen": 100.0}, "reached"),
        ({"seen": 99.9}, "missed"),
        ({"seen": 90.0, "low": 90.0}, "close"),
        ({"seen": 89.9, "low": 90.0}, "missed"),
        ({"seen": 100.0, "lower_is_better": True}, "reached"),
        ({"seen": 100.1, "lower_is_better": True}, "missed"),
        ({"seen": 110.0, "low": 110.0, "lower_is_better": True}, "close"),
        ({"seen": 110.1, "low": 110.0, "lower_is_better": True}, "missed"),
        ({"seen": None}, None),
        ({"aim": None}, None),
    ],
)
def test_an_indicator_is_reached_close_or_missed(given: dict[str, Any], state: str | None) -> None:
    assert replace(GMV, **given).state == state


def test_a_person_answers_for_a_role_else_the_role_itself() -> None:
    own = shop(team=(Person(name="小林", roles=("design",)),))
    assert person_for(own, "design") == "小林"
    assert text(person_for(own, "service")) == "Service"
    assert text(person_for(own, "driver")) == "driver", "a role nobody knows is shown as it is typed"


def test_the_table_shows_each_figure_in_its_own_form() -> None:
    rows = [
        replace(GMV, aim=1200.0, seen=900.0),
        replace(GMV, name="Visitors", role="promotion", aim=1000.0, seen=1500.0, show="count"),
        replace(GMV, name="Conversion", role="design", aim=0.031, seen=None, show="rate"),
        replace(GMV, name="ROI", aim=2.5, seen=2.4, low=2.3, show="ratio"),
    ]
    shown = table(shop(), rows)
    assert [column.id for column in shown.columns] == ["indicator", "who", "aim", "yesterday", "state"]
    rows_shown = [[text(cell) if isinstance(cell, Message) else cell for cell in row] for row in shown.rows]
    assert rows_shown == [
        ["GMV", "Operator", "¥1,200", "¥900", "missed"],
        ["Visitors", "Promotion", "1,000", "1,500", "reached"],
        ["Conversion", "Design", "3.1%", "—", None],
        ["ROI", "Operator", "2.50", "2.40", "close"],
    ]
    assert [(name, text(words)) for name, words in shown.columns[4].words] == [
        ("reached", "reached"),
        ("close", "within the usual range"),
        ("missed", "not reached"),
    ]


def values(refund_amount: float | None = None) -> dict[str, dict[date, float]]:
    frame = usual_shop().frame
    days = [when.date() for when in frame["date"]]
    names = ["visitors", "buyers", "gmv"]
    if refund_amount is not None:
        frame["refund_amount"] = refund_amount
        names.append("refund_amount")
    return {name: dict(zip(days, map(float, frame[name]), strict=True)) for name in names}


def test_the_visitors_asked_for_bring_the_target_at_the_usual_conversion_and_aov() -> None:
    found = {str(text(one.name)): one for one in shop_indicators(shop(), SUNDAY, values(), 12_000.0)}
    assert list(found) == ["Sales", "Visitors", "Conversion", "Order value"]
    conversion, aov, visitors = (found[name].aim for name in ("Conversion", "Order value", "Visitors"))
    assert conversion
    assert aov
    assert visitors == pytest.approx(12_000.0 / (conversion * aov))
    assert found["Sales"].aim == 12_000.0


def test_without_a_target_or_a_usual_no_number_of_visitors_is_asked_for() -> None:
    by_name = {str(text(one.name)): one for one in shop_indicators(shop(), SUNDAY, values(), None)}
    assert by_name["Visitors"].aim is None
    assert by_name["Sales"].aim is None
    campaign = shop(calendar=(festival(SUNDAY),))
    by_name = {str(text(one.name)): one for one in shop_indicators(campaign, SUNDAY, values(), 12_000.0)}
    assert by_name["Visitors"].aim is None
    assert by_name["Conversion"].aim is None


def test_refunds_are_better_when_lower_and_there_only_with_their_export() -> None:
    known = values(refund_amount=300.0)
    known["refund_amount"][SUNDAY] = 900.0
    refunds = shop_indicators(shop(), SUNDAY, known, 6000.0)[-1]
    assert text(refunds.name) == "Refunds"
    assert (refunds.aim, refunds.seen, refunds.state) == (300.0, 900.0, "missed")
    known["refund_amount"][SUNDAY] = 290.0
    assert shop_indicators(shop(), SUNDAY, known, 6000.0)[-1].state == "reached"
    del known["refund_amount"][SUNDAY]
    assert len(shop_indicators(shop(), SUNDAY, known, 6000.0)) == 4
    assert SUNDAY - timedelta(days=1) in known["refund_amount"]
