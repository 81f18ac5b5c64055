"""What runs out, what is ordered, and above all what is not."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from core.answers.answer import About, Answer, Cell, Finding, Impact, Table, with_words
from core.answers.answer_codec import encode
from core.answers.ranking import at_stake
from core.exports.kinds.items import Items
from core.exports.kinds.stock import Stock
from core.language import speech
from core.shop.settings import CalendarDay, Item, Shop
from core.topics.stock import stock
from tests.topics.tables import MONDAY, SUNDAY, of_rows, shop, told_by

cover = told_by(stock.cover)
WOBBLE = (0, 2, -1, 1, -2, 0, 1, -1)


def sold(days: int = 35, gaps: dict[str, set[date]] | None = None, **a_day: float) -> Items:
    """So many units of each item a day, a little more or less; nothing on the days of its gap."""
    rows: list[dict[str, object]] = []
    for back in range(days - 1, -1, -1):
        day = SUNDAY - timedelta(days=back)
        for item, usual in a_day.items():
            units = max(0.0, usual + WOBBLE[back % 8]) if usual >= 3 else usual
            units = 0.0 if day in (gaps or {}).get(item, set()) else units
            rows.append({"date": day, "item": item, "title": item, "units": units, "gmv": units * 100})
    return of_rows(Items, rows)


def counted(day: date = SUNDAY, **on_hand: float | None) -> Stock:
    """One SKU an item, as counted on the evening of the day."""
    return of_rows(
        Stock,
        [
            {"date": day, "item": item, "title": item, "sku": f"{item}-1", "on_hand": n}
            for item, n in on_hand.items()
        ],
    )


def asked(answer: Answer, start: str = "stock/") -> list[str]:
    return [one.key for one in answer.findings if one.key.startswith(start) and one.level in ("act", "watch")]


def state(answer: Answer, item: str) -> str:
    table = answer.evidence[0]
    assert isinstance(table, Table)
    return next(str(row[-1]) for row in table.rows if row[0] == item)


def found(answer: Answer, kind: str) -> list[Finding]:
    return [one for one in answer.findings if one.kind == kind]


def row(answer: Answer, item: str) -> dict[str, Cell]:
    """The item's row by the ids of its columns."""
    table = answer.evidence[0]
    assert isinstance(table, Table)
    cells = next(cells for cells in table.rows if cells[0] == item)
    return {column.id: cell for column, cell in zip(table.columns, cells, strict=True)}


def lead(days: float | None, *items: Item, **settings: object) -> Shop:
    return shop(lead_days=days, items=items, **settings)


# ---- left alone


def test_enough_of_everything_is_said_and_nothing_is_asked() -> None:
    answer = cover(counted(coat=400, scarf=300), sold(coat=10, scarf=6), shop=lead(10), today=MONDAY)
    assert answer.verdict.level == "good"
    assert "Nothing to order" in answer.verdict.text
    assert asked(answer) == []


def test_six_left_of_what_nobody_buys_is_no_reorder() -> None:
    answer = cover(counted(blouse=6), sold(blouse=0), shop=lead(10), today=MONDAY)
    assert asked(answer) == []


def test_goods_that_would_come_after_the_season_are_not_ordered() -> None:
    over = Item(id="dress", season_end=MONDAY + timedelta(days=8))
    answer = cover(counted(dress=20), sold(dress=10), shop=lead(10, over), today=MONDAY)
    assert asked(answer) == []
    assert state(answer, "dress") == "season"
    assert "season" in answer.findings[0].text


def test_a_listing_not_on_sale_is_not_called_slow() -> None:
    answer = cover(counted(coat=400, down=180), sold(coat=10), shop=lead(10), today=MONDAY)
    assert asked(answer) == []
    assert any(one.key == "stock/not_on_sale" and "180" in one.text for one in answer.findings)


def test_a_new_item_with_much_stock_is_not_called_slow() -> None:
    items = sold(coat=10)
    fresh = of_rows(Items, [{"date": SUNDAY, "item": "new", "title": "new", "units": 1.0, "gmv": 100.0}])
    items = Items(pd.concat([items.frame, fresh.frame], ignore_index=True))
    answer = cover(counted(coat=400, new=500), items, shop=lead(10), today=MONDAY)
    assert asked(answer) == []
    assert state(answer, "new") == "new"


