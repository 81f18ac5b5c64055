"""Ten questions asked of past days, in Chinese, answered by find, promises, tables and ask."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from core.language.speech import speak
from routines.workday.workday import Workday
from tests.cli.conftest import NINE, Run
from tests.conftest import copy_of


@pytest.fixture(autouse=True)
def in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOPDAY_LANG", "zh")
    speak("zh")


@pytest.fixture
def lanting(sample_shop: Path, tmp_path: Path) -> Path:
    return copy_of(sample_shop, tmp_path / "lanting")


def on(shop: Path, when: datetime) -> Workday:
    return Workday.open(shop, clock=lambda: when, who="沈岚", lang="zh")


def test_what_was_decided_about_the_copied_dress_and_did_it_work(lanting: Path, run: Run) -> None:
    day = on(lanting, NINE)
    entry = day.act("reviews", text="投诉衣品汇盗用碎花连衣裙主图", owner="沈岚", due="2026-11-16")
    day.update_action(entry.id, "done", reason="平台已下架对方商品")
    found = run("find", lanting, "碎花", "盗图 -面料").stdout
    assert "衣品汇小铺" in found
    assert "¥159" in found
    told = run("find", lanting, "投诉 碎花").stdout
    assert "投诉衣品汇盗用碎花连衣裙主图 (沈岚)" in told
    assert "平台已下架对方商品" in told.partition("->")[2]


def test_how_often_did_mondays_miss(lanting: Path, run: Run) -> None:
    missed = run("find", lanting, "周一", "没达标").stdout
    assert "达成率 < 100.00%、周一" in missed
    days = re.findall(r"^(20\d\d年\d+月\d+日) (周.)", missed, re.MULTILINE)
    assert len(days) == 2
    assert {weekday for _, weekday in days} == {"周一"}
    assert missed.startswith("达成率")
    assert "2 天" in missed
    reached = run("find", lanting, "周一", "达标").stdout
    assert "达成率 ≥ 100" in reached.replace(">=", "≥")
    assert not set(re.findall(r"^20\S+ 周.", reached, re.MULTILINE)) & {" ".join(one) for one in days}


def test_which_rival_was_not_looked_at_for_a_week(lanting: Path, run: Run) -> None:
    told = run("ask", lanting, "rivals").stdout
    assert "其余竞店里一周没看的：云裳里（没看过）、半夏（没看过）" in told
    table = told.partition("竞店与最近查看")[2].partition("\n\n")[0]
    assert len(table.strip().splitlines()) == 11, "a head and all ten"
    assert re.search(r"青黛衣橱\s+风格相近\s+2026-11-10\s+6", table)


def test_when_was_the_heros_picture_changed_last_and_what_did_its_click_rate_do(
    lanting: Path, run: Run
) -> None:
    told = run("ask", lanting, "design").stdout
    assert "双面羊毛呢大衣 11月6日 换图后：点击率跟同位置的款比，0.95 → 0.96 倍" in told
    changed = run("find", lanting, "英伦风衣 改动日期").stdout
    assert "首图换成系带款" in changed


def test_when_did_the_bounce_rate_break_and_what_was_written(lanting: Path, run: Run) -> None:
    told = run("find", lanting, "跳失率>70%").stdout
    days = re.findall(r"^(2026年11月\d+日)", told, re.MULTILINE)
    assert days[-1] == "2026年11月9日", told
    assert "跳失率" in told
    assert "首屏" in run("find", lanting, "首屏", "跳失率>70%").stdout


def test_what_happened_to_one_keyword(lanting: Path, run: Run) -> None:
    told = run("find", lanting, "毛衣女 付费推广").stdout
    assert "决定: 观察: 毛衣女 点击多不出单，先看到周一" in told
    assert run("find", lanting, "毛衣女", "观察").stdout.count("毛衣女") >= 2


def test_ad_spend_and_return_of_a_month(lanting: Path, run: Run) -> None:
    told = run(
        "table", lanting, "operations", "--by", "month", "--from", "2026-11-01", "--to", "2026-11-15"
    ).stdout
    head, _, row = [line for line in told.splitlines() if line.startswith("|")][:3]
    cells = dict(
        zip([one.strip() for one in head.split("|")], [one.strip() for one in row.split("|")], strict=True)
    )
    assert cells["推广花费"] == "¥84,344"
    assert cells["推广投产比"] == "4.07"


def test_who_keeps_promises(lanting: Path, run: Run) -> None:
    told = run("promises", lanting, clock=NINE + timedelta(days=1)).stdout
    assert "谁估得准" in told
    assert re.search(r"周岩\s+1\s+0\s+1", told)
    assert re.search(r"说不准：周岩“双11 当天预算提到 10,000.*活动也影响了它", told)
    assert re.search(r"林夕\s+0\s+1\s+1", told)


def test_did_double_eleven_pay(lanting: Path, run: Run) -> None:
    told = run("ask", lanting, "campaigns").stdout
    assert re.search(r"双11 大促：活动期比平常多卖 \+¥782,300（\+123%）.*到目前利润 \+¥238,800", told)


def test_which_live_streams_drew_lucky_bags(lanting: Path, run: Run) -> None:
    told = run("find", lanting, "直播 福袋").stdout
    assert re.search(r"直播 登记: 谁家的直播间 浅茉旗舰店, 玩法 抽奖福袋", told)


def test_the_papers_own_example_finds_something(lanting: Path, run: Run) -> None:
    papers = Path(__file__).parents[2] / "docs" / "operators" / "command-line.zh.md"
    example = re.search(r"shopday find lanting (.+)$", papers.read_text(encoding="utf-8"), re.MULTILINE)
    assert example is not None
    words = [word.strip('"') for word in re.findall(r'"[^"]+"|\S+', example[1])]
    assert "没有找到" not in run("find", lanting, *words).stdout
