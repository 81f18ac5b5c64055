"""The table of promises: each line names tests that there are, the same in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HEADS = {"docs/promises.md": "| promise | shown by |", "docs/promises.zh.md": "| 承诺 | 测试 |"}


def rows(name: str) -> list[list[str]]:
    """Return the tests that each line of the table names."""
    lines = (ROOT / name).read_text(encoding="utf-8").partition(HEADS[name])[2].splitlines()[2:]
    table = lines[: lines.index("")] if "" in lines else lines
    return [re.findall(r"`(tests/[^`]+)`", line) for line in table]


@pytest.mark.parametrize("name", HEADS)
def test_every_promise_names_a_test_and_every_test_is_there(name: str) -> None:
    promised = rows(name)
    assert len(promised) > 20
    assert [] not in promised
    for one in {test for tests in promised for test in tests}:
        file, _, function = one.partition("::")
        there = (ROOT / file).read_text(encoding="utf-8")
        assert re.search(rf"^(async )?def {re.escape(function)}\(", there, re.MULTILINE), one


def test_both_languages_name_the_same_tests() -> None:
    assert rows("docs/promises.md") == rows("docs/promises.zh.md")