def test_what_is_on_its_way_is_not_ordered_twice() -> None:
    coming = of_rows(
        Stock,
        [{"date": SUNDAY, "item": "coat", "title": "coat", "sku": "1", "on_hand": 60.0, "in_transit": 300.0}],
    )
    answer = cover(coming, sold(coat=10), shop=lead(10), today=MONDAY)
    assert asked(answer) == []


def test_a_festival_in_the_history_orders_nothing() -> None:
    big = CalendarDay(start=SUNDAY - timedelta(days=6), end=SUNDAY - timedelta(days=5), multiplier=6.0)
    items = sold(coat=10)
    frame = items.frame
    frame.loc[frame["date"].dt.date.isin({big.start, big.end}), "units"] = 60.0
    answer = cover(counted(coat=250), items, shop=lead(10, calendar=(big,)), today=MONDAY)
    assert asked(answer) == []
    assert any("big campaign" in limit for limit in answer.limits)


# ---- said


def test_the_hero_with_four_days_and_a_lead_time_of_nine_is_ordered_today() -> None:
    hero = Item(id="jeans", hero=True, lead_days=9, pack=20)
    answer = cover(counted(jeans=120, coat=900), sold(jeans=30, coat=10), shop=lead(12, hero), today=MONDAY)
    assert answer.verdict.level == "act"
    assert answer.verdict.text.startswith("jeans")
    order, slower = answer.findings[0].proposals
    assert (order.role, order.metric, order.item, order.due) == ("supply", "on_hand", "jeans", "2026-06-15")
    assert order.expected is not None
    assert order.expected % 20 == 0
    assert 500 < order.expected < 900
    assert slower.role == "promotion"


def test_sold_out_days_are_no_demand() -> None:
    gone = {SUNDAY - timedelta(days=n) for n in range(10, 20)}
    with_gap = cover(counted(coat=105), sold(gaps={"coat": gone}, coat=10), shop=lead(10), today=MONDAY)
    without = cover(counted(coat=105), sold(coat=10), shop=lead(10), today=MONDAY)
    assert asked(with_gap) == asked(without) == ["stock/order/coat"]
    assert any(
        "Days when an item was sold out say nothing about its demand and are left out:" in limit
        for limit in with_gap.limits
    )


def test_what_was_sold_since_an_old_count_is_taken_off() -> None:
    old = cover(counted(SUNDAY - timedelta(days=6), coat=150), sold(coat=10), shop=lead(6), today=MONDAY)
    fresh = cover(counted(coat=150), sold(coat=10), shop=lead(6), today=MONDAY)
    assert asked(fresh) == []
    assert asked(old) == ["stock/order/coat"]


def test_a_lot_of_what_does_not_sell_is_to_be_cleared_with_the_money_in_it() -> None:
    cost = Item(id="shade", cost=46)
    answer = cover(counted(shade=412, coat=400), sold(shade=0, coat=10), shop=lead(10, cost), today=MONDAY)
    found = next(one for one in answer.findings if one.key == "stock/slow/shade")
    assert "Do not reorder" in found.text
    assert "¥18,952" in found.text


def test_without_a_lead_time_it_asks_and_promises_nothing() -> None:
    answer = cover(counted(coat=40), sold(coat=10), shop=lead(None), today=MONDAY)
    assert answer.verdict.level == "watch"
    assert asked(answer) == ["stock/lead_time"]


def test_a_negative_count_is_an_error_of_the_books() -> None:
    wrong = of_rows(
        Stock,
        [
            {
                "date": SUNDAY,
                "item": "coat",
                "title": "coat",
                "sku": "1",
                "sku_text": "颜色:黑;尺码:M",
                "on_hand": -3.0,
            },
            {"date": SUNDAY, "item": "coat", "title": "coat", "sku": "2", "on_hand": 400.0},
        ],
    )
    answer = cover(wrong, sold(coat=10), shop=lead(10), today=MONDAY)
    assert asked(answer) == ["stock/negative/coat"]
    assert "黑/M" in answer.findings[0].text


def test_sizes_that_are_out_are_named() -> None:
    sizes = of_rows(
        Stock,
        [
            {
                "date": SUNDAY,
                "item": "coat",
                "title": "coat",
                "sku": size,
                "sku_text": f"尺码:{size}",
                "on_hand": n,
            }
            for size, n in (("S", 0.0), ("M", 300.0), ("L", 200.0))
        ],
    )
    answer = cover(sizes, sold(coat=10), shop=lead(10), today=MONDAY)
    assert asked(answer) == ["stock/sizes/coat"]
    assert "S sold out, 500 pieces left in other sizes." in answer.findings[0].text


