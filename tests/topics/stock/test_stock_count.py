"""A stock count as the warehouse exports it: sizes, errors of the books, and files that say nothing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from core.exports.kinds.stock import Stock
from core.topics.stock.stock_count import StockCount, empty_days, last_count
from tests.topics.tables import SUNDAY, of_rows

BEFORE = SUNDAY - timedelta(days=7)


def rows(*told: dict[str, Any]) -> Stock:
    """Lines of the count of Sunday's coat, each saying what is different."""
    usual = {"date": SUNDAY, "item": "coat", "title": "风衣", "sku": "1", "on_hand": 10.0}
    return of_rows(Stock, [usual | one for one in told])


def coat(*told: dict[str, Any]) -> StockCount:
    return last_count(rows(*told).frame)["coat"]


def test_the_newest_count_stands_item_by_item() -> None:
    found = last_count(
        rows(
            {"date": BEFORE, "on_hand": 50.0},
            {"date": BEFORE, "item": "scarf", "title": "围巾", "on_hand": 7.0},
            {"on_hand": 40.0},
            {"item": "", "on_hand": 3.0},
        ).frame
    )
    assert {item: (one.counted, one.on_hand, one.title) for item, one in found.items()} == {
        "coat": (SUNDAY, 40.0, "风衣"),
        "scarf": (BEFORE, 7.0, "围巾"),
    }


def test_the_sizes_are_added_up() -> None:
    one = coat(
        {"on_hand": 10.0, "reserved": 2.0, "in_transit": 5.0, "cost": 46.0},
        {"sku": "2", "on_hand": 20.0, "reserved": 1.0, "price": 199.0},
        {"sku": "3", "on_hand": 0.0, "in_transit": 4.0, "price": 209.0},
    )
    assert (one.on_hand, one.reserved, one.in_transit) == (30.0, 3.0, 9.0)
    assert (one.price, one.cost) == (199.0, 46.0)
    assert (one.out, one.negative, one.unknown) == (("3",), (), 0)
    assert (coat({}).price, coat({}).cost) == (None, None)


def test_a_count_below_zero_is_left_out_and_named() -> None:
    one = coat({"on_hand": 10.0}, {"sku": "2", "on_hand": -3.0}, {"sku": "3", "on_hand": None})
    assert (one.on_hand, one.negative, one.out, one.unknown) == (10.0, ("2",), (), 1)


@pytest.mark.parametrize(
    ("counts", "on_hand"), [((-3.0,), 0.0), ((None, None), None), ((0.0, None), 0.0), ((0.0, 0.0), 0.0)]
)
def test_errors_only_are_none_left_and_no_figure_at_all_is_not_known(
    counts: tuple[float | None, ...], on_hand: float | None
) -> None:
    one = coat(*({"sku": str(n), "on_hand": count} for n, count in enumerate(counts)))
    assert one.on_hand == on_hand
    assert one.out == ()


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("颜色分类:墨绿花;尺码:M", "墨绿花/M"),
        ("颜色分类：墨绿花；尺码：M", "墨绿花/M"),
        ("颜色:黑:白 ; ;尺码: L", "黑:白/L"),
        ("M", "M"),
        ("颜色:;尺码:", "1"),
        ("", "1"),
    ],
)
def test_a_size_is_named_by_its_values_else_by_its_number(said: str, name: str) -> None:
    assert coat({"on_hand": 0.0, "sku_text": said}, {"sku": "2"}).out == (name,)


def test_a_day_is_empty_when_nothing_of_the_item_was_counted() -> None:
    def day(n: int) -> date:
        return SUNDAY - timedelta(days=n)

    found = empty_days(
        rows(
            {"date": day(3), "on_hand": 0.0},
            {"date": day(3), "sku": "2", "on_hand": 0.0},
            {"date": day(2), "on_hand": 0.0},
            {"date": day(2), "sku": "2", "on_hand": 1.0},
            {"date": day(1), "on_hand": None},
            {"date": day(0), "on_hand": -2.0},
            {"date": day(0), "item": "scarf", "on_hand": 5.0},
        ).frame
    )
    assert found == {"coat": frozenset({day(3), day(0)})}


def test_what_a_file_does_not_say_is_nothing() -> None:
    one = StockCount(item="coat", title="风衣", counted=SUNDAY, on_hand=5.0)
    assert (one.reserved, one.in_transit, one.unknown, one.out, one.negative) == (0.0, 0.0, 0, (), ())
