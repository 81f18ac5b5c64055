"""28,010 real orders of one shop and nothing else, by command: what can be said and what cannot."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from core.facts.ledger import Ledger
from tests.cli.conftest import Run
from tests.conftest import ROOT

FILE = ROOT.parent / "shared" / "data" / "tmall_order_report.csv"
MARCH = datetime(2020, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
pytestmark = pytest.mark.skipif(
    not FILE.is_file(), reason="the real orders lie beside the repository, not in it"
)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    folder = tmp_path / "百货店"
    folder.mkdir()
    (folder / "shop.toml").write_text('name = "百货店"\n[targets]\n"2020-02" = 3000000\n', encoding="utf-8")
    return folder


@pytest.fixture
def imported(shop: Path, run: Run) -> str:
    """Import the file; return what was said."""
    result = run("import", shop, FILE, clock=MARCH)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def test_every_order_comes_in_and_what_is_odd_is_told(imported: str, shop: Path) -> None:
    (batch,) = Ledger(shop).batches()
    assert (batch.sheet, batch.rows) == ("orders", 28_010)
    assert "28010 rows" in imported
    assert (
        "The file has no rows for 8 Feb, 16 Feb. If the shop was open on these days, download them again."
    ) in imported
    assert "¥188,320 is far above the other orders" in imported
    assert ":19259:" in imported


def test_the_days_are_counted_and_what_is_not_known_is_said(imported: str, shop: Path, run: Run) -> None:
    del imported
    result = run("ask", shop, "target", "--date", "2020-02-26", "--json", clock=MARCH)
    assert (result.exit_code, result.stderr) == (0, "")
    answer = json.loads(result.stdout)
    assert "Yesterday ¥299,421" in answer["verdict"]["text"]
    assert "¥1,531,393 of ¥3,000,000" in answer["findings"][0]["text"]
    said = " ".join(answer["limits"])
    assert "counted from the order list" in said
    assert "visitors, conversion and ads are not known" in said
    assert (
        "2 days of the month are missing. They were not counted as 0 but at the pace of the other days: "
        "8 Feb, 16 Feb."
    ) in said
    (need,) = [one for one in answer["needs"] if one["sheet"] == "shop_day"]
    assert (need["state"], need["missing"]) == ("partial", ["2020-02-08", "2020-02-16"])
    course = next(one for one in answer["evidence"] if one["kind"] == "table" and "day" in one["name"])
    by_day = {row[0]: row for row in course["rows"]}
    assert by_day["2020-02-25"][2] == pytest.approx(299_421, abs=1)
    assert [by_day[day][2] for day in ("2020-02-08", "2020-02-16")] == [None, None], "missing, not zero"


def test_a_day_looked_back_at_has_its_figures(imported: str, shop: Path, run: Run) -> None:
    del imported
    report = run("report", shop, "--date", "2020-02-25", "--format", "md", clock=MARCH).stdout
    assert "the day of Tue 25 Feb" in report
    assert "**Sold ¥299,421" in report
    assert "| Sales of the day | ¥299,421 |" in report
    assert "| Orders paid | 2,936 |" in report
    assert "| Refunds so far on this day's orders | ¥70,438 |" in report
    assert "Visitors" not in report


def test_a_day_without_orders_is_unknown_and_not_zero(imported: str, shop: Path, run: Run) -> None:
    del imported
    for day in ("2020-02-08", "2020-02-16"):
        report = run("report", shop, "--date", day, clock=MARCH).stdout
        assert "Sales of the day" not in report
        assert "¥0" not in report
    after = run("ask", shop, "target", "--date", "2020-02-17", clock=MARCH)
    assert after.exit_code == 4
    assert "16 Feb" in after.stderr


@pytest.mark.parametrize("step", ["drivers", "promotion", "members"])
def test_what_orders_cannot_tell_is_said_with_the_export_it_needs(
    imported: str, shop: Path, run: Run, step: str
) -> None:
    del imported
    result = run("ask", shop, step, "--date", "2020-02-26", clock=MARCH)
    assert result.exit_code == 4
    assert "生意参谋 › 取数 › 自助取数" in result.stdout
    assert len(result.stderr.splitlines()) == 1


def test_the_daily_export_takes_over_when_it_comes(
    imported: str, shop: Path, run: Run, tmp_path: Path
) -> None:
    del imported
    export = tmp_path / "店铺整体日报_2020-02-25.csv"
    export.write_text("统计日期,访客数,支付金额,支付买家数\n2020-02-25,52000,290000,2700\n", encoding="utf-8")
    assert run("import", shop, export, clock=MARCH).exit_code == 0
    answer = run("ask", shop, "target", "--date", "2020-02-26", clock=MARCH).stdout
    assert "Yesterday ¥290,000" in answer
    assert "counted from the order list" not in answer