def test_a_sold_out_item_that_is_asked_for_comes_first() -> None:
    gone = {SUNDAY - timedelta(days=n) for n in range(4)}
    answer = cover(
        counted(coat=0, scarf=400), sold(gaps={"coat": gone}, coat=10, scarf=5), shop=lead(9), today=MONDAY
    )
    assert answer.verdict.level == "act"
    assert "sold out" in answer.verdict.text


def test_a_file_without_figures_is_no_zero() -> None:
    answer = cover(counted(coat=None, scarf=400), sold(coat=10, scarf=5), shop=lead(9), today=MONDAY)
    assert state(answer, "coat") == "unknown"
    assert asked(answer) == []


@pytest.mark.parametrize("kind", [Stock, Items])
def test_empty_sheets_say_what_is_missing(kind: type[Stock | Items]) -> None:
    empty_stock = Stock(Stock.empty()) if kind is Stock else counted(coat=5)
    empty_items = Items(Items.empty()) if kind is Items else sold(coat=10)
    answer = cover(empty_stock, empty_items, shop=lead(9), today=MONDAY)
    assert answer.verdict.level == "nodata"


# ---- money, deeds and cells


JEANS = Item(id="jeans", hero=True, lead_days=9, cost=40, pack=20)


def jeans(cost: float | None = 40) -> Answer:
    """120 jeans, 30 sold a day at 100 yuan, nine days of lead time: five days without."""
    own = Item(id="jeans", hero=True, lead_days=9, cost=cost, pack=20)
    return cover(counted(jeans=120), sold(jeans=30), shop=lead(12, own), today=MONDAY)


def test_the_empty_days_cost_the_margin_where_the_cost_is_known_and_else_the_sales() -> None:
    (known,), (unknown,) = found(jeans(), "order"), found(jeans(cost=None), "order")
    assert known.impact is not None
    assert unknown.impact is not None
    units = 30.07 * 9 - 120
    assert (known.impact.per, known.impact.of, known.impact.side) == ("once", "margin", "loss")
    assert known.impact.yuan == pytest.approx(units * (100 - 40), rel=0.01)
    assert known.text.endswith("about ¥15,100 of sales. About ¥9,100 of that is profit margin.")
    assert (unknown.impact.per, unknown.impact.of) == ("once", "sales")
    assert unknown.impact.yuan == pytest.approx(units * 100, rel=0.01)
    assert unknown.text.endswith(" would lose about ¥15,100 of sales.")


def test_what_sells_below_its_cost_is_not_ordered() -> None:
    """30 a day at 100 yuan that cost 130: each day loses 900."""
    answer = jeans(cost=130)
    (said,) = found(answer, "below_cost")
    assert (said.level, said.about) == ("act", About(item="jeans"))
    assert said.impact is not None
    assert (said.impact.per, said.impact.of) == ("day", "margin")
    assert said.impact.yuan == pytest.approx(30 * 30, rel=0.1)
    assert said.text.startswith("jeans")
    assert answer.verdict.text == "jeans sells below its cost: buyers pay ¥100.00, it costs ¥130.00."
    assert not found(answer, "order")
    assert (state(answer, "jeans"), row(answer, "jeans")["quantity"]) == ("below_cost", None)
    assert not found(jeans(cost=100), "below_cost")
    assert found(jeans(cost=100), "order")


@pytest.mark.parametrize(("left", "days"), [(90, 1), (91, 0)])
def test_less_than_a_day_without_goods_is_no_loss(left: float, days: int) -> None:
    other = Item(id="other", hero=True)
    (said,) = found(cover(counted(coat=left), sold(coat=10), shop=lead(10, other), today=MONDAY), "order")
    assert (said.impact is not None) == ("Being out of stock for about" in said.text) == bool(days)


def test_what_is_sold_out_loses_the_whole_lead_time() -> None:
    gone = {SUNDAY - timedelta(days=n) for n in range(4)}
    answer = cover(counted(coat=0), sold(gaps={"coat": gone}, coat=10), shop=lead(9), today=MONDAY)
    (said,) = found(answer, "order")
    assert said.impact is not None
    assert said.impact.of == "sales"
    assert said.impact.yuan == pytest.approx(9000, rel=0.03)
    assert "they will arrive about Wed 24 Jun." in said.text


