"""A copy of the working tree to run tests in: mutants never touch the tree that is worked in."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".mutate"
PRODUCT = ("core", "routines", "tui")
EACH = ("-m", "not e2e and not slow")
"""What make test runs."""
NOT_TESTED = ("tests/mutate/", "tests/bench/", ".ci/", "constraints.txt", "constraints-more.txt")
"""Changes here leave what was recorded valid."""


def tracked() -> list[str]:
    """Return the files of the working tree that git does not ignore."""
    listed = subprocess.run(
        ["git", "ls-files", "-coz", "--exclude-standard"], cwd=ROOT, check=True, capture_output=True
    ).stdout
    return sorted(name for name in os.fsdecode(listed).split("\0") if name and (ROOT / name).is_file())


def is_test(name: str) -> bool:
    """Tell whether the file holds tests, not what tests share."""
    return name.startswith("tests/") and Path(name).match("test_*.py")


def state(chosen: Callable[[str], bool]) -> str:
    """Return a name for the chosen files as they are now."""
    digest = hashlib.sha256()
    for name in tracked():
        if not name.startswith(NOT_TESTED) and not name.endswith(".md") and chosen(name):
            digest.update(os.fsencode(name) + b"\0" + (ROOT / name).read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def product_state() -> str:
    """Return a name for everything but the files with tests: the product, the sample, what tests share."""
    return state(lambda name: not is_test(name))


def test_states() -> dict[str, str]:
    """Return a name for what each file with tests holds."""
    names = [name for name in tracked() if is_test(name) and not name.startswith(NOT_TESTED)]
    return {name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest()[:16] for name in names}


@dataclass(frozen=True)
class Run:
    """How a run of pytest ended."""

    outcome: Literal["passed", "failed", "timeout"]
    failed: Sequence[str]
    """The tests that failed; may be empty where pytest itself could not go on."""


class Tree:
    """One copy, with compiled bytecode and a sample shop made by the unchanged product."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder.with_name(f"{folder.name}.data")
        self._changes = 0
        for old in (folder, self.data):
            shutil.rmtree(old, ignore_errors=True)
        self.data.mkdir(parents=True)
        for name in tracked():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
        self._compile()
        self._warm: subprocess.Popen[str] | None = None

    def _compile(self) -> None:
        self.run([sys.executable, "-m", "compileall", "-qq", "-j", "0", *PRODUCT, "sample", "tests"])

    @contextmanager
    def holding(self, file: str, code: str) -> Iterator[None]:
        """Let the file hold this code for a while."""
        place = self.folder / file
        original, stat = place.read_bytes(), place.stat()
        self._changes += 1
        place.write_text(code, encoding="utf-8")
        # Bytecode is found by size and second: no two versions of a file may share the second.
        os.utime(place, (stat.st_mtime + self._changes, stat.st_mtime + self._changes))
        try:
            yield
        finally:
            place.write_bytes(original)
            os.utime(place, ns=(stat.st_atime_ns, stat.st_mtime_ns))

    def run(self, command: Sequence[str], **environment: str) -> None:
        """Run a program in the tree; what it says goes to the log."""
        with (self.data / "log").open("wb") as log:
            subprocess.run(
                command, cwd=self.folder, check=False, env=os.environ | self._environment() | environment,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip

    def record(self, words: Iterable[str], **environment: str) -> None:
        """Run pytest in a new process with these words."""
        self._told().unlink(missing_ok=True)
        self.run([sys.executable, "-m", "pytest", *self._words(words)], **environment)

    def test(self, words: Iterable[str], *, seconds: float, sample: Path | None = None) -> Run:
        """Run pytest with these words; whatever has not ended after so many seconds is killed.

        The tests look at a copy of this sample shop, or make their own.
        """
        self._told().unlink(missing_ok=True)
        with tempfile.TemporaryDirectory(prefix="mutate-", ignore_cleanup_errors=True) as folder:
            environment = self._environment()
            if sample is not None:
                shop = shutil.copytree(sample, Path(folder) / "sample-shop")
                (shop / "cache").mkdir(exist_ok=True)
                environment["SHOPDAY_SAMPLE_SHOP"] = str(shop)
            asked = {
                "words": self._words(["-n", "0", f"--basetemp={folder}/tests", *EACH, *words]),
                "seconds": seconds, "env": environment, "log": str(self.data / "log"),
            }  # fmt: skip
            code = self._ask(asked)
        if code is None:
            return Run("timeout", ())
        failed = json.loads(self._told().read_bytes())["failed"] if self._told().exists() else []
        return Run("failed" if code else "passed", failed)

    def _ask(self, asked: dict[str, object]) -> int | None:
        if self._warm is None:
            self._warm = subprocess.Popen(
                [sys.executable, "-m", "tests.mutate.warm"], cwd=self.folder,
                env=os.environ | self._environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                text=True,
            )  # fmt: skip
        assert self._warm.stdin
        assert self._warm.stdout
        self._warm.stdin.write(json.dumps(asked) + "\n")
        self._warm.stdin.flush()
        code: int | None = json.loads(self._warm.stdout.readline())
        return code

    def _told(self) -> Path:
        return self.data / "tests.json"

    def _words(self, words: Iterable[str]) -> list[str]:
        return ["-q", "--tb=no", "-p", "no:cacheprovider", "-p", "tests.mutate.recorder", *words]

    def _environment(self) -> dict[str, str]:
        return {
            "PYTHONPATH": str(self.folder),
            "PYTHONDONTWRITEBYTECODE": "",
            "MUTATE_TREE": str(self.folder),
            "MUTATE_DATA": str(self.data),
        }
