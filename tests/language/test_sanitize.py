"""Text from outside, made harmless for every terminal; and JSON that says the same."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.language.sanitize import json_text, safe


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("法式针织开衫 M 码", "法式针织开衫 M 码"),
        ("\x1b]0;title\x07", "]0;title"),
        ("\x9b2J\x00\x7f", "2J"),
        ("a\u202eb\u200bc\u2066d\ufeff", "abcd"),
        ("一\n二\r\n三\t四", "一 二 三  四"),
        ("\udce5", ""),
        (3.5, "3.5"),
    ],
)
def test_nothing_in_it_steers_or_hides(text: object, shown: str) -> None:
    assert safe(text) == shown


def test_line_ends_stay_where_lines_are_wanted() -> None:
    assert safe("一\r\n二\r三\n\x1b[2J", lines=True) == "一\n二\n三\n[2J"


@given(st.text(st.characters()))
def test_whatever_comes_in_what_goes_out_can_be_printed(text: str) -> None:
    assert safe(text).isprintable() or set(safe(text)) <= {"\u3000"} | {
        c for c in safe(text) if c.isprintable()
    }
    assert all(line.replace("\u3000", "").isprintable() for line in safe(text, lines=True).split("\n"))


@given(st.recursive(st.none() | st.integers() | st.text(st.characters()), st.lists, max_leaves=5))
def test_json_keeps_every_character_and_shows_none_that_steers(value: object) -> None:
    text = json_text(value)

    assert json.loads(text) == value
    assert text.replace("\u3000", "").isprintable()


def test_json_spells_out_marks_that_hide_beyond_the_first_plane_too() -> None:
    assert (
        json_text({"a": "x\U000e0041\xad\u061c"}, indent=1) == '{\n "a": "x\\udb40\\udc41\\u00ad\\u061c"\n}'
    )
