"""What is worth mutating and what is not."""

from __future__ import annotations

from random import Random

import pytest

pytest.importorskip("mutmut", reason="make mutate installs what draws mutants")

from tests.mutate.sites import mutate, sites


def mutants(code: str) -> set[str]:
    """Return the code after each change that is drawn."""
    made = (mutate("file.py", code, number, Random(1)) for number in range(len(sites(code)[1])))
    return {one.code for one in made if one}


def test_arguments_that_only_forbid_mistakes_stay() -> None:
    frozen = "@dataclass(frozen=True, slots=True)\nclass Group:\n    size: int\n"
    assert not mutants(frozen)
    assert not mutants("pairs = zip(names, sizes, strict=True)\n")


def test_what_only_the_type_checker_reads_stays() -> None:
    assert not mutants('T = TypeVar("T")\n')
    assert not mutants('name = cast("str", name)\n')


def test_arguments_with_an_effect_are_changed_and_left_out() -> None:
    assert mutants("names = sorted(names, reverse=True)\n") == {
        "names = sorted(names, reverse=False)\n",
        "names = sorted(names, )\n",
    }
