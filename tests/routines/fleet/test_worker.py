"""An agency's worker: in the morning every shop's files are imported, its steps answered, its row written."""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from core.facts.ledger import Ledger
from core.language.message import Words
from core.language.wording import text
from routines.fleet import shop_job
from routines.fleet.board_row import BoardRow
from routines.fleet.board_store import board_store
from routines.fleet.fleet import Fleet, load_fleet
from routines.fleet.shop_job import MOST_TRIES, Stopped, do_job
from routines.fleet.shop_state import keep_state, state_of
from routines.fleet.shop_watch import ShopWatch
from routines.fleet.worker import Worker, WorkerPace, served_fleet
from routines.workday.workday import Workday
from tests.routines.fleet.small_shops import NINE, drop_sales, drop_stock, sales, small_shop
from tests.routines.fleet.test_fleet_file import fleet_file

PACE = WorkerPace(settle=0.05, look=0.05)


class Agency:
    """Small shops in one fleet.toml, and a clock that stands still until it is moved."""

    def __init__(self, folder: Path, *names: str) -> None:
        self.folder = folder
        self.now = NINE
        self.log: list[str] = []
        for name in names:
            small_shop(folder / name)
        lines = "".join(f'{name} = "{name}"\n' for name in names)
        self.fleet: Fleet = load_fleet(fleet_file(folder, f"[shops]\n{lines}"))

    def worker(self, stop: threading.Event | None = None) -> Worker:
        """Return a worker that has just been started."""
        return Worker(
            served_fleet(self.fleet, now=lambda: self.now),
            clock=lambda: self.now,
            who=lambda _: "shopday",
            log=self.log.append,
            stop=stop or threading.Event(),
            pace=PACE,
        )

    def once(self) -> list[str]:
        """Let a new worker do what there is to do, and return what it logged, by shop."""
        self.log.clear()
        self.worker().run_once()
        return sorted(self.log)

    def row(self, key: str) -> BoardRow[Words]:
        """Return what the board shows of the shop."""
        rows = {row.key: row for row in board_store(self.fleet, now=lambda: self.now).rows()}
        return rows[key]

    def later(self, **time: float) -> None:
        """Let time pass."""
        self.now += timedelta(**time)


@pytest.fixture
def agency(tmp_path: Path) -> Agency:
    return Agency(tmp_path, "lanting", "qinghe")


def live(shop: Path) -> list[str]:
    """Return the files that count in a shop."""
    return [batch.file for batch in Ledger(shop).batches() if batch.live]


# ---- the morning


def test_the_morning_is_ready_before_anybody_sits_down(agency: Agency) -> None:
    for number, name in enumerate(agency.fleet.shops):
        drop_sales(agency.folder / name, sales(number))
    (agency.folder / "qinghe" / "routine.toml").unlink()  # the usual day
    log = agency.once()
    assert [line.rpartition(", ")[0] for line in log] == [
        "lanting: 1 file imported, 4 steps calculated",
        "qinghe: 1 file imported, 27 steps calculated",
    ]
    for number, name in enumerate(agency.fleet.shops):
        month = agency.row(name).month
        assert month is not None
        assert month.to_date == sum(sales(number).values())
    workday = Workday.open(agency.folder / "qinghe", clock=lambda: agency.now, who="lan")
    unanswered = [step.id for step in workday.plan.steps if step.analyse and workday.answer(step.id) is None]
    assert unanswered == []


def test_who_has_nothing_new_is_left_alone_until_time_has_passed(agency: Agency) -> None:
    assert len(agency.once()) == 2
    assert agency.once() == []
    agency.later(minutes=11)
    assert len(agency.once()) == 2, "some answers depend on the time of day"
    agency.later(hours=20)
    assert len(agency.once()) == 2
    assert agency.row("lanting").day == "2026-11-17", "another working day"


def test_an_import_a_setting_and_an_entry_are_noticed(agency: Agency) -> None:
    agency.once()
    shop = agency.folder / "lanting"
    agency.later(minutes=2)
    Workday.open(shop, clock=lambda: agency.now, who="lan").note("stock", "补 300 件")
    assert [line.partition(":")[0] for line in agency.once()] == ["lanting"]
    assert agency.row("lanting").seen == ("lan",)
    agency.later(seconds=5)
    settings = shop / "shop.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + "\n# a remark\n", encoding="utf-8")
    assert len(agency.once()) == 1
    from routines.io.importing import commit_files

    commit_files(shop, [drop_stock(shop, 5)], today=agency.now.date(), who="lan", at=agency.now)
    assert len(agency.once()) == 1
    assert agency.once() == []


