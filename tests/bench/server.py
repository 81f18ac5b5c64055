"""The first frame by way of ``shopday server``, which has Textual in memory already."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.measure import Figure, Result, in_turns
from tests.bench.places import ENGLISH, ROOT, SHOPDAY, opened, room, shop_of
from tests.bench.startup import HELLO, READY, frame


def figures(rounds: int) -> Iterator[Result]:
    """Yield the first frame of today by the server against a bare Textual program."""
    home = room("run")
    home.chmod(0o700)
    env = ENGLISH | {"XDG_RUNTIME_DIR": str(home)}
    server = subprocess.Popen([SHOPDAY, "server"], env=os.environ | env, cwd=ROOT)
    try:
        _wait(home / "shopday.sock")
        ours, theirs = in_turns(
            rounds * 2, frame(opened(shop_of(400)), READY, env), frame(HELLO, "hello, shop", env)
        )
    finally:
        server.terminate()
        server.wait(10)
    yield Figure("first frame of today, shopday server", "bare Textual hello", 0.5, "ms", ours, theirs)


def _wait(door: Path) -> None:
    end = time.monotonic() + 30
    while not door.exists():
        if time.monotonic() > end:
            raise TimeoutError("the server never listened")
        time.sleep(0.05)
