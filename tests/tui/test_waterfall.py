"""The waterfall leads from one total to another, adds up as printed, and fits every terminal."""

from __future__ import annotations

import math
import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.answers.answer import Part, Split
from core.answers.waterfall import MOST, waterfall
from core.language.speech import speak
from core.language.text_width import cells_of
from tui.text import answer_text
from tui.widgets.waterfall import waterfall_lines

GAP = (
    ("Plan too high", -5_894.0),
    ("Visitors", -1_453.0),
    ("Conversion", -5_691.0),
    ("Order value", 2_497.0),
)


def split(*parts: Part | tuple[str, float], start: float = 48_001.0, unit: str = "CNY") -> Split:
    made = tuple(part if isinstance(part, Part) else Part(*part) for part in parts)
    total = math.fsum(part.value for part in made if math.isfinite(part.value))
    before, after = Part("A usual day", start), Part("Sales yesterday", start + total)
    return Split("Difference", unit, total, made, start=before, end=after)


def rows(found: Split, room: int = 76) -> list[str]:
    shown = waterfall_lines(found, room)
    assert shown is not None
    return [one.plain for one in shown]


def bar(row: str) -> tuple[int, int]:
    """Return the half cells between which a row's bar lies."""
    halves = [half for char in row for half in {"⣿": (1, 1), "⡇": (1, 0), "⢸": (0, 1)}.get(char, (0, 0))]
    return halves.index(1), len(halves) - halves[::-1].index(1)


def words(row: str) -> str:
    """Return a row without its bar."""
    return " ".join(re.sub("[⣿⡇⢸]", "", row).split())


def test_each_part_begins_where_the_one_before_ended_and_the_last_total_is_what_is_left() -> None:
    shown = rows(split(*GAP))
    assert [words(row) for row in shown] == [
        "A usual day ¥48,001", "Plan too high -¥5,894", "Visitors -¥1,453", "Conversion -¥5,691",
        "Order value +¥2,497", "Sales yesterday ¥37,460",
    ]  # fmt: skip
    first, plan, visitors, conversion, value, last = map(bar, shown)
    assert first[0] == last[0]
    assert first[1] == plan[1], "down from the first total"
    assert plan[0] == visitors[1]
    assert visitors[0] == conversion[1]
    assert conversion[0] == value[0], "up from the lowest point"
    assert value[1] == last[1]


def test_the_figures_printed_add_up_to_the_last_total_whatever_their_fractions() -> None:
    random = Random(7)
    for _ in range(1000):
        parts = [("p", random.uniform(-9_000, 9_000)) for _ in range(random.randint(1, 12))]
        found = waterfall(split(*parts, start=random.uniform(0, 60_000)))
        assert found is not None
        first, *middle, last = (one.value for one in found.rows)
        assert first + sum(middle) == last
        assert all(value == int(value) for value in (first, *middle, last))
        assert len(middle) <= MOST


def test_a_part_is_printed_as_everywhere_else_unless_the_sum_would_be_wrong() -> None:
    found = waterfall(split(("a", -0.4), ("b", -0.4), ("c", -0.4), start=100.0))
    assert found is not None
    assert [one.value for one in found.rows] == [100.0, -1.0, 0.0, 0.0, 99.0]
    table = waterfall(
        split(("Calendar", -0.2), Part("Visitors", -0.4, -1.0, 1.0), ("Rest", -0.3), start=100.0)
    )
    assert table is not None
    assert [one.value for one in table.rows] == [100.0, 0.0, 0.0, -1.0, 99.0], (
        "as the table of the parts has it"
    )
    plain = waterfall(split(*GAP))
    assert plain is not None
    assert [one.value for one in plain.rows[1:-1]] == [value for _, value in GAP]


@pytest.mark.parametrize(("lowest", "cut"), [(40.0, False), (41.0, True)])
def test_the_axis_is_cut_only_if_all_totals_are_close_together(lowest: float, *, cut: bool) -> None:
    found = waterfall(split(("a", lowest - 100.0), start=100.0))
    assert found is not None
    assert found.low == (lowest - (100.0 - lowest) / 4 if cut else 0.0)


