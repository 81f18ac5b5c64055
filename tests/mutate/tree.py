"""A copy of the working tree to run tests in: mutants never touch the tree that is worked in."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".mutate"
PRODUCT = ("core", "routines", "tui")
NOT_TESTED = ("tests/mutate/", "tests/bench/", ".ci/", "constraints.txt", "constraints-more.txt")
"""Changes here leave what was recorded valid."""


def tracked() -> list[str]:
    """Return the files of the working tree that git does not ignore."""
    listed = subprocess.run(
        ["git", "ls-files", "-coz", "--exclude-standard"], cwd=ROOT, check=True, capture_output=True
    ).stdout
    return sorted(name for name in os.fsdecode(listed).split("\0") if name and (ROOT / name).is_file())


def state() -> str:
    """Return a name for the working tree as it is now; it changes with product, tests and sample."""
    digest = hashlib.sha256()
    for name in tracked():
        if not name.startswith(NOT_TESTED) and not name.endswith(".md"):
            digest.update(os.fsencode(name) + b"\0" + (ROOT / name).read_bytes() + b"\0")
    return digest.hexdigest()[:16]


@dataclass(frozen=True)
class Run:
    """How a run of pytest ended."""

    outcome: Literal["passed", "failed", "timeout"]
    failed: Sequence[str]
    """The tests that failed; may be empty where pytest itself could not go on."""


class Tree:
    """One copy, with compiled bytecode."""

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
        subprocess.run(
            [sys.executable, "-m", "compileall", "-qq", "-j", "0", *PRODUCT, "sample", "tests"],
            cwd=folder, check=False, env={**os.environ, "PYTHONDONTWRITEBYTECODE": ""},
        )  # fmt: skip

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

    def test(self, words: Iterable[str], *, seconds: float | None = None, **environment: str) -> Run:
        """Run pytest with these words; whatever has not ended after so many seconds is killed."""
        told = self.data / "tests.json"
        told.unlink(missing_ok=True)
        env = os.environ | {
            "PYTHONPATH": str(self.folder),
            "PYTHONDONTWRITEBYTECODE": "1",
            "MUTATE_TREE": str(self.folder),
            "MUTATE_DATA": str(self.data),
            **environment,
        }
        command = [sys.executable, "-m", "pytest", "-q", "--tb=no", "-p", "no:cacheprovider"]
        command += ["-p", "tests.mutate.recorder", *words]
        with (self.data / "log").open("wb") as log:
            process = subprocess.Popen(
                command, cwd=self.folder, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip
            try:
                code = process.wait(seconds)
            except subprocess.TimeoutExpired:
                return Run("timeout", ())
            finally:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        failed = json.loads(told.read_bytes())["failed"] if told.exists() else []
        return Run("failed" if code else "passed", failed)
