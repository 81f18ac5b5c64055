"""The chart of days against their targets fits every terminal, and no day makes the others unreadable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.answers.answer import Mark, Series, State
from core.language.text_width import cells_of
from tui.widgets.trend import trend_lines

FIRST = date(2026, 10, 17)
SHORT = 8
"""Least cells a terminal leaves for a picture."""


def series(values: Sequence[float | None], targets: Sequence[float | None], *marks: str) -> Series:
    days = tuple((FIRST + timedelta(days=n)).isoformat() for n in range(len(values)))
    low = tuple(None if aim is None else aim * 0.8 for aim in targets)
    high = tuple(None if aim is None else aim * 1.2 for aim in targets)
    named = tuple(Mark(day, words) for day, words in zip(days, marks, strict=False))
    return Series("Sales", "CNY", days, tuple(values), named, targets=tuple(targets), low=low, high=high)


def rows(found: Series, room: int = 76) -> list[str]:
    return [line.plain for line in trend_lines(found, room)]


figures = st.one_of(st.none(), st.floats(-1e6, 1e9))


@given(
    st.lists(st.tuples(figures, figures), min_size=1, max_size=70),
    st.integers(SHORT, 200),
    st.lists(st.text(max_size=60), max_size=5),
)
def test_it_is_never_wider_than_its_room(
    days: list[tuple[float | None, float | None]], room: int, marks: list[str]
) -> None:
    found = series([value for value, _ in days], [aim for _, aim in days], *marks)
    chart = trend_lines(found, room)
    picture = [line.plain for line in chart if any("\u2800" <= char <= "\u28ff" for char in line.plain)]
    assert all(cells_of(row) <= max(room, SHORT + 12) for row in picture)


def test_a_bar_grows_with_its_value_and_an_unknown_day_has_none() -> None:
    chart = rows(series([10.0, 40.0, None, 20.0], [40.0] * 4))
    bars = [row[5:] for row in chart[:-2]]  # behind the labels, above the dates
    wide = len(bars[0]) // 4

    def height(day: int) -> int:
        return sum(row[day * wide :][:1] in tuple("⣀⣤⣶⣿⣭") for row in bars)

    assert height(0) < height(3) < height(1)
    assert height(2) == 0


def test_one_day_of_three_hundred_times_is_cut_off_with_its_figure_above() -> None:
    chart = rows(series([100.0] * 20 + [30_000.0], [100.0] * 21))
    assert "¥30k⇡" in chart[0]
    assert sum("⣿" in row for row in chart) >= 3


def test_it_says_in_words_how_many_days_reached_their_target() -> None:
    assert "target reached on 2 of 3 days" in rows(series([100.0, 120.0, 10.0], [100.0] * 3))[-1]


def test_names_of_campaigns_do_not_lie_on_each_other() -> None:
    chart = rows(series([100.0] * 6, [100.0] * 6, "双11 第一波 首日", "双11 第二波", "双11 返场"), 40)
    assert chart[0].count("双11") <= 2
    assert cells_of(chart[0]) <= 40


def limited(values: Sequence[float | None], limit: float = 0.7) -> Series:
    days = tuple((FIRST + timedelta(days=n)).isoformat() for n in range(len(values)))
    return Series("Bounce rate", "rate", days, tuple(values), targets=(limit,) * len(days), limit=True)


def test_a_rate_close_to_its_limit_shows_its_change_and_which_days_are_over_it() -> None:
    found = limited([0.68, 0.69, 0.75, None, 0.76])
    chart = trend_lines(found, 76, high=5)
    assert chart[0].plain.startswith("76.0%"), "the highest figure, not 100 %"
    assert any(line.plain.startswith("70.0%") for line in chart), "the limit has its figure at the side"
    assert [found.state(day) for day in range(5)] == ["met", "met", "missed", "plain", "missed"]
    styles = {str(span.style) for line in chart for span in line.spans}
    assert {"$met", "$missed", "$target"} <= styles


def test_a_limit_is_kept_by_what_is_at_it_and_below_it() -> None:
    assert [limited([value]).state(0) for value in (0.699, 0.7, 0.701)] == ["met", "met", "missed"]
    assert "within the limit on 1 of 2 days" in rows(limited([0.6, 0.8]))[-1]


@given(st.lists(st.one_of(st.none(), st.floats(-2, 2)), min_size=1, max_size=70), st.integers(SHORT, 200))
def test_a_chart_with_a_limit_is_never_wider_than_its_room(values: list[float | None], room: int) -> None:
    chart = trend_lines(limited(values), room, high=4)
    drawn = [line.plain for line in chart if any("\u2800" <= char <= "\u28ff" for char in line.plain)]
    assert all(cells_of(row) <= max(room, SHORT + 12) for row in drawn)


def test_more_than_a_month_is_shown_only_where_it_is_asked_for() -> None:
    found = series([float(n) for n in range(1, 91)], [50.0] * 90)
    assert "30 of 30 days" in trend_lines(found, 140)[-1].plain
    assert "41 of 60 days" in trend_lines(found, 140, most=60)[-1].plain
    assert "37 of 37 days" in trend_lines(found, 80, most=60)[-1].plain, "as many as fit two cells wide"


def test_the_sentence_below_can_be_left_out() -> None:
    found = series([100.0, 120.0], [100.0] * 2)
    assert [line.plain for line in trend_lines(found, 76, told=False)] == rows(found)[:-1]


def likely(*states: State | None) -> Series:
    found = series([40.0] * len(states), [40.0] * len(states))
    return replace(found, likely=states)


def test_days_that_are_not_final_have_thin_bars_and_are_counted_apart() -> None:
    chart = rows(likely(None, "met", "missed", "plain"))
    solid, thin = ({char for row in chart for char in row if char in bars} for bars in ("⣿⣶⣤⣀", "⡇⡆⡄⡀"))
    assert solid
    assert thin
    assert "target reached on 1 of 1 days; 3 more days still wait for refunds" in chart[-1]
    assert not {char for row in rows(likely(None, None)) for char in row if char in "⡇⡆⡄⡀"}


def test_the_legend_names_thin_bars_only_where_there_are_any() -> None:
    assert "⡇ not final" in rows(likely(None, "met"), room=120)[-1]
    assert "not final" not in rows(likely(None, None), room=120)[-1]


def test_without_colour_a_day_that_is_not_final_has_a_hollow_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    signs = rows(likely(None, "met", "missed", "plain"))[-2].split()
    assert signs == ["✓", "◦", "◦", "◦"]


def test_what_a_day_will_probably_be_is_drawn_in_its_colour() -> None:
    found = likely(None, "met", "missed", "plain")
    assert [found.state(place) for place in range(4)] == ["met", "met", "missed", "plain"]
    assert [found.hollow(place) for place in range(4)] == [False, True, True, True]
    assert [found.newest(2).state(place) for place in range(2)] == ["missed", "plain"]