def test_blue_adds_orange_takes_away_and_what_is_usual_is_quiet_with_a_note_if_there_is_room() -> None:
    found = split(
        Part("Visitors", -900.0, -1_000.0, 1_000.0), ("Conversion", -2_000.0), ("Order value", 500.0)
    )

    def looks(room: int) -> list[str]:
        shown = waterfall_lines(found, room) or []
        drawn = [(one.plain[span.start : span.end], span.style) for one in shown for span in one.spans]
        return [str(style) for text, style in drawn if set(text) & set("⣿⡇⢸")]

    assert looks(76) == ["$plain", "$quiet", "$missed", "$met", "$plain"]
    told = rows(found, 66)
    assert [row.endswith("  within its usual range") for row in told] == [False, True, False, False, False]
    assert "usual range" not in "".join(rows(found, 65)), "under 16 cells of bars the note goes"
    assert looks(65) == looks(76)


def test_at_most_seven_parts_the_smallest_are_one_row_in_their_readers_words() -> None:
    eight = [(f"p{n}", float(-100 * n)) for n in range(1, 9)]
    assert len(rows(split(*eight[:7]))) == 7 + 2
    shown = rows(split(*eight))
    assert [row.split()[0] for row in shown[1:-2]] == ["p3", "p4", "p5", "p6", "p7", "p8"], "in their order"
    assert shown[-2].startswith("2 others")
    assert "-¥300" in shown[-2]
    speak("zh")
    assert rows(split(*eight))[-2].startswith("其他 2 个")


@pytest.mark.parametrize("room", [40, 60, 80, 118, 200])
@pytest.mark.parametrize(
    "found",
    [
        split(("直通车关键词推广和人群推广以及全站推广的钱", -5_894.0), Part("转化率", -5_691.0, -9e3, 9e3)),
        split(("a", -500.0), ("b", -300.0), start=-100.0),
        split(("a", 0.0), ("b", 0.0), start=0.0),
        split(start=0.0),
        split(("huge", 9e11), ("small", -1.0), start=0.0),
        split(("unknown", math.nan), ("endless", math.inf), ("known", -5.0)),
        split(("below", -900.0), ("back", 1_200.0), start=100.0),
        split(("share", -0.02), start=0.2, unit="rate"),
    ],
)
def test_nothing_is_wider_than_its_room(found: Split, room: int) -> None:
    shown = rows(found, room)
    assert all(cells_of(row) <= room for row in shown)


@given(st.lists(st.floats(allow_nan=True, allow_infinity=True, width=32), max_size=12), st.integers(40, 200))
def test_no_split_breaks_it(values: list[float], room: int) -> None:
    shown = waterfall_lines(split(*((f"部分{n}", value) for n, value in enumerate(values))), room)
    assert all(cells_of(one.plain) <= room for one in shown or [])


def test_below_zero_a_total_goes_to_the_left_of_zero() -> None:
    before, part, after = map(bar, rows(split(("a", -300.0), start=100.0)))
    assert before[0] == after[1], "both begin at 0"
    assert part == (after[0], before[1])


def test_a_part_of_little_money_is_still_seen_and_an_unknown_one_has_no_bar() -> None:
    small, unknown = rows(split(("small", -1.0), ("unknown", math.nan), ("huge", -9e5), start=1e6))[1:3]
    assert bar(small)[1] - bar(small)[0] == 1
    assert unknown.split() == ["unknown", "-"]


def test_parts_that_lead_from_nothing_to_nothing_are_no_waterfall() -> None:
    assert waterfall_lines(Split("Gap", "CNY", -5.0, (Part("a", -5.0),)), 76) is None
    assert waterfall_lines(split(("a", 1.0), start=math.nan), 76) is None


def test_the_command_line_tells_the_same_rows_in_the_same_order() -> None:
    found = split(Part("Visitors", -900.0, -1_000.0, 1_000.0), ("Conversion", -2_000.0))
    printed = "\n".join(answer_text.evidence(found)).splitlines()
    assert [" ".join(row.split()) for row in printed] == [
        "Difference: -¥2,900", "A usual day ¥48,001", "Visitors -¥900 within its usual range",
        "Conversion -¥2,000", "Sales yesterday ¥45,101",
    ]  # fmt: skip