def on_their_way(pieces: float) -> Finding:
    """A coat of which 10 a day are sold at 100 yuan, with so many on their way, nine days of lead time."""
    gone = {SUNDAY - timedelta(days=n) for n in range(4)}
    coming = counted(coat=0)
    coming.frame["in_transit"] = pieces
    (said,) = found(cover(coming, sold(gaps={"coat": gone}, coat=10), shop=lead(9), today=MONDAY), "order")
    return said


def test_goods_on_their_way_are_no_lost_sales() -> None:
    few, enough = on_their_way(40.0), on_their_way(95.0)
    assert few.impact is not None
    assert few.impact.yuan == pytest.approx(9000 - 4000, rel=0.05)
    assert (
        "Even counting what is on its way, about ¥4,800 of sales would be lost before a new order arrives."
    ) in few.text
    assert "pieces already on their way are counted; ask on which day they arrive." in few.text
    assert enough.impact is None
    assert "would be lost" not in enough.text
    assert "without it" not in enough.text


def test_an_order_names_its_item_and_pieces_and_the_ads_wait() -> None:
    (said,) = found(jeans(), "order")
    order, slower = said.proposals
    assert said.about == order.about == slower.about == About(item="jeans")
    assert (order.deed, order.quantity) == ("order", 680.0)
    assert "Order 680 × jeans today" in order.text
    assert (slower.deed, slower.quantity) == ("lower_spend", None)


def test_an_order_for_later_leaves_the_ads_alone() -> None:
    other = Item(id="other", hero=True)
    (said,) = found(cover(counted(coat=110), sold(coat=10), shop=lead(10, other), today=MONDAY), "order")
    assert said.level == "watch"
    assert [one.deed for one in said.proposals] == ["order"]


def test_each_cell_of_the_table() -> None:
    assert row(jeans(), "jeans") == {
        "item": "jeans",
        "on_hand": 120.0,
        "a_day": 30.1,
        "cover": 4.0,
        "cover_range": "4–5",
        "lead_time": 9.0,
        "sold_out_first": 1.0,
        "quantity": 680,
        "state": "order",
    }


def test_a_state_is_an_id_with_its_name_beside_it() -> None:
    answer = cover(counted(coat=400, down=180), sold(coat=10), shop=lead(10), today=MONDAY)
    assert state(answer, "down") == "not_on_sale"
    assert state(with_words(answer), "down") == "not on sale"
    assert [state(answer, "coat"), state(with_words(answer), "coat")] == [
        "enough",
        "enough in stock",
    ]


def test_the_range_of_the_cover_is_one_figure_where_both_ends_round_to_it() -> None:
    wide = cover(counted(coat=105), sold(coat=10), shop=lead(10), today=MONDAY)
    sure = cover(counted(coat=19), sold(coat=10), shop=lead(10), today=MONDAY)
    assert row(wide, "coat")["cover_range"] == "9–14"
    assert row(sure, "coat")["cover_range"] == "2–3"
    assert (
        row(cover(counted(coat=0), sold(coat=10), shop=lead(1), today=MONDAY), "coat")["cover_range"] == "0"
    )


def test_at_most_thirty_rows_are_shown() -> None:
    many = {f"i{n}": 400.0 for n in range(31)}
    table = cover(
        counted(SUNDAY, **many), sold(35, None, **dict.fromkeys(many, 10.0)), shop=lead(10), today=MONDAY
    ).evidence[0]
    assert isinstance(table, Table)
    assert len(table.rows) == 30


# ---- both sides of every line


@pytest.mark.parametrize(
    ("left", "hero", "level", "odds"),
    [
        (80, "", "act", "the item will very likely sell out before the new stock arrives"),
        (100, "", "watch", "51% likely to sell out before the new stock arrives"),
        (100, "coat", "act", "51% likely to sell out before the new stock arrives"),
        (93, "", "watch", "the item will probably sell out before the new stock arrives"),
    ],
)
def test_an_order_is_urgent_for_a_hero_or_where_it_is_likely_to_be_late(
    left: float, hero: str, level: str, odds: str
) -> None:
    named = Item(id=hero or "other", hero=True)
    (said,) = found(cover(counted(coat=left), sold(coat=10), shop=lead(10, named), today=MONDAY), "order")
    assert said.level == level
    assert odds in said.text


