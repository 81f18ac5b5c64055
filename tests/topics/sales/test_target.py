"""The month, yesterday, and what was missing or done well."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.answers.answer import Answer, Number, Table
from core.exports.kinds.reviews import Reviews
from core.exports.kinds.shop_day import ShopDay
from core.exports.kinds.stock import Stock
from core.topics.sales import target
from tests.topics.tables import MONDAY, SUNDAY, festival, of_rows, shop, told_by, usual_shop

reached = told_by(target.reached)


def found(answer: Answer, key: str) -> str:
    return next((f"{one.level}: {one.text}" for one in answer.findings if one.key == key), "")


def number(answer: Answer, name: str) -> Number:
    return next(one for one in answer.evidence if isinstance(one, Number) and one.name == name)


def causes(answer: Answer) -> list[str]:
    return [one.key for one in answer.findings if one.key.startswith("target/cause/")]


def test_a_usual_day_names_no_cause() -> None:
    answer = reached(usual_shop(), shop=shop(), today=MONDAY)
    assert causes(answer) == []
    assert found(answer, "target/yesterday").startswith(("info", "good"))


def test_a_day_a_little_short_is_the_usual_swing() -> None:
    days = usual_shop(changes={SUNDAY: {"visitors": 960, "buyers": 28, "gmv": 5600}})
    answer = reached(days, shop=shop(), today=MONDAY)
    assert "inside the usual swing" in found(answer, "target/yesterday")
    assert causes(answer) == []


def test_the_dip_after_a_campaign_is_not_cried_over() -> None:
    calendar = (
        festival(date(2026, 6, 10), multiplier=3.0),
        festival(date(2026, 6, 11), date(2026, 6, 17), 0.7, "after"),
    )
    changes: dict[date, dict[str, float | None]] = {
        date(2026, 6, day): {"visitors": 840, "buyers": 21, "gmv": 4200} for day in range(11, 15)
    }
    answer = reached(usual_shop(changes=changes), shop=shop(calendar=calendar), today=MONDAY)
    assert causes(answer) == []
    assert found(answer, "target/yesterday").startswith(("info", "good"))


def test_more_target_than_the_shop_ever_sold_is_said_as_that() -> None:
    answer = reached(usual_shop(), shop=shop(targets={"2026-06": 260_000.0}), today=MONDAY)
    assert answer.verdict.level == "act"
    assert "Likely missed" in answer.verdict.text
    assert "the plan asks more" in found(answer, "target/yesterday")
    assert causes(answer) == []


def test_a_reachable_month_is_likely_made() -> None:
    answer = reached(usual_shop(), shop=shop(targets={"2026-06": 160_000.0}), today=MONDAY)
    assert answer.verdict.level == "good"
    assert "Likely made (over 99%)" in answer.verdict.text


def test_the_verdict_has_the_figure_and_fits_the_line() -> None:
    for june in (160_000.0, 178_000.0, 181_000.0, 260_000.0):
        text = reached(usual_shop(), shop=shop(targets={"2026-06": june}), today=MONDAY).verdict.text
        assert "¥" in text
        assert len(text) <= 110


def test_the_day_targets_add_up_to_the_month() -> None:
    answer = reached(usual_shop(), shop=shop(targets={"2026-06": 181_003.0}), today=MONDAY)
    course = next(one for one in answer.evidence if isinstance(one, Table) and one.name == "The month by day")
    assert sum(row[1] for row in course.rows if isinstance(row[1], int)) == 181_003


def test_half_the_visitors_is_a_cause_with_a_task() -> None:
    days = usual_shop(changes={SUNDAY: {"visitors": 480, "buyers": 14, "gmv": 2800}})
    answer = reached(days, shop=shop(), today=MONDAY)
    assert "target/cause/traffic" in causes(answer)
    asked = next(one for one in answer.findings if one.key == "target/cause/traffic").proposals[0]
    assert (asked.role, asked.metric, asked.direction, asked.due) == (
        "promotion",
        "visitors",
        "up",
        "2026-06-16",
    )


def test_a_very_good_day_asks_what_was_done() -> None:
    days = usual_shop(changes={SUNDAY: {"visitors": 1700, "buyers": 52, "gmv": 10600}})
    answer = reached(days, shop=shop(), today=MONDAY)
    assert "find out what was done" in found(answer, "target/yesterday")
    assert found(answer, "target/cause/traffic").startswith("good: ")


def test_no_target_is_asked_for_once() -> None:
    answer = reached(usual_shop(), shop=shop(targets={}), today=MONDAY)
    assert answer.verdict.level == "watch"
    assert "no target is set for 2026-06" in answer.verdict.text
    assert answer.findings[0].proposals[0].role == "owner"


def test_yesterday_missing_is_no_zero() -> None:
    days = usual_shop(last=SUNDAY - timedelta(days=1))
    answer = reached(days, shop=shop(), today=MONDAY)
    assert answer.verdict.level == "nodata"
    assert "14 Jun" in answer.verdict.text
    assert "09:00" in answer.limits[0]


def test_an_empty_sheet_says_so() -> None:
    answer = reached(ShopDay(ShopDay.empty()), shop=shop(), today=MONDAY)
    assert answer.verdict.level == "nodata"


def test_a_missing_day_of_the_month_is_listed_not_counted_as_nothing() -> None:
    full = reached(usual_shop(), shop=shop(), today=MONDAY)
    holed = reached(usual_shop(changes={date(2026, 6, 5): {"gmv": None}}), shop=shop(), today=MONDAY)
    assert any("not counted as 0" in limit and "5 Jun" in limit for limit in holed.limits)
    assert not any("not counted as 0" in limit for limit in full.limits)
    sums = [number(answer, "Month to date").reference for answer in (full, holed)]
    assert (sums[1] or 0) < (sums[0] or 0)


def test_the_first_of_a_month_closes_the_last_one() -> None:
    days = usual_shop(last=date(2026, 6, 30))
    answer = reached(days, shop=shop(), today=date(2026, 7, 1))
    assert "The month was missed." in answer.verdict.text or "The month is made." in answer.verdict.text
    assert "the month is over" in found(answer, "target/month")


def test_three_days_of_history_promise_nothing() -> None:
    answer = reached(usual_shop(days=3), shop=shop(), today=MONDAY)
    assert any("every weekday was planned alike" in limit for limit in answer.limits)
    assert causes(answer) == []


def test_a_month_without_any_history_gives_the_run_rate_only() -> None:
    answer = reached(usual_shop(days=1), shop=shop(), today=MONDAY)
    assert "a day needed" in answer.verdict.text
    assert "chance" not in answer.verdict.text


def test_the_market_is_never_guessed() -> None:
    answer = reached(usual_shop(), shop=shop(), today=MONDAY)
    table = next(one for one in answer.evidence if isinstance(one, Table) and one.name == "Cause checklist")
    market = next(row for row in table.rows if row[0] == "Market")
    assert market[1] == "nodata"


REVIEWS = [{"review": f"r{n}", "date": SUNDAY - timedelta(days=n % 35), "stars": 5.0} for n in range(150)]


def test_one_bad_review_more_is_not_a_cause() -> None:
    bad = [
        {"review": "b1", "date": SUNDAY, "stars": 2.0},
        {"review": "b2", "date": SUNDAY - timedelta(days=20), "stars": 1.0},
    ]
    answer = reached(usual_shop(), reviews=of_rows(Reviews, [*REVIEWS, *bad]), shop=shop(), today=MONDAY)
    assert causes(answer) == []


def test_eight_bad_reviews_in_a_week_are() -> None:
    bad = [{"review": f"b{n}", "date": SUNDAY - timedelta(days=n % 6), "stars": 1.0} for n in range(8)]
    answer = reached(usual_shop(), reviews=of_rows(Reviews, [*REVIEWS, *bad]), shop=shop(), today=MONDAY)
    assert causes(answer) == ["target/cause/reviews"]


def test_stock_of_something_that_never_sold_is_not_a_cause() -> None:
    stock = of_rows(Stock, [{"date": SUNDAY, "item": "1", "sku": "a", "on_hand": 9.0}])
    answer = reached(usual_shop(), stock=stock, shop=shop(), today=MONDAY)
    assert causes(answer) == []


@pytest.mark.parametrize("june", [160_000.0, 181_000.0, 260_000.0])
def test_nothing_is_called_significant(june: float) -> None:
    answer = reached(usual_shop(), shop=shop(targets={"2026-06": june}), today=MONDAY)
    words = " ".join([answer.verdict.text, *answer.limits, *(one.text for one in answer.findings)])
    assert "signific" not in words.lower()
    assert "nan" not in words.lower()
