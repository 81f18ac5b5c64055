"""Never an order that no sane operator would follow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

from core.answers.answer import About, Answer, Table
from core.exports.kinds.items import Items
from core.exports.kinds.stock import Stock
from core.shop.settings import Item, Shop
from core.topics.stock.below_cost import below_cost
from tests.topics.stock.test_stock import counted, cover, found, lead, row, sold, state
from tests.topics.tables import MONDAY, SUNDAY, of_rows

OTHER = Item(id="other", hero=True)


def back(days: int) -> date:
    return MONDAY - timedelta(days=days)


def sales(**columns: Sequence[float | None]) -> Items:
    """The coat's days, the last of them Sunday's; a None in ``units`` is a day without a row of it.

    Another item is in the file every day.
    """
    days = len(columns["units"])
    rows: list[dict[str, Any]] = []
    for n in range(days):
        day = back(days - n)
        rows.append(
            {"date": day, "item": "tie", "title": "tie", "units": 5.0, "visitors": 100.0, "gmv": 500.0}
        )
        if columns["units"][n] is not None:
            cells = {name: values[n] for name, values in columns.items()}
            rows.append({"date": day, "item": "coat", "title": "coat", **cells})
    return of_rows(Items, rows)


# ---- below cost


def priced(*prices: float, cost: float | None = 60.0, listed: float | None = None) -> Answer:
    """Ten coats a day at 100 yuan for two weeks, then at these prices; four days of stock."""
    all_prices = [100.0] * 14 + list(prices)
    items = sales(units=[10.0] * len(all_prices), gmv=[10 * one for one in all_prices])
    stock = counted(coat=40, tie=900)
    stock.frame.loc[stock.frame["item"] == "coat", "cost"] = listed
    return cover(stock, items, shop=lead(9, Item(id="coat", cost=cost), OTHER), today=MONDAY)


def test_a_price_typo_is_an_act_and_no_order() -> None:
    answer = priced(10.0)
    (said,) = found(answer, "below_cost")
    assert (said.level, said.about) == ("act", About(item="coat"))
    assert said.text.startswith("coat")
    assert said.impact is not None
    assert (said.impact.yuan, said.impact.per) == (500.0, "day")
    assert not found(answer, "order")


@pytest.mark.parametrize(("price", "said"), [(59.9, 1), (60.0, 0), (100.0, 0)])
def test_at_cost_is_not_below_it(price: float, said: int) -> None:
    answer = priced(price)
    assert len(found(answer, "below_cost")) == said
    assert len(found(answer, "order")) == 1 - said


@pytest.mark.parametrize(("listed", "said"), [(60.0, 1), (None, 0), (9.0, 0)])
def test_the_cost_of_the_stock_list_counts_where_none_is_typed(listed: float | None, said: int) -> None:
    assert len(found(priced(10.0, cost=None, listed=listed), "below_cost")) == said


def test_a_price_put_right_is_no_finding_any_more() -> None:
    assert not found(priced(10.0, 100.0), "below_cost")


def test_it_tells_since_when_and_forgets_what_did_not_sell_for_days() -> None:
    shop_ = lead(9, Item(id="coat", cost=60.0))
    items = sales(units=[5.0, 5.0, 5.0, 5.0], gmv=[500.0, 200.0, 150.0, 100.0])
    one = below_cost(items.frame, None, shop_, MONDAY)["coat"]
    assert (one.day, one.since, one.paid, one.lost) == (SUNDAY, back(3), 20.0, 200.0)
    old = sales(units=[5.0, 5.0, 0.0, 0.0, 0.0], gmv=[500.0, 100.0, 0.0, 0.0, 0.0])
    assert below_cost(old.frame, None, shop_, MONDAY) == {}
    near = sales(units=[5.0, 5.0, 0.0, 0.0], gmv=[500.0, 100.0, 0.0, 0.0])
    assert "coat" in below_cost(near.frame, None, shop_, MONDAY)


# ---- not seen


def seen(*, gone: int, visitors: float = 50.0, on_hand: float = 20.0, zero_rows: bool = False) -> Answer:
    """Five weeks with ten coats a day, then so many days on which nobody saw it."""
    units: list[float | None] = [10.0] * (35 - gone)
    units += [0.0 if zero_rows else None] * gone
    items = sales(units=units, visitors=[visitors] * (35 - gone) + [0.0] * gone, gmv=[1000.0] * 35)
    return cover(counted(coat=on_hand, tie=900), items, shop=lead(9, OTHER), today=MONDAY)


@pytest.mark.parametrize("zero_rows", [False, True])
def test_an_item_that_nobody_sees_is_not_ordered(*, zero_rows: bool) -> None:
    answer = seen(gone=2, zero_rows=zero_rows)
    assert state(answer, "coat") == "hidden"
    (said,) = found(answer, "hidden")
    assert said.text.startswith("coat")
    assert not found(answer, "order")
    assert found(seen(gone=0), "order")
    assert not found(seen(gone=0), "hidden")


def test_a_day_without_a_row_of_a_small_item_is_chance() -> None:
    """Three visitors a day: a day without one comes once in twenty, four once in 160,000."""
    assert not found(seen(gone=1, visitors=3.0), "hidden")
    assert found(seen(gone=4, visitors=3.0), "hidden")


def test_what_is_sold_out_is_taken_off_by_the_platform_and_ordered_until_two_weeks_have_passed() -> None:
    assert found(seen(gone=3, on_hand=0), "order")
    assert not found(seen(gone=15, on_hand=0), "order")


def test_an_item_that_is_listed_again_starts_anew() -> None:
    """Forty a day until four weeks ago; back for four days with three a day."""
    units: Sequence[float | None] = [40.0] * 10 + [None] * 20 + [3.0] * 4
    items = sales(units=units, visitors=[50.0] * 34, gmv=[1000.0] * 34)
    answer = cover(counted(coat=10, tie=900), items, shop=lead(9, OTHER), today=MONDAY)
    assert row(answer, "coat")["a_day"] == pytest.approx(3.0)
    short: list[float | None] = [40.0] * 10 + [None] * 13 + [3.0] * 4
    kept = cover(
        counted(coat=10, tie=900),
        sales(units=short, visitors=[50.0] * 27, gmv=[1000.0] * 27),
        shop=lead(9, OTHER),
        today=MONDAY,
    )
    assert float(row(kept, "coat")["a_day"] or 0) > 3.5


# ---- young items


def test_an_item_of_a_few_days_is_an_estimate_with_its_range_in_the_sentence() -> None:
    young = cover(counted(coat=10), sold(days=8, coat=5), shop=lead(9, OTHER), today=MONDAY)
    (said,) = found(young, "order")
    assert "a day are possible, so the right order is anywhere from" in said.text
    assert "a day are possible, so the right order is anywhere from" in said.text
    old = cover(counted(coat=10), sold(days=14, coat=5), shop=lead(9, OTHER), today=MONDAY)
    assert "a day are possible, so the right order is anywhere from" not in found(old, "order")[0].text


@pytest.mark.parametrize(("days", "level"), [(6, "watch"), (7, "act")])
def test_less_than_a_week_of_sales_never_asks_for_action_at_once(days: int, level: str) -> None:
    answer = cover(counted(coat=10), sold(days=days, coat=10), shop=lead(9, OTHER), today=MONDAY)
    assert found(answer, "order")[0].level == level
    assert answer.verdict.level == level


# ---- many items


def many(n: int) -> Answer:
    """Items from 40 a day down to less than half a one, all with two days of stock."""
    a_day = {f"i{k:03d}": 40.0 / (k + 1) for k in range(n)}
    on_hand: dict[str, float | None] = {item: round(2 * units) + 1.0 for item, units in a_day.items()}
    return cover(counted(SUNDAY, **on_hand), sold(35, None, **a_day), shop=lead(9, OTHER), today=MONDAY)


def test_many_orders_are_told_by_money_and_the_small_ones_in_one_line() -> None:
    answer = many(100)
    single, (rest,) = found(answer, "order"), found(answer, "orders")
    assert [one.about.item for one in single[:3]] == ["i000", "i001", "i002"]
    assert len(single) == 12
    assert rest.text.startswith("88 smaller orders as well, ")
    assert [one.text for one in rest.proposals] == ["Order the 88 smaller items as listed"]
    assert answer.verdict.text.endswith("99 more items to reorder.")
    table = answer.evidence[0]
    assert isinstance(table, Table)
    assert len([cells for cells in table.rows if cells[-1] in ("order", "gone")]) == 100


def test_a_dozen_orders_are_told_one_by_one() -> None:
    answer = many(12)
    assert (len(found(answer, "order")), found(answer, "orders")) == (12, [])


def test_an_item_of_less_than_a_hundredth_of_the_sales_is_never_urgent() -> None:
    levels = {str(one.about.item): one.level for one in found(many(12), "order")}
    assert levels["i000"] == "act"
    small = cover(
        counted(coat=30_000, tie=1),
        sold(coat=500, tie=3),
        shop=lead(9, OTHER),
        today=MONDAY,
    )
    assert [(one.about.item, one.level) for one in found(small, "order")] == [("tie", "watch")]


# ---- sizes


def sizes_of(*days: dict[str, float], price: float = 100.0) -> Stock:
    """Counts of the coat's sizes, the last of them Sunday's."""
    return of_rows(
        Stock,
        [
            {
                "date": back(len(days) - n), "item": "coat", "title": "coat", "sku": sku, "sku_text": sku,
                "on_hand": held, "price": price,
            }
            for n, count in enumerate(days)
            for sku, held in count.items()
        ],
    )  # fmt: skip


def test_an_order_goes_to_the_sizes_that_sell() -> None:
    stock = sizes_of({"S": 40, "M": 100, "L": 40}, {"S": 30, "M": 20, "L": 30})
    (said,) = found(cover(stock, sold(coat=10), shop=lead(9, OTHER), today=MONDAY), "order")
    assert "By size: M " in said.text
    once = cover(sizes_of({"S": 30, "M": 20, "L": 30}), sold(coat=10), shop=lead(9, OTHER), today=MONDAY)
    assert "By size" not in found(once, "order")[0].text
    assert any(
        "One stock file does not show which sizes sell, so orders are divided evenly:" in one
        for one in once.limits
    )


def test_each_cell_of_the_table_of_sizes() -> None:
    """80 of 100 left as M: (80 + 5) / (100 + 10) of ten a day."""
    stock = sizes_of({"S": 40, "M": 100}, {"S": 20, "M": 20})
    items = sold(coat=10)
    items.frame["units"] = 10.0
    answer = cover(stock, items, shop=lead(9, OTHER), today=MONDAY)
    table = answer.evidence[1]
    assert isinstance(table, Table)
    by_size = {str(cells[1]): cells for cells in table.rows}
    assert by_size["M"][2:6] == (20.0, 0.773, 7.73, 2.6)
    assert by_size["S"][2:6] == (20.0, 0.227, 2.27, 8.8)
    assert by_size["M"][6] == pytest.approx(1.0, abs=0.01)
    assert 0.4 < float(by_size["S"][6] or 0) < 0.8
    quantity = row(answer, "coat")["quantity"]
    assert float(by_size["M"][7] or 0) + float(by_size["S"][7] or 0) == quantity


def emptied(**left: float) -> Answer:
    """The best-selling size is out, the others would last for weeks."""
    stock = sizes_of({"S": 310, "M": 100, "L": 305}, {"S": 300, "M": 0, "L": 300, **left})
    return cover(stock, sold(coat=10), shop=lead(9, OTHER), today=MONDAY)


def test_an_empty_size_that_sold_is_an_act_with_what_it_sold() -> None:
    """100 of 115 left as M: (100 + 10/3) / 125 of ten a day at 100 yuan."""
    (said,) = found(emptied(), "sizes")
    assert said.level == "act"
    assert "sold out, 600 pieces left in other sizes. The sold-out sizes sold about 8." in said.text
    assert said.impact is not None
    assert said.impact.per == "day"
    assert said.impact.yuan == pytest.approx(827, rel=0.03)
    assert not found(emptied(M=5), "sizes")


def test_an_empty_size_that_hardly_anybody_takes_is_left_alone() -> None:
    first = {str(n): 100.0 for n in range(11)}
    last = {str(n): 91.0 for n in range(10)} | {"10": 0.0}
    stock = sizes_of(first | {"10": 0.0}, last)
    answer = cover(stock, sold(coat=5), shop=lead(9, OTHER), today=MONDAY)
    assert not found(answer, "sizes")


def test_the_ids_of_a_shop_without_costs_are_never_called_cheap() -> None:
    empty: Shop = lead(9)
    assert below_cost(sales(units=[5.0], gmv=[1.0]).frame, None, empty, MONDAY) == {}
    nothing = Stock(Stock.shaped(pd.DataFrame({"date": [], "item": [], "cost": []})))
    assert below_cost(sales(units=[5.0], gmv=[1.0]).frame, nothing.frame, empty, MONDAY) == {}
