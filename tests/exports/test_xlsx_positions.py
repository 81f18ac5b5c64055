"""Where cells say that they stand: the quick look and a plain one agree, whatever a file says."""

from __future__ import annotations

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.exports.reading.xlsx_positions import XmlPart

PIECES = st.sampled_from(
    [b" r=", b'"', b"'", b"r", b" ", b"\n", b"\t", b"=", b"A", b"z", b"XFD", b"0", b"+", b"7", b"1048576"]
)  # fmt: skip
CELLS = st.builds(
    b'%b r=%b%b%d"'.__mod__,
    st.tuples(
        st.sampled_from([b"<c", b"<row", b"<x:c"]),
        st.sampled_from([b'"', b"'", b' "']),
        st.text("ABXFDz", max_size=9).map(str.encode),
        st.integers(0, 99_999_999_999),
    ),
)


def plainly(text: bytes) -> tuple[int, int, int, int]:
    rows = cells = last_row = last_column = 0
    for letters, digits in re.findall(rb"\sr\s*=\s*[\"']\s*([A-Za-z]{0,8})\+?0*(\d{1,10})", text):
        rows, cells = rows + (not letters), cells + bool(letters)
        column = 0
        for letter in letters.decode().upper():
            column = column * 26 + "_ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(letter)
        last_row, last_column = max(last_row, int(digits)), max(last_column, column)
    return rows, cells, last_row, last_column


@settings(max_examples=1000, deadline=None)
@given(st.lists(st.one_of(CELLS, PIECES), max_size=40).map(b"".join))
@example(b"")
@example(b' r="A')
@example(b' r="ABCDEFGHIJKLMNOP')
@example(b' r="12345678901234567890')
@example(b' r="A1234567"')
@example(b' r="A12345678"')
def test_the_quick_look_says_what_a_plain_one_says(text: bytes) -> None:
    assert XmlPart(text).places() == plainly(text)


@settings(max_examples=1000, deadline=None)
@given(
    st.lists(
        st.sampled_from([b"<", b"c", b"row", b"r", b" ", b">", b"/", b"\v", b"x", b"<c ", b"<row>"])
    ).map(b"".join)
)
def test_tags_are_counted_as_a_plain_look_counts_them(text: bytes) -> None:
    tags = re.findall(rb"<(c|row)[\s/>]", text)
    assert XmlPart(text).tags() == (tags.count(b"row"), tags.count(b"c"))


def test_rows_and_cells_are_told_apart_and_the_farthest_is_found() -> None:
    text = b'<row r="9"><c r="B9"/><c  r="AA9"/></row><row><c r = \'C0012\'/></row>'
    assert XmlPart(text).places() == (1, 3, 12, 27)