def test_a_file_that_still_grows_waits_until_it_is_whole(tmp_path: Path) -> None:
    shop = small_shop(tmp_path / "lanting")
    watch = ShopWatch(shop, settle=5, refresh=timedelta(minutes=10))
    file = drop_sales(shop, sales(1))
    whole = file.read_bytes()
    file.write_bytes(whole[:100])
    assert watch.look(NINE, 100.0).files == {}
    assert watch.unsettled
    file.write_bytes(whole[:300])
    assert watch.look(NINE, 106.0).files == {}, "it has grown since"
    file.write_bytes(whole)
    assert watch.look(NINE, 108.0).files == {}
    assert watch.look(NINE, 112.9).files == {}
    assert list(watch.look(NINE, 113.0).files) == ["shop_day.csv"]
    assert not watch.unsettled


def test_a_file_that_never_settles_holds_up_nothing_else_for_long(tmp_path: Path) -> None:
    shop = small_shop(tmp_path / "lanting")
    watch, file = ShopWatch(shop, settle=5, refresh=timedelta(minutes=10)), shop / "inbox" / "log.csv"
    for second in range(0, 64, 4):
        file.write_bytes(b"x" * (second + 1))
        look = watch.look(NINE, 100.0 + second)
        assert (look.files, look.due) == ({}, second >= 60)


def test_half_downloads_and_hidden_files_are_no_exports(agency: Agency) -> None:
    for name in ("shop_day.csv.crdownload", ".shop_day.csv", "~$shop_day.xlsx"):
        (agency.folder / "lanting" / "inbox" / name).write_bytes(b"half")
    assert agency.once()[0].startswith("lanting: 4 steps calculated")


def test_a_file_exported_again_under_the_same_name_is_imported_again(agency: Agency) -> None:
    shop = agency.folder / "lanting"
    drop_sales(shop, sales(1))
    agency.once()
    drop_sales(shop, sales(2))
    assert agency.once()[0].startswith("lanting: 1 file imported")
    assert len(live(shop)) == 2
    assert agency.row("lanting").month.to_date == sum(sales(2).values())  # type: ignore[union-attr]


# ---- what does not work


def test_a_refused_file_is_told_once_and_the_others_are_imported(agency: Agency) -> None:
    shop = agency.folder / "lanting"
    (shop / "inbox" / "a.csv").write_bytes(b"no export at all")
    drop_sales(shop, sales(1))
    line = agency.once()[0]
    assert line.startswith("lanting: 1 file imported, 1 file refused, 4 steps calculated")
    assert "a.csv: " in line
    agency.later(minutes=11)
    assert "a.csv" not in agency.once()[0]
    drop_sales(shop, sales(2), "a.csv")
    assert agency.once()[0].startswith("lanting: 1 file imported"), "it is another file now"


def test_a_file_whose_name_is_not_text_is_told_once_too(agency: Agency) -> None:
    """A zip that was packed on Windows leaves names in GBK behind."""
    shop = agency.folder / "lanting"
    (shop / "inbox" / os.fsdecode("日报.csv".encode("gbk"))).write_bytes(b"no export at all")
    assert agency.once()[0].startswith("lanting: 1 file refused, 4 steps calculated")
    agency.later(minutes=11)
    assert "refused" not in agency.once()[0]


def test_broken_settings_stop_no_other_shop_and_stand_on_the_board(agency: Agency) -> None:
    settings = agency.folder / "lanting" / "shop.toml"
    good = settings.read_text(encoding="utf-8")
    settings.write_text("margin = 40\n", encoding="utf-8")
    worker = agency.worker()
    worker.run_once()
    assert worker.tally.failed == 1
    assert len(agency.log) == 2
    assert agency.row("qinghe").trouble == ""
    assert "shop.toml: “name” is missing" in str(agency.row("lanting").trouble)
    worker.run_once()
    assert len(agency.log) == 2, "it is told once"
    settings.write_text(good, encoding="utf-8")
    worker.run_once()
    assert len(agency.log) == 3
    assert agency.row("lanting").trouble == ""


@pytest.mark.parametrize("step", [1, 2, 4, 7])
def test_a_folder_that_vanishes_in_mid_job_is_not_made_again(agency: Agency, step: int) -> None:
    shop, away = agency.folder / "lanting", agency.folder / "away"
    drop_sales(shop, sales(1))
    calls = 0

    def taken_away() -> bool:
        nonlocal calls
        calls += 1
        if calls == step:
            shop.rename(away)
        return False

    with pytest.raises(Exception, match=r"is gone, or its shop\.toml"):
        job(agency, shop, stopped=taken_away)
    assert not shop.exists()
    log = agency.once()
    assert [line.split(":")[0] for line in log] == ["lanting", "qinghe"]
    assert "is gone" in str(agency.row("lanting").trouble)
    assert not shop.exists()
    away.rename(shop)
    agency.once()
    assert agency.row("lanting").trouble == ""
    assert live(shop) == ["shop_day.csv"]


