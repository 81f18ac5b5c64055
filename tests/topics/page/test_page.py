"""The weekly page check."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.answers.answer import Answer
from core.exports.kinds.items import Items
from core.exports.kinds.shop_day import ShopDay
from core.topics.page import page
from tests.topics.tables import MONDAY, SUNDAY, hero, of_rows, shop, usual_shop


def days(
    bounce: float, *, pages: float = 2800, before: float | None = None, visitors: float = 1000
) -> ShopDay:
    """Four weeks; last week's bounce rate, and before it another where given."""
    rows: list[dict[str, object]] = []
    for back in range(28):
        rate = bounce if back < 7 or before is None else before
        rows.append(
            {
                "date": SUNDAY - timedelta(days=back),
                "visitors": visitors,
                "buyers": visitors * 0.03,
                "gmv": visitors * 0.03 * 310.0,
                "bounce_rate": rate + (back % 3 - 1) * 0.002,
                "pageviews": pages + (back % 4) * 20,
                "old_visitors": visitors * 0.3,
                "new_visitors": visitors * 0.7,
            }
        )
    return of_rows(ShopDay, rows)


def items(aov: float = 200.0, buyers: float = 12.0, other_visitors: float = 100.0) -> Items:
    rows: list[dict[str, object]] = []
    for back in range(28):
        day = SUNDAY - timedelta(days=back)
        rows.append(
            {
                "date": day,
                "item": "1",
                "title": "开衫",
                "visitors": 400.0,
                "buyers": buyers,
                "gmv": buyers * aov,
            }
        )
        rows.append(
            {
                "date": day,
                "item": "2",
                "title": "牛仔裤",
                "visitors": other_visitors,
                "buyers": 5.0,
                "gmv": 500.0,
            }
        )
    return of_rows(Items, rows)


def level(answer: Answer, key: str) -> str:
    return next(one.level for one in answer.findings if one.key == key)


def test_a_page_that_passes_is_left_alone() -> None:
    answer = page.health(days(0.62), items(), shop=shop(), today=MONDAY)
    assert answer.verdict.level == "good"
    assert not [one for one in answer.findings if one.level in ("act", "watch")]
    assert not [one for one in answer.findings if one.proposals]


def test_a_bounce_rate_on_the_line_is_unclear_not_red() -> None:
    answer = page.health(days(0.699, visitors=90), items(), shop=shop(), today=MONDAY)
    assert level(answer, "page/bounce") == "watch"
    assert "unclear" in next(one.text for one in answer.findings if one.key == "page/bounce")


def test_a_page_that_fails_stops_more_traffic() -> None:
    answer = page.health(days(0.76, before=0.66), items(), shop=shop(), today=MONDAY)
    assert answer.verdict.level == "act"
    assert (
        answer.verdict.text == "Page first, not traffic: Bounce rate 76.0% misses 70.0%, worse since 8 Jun."
    )
    asked = next(one for one in answer.findings if one.key == "page/bounce").proposals
    assert [one.role for one in asked] == ["design", "promotion"]


def test_few_hero_buyers_give_no_verdict() -> None:
    answer = page.health(days(0.62), items(buyers=3.0), shop=shop(), today=MONDAY)
    assert level(answer, "page/aov") == "watch"
    assert "under 30 buyers" in next(one.text for one in answer.findings if one.key == "page/aov")


def test_the_hero_is_the_one_the_shop_pinned() -> None:
    pinned = shop(items=(hero("2", "我的牛仔裤"),))
    answer = page.health(days(0.62), items(), shop=pinned, today=MONDAY)
    assert "我的牛仔裤" in next(one.text for one in answer.findings if one.key == "page/aov")


def test_a_hero_nobody_bought_leaves_a_dash_not_a_zero() -> None:
    answer = page.health(days(0.62), items(buyers=0.0), shop=shop(), today=MONDAY)
    assert not [one for one in answer.findings if one.key == "page/aov"]
    assert any("no buyers last week" in limit for limit in answer.limits)


def test_three_days_are_no_week() -> None:
    short = usual_shop(days=3, bounce_rate=0.9)
    assert page.health(short, shop=shop(), today=MONDAY).verdict.level == "nodata"


def test_the_unchanged_mix_is_said_to_explain_nothing() -> None:
    answer = page.health(days(0.76), items(), shop=shop(), today=MONDAY)
    assert any("do not explain a change" in limit for limit in answer.limits)


@pytest.mark.parametrize("bounce", [0.55, 0.65, 0.70, 0.8])
def test_the_sentence_fits_the_line(bounce: float) -> None:
    assert len(page.health(days(bounce), items(), shop=shop(), today=MONDAY).verdict.text) <= 120


def test_the_lines_are_the_shops_own() -> None:
    from core.shop.settings import Thresholds

    own = shop(thresholds=Thresholds(bounce_pass=0.80, bounce_goal=0.78))
    assert page.health(days(0.76), items(), shop=own, today=MONDAY).verdict.level == "good"
    assert date(2026, 1, 1) < MONDAY
