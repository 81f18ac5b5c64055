"""The stock's verdict, order of lines and limits, from counts and weeks made for each."""

from __future__ import annotations

from datetime import timedelta
from typing import get_args

import pandas as pd
import pytest

from core.answers.answer import Answer, Bars, Table
from core.exports.kinds.items import Items
from core.exports.kinds.stock import Stock
from core.shop.settings import CalendarDay, Item
from core.topics.stock import stock
from core.topics.stock.cover import State
from tests.topics.stock.test_stock import WOBBLE, counted, lead, sold
from tests.topics.tables import MONDAY, SUNDAY, of_rows, told_by

cover = told_by(stock.cover)
OTHER = Item(id="other", hero=True)
"""A hero that is not in the count, so that none of the three best sellers is one."""


def names(answer: Answer) -> list[str]:
    table, _ = answer.evidence
    assert isinstance(table, Table)
    return [str(row[0]) for row in table.rows]


def test_lines_stand_by_the_days_they_last_beyond_their_lead_time_and_unknown_ones_last() -> None:
    own = (Item(id="slow", lead_days=15), OTHER)
    answer = cover(
        counted(near=200, far=400, slow=260, quiet=500, off=5, none=None),
        sold(near=10, far=10, slow=10, none=10, quiet=0),
        shop=lead(10, *own),
        today=MONDAY,
    )
    assert names(answer) == ["near", "slow", "far", "quiet", "off", "none"]


def test_one_more_is_counted_in_the_verdict() -> None:
    few = {"coat": 40.0, "scarf": 50.0, "tie": 60.0}
    two = cover(counted(coat=40, scarf=50), sold(coat=10, scarf=10), shop=lead(9), today=MONDAY)
    three = cover(counted(SUNDAY, **few), sold(coat=10, scarf=10, tie=10), shop=lead(9), today=MONDAY)
    assert two.verdict.text.endswith("1 more item to reorder.")
    assert three.verdict.text.endswith("2 more items to reorder.")
    one = cover(counted(coat=40), sold(coat=10), shop=lead(9), today=MONDAY)
    assert one.verdict.level == "act"
    assert "more item" not in one.verdict.text


def test_what_can_wait_is_ordered_all_the_same() -> None:
    answer = cover(counted(coat=110), sold(coat=10), shop=lead(10, OTHER), today=MONDAY)
    assert answer.verdict.level == "watch"
    assert answer.verdict.text.startswith("Order 17")
    assert answer.verdict.text.endswith(" × coat now: it has 11 days of cover, a new order takes 10 days.")


def test_sold_out_is_told_with_the_order_or_without_one() -> None:
    gone = {SUNDAY - timedelta(days=n) for n in range(4)}
    answer = cover(counted(coat=0), sold(gaps={"coat": gone}, coat=10), shop=lead(9), today=MONDAY)
    assert answer.verdict.text == "coat is sold out; a new order takes 9 days: order 283 today."
    without = cover(counted(coat=0), sold(gaps={"coat": gone}, coat=10), shop=lead(None), today=MONDAY)
    assert without.verdict.text == "coat is sold out, but buyers still want it."


def test_heaps_are_no_good_news() -> None:
    fine = cover(counted(coat=400), sold(coat=10), shop=lead(10), today=MONDAY)
    heap = cover(counted(coat=400, shade=40), sold(coat=10, shade=0), shop=lead(10), today=MONDAY)
    assert fine.verdict.level == "good"
    assert heap.verdict.level == "info"
    assert (
        fine.verdict.text
        == heap.verdict.text
        == ("Nothing to order: even coat, the shortest, has 39 days of cover; a new order takes 10 days.")
    )


def test_some_lead_times_are_enough_to_say_that_nothing_is_to_order() -> None:
    own = Item(id="coat", lead_days=10)
    answer = cover(counted(coat=400, tie=400), sold(coat=10, tie=10), shop=lead(None, own), today=MONDAY)
    assert answer.verdict.text.startswith("Nothing to order: even coat, the shortest, has ")
    none = cover(counted(coat=400), sold(coat=10), shop=lead(None), today=MONDAY)
    assert (
        none.verdict.text
        == "The days of cover are known but not the lead times: set lead_days in shop.toml once."
    )


def test_the_cells_of_what_cannot_be_known_are_empty() -> None:
    answer = cover(counted(off=5, quiet=5), sold(quiet=0), shop=lead(None), today=MONDAY)
    (table,) = answer.evidence
    assert isinstance(table, Table)
    assert {row[0]: row[1:] for row in table.rows} == {
        "quiet": (5.0, 0.0, None, "—", None, None, None, "slow"),
        "off": (5.0, None, None, "—", None, None, None, "not_on_sale"),
    }


def test_figures_are_rounded_as_they_are_shown() -> None:
    answer = cover(counted(coat=95), sold(coat=10), shop=lead(10, OTHER), today=MONDAY)
    table, _ = answer.evidence
    assert isinstance(table, Table)
    (row,) = table.rows
    usual = sum(10 + WOBBLE[n % 8] for n in range(28)) / 28
    assert isinstance(row[2], float)
    assert isinstance(row[3], float)
    assert isinstance(row[6], float)
    assert row[2] == pytest.approx(usual, rel=0.02)
    assert row[3] == pytest.approx(95 / usual, rel=0.02)
    assert (row[2], row[3], row[6]) == (round(row[2], 2), round(row[3], 1), round(row[6], 3))
    assert 0.5 < row[6] < 0.8


