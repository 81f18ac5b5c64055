"""Whole-site plans: silence, chance, learning, the step test, and what the page recommends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.answers.answer import Finding
from core.exports.kinds.ads import Ads
from core.exports.kinds.items import Items
from core.measures.order_value import RefundShares, ShopRefunds
from core.records.records import Records
from core.records.site_plan import SitePlan
from core.topics.ads.site_plans import findings
from core.topics.ads.site_plans.arithmetic import (
    Side,
    chance_pays,
    spend_without_order,
    step_result,
    target_for,
    verdict,
)
from core.topics.ads.site_plans.plans import ItemPlan, item_plans
from tests.topics.recorded import typed
from tests.topics.tables import MONDAY, festival, of_rows, shop

YESTERDAY = MONDAY - timedelta(days=1)
Day = Mapping[str, float]


HALF = ShopRefunds(RefundShares(0.55), {}, "list")
"""45 % of the orders are kept."""


def earning(value: float, *, kept: float = 0.45) -> float:
    """Return the margin with which an order of 200 yuan leaves so much."""
    return value / kept / 200.0


def ads(days: int, cost: float, orders: float, *, scene: str = "货品全站推广", last: date = YESTERDAY) -> Ads:
    """The same plan every day, after a keyword plan of another item that was there before."""
    rows: list[dict[str, object]] = [
        {"date": last - timedelta(days=59), "report": "item", "scene": "关键词推广", "item": "9", "cost": 1.0}
    ]
    rows += [
        {
            "date": last - timedelta(days=n),
            "report": "item",
            "scene": scene,
            "plan_id": "p1",
            "item": "1",
            "item_title": "风衣",
            "cost": cost,
            "orders": orders,
            "gmv": 200 * orders,
            "clicks": 10.0,
        }
        for n in range(days)
    ]
    return of_rows(Ads, rows)


def sold(before: float, after: float = -1, *, changed: date = YESTERDAY, visitors: float = 300.0) -> Items:
    """An item's buyers a day, before and after a day."""
    return of_rows(
        Items,
        [
            {
                "date": (day := YESTERDAY - timedelta(days=n)),
                "item": "1",
                "title": "风衣",
                "visitors": visitors,
                "buyers": before if day <= changed or after < 0 else after,
                "gmv": 200.0 * (before if day <= changed or after < 0 else after),
            }
            for n in range(60)
        ],
    )


def plans(
    report: Ads, items: Items | None = None, records: Records[SitePlan] | None = None, **settings: object
) -> list[ItemPlan]:
    frame = None if items is None else items.frame
    return item_plans(
        report.frame,
        frame,
        records,
        {"1": "风衣"},
        shop(**{"margin": earning(40.0), **settings}),
        MONDAY,
        HALF,
    )


def said(found: list[ItemPlan], kind: str = "site", **settings: object) -> list[Finding]:
    from core.answers.answer import Answer, Verdict
    from tests.topics.tables import told

    answer = told(Answer(Verdict("info", ""), tuple(findings.of_plans(found, {}, shop(**settings), MONDAY))))
    return [one for one in answer.findings if one.kind == kind]


# ---- left alone


def test_a_keyword_plan_is_not_judged_here() -> None:
    assert plans(ads(20, 50.0, 0.0, scene="关键词推广"), sold(10.0)) == []


def test_a_plan_that_ended_is_not_judged() -> None:
    assert plans(ads(10, 100.0, 0.0, last=YESTERDAY - timedelta(days=12)), sold(10.0)) == []


def test_a_plan_at_break_even_gets_no_call() -> None:
    (one,) = plans(ads(20, 40.0, 1.0), sold(10.0))
    assert findings.state_of(one) == "keep"
    assert said([one]) == []


def test_a_plan_that_learns_is_left_alone_however_little_it_sells() -> None:
    (one,) = plans(ads(6, 60.0, 1.0), sold(10.0))
    assert findings.state_of(one) == "learning"
    assert said([one]) == []


def test_without_a_cost_there_is_no_verdict() -> None:
    found = item_plans(ads(20, 500.0, 0.0).frame, None, None, {}, shop(margin=None), MONDAY)
    assert [findings.state_of(one) for one in found] == ["none"]
    assert said(found) == []


# ---- stopped


def test_money_of_three_orders_without_one_stops_even_a_plan_that_learns() -> None:
    (one,) = plans(ads(2, 90.0, 0.0), sold(10.0))
    (stop,) = said([one])
    assert (stop.level, stop.proposals[0].deed, stop.about.item) == ("act", "stop_plan", "1")
    assert plans(ads(2, 40.0, 0.0), sold(10.0))[0].verdict == "keep"


def test_a_plan_that_surely_does_not_pay_is_stopped_with_its_loss() -> None:
    (one,) = plans(ads(20, 100.0, 1.0), sold(10.0))
    (stop,) = said([one])
    assert stop.level == "watch"
    assert stop.impact is not None
    assert stop.impact.yuan > 0


def test_an_order_that_leaves_nothing_buys_no_traffic() -> None:
    report = ads(20, 10.0, 1.0)
    found = item_plans(
        report.frame,
        None,
        None,
        {"1": "风衣"},
        shop(margin=earning(-1.0, kept=0.4)),
        MONDAY,
        replace(HALF, shop=RefundShares(0.6)),
    )
    assert found[0].verdict == "stop"
    assert "an order earns nothing even without ad spend" in said(found)[0].text


