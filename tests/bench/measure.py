"""One figure of the bench: ours and the other side in turns, so that a busy moment meets both."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Final

Run = Callable[[], float]
"""Does the work once and returns what it cost: milliseconds, bytes or megabytes."""
MORE: Final = 6
"""As many times the rounds for what is quick or near its limit, so that a busy moment is not the median."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, of ours and of the other side; ``limit`` is the highest ratio of their medians."""

    name: str
    against: str
    limit: float
    unit: str
    ours: Sequence[float]
    theirs: Sequence[float] = field(default=())
    """Empty: ours is held against the limit itself, such as 0 bytes."""

    @property
    def ratio(self) -> float:
        """Return ours over theirs, or ours where there is no other side."""
        return median(self.ours) / median(self.theirs) if self.theirs else median(self.ours)

    @property
    def verdict(self) -> str:
        """Return ``ok`` or ``over``."""
        return "ok" if self.ratio <= self.limit else "over"


@dataclass(frozen=True, slots=True)
class Growth:
    """What a figure costs at 1, 10 and 100 times the work."""

    name: str
    work: tuple[str, str, str]
    unit: str
    costs: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Left:
    """A figure that could not be measured here, and why."""

    name: str
    why: str


Result = Figure | Growth | Left


def in_turns(rounds: int, *runs: Run) -> tuple[list[float], ...]:
    """Return what each run cost, round by round; one round before them is not counted."""
    costs: tuple[list[float], ...] = tuple([] for _ in runs)
    for number in range(rounds + 1):
        # Every second round goes backwards: who comes first finds colder caches.
        order = range(len(runs)) if number % 2 else reversed(range(len(runs)))
        for side in order:
            cost = runs[side]()
            if number:
                costs[side].append(cost)
    return costs


def tuple3(costs: Sequence[float]) -> tuple[float, float, float]:
    """Return what 1, 10 and 100 times the work cost, as :class:`Growth` has it."""
    one, ten, hundred = costs
    return one, ten, hundred


def timed(work: Callable[[], object]) -> Run:
    """Return a run of the work in this process, in milliseconds; the collector's turn is not part of it."""

    def run() -> float:
        gc.collect()
        start = time.perf_counter()
        work()
        return (time.perf_counter() - start) * 1000

    return run
