"""Old items: how to raise their conversion, from what the product knows, and only with evidence."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from core.answers.answer import About, Answer, Finding, Table, Verdict, finding
from core.answers.incidents import Incidents
from core.exports.kinds.items import Items
from core.exports.kinds.reviews import Reviews
from core.exports.kinds.stock import Stock
from core.language.message import Words
from core.language.wording import text
from core.records.records import Records
from core.records.team import NewItem, PictureTest
from core.shop.settings import Item
from core.topics.creative import design
from tests.topics.recorded import typed
from tests.topics.tables import MONDAY, SUNDAY, of_rows, shop

HEROES = (Item(id="针织衫", hero=True),)


def sold(**own: tuple[float, float]) -> Items:
    """Return four weeks of items at 100 yuan, 1,000 visitors a day: (carts, buyers) a day of each."""
    every = {"裤子": (80.0, 22.0), "裙子": (80.0, 22.0), "大衣": (80.0, 22.0)} | own
    return of_rows(
        Items,
        [
            {
                "date": MONDAY - timedelta(days=back),
                "item": item,
                "title": item,
                "visitors": 1000.0,
                "cart_buyers": carts,
                "buyers": buyers,
                "units": buyers,
                "gmv": buyers * 100,
            }
            for item, (carts, buyers) in every.items()
            for back in range(28, 0, -1)
        ],
    )


def asked(
    items: Items,
    *,
    tests: PictureTest | None = None,
    new: NewItem | None = None,
    items_of_shop: tuple[Item, ...] = HEROES,
    **given: Any,
) -> Answer[Words]:
    return design.pictures(
        typed(*([(MONDAY, tests)] if tests else [])),
        typed(*([(MONDAY, new)] if new else [])),
        Records(),
        Records(),
        items=items,
        shop=shop(items=items_of_shop),
        today=MONDAY,
        **given,
    )


def old(answer: Answer[Words]) -> list[Finding[Words]]:
    return [one for one in answer.findings if one.kind == "old_item"]


def said(answer: Answer[Words]) -> str:
    (found,) = old(answer)
    return text(found.text)


def todo(answer: Answer[Words]) -> list[tuple[str, str]]:
    (found,) = old(answer)
    return [(ask.role, text(ask.text)) for ask in found.proposals]


@pytest.mark.parametrize(("buyers", "told"), [(22.0, False), (18.0, False), (16.0, True)])
def test_a_best_seller_is_told_when_it_surely_converts_less_than_items_of_its_price(
    buyers: float, *, told: bool
) -> None:
    assert bool(old(asked(sold(针织衫=(80.0, buyers))))) is told


def test_buyers_who_leave_before_the_cart_ask_for_another_first_screen() -> None:
    answer = asked(sold(针织衫=(50.0, 14.0)))
    assert said(answer) == (
        "针织衫: conversion 392/28,000 = 1.4% in four weeks; 3 items of a similar price have 2.2%. Most "
        "buyers are lost at this point: adding to the cart. The item's add-to-cart rate is 5.0%; items "
        "of a similar price have 8.0%."
    )
    assert [role for role, _ in todo(answer)] == ["design"]
    (found,) = old(answer)
    assert found.level == "watch"
    assert found.impact is not None
    assert found.impact.yuan == pytest.approx((22 - 14) * 100)


def test_buyers_who_leave_their_cart_ask_for_price_delivery_and_sizes() -> None:
    answer = asked(sold(针织衫=(80.0, 14.0)))
    assert "Most buyers are lost at this point: paying for what is in the cart." in said(answer)
    assert todo(answer) == [
        (
            "operator",
            "针织衫: compare price after coupons, delivery time and size chart with items of a similar price",
        )
    ]


def test_items_of_another_price_are_no_measure() -> None:
    frame = sold(针织衫=(80.0, 14.0))
    dear = frame.frame["item"] != "针织衫"
    frame.frame.loc[dear, "gmv"] *= 2
    assert old(asked(frame)) == []


def test_an_item_that_is_still_being_launched_is_no_old_item() -> None:
    new = NewItem(item="针织衫", pictures=MONDAY, listed=MONDAY + timedelta(days=5))
    assert old(asked(sold(针织衫=(50.0, 14.0)), new=new)) == []


def test_what_sold_out_and_what_buyers_complain_about_is_said_with_it() -> None:
    stock = of_rows(
        Stock,
        [
            {
                "date": SUNDAY,
                "item": "针织衫",
                "title": "针织衫",
                "sku": sku,
                "sku_text": sku,
                "on_hand": left,
            }
            for sku, left in (("S", 40.0), ("M", 0.0), ("L", 0.0))
        ],
    )
    answer = asked(sold(针织衫=(80.0, 14.0)), stock=stock, reviews=reviewed(bad=8))
    assert "Some sizes or colours are sold out while others are in stock: M, L (stock of 14 Jun)." in said(
        answer
    )
    assert "Bad reviews have increased: 8 of 20 in a week. Most often: 起球." in said(answer)
    assert [role for role, _ in todo(answer)] == ["operator", "operator", "service"]


def test_a_few_bad_reviews_are_no_cause() -> None:
    assert "Bad reviews" not in said(asked(sold(针织衫=(80.0, 14.0)), reviews=reviewed(bad=1)))


def test_while_its_picture_is_tested_nothing_else_is_changed() -> None:
    test = PictureTest(item="针织衫", start=MONDAY, sample=9000, old_impressions=10, new_impressions=10)
    answer = asked(sold(针织衫=(50.0, 14.0)), tests=test)
    assert "A test of the item's picture is running: wait for its result" in said(answer)
    assert todo(answer) == []


def test_without_a_cause_it_says_so_and_proposes_nothing() -> None:
    answer = asked(sold(针织衫=(72.0, 17.2), 裤子=(80.0, 22.0)))
    assert said(answer).endswith("show no cause: ask the service team what buyers ask first.")
    assert [one.level for one in old(answer)] == ["info"]


def test_one_that_converts_less_than_before_is_told_even_among_its_peers() -> None:
    less = finding("drivers", "item_conversion", "watch", "fell", about=About(item="针织衫"))
    changed = Incidents(Answer(Verdict("watch", "fell"), (less,)))
    answer = asked(sold(针织衫=(80.0, 22.0)), changed=changed)
    assert said(answer).startswith("针织衫 converts less than before")


@pytest.mark.parametrize(("marked", "shown"), [(HEROES, ["针织衫"]), ((), ["大衣", "裙子", "裤子"])])
def test_without_best_sellers_in_the_settings_the_three_that_sell_most_are_taken(
    marked: tuple[Item, ...], shown: list[str]
) -> None:
    answer = asked(sold(针织衫=(50.0, 14.0)), items_of_shop=marked)
    (table,) = [
        one for one in answer.evidence if isinstance(one, Table) and "compared with items" in text(one.name)
    ]
    assert sorted(str(row[0]) for row in table.rows) == sorted(shown)


def reviewed(bad: int) -> Reviews:
    """Return twenty reviews of the last week, some bad, after sixty good ones."""
    days: list[tuple[date, int]] = [(MONDAY - timedelta(days=10 + n), n) for n in range(60)]
    good: list[dict[str, object]] = [
        {"date": day, "review": f"g{n}", "item": "针织衫", "stars": 5.0, "text": "好"} for day, n in days
    ]
    week: list[dict[str, object]] = [
        {
            "date": MONDAY - timedelta(days=1 + n % 6),
            "review": f"w{n}",
            "item": "针织衫",
            "stars": 1.0 if n < bad else 5.0,
            "text": "起球严重" if n < bad else "好",
        }
        for n in range(20)
    ]
    return of_rows(Reviews, [*good, *week])
