"""What an order leaves: worked examples, and what must hold for any shop."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadSettings
from core.measures.order_value import (
    OrderCosts,
    OrderValue,
    RefundShares,
    mixed,
    order_value,
    typed_refunds,
    value_share,
)
from core.shop.loading import shop_in
from core.shop.settings import Item, MoneySettings, Shop
from core.statistics.priors import BetaPrior
from core.topics.ads.bids import judge_keyword

EXAMPLES = {
    one["name"]: one
    for one in json.loads(
        (Path(__file__).parents[1] / "statistics" / "money_examples.json").read_text(encoding="utf-8")
    )
}
DRESS = OrderValue(
    200.0, 80.0, RefundShares(0.22, 0.33), OrderCosts(0.056, 0.0, 7.5, 2.5, return_cost=5.0, resale_loss=0.03)
)


def example_order(given: dict[str, Any]) -> OrderValue:
    costs = OrderCosts(
        fees=given["f"], commission=given.get("aff", 0.0), ship=given["ship"], insurance=given["ins"],
        insured_when_paid=given.get("ins_on") == "paid", return_cost=given["ret"], resale_loss=given["loss"],
    )  # fmt: skip
    return OrderValue(given["A"], given["C"], RefundShares(given["u"], given["v"]), costs)


@pytest.mark.parametrize("name", [name for name in EXAMPLES if "A" in EXAMPLES[name]["input"]
                                  and name.startswith("V.")])  # fmt: skip
def test_an_order_leaves_what_the_example_says(name: str) -> None:
    order, expected = example_order(EXAMPLES[name]["input"]), EXAMPLES[name]["expected"]
    assert order.refunds.kept == pytest.approx(expected["kept"])
    assert order.value == pytest.approx(expected["value"], abs=1e-6)
    assert order.break_even_roi == (
        None if expected["be_gross"] is None else pytest.approx(expected["be_gross"], abs=1e-6)
    )
    assert order.net_break_even_roi == (
        None if expected["be_net"] is None else pytest.approx(expected["be_net"], abs=1e-6)
    )


def test_margin_and_refunds_alone_hide_a_fifth_of_the_break_even() -> None:
    given, expected = (EXAMPLES["V.old_formula_compare"][part] for part in ("input", "expected"))
    old = 1.0 / (given["margin"] * (1.0 - given["refund_rate"]))
    assert old == pytest.approx(expected["be_gross_old"], abs=1e-6)
    assert DRESS.break_even_roi == pytest.approx(expected["be_gross_new"], abs=1e-6)
    assert DRESS.break_even_roi is not None
    assert 1.0 - old / DRESS.break_even_roi == pytest.approx(expected["share_of_break_even_hidden"], abs=1e-5)


def test_the_highest_price_of_a_click() -> None:
    given, expected = (EXAMPLES["bid.highest_cpc"][part] for part in ("input", "expected"))
    rate = given["orders_per_click"]
    certain = BetaPrior(rate, 1e9)
    found = judge_keyword(1000, 30, 1000.0, certain, DRESS)
    assert found.max_cpc == pytest.approx(expected["break_even_cpc"], abs=1e-4)
    assert found.target_cpc == pytest.approx(expected["bid"], abs=1e-4)


def test_a_word_kept_by_margin_alone_is_lowered_for_what_its_orders_really_leave() -> None:
    given, expected = (EXAMPLES["bid.word_flips"][part] for part in ("input", "expected"))
    rate, cpc = given["orders_per_click"], given["cpc"]
    certain = BetaPrior(rate, 1e9)
    by_margin = OrderValue(given["aov"], given["aov"] - given["value_old"])
    old = judge_keyword(1000, 38, 1000 * cpc, certain, by_margin)
    new = judge_keyword(1000, 38, 1000 * cpc, certain, DRESS)
    assert old.max_cpc is not None
    assert new.max_cpc is not None
    assert old.max_cpc - cpc == pytest.approx(expected["profit_per_click_old"], abs=1e-4)
    assert new.max_cpc - cpc == pytest.approx(expected["profit_per_click_new"], abs=1e-4)
    assert old.chance_good == pytest.approx(1.0)
    assert new.decision in ("lower", "delete")


def test_a_price_after_stacked_discounts() -> None:
    given, expected = (EXAMPLES["price.stacked_discount"][part] for part in ("input", "expected"))
    paid = given["daily_price"] * (1 - given["official_share"]) - given["item_discount"] - given["coupon"]
    order = example_order({**given, "A": paid, "C": given["goods"]})
    assert paid == pytest.approx(expected["paid"])
    assert order.value == pytest.approx(expected["value"], abs=1e-6)
    assert order.net_break_even_roi == pytest.approx(expected["be_net"], abs=1e-6)


shares = st.floats(0.0, 0.45)


@given(st.floats(20, 900), st.floats(0.1, 0.95), shares, shares, st.floats(0.001, 0.05))
def test_more_refunds_never_leave_more(
    paid: float, cost: float, before: float, after: float, more: float
) -> None:
    """While a kept order earns anything at all; the net break-even is never below one."""
    costs = DRESS.costs
    order = OrderValue(paid, cost * paid, RefundShares(before, after), costs)
    if paid * (1 - costs.fees) - order.goods <= costs.ship + costs.insurance:
        return
    assert order._replace(refunds=RefundShares(before + more, after)).value < order.value
    assert order._replace(refunds=RefundShares(before, after + more)).value < order.value
    net = order.net_break_even_roi
    assert net is None or net >= 1.0


@given(st.floats(30, 600), st.floats(0.2, 0.8), st.floats(0.0, 0.7))
def test_without_other_costs_it_is_margin_and_refunds(paid: float, margin: float, rate: float) -> None:
    order = OrderValue(paid, paid * (1 - margin), typed_refunds(rate))
    assert order.value == pytest.approx(paid * margin * (1 - rate))


def test_an_item_s_own_margin_goes_before_its_cost_and_both_before_the_shop_s() -> None:
    items = (Item("a", margin=0.4, cost=70.0), Item("b", cost=70.0), Item("c"))
    shop = Shop("x", margin=0.5, items=items, money=MoneySettings(base_fee=0.0))
    left = {}
    for item in ("a", "b", "c", ""):
        order = order_value(shop, 100.0, item)
        assert order is not None
        left[item] = order.value
    assert left == pytest.approx({"a": 40.0, "b": 30.0, "c": 50.0, "": 50.0})
    assert order_value(shop, None) is order_value(shop, 0.0) is order_value(Shop("x"), 100.0) is None


def test_a_yuan_of_sales_leaves_its_share_of_what_is_kept() -> None:
    shop = Shop("x", margin=0.5, refund_rate=0.1, money=MoneySettings(base_fee=0.01, ship=5.0))
    assert value_share(shop) == pytest.approx(0.9 * 0.49)
    assert value_share(Shop("x")) is None


def test_a_mix_of_goods_weighs_them_by_their_sales() -> None:
    dear, cheap = OrderValue(100.0, 60.0), OrderValue(100.0, 20.0, RefundShares(0.1, 0.2))
    found = mixed([(300.0, dear), (100.0, cheap)], 200.0)
    assert found == OrderValue(200.0, 100.0, RefundShares(0.025, 0.05))
    assert mixed([(0.0, dear)], 200.0) is None


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("category_fee = 5.0", "money: category_fee = 5.0: write a fraction, such as 0.05 for 5%."),
        ("ship = -1.0", "money: ship = -1.0: a cost cannot be negative. Write it in yuan: 7.5."),
        (
            "points = 0.6\ncategory_fee = 0.5",
            "money: the platform fees add up to 1.106 of sales, which is not possible.",
        ),
        ('insurance_on = "sent"', "“sent” is not one of: shipped, paid."),
    ],
)
def test_fees_that_cannot_be_meant_are_one_sentence(line: str, said: str) -> None:
    with pytest.raises(BadSettings) as error:
        shop_in("shop.toml", f'name = "x"\n[money]\n{line}\n'.encode())
    assert said in str(error.value)
