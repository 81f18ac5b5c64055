"""``shopday worker`` from cron and from a shell: what it prints, and how it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from core.journal.postgres.address import URL
from tests.cli.conftest import Run
from tests.conftest import ROOT
from tests.journal.postgres.loopback import LoopbackServer
from tests.routines.fleet.small_shops import NINE, drop_sales, sales, small_shop
from tests.routines.fleet.test_fleet_file import fleet_file

SOON = ("--settle", "0.1", "--look", "0.1")


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """A fleet.toml with two small shops."""
    for name in ("lanting", "qinghe"):
        drop_sales(small_shop(tmp_path / name), sales(1))
    return fleet_file(tmp_path, '[shops]\nlanting = "lanting"\nqinghe = "qinghe"\n')


def test_cron_does_what_there_is_to_do_once(run: Run, two: Path) -> None:
    done = run("worker", two, "--once", *SOON, clock=NINE)
    assert done.exit_code == 0, done.output
    assert [line.rpartition(", ")[0] for line in done.stdout.splitlines()] == [
        "lanting: 1 file imported, 4 steps calculated",
        "qinghe: 1 file imported, 4 steps calculated",
    ]
    assert sorted(file.name for file in (two.parent / "board").glob("*.json")) == [
        "lanting.json",
        "qinghe.json",
    ]
    again = run("worker", two, "--once", *SOON, clock=NINE)
    assert (again.exit_code, again.output) == (0, "")


def test_single_shops_need_no_fleet_file(run: Run, two: Path) -> None:
    done = run("worker", two.parent / "lanting", two.parent / "qinghe", "--once", *SOON, clock=NINE)
    assert (done.exit_code, done.stdout.count("1 file imported")) == (0, 2)
    assert not (two.parent / "board").exists()


def test_cron_is_told_of_a_shop_that_could_not_be_worked_through(run: Run, two: Path) -> None:
    (two.parent / "lanting" / "shop.toml").write_text("name = \n", encoding="utf-8")
    done = run("worker", two, "--once", *SOON, clock=NINE)
    assert done.exit_code == 3
    assert "qinghe: 1 file imported" in done.stdout
    assert done.stderr.startswith("1 of 2 shops could not be worked through; the last: lanting: shop.toml:")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[shop]\nlanting = "lanting"\n', "fleet.toml:1: shop: there is no “shop”. Did you mean “shops”?"),
        ("[shops]\n", "[shops] names no shop yet"),
        ("[shops\n", "fleet.toml: "),
        (
            '[shops]\nlanting = "lanting"\n[board]\nstore = "redis"\n',
            "“redis” is not one of: files, postgres",
        ),
        ('[shops]\nlanting = "lanting"\n[board]\nstore = "postgres"\n', "board.name must be a name"),
    ],
)
def test_a_fleet_file_that_cannot_be_right_is_one_sentence(run: Run, two: Path, text: str, said: str) -> None:
    before = sorted(two.parent.rglob("*"))
    two.write_text(text, encoding="utf-8")
    done = run("worker", two, "--once", clock=NINE)
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (3, "", 1)
    assert said in done.stderr
    assert sorted(two.parent.rglob("*")) == before


def test_a_fleet_file_that_is_not_there(run: Run, tmp_path: Path) -> None:
    done = run("worker", tmp_path / "fleet.toml", "--once")
    assert (done.exit_code, done.stderr.count("\n")) == (3, 1)
    assert "There is no " in done.stderr


def test_a_fleet_and_shops_are_not_mixed(run: Run, two: Path) -> None:
    done = run("worker", two, two.parent / "lanting", "--once")
    assert (done.exit_code, "not both" in done.stderr) == (2, True)


def test_no_worker_in_a_restricted_session(run: Run, two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOPDAY_RESTRICTED", "1")
    monkeypatch.setenv("SHOPDAY_SHOP", str(two.parent / "lanting"))
    done = run("worker", two, "--once")
    assert (done.exit_code, "No worker can be started here." in done.stderr) == (2, True)


def test_a_shop_added_while_it_runs_is_served_and_term_ends_it(two: Path, tmp_path: Path) -> None:
    whole = two.read_text(encoding="utf-8")
    two.write_text(whole.replace('qinghe = "qinghe"\n', ""), encoding="utf-8")
    command = [sys.executable, "-m", "tests.routines.fleet.worker_program", NINE.isoformat(), str(two), *SOON]
    env = os.environ | {"PYTHONPATH": str(ROOT), "SHOPDAY_LANG": "en"}
    log = tmp_path / "log"
    with log.open("wb") as out:
        worker = subprocess.Popen(command, cwd=ROOT, env=env, stdout=out, stderr=out)
    try:
        wait_for(log, "lanting: 1 file imported")
        two.write_text("[shops\n", encoding="utf-8")
        wait_for(log, "fleet.toml: ")
        two.write_text(whole, encoding="utf-8")
        wait_for(log, "qinghe: 1 file imported")
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=20) == 0
    finally:
        worker.kill()
    lines = log.read_text().splitlines()
    assert [line.split(",")[0] for line in lines if "fleet.toml" not in line] == [
        "Serving 1 shop.",
        "lanting: 1 file imported",
        "Serving 2 shops.",
        "qinghe: 1 file imported",
        "The worker has ended.",
    ]


def wait_for(log: Path, words: str) -> None:
    """Wait until the worker has said it."""
    end = time.monotonic() + 60
    while words not in log.read_text():
        assert time.monotonic() < end, log.read_text()
        time.sleep(0.05)


# ---- the queue in PostgreSQL


@pytest.fixture
def on_server(two: Path, tmp_path: Path) -> Path:
    """The same two shops, with board and queue in PostgreSQL."""
    chosen = f'[board]\nstore = "postgres"\nname = "{tmp_path.name}"\n'
    two.write_text(two.read_text(encoding="utf-8") + chosen, encoding="utf-8")
    return two


@pytest.mark.e2e
@pytest.mark.usefixtures("server")
def test_with_postgres_the_queue_is_there(run: Run, on_server: Path, server: LoopbackServer) -> None:
    done = run("worker", on_server, "--once", *SOON, clock=NINE)
    assert (done.exit_code, done.stdout.count("1 file imported")) == (0, 2), done.output
    assert server.sql("SELECT count(*) FROM shopday.worker_job", "shops") == "0"
    assert not (on_server.parent / "board").exists()


@pytest.mark.e2e
@pytest.mark.usefixtures("server")
def test_a_server_that_is_away_is_one_sentence_and_nothing_is_half_done(
    run: Run, on_server: Path, server: LoopbackServer
) -> None:
    server.stop()
    done = run("worker", on_server, "--once", *SOON, clock=NINE)
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (3, "", 1)
    assert f"PostgreSQL at 127.0.0.1:{server.port} does not answer." in done.stderr
    assert not (on_server.parent / "lanting" / "facts").exists()
    server.start()
    assert run("worker", on_server, "--once", *SOON, clock=NINE).exit_code == 0


@pytest.mark.e2e
@pytest.mark.usefixtures("server")
def test_an_account_without_rights_is_one_sentence(
    run: Run, on_server: Path, server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.sql("CREATE ROLE outsider LOGIN PASSWORD 'secret'")
    monkeypatch.setenv(URL, server.url("outsider"))
    done = run("worker", on_server, "--once", *SOON, clock=NINE)
    server.sql("DROP ROLE outsider")
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (3, "", 1)
    assert "does not give the account outsider the rights" in done.stderr


@pytest.mark.e2e
def test_a_running_worker_waits_for_a_server_that_is_away(
    on_server: Path, server: LoopbackServer, tmp_path: Path
) -> None:
    server.stop()
    command = [sys.executable, "-m", "tests.routines.fleet.worker_program", NINE.isoformat()]
    env = os.environ | {"PYTHONPATH": str(ROOT), "SHOPDAY_LANG": "en"}
    log = tmp_path / "log"
    with log.open("wb") as out:
        worker = subprocess.Popen(
            [*command, str(on_server), *SOON], cwd=ROOT, env=env, stdout=out, stderr=out
        )
    try:
        wait_for(log, "does not answer")
        time.sleep(1)
        server.start()
        wait_for(log, "lanting: 1 file imported")
        wait_for(log, "qinghe: 1 file imported")
        worker.terminate()
        assert worker.wait(timeout=20) == 0
    finally:
        worker.kill()
    assert log.read_text().count("does not answer") == 1
