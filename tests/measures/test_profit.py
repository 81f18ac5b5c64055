"""The profit of days and items: worked examples, and what must hold for any shop."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.exports.kinds.items import Items
from core.exports.kinds.shop_day import ShopDay
from core.measures.net_sales import Net, NetSales
from core.measures.order_value import RefundShares
from core.measures.profit import (
    DailyCosts,
    Line,
    allocated,
    daily_costs,
    goods_kept,
    profit_of,
    share_not_booked,
)
from core.shop.settings import Item, MoneySettings, Shop
from tests.topics.tables import of_rows

EXAMPLES = {
    one["name"]: (one["input"], one["expected"])
    for one in json.loads(
        (Path(__file__).parents[1] / "statistics" / "money_examples.json").read_text(encoding="utf-8")
    )
}
DAY = date(2026, 11, 15)


def known(paid: float, refunded: float, to_come: float) -> NetSales:
    """Return the net sales of one day without any scatter."""
    return NetSales(
        "list", {DAY: paid}, {DAY: refunded}, {DAY: to_come}, {DAY: 0.5}, 0.0, 0.0, 0.0, None, DAY,
        frozenset(),
        np.full((2, 1), to_come), {DAY: 0},
    )  # fmt: skip


def test_the_profit_of_a_day() -> None:
    """82,000 paid, 21,300 refunded, 15,700 still to come: 10,738 stay."""
    given, expected = EXAMPLES["pnl.day"]
    cost = goods_kept(given["units_cost"], 0.0, given["cost_returned"] / given["units_cost"], 0.03)
    assert cost == pytest.approx(expected["goods"])
    rate = (given["refund_known"] + given["refund_to_come"]) / given["paid"]
    money = MoneySettings(
        given["base_fee"], given["category_fee"], given["points"], given["ship"], given["insurance"],
        return_cost=given["return_cost"], resale_loss=0.0, fixed_month=30 * given["fixed_per_day"],
    )  # fmt: skip
    orders = given["ship_orders"] + 0.0
    after = given["returns"] / orders
    before = rate - after
    sent = orders / (1 - before)
    after = given["returns"] / sent
    costs = DailyCosts(
        {DAY: expected["goods"] / (1 - rate)}, {}, {DAY: given["ship_orders"] / (1 - (rate - after))},
        {DAY: given["ads"]}, {DAY: given["affiliate"]},
    )  # fmt: skip
    found = profit_of(
        [DAY], known(given["paid"], given["refund_known"], given["refund_to_come"]), costs,
        RefundShares(rate - after, after), Shop("x", money=money),
    )  # fmt: skip
    assert found is not None
    assert found.net_sales == expected["net_sales"]
    assert found.gross == pytest.approx(expected["gross_profit"])
    assert found.yuan("fees") == pytest.approx(expected["fees"])
    assert found.ad_share == pytest.approx(expected["ads_share_of_net"], abs=1e-6)
    assert (given["ads"] + given["affiliate"]) / given["paid"] == pytest.approx(
        expected["ads_share_of_paid"], abs=1e-5
    )
    assert found.yuan("parcels") == pytest.approx(expected["logistics"], rel=0.02)
    assert found.profit == pytest.approx(expected["net_profit"], rel=0.01)


def test_how_much_of_a_profit_is_not_booked() -> None:
    given, expected = EXAMPLES["pnl.certainty"]
    names = {"by_setting": "setting", "by_rate": "rate"}
    lines = [Line("paid", yuan, names.get(kind, kind)) for _, yuan, kind in given["parts"]]
    assert share_not_booked(lines) == pytest.approx(expected["share_not_exact"], abs=1e-6)


def test_refunds_by_the_day_they_are_finished_flatter_a_festival() -> None:
    given, expected = EXAMPLES["pnl.success_date_trap"]
    ours = known(given["paid"], 0.0, given["paid"] * given["rate"]).day(DAY)
    assert ours is not None
    assert ours.net == pytest.approx(expected["by_payment_date"])
    trap = given["paid"] - given["refund_done_today"]
    assert trap / ours.net - 1 == pytest.approx(expected["overstated"], abs=1e-6)


def test_costs_of_the_shop_are_spread_by_net_sales() -> None:
    given, expected = EXAMPLES["pnl.item_allocation"]
    net = {name: sales for name, sales, _ in given["items"]}
    own = {name: ads for name, _, ads in given["items"]}
    assert list(allocated(own, net, given["shop_level_ads"]).values()) == pytest.approx(expected["ads"])
    assert list(allocated({}, net, given["fixed"]).values()) == pytest.approx(expected["fixed"])


@given(
    st.dictionaries(st.text("abc", min_size=1, max_size=3), st.floats(1, 1e6), min_size=1), st.floats(0, 1e6)
)
def test_what_is_spread_adds_up_to_the_fen(weights: dict[str, float], rest: float) -> None:
    assert sum(allocated({}, weights, rest).values()) == pytest.approx(rest, abs=0.005)


# ---- what a shop has told


def frames(*items: dict[str, object], **day: object) -> DailyCosts:
    days = of_rows(ShopDay, [{"date": DAY, "gmv": 1000.0, "buyers": 10.0, "ads_keyword": 100.0, **day}]).frame
    goods = of_rows(Items, [{"date": DAY, **one} for one in items]).frame if items else None
    return daily_costs(days, goods, None, SHOP)


SHOP = Shop("x", items=(Item("a", cost=40.0), Item("b", margin=0.6)), money=MoneySettings(base_fee=0.0))


def test_goods_cost_what_each_item_says() -> None:
    found = frames({"item": "a", "gmv": 600.0, "units": 6.0}, {"item": "b", "gmv": 400.0, "units": 4.0})
    assert found.goods == {DAY: pytest.approx(6 * 40 + 400 * 0.4)}
    assert found.without_cost == {}


def test_without_the_cost_of_some_goods_there_is_net_sales_and_ad_share_but_no_profit() -> None:
    costs = frames({"item": "a", "gmv": 600.0, "units": 6.0}, {"item": "c", "gmv": 400.0, "units": 4.0})
    assert costs.without_cost == {DAY: 400.0}
    found = profit_of([DAY], known(1000.0, 100.0, 100.0), costs, RefundShares(0.1, 0.1), SHOP)
    assert found is not None
    assert (found.net_sales, found.gross, found.profit) == (800.0, None, None)
    assert found.ad_share == pytest.approx(0.125)
    assert "goods" in found.missing


def test_a_line_whose_setting_is_missing_is_named_and_left_out() -> None:
    costs = frames({"item": "a", "gmv": 1000.0, "units": 10.0})
    found = profit_of([DAY], known(1000.0, 0.0, 0.0), costs, RefundShares(), SHOP)
    assert found is not None
    assert found.missing == (
        "category_fee", "points", "ship", "insurance", "return_cost", "resale_loss", "fixed_month",
        "commission",
    )  # fmt: skip
    assert found.profit == pytest.approx(1000 - 400 - 100)
    taobao = SHOP._replace(platform="taobao")
    fewer = profit_of([DAY], known(1000.0, 0.0, 0.0), costs, RefundShares(), taobao)
    assert fewer is not None
    assert "category_fee" not in fewer.missing


def test_without_the_ad_spend_of_a_day_there_is_no_profit() -> None:
    costs = frames({"item": "a", "gmv": 1000.0, "units": 10.0}, ads_keyword=None)
    found = profit_of([DAY], known(1000.0, 0.0, 0.0), costs, RefundShares(), SHOP)
    assert found is not None
    assert (found.profit, found.ad_share) == (None, None)
    assert found.missing[0] == "ads"


def test_days_whose_net_is_unknown_have_no_profit() -> None:
    costs = frames({"item": "a", "gmv": 1000.0, "units": 10.0})
    assert profit_of([DAY - timedelta(days=1)], known(1.0, 0.0, 0.0), costs, RefundShares(), SHOP) is None


def test_the_chance_of_a_net_target() -> None:
    for name in ("target.day_net", "target.day_net_missed_gross_met"):
        given, expected = EXAMPLES[name]
        one = Net(
            (DAY,), given["paid"], given["paid"] - given["net"], 0.0, 0.0, 0.0, given["sd"], 0.5, "list"
        )
        wanted = expected.get("chance", expected.get("chance_net"))
        assert one.chance(given["target_net"]) == pytest.approx(wanted, abs=1e-6)


def test_open_applications_count_with_the_share_that_succeeds() -> None:
    given, expected = EXAMPLES["rest.open_applications"]
    known_ = given["succeeded"] + given["open_amount"] * given["open_success_share"]
    one = known(given["paid_amount"], known_, given["orders_to_come"] * given["aov_refund"]).day(DAY)
    assert one is not None
    assert (one.known, one.to_come, one.net) == pytest.approx(
        (expected["known"], expected["to_come"], expected["net"])
    )
