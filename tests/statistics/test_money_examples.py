"""Every worked example of money is held against the functions the product uses, somewhere in these tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest

TESTS: Final = Path(__file__).parents[1]
EXAMPLES: Final[list[dict[str, Any]]] = json.loads(
    (TESTS / "statistics" / "money_examples.json").read_text(encoding="utf-8")
)
FAMILIES: Final = {
    "V.": "measures/test_order_value.py",
    "rest.": "statistics/test_refund_development.py",
    "site.": "topics/test_platform_examples.py",
}
"""Examples that a test takes by the first part of their name."""


def named(text: str, name: str) -> bool:
    family = next((one for one in FAMILIES if name.startswith(one)), "")
    return f'"{name}"' in text or bool(family and f'startswith("{family}")' in text)


@pytest.mark.parametrize("name", [one["name"] for one in EXAMPLES])
def test_an_example_is_tested(name: str) -> None:
    places = [one for one in TESTS.rglob("test_*.py") if one != Path(__file__)]
    family = next((one for one in FAMILIES if name.startswith(one)), "")
    if family:
        places = [TESTS / FAMILIES[family], *places]
    texts = [one.read_text(encoding="utf-8") for one in places]
    site = 'f"site.{name}"' in texts[0] if family == "site." else False
    assert site or any(named(text, name) for text in texts)


def test_there_are_sixty_one_each_with_its_own_name() -> None:
    assert len({one["name"] for one in EXAMPLES}) == len(EXAMPLES) == 61


def test_the_platform_s_examples_are_the_same_ones() -> None:
    known = {one["name"]: one for one in EXAMPLES}
    taken = json.loads((TESTS / "topics" / "platform_examples.json").read_text(encoding="utf-8"))
    assert [one for one in taken if known.get(one["name"]) != one] == []
