"""What costs nobody a key: bytes of an untouched screen; and a key's wait while a million rows come in."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from shutil import copytree

from tests.bench.imports import MILLION, keyword_file
from tests.bench.measure import Figure, Result, in_turns
from tests.bench.places import ENGLISH, PYTHON, ROOT, opened, room, sample_shop
from tests.bench.screen import Screen

IDLE = 60.0
SETTLED = 15.0
"""Seconds until what was begun in the background on opening has come."""
MINUTE = 100.0
"""Bytes the minute clock may send once."""
SCREENS = {
    "today": b"", "step": b"\r", "writing a note": b"\r,w", "palette": b":", "import": b"i", "actions": b"a",
    "help": b"?", "report": b"r",
}  # fmt: skip


def idle(_rounds: int) -> Iterator[Result]:
    """Yield the bytes each untouched screen sends in a minute, all watched at once, each in its own shop."""
    shops = {name: room(f"idle {name}") / "shop" for name in SCREENS}
    for shop in shops.values():
        copytree(sample_shop(), shop)
    screens = {name: Screen(opened(shop), env=ENGLISH, where=str(ROOT)) for name, shop in shops.items()}
    for name, screen in screens.items():
        screen.until("? help")
        for key in filter(None, SCREENS[name].split(b",")):
            os.write(screen.line, key)
            screen.read(1.5)
    time.sleep(SETTLED)
    for screen in screens.values():
        screen.quiet(2.0)
    sent = dict.fromkeys(screens, 0)
    end = time.monotonic() + IDLE
    while time.monotonic() < end:
        for name, screen in screens.items():
            sent[name] += len(screen.read(0.02))
    for screen in screens.values():
        screen.end()
    worst = max(sent, key=lambda name: sent[name])
    name = f"bytes in 60 idle seconds, the worst of {len(sent)} screens ({worst})"
    yield Figure(name, "one minute of the clock", MINUTE, "bytes", [float(sent[worst])])


def busy(rounds: int) -> Iterator[Result]:
    """Yield the worst key while a million rows are imported and judged, in a child and in a thread."""
    file = keyword_file(MILLION)
    ours, theirs = in_turns(
        max(3, rounds // 3), lambda: _worst("analyst", file), lambda: _worst("thread", file)
    )
    yield Figure(
        "worst key while 1,000,000 rows import", "the same work in a thread", 0.3, "ms", ours, theirs
    )


def _worst(way: str, file: Path) -> float:
    """Return the slowest of the keys that move the cursor down and up until the work is over."""
    command = [PYTHON, "-m", "tests.bench.programs.beside", way, str(file)]
    screen = Screen(command, env=ENGLISH, where=str(ROOT))
    screen.until("row 1")
    screen.quiet(1.0)
    os.write(screen.line, b"i")
    screen.until("working")
    worst, end = 0.0, time.monotonic() + 180
    for key in cycle((b"\x1b[B", b"\x1b[A")):
        if time.monotonic() > end:
            raise TimeoutError("the import never ended")
        before = len(screen.pieces)
        took, _ = screen.key(key)
        if any(b"done" in piece for _, piece in screen.pieces[before:]):
            break  # what came last was not the key's
        worst = max(worst, took)
    screen.end()
    return worst
