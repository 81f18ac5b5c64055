"""Cells in a terminal: what lines columns up when Chinese, marks and odd characters are in them."""

from __future__ import annotations

import sys

import pytest
from wcwidth import wcwidth

from core.language.text_width import cells_of, graphemes, has_marks, is_wide, padded, tokens
from core.reports.text import wrap
from tui.text.columns import table


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", 0),
        ("abc", 3),
        ("兰亭", 4),
        ("ＡＢ", 4),
        ("ｱ", 1),
        ("e\u0301", 1),
        ("①—±", 3),
        ("👗", 2),
        ("a\tb\n", 2),
    ],
)
def test_cells(text: str, cells: int) -> None:
    assert cells_of(text) == cells


def test_lines_are_broken_by_the_same_widths_that_columns_are_padded_by() -> None:
    """Every character, those too that a Python's own tables do not know yet."""
    every = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
    wide = {char for char in every if cells_of(char) == 2}

    assert 100_000 < len(wide) < len(every)
    assert {char for char in every if is_wide(char)} == wide
    alone = [char for char in every if char.isprintable() and char != "a"]
    assert {char for char in alone if tokens(f"a{char}") != [f"a{char}"]} - {" "} == wide & set(alone)
    assert "".join(tokens("".join(every))) == "".join(every)


def test_padding_counts_cells_and_never_cuts() -> None:
    assert padded("兰亭", 6) == "兰亭  "
    assert padded("兰亭", 6, right=True) == "  兰亭"
    assert padded("兰亭女装", 6) == "兰亭女装"


def test_columns_line_up_with_chinese_in_them() -> None:
    assert table([["店铺", "件"], ["e\u0301", 12]], right=[1]) == "店铺  件\ne\u0301     12"


def test_a_mark_stays_with_its_letter_when_lines_are_broken() -> None:
    assert list(graphemes("ae\u0301")) == ["a", "e\u0301"]
    assert wrap("aaae\u0301b", 4) == ["aaae\u0301", "b"]
    assert wrap("兰\u0301亭", 2) == ["兰\u0301", "亭"]


def test_marks_are_found_among_all_characters_wherever_they_stand() -> None:
    for first in (0x0300, 0x200D, 0x302A, 0xFE0F, 0xFF9E, 0x1F3FB):
        for char in map(chr, range(first - 40, first + 40)):
            assert has_marks(f"长{char}a") == any(wcwidth(one) == 0 for one in f"长{char}a"), hex(ord(char))
