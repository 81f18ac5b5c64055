"""Which columns of a table are in sight, for any widths, any room and wherever it stands."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.widgets.column_window import GAP, Columns

TABLE = Columns((12, 6, 7, 6, 6, 40))


@pytest.mark.parametrize(
    ("start", "room", "columns", "before", "behind"),
    [
        (1, 97, (0, 1, 2, 3, 4, 5), 0, 0),
        (1, 60, (0, 1, 2, 3, 4), 0, 1),
        (1, 43, (0, 1, 2, 3), 0, 2),
        (1, 24, (0, 1), 0, 4),
        (3, 40, (0, 3, 4), 2, 1),
        (5, 40, (0, 5), 4, 0),
    ],
)
def test_what_does_not_fit_whole_waits_for_its_turn(
    start: int, room: int, columns: tuple[int, ...], before: int, behind: int
) -> None:
    shown = TABLE.window(start, room)
    assert (shown.columns, shown.before, shown.behind) == (columns, before, behind)


def test_only_the_last_column_is_cut_to_the_room_left() -> None:
    shown = TABLE.window(4, 40)
    assert shown.columns == (0, 4, 5)
    assert shown.sizes == (12, 6, 18)


def test_words_are_cut_to_the_room_left_and_figures_never() -> None:
    actions = Columns((10, 12, 6, 60, 8), words=frozenset([0, 1, 2, 3]))
    shown = actions.window(1, 76)
    assert (shown.columns, shown.sizes, shown.behind) == ((0, 1, 2, 3), (10, 12, 6, 36), 1)
    assert replace(actions, words=frozenset()).window(1, 76).columns == (0, 1, 2)


def test_more_than_one_column_can_stay() -> None:
    shown = replace(TABLE, fixed=2).window(4, 50)
    assert shown.columns == (0, 1, 4, 5)
    assert (shown.before, shown.behind) == (2, 0)


@given(
    st.lists(st.integers(3, 160), min_size=1, max_size=20), st.integers(1, 20), st.integers(30, 250),
    st.integers(1, 3), st.frozensets(st.integers(0, 20)),
)  # fmt: skip
def test_what_is_shown_fits_and_everything_can_be_reached(
    widths: list[int], start: int, room: int, fixed: int, words: frozenset[int]
) -> None:
    table = Columns(tuple(widths), words, min(fixed, len(widths)))
    shown = table.window(max(table.fixed, min(start, len(widths) - 1)), room)
    assert sum(shown.sizes) + len(GAP) * (len(shown.sizes) - 1) <= room + 2 * table.fixed
    assert shown.columns[: table.fixed] == tuple(range(table.fixed))
    assert len(shown.columns) + shown.before + shown.behind == len(widths)
    starts = range(table.fixed, table.last_start(room) + 1)
    assert {one for at in starts for one in table.window(at, room).columns} == set(range(len(widths)))
