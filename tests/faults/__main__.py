"""``make faults``: thousands of failing calls and kills over every operation that writes, as a table."""

from __future__ import annotations

import argparse
import random
import signal
import sys
from contextlib import suppress
from itertools import chain, islice, repeat, zip_longest

from tests.faults.supervised import available
from tests.faults.trials import Result, Trials, faults, kills, prepared

HEADS = ("operation", "calls", "injections", "kills", "damaged", "lost", "untrue sentences")


def main() -> int:
    """Run it and print its table; exit code 1 when anything was damaged, lost or said wrongly."""
    words = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    words.add_argument("--injections", type=int, default=1500)
    words.add_argument("--kills", type=int, default=300)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--only", action="append", metavar="OPERATION")
    asked = words.parse_args()
    if not available():
        sys.stderr.write("This machine cannot watch a child's system calls (seccomp user notification).\n")
        return 1
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with prepared(asked.only, lambda line: sys.stderr.write(f"{line}\n")) as made:
        trials = list(made)
        with suppress(KeyboardInterrupt):  # what was done until then is in the table
            spread(trials, asked.injections, asked.kills, random.Random(asked.seed))
        results = [(one.result, len(one.calls)) for one in trials]
    sys.stdout.write(table(results))
    return int(any(result.damaged or result.lost or result.untrue for result, _ in results))


def spread(trials: list[Trials], injections: int, killed: int, chance: random.Random) -> None:
    """Run so many, the operations in turns; each does not do the same twice."""
    for number, kind in ((injections, faults), (killed, kills)):
        drawn = [zip(repeat(one), kind(one.calls, chance), strict=False) for one in trials]
        turns = chain.from_iterable(zip_longest(*drawn))
        for one, fault in islice((turn for turn in turns if turn is not None), number):
            one.try_(fault)


def table(results: list[tuple[Result, int]]) -> str:
    """Return the table, with a line for all of it."""
    rows = [
        (calls, one.injections, one.kills, len(one.damaged), len(one.lost), len(one.untrue))
        for one, calls in results
    ]
    names = [*(one.operation for one, _ in results), "all"]
    rows.append(tuple(sum(column) for column in zip(*rows, strict=True)))
    lines = [HEADS, ("---",) * len(HEADS), *((name, *row) for name, row in zip(names, rows, strict=True))]
    return "".join(f"| {' | '.join(map(str, line))} |\n" for line in lines)


if __name__ == "__main__":
    sys.exit(main())
