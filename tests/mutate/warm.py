"""A process that has imported what is not the product, and runs pytest in forks of itself.

Starting Python and importing pandas, Textual and pytest takes longer than most tests. A fork has them already
and imports the product anew, the mutated file among it: it cannot see what another mutant left behind.

``python -m tests.mutate.warm``, in the tree: a JSON line with ``words``, ``seconds``, ``env`` and ``log`` in,
a line with the exit code out, or ``null`` where the tests did not end in so many seconds.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import pkgutil
import signal
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

OURS = ("core", "routines", "tui", "sample", "tests")


def main() -> None:
    """Answer until nobody asks any more."""
    for name in _elsewhere():
        with suppress(ImportError):
            importlib.import_module(name)
    gc.freeze()  # what is here already need not be looked at, and so copied, in each fork
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_ended(json.loads(line))) + "\n")
        sys.stdout.flush()


def _elsewhere() -> list[str]:
    """Return the modules of others that product and tests import, found out in a fork."""
    reading, writing = os.pipe()
    if not (child := os.fork()):
        for name in _modules():
            with suppress(Exception, SystemExit, pytest.skip.Exception):
                importlib.import_module(name)
        names = [name for name in sys.modules if name.partition(".")[0] not in OURS]
        with os.fdopen(writing, "w") as pipe:
            json.dump(names, pipe)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        names = json.load(pipe)
    os.waitpid(child, 0)
    return list(names)


def _modules() -> Iterable[str]:
    for package in ("core", "routines", "tui"):
        yield from (found.name for found in pkgutil.walk_packages([package], f"{package}."))
    for file in Path("tests").rglob("conftest.py"):
        yield ".".join(file.with_suffix("").parts)
    yield from (
        "hypothesis.extra.numpy",
        "hypothesis.extra.pandas",
        "openpyxl",
        "pyte",
        "scipy.stats",
        "xlwt",
    )


def _ended(asked: dict[str, Any]) -> int | None:
    child = os.fork()
    if not child:
        _run(asked)
    ends = time.monotonic() + asked["seconds"]
    try:
        while time.monotonic() < ends:
            ended, status = os.waitpid(child, os.WNOHANG)
            if ended:
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.01)
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(child, 0)
    return None


def _run(asked: dict[str, Any]) -> None:
    code = 1
    try:
        os.setsid()
        log = os.open(asked["log"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        nothing = os.open(os.devnull, os.O_RDONLY)
        for mine, theirs in ((nothing, 0), (log, 1), (log, 2)):
            os.dup2(mine, theirs)
        os.environ.update(asked["env"])
        code = int(pytest.main(asked["words"]))
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()
