"""A shop with a handful of days: what they cannot carry is not said."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from core.answers.answer import Answer, Number
from core.exports.kinds.service import Service
from core.exports.kinds.shop_day import ShopDay
from core.language import dates, wording
from core.records.evening import BuyerIdea
from core.records.records import Records
from core.topics.campaigns.month_ahead.forecast import expected
from core.topics.creative import design
from core.topics.customers.findings import of_groups
from core.topics.customers.groups import Group
from core.topics.sales import target
from core.topics.service import service
from tests.topics.tables import MONDAY, SUNDAY, of_rows, shop, told, usual_shop
from tests.topics.writing import Journal

IDEAS: Records[BuyerIdea] = Records(())


def sales_of(days: ShopDay) -> dict[date, float]:
    return dict(zip(days.frame["date"].dt.date, days.frame["gmv"].astype(float), strict=True))


def test_three_days_give_no_chance_of_the_month() -> None:
    answer = told(target.reached(usual_shop(days=3), shop=shop(), today=MONDAY))
    assert "chance" not in answer.verdict.text
    assert answer.verdict.level != "act"
    end = next(one for one in answer.evidence if isinstance(one, Number) and one.name == "Month-end forecast")
    assert (end.low, end.high) == (None, None)
    assert any(limit.startswith("Only 3 days of sales so far") for limit in answer.limits)
    assert not any("eight weeks" in limit for limit in answer.limits)


def test_missing_days_are_told_as_one_run() -> None:
    answer = told(target.reached(usual_shop(days=3), shop=shop(), today=MONDAY))
    assert any(
        "11 days of the month are missing" in limit and "1 Jun–11 Jun" in limit for limit in answer.limits
    )


def test_days_in_a_row_are_one_piece() -> None:
    assert dates.days([date(2026, 6, 2), date(2026, 6, 1)]) == "1 Jun, 2 Jun"
    assert dates.days([date(2026, 6, day) for day in (1, 2, 3, 5)]) == "1 Jun–3 Jun, 5 Jun"


def test_a_month_that_heads_over_its_target_is_not_asked_for_missing_money() -> None:
    days = usual_shop()
    answers = [
        told(target.reached(days, shop=shop(targets={"2026-06": 170_000.0 + 500 * step}), today=MONDAY))
        for step in range(40)
    ]
    asked = [one for answer in answers for finding in answer.findings for one in finding.proposals]
    assert any("missing" in one.text for one in asked)
    assert not any("-¥" in one.text for one in asked)


# ---- said only where it can be carried


def agent_rows(days: int, **rates: tuple[int, int]) -> Service:
    return of_rows(
        Service,
        [
            {"date": SUNDAY - timedelta(days=back), "agent": name, "inquiries": asked, "converted": paid}
            for back in range(days)
            for name, (paid, asked) in rates.items()
        ],
    )


def team(days: int, **rates: tuple[int, int]) -> Answer:
    return asked(agent_rows(days, **rates))


def asked(rows: Service) -> Answer:
    return told(service.team(rows, IDEAS, Journal(MONDAY).past, shop=shop(), today=MONDAY))


def test_a_lucky_week_of_one_agent_teaches_nobody() -> None:
    """Beyond 95 % in one week of six agents happens every other month."""
    early = agent_rows(28, 甲=(8, 20), 乙=(8, 20), 丙=(8, 20)).frame
    lucky = (early["agent"] == "甲") & (early["date"].dt.date > SUNDAY - timedelta(days=7))
    early.loc[early["agent"] == "甲", "converted"] = 7
    early.loc[lucky, "converted"] = 10
    answer = asked(Service(Service.shaped(early)))
    assert not [one.key for one in answer.findings if one.key.startswith("service/above/")]


def test_the_limits_of_a_young_team_name_the_days_there_are() -> None:
    assert any("12 Jun to 14 Jun" in limit for limit in team(3, 甲=(8, 20), 乙=(9, 20)).limits)


def test_a_shop_without_orders_of_last_months_is_not_given_a_range_below_nothing() -> None:
    wild = usual_shop(days=40)
    wild.frame.loc[wild.frame.index % 9 == 0, "gmv"] *= 30
    assert expected(sales_of(wild), shop(targets={}), date(2026, 7, 1), MONDAY) is None


def test_the_month_under_way_heads_where_the_target_step_says() -> None:
    days = usual_shop()
    own = shop(targets={"2026-06": 190_000.0})
    found = expected(sales_of(days), own, date(2026, 6, 1), MONDAY)
    end = next(
        one
        for one in told(target.reached(days, shop=own, today=MONDAY)).evidence
        if isinstance(one, Number) and one.name == "Month-end forecast"
    )
    assert found is not None
    assert found.total == end.value


def test_nothing_to_look_at_is_not_called_in_order() -> None:
    empty: Records[Any] = Records(())
    answer = told(design.pictures(empty, empty, empty, empty, shop=shop(), today=MONDAY))
    assert "in order" not in answer.verdict.text


def test_a_group_too_small_to_split_is_written_to_as_a_whole() -> None:
    small, large = (Group("twice", "x", "y", "z", size, 40.0, 300.0, None) for size in (46, 900))
    for group, words in (
        (small, "Too few for a hold-out group: write to all"),
        (large, "Send nothing to 90 of them"),
    ):
        found = of_groups([group], MONDAY)[0]
        assert words in wording.text(found.proposals[0].text)
        assert "—" not in wording.text(found.text)
