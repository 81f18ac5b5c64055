"""Bars against a limit: what is short is seen at once, and nothing is wider than its room."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.answers.answer import Bar, Bars
from tui.text import answer_text
from tui.text.sanitize import width
from tui.widgets.bars import bar_lines

COVER = Bars(
    "Days of cover",
    "days",
    (
        Bar("牛仔裤", 3.5, 9.0, 3.0, 5.5, "missed"),
        Bar("风衣", 18.0, 15.0, 15.0, 21.0, "met"),
        Bar("旧款", 400.0, None),
    ),
    "lead time",
)


def rows(bars: Bars = COVER, room: int = 76, high: int | None = None) -> list[str]:
    return [line.plain for line in bar_lines(bars, room, high=high)]


def test_the_limit_is_a_stroke_beyond_a_bar_that_is_short_and_inside_one_that_is_not() -> None:
    short, enough, _ = rows()
    assert short.index("|") > short.rindex("⣿")
    assert enough.index("⣿") < enough.index("|") < enough.rindex("⣿")
    assert short.endswith("  lead time 9.0 days")


def test_the_range_goes_on_from_the_bar_to_the_highest_likely_value() -> None:
    short, enough, _ = rows()
    assert 0 < short.count("⠒") < enough.count("⠒")
    assert short.index("⠒") > short.rindex("⣿")


def test_a_bar_of_400_days_is_cut_off_so_that_3_days_are_seen() -> None:
    short, _, old = rows()
    assert "▸" in old
    assert short.count("⣿") >= 3
    assert "400.0 days" in old


def test_what_is_judged_has_the_colour_of_its_judgement() -> None:
    looks = [
        {str(span.style) for span in line.spans if "⣿" in line.plain[span.start : span.end]}
        for line in bar_lines(COVER, 76)
    ]
    assert looks == [{"$missed"}, {"$met"}, {"$plain"}]


def test_only_the_first_rows_are_shown_where_there_is_room_for_no_more() -> None:
    assert rows(high=2) == rows(Bars("Cover", "days", COVER.bars[:2], "lead time"))
    assert rows(Bars("Cover", "days", ())) == ["No values."]


def test_a_range_without_a_middle_is_dotted_from_end_to_end() -> None:
    (row,) = rows(Bars("Orders", "count", (Bar("素年锦时", None, None, 40.0, 80.0),)))
    assert row.split()[1] == "40-80"
    assert row.count("⠒") == pytest.approx(row.index("⠒") - row.index("40-80") - 7, abs=1)


@given(
    st.lists(
        st.builds(
            Bar,
            st.text(max_size=60),
            *(st.one_of(st.none(), st.floats(width=32)) for _ in range(4)),
            st.sampled_from(["met", "missed", "plain"]),
        ),
        max_size=8,
    ),
    st.integers(40, 200),
)
def test_nothing_is_wider_than_its_room(bars: list[Bar], room: int) -> None:
    assert all(width(row) <= room for row in rows(Bars("x", "days", tuple(bars), "补货周期"), room))


def test_the_command_line_has_the_figures_and_limits() -> None:
    told = "\n".join(answer_text.evidence(COVER)).splitlines()
    assert [" ".join(row.split()) for row in told] == [
        "Days of cover", "牛仔裤 3.5 days lead time 9.0 days", "风衣 18.0 days lead time 15.0 days",
        "旧款 400.0 days",
    ]  # fmt: skip
