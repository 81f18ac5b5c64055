"""A cold morning: eleven steps asked for the first time, against one read of each sheet and the analyses.

CPU time counts, because a morning is computed beside the screen and the machine has other work.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.bench.measure import Figure, Result, Run, in_turns
from tests.bench.places import PYTHON, ROOT, env, room, sample_shop

WORK = "tests.bench.programs.morning"
COPIES = 14
"""Copies of the sample's 77 days before it: three years of files of one day."""


def figures(rounds: int) -> Iterator[Result]:
    """Yield the morning of the sample against its bare parts, and that of three years against it."""
    few = max(3, rounds // 2)
    short, long = _shop("morning"), _shop("years")
    subprocess.run(
        [PYTHON, "-m", "tests.bench.programs.long_shop", str(long), str(COPIES)],
        check=True, cwd=ROOT, env=env(),
    )  # fmt: skip
    arguments = room("arguments") / "given"
    _told("given", short, arguments)
    ours, theirs = in_turns(few, _cold(short), lambda: _told("bare", short, arguments))
    against = "each sheet read once with pyarrow, and the analyses"
    yield Figure("cold morning of 11 steps", against, 1.5, "ms CPU", ours, theirs)
    _told("cold", long)  # the months that are over are put together once
    of_years, of_sample = in_turns(few, _cold(long), _cold(short))
    name = "the same after 3 years of files of one day"
    yield Figure(name, "the sample's 77 days", 1.3, "ms CPU", of_years, of_sample)


def _shop(name: str) -> Path:
    return Path(shutil.copytree(sample_shop(), room(name) / "shop"))


def _cold(shop: Path) -> Run:
    """Return the morning without any answer, and with the file of the newest month still to be made."""

    def run() -> float:
        shutil.rmtree(shop / "cache" / "answers", ignore_errors=True)
        for month in (shop / "cache" / "facts").rglob("*2026-11*"):
            month.unlink()
        return _told("cold", shop)

    return run


def _told(work: str, shop: Path, *more: Path) -> float:
    words = [PYTHON, "-m", WORK, work, str(shop), *map(str, more)]
    done = subprocess.run(words, check=True, capture_output=True, text=True, cwd=ROOT, env=env())
    return float(json.loads(done.stdout.splitlines()[-1])["ms"])