@pytest.mark.parametrize(("ago", "hero"), [(28, True), (29, False)])
def test_the_best_sellers_of_four_weeks_are_heroes(ago: int, *, hero: bool) -> None:
    """Three items sell ten a day; a fourth brought a fortune on one day."""
    usual = sold(a=10, b=10, c=9)
    fortune = of_rows(
        Items,
        [
            {"date": MONDAY - timedelta(days=ago), "item": "d", "title": "d", "units": 9.0, "gmv": 1e6},
            {"date": SUNDAY, "item": "d", "title": "d", "units": 9.0, "gmv": 900.0},
        ],
    )
    items = Items(pd.concat([usual.frame, fortune.frame], ignore_index=True))
    answer = cover(counted(a=500, b=500, c=500, d=500), items, shop=lead(10), today=MONDAY)
    heroes = next(one.text for one in answer.findings if one.kind == "heroes")
    assert ("c " not in heroes.split(":")[1]) == hero


def limits(answer: Answer, start: str) -> list[str]:
    return [one for one in answer.limits if one.startswith(start)]


def test_days_of_sales_nobody_imported_are_told() -> None:
    items = sold(coat=10)
    frame = items.frame
    late = cover(
        counted(SUNDAY - timedelta(days=3), coat=400),
        Items(frame[frame["date"].dt.date < SUNDAY]),
        shop=lead(10),
        today=MONDAY,
    )
    later = cover(
        counted(SUNDAY - timedelta(days=3), coat=400),
        Items(frame[frame["date"].dt.date < SUNDAY - timedelta(days=1)]),
        shop=lead(10),
        today=MONDAY,
    )
    assert limits(
        late, "1 day of sales since the stock file is not imported; usual sales are assumed for it."
    )
    assert limits(
        later, "2 days of sales since the stock file are not imported; usual sales are assumed for them."
    )
    whole = cover(counted(SUNDAY - timedelta(days=3), coat=400), items, shop=lead(10), today=MONDAY)
    assert not [one for one in whole.limits if "not imported" in one]


def test_the_oldest_and_the_newest_count_are_told_apart() -> None:
    """One item was counted again yesterday; the other's count is ten days old."""
    both = Stock(
        pd.concat(
            [counted(coat=400).frame, counted(SUNDAY - timedelta(days=9), scarf=400).frame], ignore_index=True
        )
    )
    answer = cover(both, sold(coat=10, scarf=10), shop=lead(10), today=MONDAY)
    assert limits(answer, "The stock is that of ")
    assert not limits(
        answer,
        "days old. Sales since then are subtracted, but returned and newly arrived pieces are not "
        "known. Import a new one.",
    )


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (1, "1 big campaign day is"),
        (2, "2 big campaign days are"),
    ],
)
def test_big_days_left_out_of_the_pace_are_counted(days: int, told: str) -> None:
    big = CalendarDay(SUNDAY - timedelta(days=6), SUNDAY - timedelta(days=7 - days), multiplier=6.0)
    answer = cover(counted(coat=4000), sold(coat=10), shop=lead(10, calendar=(big,)), today=MONDAY)
    assert limits(answer, told) == [f"{told} left out of the sales pace."]


@pytest.mark.parametrize(("ahead", "told"), [(-1, False), (0, True), (30, True), (31, False)])
def test_a_campaign_of_unknown_size_is_told_in_the_month_ahead(ahead: int, *, told: bool) -> None:
    coming = CalendarDay(MONDAY + timedelta(days=ahead), multiplier=None)
    answer = cover(counted(coat=400), sold(coat=10), shop=lead(10, calendar=(coming,)), today=MONDAY)
    assert bool(limits(answer, "In the calendar, no sales multiplier is set for")) == told
    if told:
        day = (MONDAY + timedelta(days=ahead)).strftime("%-d %b")
        assert limits(answer, "In the calendar, no sales multiplier is set for") == [
            (
                f"In the calendar, no sales multiplier is set for {day}, so the extra demand is not "
                "included in the order."
            )
        ]


def test_sizes_without_a_figure_are_told_where_the_item_is_on_sale() -> None:
    rows: list[dict[str, object]] = [
        {"date": SUNDAY, "item": item, "title": item, "sku": sku, "on_hand": on_hand}
        for item in ("coat", "off", "tie")
        for sku, on_hand in (("1", 400.0), ("2", None if item != "tie" else 5.0))
    ]
    answer = cover(of_rows(Stock, rows), sold(coat=10, tie=10), shop=lead(10), today=MONDAY)
    assert limits(answer, "Some sizes") == ["Some sizes have no stock figure in the file: coat."]


def test_what_is_always_so_is_always_told_and_the_rest_only_where_it_is() -> None:
    answer = cover(counted(coat=400), sold(coat=10), shop=lead(10), today=MONDAY)
    assert answer.limits == ()


def test_every_state_has_a_word_in_the_table() -> None:
    table, _ = cover(counted(coat=400), sold(coat=10), shop=lead(10), today=MONDAY).evidence
    assert isinstance(table, Table)
    assert [one for one, _ in table.columns[-1].words] == list(get_args(State))


def test_the_days_of_cover_against_the_lead_time_lead_the_answer() -> None:
    answer = cover(
        counted(coat=20, rest=400), sold(coat=10, rest=10), shop=lead(10, Item(id="coat")), today=MONDAY
    )
    bars = answer.lead
    assert isinstance(bars, Bars)
    assert [(str(one.name), one.limit, one.state) for one in bars.bars] == [
        ("coat", 10, "missed"), ("rest", 10, "met"),
    ]  # fmt: skip
    table = answer.evidence[0]
    assert isinstance(table, Table)
    assert [one.value for one in bars.bars] == [row[3] for row in table.rows], "the figures of the table"


def test_without_a_lead_time_there_is_nothing_to_measure_cover_against() -> None:
    assert cover(counted(coat=20), sold(coat=10), shop=lead(None), today=MONDAY).lead is None
