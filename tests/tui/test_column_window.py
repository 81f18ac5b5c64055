"""Which columns of a table are in sight, for any widths, any room and wherever it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.widgets.column_window import GAP, last_start, window

TABLE = (12, 6, 7, 6, 6, 40)


@pytest.mark.parametrize(
    ("start", "room", "columns", "before", "behind"),
    [
        (1, 97, (0, 1, 2, 3, 4, 5), 0, 0),
        (1, 60, (0, 1, 2, 3, 4), 0, 1),
        (1, 41, (0, 1, 2, 3), 0, 2),
        (1, 24, (0, 1), 0, 4),
        (3, 40, (0, 3, 4), 2, 1),
        (5, 40, (0, 5), 4, 0),
    ],
)
def test_what_does_not_fit_whole_waits_for_its_turn(
    start: int, room: int, columns: tuple[int, ...], before: int, behind: int
) -> None:
    shown = window(TABLE, start, room)
    assert (shown.columns, shown.before, shown.behind) == (columns, before, behind)


def test_only_the_last_column_is_cut_to_the_room_left() -> None:
    shown = window(TABLE, 4, 40)
    assert shown.columns == (0, 4, 5)
    assert shown.sizes == (12, 6, 18)


@given(
    st.lists(st.integers(3, 160), min_size=1, max_size=20),
    st.integers(1, 20),
    st.integers(30, 250),
    st.integers(1, 3),
)
def test_what_is_shown_fits_and_everything_can_be_reached(
    widths: list[int], start: int, room: int, fixed: int
) -> None:
    fixed = min(fixed, len(widths))
    start = max(fixed, min(start, len(widths) - 1))
    shown = window(widths, start, room, fixed=fixed)
    assert sum(shown.sizes) + len(GAP) * (len(shown.sizes) - 1) <= room + 2 * fixed
    assert shown.columns[:fixed] == tuple(range(fixed))
    assert len(shown.columns) + shown.before + shown.behind == len(widths)
    starts = range(fixed, last_start(widths, room, fixed=fixed) + 1)
    reached = {one for at in starts for one in window(widths, at, room, fixed=fixed).columns}
    assert reached == set(range(len(widths)))
