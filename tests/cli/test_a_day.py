"""A day without a screen: where it stands, notes, the plan, the report, an answer."""

import json
import shutil
from pathlib import Path

import pytest
from dateutil import parser as iso  # noqa: TID251 - only to see that times are times

from core.journal.book import Book
from tests.cli.conftest import MONDAY, NINE, STOCK, Run

pytestmark = pytest.mark.usefixtures("any_store")


def test_a_note_is_written_and_shows_in_the_day(shop: Path, run: Run) -> None:
    assert run("note", shop, "stock", "补货 300 件").stdout == "09:00 沈岚 Stock: 补货 300 件\n"

    shown = run("day", shop)
    assert shown.exit_code == 0
    assert "09:00 沈岚 Stock Note: 补货 300 件" in shown.stdout
    assert [entry.who for entry in Book(shop).day(MONDAY) if entry.kind == "note"] == ["沈岚"]


def test_a_long_note_comes_from_standard_input(shop: Path, run: Run) -> None:
    run("note", shop, "stock", "-", stdin="第一行\n第二行\n")

    assert [e.data["text"] for e in Book(shop).day(MONDAY) if e.kind == "note"] == ["第一行\n第二行"]


def test_a_note_for_an_earlier_day_is_late(shop: Path, run: Run) -> None:
    run("note", shop, "stock", "补记", "--date", "2026-11-13")

    (entry,) = [entry for entry in Book(shop).day(MONDAY.replace(day=13)) if entry.kind == "note"]
    assert (entry.late, entry.at) == (True, NINE)


def test_text_that_steers_terminals_is_shown_harmless(shop: Path, run: Run) -> None:
    result = run("note", shop, "stock", "\x1b]0;x\x07\x9b2J\u202e[red]补货[/red]")

    assert result.stdout == "09:00 沈岚 Stock: ]0;x2J[red]补货[/red]\n"
    assert run("day", shop).stdout.replace("\n", "").isprintable()
    assert run("day", shop, "--json").stdout.replace("\n", "").isprintable()


def test_the_day_as_json(shop: Path, run: Run) -> None:
    run("note", shop, "stock", "补货")
    day = json.loads(run("day", shop, "--json").stdout)

    assert list(day) == ["shop", "date", "now", "behind_minutes", "current", "steps", "entries"]
    assert (day["shop"], day["date"], iso.isoparse(day["now"])) == ("兰亭女装旗舰店", "2026-11-16", NINE)
    step = next(step for step in day["steps"] if step["step"] == "stock")
    assert " ".join(step) == (
        "step title state start end minutes planned_start planned_minutes used_minutes "
        "over_minutes idle_since reason"
    )
    assert step["planned_start"] == "2026-11-16T08:45:00+08:00"
    note = next(entry for entry in day["entries"] if entry["kind"] == "note")
    assert list(note) == ["id", "at", "who", "kind", "step", "late", "data"]


def test_a_year_without_a_published_calendar_is_said_above_the_day(shop: Path, run: Run) -> None:
    words = "The official holidays of 2099 are not known here"

    assert words in run("day", shop, clock=NINE.replace(year=2099)).stdout
    assert words not in run("day", shop).stdout


def test_the_plain_plan_needs_no_shop(run: Run) -> None:
    lines = run("steps").stdout.splitlines()

    assert lines[0].split() == ["Step", "From", "Minutes", "Title", "Repeats"]
    assert lines[1].split()[:2] == ["target", "08:30"]
    assert any(line.startswith("page ") and "weekly:MO" in line for line in lines)


def test_the_plan_of_a_shop_is_its_own(shop: Path, run: Run) -> None:
    (shop / "routine.toml").write_text('drop = ["network"]\n')
    plan = json.loads(run("steps", shop, "--date", "2026-11-16", "--json").stdout)

    assert (plan["date"], plan["kind"]) == ("2026-11-16", "weekday")
    ids = [step["step"] for step in plan["steps"]]
    assert "network" not in ids
    assert "page" in ids
    assert " ".join(plan["steps"][0]) == (
        "step title block at minutes least must repeat analysis questions forms"
    )


