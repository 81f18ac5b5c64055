"""The past on the command line: find, and the promises."""

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import MONDAY, Run
from tests.conftest import FILES_ONLY

pytestmark = pytest.mark.usefixtures("any_store")

EARLIER = "2026-11-13"


@pytest.fixture
def written(shop: Path, run: Run) -> Path:
    run("note", shop, "stock", "直通车停了，等补货", "--date", EARLIER)
    run("note", shop, "stock", "老客短信发了", "--date", EARLIER)
    run("note", shop, "paid", "直通车加价 10%")
    return shop


def test_words_are_found_the_newest_first(written: Path, run: Run) -> None:
    result = run("find", written, "直通车")

    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[:2] == ["“直通车”", "2 days, 2 entries"]
    assert lines[3:5] == ["Mon 16 Nov 2026", "  09:00 沈岚 Paid promotion Note: 直通车加价 10%"]
    assert "  09:00 沈岚 Stock Note: 直通车停了，等补货" in lines


def test_a_word_that_must_not_be_there_and_days_that_bound_it(written: Path, run: Run) -> None:
    assert "加价 10%" not in run("find", written, "直通车", "-加价").stdout
    assert "加价 10%" not in run("find", written, "直通车", "--to", EARLIER).stdout
    assert "停了" not in run("find", written, "直通车", "--from", MONDAY).stdout
    assert "停了" in run("find", written, "--from", EARLIER, "--to", EARLIER).stdout


def test_as_json(written: Path, run: Run) -> None:
    found = json.loads(run("find", written, "直通车 停了", "--json").stdout)

    assert list(found) == ["asked", "words", "days", "all_days", "all_lines", "unknown"]
    (day,) = found["days"]
    assert day["date"] == EARLIER
    assert list(day["lines"][0]) == ["id", "at", "who", "step", "title", "kind", "text", "outcome"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "Search for words"),
        (["天气<2"], "There is no figure “天气”"),
        (["x", "--from", "soon"], "not a date"),
    ],
)
def test_what_cannot_be_looked_for_is_wrong_usage(
    written: Path, run: Run, words: list[str], said: str
) -> None:
    result = run("find", written, *words)
    assert result.exit_code == 2
    assert said in result.stderr


def test_hostile_words_are_shown_harmless(shop: Path, run: Run) -> None:
    run("note", shop, "stock", "补货\x1b]0;x\x07[red]快[/red]")
    assert run("find", shop, "补货").stdout.splitlines()[-1].endswith("Note: 补货]0;x[red]快[/red]")


@FILES_ONLY
def test_a_damaged_day_is_told_and_the_others_are_found(written: Path, run: Run) -> None:
    (written / "journal" / "2026" / f"{EARLIER}.json").write_text("no journal")
    shutil.rmtree(written / "cache", ignore_errors=True)
    result = run("find", written, "直通车")
    assert "was not a journal" in result.stderr
    assert "加价" in result.stdout


def test_promises_without_any(shop: Path, run: Run) -> None:
    assert run("promises", shop).stdout == "No promise has been due since 2026-08-18.\n"
    assert json.loads(run("promises", shop, "--json").stdout) == {
        "first": "2026-08-18", "last": "2026-11-16", "promises": [], "people": [],
    }  # fmt: skip


@FILES_ONLY
def test_promises_of_the_sample(lanting: Path, run: Run) -> None:
    text = run("promises", lanting, "--date", MONDAY).stdout
    assert "2026-11-15  Missed: 林夕" in text
    assert "How well each person estimates" in text
    assert "only 2 so far" in text
