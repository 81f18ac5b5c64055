"""The totals row: sums of what stands above it, rates from sums, and nothing where a total says nothing."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest

from core.exports.kinds.service import Service
from core.exports.kinds.shop_day import ShopDay
from core.tables import csv_file, markdown, xlsx
from core.tables.operations import operations
from core.tables.profit import by_item, by_period
from core.tables.scores import scores
from core.tables.service import agents
from core.tables.span import By, span
from core.tables.table import ShopTable, build
from tests.measures.test_net_sales import TODAY
from tests.tables.test_profit_table import SHOP, sheets
from tests.topics.tables import sheet, shop

JUNE = (date(2026, 6, 1), date(2026, 6, 14))
DAYS = """
    date        visitors  buyers  gmv     bounce_rate  ads_keyword  refund_amount  score_item  members
    2026-06-01  1000      10      2000    0.5          100          -              4.8         900
    2026-06-02  3000      90      9000    0.7          -            50             4.9         910
    2026-06-08  500       5       1000    -            40           10             4.7         915
"""


def totals(table: ShopTable) -> dict[str, Any]:
    return {column.id: cell for column, cell in zip(table.columns, table.totals, strict=True)}


def known(table: ShopTable, name: str) -> list[float]:
    return [cell for cell in table.column(name) if isinstance(cell, float)]


def operated(by: By = "day", **more: Any) -> ShopTable:
    own = shop(targets={"2026-06": 30_000.0}, weekday_weights=(1.0,) * 7)
    return operations(sheet(ShopDay, DAYS), shop=own, span=span(*JUNE, by), today=date(2026, 6, 15), **more)


def test_money_and_counts_are_added_up() -> None:
    found = totals(operated())
    assert found["period"] == "In total"
    assert (found["gmv"], found["visitors"], found["buyers"]) == (12_000.0, 4500.0, 105.0)
    assert found["ads_keyword"] == 140.0, "of the days that have a figure, as the cells above it"


def test_a_rate_is_a_rate_of_sums_and_not_the_mean_of_rates() -> None:
    found = totals(operated())
    assert found["conversion"] == pytest.approx(105 / 4500)
    assert found["aov"] == pytest.approx(12_000 / 105)
    assert found["bounce_rate"] == pytest.approx((500 + 2100) / 4000)
    assert totals(operated("week"))["conversion"] == found["conversion"]


def test_what_was_reached_is_held_against_the_targets_of_the_same_rows() -> None:
    assert totals(operated())["target"] == 3000.0
    assert totals(operated())["reached"] == pytest.approx(4.0)
    month = operations(
        sheet(ShopDay, DAYS), shop=shop(targets={"2026-06": 30_000.0}),
        span=span(date(2026, 5, 1), date(2026, 6, 30), "month"), today=date(2026, 6, 15),
    )  # fmt: skip
    assert month.totals == (), "one month is its own total"


def test_a_level_and_a_remark_have_no_total() -> None:
    found = totals(operated())
    assert found["score_item"] is None
    assert found["members"] is None
    assert found["weekday"] is None


def test_the_table_of_one_row_or_none_has_no_totals_row() -> None:
    assert operations(shop=shop(), span=span(*JUNE), today=date(2026, 6, 15)).totals == ()


def test_the_desks_total_is_the_teams_and_counts_nobody_twice() -> None:
    service = """
        date        agent         benchmark  inquiries  converted  conversion  amount  average_response_s
        2026-06-01  小禾          -          10         5          0.5         500     20
        2026-06-01  木子          -          30         9          0.3         900     60
        2026-06-01  同行同层均值  yes        100        40         0.4         1       1
        2026-06-02  小禾          -          60         21         0.35        2100    40
    """
    table = agents(sheet(Service, service), shop=shop(), span=span(*JUNE))
    found = totals(table)
    assert (found["inquiries"], found["converted"]) == (100.0, 35.0)
    assert found["conversion"] == pytest.approx(0.35)
    assert found["average_response_s"] == pytest.approx((200 + 1800 + 2400) / 100)
    assert (found["target"], found["reached"]) == (pytest.approx(0.4), pytest.approx(0.35 / 0.4))
    assert table.column("reached")[1:3] == [pytest.approx(0.5 / 0.4), pytest.approx(0.3 / 0.4)]


def test_scores_have_no_total_but_their_reviews_have() -> None:
    days = """
        date        gmv   score_item  reviews_count  negative_reviews  refund_amount
        2026-06-01  1000  4.8         40             2                 100
        2026-06-02  3000  4.7         10             3                 20
    """
    found = totals(scores(sheet(ShopDay, days), shop=shop(), span=span(*JUNE)))
    assert (found["reviews_count"], found["bad_share"]) == (50.0, pytest.approx(0.1))
    assert found["refund_share"] == pytest.approx(120 / 4000)
    assert found["score_item"] is None


def profit(by: By, **settings: Any) -> ShopTable:
    own = SHOP._replace(**settings)
    return by_period(**sheets(), shop=own, span=span(date(2026, 10, 1), date(2026, 11, 15), by), today=TODAY)


def test_the_profit_of_all_months_is_the_sum_of_their_lines() -> None:
    found = profit("month")
    total = totals(found)
    for name in ("paid", "refunds_known", "net_sales", "ads", "fixed"):
        assert total[name] == pytest.approx(sum(known(found, name)), rel=1e-6), name
    assert total["margin"] == pytest.approx(total["profit"] / total["net_sales"])
    alone = sum(
        high - low for low, high in zip(known(found, "net_low"), known(found, "net_high"), strict=True)
    )
    assert total["net_high"] - total["net_low"] < alone, "the ends of ranges do not add up"


def test_net_sales_stand_against_the_net_target_where_one_is_set() -> None:
    assert "net_target" not in {column.id for column in profit("month").columns}
    found = profit("month", targets_net={"2026-10": 400_000.0, "2026-11": 300_000.0})
    assert found.column("net_target") == [400_000.0, 300_000.0]
    total = totals(found)
    assert total["net_target"] == 700_000.0
    assert total["net_reached"] == pytest.approx(total["net_sales"] / 700_000.0)
    days = profit("day", targets_net={"2026-11": 300_000.0})
    assert set(days.column("net_target")[:31]) == {None}
    sold = sum(known(days, "net_sales")[31:])
    aimed = sum(known(days, "net_target"))
    assert aimed == pytest.approx(150_000, rel=0.15), "fifteen of thirty days"
    assert totals(days)["net_reached"] == pytest.approx(sold / aimed), "october has no target to reach"


def test_the_items_add_up_to_the_shop() -> None:
    whole = span(date(2026, 10, 1), date(2026, 11, 15))
    found = by_item(**sheets(), shop=SHOP, span=whole, today=TODAY)
    total = totals(found)
    assert total["net_sales"] == pytest.approx(totals(profit("day"))["net_sales"], rel=1e-6)
    assert total["refund_rate"] == pytest.approx(1 - total["net_sales"] / total["paid"])
    assert total["ad_share"] == pytest.approx(total["ads"] / total["net_sales"])


def test_the_workbook_has_it_below_what_is_filtered_and_the_csv_not_at_all() -> None:
    table = operated()
    book = openpyxl.load_workbook(io.BytesIO(xlsx.render(table, datetime(2026, 6, 15, 9, 30))))
    page = book.worksheets[0]
    names = [cell.value for cell in page[1]]
    last = dict(zip(names, page[5], strict=True))
    assert last["Date"].value == "In total"
    assert last["Sales"].value == 12_000
    assert last["Sales"].font.b
    assert last["Sales"].border.top.style == "thin"
    assert last["Conversion"].value == pytest.approx(105 / 4500)
    assert last["Conversion"].number_format.startswith("0.00%")
    assert page.auto_filter.ref == f"A1:{page.cell(4, len(names)).coordinate}", (
        "sorting leaves it at the foot"
    )
    assert ["In total", "Sums of the rows above; rates are calculated from the sums."] in [
        [cell.value for cell in row] for row in book["About this table"].iter_rows()
    ]
    assert "In total" not in csv_file.render(table).decode("utf-8-sig"), "a script adds up by itself"
    assert "| **In total** |" in markdown.render(table)


def test_a_table_that_declares_no_total_has_none() -> None:
    made = build("x", "X", "", [("a", "A", "count", lambda row: row)], [1, 2])
    assert made.totals == ()
