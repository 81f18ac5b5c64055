"""The promoters' table: ranked by what stays after refunds, where somebody entered the refunds."""

from __future__ import annotations

from datetime import date

from core.records.team import TaokePartner
from core.shop.settings import Shop
from core.tables.span import span
from core.tables.table import ShopTable
from core.tables.taoke import resources
from tests.topics.recorded import typed
from tests.topics.tables import MONDAY


def made(*partners: TaokePartner) -> ShopTable:
    whole = span(date(2026, 6, 1), date(2026, 6, 30), "month")
    records = typed(*((MONDAY, one) for one in partners))
    return resources(records, shop=Shop("小店"), span=whole)


def cells(table: ShopTable, name: str) -> list[object]:
    at = [column.id for column in table.columns].index(name)
    return [row[at] for row in table.rows]


def test_the_promoter_whose_sales_stay_comes_first() -> None:
    table = made(
        TaokePartner(name="大流量", gmv=10_000.0, refunded=8_500.0),
        TaokePartner(name="没填", gmv=9_000.0),
        TaokePartner(name="老群", gmv=4_000.0, refunded=400.0),
    )
    assert cells(table, "name") == ["老群", "大流量", "没填"]
    assert cells(table, "kept") == [3600.0, 1500.0, None]
    assert any("ranked by sales after refunds" in note for note in table.notes)


def test_a_month_of_which_one_day_has_no_refunds_is_not_ranked() -> None:
    """What is missing would look like nothing refunded."""
    table = made(
        TaokePartner(name="老群", gmv=4_000.0, refunded=400.0, on=date(2026, 6, 2)),
        TaokePartner(name="老群", gmv=4_000.0, on=date(2026, 6, 3)),
    )
    assert "kept" not in [column.id for column in table.columns], "an empty column is not shown"
    assert cells(table, "gmv") == [8000.0]
