"""Code never reads a sentence or takes a key apart; what still does is listed, and the lists only shrink."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.language.unconverted import (
    LISTS,
    all_formatted_numbers,
    formatted_numbers,
    key_parsers,
    listed,
    speaks,
)

REDO = "run: python -m tests.language.unconverted"


@pytest.mark.parametrize("file", LISTS, ids=lambda file: file.stem)
def test_nothing_new_is_done_the_old_way(file: Path) -> None:
    assert sorted(LISTS[file]() - listed(file)) == [], f"not in {file.name}: use fields and messages instead"


@pytest.mark.parametrize("file", LISTS, ids=lambda file: file.stem)
def test_what_is_done_the_new_way_leaves_the_list(file: Path) -> None:
    assert sorted(listed(file) - LISTS[file]()) == [], f"no longer needed in {file.name}; {REDO}"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('x = one.key.startswith("stock/")', ["one.key.startswith('stock/')"]),
        ('x = decision.finding.rsplit("/", 1)[-1]', ["decision.finding.rsplit('/', 1)"]),
        ('which = key.removeprefix("paid/")', ["key.removeprefix('paid/')"]),
        ('x = one.key == other.key or one.key in {"a"}', []),
        ('x = one.title.startswith("a")', []),
    ],
)
def test_a_key_taken_apart_is_found(line: str, found: list[str]) -> None:
    assert list(key_parsers(line, names=True)) == found


def test_outside_topics_a_variable_called_key_may_be_another_key() -> None:
    assert list(key_parsers('x = key.split(":")', names=False)) == []


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ("from core.language.wording import say\nx = say('a')", True),
        ("from core.language import wording\nx = wording.say('a')", True),
        ("from core.language import wording as w\nx = w.say('a')", True),
        ("import core.language.wording as w\nx = w.say('a')", True),
        ("def late():\n    from core.language.wording import text\n    return text(x)", True),
        ("from core.language import wording\nraise NotEnoughData(wording.say('a'))", False),
        ("from core.language.message import say\nx = say('a')", False),
    ],
)
def test_text_rendered_before_it_is_read_is_found(lines: str, found: bool) -> None:  # noqa: FBT001 - expected
    assert speaks(lines) == found


def test_a_message_takes_numbers_and_its_reader_formats_them() -> None:
    assert all_formatted_numbers() == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('say("{points} points", points=f"{low * 100:+.1f}")', ["low * 100"]),
        ('say("{n}", n=f"{total:,}")', ["total"]),
        ('say("{share}", share=f"{part:.0%}")', ["part"]),
        ('hour = f"{minutes // 60:02d}"', []),
        ('day = f"{when:%Y-%m}"', []),
        ('name = f"{shop} {item}"', []),
    ],
)
def test_a_number_formatted_before_it_is_read_is_found(line: str, found: list[str]) -> None:
    assert list(formatted_numbers(line)) == found
