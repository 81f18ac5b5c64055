"""The shop operations table: missing stays empty, a week's rate comes from its sums, only what is there."""

from __future__ import annotations

from datetime import date

import pytest

from core.exports.kinds.ads import Ads
from core.exports.kinds.service import Service
from core.exports.kinds.shop_day import ShopDay
from core.shop.settings import Shop
from core.tables.operations import operations
from core.tables.span import span
from core.tables.table import ShopTable
from tests.topics.tables import festival, sheet, shop

TODAY = date(2026, 6, 15)

DAYS = """
    date        visitors  buyers  gmv     bounce_rate  ads_keyword  refund_amount
    2026-06-01  1000      10      2000    0.5          100          -
    2026-06-02  3000      90      9000    0.7          -            50
    2026-06-08  500       5       1000    -            40           10
"""


def made(by: str = "day", text: str = DAYS, of: Shop | None = None, **sheets: object) -> ShopTable:
    whole = span(date(2026, 6, 1), date(2026, 6, 14), by)  # type: ignore[arg-type]
    return operations(sheet(ShopDay, text), shop=of or shop(), span=whole, today=TODAY, **sheets)  # type: ignore[arg-type]


def test_a_figure_nobody_exported_stays_empty_and_is_never_nought() -> None:
    assert made().column("refund_amount") == [None, 50.0, 10.0]
    assert made().column("bounce_rate") == [0.5, 0.7, None]


def test_days_without_figures_are_left_out_and_counted() -> None:
    table = made()
    assert table.column("period") == [date(2026, 6, 1), date(2026, 6, 2), date(2026, 6, 8)]
    assert any(note.startswith("11 days have no figures") for note in table.notes)


def test_a_column_nobody_has_figures_for_is_not_there() -> None:
    names = {column.id for column in made().columns}
    assert "gmv" in names
    assert not names & {"score_item", "taoke_fee", "ads_whole", "inquiries", "special"}
    assert not {"target", "reached"} & {column.id for column in made(of=shop(targets={})).columns}


def test_each_day_and_week_stands_against_its_part_of_the_month_s_target() -> None:
    """30,000 yuan over June's 30 days, every weekday alike."""
    own = shop(targets={"2026-06": 30_000.0}, weekday_weights=(1.0,) * 7)
    days = made(of=own)
    assert days.column("target") == [1000.0, 1000.0, 1000.0]
    assert days.column("reached") == [2.0, 9.0, 1.0]
    weeks = made("week", of=own)
    assert weeks.column("target") == [2000.0, 1000.0], "of the days that have figures"
    assert weeks.column("reached") == [5.5, 1.0]


def test_a_weeks_rate_is_sums_over_sums_not_the_mean_of_the_days() -> None:
    table = made("week")
    assert table.column("conversion") == [pytest.approx(100 / 4000), pytest.approx(5 / 500)]
    assert table.column("conversion")[0] != pytest.approx((10 / 1000 + 90 / 3000) / 2)
    assert table.column("aov")[0] == pytest.approx(11_000 / 100)
    assert table.column("bounce_rate")[0] == pytest.approx((0.5 * 1000 + 0.7 * 3000) / 4000)


def test_a_sum_that_lacks_a_day_is_empty_and_the_note_says_so() -> None:
    table = made("week")
    assert table.column("gmv") == [11_000.0, 1000.0]
    assert table.column("ads_keyword") == [None, 40.0]
    assert any("Keyword ads" in note for note in table.notes)
    assert table.column("known") == [2.0, 1.0]


def test_a_rate_whose_parts_were_not_known_on_the_same_days_uses_those_on_which_they_were() -> None:
    assert made("week").column("ad_share")[0] == pytest.approx(100 / 2000)


def test_a_month_stands_against_its_target() -> None:
    table = made("month")
    assert table.column("target") == [180_000.0]
    assert table.column("reached") == [pytest.approx(12_000 / 180_000)]


def test_a_special_day_says_what_it_was() -> None:
    special = shop(calendar=(festival(date(2026, 6, 2), note="618 预热"),))
    assert made(of=special).column("special") == [None, "618 预热", None]


def test_what_an_ad_sold_is_held_against_the_cost_of_the_same_report() -> None:
    ads = sheet(
        Ads,
        """
        date        report  scene      plan_id  item  cost  clicks  gmv
        2026-06-01  item    关键词推广  1        i1    80    40      240
        2026-06-01  plan    关键词推广  1        .     80    40      240
        """,
    )
    table = made(ads=ads)
    assert table.column("roi")[0] == pytest.approx(3.0)
    assert table.column("cpc")[0] == pytest.approx(2.0)
    assert table.column("ad_cost")[0] == 100.0
    assert any("still grow" in note for note in table.notes)


def test_the_teams_speed_is_weighted_by_inquiries_and_leaves_the_benchmarks_out() -> None:
    service = sheet(
        Service,
        """
        date        agent  benchmark  inquiries  converted  average_response_s
        2026-06-01  小禾   -          10         5          20
        2026-06-01  木子   -          30         6          60
        2026-06-01  均值   yes        900        1          1
        """,
    )
    table = made(service=service)
    assert table.column("response")[0] == pytest.approx(50.0)
    assert table.column("service_conversion")[0] == pytest.approx(11 / 40)


def test_without_any_export_there_is_nothing() -> None:
    whole = span(date(2026, 6, 1), date(2026, 6, 14))
    assert operations(shop=shop(), span=whole, today=TODAY).rows == ()