def test_an_answer_without_a_screen(shop: Path, run: Run) -> None:
    shutil.copy(STOCK, shop / "inbox")
    assert run("import", shop).exit_code == 0
    result = run("ask", shop, "stock", "--json")

    answer = json.loads(result.stdout)
    assert (answer["step"], answer["date"]) == ("stock", "2026-11-16")
    assert {"verdict", "findings", "evidence", "limits", "needs"} <= set(answer)
    assert result.exit_code == (4 if answer["verdict"]["level"] == "nodata" else 0)
    assert answer["verdict"]["text"] in run("ask", shop, "stock").stdout


def test_without_a_date_it_answers_as_of_the_last_day_with_data_and_says_so(shop: Path, run: Run) -> None:
    shutil.copy(STOCK, shop / "inbox")
    assert run("import", shop).exit_code == 0
    later = NINE.replace(day=28)
    result = run("ask", shop, "stock", "--json", clock=later)

    assert json.loads(result.stdout)["date"] == "2026-11-16"
    assert "Calculated for Mon 16 Nov, because the files end on Sun 15 Nov." in result.stderr
    named = run("ask", shop, "stock", "--json", "--date", "2026-11-28", clock=later)
    assert json.loads(named.stdout)["date"] == "2026-11-28"
    assert "As of" not in named.stderr
    assert "As of" not in run("ask", shop, "stock").stderr, "yesterday's file is there"


@pytest.mark.parametrize("step", ["page", "month_plan", "network", "peak_watch", "breakdown"])
@pytest.mark.parametrize("day", ["2026-11-19", "2026-11-21", "2026-11-11"])
def test_every_step_answers_on_every_kind_of_day(shop: Path, run: Run, step: str, day: str) -> None:
    result = run("ask", shop, step, "--date", day, "--json")

    assert result.exit_code in (0, 4)
    assert json.loads(result.stdout)["verdict"]["text"]
    assert run("note", shop, step, "看过了", "--date", day).exit_code == 0


def test_without_data_the_answer_says_so(shop: Path, run: Run) -> None:
    result = run("ask", shop, "drivers", "--json")

    assert result.exit_code == 4
    assert json.loads(result.stdout)["verdict"] == {"level": "nodata", "text": result.stderr.strip()}


@pytest.mark.parametrize("kind", ["md", "html", "txt", "json"])
def test_the_report_in_every_format(shop: Path, run: Run, kind: str) -> None:
    run("note", shop, "stock", "补货 300 件")
    result = run("report", shop, "--format", kind)

    assert result.exit_code == 0, result.output
    assert "补货 300 件" in result.stdout
    if kind == "json":
        assert isinstance(json.loads(result.stdout), dict)


def test_a_picture_of_the_report_needs_a_file(shop: Path, run: Run) -> None:
    said = run("report", shop, "--format", "png")
    assert said.exit_code == 2
    assert "add -o report.png" in said.output


def test_the_report_goes_into_a_file(shop: Path, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "out" / "day.md"

    assert run("report", shop, "-o", file).stdout == f"Saved: {file}\n"
    assert file.read_text().strip() == run("report", shop).stdout.strip()


def test_a_shop_goes_by_its_folders_name_once_it_is_known(shop: Path, run: Run, at_home: Path) -> None:
    (at_home / "config" / "shopday").mkdir(parents=True)
    (at_home / "config" / "shopday" / "shops.toml").write_text(f'shops = ["{shop}"]')

    assert run("day", "兰亭").exit_code == 0


def test_help_names_every_command_in_a_line(run: Run) -> None:
    text = run("--help").stdout

    reading, writing = "ask day find promises report review steps version", "import init note post table undo"
    for name in f"demo doctor open server {reading} {writing}".split():
        assert f"\n  {name} " in text, name
    assert "..." not in text.replace("[ARGS]...", "")
