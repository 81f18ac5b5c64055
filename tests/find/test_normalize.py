"""Words in the form in which they are compared."""

from __future__ import annotations

import unicodedata

import pytest

from core.errors import UsageError
from core.find.normalize import folded
from core.find.query import LONGEST, read


@pytest.mark.parametrize("before", [0, 1, 1_998, 1_999, 2_000, 3_999])
def test_a_long_text_is_folded_as_a_short_one(before: int) -> None:
    text = "长" * before + "ＡＢe\u0301É e\u0323\u0301 ｶﾞ\n x" + "长" * 3_000
    whole = " ".join(unicodedata.normalize("NFKC", text).lower().split())
    assert folded(text) == whole


def test_half_a_million_marks_on_one_letter_are_read_at_once() -> None:
    assert len(folded("e" + "\u0301\u0323" * 250_000)) >= 500_000


def test_a_search_of_a_million_characters_is_refused_in_one_sentence() -> None:
    assert read("长" * LONGEST).words
    with pytest.raises(UsageError, match="at most 1,000 characters"):
        read("a" * 1_000_000)
