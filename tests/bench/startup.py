"""From the command to the first whole frame, in a fresh process; and what a session weighs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.bench.measure import MORE, Figure, Growth, Result, Run, in_turns, tuple3
from tests.bench.places import ENGLISH, PYTHON, ROOT, opened, shop_of
from tests.bench.screen import Screen

HELLO = [PYTHON, "-m", "tests.bench.programs.hello"]
READY = "? help"


def figures(rounds: int) -> Iterator[Result]:
    """Yield the first frame of today against a bare Textual program, and how it grows with the days."""
    ours, theirs = in_turns(rounds * MORE, frame(opened(shop_of(400)), READY), frame(HELLO, "hello, shop"))
    yield Figure("first frame of today, 400 days", "bare Textual hello", 1.3, "ms", ours, theirs)
    short, long, longest = in_turns(
        rounds, *(frame(opened(shop_of(days)), READY) for days in (36, 365, 3650))
    )
    middle = (
        sorted(short)[len(short) // 2],
        sorted(long)[len(long) // 2],
        sorted(longest)[len(longest) // 2],
    )
    yield Growth("first frame of today", ("36 days", "365 days", "3,650 days"), "ms", middle)


def memory(rounds: int) -> Iterator[Result]:
    """Yield what an idle session holds for itself, its analyst ended, against one with pandas imported."""
    ours, theirs = in_turns(
        max(2, rounds // 3), _weight(opened(shop_of(400)), READY), _weight(_with_pandas(), "hello, shop")
    )
    yield Figure("memory of an idle session (USS)", "hello with pandas imported", 0.45, "MB", ours, theirs)
    costs = [_weight(opened(shop_of(days)), READY)() for days in (36, 365, 3650)]
    yield Growth("memory of an idle session", ("36 days", "365 days", "3,650 days"), "MB", tuple3(costs))


def _with_pandas() -> list[str]:
    return [PYTHON, "-c", "import pandas, tests.bench.programs.hello as hello; hello.Hello().run()"]


def frame(command: list[str], words: str, env: Mapping[str, str] = ENGLISH) -> Run:
    """Return the start of a command until the words stand on its screen, in milliseconds."""

    def run() -> float:
        screen = Screen(command, env=env, where=str(ROOT))
        moment = screen.until(words)
        screen.end()
        return moment

    return run


def _weight(command: list[str], words: str) -> Run:
    def run() -> float:
        screen = Screen(command, env=ENGLISH, where=str(ROOT))
        screen.until(words)
        screen.quiet(2.0)
        megabytes = own_memory(screen.process)
        screen.end()
        return megabytes

    return run


def own_memory(process: int) -> float:
    """Return the megabytes only this process holds (USS)."""
    rows = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return sum(int(row.split()[1]) for row in rows if row.startswith("Private_")) / 1024
