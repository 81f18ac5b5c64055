"""The calendar, its page, searches and the month's report of a shop that is judged by net sales."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner

from core.journal.entry import Entry
from core.language.speech import speak
from core.review.digest import digest_from, digest_of, row_of
from routines.past.month_figures import known, work_out
from routines.past.review import Review
from routines.workday.workday import Workday
from tests.conftest import copy_of
from tui.cli.commands import shopday
from tui.cli.context import Terms
from tui.text.past_days import month_words, sold_words, total_words
from tui.widgets.calendar import HOLLOW, MET, MISSED, _mark

NOVEMBER = date(2026, 11, 1)
AT = datetime(2026, 11, 16, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(scope="module")
def shop(second_shop: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_of(second_shop, tmp_path_factory.mktemp("net") / "tangli")
    work_out(folder, NOVEMBER)
    return folder


def run(*words: str) -> str:
    speak("en")
    done = CliRunner().invoke(
        shopday, list(words), obj=Terms(clock=lambda: AT, user="lan"), env={"SHOPDAY_LANG": "en"}
    )
    assert done.exit_code == 0, done.output
    return done.output


def course(shop: Path) -> dict[str, tuple[float | None, str]]:
    """Return net sales and result of each day, as the target step's table shows them."""
    answer = json.loads(run("ask", str(shop), "target", "--json"))
    answer = answer.get("answer", answer)
    table = next(
        one
        for one in answer["evidence"]
        if "net_state" in [column["id"] for column in one.get("columns", ())]
    )
    at = [column["id"] for column in table["columns"]]
    return {row[0]: (row[at.index("net_sales")], row[at.index("net_state")]) for row in table["rows"]}


def test_each_day_of_the_calendar_is_what_the_target_step_says_of_it(shop: Path) -> None:
    told = course(shop)
    cells = Review(Workday.open(shop, clock=lambda: AT, who="lan", lang="en")).calendar(NOVEMBER)
    marks = {"✓": MET, "✗": MISSED, "◦": HOLLOW}
    seen = 0
    for cell in cells:
        net, state = told[cell.day.isoformat()]
        assert (cell.sold is None) == (net is None)
        if cell.sold is None or net is None:
            continue
        assert cell.net
        assert cell.sold == pytest.approx(net, abs=1)
        assert _mark(cell) == marks[state[0]]
        seen += 1
    assert seen == 15
    assert {_mark(cell) for cell in cells if cell.sold is not None} == {MISSED, HOLLOW}


def test_the_words_say_that_it_is_after_refunds(shop: Path) -> None:
    cells = Review(Workday.open(shop, clock=lambda: AT, who="lan", lang="en")).calendar(NOVEMBER)
    speak("en")
    assert re.fullmatch(r"net sales ¥32,588, 91% of ¥[\d,]+", sold_words(cells[0]))
    assert sold_words(cells[14]).endswith("(refunds are still to come)")
    assert month_words(cells).startswith("target reached 0/4; 11 days still wait for refunds")
    assert total_words(cells).endswith("after refunds")
    speak("zh")
    assert sold_words(cells[0]).startswith("退款后成交 ¥32,588")


def test_a_new_refund_list_works_the_month_out_anew(shop: Path, tmp_path: Path) -> None:
    folder = copy_of(shop, tmp_path / "tangli")
    months = Review(Workday.open(folder, clock=lambda: AT, who="lan", lang="en")).months
    assert known(folder, months, NOVEMBER) is not None
    batch = next(line.split()[0] for line in run("undo", str(folder)).splitlines() if " refunds " in line)
    run("undo", str(folder), batch)
    assert known(folder, months, NOVEMBER) is None


def test_the_morning_after_tells_the_calendar_of_a_shop_whose_month_is_not_worked_out() -> None:
    answer = {
        "verdict": {"level": "watch", "text": "…"},
        "evidence": [{"kind": "number", "unit": "CNY", "value": 45_811.0, "reference": 52_991.0}],
        "month": {"day": "2026-11-15", "sold": 23_371.0, "day_target": 27_201.0, "net": True},
    }
    entry = Entry(id="1", at=AT, who="沈岚", kind="answered", step="target", data={"answer": answer})
    digest = digest_of([entry])
    assert (digest.sold, digest.target, digest.net) == (23_371.0, 27_201.0, True)
    assert digest_from(row_of(digest)) == digest
    answer["month"] |= {"net": False}  # type: ignore[operator]
    paid = digest_of([entry])
    assert (paid.sold, paid.target, paid.net) == (45_811.0, 52_991.0, False)


def test_a_search_by_the_share_of_the_target_goes_by_net_sales(shop: Path) -> None:
    assert "8 Nov 2026  % of target 79.76%" in run("find", str(shop), "target<80%")


def test_the_month_s_report_begins_with_net_sales_and_their_target(shop: Path) -> None:
    said = run("report", str(shop), "--month", "2026-11")
    assert "After refunds ¥653,110, 57.3% of the month's net target of ¥1,140,000." in said
    assert "| Net sales | ¥653,110 |" in said
    assert re.search(r"\| Sun 1 Nov \| ¥67,126 \| ¥32,588 ✗ \|", said)
    assert re.search(r"\| Sun 15 Nov \| ¥45,811 \| ¥23,371 ◦ \|", said)


def test_the_week_s_report_too(shop: Path) -> None:
    said = run("report", str(shop), "--week", "2026-W46")
    assert re.search(r"After refunds ¥[\d,]+, [\d.]+% of these days' net target of ¥[\d,]+\.", said)


def test_the_month_on_the_page_has_hollow_marks(shop: Path, tmp_path: Path) -> None:
    run("page", str(shop), "-o", str(tmp_path / "out"))
    pages = "".join(one.read_text(encoding="utf-8") for one in (tmp_path / "out").rglob("*.html"))
    assert "Net sales so far this month" in pages or "退款后成交" in pages
    assert "◦86%" in pages


def test_the_report_of_a_day_nobody_opened_is_by_net_sales_and_lists_no_steps(shop: Path) -> None:
    said = run("report", str(shop), "--date", "2026-11-10")
    assert "**Sold ¥168,481, about ¥78,950 after refunds, 117% of the day's net target of ¥67,606" in said
    assert "None of the 25 planned steps was begun." in said
    assert "not begun |" not in said


def test_the_summary_of_a_running_day_tells_the_month_after_refunds(shop: Path) -> None:
    said = run("ask", str(shop), "summary", "--date", "2026-11-16")
    assert re.search(
        r"\d+% of the month's net target up to yesterday is reached, \d+% likely to reach the whole target",
        said,
    )
