"""What costs nobody a key: bytes of an untouched screen; and a key's wait while a million rows come in."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from shutil import copy, copytree

from tests.bench.measure import Figure, Result, in_turns
from tests.bench.places import ENGLISH, PYTHON, ROOT, opened, room, sample_shop
from tests.bench.reading import MILLION, keyword_file
from tests.bench.screen import Screen

IDLE = 60.0
MINUTE = 100.0
"""Bytes the minute clock may send once."""
SCREENS = {
    "today": b"", "step": b"\r", "writing a note": b"\r,w", "palette": b":", "import": b"i", "actions": b"a",
    "help": b"?", "report": b"r",
}  # fmt: skip


def idle(_rounds: int) -> Iterator[Result]:
    """Yield the bytes each untouched screen sends in a minute, all of them watched at once."""
    shop = sample_shop()
    screens = {name: Screen(opened(shop), env=ENGLISH, where=str(ROOT)) for name in SCREENS}
    for name, screen in screens.items():
        screen.until("? help")
        for key in filter(None, SCREENS[name].split(b",")):
            os.write(screen.line, key)
            screen.read(1.5)
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
    """Yield the worst key while a million rows are imported and a step is asked, and the same in a thread."""
    file = keyword_file(MILLION)
    ours, theirs = in_turns(max(2, rounds // 4), lambda: _worst_ours(file), lambda: _worst_thread(file))
    yield Figure(
        "worst key while 1,000,000 rows import", "the same work in a thread", 0.3, "ms", ours, theirs
    )


def _worst_ours(file: Path) -> float:
    shop = room(f"busy{time.monotonic_ns()}") / "shop"
    copytree(sample_shop(), shop)
    copy(file, shop / "inbox" / file.name)
    screen = Screen(opened(shop), env=ENGLISH, where=str(ROOT))
    screen.until("? help")
    screen.quiet(1.0)
    os.write(screen.line, b"i")
    screen.until("Enter", 60)
    os.write(screen.line, b"\r")
    worst = _worst(screen, "imported")
    screen.end()
    return worst


def _worst_thread(file: Path) -> float:
    screen = Screen([PYTHON, "-m", "tests.bench.programs.threaded", str(file)], env=ENGLISH, where=str(ROOT))
    screen.until("row 1")
    screen.quiet(1.0)
    os.write(screen.line, b"i")
    worst = _worst(screen, "done")
    screen.end()
    return worst


def _worst(screen: Screen, over: str) -> float:
    """Return the slowest of the keys pressed until the work is over."""
    worst, end, turn = 0.0, time.monotonic() + 180, 0
    while time.monotonic() < end:
        with suppress(TimeoutError):
            took, _ = screen.key(b"\x1b[B" if turn % 2 else b"\x1b[A", calm=0.4)
            worst = max(worst, took)
        turn += 1
        if turn % 5 == 0 and screen.shown(over) is not None:
            return worst
    raise TimeoutError("the import never ended")
