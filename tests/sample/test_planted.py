"""Every planted trouble is in the files with its figures, and nothing else looks like one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from core.shop.loading import load_shop
from sample import catalogue, layouts, measured, season
from sample.words import BURNING, MISSING_FROM_PLAN, SPARED, SPARED_CLICKS, WORDS
from sample.world import build
from tests.sample import plain_files
from tests.sample.plain_files import number, workbook


def names(rows: Iterable[dict[str, str]], column: str) -> set[str]:
    return {row[column] for row in rows}


def test_the_video_source_is_dead_since_the_12th(lanting: Path) -> None:
    seen = {}
    for path in (lanting / "exports/sources").glob("*】店铺流量来源*"):
        rows = [row for row in workbook(path, 6) if row["二级来源"] == "短视频"]
        seen[path.stem[-10:]] = number(rows[0]["访客数"])
    assert min(count for day, count in seen.items() if day < "2026-11-12") > 700
    assert max(count for day, count in seen.items() if day >= "2026-11-12") < 60


def test_the_jeans_last_four_days_against_a_lead_time_of_nine(lanting: Path) -> None:
    jeans, shop = catalogue.ITEM["jeans"], load_shop(lanting)
    rows = workbook(lanting / "exports/stock/千牛_发布模板_20261115.xlsx", 3)
    held = sum(number(row["数量"]) for row in rows if row["商品Id"] == jeans.id)
    sold = 0.0
    for day in ("13", "14", "15"):
        path = lanting / f"exports/items/【生意参谋平台】商品_全部_2026-11-{day}_2026-11-{day}.xls"
        sold += sum(number(row["支付件数"]) for row in workbook(path, 5) if row["商品ID"] == jeans.id)
    assert 3.5 < held / (sold / 3) < 4.5
    assert shop.lead_days_of(jeans.id) == 9


def word_facts(lanting: Path, word: str) -> tuple[float, float]:
    rows = plain_files.csv_rows(
        plain_files.zipped(next((lanting / "exports/keywords").glob("*_20261116*"))), "gbk"
    )
    rows = [row for row in rows if row["词名字/词包名字"] == word and row["日期"] >= "2026-10-19"]
    return sum(number(row["点击量"]) for row in rows), sum(number(row["总成交笔数"]) for row in rows)


def test_one_word_burns_money_and_three_only_look_bad(lanting: Path) -> None:
    clicks, orders = word_facts(lanting, BURNING)
    facts = measured.word(build(), BURNING)
    assert (clicks, orders) == (facts.clicks, facts.orders)
    assert clicks > 1000
    assert orders / clicks < 0.3 * facts.break_even
    for word in SPARED:
        assert word_facts(lanting, word) == (SPARED_CLICKS[word], 0)


def test_no_other_word_deserves_deleting() -> None:
    for word in {word.text for word in WORDS} - {BURNING, *SPARED}:
        facts = measured.word(build(), word)
        spread = (facts.break_even / facts.clicks) ** 0.5
        assert (facts.rate - facts.break_even) / spread > -1.5, word


def test_words_buyers_search_are_missing_from_the_plan(lanting: Path) -> None:
    rows = workbook(next((lanting / "exports/search_terms").iterdir()), 6)
    bought = {word for word in MISSING_FROM_PLAN if word_facts(lanting, word)[0]}
    assert set(MISSING_FROM_PLAN) <= names(rows, "搜索词")
    assert not bought


def test_the_new_agent_is_unlucky_and_another_is_really_below(lanting: Path) -> None:
    asked: dict[str, float] = defaultdict(float)
    paid: dict[str, float] = defaultdict(float)
    for path in (lanting / "exports/service").iterdir():
        rows = workbook(path, 1)
        assert names(rows[-6:], "旺旺昵称") == set(layouts.SERVICE_TAIL)
        for row in (
            rows[:-6] if "_202611" in path.name and path.name > "自制报表-报表查看-客服绩效_20261109" else ()
        ):
            asked[row["旺旺昵称"][-2:]] += number(row["询单人数"])
            paid[row["旺旺昵称"][-2:]] += number(row["询单最终付款人数"])
    line = sum(paid.values()) / sum(asked.values())
    assert (asked["小满"], paid["小满"]) == (24, 7)
    spread = (line * (1 - line)) ** 0.5
    assert (paid["小满"] / 24 - line) / (spread / 24**0.5) > -1.96
    assert (paid["木子"] / asked["木子"] - line) / (spread / asked["木子"] ** 0.5) < -3.09


def test_bounce_failed_last_week_and_depth_passes(lanting: Path) -> None:
    days = plain_files.shop_days(lanting)
    week = [days[day.isoformat()] for day in season.DAYS[-7:]]
    assert all(number(row["跳失率"]) > 0.72 for row in week)
    assert sum(number(row["浏览量"]) for row in week) / sum(number(row["访客数"]) for row in week) > 2.5
    assert number(days["2026-11-01"]["跳失率"]) < 0.70


def test_bad_reviews_gather_on_one_item_only(lanting: Path) -> None:
    rows = plain_files.csv_rows(next((lanting / "exports/reviews").iterdir()).read_bytes(), "utf-8-sig")
    bad = [row for row in rows if int(row["评分"]) <= 3 and row["日期"] >= "2026-11-09"]
    assert sum(row["商品ID"] == catalogue.ITEM["cardigan"].id for row in bad) == 9
    assert [
        row["商品ID"] for row in bad if "开线" not in row["评论内容"] and "掉色" not in row["评论内容"]
    ] == [catalogue.ITEM["trench"].id]
