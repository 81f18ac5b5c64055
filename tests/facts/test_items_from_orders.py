"""The items' days counted from orders that name their goods."""

from __future__ import annotations

import pandas as pd

from core.exports.kinds.orders import Orders
from core.facts.items_from_orders import item_days, names_items


def orders(*rows: tuple[str, str, str]) -> Orders:
    """Rows of (paid or empty, goods, titles)."""
    frame = pd.DataFrame(
        {
            "order": [str(number) for number in range(len(rows))],
            "created": pd.to_datetime("2020-02-01 08:00"),
            "paid": pd.to_datetime(pd.Series([paid or None for paid, _, _ in rows])),
            "goods": [goods for _, goods, _ in rows],
            "titles": [titles for _, _, titles in rows],
        }
    )
    return Orders(Orders.shaped(frame))


def told(given: Orders) -> list[tuple[object, ...]]:
    frame = item_days(given).frame
    names = ("item", "title", "units", "gmv")
    rows = zip(frame["date"], *(frame[name] for name in names), strict=True)
    return sorted((f"{day:%d}", *(None if pd.isna(one) else one for one in rest)) for day, *rest in rows)


def test_each_item_has_a_row_a_day_from_its_first_sale_on() -> None:
    given = orders(
        ("2020-02-01 10:00", "a:2:59", "开衫"),
        ("2020-02-01 23:59", "a:1:30.5", "开衫"),
        ("2020-02-02 10:00", "b:1:20", "裙"),
        ("2020-02-04 10:00", "a:1:40;b:3:60", "开衫,裙"),
        ("", "a:9:900", "开衫"),
        ("2020-02-04 11:00", "", "赠品"),
    )
    assert names_items(given)
    assert told(given) == [
        ("01", "a", "开衫", 3.0, 89.5),
        ("02", "a", "开衫", 0.0, 0.0),
        ("02", "b", "裙", 1.0, 20.0),
        ("04", "a", "开衫", 1.0, 40.0),
        ("04", "b", "裙", 3.0, 60.0),
    ]


def test_a_part_without_an_amount_leaves_the_days_amount_unknown() -> None:
    rows = told(orders(("2020-02-01 10:00", "a:2:", "开衫"), ("2020-02-01 11:00", "a:1:30", "开衫新款")))
    assert rows == [("01", "a", "开衫新款", 3.0, None)]
    assert told(orders(("2020-02-01 10:00", "a::30", ""))) == [("01", "a", "", None, 30.0)]


def test_the_newest_title_counts_and_one_of_several_goods_none() -> None:
    rows = told(
        orders(
            ("2020-02-01 10:00", "a:1:30", "旧名"),
            ("2020-02-02 10:00", "a:1:30", "新名"),
            ("2020-02-03 10:00", "a:1:30;c:1:9", "两件"),
        )
    )
    assert {(item, title) for _, item, title, _, _ in rows} == {("a", "新名"), ("c", "")}


def test_orders_that_name_nothing_make_no_items() -> None:
    assert not names_items(orders(("2020-02-01 10:00", "", "开衫")))