def job(agency: Agency, shop: Path, *, stopped: Callable[[], bool] = lambda: False) -> list[BoardRow[Words]]:
    """Do the job of a shop whose files have settled, and return the rows that it wrote."""
    watch, rows = ShopWatch(shop, settle=0, refresh=timedelta(minutes=10)), list[BoardRow[Words]]()
    look = watch.look(agency.now, 1.0)
    do_job(shop, look, clock=lambda: agency.now, who="shopday", write_row=rows.append, stopped=stopped)
    return rows


def test_a_damaged_list_of_imports_is_told_and_nothing_changed(agency: Agency) -> None:
    shop = agency.folder / "lanting"
    drop_sales(shop, sales(1))
    agency.once()
    ledger = shop / "facts" / "ledger.json"
    whole = ledger.read_bytes()
    ledger.write_bytes(whole[:50])
    drop_stock(shop, 5)
    agency.once()
    assert "the list of imports is damaged" in str(agency.row("lanting").trouble)
    assert ledger.read_bytes() == whole[:50]
    assert agency.row("lanting").month is not None, "the last row stays in sight"
    ledger.write_bytes(whole)
    agency.once()
    assert len(live(shop)) == 2


def test_a_shop_that_cannot_be_written_is_told(agency: Agency) -> None:
    shop = agency.folder / "lanting"
    (shop / "cache").write_bytes(b"a file where the folder should be")
    assert len(agency.once()) == 2
    assert "Nothing was changed" in str(agency.row("lanting").trouble)
    assert agency.row("qinghe").trouble == ""


def test_an_account_that_may_only_look_imports_nothing(agency: Agency) -> None:
    shop = agency.folder / "lanting"
    team = '\n[[team]]\nname = "陆正"\nuser = "shopday"\nroles = ["viewer"]\n'
    settings = shop / "shop.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + team, encoding="utf-8")
    drop_sales(shop, sales(1))
    worker = agency.worker()
    worker.run_once()
    worker.run_once()
    assert sum("陆正 can only view this shop" in line for line in agency.log) == 1, "it is told once"
    assert live(shop) == []
    assert agency.row("lanting").day == "2026-11-16"
    settings.write_text(settings.read_text(encoding="utf-8").replace("viewer", "operator"), encoding="utf-8")
    worker.run_once()
    assert live(shop) == ["shop_day.csv"]


def test_a_mistake_of_ours_in_one_shop_stops_no_other(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    def falls(workday: Workday) -> None:
        if workday.folder.name == "lanting":
            raise ZeroDivisionError

    monkeypatch.setattr(shop_job, "post_report", falls)
    log = agency.once()
    assert "The worker failed in this shop (ZeroDivisionError())" in str(agency.row("lanting").trouble)
    assert agency.row("qinghe").trouble == ""
    assert any("Traceback" in line for line in log)


def test_a_shop_in_which_workers_die_is_left_alone_for_a_while(agency: Agency) -> None:
    shop = agency.folder / "lanting"
    agency.once()
    keep_state(shop, state_of(shop)._replace(begun=MOST_TRIES))
    agency.once()
    assert "was ended 5 times in the middle of this shop" in text(agency.row("lanting").trouble)
    assert agency.once()[0].startswith("lanting: 4 steps calculated"), "a later worker tries again"


def test_a_stopped_job_is_taken_up_again(agency: Agency) -> None:
    shop = agency.folder / "lanting"
    drop_sales(shop, sales(1))
    calls = iter(range(100))
    with pytest.raises(Stopped):
        job(agency, shop, stopped=lambda: next(calls) >= 4)
    assert state_of(shop).day == ""
    assert agency.once()[0].startswith("lanting: 4 steps calculated"), "its file was imported before"
    assert live(shop) == ["shop_day.csv"]


def test_a_deleted_cache_costs_time_and_nothing_else(agency: Agency) -> None:
    shop = agency.folder / "lanting"
    drop_sales(shop, sales(1))
    agency.once()
    before = agency.row("lanting")
    shutil.rmtree(shop / "cache")
    agency.once()
    assert live(shop) == ["shop_day.csv"]
    assert agency.row("lanting") == before


def test_what_was_done_is_written_readably(agency: Agency) -> None:
    shop = agency.folder / "lanting"
    file = drop_sales(shop, sales(1))
    agency.once()
    held = json.loads((shop / "cache" / "worker.json").read_text(encoding="utf-8"))
    assert (held["day"], held["begun"]) == ("2026-11-16", 0)
    assert held["files"] == {"shop_day.csv": [file.stat().st_size, file.stat().st_mtime_ns]}
    assert datetime.fromisoformat(held["at"]) == NINE