def test_more_plans_have_to_be_surer() -> None:
    one = ads(20, 60.0, 1.0).frame
    alone = item_plans(one, None, None, {}, shop(margin=earning(40.0)), MONDAY, HALF)[0]
    others = [one[one["item"] == "1"].assign(item=str(n)) for n in range(2, 12)]
    import pandas as pd

    many = item_plans(pd.concat([one, *others]), None, None, {}, shop(margin=earning(40.0)), MONDAY, HALF)
    assert alone.chance is not None
    assert (alone.verdict, {plan.verdict for plan in many}) == ("stop", {"keep"})


# ---- more


def test_a_plan_that_pays_is_offered_a_step_test_not_a_raise() -> None:
    (one,) = plans(ads(28, 40.0, 3.0), sold(30.0))
    (more,) = said([one], "site_more")
    assert "Try a step test: target 10% lower or budget 30% higher for 14 days" in more.text
    assert (more.level, more.proposals[0].role) == ("info", "promotion")


def test_no_step_test_begins_with_a_campaign_ahead() -> None:
    (one,) = plans(ads(28, 40.0, 3.0), sold(30.0))
    ahead = festival(MONDAY + timedelta(days=5))
    assert said([one], "site_more", calendar=(ahead,)) == []


def test_an_item_that_sells_little_stands_on_the_board_alone() -> None:
    (one,) = plans(ads(28, 40.0, 3.0), sold(6.0))
    assert findings.state_of(one) == "more"
    assert said([one], "site_more") == []


def test_a_plan_credited_with_nearly_all_sales_says_nothing_by_its_average() -> None:
    (one,) = plans(ads(28, 200.0, 19.0), sold(20.0))
    assert one.average_is_blind
    assert "does not show whether it pays" in said([one], "site_more")[0].text


def settings(*targets: tuple[int, float]) -> Records[SitePlan]:
    """Targets as they were recorded so many days ago."""
    return typed(
        *((MONDAY - timedelta(days=ago), SitePlan(item="1", target=target)) for ago, target in targets)
    )


def test_a_step_is_judged_by_all_orders_of_the_item() -> None:
    changed = MONDAY - timedelta(days=9)
    (one,) = plans(ads(28, 120.0, 6.0), sold(18.0, 18.0, changed=changed), settings((30, 6.0), (9, 5.0)))
    assert one.step is not None
    assert (one.step.orders, one.step.spend) == (0.0, 0.0)
    (kept,) = said([one], "site_step")
    assert "Whether the plan pays cannot be told" in kept.text


def test_a_step_is_judged_by_its_week_without_a_campaign_when_one_followed() -> None:
    """Changed three weeks ago; in the second week after it a festival began."""
    changed = MONDAY - timedelta(days=22)
    sheet, targets = ads(60, 120.0, 6.0), settings((50, 6.0), (22, 5.0))
    began = festival(changed + timedelta(days=8))
    (one,) = plans(sheet, sold(18.0, 26.0, changed=changed), targets, calendar=(began,))
    assert one.step is not None
    assert one.step.orders == 8.0
    (cut_short,) = plans(
        sheet, sold(18.0, changed=changed), targets, calendar=(festival(changed + timedelta(days=7)),)
    )
    assert cut_short.step is None


def test_a_change_of_target_begins_the_learning_phase_anew() -> None:
    assert plans(ads(28, 40.0, 1.0), sold(10.0), settings((30, 6.0), (3, 5.0)))[0].learning
    assert not plans(ads(28, 40.0, 1.0), sold(10.0), settings((30, 6.0), (3, 5.8)))[0].learning


def test_a_recommendation_for_fewer_refunds_than_ours_is_warned_of() -> None:
    seen = typed((MONDAY, SitePlan(item="1", recommended_net=16.64, recommended_total=19.11)))
    (one,) = plans(ads(20, 40.0, 1.0), sold(10.0), seen)
    (warned,) = said([one], "site_target")
    assert "assuming a refund rate of 13%; yours is 55%" in warned.text
    assert "set the target to 2.70 net (6.00 before refunds)" in warned.text


# ---- the arithmetic

POSITIVE = st.floats(0.5, 500.0)


@given(st.integers(0, 50), POSITIVE, POSITIVE)
def test_more_orders_for_the_same_money_are_never_less_likely_to_pay(
    orders: int, spend: float, value: float
) -> None:
    assert 0 <= chance_pays(orders, spend, value) <= chance_pays(orders + 1, spend, value) <= 1
    assert chance_pays(orders, spend + 1, value) <= chance_pays(orders, spend, value) + 1e-12


@given(st.integers(0, 50), POSITIVE, POSITIVE, st.integers(0, 40))
def test_nothing_is_stopped_before_the_money_of_three_orders(
    orders: int, spend: float, value: float, days: int
) -> None:
    if verdict(orders, spend, value, days) == "stop":
        assert spend >= spend_without_order(value)


@given(POSITIVE, POSITIVE, st.floats(0.05, 1.0))
def test_the_net_target_is_never_above_the_total(paid: float, value: float, kept: float) -> None:
    found = target_for(paid, value, kept)
    assert found is not None
    assert found.net <= found.total
    assert target_for(paid, -value, kept) is None


def test_a_step_without_a_change_is_an_even_chance() -> None:
    side = Side(7, 100.0, 700.0)
    assert step_result(side, side, 40.0).chance == pytest.approx(0.5)
