"""What runs first, and which results still hold after a test was changed."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("mutmut", reason="make mutate installs what draws mutants")

from tests.mutate import __main__ as tool
from tests.mutate.__main__ import Kept, Result, _batches
from tests.mutate.covering import _mirrored


def test_quick_tests_run_by_themselves_before_many_are_imported() -> None:
    tests = {"a": 1.0, "b": 2.0, "c": 2.0, "d": 10.0, "e": 50.0, "f": 100.0}
    assert list(_batches(list(tests), tests, 120)) == [["a", "b"], ["c", "d"], ["e"]]


def test_a_test_longer_than_the_limit_runs_where_it_is_the_only_one() -> None:
    assert list(_batches(["slow", "more"], {"slow": 500.0, "more": 1.0}, 120)) == [["slow"]]


def test_tests_of_the_mirrored_folder_are_those_of_the_nearest_there_is() -> None:
    assert _mirrored("core/topics/stock/soon.py") == "tests/topics/stock/"
    assert _mirrored("core/journal/actions.py") == "tests/journal/"
    assert _mirrored("tui/screens/actions.py") == "tests/tui/"


def test_a_kill_holds_while_its_test_stays_and_a_survivor_while_all_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    states = {"tests/test_a.py": "1", "tests/test_b.py": "1"}
    monkeypatch.setattr(tool, "test_states", lambda: dict(states))
    place = tmp_path / "results.jsonl"
    kept = Kept(place)
    for name, by in (
        ("by a", "tests/test_a.py::test_one"),
        ("by b", "tests/test_b.py::test_two"),
        ("none", ""),
    ):
        kept.add(Result(name, by, 1, 1))
    assert [bool(Kept(place).get(name)) for name in ("by a", "by b", "none")] == [True, True, True]
    states["tests/test_b.py"] = "2"
    assert [bool(Kept(place).get(name)) for name in ("by a", "by b", "none")] == [True, False, False]
