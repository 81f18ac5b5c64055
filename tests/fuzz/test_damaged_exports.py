"""Every reader against exports that were damaged or made to do damage.

200 each time; ``make fuzz`` takes 100,000, or COUNT=n of them beginning FROM=n. What was treated badly
is named by its number: ``tests.fuzz.damage.case(number)`` is the file.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.exports.reading.reader import read
from core.language.speech import Language, speak
from tests.fuzz.damage import case
from tests.fuzz.hostile import ALL
from tests.fuzz.seeds import CONTAINERS, Grid, grids
from tests.fuzz.trial import TODAY, tried

ROOT = Path(__file__).parents[2]
COUNT = int(os.environ.get("SHOPDAY_FUZZ", "200"))
FROM = int(os.environ.get("SHOPDAY_FUZZ_FROM", "0"))
LONG = COUNT > 5_000
DRAWN = COUNT // 5
"""How many of them hypothesis draws, so that it can find the smallest one that is treated badly."""
_SILENCE = 60.0
"""Seconds without a new file after which a process hangs, however busy the machine is."""


class Run:
    """Some of the files in a process of their own, which is started again behind a file that ended it."""

    def __init__(self, folder: Path, first: int, last: int, step: int) -> None:
        self.folder, self.first, self.last, self.step = folder, first, last, step
        self.wrong: list[str] = []
        self._told: list[dict[str, Any]] = []
        folder.mkdir()
        self._start(first)

    def _start(self, first: int) -> None:
        (self.folder / "now").write_text(str(first), encoding="ascii")
        command = [sys.executable, "-m", "tests.fuzz.worker", str(self.folder)]
        with (self.folder / "errors").open("wb") as errors:
            self._process = subprocess.Popen(
                [*command, str(first), str(self.last), str(self.step)], cwd=ROOT, stderr=errors
            )
        self._seen, self._since = -1, time.monotonic()

    def is_done(self) -> bool:
        """Look after the process; True when all its files were tried."""
        code, now = self._process.poll(), int((self.folder / "now").read_text(encoding="ascii") or self.first)
        if code == 0:
            self._keep()
            return True
        if now != self._seen:
            self._seen, self._since = now, time.monotonic()
        if code is not None or time.monotonic() - self._since > _SILENCE:
            self._process.kill()
            self._process.wait()
            self._keep()
            end = (self.folder / "errors").read_text(encoding="utf-8", errors="replace")[-500:]
            self.wrong.append(
                f"{now}: {'it hangs' if code is None else f'the process ended ({code}): {end}'}"
            )
            self._start(now + self.step)
        return False

    def _keep(self) -> None:
        told, wrong = self.folder / "told.json", self.folder / "wrong.jsonl"
        if told.exists():
            self._told.append(json.loads(told.read_text(encoding="ascii")))
            told.unlink()
        if wrong.exists():
            lines = map(json.loads, wrong.read_text(encoding="utf-8").splitlines())
            self.wrong += [f"{number}: {what}" for number, what in lines]
            wrong.unlink()

    def sum(self, name: str) -> int:
        """Return a count over all its processes."""
        return sum(told[name] for told in self._told)

    def most(self, name: str) -> float:
        """Return the largest of a figure."""
        return max((told[name] for told in self._told), default=0)

    def stop(self) -> None:
        """End the process, whatever it is at."""
        self._process.kill()
        self._process.wait()


@pytest.fixture(scope="module")
def quick() -> Iterator[Path]:
    """A folder in memory where there is one: nothing here is about disks."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of its own is made there
    folder = Path(tempfile.mkdtemp(dir=memory if os.access(memory, os.W_OK) else None))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.timeout(0 if LONG else 300)
def test_no_file_crashes_hangs_fills_the_memory_or_writes_where_it_should_not(
    quick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    processes = 2 if LONG else 1
    last = FROM + COUNT - DRAWN
    runs = [Run(quick / str(n), FROM + n, last, processes) for n in range(processes)]
    try:
        waiting = list(runs)
        while waiting := [run for run in waiting if not run.is_done()]:
            time.sleep(0.05)
    finally:
        for run in runs:
            run.stop()
    line = (
        f"{sum(run.sum('done') for run in runs):,} damaged exports: "
        f"{sum(run.sum('refused') for run in runs):,} refused, "
        f"{sum(run.sum('problems') for run in runs):,} problems told, "
        f"slowest {max(run.most('slowest') for run in runs):.2f} s, "
        f"most memory {max(run.most('peak') for run in runs):.0f} MB"
    )
    if LONG:
        with capsys.disabled():
            print(f"\n{line}")  # noqa: T201 - what make fuzz was started for
    wrong = [what for run in runs for what in run.wrong]
    assert not wrong, "\n".join([line, *wrong])
    assert sum(run.sum("done") for run in runs) == last - FROM


CELLS = (
    st.sampled_from(ALL)
    | st.text(st.characters(), max_size=12)
    | st.integers().map(str)
    | st.dates().map(str)
)


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, Grid]:
    """One of the sample's tables with some cells, rows and headers exchanged."""
    name, grid = draw(st.sampled_from(grids()))
    table = [list(row) for row in grid[: draw(st.integers(2, 12))]]
    for _ in range(draw(st.integers(0, 6))):
        row = draw(st.sampled_from(table))
        if row:
            row[draw(st.integers(0, len(row) - 1))] = draw(CELLS)
    if draw(st.booleans()):
        table.insert(draw(st.integers(0, len(table))), draw(st.lists(CELLS, max_size=8)))
    return name, table


@given(tables(), st.sampled_from(sorted(CONTAINERS)))
@settings(
    max_examples=DRAWN,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@pytest.mark.timeout(0 if LONG else 300)
def test_whatever_stands_in_the_cells_the_table_is_read_or_refused(
    quick: Path, drawn: tuple[str, Grid], kind: str
) -> None:
    name, table = drawn
    shop = quick / "drawn"
    shutil.rmtree(shop, ignore_errors=True)
    shop.mkdir()
    path = shop / name
    path.write_bytes(CONTAINERS[kind](name, table))
    assert tried(shop, path).wrong == ""


def test_the_same_number_is_the_same_file() -> None:
    assert case(7) == case(7)
    assert len({case(number).data for number in range(40)}) > 30


def test_what_is_wrong_is_said_in_both_languages(tmp_path: Path) -> None:
    seed = case(3)
    path = tmp_path / seed.name
    path.write_bytes(seed.data)
    told = []
    languages: tuple[Language, ...] = ("en", "zh")
    for language in languages:
        speak(language)
        told.append([problem.sentence() for problem in read(path, today=TODAY).problems])
    assert len(told[0]) == len(told[1])
