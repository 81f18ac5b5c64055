"""``shopday table --all``: the same figures as each shop's own table, side by side, and what worked where."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from core.facts.imports import undo
from core.facts.ledger import Ledger
from core.shop.settings import settings_file
from core.tables.table import ShopColumn
from routines.fleet.across import merged
from tests.cli.conftest import NINE, Run, bytes_in
from tests.conftest import ROOT, copy_of

WEEK = ("--from", "2026-11-09", "--to", "2026-11-15", "--by", "week")
EVENING = datetime(2026, 11, 16, 22, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def fleet(sample_shop: Path, tmp_path: Path) -> Path:
    """Two shops with the sample's exports, and one that has none yet."""
    folder = tmp_path / "agency"
    folder.mkdir()
    for name in ("lanting", "qinghe"):
        copy_of(sample_shop, folder / name)
    (folder / "new").mkdir()
    (folder / "new" / "shop.toml").write_text('name = "new"\n', encoding="utf-8")
    lines = '[shops]\nlanting = "lanting"\nqinghe = "qinghe"\nnew = "new"\n'
    (folder / "fleet.toml").write_text(lines, encoding="utf-8")
    return folder


def rows_of(text: str) -> list[dict[str, str]]:
    """Return the rows of a csv file."""
    return list(csv.DictReader(StringIO(text.lstrip("\ufeff"))))


def allow(shop: Path) -> None:
    """Let the shop's actions be counted."""
    file = settings_file(shop)
    text = file.read_text(encoding="utf-8")
    file.write_text(f"{text}\n[fleet]\ncompare_actions = true\n", encoding="utf-8")


def test_each_shops_rows_are_those_of_its_own_table(run: Run, fleet: Path, tmp_path: Path) -> None:
    both, own = tmp_path / "both.csv", tmp_path / "own.csv"
    done = run("table", "--all", fleet, "operations", *WEEK, "-o", both)
    assert done.exit_code == 0, done.output
    run("table", fleet / "lanting", "operations", *WEEK, "-o", own)
    rows = rows_of(both.read_text(encoding="utf-8"))
    (alone,) = rows_of(own.read_text(encoding="utf-8"))
    assert [row.pop("Shop") for row in rows] == ["lanting", "qinghe"]
    assert rows == [alone, alone]


def test_an_import_that_was_undone_counts_in_no_table(run: Run, fleet: Path, tmp_path: Path) -> None:
    shop = fleet / "qinghe"
    for batch in Ledger(shop).live("shop_day"):
        undo(shop, batch.id, who="lan", at=NINE)
    run("table", "--all", fleet, "operations", *WEEK, "-o", tmp_path / "both.csv")
    first, second = rows_of((tmp_path / "both.csv").read_text(encoding="utf-8"))
    assert first["Visitors"] == "95403"
    assert second["Visitors"] == ""


def test_the_workbook_has_the_shop_in_front_and_typed_cells(run: Run, fleet: Path, tmp_path: Path) -> None:
    file = tmp_path / "all.xlsx"
    assert run("table", "--all", fleet, "operations", *WEEK, "-o", file).exit_code == 0
    head, *rows = openpyxl.load_workbook(file).worksheets[0].iter_rows(values_only=True)
    assert head[0] == "Shop"
    assert [row[0] for row in rows] == ["lanting", "qinghe"]
    assert rows[0][head.index("Buyers")] == 3129


def test_a_shop_that_cannot_be_read_is_named_and_the_others_are_there(run: Run, fleet: Path) -> None:
    (fleet / "qinghe" / "shop.toml").write_text("name = 3\n", encoding="utf-8")
    shutil.rmtree(fleet / "new")
    done = run("table", "--all", fleet, "operations", *WEEK)
    assert done.exit_code == 3
    assert "| lanting |" in done.stdout
    assert "Not in this table: qinghe. shop.toml:1: name: 3 was written" in done.stderr
    assert "Not in this table: new." in done.stderr
    assert "Not in this table: new." in done.stdout, "the file says what it lacks"


def test_whoever_is_not_in_a_team_does_not_get_that_shops_figures(run: Run, fleet: Path) -> None:
    file = settings_file(fleet / "qinghe")
    file.write_text('name = "qinghe"\n[[team]]\nname = "沈岚"\nuser = "root"\n', encoding="utf-8")
    done = run("table", "--all", fleet, "operations", *WEEK, user="lan")
    assert done.exit_code == 0
    assert "| qinghe |" not in done.stdout
    assert "1 shop is not shown: you are not in its team." in done.stdout
    assert "| qinghe |" in run("table", "--all", fleet, "operations", *WEEK, user="root").stdout


