from __future__ import annotations

import multiprocessing
import os
import random
import signal
import stat
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from core.errors import BadExport, BadInput, Problem
from core.exports.kinds.shop_day import ShopDay
from core.exports.reading.file_size import MOST_BYTES
from core.facts.imports import comes_back, commit, preview, undo
from core.facts.ledger import Ledger
from core.facts.window import load
from tests.facts.shops import AT, TODAY, days, drop, take

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


def _gmv(folder: Path) -> dict[str, float]:
    frame = load(folder, ShopDay, FIRST, LAST).frame
    return {f"{day:%m-%d}": value for day, value in zip(frame["date"], frame["gmv"], strict=True)}


def test_looking_changes_nothing(tmp_path: Path) -> None:
    file = drop(tmp_path, "店铺整体日报.csv", days({"2026-11-14": 1, "2026-11-15": 2}))
    looked = preview(tmp_path, file, today=TODAY)
    assert (looked.state, looked.sheet, looked.rows) == ("new", "shop_day", 2)
    assert looked.dates == (date(2026, 11, 14), date(2026, 11, 15))
    assert Ledger(tmp_path).batches() == ()
    assert _gmv(tmp_path) == {}


def _bytes_read() -> int:
    lines = Path("/proc/self/io").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("rchar"))


@pytest.mark.parametrize(("size", "read"), [(5 << 30, False), (MOST_BYTES + 1, False), (MOST_BYTES, True)])
def test_a_file_over_the_limit_is_refused_before_it_is_hashed(
    tmp_path: Path, *, size: int, read: bool
) -> None:
    file = drop(tmp_path, "店铺整体日报.csv", days({"2026-11-15": 2}))
    os.truncate(file, size)
    before = _bytes_read()
    looked = preview(tmp_path, file, today=TODAY)
    assert looked.state == "refused"
    assert ("at most 512 MB" in looked.problems[0].what) is not read
    assert (_bytes_read() - before > MOST_BYTES) is read


def test_before_an_import_is_taken_back_it_is_told_what_counts_again(tmp_path: Path) -> None:
    first = take(tmp_path, drop(tmp_path, "a.csv", days({"2026-11-12": 1, "2026-11-13": 2, "2026-11-14": 3})))
    take(tmp_path, drop(tmp_path, "b.csv", days({"2026-11-14": 20})))
    last = take(tmp_path, drop(tmp_path, "c.csv", days({f"2026-11-{day}": 30 for day in (12, 13, 14, 15)})))
    assert comes_back(tmp_path, last.id) == {
        "a.csv": (date(2026, 11, 12), date(2026, 11, 13)), "b.csv": (date(2026, 11, 14),),
    }  # fmt: skip
    assert comes_back(tmp_path, "nobody's") == {}
    undo(tmp_path, last.id, who="lan", at=AT)
    assert comes_back(tmp_path, last.id) == {}
    assert comes_back(tmp_path, first.id) == {"b.csv": (date(2026, 11, 14),)}


def test_rows_are_kept_by_day_and_with_the_columns_of_the_sheet_only(tmp_path: Path) -> None:
    batch = take(tmp_path, drop(tmp_path, "a.csv", days({"2026-11-15": 2, "2026-11-13": 1, "2026-11-14": 3})))
    rows = Ledger(tmp_path).file_of(batch)
    assert set(pq.read_schema(rows).names) <= set(ShopDay.names())
    assert [one.day for one in pq.read_table(rows)["date"].to_pylist()] == [13, 14, 15]


def test_twenty_problems_are_kept_with_the_import_doubts_first(tmp_path: Path) -> None:
    looked = preview(tmp_path, drop(tmp_path, "a.csv", days({"2026-11-15": 2})), today=TODAY)
    assert looked.reading is not None
    notes = tuple(Problem(f"row {number} was left out") for number in range(25))
    doubts = tuple(Problem(f"sum {number} does not agree", level="doubt") for number in range(2))
    reading = replace(looked.reading, problems=(*notes, *doubts))
    batch = commit(tmp_path, replace(looked, reading=reading), who="lan", at=AT)
    assert batch.problems == (*doubts, *notes[:18])


