"""``python -m tests.exam --quiet 200 --troubles 160 --seed 1``: the exam, and its table by kind."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.exam.exam import Morning, morning, names, troubled
from tests.exam.made_shop import quiet
from tests.exam.planted_troubles import PLANTS, Planted


def main() -> None:
    """Run quiet mornings and troubled ones, one shop each, and print what was said."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quiet", type=int, default=200)
    parser.add_argument("--troubles", type=int, default=160)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--told", action="store_true", help="print what was said of each")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        calm(Path(folder), given.quiet, given.seed, told=given.told)
        drawn(Path(folder), given.troubles, given.seed, told=given.told)


def calm(folder: Path, count: int, seed: int, *, told: bool) -> None:
    """Count the quiet mornings on which anything new asks for a look."""
    alarms: Counter[str] = Counter()
    rung = listed = 0
    for number in range(count):
        found = morning(folder / f"quiet{number}", quiet(1000 * seed + number))
        rung += bool(found.new)
        listed += bool(found.asked)
        alarms.update(one["kind"] for one in found.new)
        if told and found.asked:
            say(f"  quiet {number}: {[(one['text'], one.get('since')) for one in found.asked]}")
    say(f"quiet mornings: {rung} of {count} with a new watch or act, {listed} with any; {dict(alarms)}")


def drawn(folder: Path, count: int, seed: int, *, told: bool) -> None:
    """Count the troubles that are named, by kind."""
    tally: dict[str, Counter[str]] = {}
    kinds = list(PLANTS)
    for number in range(count):
        made, planted = troubled(5_000_000 + 1000 * seed + number, kinds[number % len(kinds)])
        found = morning(folder / f"trouble{number}", made)
        how = outcome(found, planted)
        tally.setdefault(planted.kind, Counter()).update([how])
        if told:
            said = [one["text"] for one in found.asked] or [one["text"] for one in found.possible]
            say(f"  {planted.kind} {planted.about} {planted.days} d: {how}: {said}")
    heads = ("first", "named", "possible", "else", "missed")
    say(f"{'trouble':24}" + "".join(f"{head:>10}" for head in heads))
    for kind, counts in tally.items():
        say(f"{kind:24}" + "".join(f"{counts[head]:>10}" for head in heads))
    total = sum(tally.values(), Counter[str]())
    say(f"{'all':24}" + "".join(f"{total[head]:>10}" for head in heads))


def outcome(found: Morning, planted: Planted) -> str:
    """Return how the trouble was told: first, further down, as possible, something else, not at all."""
    right = [names(one, planted) for one in found.asked]
    if any(right):
        return "first" if right[0] else "named"
    if any(names(one, planted) for one in found.possible):
        return "possible"
    return "else" if found.asked else "missed"


def say(line: str) -> None:
    """Write a line at once: an exam takes long."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
