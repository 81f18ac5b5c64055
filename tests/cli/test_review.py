"""Past days without a screen: a month, a day's log, and what was corrected since."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.review.days_gone import FRIDAY, MONDAY, at, correct, make_shop

pytestmark = pytest.mark.usefixtures("any_store")

NOW = at(MONDAY, "09:20")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    folder = make_shop(tmp_path / "lanting")
    correct(folder)
    return folder


def test_a_month_as_a_table(shop: Path, run: Run) -> None:
    lines = run("review", shop, clock=NOW).stdout.splitlines()
    assert lines[0] == "2026-11  target reached 0/12; 1 report finished"
    assert lines[1] == "Reports finished by: 沈岚 1"
    (friday,) = [line for line in lines if line.startswith("Fri 13 Nov")]
    assert friday.split()[3:] == ["handed", "in", "沈岚", "21:55", "4", "1/25", "—"]
    assert not any("12 Nov" in line for line in lines[2:-1]), "the journal begins on Friday"
    assert lines[-1].startswith("Corrected: sales of 12 Nov ¥12,300 → ¥12,180 (import of 16 Nov 09:12)")


def test_a_month_as_json(shop: Path, run: Run) -> None:
    told = json.loads(run("review", shop, "--month", "2026-11", "--json", clock=NOW).stdout)
    assert list(told) == ["month", "days", "handed_in", "corrected"]
    assert len(told["days"]) == 30
    friday = told["days"][12]
    assert friday["state"] == "finished"
    assert datetime.fromisoformat(friday["report"]["at"]) == at(FRIDAY, "21:55")
    assert [(one["metric"], one["was"], one["now"]) for one in friday["corrections"]] == [
        ("gmv", 12300.0, 12180.0)
    ]
    assert told["days"][11]["sold"] == 12180.0
    assert told["handed_in"] == [{"who": "沈岚", "reports": 1, "late": 0}]
    assert len(told["corrected"]) == 1


def test_the_log_of_a_day_then_and_now(shop: Path, run: Run) -> None:
    result = run("review", shop, "--date", FRIDAY, clock=NOW)
    assert "Report finished by 沈岚, 21:55" in result.stdout
    assert "08:50 沈岚 Target note: 周四偏低，主推款断码" in result.stdout
    assert "Yesterday's sales ¥12,300 → ¥12,180" in result.stdout
    log = json.loads(run("review", shop, "--date", FRIDAY, "--json", clock=NOW).stdout)["log"]
    (shown,) = [one for one in log if one["kind"] == "answered"]
    assert shown["figures"][0] == {"name": "Yesterday's sales", "was": "¥12,300", "now": "¥12,180"}


def test_the_report_without_a_screen_says_what_was_corrected(shop: Path, run: Run) -> None:
    report = run("report", shop, "--date", FRIDAY, clock=NOW).stdout
    title, _, notice = report.split("\n")[:3]
    assert title.startswith("# ")
    assert notice.startswith("Corrected: sales of 12 Nov")
    assert "¥12,300" in report
    told = json.loads(run("report", shop, "--date", FRIDAY, "--format", "json", clock=NOW).stdout)
    assert len(told["corrected"]) == 1


@pytest.mark.parametrize(
    ("by", "period", "said"),
    [
        ("day", "2026-11-12", "sales ¥12,300 → ¥12,180"),
        ("week", "2026-W46", "sales of 12 Nov ¥12,300 → ¥12,180"),
        ("month", "2026-11", "sales of 12 Nov ¥12,300 → ¥12,180"),
    ],
)
def test_the_table_of_the_shop_says_it_by_day_week_and_month(
    by: str, period: str, said: str, shop: Path, run: Run
) -> None:
    written = run("table", shop, "operations", "--by", by, clock=NOW).stdout
    heads, *rows = [line.strip("| ").split(" | ") for line in written.splitlines() if line.startswith("|")]
    assert heads[-1] == "Corrected after the report"
    (row,) = [row for row in rows if row[0] == period]
    assert row[-1] == said
    assert "Corrected: sales of 12 Nov ¥12,300 → ¥12,180 (import of 16 Nov 09:12)." in written


@pytest.mark.parametrize("which", [("--week", "2026-W46"), ("--month", "2026-11")])
def test_the_report_of_the_week_and_of_the_month_say_it(which: tuple[str, str], shop: Path, run: Run) -> None:
    assert "Corrected: sales of 12 Nov ¥12,300 → ¥12,180" in run("report", shop, *which, clock=NOW).stdout


def test_a_table_of_days_nobody_corrected_has_no_such_column(shop: Path, run: Run) -> None:
    written = run("table", shop, "operations", "--to", "2026-11-11", clock=NOW).stdout
    assert "2026-11-11" in written
    assert "Corrected" not in written


@pytest.mark.parametrize("month", ["2026-13", "November", "2026"])
def test_what_is_no_month_is_said(shop: Path, run: Run, month: str) -> None:
    result = run("review", shop, "--month", month, clock=NOW)
    assert result.exit_code == 2
    assert f"“{month}” is not a month" in result.stderr


def test_a_day_nobody_worked_in(shop: Path, run: Run) -> None:
    assert "Nothing was written on this day." in run("review", shop, "--date", MONDAY, clock=NOW).stdout