def test_nothing_but_caches_is_written(run: Run, fleet: Path) -> None:
    before = {name: one for name, one in bytes_in(fleet).items() if "cache" not in name}
    run("table", "--all", fleet, "operations", *WEEK)
    assert {name: one for name, one in bytes_in(fleet).items() if "cache" not in name} == before


def test_amounts_in_two_currencies_are_kept_apart(run: Run, fleet: Path) -> None:
    file = settings_file(fleet / "qinghe")
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("margin", 'currency = "$"\nmargin', 1), encoding="utf-8")
    told = run("table", "--all", fleet, "operations", *WEEK).stdout
    assert "| Shop | Currency |" in told
    assert r"| qinghe | \$ |" in told
    assert "| 797,674 |" in told


@pytest.mark.parametrize(
    ("words", "said", "code"),
    [
        (("--all", "{fleet}", "operation"), "operations", 2),
        (("{fleet}/lanting", "operations", "--all", "{fleet}"), "Give either a shop or --all fleet.toml", 2),
        ((), "Which shop? Give its folder, or --all fleet.toml", 2),
        (("--all", "{fleet}/nothing", "operations"), "There is no", 3),
        (("--all", "{fleet}", "operations", "--from", "2020-01-01", "--to", "2020-01-02"), "no figures", 4),
    ],
)
def test_a_wrong_question_is_answered_in_one_sentence(
    run: Run, fleet: Path, words: tuple[str, ...], said: str, code: int
) -> None:
    done = run("table", *(word.format(fleet=fleet) for word in words))
    assert (done.exit_code, said in done.stderr) == (code, True), done.stderr


def test_without_a_name_the_tables_are_listed(run: Run, fleet: Path) -> None:
    assert run("table", "--all", fleet).stdout == run("table", fleet / "lanting").stdout


def test_what_worked_is_counted_only_where_the_settings_allow_it(run: Run, fleet: Path) -> None:
    span = ("--from", "2026-10-01", "--to", "2026-11-15")
    none = run("table", "--all", fleet, "actions", *span, clock=EVENING)
    assert none.exit_code == 4
    assert "3 shops are not counted: their settings do not allow it" in none.stderr
    allow(fleet / "lanting")
    allow(fleet / "qinghe")
    done = run("table", "--all", fleet, "actions", *span, "-o", fleet / "worked.csv", clock=EVENING)
    assert done.exit_code == 0, done.output
    rows = rows_of((fleet / "worked.csv").read_text(encoding="utf-8"))
    bounce = next(row for row in rows if row["figure"] == "bounce rate")
    moved, tried = bounce["Shops where it moved the figure"], bounce["Shops that tried it"]
    assert (moved, tried, bounce["Promises missed"]) == ("0", "2", "2")
    waited = next(row for row in rows if row["figure"] == "answer time (s)")
    assert waited["Shops where it moved the figure"] == "2"
    assert not any("lanting" in cell for row in rows for cell in row.values())


def test_a_column_stands_where_the_first_table_shows_it() -> None:
    def columns(words: str) -> list[ShopColumn]:
        return [ShopColumn(word, word) for word in words.split()]

    assert [one.id for one in merged([columns("a c"), columns("a b c d"), columns("e a")])] == [
        "e", "a", "b", "c", "d",
    ]  # fmt: skip


def test_the_promises_of_the_day_itself_do_not_count(run: Run, fleet: Path) -> None:
    allow(fleet / "lanting")
    day = date(2026, 11, 16).isoformat()
    done = run("table", "--all", fleet, "actions", "--from", day, "--to", day)
    assert done.exit_code == 4


def test_a_restricted_session_gets_no_other_shop(fleet: Path) -> None:
    (fleet / "lanting" / "cache").unlink()
    restricted = {"SHOPDAY_RESTRICTED": "1", "SHOPDAY_SHOP": str(fleet / "lanting")}
    done = subprocess.run(
        [sys.executable, "-m", "tui", "table", "--all", str(fleet), "operations"],
        env={**os.environ, **restricted}, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "There is no other shop here." in done.stderr
