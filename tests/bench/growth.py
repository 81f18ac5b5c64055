"""How a fleet grows: the morning of 50, 150 and 500 shops, by two workers on two processors.

``python -m tests.bench growth [--shops 50 150 500] [--write]``. The shops are the sample told from other
seeds, with eleven weeks behind them; a shop's morning is fourteen exports, all steps of the day and its row.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from core.facts.ledger import Ledger
from routines.fleet.board_store import board_store
from routines.fleet.fleet import Fleet, load_fleet
from tests.bench.places import DAY, PYTHON, ROOT, env
from tests.routines.fleet.small_shops import NINE

SEEDS: Final = 4
"""Different shops; more are copies of these, whose row files are shared on disk."""
WORKERS: Final = 2
BEGIN, END = "<!-- growth -->", "<!-- /growth -->"
CORES: Final = 16
HEADS: Final = (
    "shops",
    "files imported",
    "processor minutes",
    "seconds a shop",
    "last shop ready after",
    "memory of a worker",
    "reading the board",
    f"on {CORES} processors",
)


@dataclass(frozen=True, slots=True)
class Morning:
    """What the morning of so many shops has cost."""

    shops: int
    files: int
    cpu: float
    """Seconds of both workers, in the program and in the kernel."""
    wall: float
    memory: float
    """The larger worker's peak, in megabytes."""
    board: float
    """Milliseconds to read all rows."""

    def line(self) -> str:
        """Return the row of the table."""
        cells = (
            f"{self.shops}",
            f"{self.files:,}",
            f"{self.cpu / 60:.1f}",
            f"{self.cpu / self.shops:.2f}",
            _minutes(self.wall),
            f"{self.memory:,.0f} MB",
            f"{self.board:.0f} ms",
            f"about {_minutes(self.cpu / CORES)}",
        )
        return f"| {' | '.join(cells)} |"


def _minutes(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.1f} min"


def measure(sizes: Sequence[int], *, write: bool, tell: Callable[[str], None]) -> int:
    """Print the table line by line; ``write``: put it into docs/measurements.md. Return the exit code."""
    with TemporaryDirectory(prefix="shopday-growth-") as room:
        made = _templates(Path(room), min(SEEDS, max(sizes)), tell)
        lines = [f"| {' | '.join(HEADS)} |", f"|{'---|' * len(HEADS)}"]
        tell("\n".join(lines))
        for size in sizes:
            folder = Path(room) / f"fleet{size}"
            lines.append(_morning(_fleet(folder, made, size)).line())
            tell(lines[-1])
            shutil.rmtree(folder)
    if write:
        page = ROOT / "docs" / "measurements.md"
        words = page.read_text(encoding="utf-8")
        before, rest = words.split(BEGIN, 1)
        table = "\n".join(lines)
        page.write_text(f"{before}{BEGIN}\n{table}\n{END}{rest.split(END, 1)[1]}", encoding="utf-8")
    return 0


def _templates(room: Path, number: int, tell: Callable[[str], None]) -> list[Path]:
    """Return shops as they were last night, two made at a time."""
    folders = [room / f"seed{one}" for one in range(number)]
    program = [PYTHON, "-m", "tests.bench.programs.fleet_shop"]
    for first in range(0, number, WORKERS):
        tell(f"(making the shops {first + 1} to {min(number, first + WORKERS)} of {number})")
        running = [
            subprocess.Popen([*program, str(folder), f"{folder.name}-2026"], cwd=ROOT, env=env())
            for folder in folders[first : first + WORKERS]
        ]
        codes = [process.wait() for process in running]
        if any(codes):
            raise ChildProcessError(program)
    return folders


def _fleet(folder: Path, made: Sequence[Path], size: int) -> Fleet:
    """Return so many shops with this morning's files in their inboxes."""
    lines = ["[shops]"]
    for number in range(size):
        template, name = made[number % len(made)], f"s{number:03d}"
        shop = folder / name
        shutil.copytree(template / "shop", shop, copy_function=_linked)
        shutil.copytree(template / "morning", shop / "inbox", dirs_exist_ok=True, copy_function=_linked)
        lines.append(f'{name} = "{name}"')
    file = folder / "fleet.toml"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return load_fleet(file)


def _linked(source: str, target: str) -> None:
    """Share what nobody changes in place: row files and exports."""
    if source.endswith((".json", ".toml")):
        shutil.copy2(source, target)
    else:
        os.link(source, target)


def _morning(fleet: Fleet) -> Morning:
    before = sum(len(Ledger(folder).batches()) for folder in fleet.shops.values())
    program = [
        PYTHON,
        "-m",
        "tests.routines.fleet.worker_program",
        NINE.isoformat(),
        str(fleet.file),
        "--once",
    ]
    start = time.perf_counter()
    logs = [(fleet.folder / f"log{number}").open("wb") for number in range(WORKERS)]
    workers = [
        subprocess.Popen([*program, "--settle", "1"], cwd=ROOT, env=env(), stdout=log, stderr=log)
        for log in logs
    ]
    used = [os.wait4(worker.pid, 0) for worker in workers]
    wall = time.perf_counter() - start
    for log in logs:
        log.close()
    start = time.perf_counter()
    rows = board_store(fleet, now=lambda: NINE).rows()
    board = (time.perf_counter() - start) * 1000
    wrong = [
        row.key
        for row in rows
        if row.trouble or row.day != DAY or any(one.level is None for one in row.steps)
    ]
    if wrong or any(status for _, status, _ in used):
        words = b"\n".join((fleet.folder / f"log{number}").read_bytes()[-2000:] for number in range(WORKERS))
        raise ValueError(f"not ready: {wrong[:5]}\n{words.decode()}")
    after = sum(len(Ledger(folder).batches()) for folder in fleet.shops.values())
    return Morning(
        shops=len(rows),
        files=after - before,
        cpu=sum(usage.ru_utime + usage.ru_stime for _, _, usage in used),
        wall=wall,
        memory=max(usage.ru_maxrss for _, _, usage in used) / 1024,
        board=board,
    )
