"""Exports in, windows out: a million keyword rows, a hundred thousand xlsx rows, three years of facts.

Each side runs in a process of its own, so that what it holds at its highest can be told.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from tests.bench.measure import Figure, Growth, Left, Result, Run, in_turns, tuple3
from tests.bench.places import PYTHON, ROOT, env, room

WORK = "tests.bench.programs.import_words"
MILLION = 1_000_000


def figures(rounds: int) -> Iterator[Result]:
    """Yield the large imports and the window."""
    few = max(3, rounds // 3)
    yield from _keywords(few)
    yield from _workbook(few)
    yield from _window(rounds)


def _keywords(rounds: int) -> Iterator[Result]:
    file = keyword_file(MILLION)
    if find_spec("polars") is None:
        yield Left("import of 1,000,000 keyword rows", "polars is not installed: pip install -e '.[bench]'")
        return
    ours, polars_ = in_turns(rounds, _process("verdicts", file), _process("polars", file))
    yield Figure("1,000,000 keyword rows → facts → verdicts", "polars: read, group", 3.0, "ms", ours, polars_)
    heavy, plain = in_turns(max(2, rounds // 2), _peak("verdicts", file), _peak("pandas", file))
    yield Figure("the same, peak memory", "plain pandas read", 0.5, "MB", heavy, plain)
    told = [_told("verdicts", keyword_file(count)) for count in (10_000, 100_000, MILLION)]
    work = ("10,000 rows", "100,000 rows", "1,000,000 rows")
    yield Growth("import of keyword rows", work, "ms", tuple3([one["ms"] for one in told]))
    yield Growth("the same, peak memory", work, "MB", tuple3([one["mb"] for one in told]))


def _workbook(rounds: int) -> Iterator[Result]:
    file = keyword_workbook(100_000)
    ours, theirs = in_turns(rounds, _process("facts", file), _process("openpyxl", file))
    yield Figure("100,000 rows of xlsx → facts", "pandas + openpyxl", 0.15, "ms", ours, theirs)
    costs = [_told("facts", keyword_workbook(count))["ms"] for count in (1_000, 10_000, 100_000)]
    yield Growth("import of an xlsx", ("1,000 rows", "10,000 rows", "100,000 rows"), "ms", tuple3(costs))


def _window(rounds: int) -> Iterator[Result]:
    short, long = facts_of(28), facts_of(3 * 365)
    three_years, alone = in_turns(rounds, _process("window", long), _process("window", short))
    yield Figure("a window of 28 days, from 3 years", "from 28 days of facts", 1.2, "ms", three_years, alone)
    costs = [_told("window", facts_of(days))["ms"] for days in (28, 280, 3 * 365)]
    yield Growth("a window of 28 days", ("28 days", "280 days", "3 years"), "ms", tuple3(costs))


def _told(work: str, file: Path) -> dict[str, float]:
    command = [PYTHON, "-m", WORK, work, str(file)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT, env=env())
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


def _process(work: str, file: Path) -> Run:
    return lambda: _told(work, file)["ms"]


def _peak(work: str, file: Path) -> Run:
    return lambda: _told(work, file)["mb"]


@cache
def keyword_file(rows: int) -> Path:
    """Return a keyword export of so many rows, csv in GBK, as 万相台 writes it."""
    return _made("csv", room(f"keywords{rows}") / "关键词报表.csv", rows)


@cache
def keyword_workbook(rows: int) -> Path:
    """Return the same as xlsx."""
    return _made("xlsx", room(f"workbook{rows}") / "关键词报表.xlsx", rows)


@cache
def facts_of(days: int) -> Path:
    """Return a shop with so many days of keyword facts, a batch a day."""
    return _made("shop", room(f"facts{days}") / "shop", days)


def _made(what: str, place: Path, size: int) -> Path:
    command = [PYTHON, "-m", "tests.bench.programs.exports", what, str(place), str(size)]
    subprocess.run(command, check=True, cwd=ROOT, env=env())
    return place
