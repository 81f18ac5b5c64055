"""``python -m tests.exam --quiet 200 --troubles 160 --seed 1``: the exam, and its tables by kind."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, TypeVar

import numpy as np

from tests.exam.exam import Morning, morning, named_cause, names, only_roots, troubled
from tests.exam.made_shop import quiet
from tests.exam.peaks import peaked
from tests.exam.planted_troubles import PLANTS, Planted, several

HEADS: Final = ("first", "named", "possible", "else", "missed", "cause", "elsewhere")
FIRST_TROUBLE, FIRST_COMBINED, FIRST_PEAK = 5_000_000, 9_000_000, 13_000_000
T = TypeVar("T")


def main() -> None:
    """Run quiet mornings and troubled ones, one shop each, and print what was said."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quiet", type=int, default=200)
    parser.add_argument("--troubles", type=int, default=160)
    parser.add_argument("--combined", type=int, default=40)
    parser.add_argument("--peaks", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2, help="mornings at the same time")
    parser.add_argument("--told", action="store_true", help="print what was said of each")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as home, ThreadPoolExecutor(given.jobs) as pool:
        folder = Path(home)

        def each(run: Callable[[int], T], count: int) -> Iterator[T]:
            return iter(pool.map(run, range(count)))

        calm(each, folder, given.quiet, given.seed, told=given.told)
        drawn(each, folder, given.troubles, given.seed, told=given.told)
        combined(each, folder, given.combined, given.seed, told=given.told)
        odd_days(folder, given.peaks, given.seed)


Each = Callable[[Callable[[int], T], int], Iterator[T]]


def calm(each: Each[Morning], folder: Path, count: int, seed: int, *, told: bool) -> None:
    """Count the quiet mornings on which anything new asks for a look."""
    alarms: Counter[str] = Counter()
    rung = listed = 0
    for number, found in enumerate(
        each(lambda n: morning(folder / f"quiet{n}", quiet(1000 * seed + n)), count)
    ):
        rung += bool(found.new)
        listed += bool(found.asked)
        alarms.update(one["kind"] for one in found.new)
        if told:
            said = [(one["text"], one.get("since")) for one in found.asked]
            say(f"  quiet {number}: {len(found.new)} new {said or ''}")
    say(f"quiet mornings: {rung} of {count} with a new watch or act, {listed} with any; {dict(alarms)}")


def drawn(each: Each[tuple[Morning, Planted]], folder: Path, count: int, seed: int, *, told: bool) -> None:
    """Count the troubles that are named, by kind."""
    tally: dict[str, Counter[str]] = {}
    kinds = list(PLANTS)

    def run(number: int) -> tuple[Morning, Planted]:
        made, planted = troubled(FIRST_TROUBLE + 1000 * seed + number, kinds[number % len(kinds)])
        return morning(folder / f"trouble{number}", made), planted

    for found, planted in each(run, count):
        how = outcome(found, planted)
        counts = tally.setdefault(planted.kind, Counter())
        counts.update([how, *traits(found, planted, how)])
        if told:
            said = [one["text"] for one in found.asked] or [one["text"] for one in found.possible]
            say(f"  {planted.kind} {planted.about} {planted.days} d: {how}: {said}")
    total = sum(tally.values(), Counter[str]())
    say(f"{'trouble':24}" + "".join(f"{head:>10}" for head in HEADS))
    for kind, counts in [*tally.items(), ("all", total)]:
        say(f"{kind:24}" + "".join(f"{counts[head]:>10}" for head in HEADS))


def combined(
    each: Each[tuple[Morning, Sequence[Planted]]], folder: Path, count: int, seed: int, *, told: bool
) -> None:
    """Count the mornings of several troubles on which the roots are named, and nothing else."""

    def run(number: int) -> tuple[Morning, Sequence[Planted]]:
        drawn_from = FIRST_COMBINED + 1000 * seed + number
        made = quiet(drawn_from, visitors=9000, items=16)
        planted = several(made, np.random.default_rng(drawn_from + 7), number)
        return morning(folder / f"combined{number}", made), planted

    right = 0
    for found, planted in each(run, count):
        good = only_roots(found, planted)
        right += good
        if told or not good:
            say(f"  {[one.kind for one in planted]}: {good} {[one['text'] for one in found.asked]}")
    say(f"combined troubles: the roots and only the roots in {right} of {count}")


def odd_days(folder: Path, count: int, seed: int) -> None:
    """Say how far one unlisted peak moves pace, order level and month, and how often it is asked about."""
    rows = [peaked(folder / f"peak{n}", FIRST_PEAK + 1000 * seed + n, n) for n in range(count)]
    for kind in dict.fromkeys(row["kind"] for row in rows):
        own = [row for row in rows if row["kind"] == kind]
        parts = []
        for name in ("pace", "level", "month"):
            moved = np.array([row[name] for row in own])
            parts.append(f"{name} {moved.mean():+.1%} on average, {np.abs(moved).max():.1%} at most")
        asked = sum(row["asked"] for row in own)
        say(f"{kind:24}{'; '.join(parts)}; asked about in {asked} of {len(own)}")


def outcome(found: Morning, planted: Planted) -> str:
    """Return how the trouble was told: first, further down, as possible, something else, not at all."""
    right = [names(one, planted) for one in found.asked]
    if any(right):
        return "first" if right[0] else "named"
    if any(names(one, planted) for one in found.possible):
        return "possible"
    return "else" if found.asked else "missed"


def traits(found: Morning, planted: Planted, how: str) -> list[str]:
    """Return whether a named trouble has its right cause, and whether another object is blamed before it."""
    if how not in ("first", "named"):
        return []
    own = next(one for one in found.asked if names(one, planted))
    said = ["cause"] if named_cause(own, planted) else []
    return said if how == "first" else [*said, "elsewhere"]


def say(line: str) -> None:
    """Write a line at once: an exam takes long."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
