"""Goods that were ordered are in transit until they come; the list that knows better is believed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from core.exports.kinds.stock import Stock
from core.facts.goods_on_the_way import OnTheWay, Ordered, on_the_way, seen_in, with_orders
from tests.topics.tables import MONDAY, of_rows
from tests.topics.writing import Journal

ARRIVES = MONDAY + timedelta(days=9)
ORDER = Ordered("a1", "d1", 1055.0, MONDAY, ARRIVES)


def stock(day: date, on_hand: float, in_transit: float | None = None) -> Stock:
    rows: list[dict[str, object]] = [
        {"date": day, "item": "d1", "sku": sku, "title": "连衣裙", "on_hand": on_hand / 2}
        for sku in ("S", "M")
    ]
    if in_transit is not None:
        rows[0]["in_transit"] = in_transit
    return of_rows(Stock, rows)


def ordered(journal: Journal, **told: Any) -> OnTheWay:
    name = journal.write(
        "action", "stock", text="补货", deed="order", about={"item": "d1"}, quantity=1100.0, role="supply"
    )
    if told:
        journal.write("action-update", "stock", action=name, state="done", at="09:30", **told)
    return on_the_way(journal.past.known(), MONDAY)


def test_an_order_counts_when_it_is_done_with_the_pieces_that_were_ordered() -> None:
    assert ordered(Journal(MONDAY)).orders == ()
    (order,) = ordered(Journal(MONDAY), quantity=1055.0, arrives=ARRIVES.isoformat()).orders
    assert (order.item, order.quantity, order.placed, order.expected) == ("d1", 1055.0, MONDAY, ARRIVES)


@pytest.mark.parametrize(("back", "told"), [(7, True), (8, False)])
def test_goods_confirmed_as_in_are_told_for_a_week(back: int, *, told: bool) -> None:
    came = (MONDAY - timedelta(days=back)).isoformat()
    found = ordered(Journal(MONDAY), quantity=1055.0, arrives=ARRIVES.isoformat(), arrived=came)
    assert bool(found.orders) is told


def test_what_is_on_its_way_is_in_the_stock_as_goods_in_transit() -> None:
    frame = with_orders(stock(MONDAY, 120.0), [ORDER]).frame
    assert frame["in_transit"].sum() == 1055.0
    assert frame["on_hand"].sum() == 120.0


@pytest.mark.parametrize(("days", "counted"), [(0, 1055.0 + 7.0), (1, 7.0)])
def test_the_lists_own_transit_wins_once_it_was_made_after_the_order(days: int, counted: float) -> None:
    list_ = stock(MONDAY + timedelta(days=days), 120.0, in_transit=7.0)
    assert with_orders(list_, [ORDER]).frame["in_transit"].sum() == counted


def test_an_order_for_what_is_no_longer_in_the_list_changes_nothing() -> None:
    gone = Ordered("a2", "gone", 10.0, MONDAY, ARRIVES)
    before = stock(MONDAY, 120.0)
    assert with_orders(before, [gone]) is before
    assert seen_in(before, [gone], lambda _: None) == (gone,)


@pytest.mark.parametrize(("now", "seen"), [(120.0 + 527.0, False), (120.0 + 528.0, True)])
def test_a_later_count_that_rose_by_half_of_the_order_shows_the_goods(now: float, *, seen: bool) -> None:
    day = ARRIVES + timedelta(days=1)
    (order,) = seen_in(stock(day, now), [ORDER], lambda _: stock(MONDAY, 120.0))
    assert order.arrived == (day if seen else None)


def test_a_count_made_before_the_order_shows_nothing() -> None:
    assert seen_in(stock(MONDAY, 5000.0), [ORDER], lambda _: stock(MONDAY, 120.0)) == (ORDER,)


def test_money_paid_in_counts_from_its_minute() -> None:
    journal = Journal(MONDAY)
    name = journal.write("action", "checks", text="充值", deed="top_up", role="promotion", price=3500.0)
    journal.write("action-update", "checks", action=name, state="done", at="09:40", price=3000.0)
    moving = on_the_way(journal.past.known(), MONDAY)
    (paid,) = moving.top_ups
    assert moving.paid_in(paid.at - timedelta(minutes=1)) == 3000.0
    assert moving.paid_in(paid.at) == 0.0
    assert moving.paid_in(MONDAY) == 3000.0
    assert moving.paid_in(MONDAY + timedelta(days=1)) == 0.0
    assert moving.last_paid_in(MONDAY) == MONDAY
    assert moving.last_paid_in(paid.at) is None
