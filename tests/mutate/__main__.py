"""Mutation testing: ``python -m tests.mutate [--count N] [--seed N] [--limit SECONDS] [--jobs N]``.

While working on one folder, ``--under core/topics/stock --tests tests/topics/stock`` draws mutants only there
and runs only these tests, without recording first.

Draws mutants at random over the product, runs on each the tests that run the changed line, and prints the
share that was killed, by area. What survives is shown with its diff: write the missing test, or put the
mutant into equivalent.toml if it changes no behaviour. Results are kept as long as the product stays the
same, a kill as long as the file with the test that killed does, a survivor as long as all tests do; so a run
that was ended goes on where it was, and a run after a new test looks only at what survived.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from queue import SimpleQueue

from tests.mutate.covering import Covering, Sample
from tests.mutate.draw import AREAS, Drawn, draw
from tests.mutate.equivalent import equivalents
from tests.mutate.sites import Mutant
from tests.mutate.tree import CACHE, Tree, product_state, test_states

HEADS = ("area", "drawn", "equivalent", "killed", "survived", "share killed")


KEPT_STATES = 3
"""Recordings of so many states of the product are kept: branches come and go."""
BATCHES = (4, 20)
"""Seconds of tests that run first, then those that run next; most mutants do not outlive the first."""


@dataclass(frozen=True)
class Result:
    """What the tests said of one mutant."""

    id: str
    killed_by: str
    """The test that failed, ``time`` where the tests did not end; empty if the mutant survived."""
    ran: int
    covering: int
    """Tests that ran, of those that run the line."""


def judge(
    one: Drawn, tests: Sequence[str], seconds: dict[str, float], limit: float, tree: Tree, shop: Path | None
) -> Result:
    """Run the tests on the mutant until one fails; tests that also fail on the original are left out."""
    ran, failing = 0, list[str]()
    for batch in _batches(tests, seconds, limit):
        allowed = 60 + 4 * sum(seconds[test] for test in batch)
        chosen = batch
        while chosen:
            words = ["-x", "--timeout=60", *(f"--deselect={test}" for test in failing), *chosen]
            with tree.holding(one.mutant.file, one.mutant.code):
                run = tree.test([f"@{_list(tree, words)}"], seconds=allowed, sample=shop)
            if run.outcome == "passed":
                break
            suspects = list(run.failed[:1]) or chosen[:1]
            again = tree.test([f"@{_list(tree, suspects)}"], seconds=allowed, sample=shop)
            if again.outcome == "passed":
                by = "time" if run.outcome == "timeout" else (run.failed or ["import"])[0]
                return Result(one.id, by, ran + len(chosen), len(tests))
            failing += suspects
            chosen = [test for test in chosen if test not in suspects]
        ran += len(chosen)
    return Result(one.id, "", ran, len(tests))


def _batches(tests: Sequence[str], seconds: dict[str, float], limit: float) -> Iterator[list[str]]:
    """Yield the tests in parts of growing length, at least one test and at most so many seconds in all."""
    planned, batch, ends = 0.0, list[str](), [*BATCHES, float("inf")]
    for test in tests:
        planned += seconds[test]
        if planned > limit and planned > seconds[test]:
            break
        if batch and planned > ends[0]:
            yield batch
            batch = []
            ends = [end for end in ends if end >= planned]
        batch.append(test)
    if batch:
        yield batch


def _list(tree: Tree, words: Sequence[str]) -> Path:
    place = tree.data / "words"
    place.write_text("\n".join(words), encoding="utf-8")
    return place


class Kept:
    """Results on disk, one JSON line each."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._states = test_states()
        self._all = hashlib.sha256(json.dumps(self._states).encode()).hexdigest()[:16]
        lines = place.read_text(encoding="utf-8").splitlines() if place.exists() else []
        told = [(one.pop("state"), Result(**one)) for one in map(json.loads, lines)]
        self._results = {result.id: result for state, result in told if state == self._state(result)}

    def get(self, name: str) -> Result | None:
        """Return the mutant's result, if there is one and it still holds."""
        return self._results.get(name)

    def add(self, result: Result) -> None:
        """Keep the result."""
        told = {**asdict(result), "state": self._state(result)}
        with self._place.open("a", encoding="utf-8") as file:
            file.write(json.dumps(told, ensure_ascii=False) + "\n")

    def _state(self, result: Result) -> str:
        """Return a name for the tests that the result depends on."""
        return self._states.get(result.killed_by.partition("::")[0], self._all)


