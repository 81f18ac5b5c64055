"""The minutes of a meeting: divided by weight, and what one point overruns the others lose."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tui.text.meeting_clock import LEAST, clock_words, point_times

START = datetime.fromisoformat("2026-11-16T10:15:00+08:00")
END = START + timedelta(minutes=15)


def minutes(of: float) -> timedelta:
    return timedelta(minutes=of)


def test_the_time_is_divided_by_weight() -> None:
    times = point_times((3, 1, 1), (None, None, None), 0, start=START, end=END, now=START)
    assert [one.given for one in times] == [minutes(9), minutes(3), minutes(3)]
    assert [one.used for one in times] == [minutes(0), None, None]


def test_what_one_point_overruns_the_others_lose() -> None:
    now = START + minutes(11)
    first, second, third = point_times((3, 1, 1), (None, None, None), 0, start=START, end=END, now=now)
    assert (first.given, first.used, first.over) == (minutes(9), minutes(11), minutes(2))
    assert second.given == third.given == minutes(2)


def test_a_point_talked_about_shows_what_it_took_and_the_next_begins_there() -> None:
    ticked = (START + minutes(2), None, None)
    times = point_times((1, 1, 1), ticked, 1, start=START, end=END, now=START + minutes(3))
    assert [(one.given, one.used) for one in times] == [
        (None, minutes(2)), (minutes(6.5), minutes(1)), (minutes(6.5), None),
    ]  # fmt: skip


def test_a_minute_more_for_one_is_taken_from_the_rest() -> None:
    first, second = point_times((1, 1), (None, None), 0, start=START, end=END, now=START, extra=minutes(1))
    assert (first.given, second.given) == (minutes(8.5), minutes(6.5))


def test_points_without_half_a_minute_are_for_afterwards_the_last_first() -> None:
    times = point_times((1,) * 5, (None,) * 5, 0, start=START, end=END, now=END - minutes(1))
    assert [one.afterwards for one in times] == [False, False, False, True, True]
    assert [one.given for one in times[1:3]] == [LEAST, LEAST]


def test_words() -> None:
    assert [clock_words(one) for one in (minutes(0), minutes(2.5), minutes(61))] == ["0:00", "2:30", "61:00"]


@given(
    st.lists(
        st.tuples(st.floats(0.5, 5), st.one_of(st.none(), st.integers(0, 1200))), min_size=1, max_size=14
    ),
    st.integers(-1, 13),
    st.integers(0, 2000),
)
def test_no_more_is_given_than_is_left(
    points: list[tuple[float, int | None]], current: int, gone: int
) -> None:
    ticked = [None if at is None else START + timedelta(seconds=min(at, gone)) for _, at in points]
    now = START + timedelta(seconds=gone)
    times = point_times([one for one, _ in points], ticked, current, start=START, end=END, now=now)
    waiting = [one.given for one in times if one.used is None and one.given is not None]
    assert sum(waiting, timedelta()) <= max(timedelta(), END - now) + timedelta(milliseconds=1)
    assert all(one >= LEAST for one in waiting)
    assert all(one.used is not None for one, at in zip(times, ticked, strict=True) if at is not None)
