"""How the range is composed: new arrivals by month, what is bought together, prices beside rivals'."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from core.answers.answer import Answer, Table
from core.exports.kinds.items import Items
from core.exports.kinds.listings import Listings
from core.exports.kinds.orders import Orders
from core.exports.kinds.shop_day import ShopDay
from core.language.message import Words
from core.language.speech import speak
from core.language.wording import text
from core.topics.campaigns.month_ahead.bundles import bundles
from core.topics.campaigns.month_ahead.new_in_shop import arrivals_seen
from core.topics.campaigns.month_ahead.rival_prices import beside_rivals
from core.topics.campaigns.month_plan import plan
from tests.topics.tables import of_rows, shop

TODAY = date(2026, 7, 20)


def items(first_days: dict[str, date], price: float = 100.0) -> Items:
    """Return the daily item file: each item stands in it from its first day on."""
    rows: list[dict[str, Any]] = [
        {"date": day, "item": item, "title": item, "visitors": 9.0, "units": 1.0, "gmv": price}
        for item, first in first_days.items()
        for n in range((TODAY - first).days)
        for day in [first + timedelta(days=n)]
    ]
    return of_rows(Items, rows)


def ordered(*together: tuple[str, int]) -> Orders:
    """Return orders paid a week ago: so many of each line of titles, as the order report writes them."""
    paid = datetime(2026, 7, 13, 12, tzinfo=None)
    rows: list[dict[str, Any]] = [
        {
            "order": f"{number}/{n}",
            "date": paid.date(),
            "paid": paid,
            "titles": titles,
            "kinds": float(titles.count("，") + 1),
        }
        for number, (titles, many) in enumerate(together)
        for n in range(many)
    ]
    return of_rows(Orders, rows)


def listed(
    *prices: float, shop_name: str = "禾田", day: date = TODAY - timedelta(days=1)
) -> list[dict[str, Any]]:
    return [
        {"date": day, "shop": shop_name, "item": f"{shop_name}{n}", "title": "x", "price": price, "sold": ""}
        for n, price in enumerate(prices)
    ]


# ---- new arrivals


def test_an_item_is_new_in_the_month_in_which_it_first_stands_in_the_file() -> None:
    start = date(2026, 5, 20)
    first = {
        "old": start,
        "spring": date(2026, 6, 10),
        "july": date(2026, 7, 2),
        "today": TODAY - timedelta(days=1),
    }
    found = arrivals_seen(items(first).frame, shop(), TODAY)
    assert found is not None
    assert dict(found.months) == {"2026-06": ("spring",), "2026-07": ("july", "today")}


@pytest.mark.parametrize(("days", "new"), [(13, False), (14, True)])
def test_what_first_appears_in_the_files_first_two_weeks_may_have_been_there(days: int, *, new: bool) -> None:
    start = date(2026, 6, 1)
    found = arrivals_seen(items({"a": start, "b": start + timedelta(days=days)}).frame, shop(), TODAY)
    assert found is not None
    assert bool(found.total) is new


def test_a_file_of_two_weeks_says_nothing() -> None:
    assert arrivals_seen(items({"a": TODAY - timedelta(days=14)}).frame, shop(), TODAY) is None
    assert arrivals_seen(items({"a": TODAY - timedelta(days=15)}).frame, shop(), TODAY) is not None


# ---- bought together


def test_a_pair_is_told_when_it_is_ordered_more_than_chance_gives() -> None:
    frame = ordered(
        ("大衣，围巾", 60), ("大衣，裤子", 20), ("围巾，裤子", 20), ("裙子，裤子", 60), ("大衣", 240)
    ).frame
    found = bundles(frame, {}, TODAY)
    assert found is not None
    assert (found.orders, found.several) == (400, 160)
    best = found.pairs[0]
    assert {best.first, best.second} in ({"大衣", "围巾"}, {"裙子", "裤子"})
    assert best.sure
    assert best.orders == 60


def test_two_items_that_are_in_many_orders_anyway_are_no_pair() -> None:
    names = "甲乙丙丁"
    every = [(f"{a}，{b}", 30) for a in names for b in names if a < b]
    found = bundles(ordered(*every).frame, {}, TODAY)
    assert found is not None
    assert not any(pair.sure for pair in found.pairs)


def test_titles_become_the_names_of_the_shop_and_a_title_with_a_comma_is_left_out() -> None:
    frame = ordered(("大衣女中长款，围巾", 30)).frame
    frame.loc[frame.index[:10], "titles"] = "大衣，女，围巾"
    found = bundles(frame, {"大衣女中长款": "大衣"}, TODAY)
    assert found is not None
    assert (found.pairs[0].first, found.pairs[0].second, found.pairs[0].orders) == ("围巾", "大衣", 20)


def test_orders_of_five_weeks_ago_or_unpaid_do_not_count() -> None:
    frame = ordered(("甲，乙", 3)).frame
    frame.loc[frame.index[0], "date"] = datetime(2026, 6, 15, tzinfo=None)
    frame.loc[frame.index[1], "paid"] = None
    found = bundles(frame, {}, TODAY)
    assert found is not None
    assert found.orders == 1


# ---- prices


def test_our_bands_stand_beside_the_newest_look_at_each_rival() -> None:
    looks = (
        listed(150, 250, 250, 260) + listed(90, shop_name="慕言") + listed(999, day=TODAY - timedelta(days=3))
    )
    answer = asked(listings=of_rows(Listings, looks))
    assert table(answer, "Price bands compared with the rivals' (as last seen)") == [
        ("¥0–100", "0", "0.0", "0.0", "1", "0.2"),
        ("¥100–200", "1", "1.0", "1.0", "1", "0.2"),
        ("¥200–300", "0", "0.0", "0.0", "3", "0.6"),
    ], "999 is no longer listed: the last look does not have it"


@pytest.mark.parametrize(("there", "told"), [(3, False), (4, True)])
def test_a_price_that_a_fifth_of_their_items_have_and_ours_do_not_is_told(there: int, *, told: bool) -> None:
    prices = [250.0] * there + [150.0] * (20 - there)
    answer = asked(listings=of_rows(Listings, listed(*prices)))
    said = [text(one.text) for one in answer.findings if one.kind == "prices"]
    assert bool(said) is told
    if told:
        assert said[0] == (
            "Prices: 20% of the 20 items listed by 1 rival cost ¥200–300, but only 0% of our items do; "
            "these bring 0% of our sales."
        )


@pytest.mark.parametrize(("days", "seen"), [(14, True), (15, False)])
def test_a_look_of_more_than_two_weeks_ago_tells_no_prices(days: int, *, seen: bool) -> None:
    frame = of_rows(Listings, listed(*[250.0] * 20, day=TODAY - timedelta(days=days))).frame
    assert (beside_rivals((), frame, TODAY) is not None) is seen


# ---- on the screen


def asked(listings: Listings | None = None, orders: Orders | None = None) -> Answer[Words]:
    days = of_rows(
        ShopDay,
        [{"date": TODAY - timedelta(days=n), "gmv": 1000.0 + n % 5, "visitors": 100.0} for n in range(1, 61)],
    )
    own = items(
        {"大衣": date(2026, 5, 20), "围巾": date(2026, 7, 10)} if orders else {"大衣": date(2026, 5, 20)},
        150.0,
    )
    return plan(
        days, own, orders=orders, listings=listings, shop=shop(targets={"2026-08": 31_000.0}), today=TODAY
    )


def table(answer: Answer[Words], name: str) -> list[tuple[str, ...]]:
    found = [one for one in answer.evidence if isinstance(one, Table) and text(one.name) == name]
    return [
        tuple(str(cell) if isinstance(cell, int | float) else text(cell) for cell in row)
        for one in found
        for row in one.rows
    ]


def test_the_month_s_plan_says_arrivals_pairs_and_what_is_not_known_of_the_buyers() -> None:
    speak("zh")
    answer = asked(
        orders=ordered(("大衣，围巾", 40), ("大衣，裤子", 8), ("围巾，裙子", 8), ("裙子，裤子", 40))
    )
    said = [text(one.text) for one in answer.findings]
    assert any("6月3日 以来商品数据里新出现的款：2026-07 1 款（围巾）" in one for one in said)
    assert any(
        one.startswith("100% 的订单买了不止一款（近四周 96 单里 96 单）。最常一起买的是") for one in said
    )
    limits = [text(one) for one in answer.limits]
    assert "买家是什么人群（年龄、城市、消费层级）没有数据：按人群定价定款前，先到生意参谋看一眼。" in limits
    assert "近两周没有竞店商品数据：竞店卖什么价不知道。" in limits
