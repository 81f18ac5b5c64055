"""What a key costs until its last byte is painted, and how much it sends."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from tests.bench.measure import Figure, Growth, Result, Run, in_turns, tuple3
from tests.bench.places import DAY, ENGLISH, PYTHON, ROOT, opened, sample_shop
from tests.bench.screen import Screen

DOWN, ENTER, ESCAPE = b"\x1b[B", b"\r", b"\x1b"
ROWS = ("1,000 rows", "10,000 rows", "100,000 rows")
IN_VIEW = 14
"""Keys that take the cursor down without scrolling."""


def figures(rounds: int) -> Iterator[Result]:
    """Yield cursor, scrolling and first rows of our table against Textual's, and a step's opening."""
    yield from _moving(rounds)
    few, many = in_turns(rounds, _rows("ours", 20), _rows("ours", 100_000))
    yield Figure("first rows of 100,000", "the same with 20 rows", 1.1, "ms", many, few)
    tenth, whole, more = in_turns(rounds, *(_rows("ours", count) for count in (1_000, 10_000, 100_000)))
    costs = (min(tenth), min(whole), min(more))
    yield Growth("first rows of a table", ROWS, "ms", costs)
    costs = tuple3([_scrolling(count, rounds) for count in (1_000, 10_000, 100_000)])
    yield Growth("scrolling key in a table", ROWS, "ms", costs)
    yield _opening(rounds)


def _table(kind: str, count: int) -> Screen:
    command = [PYTHON, "-m", "tests.bench.programs.tables", kind, str(count)]
    return Screen(command, env=ENGLISH, where=str(ROOT))


def _moving(rounds: int) -> Iterator[Result]:
    seen: list[list[tuple[float, int]]] = [[], []]
    while len(seen[0]) < rounds * 3:  # down through rows that no cache knows yet
        screens = _tables()
        _press(screens, IN_VIEW, seen)
        for screen in screens:
            screen.end()
    ours, theirs = ([time for time, _ in side] for side in seen)
    yield Figure("cursor key in a table", "DataTable", 0.55, "ms", ours, theirs)
    screens, seen = _tables(), [[], []]
    for screen in screens:
        for _ in range(25):
            screen.key(DOWN)
    _press(screens, rounds * 3, seen)
    for screen in screens:
        screen.end()
    ours, theirs = ([time for time, _ in side] for side in seen)
    yield Figure("scrolling key in a table", "DataTable", 0.5, "ms", ours, theirs)
    sent, theirs_sent = ([float(size) for _, size in side] for side in seen)
    yield Figure("scrolling key, sent", "DataTable", 0.35, "bytes", sent, theirs_sent)


def _tables() -> list[Screen]:
    """Return our table and Textual's, both with a thousand rows and painted."""
    screens = [_table("ours", 1_000), _table("data", 1_000)]
    for screen in screens:
        screen.until("毛衣女 5")
        screen.quiet()
    return screens


def _scrolling(count: int, rounds: int) -> float:
    """Return the median of a scrolling key in our table of so many rows."""
    screen = _table("ours", count)
    seen: list[list[tuple[float, int]]] = [[]]
    screen.until("毛衣女 5")
    screen.quiet()
    for _ in range(25):
        screen.key(DOWN)
    _press([screen], rounds * 2, seen)
    screen.end()
    return median(time for time, _ in seen[0])


def _press(screens: list[Screen], keys: int, seen: list[list[tuple[float, int]]]) -> None:
    """Press Down so often, in turns, and keep what each key cost."""
    for number in range(keys):
        sides = range(len(screens))
        for side in sides if number % 2 else reversed(sides):
            seen[side].append(screens[side].key(DOWN))


def _rows(kind: str, count: int) -> Run:
    def run() -> float:
        screen = _table(kind, count)
        moment = screen.until("毛衣女 5")
        screen.end()
        return moment

    return run


def _opening(rounds: int) -> Figure:
    """Return the opening of a step whose answer is known against two empty screens of Textual."""
    ours = Screen(opened(sample_shop()), env=ENGLISH, where=str(ROOT))
    ours.until("? help")
    bare = Screen([PYTHON, "-m", "tests.bench.programs.switching"], env=ENGLISH, where=str(ROOT))
    bare.until("the first screen")
    ours.quiet(1.0)
    seen: list[list[float]] = [[], []]
    for number in range(rounds + 2):
        for side, screen in enumerate((ours, bare)):
            took, _ = screen.key(ENTER, calm=0.6)
            if number > 1:  # the first time modules are read from disk
                seen[side].append(took)
            screen.key(ESCAPE, calm=0.6)
    ours.end()
    bare.end()
    return Figure(f"a step with its answer at hand ({DAY})", "two empty Textual screens", 1.5, "ms", *seen)