@pytest.mark.parametrize(("a_day", "level"), [(3, "act"), (0.5, "watch")])
def test_a_sold_out_item_is_urgent_from_one_a_day_on(a_day: float, level: str) -> None:
    other = Item(id="other", hero=True)
    gone = {SUNDAY - timedelta(days=n) for n in range(3)}
    answer = cover(
        counted(coat=0), sold(gaps={"coat": gone}, coat=a_day), shop=lead(0.5, other), today=MONDAY
    )
    (said,) = found(answer, "order")
    assert (said.level, state(answer, "coat")) == (level, "gone")


@pytest.mark.parametrize(("left", "said"), [(29, 0), (30, 1)])
def test_a_heap_begins_at_thirty_pieces(left: float, said: int) -> None:
    answer = cover(counted(shade=left, coat=400), sold(shade=0, coat=10), shop=lead(10), today=MONDAY)
    assert [one.about for one in found(answer, "slow")] == [About(item="shade")] * said


def test_money_lying_in_a_heap_is_capital_at_cost_neither_lost_nor_won() -> None:
    known = Item(id="shade", cost=46)
    answer = cover(counted(shade=412), sold(shade=0, coat=10), shop=lead(10, known), today=MONDAY)
    (said,) = found(answer, "slow")
    assert said.impact == Impact(412 * 46.0, "once", of="capital")
    assert at_stake(said) == 0
    (unknown,) = found(cover(counted(shade=412), sold(shade=0), shop=lead(10), today=MONDAY), "slow")
    assert unknown.impact is None
    assert "tied up" not in unknown.text


@pytest.mark.parametrize(
    ("every", "pace"),
    [(5, "7 sold in 35 days"), (4, "9 sold in 35 days"), (2, "400 pieces left, 0.5 sold a day:")],
)
def test_few_sales_are_told_as_a_number_and_more_as_a_pace(every: int, pace: str) -> None:
    days = [SUNDAY - timedelta(days=n) for n in range(35)]
    rows = [
        {"date": day, "item": "shade", "title": "shade", "units": float(n % every == 1), "gmv": 0.0}
        for n, day in enumerate(days)
    ]
    answer = cover(counted(shade=400), of_rows(Items, rows), shop=lead(10), today=MONDAY)
    (said,) = found(answer, "slow")
    assert pace in said.text


@pytest.mark.parametrize(("days", "expected"), [(13, "new"), (14, "slow")])
def test_an_item_is_new_for_fourteen_days(days: int, expected: str) -> None:
    usual = sold(coat=10)
    fresh = sold(days=days, fresh=1)
    both = Items(pd.concat([usual.frame, fresh.frame], ignore_index=True))
    answer = cover(counted(coat=400, fresh=500), both, shop=lead(10), today=MONDAY)
    assert state(answer, "fresh") == expected


def test_past_its_season_what_still_sells_out_is_named_and_the_rest_is_left_alone() -> None:
    over = Item(id="dress", season_end=MONDAY + timedelta(days=8))
    for left, kinds in ((100, ["season"]), (250, [])):
        answer = cover(counted(dress=left), sold(dress=10), shop=lead(10, over), today=MONDAY)
        assert [one.kind for one in answer.findings if one.about.item] == kinds
        assert state(answer, "dress") == "season"


def test_a_title_that_names_a_season_forbids_the_order_too() -> None:
    titled = sold(coat=10)
    titled.frame["title"] = "coat"
    count = counted(MONDAY + timedelta(days=29), coat=60)
    count.frame["title"] = "春季风衣"
    other = Item(id="other", hero=True)
    (said,) = found(cover(count, titled, shop=lead(10, other), today=MONDAY + timedelta(days=30)), "season")
    assert (
        ", and that season is over when new stock arrives. Reorder only if you are sure it will sell."
    ) in said.text
    assert said.about == About(item="coat")


@pytest.mark.parametrize(("left", "said"), [(91, "slow"), (90, "")])
def test_past_its_season_a_heap_is_months_of_cover(left: int, said: str) -> None:
    over = Item(id="dress", season_end=MONDAY + timedelta(days=8))
    answer = cover(counted(dress=left), sold(dress=1), shop=lead(10, over), today=MONDAY)
    assert ([one.kind for one in answer.findings if one.about.item] or [""]) == [said]


def test_without_a_lead_time_items_are_named_and_with_one_they_are_not() -> None:
    without = cover(counted(coat=400), sold(coat=10), shop=lead(None), today=MONDAY)
    (said,) = found(without, "lead_time")
    assert ", so it cannot be said when to reorder." in said.text
    assert not found(cover(counted(coat=400), sold(coat=10), shop=lead(10), today=MONDAY), "lead_time")


