"""Which tests run a line: recorded once for each state of the tree, with coverage.py's contexts."""

from __future__ import annotations

import json
import shutil
import warnings
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from coverage import Coverage, CoverageData

from tests.mutate.sites import Mutant
from tests.mutate.tree import CACHE, Tree

SETTINGS = Path(__file__).with_name("coverage.ini")


class Covering:
    """The recorded lines of every test that passes on the unchanged product."""

    def __init__(self, folder: Path) -> None:
        if not (folder / "tests.json").exists():
            _record(folder)
        told = json.loads((folder / "tests.json").read_bytes())
        self.seconds: dict[str, float] = told["seconds"]
        for test in told["failed"]:
            self.seconds.pop(test, None)
        self._data = CoverageData(str(folder / "lines"))
        self._data.read()
        self._tree = Path((folder / "tree").read_text(encoding="utf-8"))
        self._width = Counter(
            test for file in self._data.measured_files() for test in self._data_contexts(file)
        )

    def tests(self, mutant: Mutant) -> list[str]:
        """Return the tests that run the mutated line, those that run the fewest files first.

        A line outside functions runs when the module is imported, whoever imports it: then every test that
        runs anything in the file.
        """
        file = str(self._tree / mutant.file)
        by_line = self._data.contexts_by_lineno(file)
        lines: Iterable[int] = mutant.lines if mutant.in_function else by_line
        found = {test for line in lines for test in by_line.get(line, ()) if test in self.seconds}
        return sorted(found, key=lambda test: (self._width[test], self.seconds[test], test))

    def _data_contexts(self, file: str) -> set[str]:
        return {test for tests in self._data.contexts_by_lineno(file).values() for test in tests}


def _record(folder: Path) -> None:
    """Run make test's tests once under coverage.py, child processes included."""
    shutil.rmtree(CACHE, ignore_errors=True)
    tree = Tree(CACHE / "recording")
    tree.test(
        ["-m", "not e2e and not slow", "--timeout=600"],
        COVERAGE_PROCESS_START=str(SETTINGS),
        MUTATE_TEST="",
    )
    told = tree.data / "tests.json"
    if not told.exists():
        raise SystemExit((tree.data / "log").read_text(errors="replace")[-3000:])
    making = folder.with_name("making")
    making.mkdir(parents=True)
    shutil.copy(told, making)
    whole = Coverage(data_file=str(making / "lines"), config_file=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a process that a test killed leaves half a file
        whole.combine([str(tree.data)])
    whole.save()
    shutil.rmtree(tree.folder)
    shutil.rmtree(tree.data)
    (making / "tree").write_text(str(tree.folder), encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    making.rename(folder)
