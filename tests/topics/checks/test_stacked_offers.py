"""A price that all offers together push below its floor is an act: 烧没宝马."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.language.wording import text
from core.records.market import OfferStack
from core.shop.settings import Item
from core.topics.checks import checks, stacked_offers
from tests.topics.recorded import typed
from tests.topics.tables import MONDAY, shop

SHOP = shop(items=(Item(id="d1", name="碎花裙", cost=80.0), Item(id="d2", name="开衫")))


def stack(item: str = "d1", **fields: float) -> OfferStack:
    return OfferStack(item=item, **{"price": 129.0, **fields})


def told(*offers: OfferStack, day: date = MONDAY) -> list[tuple[str, str]]:
    rows = stacked_offers.newest(typed(*[(day, one) for one in offers]), SHOP, MONDAY)
    return [(one.level, text(one.text)) for one in stacked_offers.findings(rows, SHOP, MONDAY)]


@pytest.mark.parametrize(
    ("offer", "final"),
    [
        (stack(), 129.0),
        (stack(shop_off=10.0), 116.1),
        (stack(shop_off=10.0, coupons=30.0), 86.1),
        (stack(coupons=50.0), 79.0),
    ],
)
def test_the_shop_s_offer_comes_off_first_then_what_is_off_in_yuan(offer: OfferStack, final: float) -> None:
    assert offer.final == pytest.approx(final)


def test_a_price_below_the_cost_is_an_act_and_above_it_nothing() -> None:
    assert told(stack(shop_off=10.0, coupons=30.0)) == []
    [(level, said)] = told(stack(shop_off=20.0, coupons=30.0))
    assert level == "act"
    assert said == (
        "碎花裙 costs only ¥73.20 after all offers, ¥6.80 below its lowest acceptable price of ¥80."
    )


def test_a_floor_that_was_typed_counts_before_the_cost() -> None:
    assert told(stack(floor=130.0))[0][0] == "act"
    assert told(stack(floor=70.0, coupons=50.0)) == []


def test_without_floor_or_cost_nothing_is_judged_and_that_is_said() -> None:
    assert told(stack("d2")) == [
        ("info", "开衫 has neither a lowest price nor a cost, so the price cannot be judged.")
    ]


def test_the_newest_price_counts_and_old_ones_are_forgotten() -> None:
    assert told(stack(coupons=60.0), stack()) == []
    assert told(stack(coupons=60.0), day=MONDAY - timedelta(days=20)) == []


def test_the_daily_check_says_it_first() -> None:
    answer = checks.due(offers=typed((MONDAY, stack(coupons=60.0))), shop=SHOP, today=MONDAY)
    assert answer.verdict.level == "act"
    assert "碎花裙" in text(answer.verdict.text)
    assert any(text(getattr(one, "name", "")) == "Prices after all offers" for one in answer.evidence)
