"""Three workers serve an agency's shops while one is killed again and again: every job is done once."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from core.facts.ledger import Ledger
from routines.fleet.board_store import board_store
from routines.fleet.fleet import Fleet, load_fleet
from tests.conftest import ROOT
from tests.journal.postgres.loopback import LoopbackServer
from tests.routines.fleet.small_shops import drop_sales, sales, small_shop
from tests.routines.fleet.test_fleet_file import fleet_file

pytestmark = pytest.mark.e2e

WORKERS = 3
NINE = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
_JOB = re.compile(r"^(s\d+): (?:(\d+) files? imported, )?\d+ steps? calculated")


class WorkerProcess:
    """A worker in a process of its own, with a log that grows over its lives."""

    def __init__(self, fleet: Path, log: Path) -> None:
        self.fleet, self.log = fleet, log
        self.start()

    def start(self) -> None:
        """Begin, or begin again after a kill."""
        command = [
            sys.executable,
            "-m",
            "tests.routines.fleet.worker_program",
            NINE.isoformat(),
            str(self.fleet),
        ]
        pace = ["--settle", "0.4", "--look", "0.2"]
        env = os.environ | {"PYTHONPATH": str(ROOT), "SHOPDAY_LANG": "en"}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen([*command, *pace], cwd=ROOT, env=env, stdout=log, stderr=log)

    def kill(self) -> None:
        """End it wherever it is."""
        self.process.kill()
        assert self.process.wait() == -signal.SIGKILL, self.log.read_text()

    def end(self) -> int:
        """Ask it to end, and return its exit code."""
        self.process.terminate()
        return self.process.wait(timeout=30)


def agency(folder: Path, shops: int, board: str) -> Fleet:
    """Make small shops, each with a file in its inbox."""
    names = [f"s{number:02d}" for number in range(shops)]
    for number, name in enumerate(names):
        drop_sales(small_shop(folder / name), sales(number))
    lines = "".join(f'{name} = "{name}"\n' for name in names)
    return load_fleet(fleet_file(folder, f"[shops]\n{lines}{board}"))


@pytest.mark.timeout(600)
@pytest.mark.parametrize("store", ["files", "postgres"])
@pytest.mark.parametrize(
    ("shops", "seconds", "every"), [(12, 8, 2), pytest.param(60, 60, 5, marks=pytest.mark.slow)]
)
def test_every_job_is_done_once_although_workers_are_killed(
    request: pytest.FixtureRequest, tmp_path: Path, store: str, shops: int, seconds: int, every: int
) -> None:
    if store == "postgres":
        request.getfixturevalue("server")
    board = f'[board]\nstore = "postgres"\nname = "{tmp_path.name}"\n' if store == "postgres" else ""
    fleet = agency(tmp_path, shops, board)
    workers = [WorkerProcess(fleet.file, tmp_path / f"log{number}") for number in range(WORKERS)]
    chance, kills = random.Random(3), 0
    newest = {key: sales(number) for number, key in enumerate(fleet.shops)}
    files = dict.fromkeys(fleet.shops, 1)
    try:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            time.sleep(every)
            one = chance.choice(workers)
            one.kill()
            kills += 1
            one.start()
            for key in chance.sample(list(fleet.shops), shops // 6):  # these export their figures again
                files[key] += 1
                newest[key] = sales(100 * files[key] + kills)
                drop_sales(fleet.shops[key], newest[key], f"shop_day_{files[key]}.csv")
        wait_for(fleet, newest)
        codes = [worker.end() for worker in workers]
    finally:
        for worker in workers:
            worker.process.kill()
    logs = [worker.log.read_text() for worker in workers]
    assert codes == [0] * WORKERS, logs
    assert [log.splitlines()[-1] for log in logs] == ["The worker has ended."] * WORKERS
    assert not any("Traceback" in log for log in logs), logs
    check(fleet, files, logs, kills)


def wait_for(fleet: Fleet, newest: dict[str, dict[date, int]]) -> None:
    """Wait until the board shows the newest figures of every shop."""
    board, end = board_store(fleet, now=lambda: NINE), time.monotonic() + 400
    wanted = {key: sum(sold.values()) for key, sold in newest.items()}
    while True:
        rows = {row.key: row.month.to_date if row.month else None for row in board.rows()}
        if rows == wanted:
            return
        assert time.monotonic() < end, {
            key: (rows[key], wanted[key]) for key in rows if rows[key] != wanted[key]
        }
        time.sleep(0.2)


def check(fleet: Fleet, files: dict[str, int], logs: list[str], kills: int) -> None:
    """Hold what the workers say they did against what is there."""
    for key, folder in fleet.shops.items():
        batches = Ledger(folder).batches()
        assert len(batches) == files[key], f"{key}: each file once"
        assert len({batch.hash for batch in batches}) == files[key]
        assert {row.trouble for row in board_store(fleet, now=lambda: NINE).rows()} == {""}
    found = [match for log in logs for line in log.splitlines() if (match := _JOB.match(line))]
    jobs = Counter(match[1] for match in found)
    assert all(jobs[key] <= files[key] for key in fleet.shops), (jobs, files)
    imported = sum(int(match[2] or 0) for match in found)
    total = sum(files.values())
    assert total - 2 * kills <= imported <= total, "but for what a kill cut off before it was told"


def test_a_worker_takes_over_at_once_what_a_killed_one_was_at(tmp_path: Path, server: LoopbackServer) -> None:
    board = f'[board]\nstore = "postgres"\nname = "{tmp_path.name}"\n'
    fleet = agency(tmp_path, 1, board)
    (tmp_path / "s00" / "cache").mkdir()
    os.mkfifo(tmp_path / "hold")
    ready = tmp_path / "ready"
    program = (
        "import sys, time; from pathlib import Path\n"
        "from routines.fleet.fleet import load_fleet\n"
        "from routines.fleet.postgres_queue import postgres_queue\n"
        f"queue = postgres_queue(load_fleet(Path({str(fleet.file)!r}))); queue.want(['s00'])\n"
        f"with queue.taken() as key: Path({str(ready)!r}).write_text(key); time.sleep(60)\n"
    )
    holder = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT)
    while not ready.exists():
        assert holder.poll() is None
        time.sleep(0.05)
    from routines.fleet.postgres_queue import postgres_queue

    mine = postgres_queue(fleet)
    mine.want(["s00"])
    with mine.taken() as key:
        assert key is None, "somebody is at it"
    holder.kill()
    holder.wait()
    end = time.monotonic() + 5
    while True:
        with mine.taken() as key:
            if key == "s00":
                break
        assert time.monotonic() < end
    with mine.taken() as key:
        assert key is None, "it has left the queue"
    assert server.running
