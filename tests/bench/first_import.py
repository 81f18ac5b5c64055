"""The first import: all files of the sample, and ``shopday demo`` after installation."""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
from collections.abc import Iterator
from itertools import count

from tests.bench.measure import Figure, Result, in_turns
from tests.bench.places import PYTHON, ROOT, SHOPDAY, env, room
from tests.bench.screen import Screen

WORK = "tests.bench.programs.importing"
EXPORTS = ROOT / "sample" / "exports"
_TURN = count()
_FOLDER = room("demo")


def figures(rounds: int) -> Iterator[Result]:
    """Yield the import against reading and storing, and the demo against the import."""
    few = max(3, rounds // 2)
    ours, theirs = in_turns(few, lambda: _told("import"), lambda: _told("read"))
    files = sum(file.is_file() for file in EXPORTS.rglob("*"))
    against = "read with calamine or pandas, stored as Parquet"
    yield Figure(f"importing the sample's {files} files", against, 2.0, "ms CPU", ours, theirs)
    demo, alone = in_turns(few, _demo, lambda: _told("import"))
    yield Figure("first open of the demo", "importing the same files", 1.2, "ms CPU", demo, alone)
    yield Figure("first words of the demo", "", 1000.0, "ms", [_first_words() for _ in range(few)])


def _told(work: str) -> float:
    words = [PYTHON, "-m", WORK, work, str(EXPORTS)]
    done = subprocess.run(words, check=True, capture_output=True, text=True, cwd=ROOT, env=env())
    return float(json.loads(done.stdout.splitlines()[-1])["ms"])


def _demo() -> float:
    folder = _FOLDER / str(next(_TURN))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    words = [SHOPDAY, "demo", str(folder), "--no-open", "--sample", "lanting"]
    subprocess.run(words, check=True, capture_output=True, env=env())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    shutil.rmtree(folder)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000


def _first_words() -> float:
    folder = _FOLDER / str(next(_TURN))
    screen = Screen([SHOPDAY, "demo", str(folder), "--sample", "lanting"], env=env())
    moment = screen.until("175")  # “1 of 175 files”
    screen.end()
    shutil.rmtree(folder)
    return moment