def test_importing_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    file = drop(tmp_path, "店铺整体日报.csv", days({"2026-11-15": 2}))
    first = take(tmp_path, file)
    renamed = file.rename(file.with_name("店铺整体日报 (1).csv"))
    assert preview(tmp_path, renamed, today=TODAY).state == "same"
    assert take(tmp_path, renamed) == first
    assert len(Ledger(tmp_path).batches()) == 1


def test_the_newest_file_counts_for_its_days_and_says_so_before(tmp_path: Path) -> None:
    take(tmp_path, drop(tmp_path, "a.csv", days({"2026-11-13": 1, "2026-11-14": 2})))
    looked = preview(
        tmp_path, drop(tmp_path, "b.csv", days({"2026-11-14": 20, "2026-11-15": 30})), today=TODAY
    )
    assert looked.replaces == (date(2026, 11, 14),)
    commit(tmp_path, looked, who="lan", at=AT)
    assert _gmv(tmp_path) == {"11-13": 1, "11-14": 20, "11-15": 30}


def test_the_order_of_imports_counts_not_the_clock(tmp_path: Path) -> None:
    take(tmp_path, drop(tmp_path, "a.csv", days({"2026-11-14": 2})))
    looked = preview(tmp_path, drop(tmp_path, "b.csv", days({"2026-11-14": 20})), today=TODAY)
    commit(tmp_path, looked, who="lan", at=AT - timedelta(days=3))
    assert _gmv(tmp_path) == {"11-14": 20}


def test_an_import_taken_back_lets_the_older_one_count_again(tmp_path: Path) -> None:
    take(tmp_path, drop(tmp_path, "a.csv", days({"2026-11-14": 2})))
    file = drop(tmp_path, "b.csv", days({"2026-11-14": 20}))
    batch = take(tmp_path, file)
    taken_back = undo(tmp_path, batch.id, who="boss", at=AT)
    assert (taken_back.undone, taken_back.undone_by) == (AT, "boss")
    assert _gmv(tmp_path) == {"11-14": 2}
    assert undo(tmp_path, batch.id, who="lan", at=AT) == taken_back, "taking back twice changes nothing"
    again = take(tmp_path, file)
    assert again.id != batch.id
    assert _gmv(tmp_path) == {"11-14": 20}


def test_taking_back_what_nobody_imported_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="There is no import nothing"):
        undo(tmp_path, "nothing", who="lan", at=AT)


def test_a_refused_file_cannot_be_committed(tmp_path: Path) -> None:
    looked = preview(tmp_path, drop(tmp_path, "x.csv", "主播 | 场次\na | 1\n"), today=TODAY)
    assert looked.state == "refused"
    with pytest.raises(BadExport, match="This kind of file is unknown"):
        commit(tmp_path, looked, who="lan", at=AT)
    assert Ledger(tmp_path).batches() == ()


def test_what_was_looked_at_is_what_comes_in(tmp_path: Path) -> None:
    from dataclasses import replace

    file = drop(tmp_path, "a.csv", days({"2026-11-14": 2}))
    looked = replace(preview(tmp_path, file, today=TODAY), reading=None)
    file.write_bytes(file.read_bytes().replace(b"| 2", b"| 3").replace(b",2,", b",3,"))
    with pytest.raises(BadExport, match="has changed since you previewed"):
        commit(tmp_path, looked, who="lan", at=AT)


def test_problems_go_with_the_batch(tmp_path: Path) -> None:
    file = drop(tmp_path, "a.csv", days({"2026-11-13": 2, "2026-11-15": "坏"}))
    batch = take(tmp_path, file)
    assert [problem.row for problem in batch.problems if problem.level == "row"] == [3]
    Ledger(tmp_path).path.touch()
    assert Ledger(tmp_path).batch(batch.id) == batch, "the ledger gives back what went in"


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    file = drop(tmp_path, "a.csv", days({"2026-11-14": 2}))
    looked = preview(tmp_path, file, today=TODAY, progress=lambda *step: told.append(step))
    commit(tmp_path, looked, who="lan", at=AT, progress=lambda *step: told.append(step))
    assert told[0][2] == "reading a.csv"
    assert told[-1] == (1, 1, "writing a.csv")