class Given:
    """The same tests for every mutant."""

    def __init__(self, tests: Sequence[str], limit: float) -> None:
        self._tests = list(tests)
        self.seconds = dict.fromkeys(tests, limit / len(tests))

    def tests(self, _mutant: Mutant) -> list[str]:
        """Return the tests."""
        return self._tests


def main() -> int:
    """Draw, run and report; exit code 0 whatever survived."""
    words = argparse.ArgumentParser(prog="python -m tests.mutate", description=__doc__)
    words.add_argument("--count", type=int, default=200, help="mutants to draw")
    words.add_argument("--seed", type=int, default=1, help="which ones")
    words.add_argument("--limit", type=float, default=120, help="seconds of tests for one mutant at most")
    words.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="mutants at a time")
    words.add_argument("--under", default="", help="draw mutants only in files whose path begins so")
    words.add_argument("--tests", nargs="+", default=[], help="run only these on each mutant")
    said = words.parse_args()

    folder = CACHE / product_state()
    folder.mkdir(parents=True, exist_ok=True)
    states = sorted(CACHE.glob("[0-9a-f]" * len(folder.name)), key=lambda one: one.stat().st_mtime)
    for old in states[:-KEPT_STATES]:
        shutil.rmtree(old)
    covering: Covering | Given
    if said.tests:
        covering = Given(said.tests, said.limit)
    else:
        _tell("Recording which tests run which lines: some minutes, once a state of the product")
        covering = Covering(folder)
    sample = Sample(folder)
    kept = Kept(folder / f"results-{said.limit:g}{''.join(said.tests).replace('/', '-')}.jsonl")
    drawn = list(draw(said.count, said.seed, under=said.under))
    same = equivalents()
    trees: SimpleQueue[Tree] = SimpleQueue()
    todo = [one for one in drawn if one.change not in same and kept.get(one.id) is None]
    for number in range(min(said.jobs, len(todo))):
        trees.put(Tree(CACHE / f"tree{number}"))

    def work(one: Drawn) -> Result:
        tree, began = trees.get(), time.monotonic()
        try:
            tests, shop = covering.tests(one.mutant), sample.ready(one.mutant)
            result = judge(one, tests, covering.seconds, said.limit, tree, shop)
        finally:
            trees.put(tree)
        kept.add(result)
        place = f"{one.mutant.file}:{one.mutant.lines.start}"
        end = f"killed by {result.killed_by}" if result.killed_by else f"survived {result.ran} tests"
        _tell(f"{place}  {end}  ({time.monotonic() - began:.0f} s)")
        return result

    with ThreadPoolExecutor(said.jobs) as pool:
        results = {one.id: known for one in drawn if (known := kept.get(one.id))}
        results |= {result.id: result for result in pool.map(work, todo)}
    report(drawn, results, {one.id for one in drawn if one.change in same})
    return 0


def report(drawn: Sequence[Drawn], results: dict[str, Result], same: set[str]) -> None:
    """Print each survivor with its diff, then the table."""
    for one in drawn:
        if one.id in same or results[one.id].killed_by:
            continue
        result = results[one.id]
        ran = f"{result.ran} of {result.covering} tests that run it passed"
        _tell(f"\n{one.area}: {ran if result.covering else 'no test runs it'}\n{one.diff}")
    _tell("\n" + " | ".join(HEADS))
    for area in (*AREAS, "all"):
        of = [one for one in drawn if area in (one.area, "all")]
        judged = [one for one in of if one.id not in same]
        killed = sum(bool(results[one.id].killed_by) for one in judged)
        share = f"{killed / len(judged):.0%}" if judged else "–"
        row = (area, len(of), len(of) - len(judged), killed, len(judged) - killed, share)
        _tell(" | ".join(map(str, row)))


def _tell(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
