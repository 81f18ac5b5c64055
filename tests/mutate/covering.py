"""Which tests run a line: recorded once for each state of the product, with coverage.py's contexts.

Tests that were changed or added since are recorded when they are needed; the others stay as they are.
"""

from __future__ import annotations

import json
import shutil
import sys
import warnings
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from coverage import Coverage, CoverageData

from tests.mutate.imports import importers
from tests.mutate.sites import Mutant
from tests.mutate.tree import CACHE, EACH, ROOT, Tree, test_states

SETTINGS = Path(__file__).with_name("coverage.ini")
TREE = CACHE / "recording"
"""Every recording is made in this place, so that its files have the same names."""
TABLES = "tests/approved/test_approved.py::test_every_declared_table_is_the_approved_one["
"""These tests look at what is declared outside functions, and run no line of it."""


class Sample:
    """The sample shop as the unchanged product makes it, and the lines that run for it."""

    def __init__(self, folder: Path) -> None:
        place = folder / "sample"
        if not place.exists():
            _record_sample(place)
        self._shop = place / "shop"
        self._data = _read(place / "lines")

    def ready(self, mutant: Mutant) -> Path | None:
        """Return the shop, if the mutant would make the same."""
        lines = set(self._data.lines(str(TREE / mutant.file)) or ())
        touched = lines.intersection(mutant.lines) if mutant.in_function else lines
        return None if touched else self._shop


class Covering:
    """The recorded lines of every test that passes on the unchanged product."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._bring_up_to_date()
        places = self._parts()
        parts = [json.loads((place / "tests.json").read_bytes()) for place in places]
        now = test_states()
        self.seconds: dict[str, float] = {}
        self._data: list[tuple[set[str], CoverageData]] = []
        for number, (place, part) in enumerate(zip(places, parts, strict=True)):
            files = {file for file, state in part["states"].items() if now.get(file) == state}
            for later in parts[number + 1 :]:
                files -= later["states"].keys()
            tests = {test for test in part["seconds"] if _file(test) in files} - set(part["failed"])
            self.seconds |= {test: part["seconds"][test] for test in tests}
            self._data.append((tests, _read(place / "lines")))
        self._users: dict[str, frozenset[str]] = {}
        self._width: Counter[str] = Counter()
        for tests, data in self._data:
            for file in data.measured_files():
                run = {test for found in data.contexts_by_lineno(file).values() for test in found}
                self._width.update(run & tests)

    def tests(self, mutant: Mutant) -> list[str]:
        """Return the tests that run the mutated line: first those of the folder that mirrors the file's.

        A line outside functions runs when the module is imported, for all who import it: then the tests that
        run anything in the file or in one that imports it, of those near and far first those that import it
        themselves. Among equals, the quick ones that run few files come first.
        """
        users: frozenset[str] = frozenset()
        if mutant.in_function:
            by_line = self._by_line(mutant.file)
            found = {test for line in mutant.lines for test in by_line.get(line, ())}
        else:
            users = importers(mutant.file)
            found = {test for file in (mutant.file, *users) for test in self._of_file(file)}
            found |= {test for test in self.seconds if _file(test) in users or test.startswith(TABLES)}
        near = _mirrored(mutant.file)

        def order(test: str) -> tuple[bool, bool, float, int, str]:
            far, foreign = not test.startswith((near, TABLES)), _file(test) not in users
            return far, foreign, round(self.seconds[test], 1), self._width[test], test

        return sorted(found, key=order)

    def _by_line(self, file: str) -> dict[int, set[str]]:
        """Return the tests that run each line of the file."""
        found: defaultdict[int, set[str]] = defaultdict(set)
        for tests, data in self._data:
            for line, some in data.contexts_by_lineno(str(TREE / file)).items():
                found[line] |= tests.intersection(some)
        return found

    def _of_file(self, file: str) -> frozenset[str]:
        """Return the tests that run any line of the file; looked up once."""
        if file not in self._users:
            self._users[file] = frozenset().union(*self._by_line(file).values())
        return self._users[file]

    def _parts(self) -> list[Path]:
        return sorted(self._folder.glob("part-*"))

    def _bring_up_to_date(self) -> None:
        parts = self._parts()
        known: dict[str, str] = {}
        for part in parts:
            known |= json.loads((part / "tests.json").read_bytes())["states"]
        states = test_states()
        new = {file: state for file, state in states.items() if known.get(file) != state}
        if new:
            _record(self._folder / f"part-{len(parts):04}", new, () if not parts else sorted(new))


def _file(test: str) -> str:
    return test.partition("::")[0]


def _mirrored(file: str) -> str:
    """Return where the tests of this file are: tests/topics/stock for core/topics/stock/soon.py."""
    place = Path("tests", Path(file).parent.as_posix().removeprefix("core/"))
    while not (ROOT / place).is_dir():
        place = place.parent
    return f"{place.as_posix()}/"


def _read(place: Path) -> CoverageData:
    data = CoverageData(str(place))
    data.read()
    return data


def _record(folder: Path, states: dict[str, str], files: Sequence[str]) -> None:
    """Run these files of make test's tests, or all, under coverage.py, child processes included."""
    tree = Tree(TREE)
    words = [*EACH, "--timeout=600", *files]
    tree.record(words, COVERAGE_PROCESS_START=str(SETTINGS), MUTATE_TEST="")
    told = tree.data / "tests.json"
    if not told.exists():
        raise SystemExit((tree.data / "log").read_text(errors="replace")[-3000:])
    making = folder.with_name("making")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    said: dict[str, Any] = {"states": states, **json.loads(told.read_bytes())}
    (making / "tests.json").write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    _combine(tree, making / "lines")
    making.rename(folder)


def _record_sample(folder: Path) -> None:
    tree = Tree(TREE)
    making = folder.with_name("making-sample")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    tree.run(
        [sys.executable, "-m", "tui", "demo", str(making / "shop"), "--no-open", "--sample", "lanting"],
        COVERAGE_PROCESS_START=str(SETTINGS), MUTATE_TEST="sample", SHOPDAY_LANG="en",
        HOME=str(tree.data), XDG_CONFIG_HOME=str(tree.data),
    )  # fmt: skip
    _combine(tree, making / "lines")
    making.rename(folder)


def _combine(tree: Tree, place: Path) -> None:
    """Put what the tree's processes recorded into one file; it is found by this file's name, ``lines``."""
    whole = Coverage(data_file=str(place), config_file=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a process that a test killed leaves half a file
        whole.combine([str(tree.data)])
    whole.save()
    for used in (tree.folder, tree.data):
        shutil.rmtree(used, ignore_errors=True)