def test_of_many_names_four_are_listed() -> None:
    stocked = {f"i{n}": 180.0 for n in range(6)}
    (said,) = found(
        cover(counted(SUNDAY, coat=400, **stocked), sold(coat=10), shop=lead(10), today=MONDAY), "not_on_sale"
    )
    assert "i0 (180), i1 (180), i2 (180), i3 (180) and 2 more." in said.text


def test_heroes_with_enough_are_named_with_their_days() -> None:
    answer = cover(counted(coat=400, tie=0), sold(coat=10, tie=0), shop=lead(10), today=MONDAY)
    (said,) = found(answer, "heroes")
    assert said.text == "These best sellers have enough stock to outlast a reorder: coat 39 days."
    assert not found(jeans(), "heroes")


def test_the_three_best_sellers_are_heroes_where_none_is_named() -> None:
    held = {"a": 900.0, "b": 900.0, "c": 900.0, "d": 900.0}
    answer = cover(counted(SUNDAY, **held), sold(a=40, b=30, c=20, d=10), shop=lead(10), today=MONDAY)
    (said,) = found(answer, "heroes")
    assert all(name in said.text for name in ("a ", "b ", "c "))
    assert "d " not in said.text.split(":")[1]


def test_books_in_order_have_no_negative_count_and_no_missing_size() -> None:
    answer = cover(counted(coat=400), sold(coat=10), shop=lead(10), today=MONDAY)
    assert not found(answer, "negative")
    assert not found(answer, "sizes")
    assert not found(answer, "season")


def test_missing_sizes_are_no_order_of_the_item() -> None:
    sizes = of_rows(
        Stock,
        [
            {"date": SUNDAY, "item": "coat", "title": "coat", "sku": one, "sku_text": one, "on_hand": n}
            for one, n in (("S", 0.0), ("M", 500.0))
        ],
    )
    (said,) = found(cover(sizes, sold(coat=10), shop=lead(10), today=MONDAY), "sizes")
    assert [(one.deed, one.quantity, one.about) for one in said.proposals] == [("", None, About(item="coat"))]


# ---- the limits


@pytest.mark.parametrize(
    ("ago", "limit"),
    [
        (1, ""),
        (2, "The stock is that of Sat 13 Jun"),
        (7, "The stock is that of Mon 8 Jun. Sales since then are subtracted; new arrivals are not known."),
        (8, ""),
    ],
)
def test_an_old_count_is_said(ago: int, limit: str) -> None:
    answer = cover(
        counted(MONDAY - timedelta(days=ago), coat=400), sold(coat=10), shop=lead(10), today=MONDAY
    )
    about_count = [
        one
        for one in answer.limits
        if one.startswith(
            (
                "The stock is that of",
                "The stock file is",
            )
        )
    ]
    assert len(about_count) == bool(limit)
    assert all(one.startswith(limit) for one in about_count)


def test_few_days_of_sales_are_the_files_if_they_begin_with_the_item_and_else_the_items() -> None:
    short = cover(counted(coat=20), sold(days=10, coat=10), shop=lead(6), today=MONDAY)
    (order,) = found(short, "order")
    assert "Only 10 days of its sales are imported: " in order.text
    assert "on sale for only" not in order.text
    older = sold(days=35, scarf=2)
    later = pd.concat([older.frame, sold(days=10, coat=10).frame], ignore_index=True)
    new = cover(counted(coat=20, scarf=900), Items(later), shop=lead(6), today=MONDAY)
    (order,) = found(new, "order")
    assert "The item has been on sale for only 10 days: " in order.text
    assert "imported" not in order.text


@pytest.mark.parametrize(("ago", "too_old"), [(7, False), (8, True)])
def test_nothing_is_ordered_from_a_stock_file_older_than_a_week(ago: int, *, too_old: bool) -> None:
    count = counted(MONDAY - timedelta(days=ago), coat=120, shirt=90, scarf=900)
    answer = cover(count, sold(coat=10, shirt=10, scarf=2), shop=lead(6), today=MONDAY)
    orders = [ask for one in answer.findings for ask in one.proposals if ask.deed == "order"]
    assert bool(orders) is not too_old
    assert bool(found(answer, "old_file")) is too_old
    assert bool(found(answer, "old_order")) is too_old
    if too_old:
        assert answer.verdict.level == "watch"
        assert answer.verdict.text.startswith("The stock file is 8 days old: import a new one")
        assert answer.verdict.text.endswith("By the outdated stock file, 2 items may have to be ordered.")
        (ask,) = found(answer, "old_file")[0].proposals
        assert ask.text == "Download the stock file of today and import it"
        assert "shirt" in found(answer, "old_order")[0].text


