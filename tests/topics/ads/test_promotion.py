"""Buying traffic: no yuan more than the next one earns, none for what runs out, none into a failing page."""

from __future__ import annotations

from datetime import timedelta

from core.answers.answer import Answer
from core.exports.kinds.ads import Ads
from core.exports.kinds.items import Items
from core.exports.kinds.shop_day import ShopDay
from core.exports.kinds.stock import Stock
from core.records.records import Records
from core.records.team import PromotionPlan
from core.shop.settings import Item
from core.topics.ads import promotion
from tests.topics.recorded import typed
from tests.topics.tables import MONDAY, SUNDAY, WOBBLE, of_rows, shop, told_by, usual_shop

traffic = told_by(promotion.traffic)
NO_PLANS: Records[PromotionPlan] = Records()
SCENE = "关键词推广"


def adverts(days: int = 40, **gmv: float) -> Ads:
    """Return 100 yuan a day on each item, bringing so much GMV in orders of 100 yuan."""
    rows: list[dict[str, object]] = []
    for back in range(days, 0, -1):
        for item, sold in gmv.items():
            cost = 100 * (1 + WOBBLE[back % 11])
            rows.append(
                {
                    "date": MONDAY - timedelta(days=back),
                    "report": "item",
                    "scene": SCENE,
                    "item": item,
                    "item_title": item,
                    "impressions": 2000,
                    "clicks": 80,
                    "cost": cost,
                    "orders": sold / 100,
                    "gmv": sold * (1 + WOBBLE[(back * 3) % 11]),
                }
            )
    return of_rows(Ads, rows)


def asked(
    ads: Ads | None = None,
    plans: Records[PromotionPlan] = NO_PLANS,
    days: ShopDay | None = None,
    sold: Items | None = None,
    stock: Stock | None = None,
    **settings: object,
) -> Answer:
    own = shop(**{"margin": 0.5, "refund_rate": 0.0, **settings})
    shop_days = days or usual_shop()
    return traffic(shop_days, plans, ads=ads, items=sold, stock=stock, shop=own, today=MONDAY)


def keys(answer: Answer) -> list[str]:
    return [one.key for one in answer.findings]


def test_ads_around_break_even_are_left_alone() -> None:
    """ROI 2.9 against 2.0: the average earns, the next yuan about breaks even: no call."""
    answer = asked(adverts(a=290))
    assert not any(key.startswith(("promotion/more", "promotion/less")) for key in keys(answer))
    assert answer.verdict.level == "good"


def test_few_orders_are_never_judged() -> None:
    answer = asked(adverts(days=5, a=500))
    assert not any(key.startswith("promotion/more") for key in keys(answer))


def test_an_average_that_earns_may_still_lose_at_the_margin() -> None:
    less = next(one for one in asked(adverts(a=205)).findings if one.key.startswith("promotion/less"))
    assert "but the last part spent only" in less.text
    assert less.proposals[0].direction == "down"


def test_more_is_proposed_where_the_next_yuan_likely_pays_and_never_beyond_a_third() -> None:
    answer = asked(adverts(a=700))
    more = next(one for one in answer.findings if one.key.startswith("promotion/more"))
    assert "Buy more" in more.text
    assert "¥30 a day" in more.text


def test_nothing_more_goes_into_a_failing_page() -> None:
    days = usual_shop(bounce_rate=0.76)
    answer = asked(adverts(a=700), days=days)
    more = next(one for one in answer.findings if one.key.startswith("promotion/more"))
    assert more.level == "info"
    assert not more.proposals
    assert "Fix the page first" in answer.verdict.text


def test_nothing_more_is_bought_for_an_item_about_to_be_sold_out() -> None:
    sold = of_rows(
        Items,
        [
            {
                "date": MONDAY - timedelta(days=back), "item": "a", "title": "a", "units": 10, "gmv": 1000,
                "visitors": 300, "buyers": 10, "search_visitors": 90,
            }
            for back in range(40, 0, -1)
        ],
    )  # fmt: skip
    left = of_rows(Stock, [{"date": SUNDAY, "item": "a", "title": "a", "sku": "1", "on_hand": 15}])
    answer = asked(adverts(a=700), sold=sold, stock=left, lead_days=10.0, items=(Item(id="a"),))
    assert "promotion/scarce/a" in keys(answer)
    assert not any(key.startswith("promotion/more") for key in keys(answer))


def test_without_a_margin_nothing_is_worth_buying() -> None:
    answer = traffic(usual_shop(), NO_PLANS, ads=adverts(a=700), shop=shop(), today=MONDAY)
    assert not any(key.startswith("promotion/more") for key in keys(answer))
    assert any("Without a margin" in limit for limit in answer.limits)


def test_what_is_missing_to_the_target_is_counted_in_visitors() -> None:
    answer = asked(adverts(a=290), targets={"2026-06": 230_000.0})
    assert "visitors a day" in answer.verdict.text
    assert answer.verdict.level == "watch"


def test_promotion_is_asked_first() -> None:
    assert "promotion/first" in keys(asked(adverts(a=290)))
    agreed = typed((MONDAY, PromotionPlan(channel="站外", budget=100.0, visitors=60)))
    assert "promotion/first" not in keys(asked(adverts(a=290), agreed))


def test_a_proposal_is_held_against_what_a_further_visitor_costs() -> None:
    hopeful = typed((MONDAY, PromotionPlan(channel="站外", budget=100.0, visitors=900)))
    assert any(
        "in this shop, so the proposal expects too many visitors." in one.text
        for one in asked(adverts(a=290), hopeful).findings
    )
    dear = typed((MONDAY, PromotionPlan(channel="站外", budget=900.0, visitors=90)))
    assert any(
        "An additional visitor costs ¥1.79–¥1.79 in this shop, so it is too expensive." in one.text
        for one in asked(adverts(a=290), dear).findings
    )