def test_everything_is_open_to_the_group(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        take(tmp_path, drop(tmp_path, "a.csv", days({"2026-11-14": 2})))
    finally:
        os.umask(before)
    for path in (tmp_path / "facts").rglob("*"):
        wanted = 0o2770 if path.is_dir() else 0o660
        assert stat.S_IMODE(path.stat().st_mode) == wanted, path


def test_the_ledger_is_read_without_pandas(tmp_path: Path) -> None:
    take(tmp_path, drop(tmp_path, "a.csv", days({"2026-11-14": 2})))
    script = (
        "import sys, pathlib; from core.facts.ledger import Ledger\n"
        "ledger = Ledger(pathlib.Path(sys.argv[1])); (batch,) = ledger.live('shop_day')\n"
        "print(batch.dates, ledger.digest())\n"
        "assert not {'pandas', 'numpy', 'pyarrow'} & set(sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, tmp_path], capture_output=True, text=True, check=True
    )
    assert "datetime.date(2026, 11, 14)" in done.stdout


def test_a_ledger_that_is_none_is_told_and_left_alone(tmp_path: Path) -> None:
    take(tmp_path, drop(tmp_path, "a.csv", days({"2026-11-14": 2})))
    Ledger(tmp_path).path.write_bytes(b'{"batches": [')
    with pytest.raises(BadInput, match="the list of imports is damaged"):
        Ledger(tmp_path).live(ShopDay.id)
    assert Ledger(tmp_path).path.read_bytes() == b'{"batches": ['


def _import(folder: Path, names: list[str]) -> None:
    for name in names:
        take(folder, folder / "inbox" / name, who=str(os.getpid()))


def test_four_people_import_at_once_and_nothing_is_lost(tmp_path: Path) -> None:
    names = [f"{day:02}.csv" for day in range(1, 13)]
    for day, name in enumerate(names, 1):
        drop(tmp_path, name, days({f"2026-11-{day:02}": day}))
    fork = multiprocessing.get_context("spawn")
    people = [
        fork.Process(target=_import, args=(tmp_path, random.Random(seed).sample(names, len(names))))
        for seed in range(4)
    ]
    for person in people:
        person.start()
    for person in people:
        person.join()
        assert person.exitcode == 0
    assert len(Ledger(tmp_path).batches()) == 12, "each file once, whoever came first"
    assert _gmv(tmp_path) == {f"11-{day:02}": day for day in range(1, 13)}


def test_killed_at_any_moment_the_facts_are_the_old_or_the_new_ones(tmp_path: Path) -> None:
    take(tmp_path, drop(tmp_path, "a.csv", days({"2026-11-14": 2})))
    names = [f"k{day:02}.csv" for day in range(1, 29)]
    for day, name in enumerate(names, 1):
        drop(tmp_path, name, days({f"2026-10-{day:02}": 100 + day}))
    script = (
        "import sys, pathlib; from tests.facts.test_imports import _import\n"
        "from core.exports.reading import reader\n"
        "import pandas, pyarrow.parquet; print('go', flush=True)\n"
        "_import(pathlib.Path(sys.argv[1]), sys.argv[2:])\n"
    )
    chance = random.Random(1)
    for turn in range(4):
        worker = subprocess.Popen([sys.executable, "-c", script, tmp_path, *names], stdout=subprocess.PIPE)
        assert worker.stdout is not None
        worker.stdout.readline()
        time.sleep(chance.uniform(0.02, 0.25))
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        worker.stdout.close()
        ledger = Ledger(tmp_path)
        held = load(tmp_path, ShopDay, date(2026, 10, 1), LAST).frame["gmv"]
        assert set(held) <= {2, *range(101, 129)}, turn
        for batch in ledger.batches():
            assert ledger.file_of(batch).is_file()
    _import(tmp_path, names)
    assert len(Ledger(tmp_path).batches()) == 29
    orphans = {path.stem for path in (tmp_path / "facts").glob("*/*.parquet")} - {
        batch.id for batch in Ledger(tmp_path).batches()
    }
    assert orphans == set()