def test_an_old_stock_file_with_enough_of_everything_asks_for_a_new_one_only() -> None:
    answer = cover(counted(MONDAY - timedelta(days=8), coat=900), sold(coat=10), shop=lead(6), today=MONDAY)
    assert [one.kind for one in answer.findings] == ["old_file"]
    assert "may have to be ordered" not in answer.verdict.text


def test_a_price_below_cost_is_an_act_whatever_the_age_of_the_stock_file() -> None:
    cheap = lead(6, Item(id="coat", cost=500))
    answer = cover(counted(MONDAY - timedelta(days=8), coat=120), sold(coat=10), shop=cheap, today=MONDAY)
    assert answer.verdict.level == "act"
    assert {"below_cost", "old_file"} <= {one.kind for one in answer.findings}


@pytest.mark.parametrize(("days", "rough"), [(13, 1), (14, 0)])
def test_a_pace_of_less_than_two_weeks_is_rough(days: int, rough: int) -> None:
    answer = cover(counted(coat=400), sold(days=days, coat=10), shop=lead(10), today=MONDAY)
    assert sum("the sales pace is rough." in limit for limit in answer.limits) == rough


@pytest.mark.parametrize(("ahead", "multiplier", "said"), [(30, None, 1), (31, None, 0), (30, 2.0, 0)])
def test_a_campaign_without_a_multiplier_is_not_in_the_order(
    ahead: int, multiplier: float | None, said: int
) -> None:
    day = MONDAY + timedelta(days=ahead)
    coming = CalendarDay(start=day, multiplier=multiplier, note="七月大促")
    answer = cover(counted(coat=400), sold(coat=10), shop=lead(10, calendar=(coming,)), today=MONDAY)
    assert (
        sum(", so the extra demand is not included in the order." in limit for limit in answer.limits) == said
    )


@pytest.mark.parametrize(("growth", "told"), [(0.02, "coat (+"), (-0.02, "coat (-"), (0.0, "")])
def test_a_demand_that_clearly_moves_is_said(growth: float, told: str) -> None:
    items = sold(coat=10)
    age = (pd.Timestamp(MONDAY) - items.frame["date"]).dt.days
    items.frame["units"] = (20 * (1 + growth) ** -age).round()
    answer = cover(counted(coat=400), items, shop=lead(10), today=MONDAY)
    moves = [
        limit
        for limit in answer.limits
        if limit.startswith("Sales are rising or falling, and the order follows part of the trend: ")
    ]
    assert len(moves) == bool(told)
    assert all(told in limit and "a week" in limit for limit in moves)


# ---- the verdict


def test_half_a_day_is_said_below_five_days() -> None:
    assert "jeans has 3.5 days of cover, but a new order takes 9 days:" in verdict_of(105, 30)
    assert "jeans has 7 days of cover" in verdict_of(225, 30)


def verdict_of(left: float, a_day: float) -> str:
    answer = cover(counted(jeans=left), sold(jeans=a_day), shop=lead(12, JEANS), today=MONDAY)
    return answer.verdict.text


def test_nothing_that_sells_is_nothing_to_order() -> None:
    answer = cover(counted(coat=400), sold(other=10), shop=lead(10), today=MONDAY)
    assert (answer.verdict.level, answer.verdict.text) == (
        "info",
        "No item in this stock file sells at present, so there is nothing to order.",
    )


def test_two_languages_say_the_same() -> None:
    wrong = counted(jeans=120, coat=900, shade=412, down=180, late=40)
    own = (JEANS, Item(id="shade", cost=46), Item(id="late", season_end=MONDAY + timedelta(days=2)))
    said = {}
    for language in ("en", "zh"):
        speech.speak(language)
        said[language] = encode(
            stock.cover(wrong, sold(jeans=30, coat=10, shade=0, late=10), shop=lead(12, *own), today=MONDAY)
        )
    assert said["en"] == said["zh"]
    assert {one["kind"] for one in said["en"]["findings"]} == {"order", "slow", "season", "not_on_sale"}
