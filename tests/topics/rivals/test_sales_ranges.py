"""What several looks at one listing tell; what nobody looked at tells nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.statistics.distributions import Interval
from core.topics.rivals.displayed_counts import displayed_count
from core.topics.rivals.sales_ranges import daily_pace, exchanged


def on(*texts: str, step: int = 1) -> list[tuple[date, str]]:
    return [(date(2026, 6, 1) + timedelta(days=n * step), text) for n, text in enumerate(texts)]


def counted(*texts: str, step: int = 1) -> list[tuple[date, Interval]]:
    return [(day, found) for day, text in on(*texts, step=step) if (found := displayed_count(text))]


# ---- left alone


@pytest.mark.parametrize(
    "seen",
    [
        (),
        ("模特半身",),
        ("", "模特半身", ""),
        ("模特半身", "", "没变"),
        ("模特半身", "same", "模特半身"),
        ("白底正面", "白底正面图"),
        ("a41f09c2", "a41f09c2"),
        ("a41f09c2", "模特半身"),
    ],
)
def test_no_exchange_is_made_up(seen: tuple[str, ...]) -> None:
    assert exchanged(on(*seen)) == []


def test_one_look_or_two_on_one_day_give_no_pace() -> None:
    assert daily_pace(counted("600+")).a_day is None
    assert daily_pace([*counted("600+"), *counted("900+")]).a_day is None


def test_looks_no_even_pace_can_explain_are_unknown() -> None:
    assert daily_pace(counted("100", "100", "900")).a_day is None


# ---- said


def test_another_picture_is_told_with_both_and_the_looks_between() -> None:
    (swap,) = exchanged(on("模特雪景全身", "", "没变", "三色平铺"))
    assert (swap.before, swap.after) == ("模特雪景全身", "三色平铺")
    assert (swap.since.day, swap.day.day) == (3, 4)


def test_checksums_and_bare_words_are_an_exchange_without_words() -> None:
    (by_sum,) = exchanged(on("a41f09c2", "b77e1d00"))
    (by_word,) = exchanged(on("模特半身", "换了"))
    assert (by_sum.before, by_sum.after) == ("", "")
    assert (by_word.before, by_word.after) == ("模特半身", "")


def test_several_looks_narrow_the_range() -> None:
    two = daily_pace(counted("600+", "800+", step=2)).a_day
    more = daily_pace(counted("600+", "800+", "1000", step=2)).a_day
    assert two == Interval(50.5, 149.5)
    assert more == Interval(75.25, 100.0)


def test_after_a_fallen_counter_only_the_looks_since_then_count() -> None:
    found = daily_pace(counted("900+", "1000+", "600", "640"))
    assert found.fell
    assert found.a_day == Interval(40, 40)


@given(st.floats(0, 60), st.integers(0, 900), st.lists(st.integers(1, 6), min_size=1, max_size=6))
def test_a_true_even_pace_is_always_in_the_range(pace: float, start: int, gaps: list[int]) -> None:
    days = [0, *(sum(gaps[: n + 1]) for n in range(len(gaps)))]
    counts = []
    for day in days:
        shown = start + pace * day
        floor = float(int(shown) // 100 * 100)
        counts.append((date(2026, 6, 1) + timedelta(days=day), Interval(floor, floor + 100.0)))
    found = daily_pace(counts)
    assert not found.fell
    assert found.a_day is not None
    assert found.a_day.low - 1e-9 <= pace <= found.a_day.high + 1e-9
