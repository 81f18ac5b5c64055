"""The watch of a great day: the hours against the plan, the hour that stood out, the budget."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import pytest

from core.answers.answer import Answer, Number, Table
from core.exports.kinds.hours import Hours
from core.shop.settings import AdSettings
from core.topics.evening import peak_watch
from tests.topics.evenings import days_by_hour, moment
from tests.topics.tables import MONDAY, of_rows, shop, told_by, usual_shop

watch = told_by(peak_watch.hours_so_far)


def today(orders: Sequence[float], spend: float = 100.0) -> Hours:
    """Return 28 days of ten orders an hour (1,000 yuan), and today's whole hours and one just begun."""
    rows: list[dict[str, object]] = [
        {"date": MONDAY, "hour": float(hour), "visitors": 300.0, "buyers": bought, "ordered_buyers": bought,
         "gmv": bought * 100, "ad_cost": spend, "ad_clicks": spend}
        for hour, bought in enumerate([*orders, 0.0])
    ]  # fmt: skip
    both = pd.concat([days_by_hour().frame, of_rows(Hours, rows).frame], ignore_index=True)
    return Hours(Hours.shaped(both))


def asked(
    hours: Hours, clock: str = "14:10", target: float = 24_000.0, budget: float | None = None
) -> Answer:
    settings = shop(
        targets={"2026-06": target * 30} if target else {}, ads=AdSettings(daily_budget=budget), margin=0.5
    )
    days = usual_shop(gmv=24_000.0, buyers=240.0)
    return watch(hours, days, shop=settings, today=MONDAY, now=moment(clock))


def kinds(answer: Answer) -> set[str]:
    return {one.kind for one in answer.findings}


def test_a_usual_day_up_to_two_stands_where_it_should_and_nothing_stands_out() -> None:
    answer = asked(today([10.0] * 14))
    assert answer.verdict.text.startswith("¥14,000")
    assert kinds(answer) == set()
    (ending,) = [piece for piece in answer.evidence if isinstance(piece, Number)]
    assert ending.value == pytest.approx(24_000, rel=0.1)


def test_every_column_of_the_hours_says_what_it_is_called() -> None:
    (table,) = [piece for piece in asked(today([10.0] * 14)).evidence if isinstance(piece, Table)]
    assert [column.id for column in table.columns] == [
        "hour", "visitors", "buyers", "conversion", "gmv", "planned_gmv", "cost",
    ]  # fmt: skip
    hour, visitors, buyers, conversion, gmv, planned, cost = table.rows[9]
    assert (hour, visitors, buyers, gmv, cost) == ("09:00", 300.0, 10.0, 1000.0, 100.0)
    assert conversion == pytest.approx(10 / 300)
    assert planned == pytest.approx(24_000 / 24, rel=0.1)
    assert len(table.rows) == 14


def test_the_hour_that_has_begun_does_not_count() -> None:
    (table,) = [piece for piece in asked(today([10.0] * 15)).evidence if isinstance(piece, Table)]
    assert len(table.rows) == 14


def test_a_day_that_cannot_make_its_target_any_more_asks_for_a_decision_now() -> None:
    answer = asked(today([10.0] * 14), target=60_000.0)
    assert "behind" in kinds(answer)
    assert answer.verdict.level == "watch"
    (found,) = [one for one in answer.findings if one.kind == "behind"]
    assert found.proposals
    assert "behind" not in kinds(asked(today([10.0] * 14), target=25_000.0))


def test_a_day_that_makes_its_target_for_sure_needs_no_further_discount() -> None:
    assert "ahead" in kinds(asked(today([30.0] * 14), target=24_000.0))
    assert "ahead" not in kinds(asked(today([10.0] * 14), target=24_000.0))


def test_a_reached_target_is_said_so() -> None:
    assert "is reached" in asked(today([30.0] * 14), target=24_000.0).verdict.text


def test_an_hour_far_below_or_above_the_day_s_own_pace_is_named_and_a_usual_wobble_is_not() -> None:
    weak = asked(today([10.0] * 12 + [0.0, 10.0]))
    (found,) = [one for one in weak.findings if one.kind == "weak_hour"]
    assert "12:00–13:00: 0 buyers" in found.text
    assert "weak_hour" not in kinds(asked(today([10.0] * 12 + [6.0, 10.0])))
    strong = asked(today([10.0] * 12 + [40.0, 10.0]))
    (found,) = [one for one in strong.findings if one.kind == "strong_hour"]
    assert found.about.clock == "12:00"
    assert "strong_hour" not in kinds(asked(today([10.0] * 12 + [15.0, 10.0])))


def test_a_shop_of_few_orders_is_told_of_no_hour() -> None:
    few = Hours(Hours.shaped(today([10.0] * 14).frame.assign(buyers=lambda f: f["buyers"] / 10)))
    assert not kinds(asked(few)) & {"weak_hour", "strong_hour"}


def test_the_budget_ends_before_midnight_is_used_up_or_lasts() -> None:
    assert "budget_ends" in kinds(asked(today([10.0] * 14), budget=2_000.0))
    text = next(one.text for one in asked(today([10.0] * 14), budget=2_000.0).findings)
    assert "20:00" in text
    assert "budget_gone" in kinds(asked(today([10.0] * 14), budget=1_400.0))
    assert not kinds(asked(today([10.0] * 14), budget=2_400.0)) & {"budget_ends", "budget_gone"}


def test_old_hours_are_called_old() -> None:
    assert "old_hours" in kinds(asked(today([10.0] * 10), clock="14:10"))
    assert "old_hours" not in kinds(asked(today([10.0] * 14), clock="15:20"))


def test_without_an_hour_of_today_it_asks_for_the_export() -> None:
    answer = asked(days_by_hour())
    assert answer.verdict.level == "nodata"
    assert "分时数据" in answer.verdict.text


def test_without_a_target_it_holds_the_day_against_nothing() -> None:
    answer = asked(today([10.0] * 14), target=0.0)
    assert "no target is set" in answer.verdict.text
    assert not kinds(answer) & {"behind", "ahead"}
