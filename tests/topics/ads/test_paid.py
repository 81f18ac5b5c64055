"""Words bought: which are left alone, which go, and what a click may cost."""

from __future__ import annotations

from datetime import date, timedelta

from core.answers.answer import Answer, Cell, Table
from core.exports.kinds.ads import Ads
from core.exports.kinds.items import Items
from core.exports.kinds.keywords import Keywords
from core.exports.kinds.search_terms import SearchTerms
from core.exports.kinds.stock import Stock
from core.shop.settings import CalendarDay, Item, Shop
from core.topics.ads import paid
from tests.topics.tables import MONDAY, SUNDAY, of_rows, shop, told_by

judged = told_by(paid.words)
DRESS = "连衣裙"
EARNS = shop(margin=0.35)
OLD = SUNDAY - timedelta(days=3)
"""The newest day whose orders are credited: three younger ones follow."""


def bought(
    *words: tuple[str, float, float, float], days: int = 20, last: date = OLD, shown: float = 25
) -> Keywords:
    """Words as (text, clicks, orders, yuan a click), spread over the days; an order is worth 200."""
    rows: list[dict[str, object]] = []
    for text, clicks, orders, cpc in words:
        for back in range(days):
            part = clicks / days
            rows.append(
                {
                    "date": last - timedelta(days=back),
                    "item": "d1",
                    "item_title": DRESS,
                    "word": text,
                    "word_type": "关键词",
                    "impressions": part * shown,
                    "clicks": part,
                    "cost": part * cpc,
                    "orders": orders / days,
                    "gmv": orders / days * 200,
                    "rank": 4.0,
                }
            )
    return of_rows(Keywords, rows)


def young(frame: Keywords, text: str, clicks: float, cpc: float, orders: float = 0) -> Keywords:
    """The same with three days added whose orders are not credited yet."""
    rows = [
        {
            "date": SUNDAY - timedelta(days=back),
            "item": "d1",
            "item_title": DRESS,
            "word": text,
            "word_type": "关键词",
            "impressions": clicks * 25,
            "clicks": clicks,
            "cost": clicks * cpc,
            "orders": orders,
            "gmv": orders * 200,
            "rank": 4.0,
        }
        for back in range(3)
    ]
    return of_rows(Keywords, [*frame.frame.to_dict("records"), *rows])  # type: ignore[list-item]


STEADY = tuple((f"裙{n}", 300.0, 9.0, 1.05) for n in range(8))
"""Eight words of the item that convert 3 % and are worth their price: nothing to do."""


def decisions(answer: Answer) -> dict[str, Cell]:
    table = next(one for one in answer.evidence if isinstance(one, Table) and one.name == "Keywords")
    return {str(row[0]): row[2] for row in table.rows}


def keys(answer: Answer, start: str) -> list[str]:
    return [one.key for one in answer.findings if one.key.startswith(start)]


# ---- left alone


def test_three_clicks_say_nothing() -> None:
    answer = judged(bought(*STEADY, ("度假裙", 3, 0, 1.6)), shop=EARNS, today=MONDAY)
    assert decisions(answer)["度假裙"] == "observe"
    assert keys(answer, "paid/delete") == []
    observed = next(one for one in answer.findings if one.key == "paid/observe")
    assert "度假裙 (0/3)" in observed.text
    assert "Leave these alone, they have too few clicks to judge (orders/clicks):" in observed.text


def test_sixty_clicks_without_an_order_are_lowered_never_deleted() -> None:
    answer = judged(bought(*STEADY, ("收腰裙", 60, 0, 1.6)), shop=EARNS, today=MONDAY)
    assert decisions(answer)["收腰裙"] == "lower"


def test_bad_days_that_are_too_young_are_not_judged() -> None:
    frame = young(bought(*STEADY), "裙0", clicks=400, cpc=1.05, orders=0)
    answer = judged(frame, shop=shop(margin=0.25), today=MONDAY)
    assert decisions(answer)["裙0"] == "keep"
    assert any(
        "are too recent to judge; their orders are still being credited." in limit for limit in answer.limits
    )


