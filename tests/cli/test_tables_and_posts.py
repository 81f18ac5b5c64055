"""``shopday table``, ``report --week`` and ``post``: from exports on the disk to files and messages."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from core.channels.http_post import TRIAL
from core.tables.registry import TABLES
from tests.channels.gateway import Gateway, gateway
from tests.channels.sent import outbox
from tests.cli.conftest import Run, bytes_in

EVENING = datetime(2026, 11, 16, 22, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
SECRET = "SEC123"  # noqa: S105 - nobody's


# ---- tables


def test_without_a_name_the_tables_are_listed(run: Run, shop: Path) -> None:
    told = run("table", shop).output
    assert [line.split()[0] for line in told.splitlines()] == list(TABLES)


def test_the_sample_shops_week_is_one_row_with_rates_from_its_sums(
    run: Run, lanting: Path, tmp_path: Path
) -> None:
    file = tmp_path / "week.xlsx"
    done = run(
        "table", lanting, "operations", "--from", "2026-11-09", "--to", "2026-11-15", "--by", "week",
        "-o", file, user="lan",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    sheet = openpyxl.load_workbook(file).worksheets[0]
    head, *rows = sheet.iter_rows(values_only=True)
    (week,) = rows
    told: dict[str, Any] = {str(name): cell for name, cell in zip(head, week, strict=True)}
    assert told["Calendar week"] == "2026-W46"
    assert told["Buyers"] == 3129
    assert told["Conversion"] == pytest.approx(3129 / told["Visitors"])
    assert told["Order value"] == pytest.approx(told["Sales"] / 3129)


@pytest.mark.parametrize("name", list(TABLES))
def test_every_table_comes_out_or_says_that_nothing_is_known(
    run: Run, lanting: Path, tmp_path: Path, name: str
) -> None:
    file = tmp_path / "table.csv"
    days = ("--from", "2026-10-01", "--to", "2026-11-15", "--by", "month")
    done = run("table", lanting, name, *days, "-o", file)
    if name == "time":  # nobody has worked in the sample shop yet
        assert done.exit_code == 4
        assert not file.exists()
    else:
        assert done.exit_code == 0, done.output
        assert len(file.read_text(encoding="utf-8-sig").splitlines()) > 1


@pytest.mark.parametrize(("ending", "begins"), [("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf"), ("md", b"# ")])
def test_the_files_ending_says_which_kind_it_is(
    run: Run, lanting: Path, tmp_path: Path, ending: str, begins: bytes
) -> None:
    file = tmp_path / f"table.{ending}"
    run("table", lanting, "rivals", "--to", "2026-11-15", "-o", file)
    assert file.read_bytes().startswith(begins)


def test_without_a_file_the_table_is_printed(run: Run, lanting: Path) -> None:
    told = run("table", lanting, "actions", "--from", "2026-11-08", "--to", "2026-11-15").output
    assert "木子用快捷短语" in told
    assert "kept" in told


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("operation",), 2, "operations"),
        (("operations", "-o", "x.pdf"), 2, ".xlsx, .csv or .md"),
        (("operations", "--from", "2026-11-02", "--to", "2026-11-01"), 2, "before it begins"),
        (("operations", "--from", "1.11.", "--to", "2026-11-01"), 2, "is not a date"),
        (("operations", "--by", "year"), 2, "year"),
        (("operations",), 4, "There are no figures"),
    ],
)
def test_what_cannot_be_meant_is_one_sentence_and_changes_nothing(
    run: Run, shop: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    before = bytes_in(shop)
    done = run("table", shop, *words)
    assert done.exit_code == code
    assert said in done.output
    assert bytes_in(shop) == before


def test_a_restricted_session_writes_no_table_outside(
    run: Run, shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in os.environ if name.startswith(("TEXTUAL", "PYTHON", "XDG_"))]:
        monkeypatch.setenv(name, os.environ[name])  # put back what a restricted session takes away
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    monkeypatch.setenv("SHOPDAY_RESTRICTED", "1")
    monkeypatch.setenv("SHOPDAY_SHOP", str(shop))
    done = run("table", shop, "operations", "-o", tmp_path / "out.xlsx")
    assert done.exit_code == 2
    assert not (tmp_path / "out.xlsx").exists()


# ---- weeks and months


def test_the_week_is_told_from_its_days(run: Run, lanting: Path) -> None:
    told = run("report", lanting, "--week", "2026-W46").output
    assert "the week of 2026 W46 (9 Nov to 15 Nov)" in told
    assert "¥797,674" in told
    assert "小满上岗五天" in told
    assert "| Sun 15 Nov | ¥37,460 |" in told


def test_the_month_so_far_stands_against_its_target(run: Run, lanting: Path) -> None:
    told = json.loads(run("report", lanting, "--month", "2026-11", "--format", "json").output)
    assert told["by"] == "month"
    assert "64.5% of the month's target of ¥2,470,000." in told["verdict"]["text"]
    assert len(told["days"]) == 15
    assert told["figures"][0]["value"] == "¥1,594,231"


def test_a_week_nobody_knows_anything_of_is_exit_4(run: Run, shop: Path) -> None:
    done = run("report", shop, "--week", "2026-W20")
    assert done.exit_code == 4
    assert run("report", shop, "--week", "2026-W46", "--month", "2026-11").exit_code == 2


# ---- posts


@pytest.fixture
def group(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gateway]:
    with gateway(secret=SECRET, now=EVENING.timestamp()) as held:
        monkeypatch.setenv(TRIAL, held.address)
        yield held


@pytest.fixture
def posting(shop: Path) -> Path:
    file = shop / "secrets.toml"
    url = "https://oapi.dingtalk.com/robot/send?access_token=good"
    file.write_text(f'[robot]\nkind = "dingtalk"\nurl = "{url}"\nsecret = "{SECRET}"\n', encoding="utf-8")
    file.chmod(0o600)
    return shop


def test_a_dry_run_shows_the_message_and_sends_nothing(run: Run, posting: Path, group: Gateway) -> None:
    before = bytes_in(posting)
    done = run("post", posting, "--dry-run", clock=EVENING)
    assert done.exit_code == 0
    assert "兰亭女装旗舰店" in done.output
    assert "oapi.dingtalk.com" in done.output
    assert SECRET not in done.output
    assert "good" not in done.output
    assert group.asked == 0
    assert bytes_in(posting) == before


def test_the_report_is_posted_once(run: Run, posting: Path, group: Gateway) -> None:
    done = run("post", posting, clock=EVENING)
    assert done.exit_code == 0, done.output
    assert "Sent at 22:00." in done.output
    twice = run("post", posting, clock=EVENING)
    assert twice.exit_code == 2
    assert "--again" in twice.output
    assert len(group.arrived) == 1
    assert [one.state for one in outbox(posting)] == ["gone"]


def test_no_robot_no_post(run: Run, shop: Path) -> None:
    done = run("post", shop)
    assert done.exit_code == 3
    assert "secrets.toml" in done.output


def test_who_only_looks_posts_nothing(run: Run, posting: Path, group: Gateway) -> None:
    with (posting / "shop.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[team]]\nname = "陆正"\nuser = "boss"\nroles = ["viewer"]\n')
    done = run("post", posting, user="boss", clock=EVENING)
    assert done.exit_code == 2
    assert "can only view this shop" in done.output
    assert group.asked == 0


def test_neither_secret_nor_address_is_in_the_journal_or_a_report(
    run: Run, posting: Path, group: Gateway
) -> None:
    run("note", posting, "target", "发日报", clock=EVENING)
    run("post", posting, clock=EVENING)
    run("report", posting, "-o", posting / "reports" / "x.md", clock=EVENING)
    assert len(group.arrived) == 1
    for file in posting.rglob("*"):
        if file.is_file() and file.name != "secrets.toml":
            assert SECRET.encode() not in file.read_bytes(), file
            assert b"access_token" not in file.read_bytes(), file
