"""Saving one note so that a power cut cannot take it back."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from pathlib import Path
from shutil import copytree
from statistics import median

from routines.workday.workday import Workday
from tests.bench.measure import Figure, Growth, Result, Run, in_turns
from tests.bench.places import DAY, room, shop_of

WORDS = "毛衣的直通车花费超了，晚上降一点，明天 9 点前再看一遍转化率。"
_TURN = count()
APART = 0.02
"""Seconds between two notes: a hand is slower, and a writer leaves the lock to others for a moment."""


def figures(rounds: int) -> Iterator[Result]:
    """Yield a durable note against an appended line, and a late day against the first."""
    first, last = _own(1), _own(3650)
    line = room("line") / "notes.jsonl"
    early, late, plain = in_turns(rounds * 8, _note(first), _note(last), _appended(line))
    yield Figure("saving a note, durable", "append + fdatasync", 3.5, "ms", early, plain)
    yield Figure("saving a note on day 3,650", "on day 1", 1.1, "ms", late, early)
    yield Growth(
        "saving a note: notes of that day already there",
        ("30 notes", "300 notes", "3,000 notes"),
        "ms",
        (_full_day(30), _full_day(300), _full_day(3_000)),
    )


def _own(days: int) -> Path:
    """Return such a shop that no other figure looks at: here its last day fills with notes."""
    return Path(copytree(shop_of(days), room(f"notes{days}") / "shop"))


def _workday(shop: Path) -> Workday:
    now = datetime.fromisoformat(f"{DAY}T09:00:00+08:00")
    return Workday.open(shop, clock=lambda: now, who="bench", lang="en")


def _note(shop: Path) -> Run:
    workday = _workday(shop)

    def run() -> float:
        time.sleep(APART)
        words = f"{WORDS}{next(_TURN)}"  # the same words again would not be written again
        start = time.perf_counter()
        workday.note("target", words)
        return (time.perf_counter() - start) * 1000

    return run


def _appended(file: Path) -> Run:
    def run() -> float:
        time.sleep(APART)
        line = (WORDS * 3 + "\n").encode()  # as many bytes as the note's line has
        start = time.perf_counter()
        handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(handle, line)
        os.fdatasync(handle)
        os.close(handle)
        return (time.perf_counter() - start) * 1000

    return run


def _full_day(count: int) -> float:
    """Return what a note costs on a day that has so many."""
    from core.journal.book import Unwritten

    shop = room(f"full{count}")
    (shop / "shop.toml").write_text('name = "兰亭女装"\n', encoding="utf-8")
    workday = _workday(shop)
    now = workday.now()
    many = [Unwritten(at=now, who="bench", kind="note", step="target", data={"text": WORDS})] * count
    workday.book.append_all(workday.day, many)
    one = _note(shop)
    return median(one() for _ in range(10))
