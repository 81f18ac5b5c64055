"""What runs out, what is ordered, and above all what is not."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from core.answers.answer import Answer, Table
from core.exports.kinds.items import Items
from core.exports.kinds.stock import Stock
from core.shop.settings import CalendarDay, Item, Shop
from core.topics.stock import stock
from tests.topics.tables import MONDAY, SUNDAY, of_rows, shop

WOBBLE = (0, 2, -1, 1, -2, 0, 1, -1)


def sold(days: int = 35, gaps: dict[str, set[date]] | None = None, **a_day: float) -> Items:
    """So many units of each item a day, a little more or less; nothing on the days of its gap."""
    rows: list[dict[str, object]] = []
    for back in range(days - 1, -1, -1):
        day = SUNDAY - timedelta(days=back)
        for item, usual in a_day.items():
            units = max(0.0, usual + WOBBLE[back % 8]) if usual >= 3 else usual
            units = 0.0 if day in (gaps or {}).get(item, set()) else units
            rows.append({"date": day, "item": item, "title": item, "units": units, "gmv": units * 100})
    return of_rows(Items, rows)


def counted(day: date = SUNDAY, **on_hand: float | None) -> Stock:
    """One SKU an item, as counted on the evening of the day."""
    return of_rows(
        Stock,
        [
            {"date": day, "item": item, "title": item, "sku": f"{item}-1", "on_hand": n}
            for item, n in on_hand.items()
        ],
    )


def asked(answer: Answer, start: str = "stock/") -> list[str]:
    return [one.key for one in answer.findings if one.key.startswith(start) and one.level in ("act", "watch")]


def state(answer: Answer, item: str) -> str:
    table = answer.evidence[0]
    assert isinstance(table, Table)
    return next(str(row[-1]) for row in table.rows if row[0] == item)


def lead(days: float | None, *items: Item, **settings: object) -> Shop:
    return shop(lead_days=days, items=items, **settings)


# ---- left alone


def test_enough_of_everything_is_said_and_nothing_is_asked() -> None:
    answer = stock.cover(counted(coat=400, scarf=300), sold(coat=10, scarf=6), shop=lead(10), today=MONDAY)
    assert answer.verdict.level == "good"
    assert "Nothing to order" in answer.verdict.text
    assert asked(answer) == []


def test_six_left_of_what_nobody_buys_is_no_reorder() -> None:
    answer = stock.cover(counted(blouse=6), sold(blouse=0), shop=lead(10), today=MONDAY)
    assert asked(answer) == []


def test_goods_that_would_come_after_the_season_are_not_ordered() -> None:
    over = Item(id="dress", season_end=MONDAY + timedelta(days=8))
    answer = stock.cover(counted(dress=20), sold(dress=10), shop=lead(10, over), today=MONDAY)
    assert asked(answer) == []
    assert state(answer, "dress") == "season over"
    assert "season" in answer.findings[0].text


def test_a_listing_not_on_sale_is_not_called_slow() -> None:
    answer = stock.cover(counted(coat=400, down=180), sold(coat=10), shop=lead(10), today=MONDAY)
    assert asked(answer) == []
    assert any(one.key == "stock/not_on_sale" and "180" in one.text for one in answer.findings)


def test_a_new_item_with_much_stock_is_not_called_slow() -> None:
    items = sold(coat=10)
    fresh = of_rows(Items, [{"date": SUNDAY, "item": "new", "title": "new", "units": 1.0, "gmv": 100.0}])
    items = Items(pd.concat([items.frame, fresh.frame], ignore_index=True))
    answer = stock.cover(counted(coat=400, new=500), items, shop=lead(10), today=MONDAY)
    assert asked(answer) == []
    assert state(answer, "new") == "too new to judge"


def test_what_is_on_its_way_is_not_ordered_twice() -> None:
    coming = of_rows(
        Stock,
        [{"date": SUNDAY, "item": "coat", "title": "coat", "sku": "1", "on_hand": 60.0, "in_transit": 300.0}],
    )
    answer = stock.cover(coming, sold(coat=10), shop=lead(10), today=MONDAY)
    assert asked(answer) == []


def test_a_festival_in_the_history_orders_nothing() -> None:
    big = CalendarDay(start=SUNDAY - timedelta(days=6), end=SUNDAY - timedelta(days=5), multiplier=6.0)
    items = sold(coat=10)
    frame = items.frame
    frame.loc[frame["date"].dt.date.isin({big.start, big.end}), "units"] = 60.0
    answer = stock.cover(counted(coat=250), items, shop=lead(10, calendar=(big,)), today=MONDAY)
    assert asked(answer) == []
    assert any("big campaign" in limit for limit in answer.limits)


# ---- said


def test_the_hero_with_four_days_and_a_lead_time_of_nine_is_ordered_today() -> None:
    hero = Item(id="jeans", hero=True, lead_days=9, pack=20)
    answer = stock.cover(
        counted(jeans=120, coat=900), sold(jeans=30, coat=10), shop=lead(12, hero), today=MONDAY
    )
    assert answer.verdict.level == "act"
    assert answer.verdict.text.startswith("jeans lasts 4 days, a new order takes 9 days: order ")
    order, slower = answer.findings[0].proposals
    assert (order.role, order.metric, order.item, order.due) == ("supply", "on_hand", "jeans", "2026-06-24")
    assert order.expected is not None
    assert order.expected % 20 == 0
    assert 500 < order.expected < 900
    assert slower.role == "promotion"


def test_sold_out_days_are_no_demand() -> None:
    gone = {SUNDAY - timedelta(days=n) for n in range(10, 20)}
    with_gap = stock.cover(counted(coat=105), sold(gaps={"coat": gone}, coat=10), shop=lead(10), today=MONDAY)
    without = stock.cover(counted(coat=105), sold(coat=10), shop=lead(10), today=MONDAY)
    assert asked(with_gap) == asked(without) == ["stock/order/coat"]
    assert any("Sold-out days do not count" in limit for limit in with_gap.limits)


def test_what_was_sold_since_an_old_count_is_taken_off() -> None:
    old = stock.cover(
        counted(SUNDAY - timedelta(days=7), coat=150), sold(coat=10), shop=lead(6), today=MONDAY
    )
    fresh = stock.cover(counted(coat=150), sold(coat=10), shop=lead(6), today=MONDAY)
    assert asked(fresh) == []
    assert asked(old) == ["stock/order/coat"]


def test_a_lot_of_what_does_not_sell_is_to_be_cleared_with_the_money_in_it() -> None:
    cost = Item(id="shade", cost=46)
    answer = stock.cover(
        counted(shade=412, coat=400), sold(shade=0, coat=10), shop=lead(10, cost), today=MONDAY
    )
    found = next(one for one in answer.findings if one.key == "stock/slow/shade")
    assert "Do not reorder" in found.text
    assert "¥18,952" in found.text


def test_without_a_lead_time_it_asks_and_promises_nothing() -> None:
    answer = stock.cover(counted(coat=40), sold(coat=10), shop=lead(None), today=MONDAY)
    assert answer.verdict.level == "watch"
    assert asked(answer) == ["stock/lead_time"]


def test_a_negative_count_is_an_error_of_the_books() -> None:
    wrong = of_rows(
        Stock,
        [
            {
                "date": SUNDAY,
                "item": "coat",
                "title": "coat",
                "sku": "1",
                "sku_text": "颜色:黑;尺码:M",
                "on_hand": -3.0,
            },
            {"date": SUNDAY, "item": "coat", "title": "coat", "sku": "2", "on_hand": 400.0},
        ],
    )
    answer = stock.cover(wrong, sold(coat=10), shop=lead(10), today=MONDAY)
    assert asked(answer) == ["stock/negative/coat"]
    assert "黑/M" in answer.findings[0].text


def test_sizes_that_are_out_are_named() -> None:
    sizes = of_rows(
        Stock,
        [
            {
                "date": SUNDAY,
                "item": "coat",
                "title": "coat",
                "sku": size,
                "sku_text": f"尺码:{size}",
                "on_hand": n,
            }
            for size, n in (("S", 0.0), ("M", 300.0), ("L", 200.0))
        ],
    )
    answer = stock.cover(sizes, sold(coat=10), shop=lead(10), today=MONDAY)
    assert asked(answer) == ["stock/sizes/coat"]
    assert "S out" in answer.findings[0].text


def test_a_sold_out_item_that_is_asked_for_comes_first() -> None:
    gone = {SUNDAY - timedelta(days=n) for n in range(4)}
    answer = stock.cover(
        counted(coat=0, scarf=400), sold(gaps={"coat": gone}, coat=10, scarf=5), shop=lead(9), today=MONDAY
    )
    assert answer.verdict.level == "act"
    assert "sold out" in answer.verdict.text


def test_a_file_without_figures_is_no_zero() -> None:
    answer = stock.cover(counted(coat=None, scarf=400), sold(coat=10, scarf=5), shop=lead(9), today=MONDAY)
    assert state(answer, "coat") == "not known"
    assert asked(answer) == []


@pytest.mark.parametrize("kind", [Stock, Items])
def test_empty_sheets_say_what_is_missing(kind: type[Stock | Items]) -> None:
    empty_stock = Stock(Stock.empty()) if kind is Stock else counted(coat=5)
    empty_items = Items(Items.empty()) if kind is Items else sold(coat=10)
    answer = stock.cover(empty_stock, empty_items, shop=lead(9), today=MONDAY)
    assert answer.verdict.level == "nodata"
