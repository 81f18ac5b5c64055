"""The profit tables: the lines of a month, and items whose lines add up to the shop's."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from core.exports.kinds.ads import Ads
from core.exports.kinds.items import Items
from core.exports.kinds.refunds import Refunds
from core.exports.kinds.shop_day import ShopDay
from core.shop.settings import Item, MoneySettings, Shop
from core.tables.profit import by_item, by_period
from core.tables.span import By, span
from core.tables.table import ShopTable
from tests.measures.test_net_sales import TODAY, morning
from tests.topics.tables import of_rows

FULL = MoneySettings(0.006, 0.05, 0.005, 4.0, 1.0, "shipped", 3.0, 0.03, 30_000.0)
SHOP = Shop("x", items=(Item("a", "Coat", cost=40.0), Item("b", "Hat", margin=0.6)), margin=0.5, money=FULL)
LINES = ("goods", "fees", "parcels", "ads", "commission", "fixed")


def sheets() -> dict[str, Any]:
    days, back = morning()
    days["ads_keyword"], days["taoke_fee"] = 1500.0, 200.0
    back["item"] = ["a" if n % 3 else "b" for n in range(len(back))]
    goods, spent = [], []
    for n in range(60, 0, -1):
        day = TODAY - timedelta(days=n)
        goods += [
            {"date": day, "item": "a", "title": "Coat", "gmv": 12_000.0, "units": 130.0, "buyers": 120.0},
            {"date": day, "item": "b", "title": "Hat", "gmv": 7_000.0, "units": 75.0, "buyers": 70.0},
        ]
        spent.append({"date": day, "report": "item", "item": "a", "scene": "关键词", "cost": 900.0})
    return {
        "days": ShopDay(days),
        "refunds": Refunds(back),
        "items": of_rows(Items, goods),
        "ads": of_rows(Ads, spent),
    }


def numbers(found: ShopTable, name: str) -> list[Any]:
    return list(found.column(name))


def table(by: By, shop: Shop = SHOP, **more: Any) -> ShopTable:
    whole = span(date(2026, 10, 1), date(2026, 11, 15), by)
    return by_period(**{**sheets(), **more}, shop=shop, span=whole, today=TODAY)


def test_the_lines_of_each_period_add_up_to_its_profit() -> None:
    found = table("month")
    assert found.column("period") == ["2026-10", "2026-11"]
    for n in range(2):
        cells: dict[str, Any] = {
            column.id: row for column, row in zip(found.columns, found.rows[n], strict=True)
        }
        taken = sum(cells[name] for name in LINES)
        net = cells["paid"] - cells["refunds_known"] - cells["refunds_to_come"]
        assert cells["net_sales"] == pytest.approx(net)
        assert cells["profit"] == pytest.approx(net - taken)
    assert found.column("state")[0] == "nearly all refunds are in"
    assert table("day").column("paid")[-1] == 20_000.0


def test_months_are_the_sum_of_their_days() -> None:
    days, months = table("day"), table("month")
    for name in ("paid", "net_sales", "ads", "fixed"):
        assert sum(numbers(days, name)) == pytest.approx(sum(numbers(months, name)))


def test_items_and_what_is_left_over_add_up_to_the_shop_to_the_fen() -> None:
    whole = span(date(2026, 11, 1), date(2026, 11, 15), "month")
    items = by_item(**sheets(), shop=SHOP, span=whole, today=TODAY)
    shop = by_period(**sheets(), shop=SHOP, span=whole, today=TODAY)
    assert items.column("item") == ["Coat", "Hat", "not allocated"]
    for name in ("paid", "net_sales", "profit", *LINES):
        assert sum(numbers(items, name)) == pytest.approx(sum(numbers(shop, name)), abs=0.01), name
    coat, hat, _ = numbers(items, "ads")
    assert coat > 15 * 900 > hat


def test_what_is_not_set_is_named_and_its_column_left_out() -> None:
    bare = table("month", SHOP._replace(money=MoneySettings()))
    assert "parcels" not in [column.id for column in bare.columns]
    assert "fixed" not in [column.id for column in bare.columns]
    assert any("parcels (ship)" in note for note in bare.notes)
    none = table("month", Shop("x"), items=None)
    assert "profit" not in [column.id for column in none.columns]
    assert none.column("ad_share")[0] is not None


def test_without_a_refund_list_the_state_says_by_rate() -> None:
    found = table("month", SHOP._replace(refund_rate=0.3), refunds=None)
    assert found.column("state") == ["calculated by rate", "calculated by rate"]
    assert "net_low" not in [column.id for column in found.columns]
    assert any("rate in the settings" in note for note in found.notes)
    nothing = span(date(2026, 11, 1), date(2026, 11, 15), "month")
    assert by_period(shop=SHOP, span=nothing, today=TODAY).rows == ()
    assert by_item(shop=SHOP, span=nothing, today=TODAY).rows == ()
