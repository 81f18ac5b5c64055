"""Text broken to a width: the same as character by character, in time linear in the text."""

from __future__ import annotations

from unicodedata import east_asian_width

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.language.text_width import cells_of
from core.reports.text import wrap

ALPHABET = "ab-， 、长袖\u3000\u00a0éｱ🧥가."


def cell(char: str) -> int:
    return 2 if east_asian_width(char) in "WF" else 1


def slow(text: str, width: int) -> list[str]:
    """Break it one character after the other, as people would."""
    pieces: list[str] = []
    for char in text:
        if not pieces or char == " " or cell(char) > 1 or cell(pieces[-1][-1]) > 1:
            pieces.append(char)
        else:
            pieces[-1] += char
    lines, line = [], ""
    for piece in pieces:
        if line and sum(map(cell, line + piece)) > width:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
        while sum(map(cell, line)) > width:
            end = next(at for at in range(1, len(line) + 1) if sum(map(cell, line[:at])) > width)
            end = max(1, end - 1)
            lines.append(line[:end])
            line = line[end:]
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


@given(st.text(ALPHABET, max_size=60), st.integers(2, 20))
def test_lines_are_those_of_breaking_it_character_by_character(text: str, width: int) -> None:
    assert wrap(text, width) == slow(text, width)


@pytest.mark.parametrize("word", ["a", "长", "长a ", "a\u3000", "word "])
def test_nothing_of_a_million_characters_is_lost(word: str) -> None:
    text = word * (1_000_000 // len(word))
    lines = wrap(text, 100)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert max(map(cells_of, lines)) <= 100
