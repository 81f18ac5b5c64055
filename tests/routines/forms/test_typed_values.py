"""Days, pieces and sums as people type them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from core.errors import UsageError
from core.language.speech import speak
from routines.forms.typed_values import day_meant, day_to_come, pieces_meant, yuan_meant

MONDAY = date(2026, 11, 16)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-11-20", "2026-11-20"),
        ("2026年11月20日", "2026-11-20"),
        ("11-20", "2026-11-20"),
        ("11/20", "2026-11-20"),
        ("11月20号", "2026-11-20"),
        ("1-5", "2027-01-05"),
        ("今天", "2026-11-16"),
        ("明天", "2026-11-17"),
        ("后天", "2026-11-18"),
        ("Tomorrow", "2026-11-17"),
        ("周五", "2026-11-20"),
        ("星期一", "2026-11-16"),
        ("礼拜天", "2026-11-22"),
        ("下周五", "2026-11-27"),
        ("friday", "2026-11-20"),
        ("next Friday", "2026-11-27"),
        ("+3", "2026-11-19"),
        ("3天后", "2026-11-19"),
    ],
)
def test_a_day_is_understood_as_it_is_said(typed: str, day: str) -> None:
    assert day_to_come(typed, MONDAY) == date.fromisoformat(day)


@pytest.mark.parametrize("typed", ["月底前", "2026-13-01", "2-30", "soon", "+", "周八", "next"])
def test_a_day_nobody_understands_is_told_in_one_sentence(typed: str) -> None:
    speak("en")
    with pytest.raises(UsageError, match=r"is not a date\. Write 11-20, tomorrow, Friday or"):
        day_meant(typed, MONDAY)


@pytest.mark.parametrize(("typed", "over"), [("11-15", True), ("2026-11-15", True), ("11-16", False)])
def test_a_day_that_is_over_is_refused_and_today_is_not(typed: str, *, over: bool) -> None:
    speak("en")
    if not over:
        assert day_to_come(typed, MONDAY) == MONDAY
        return
    with pytest.raises(UsageError, match="Sun 15 Nov is in the past: write today or a later day"):
        day_to_come(typed, MONDAY)


@pytest.mark.parametrize(
    ("read", "typed", "number"),
    [
        (pieces_meant, "1055", 1055.0),
        (pieces_meant, "1,055 件", 1055.0),
        (pieces_meant, "1.2万", 12000.0),
        (yuan_meant, "¥3,500", 3500.0),
        (yuan_meant, "3500.50元", 3500.5),
        (yuan_meant, "0.35万", 3500.0),
    ],
)
def test_numbers_are_read_with_what_people_write_around_them(
    read: Callable[[str], float], typed: str, number: float
) -> None:
    assert read(typed) == number


@pytest.mark.parametrize("read", [pieces_meant, yuan_meant])
@pytest.mark.parametrize(
    "typed", ["about a thousand", "大概一千", "0", "-5", "", "nan", "1e9", "1055 or 1100"]
)
def test_a_quantity_with_words_is_refused_in_one_sentence(read: Callable[[str], float], typed: str) -> None:
    with pytest.raises(UsageError) as refused:
        read(typed)
    assert str(refused.value).count("\n") == 0