def test_a_word_whose_price_was_just_cut_is_left_until_that_shows() -> None:
    frame = bought(*STEADY, ("大衣女", 900, 18, 1.6))
    frame = young(frame, "大衣女", clicks=30, cpc=1.2)
    for n in range(8):
        frame = young(frame, f"裙{n}", clicks=15, cpc=1.05, orders=0)
    answer = judged(frame, shop=EARNS, today=MONDAY)
    assert decisions(answer)["大衣女"] == "keep"
    assert keys(answer, "paid/moved") == ["paid/moved/d1/大衣女"]


def test_a_steady_plan_has_nothing_to_do() -> None:
    answer = judged(bought(*STEADY), shop=shop(margin=0.25), today=MONDAY)
    assert answer.verdict.level == "good"
    assert set(decisions(answer).values()) == {"keep"}


def test_a_festival_in_the_window_is_left_out() -> None:
    big = CalendarDay(start=OLD - timedelta(days=5), multiplier=6.0)
    answer = judged(bought(*STEADY), shop=shop(margin=0.25, calendar=(big,)), today=MONDAY)
    assert any("Big campaign days left out:" in limit for limit in answer.limits)


def test_few_days_delete_nothing() -> None:
    frame = bought(*STEADY, ("毛衣女", 1800, 5, 2.1), days=8)
    answer = judged(frame, shop=EARNS, today=MONDAY)
    assert answer.verdict.level == "info"
    assert keys(answer, "paid/delete") == []


def test_a_term_that_is_bought_already_belongs_to_another_item_or_is_our_name_is_not_added() -> None:
    terms = [("裙0", 4000, 200), ("牛仔裤", 4000, 300), ("小店旗舰店", 900, 90)]
    rows: list[dict[str, object]] = [
        {"date": SUNDAY - timedelta(days=n), "term": term, "visitors": visitors / 14, "buyers": buyers / 14}
        for term, visitors, buyers in terms
        for n in range(14)
    ]
    answer = judged(bought(*STEADY), search_terms=of_rows(SearchTerms, rows), shop=EARNS, today=MONDAY)
    assert keys(answer, "paid/add") == []


# ---- decided


def test_a_word_that_burns_money_is_deleted_with_the_sum() -> None:
    answer = judged(bought(*STEADY, ("毛衣女", 1800, 5, 2.1)), shop=EARNS, today=MONDAY)
    assert answer.verdict.level == "act"
    assert "毛衣女" in answer.verdict.text
    found = next(one for one in answer.findings if one.key == "paid/delete/d1/毛衣女")
    assert "clicks brought 5 orders, conversion" in found.text
    assert found.proposals[0].item == "毛衣女"


def test_rows_can_be_decided_on_by_keys_that_stay() -> None:
    answer = judged(bought(*STEADY, ("毛衣女", 1800, 5, 2.1)), shop=EARNS, today=MONDAY)
    table = next(one for one in answer.evidence if isinstance(one, Table) and one.name == "Keywords")
    assert len(table.keys) == len(table.rows) == 9
    assert table.keys[0] == "paid/word/d1/毛衣女"


def test_a_good_cheap_word_is_raised_by_a_fifth_at_most() -> None:
    answer = judged(bought(*STEADY, ("法式连衣裙", 600, 36, 1.0)), shop=EARNS, today=MONDAY)
    found = next(one for one in answer.findings if one.key == "paid/raise/d1/法式连衣裙")
    assert "until a click costs ¥1.20 (now ¥1.00)" in found.text


