"""Every writing operation under failing calls and kills: nothing damaged, nothing lost, every sentence true.

Forty here, drawn anew by ``SHOPDAY_FAULTS_SEED``; thousands in ``make faults``.
"""

from __future__ import annotations

import errno
import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import CannotWrite
from tests.faults import trials as trials_module
from tests.faults.__main__ import spread, table
from tests.faults.operations import OPERATIONS, Operation, at_the_desk
from tests.faults.supervised import available, run
from tests.faults.trials import Fault, Trials, prepared

pytestmark = [
    pytest.mark.timeout(900),
    pytest.mark.skipif(not available(), reason="the kernel cannot watch a child's system calls"),
]


@pytest.fixture(autouse=True)
def environment() -> Iterator[None]:
    """Leave the environment as it was."""
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(scope="module")
def all_trials() -> Iterator[list[Trials]]:
    """All operations, each made ready and done once without a fault."""
    before = dict(os.environ)
    with prepared() as trials:
        yield list(trials)
    os.environ.clear()
    os.environ.update(before)


def test_forty_faults_over_all_operations(all_trials: list[Trials]) -> None:
    seed = int(os.environ.get("SHOPDAY_FAULTS_SEED", "1"))
    spread(all_trials, injections=28, killed=12, chance=random.Random(seed))
    results = [one.result for one in all_trials]
    assert sum(one.injections + one.kills for one in results) == 40
    assert all(one.injections for one in results), "each operation has its share"
    troubles = [line for one in results for line in (*one.damaged, *one.lost, *one.untrue)]
    assert troubles == []
    assert table([(one, 1) for one in results]).endswith("| all | 18 | 28 | 12 | 0 | 0 | 0 |\n")


def with_one(operation: Operation, monkeypatch: pytest.MonkeyPatch, number: int = 0) -> Trials:
    """Return what became of the operation when its first write failed."""
    monkeypatch.setattr(trials_module, "OPERATIONS", (operation,))
    with prepared() as (one,):
        writes = [at for at, call in enumerate(one.calls) if call.writes]
        one.try_(Fault(writes[number], "once", errno.EIO))
    return one


def in_place(base: Path) -> Path:
    return base / "lanting" / "drafts" / "沈岚" / "in place.json"


def test_a_sentence_that_is_not_true_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def half(base: Path) -> int:
        def do(_: object) -> None:
            (base / "lanting" / "reports").mkdir(exist_ok=True)
            try:
                (base / "lanting" / "reports" / "one.md").write_text("done")
                (base / "lanting" / "reports" / "two.md").write_text("done")
            except OSError as error:
                raise CannotWrite("Nothing was changed.") from error

        return at_the_desk(do)(base)

    found = with_one(Operation("half", half), monkeypatch, number=-1).result
    assert len(found.untrue) == 1
    assert "Nothing was changed" in found.untrue[0]


def test_what_is_confirmed_and_not_there_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def careless(base: Path) -> int:
        try:
            (base / "lanting" / "reports").mkdir(exist_ok=True)
            (base / "lanting" / "reports" / "one.md").write_text("done")
        except OSError:
            pass
        return 0

    assert with_one(Operation("careless", careless), monkeypatch).result.lost


def test_a_file_that_is_written_in_place_is_found_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    def in_place(base: Path) -> int:
        text = "x" * 100
        with (base / "lanting" / "shop.toml").open("a") as file:
            for _ in range(3):
                file.write(f"# {text}\n")
                file.flush()
        return 0

    monkeypatch.setattr(trials_module, "OPERATIONS", (Operation("in place", in_place),))
    with prepared() as (one,):
        writes = [at for at, call in enumerate(one.calls) if call.name == "write"]
        one.try_(Fault(writes[1], "kill"))
    assert one.result.kills == 1
    assert "settings is neither" in one.result.damaged[0]


def test_the_call_fails_in_the_child_and_nowhere_else(tmp_path: Path) -> None:
    file = tmp_path / "file"

    def write() -> int:
        try:
            file.write_text("x")
        except OSError as error:
            os.write(1, f"{error.errno}\n".encode())
            return 3
        return 0

    assert run(write, lambda _: None, [tmp_path]).code == 0
    ended = run(write, lambda call: errno.ENOSPC if call.name == "write" else None, [tmp_path])
    assert (ended.code, ended.output) == (3, f"{errno.ENOSPC}\n")
    assert {call.name for call in ended.calls} >= {"openat", "write"}
    assert run(write, lambda call: "kill" if call.name == "write" else None, [tmp_path]).code is None
    assert run(write, lambda _: errno.EIO, [tmp_path / "another"]).code == 0
    file.write_text("still fine here")


def test_every_operation_is_really_done_without_a_fault(all_trials: list[Trials]) -> None:
    assert len({one.name for one in OPERATIONS}) == len(OPERATIONS) == len(all_trials)
    unchanged = {one.operation.name for one in all_trials if one.before == one.done}
    assert unchanged == {"server"}, "it comes and goes"
    assert all(any(call.writes for call in one.calls) for one in all_trials)
