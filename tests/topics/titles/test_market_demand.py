"""Which item is likely to sell: the market's searches beside our own search visitors."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from core.answers.answer import Answer, Finding
from core.exports.kinds.market_terms import MarketTerms
from core.exports.kinds.stock import Stock
from core.language.speech import speak
from core.topics.titles import optimise
from tests.exports.files import column, csv, reading
from tests.topics.tables import MONDAY, SUNDAY, of_rows, shop, told_by
from tests.topics.titles.test_optimise import HEROES, ads, asked, shelf

titles = told_by(optimise.titles)
SHELF = {"a": "羊绒围巾女冬", "b": "牛仔裤女秋冬", "c": "法式连衣裙"}


def searched(back: int = 1, **popularity: float) -> list[dict[str, Any]]:
    day = MONDAY - timedelta(days=back)
    return [{"date": day, "term": term, "popularity": held} for term, held in popularity.items()]


def told(*looks: list[dict[str, Any]], late: dict[str, float] | None = None, left: int = 9000) -> Answer:
    return titles(
        shelf(SHELF, late=late),
        market_terms=of_rows(MarketTerms, [row for look in looks for row in look]),
        stock=counted(left),
        ads=ads(),
        shop=shop(margin=0.5, items=HEROES, lead_days=10.0),
        today=MONDAY,
    )


def counted(left: int) -> Stock:
    rows = [{"date": SUNDAY, "item": item, "title": item, "sku": "1", "on_hand": left} for item in SHELF]
    return of_rows(Stock, rows)


def of_market(answer: Answer) -> list[Finding]:
    return [one for one in answer.findings if one.kind in ("market", "market_gap")]


def test_what_the_market_and_our_own_visitors_search_for_more_is_likely_to_sell() -> None:
    (found,) = of_market(told(searched(15, 羊绒围巾=10_000), searched(羊绒围巾=16_000), late={"a": 1.4}))
    assert found.text == (
        "“羊绒围巾” is searched more in the market (+60%, 14 Jun), and 羊绒围巾女冬 fits this term. "
        "The search visitors of 羊绒围巾女冬 changed by +24% compared with the whole shop: it will probably "
        "sell more."
    )
    assert found.level == "good"
    assert "prepare it as the next best seller" in found.proposals[0].text
    assert found.about.item == "a"


def test_what_only_the_market_wants_more_is_missed_by_us() -> None:
    (found,) = of_market(told(searched(15, 羊绒围巾=10_000), searched(羊绒围巾=16_000), late={"a": 0.6}))
    assert "Is it the title, the price or the rank?" in found.text
    assert (found.level, found.proposals[0].metric) == ("watch", "search_visitors")


def test_what_our_visitors_do_not_show_yet_is_told_without_a_proposal() -> None:
    (found,) = of_market(told(searched(15, 羊绒围巾=10_000), searched(羊绒围巾=16_000)))
    assert "cannot be told yet" in found.text
    assert found.proposals == ()


@pytest.mark.parametrize(("now", "rises"), [(12_400.0, False), (12_500.0, True)])
def test_a_term_rises_from_a_quarter_on(now: float, *, rises: bool) -> None:
    assert bool(of_market(told(searched(15, 羊绒围巾=10_000), searched(羊绒围巾=now)))) is rises


@pytest.mark.parametrize(("back", "compared"), [(6, False), (7, True), (36, True), (37, False)])
def test_looks_of_one_to_five_weeks_apart_are_compared(back: int, *, compared: bool) -> None:
    assert bool(of_market(told(searched(back, 羊绒围巾=10_000), searched(羊绒围巾=16_000)))) is compared


def test_with_one_look_the_platforms_own_growth_counts() -> None:
    look = [{"date": MONDAY - timedelta(days=1), "term": "羊绒围巾", "growth": 0.5}]
    (found,) = of_market(told(look, late={"a": 1.4}))
    assert found.text.startswith("“羊绒围巾” is searched more in the market (+50%, 14 Jun)")


@pytest.mark.parametrize(("back", "known"), [(14, True), (15, False)])
def test_a_look_of_more_than_two_weeks_ago_is_none(back: int, *, known: bool) -> None:
    answer = told(searched(back + 14, 羊绒围巾=10_000), searched(back, 羊绒围巾=16_000))
    assert bool(of_market(answer)) is known


def test_a_rising_term_that_no_title_holds_asks_for_an_item() -> None:
    (found,) = of_market(told(searched(15, 毛绒拖鞋=1000), searched(毛绒拖鞋=2000)))
    assert found.text.startswith(
        "The market searches more for these words, but none of our titles has them: 毛绒拖鞋."
    )


@pytest.mark.parametrize(("left", "first"), [(9000, False), (20, True)])
def test_an_item_about_to_sell_out_is_ordered_first(left: int, *, first: bool) -> None:
    looks = (searched(15, 羊绒围巾=10_000), searched(羊绒围巾=16_000))
    (found,) = of_market(told(*looks, late={"a": 1.4}, left=left))
    assert ("order first" in found.text) is first
    assert bool(found.proposals) is not first


def test_without_a_list_it_says_from_where_it_would_know() -> None:
    speak("zh")
    limits = asked(shelf(SHELF)).limits
    assert "市场在搜什么，要导入排行（日期、搜索词、搜索人气）或填表单“昨天的大盘”才知道。" in limits


def test_the_ranking_is_read_as_the_page_shows_it_and_as_a_list_by_hand(tmp_path: Path) -> None:
    page = """
搜索词 | 飙升排名 | 搜索增长幅度 | 点击人气 | 点击率 | 支付转化率
羊绒围巾 | 1 | 523.45% | 8,312 | 88.1% | 6.2%
拖鞋 | 2 | -3% | 900 | 70% | 5%
"""
    found = reading(csv(tmp_path / "市场搜索排行_2026-06-14.csv", page))
    assert found.sheet is MarketTerms
    assert column(found, "growth") == pytest.approx([5.2345, -0.03])
    assert column(found, "date") == ["2026-06-14", "2026-06-14"]
    by_hand = "日期 | 搜索词 | 搜索人气\n2026-06-14 | 羊绒围巾 | 12000\n2026-06-14 | 拖鞋 | 900"
    found = reading(csv(tmp_path / "热词.csv", by_hand))
    assert (found.sheet, column(found, "popularity")) == (MarketTerms, [12000.0, 900.0])