def test_nothing_is_raised_for_an_item_that_is_about_to_be_sold_out() -> None:
    day_rows: list[dict[str, object]] = [
        {
            "date": SUNDAY - timedelta(days=n),
            "item": "d1",
            "title": DRESS,
            "units": 20.0,
            "gmv": 4000.0,
            "buyers": 20.0,
        }
        for n in range(30)
    ]
    left = of_rows(Stock, [{"date": SUNDAY, "item": "d1", "title": DRESS, "sku": "1", "on_hand": 50.0}])
    answer = judged(
        bought(*STEADY, ("法式连衣裙", 600, 36, 1.0)),
        of_rows(Items, day_rows),
        stock=left,
        shop=shop(margin=0.35, lead_days=10),
        today=MONDAY,
    )
    assert decisions(answer)["法式连衣裙"] == "keep"
    assert keys(answer, "paid/scarce") == ["paid/scarce/d1"]


def test_a_term_the_plan_lacks_is_added_with_a_first_price() -> None:
    rows: list[dict[str, object]] = [
        {"date": SUNDAY - timedelta(days=n), "term": term, "visitors": visitors, "buyers": buyers}
        for term, visitors, buyers in (("红色连衣裙", 100.0, 6.0), ("毛巾", 500.0, 5.0))
        for n in range(14)
    ]
    answer = judged(bought(*STEADY), search_terms=of_rows(SearchTerms, rows), shop=EARNS, today=MONDAY)
    assert keys(answer, "paid/add") == []  # half of its pairs only: not about the dress alone
    long = Item(id="d1", name="红色连衣裙")
    titled = bought(*STEADY)
    titled.frame["item_title"] = "红色连衣裙女"
    answer = judged(
        titled, search_terms=of_rows(SearchTerms, rows), shop=shop(margin=0.35, items=(long,)), today=MONDAY
    )
    assert keys(answer, "paid/add") == ["paid/add/d1/红色连衣裙"]
    assert "Start with ¥1.47 a click." in next(
        one.text for one in answer.findings if one.key.startswith("paid/add")
    )


def test_a_scene_that_likely_loses_money_is_said_with_its_range() -> None:
    rows: list[dict[str, object]] = [
        {
            "date": OLD - timedelta(days=n),
            "report": "item",
            "scene": "精准人群推广",
            "item": "d1",
            "item_title": DRESS,
            "impressions": 9000.0,
            "clicks": 300.0,
            "cost": 300.0,
            "orders": 2.0,
            "gmv": 400.0,
        }
        for n in range(20)
    ]
    answer = judged(bought(*STEADY), ads=of_rows(Ads, rows), shop=EARNS, today=MONDAY)
    found = next(one for one in answer.findings if one.key == "paid/scene/d1/精准人群推广")
    assert "ROI 1.33 (" in found.text
    assert "probably loses money: ROI" in found.text


def test_without_a_margin_there_is_no_verdict_in_money() -> None:
    none: Shop = shop()
    answer = judged(bought(*STEADY, ("毛衣女", 1800, 5, 2.1)), shop=none, today=MONDAY)
    assert answer.verdict.level == "watch"
    assert "margin" in answer.verdict.text
    assert set(decisions(answer).values()) == {"—"}
    assert keys(answer, "paid/margin") == ["paid/margin"]


def test_a_report_without_orders_deletes_nothing_it_asks_for_the_column() -> None:
    frame = bought(*STEADY, ("毛衣女", 1800, 5, 2.1))
    frame.frame["orders"] = float("nan")
    answer = judged(frame, shop=EARNS, today=MONDAY)
    assert answer.verdict.level == "nodata"
    assert answer.findings == ()


def test_braces_and_brackets_in_a_word_are_only_text() -> None:
    answer = judged(bought(*STEADY, ("[/x]{y}%s", 1800, 5, 2.1)), shop=EARNS, today=MONDAY)
    assert "[/x]{y}%s" in answer.verdict.text


def test_only_young_days_are_no_data() -> None:
    answer = judged(bought(*STEADY, days=3, last=SUNDAY), shop=EARNS, today=MONDAY)
    assert answer.verdict.level == "nodata"
