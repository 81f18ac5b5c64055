from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.exports import cells


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12,186.70", 12186.70),
        ("1,234,567", 1234567.0),
        ("￥1,234", 1234.0),
        ("¥-3.50", -3.5),
        ("0元", 0.0),
        ("0.00", 0.0),
        ("0", 0.0),
        ("2.5万", 25_000.0),
        ("1.2亿", 120_000_000.0),
        ("1２３", 123.0),
        (" 8.38 ", 8.38),
        (".5", 0.5),
        ("12人", 12.0),
        ("1.2E+05", 120_000.0),
        ("12\0", 12.0),
    ],
)
def test_a_number_is_what_it_says(text: str, value: float) -> None:
    assert cells.number(text) == pytest.approx(value)


@pytest.mark.parametrize(
    "text", ["", "-", "--", " - ", "nan", "NaN", "\\N", "延迟统计", "0000-00-00", "—", "null"]
)
def test_no_figure_is_none_and_never_zero(text: str) -> None:
    assert cells.number(text) is None
    assert cells.moment(text) is None
    assert cells.span(text) is None
    assert cells.identifier(text) == ""


@pytest.mark.parametrize(
    "text", ["1,2,3", "12,34", "1.2.3", "abc", "--5", "1万2", "1e999", "10人付款", "5 %"]
)
def test_what_is_no_number_is_refused_not_guessed(text: str) -> None:
    with pytest.raises(cells.Unreadable):
        cells.number(text)


def test_a_percent_is_a_fraction_where_percents_belong() -> None:
    assert cells.number("4.86%", percent=True) == pytest.approx(0.0486)
    assert cells.number("686.56%", percent=True) == pytest.approx(6.8656)
    assert cells.number("0.00%", percent=True) == 0.0
    assert cells.number("0.03331", percent=True) == pytest.approx(0.03331)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("600 ~ 1200", 600, 1200),
        ("1000~2500", 1000, 2500),
        ("750万 ~ 1000万", 7_500_000, 10_000_000),
        ("7500 ~ 1万", 7500, 10_000),
        ("5% ~ 7.5%", 0.05, 0.075),
        ("100-200", 100, 200),
        ("34505", 34505, 34505),
    ],
)
def test_a_range_keeps_both_ends(text: str, low: float, high: float) -> None:
    assert cells.span(text) == pytest.approx((low, high))


def test_a_range_upside_down_is_refused() -> None:
    with pytest.raises(cells.Unreadable):
        cells.span("1200 ~ 600")


@pytest.mark.parametrize(
    "text",
    [
        '="1930679858170647"',
        "'1930679858170647",
        "ID：1930679858170647",
        "1930679858170647",
        "1930679858170647.0",
    ],
)
def test_an_id_is_its_digits(text: str) -> None:
    assert cells.identifier(text) == "1930679858170647"


def test_an_id_that_lost_digits_is_refused() -> None:
    with pytest.raises(cells.LostDigits):
        cells.identifier("1.93E+18")
    with pytest.raises(cells.LostDigits):
        cells.identifier_of_number(1.930679858170647e18)
    assert cells.identifier_of_number(737559603417.0) == "737559603417"


def test_a_title_is_no_id() -> None:
    with pytest.raises(cells.Unreadable):
        cells.identifier("法式针织开衫")


@pytest.mark.parametrize(
    "text",
    [
        *("2026-06-18", "2026/6/18", "2026.06.18", "20260618", "2026年6月18日", "2026-06-18 00:00:00"),
        *(
            "2026-06-18\t",
            "2026-06-18 ~ 2026-06-18",
            "20260618至20260618",
            "46191",
            "2026-06-18T00:00:00.000",
        ),
    ],
)
def test_every_form_of_a_day(text: str) -> None:
    assert cells.day_of(text) == date(2026, 6, 18)


def test_times_of_orders() -> None:
    assert cells.moment("2016/5/23 22:02") == datetime(2016, 5, 23, 22, 2)
    assert cells.moment("2026-11-15 23:59:58") == datetime(2026, 11, 15, 23, 59, 58)


@pytest.mark.parametrize(
    "text", ["2026-06-01 ~ 2026-06-30", "20260803至20260809", "2026-06", "2026年6月", "202606"]
)
def test_several_days_are_no_day(text: str) -> None:
    with pytest.raises(cells.ManyDays):
        cells.day_of(text)


@pytest.mark.parametrize(
    "text", ["18/06/2026", "06-18-2026", "2026-13-01", "2026-02-30", "昨天", "0026-11-12"]
)
def test_a_day_is_never_guessed(text: str) -> None:
    with pytest.raises(cells.Unreadable):
        cells.day_of(text)


@pytest.mark.parametrize(
    ("text", "value"), [("8", 8), ("08:00", 8), ("20:00-20:59", 20), ("8时", 8), ("23:00~23:59", 23)]
)
def test_hours(text: str, value: float) -> None:
    assert cells.hour(text) == value


def test_there_is_no_hour_24() -> None:
    with pytest.raises(cells.Unreadable):
        cells.hour("24:00")


@pytest.mark.parametrize(
    ("text", "value"), [("8.38", 8.38), ("12秒", 12), ("1分23秒", 83), ("00:01:23", 83), ("2分钟", 120)]
)
def test_seconds(text: str, value: float) -> None:
    assert cells.seconds(text) == pytest.approx(value)


@given(st.floats(min_value=0, max_value=1e12, allow_nan=False))
def test_a_printed_amount_comes_back_to_the_fen(value: float) -> None:
    assert cells.number(f"{value:,.2f}") == pytest.approx(round(value, 2), abs=0.005)


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 12, 31)), st.sampled_from(["-", "/", "."]))
def test_a_printed_day_comes_back(day: date, mark: str) -> None:
    assert cells.day_of(f"{day.year}{mark}{day.month}{mark}{day.day}") == day
    assert cells.day_of(f"{day:%Y%m%d}") == day
    assert cells.day_of(f"{day:%Y-%m-%d} ~ {day:%Y-%m-%d}") == day
    assert cells.moment_of_number(float((day - date(1899, 12, 30)).days)).date() == day


@given(st.integers(min_value=1, max_value=10**19))
def test_an_id_survives_every_wrapping(number: int) -> None:
    for text in (f"{number}", f'="{number}"', f"'{number}", f"ID：{number}", f"{number}\t"):
        assert cells.identifier(text) == str(number)


@given(st.text(max_size=40))
def test_any_text_is_a_value_missing_or_unreadable_and_nothing_else(text: str) -> None:
    for read in (cells.number, cells.moment, cells.span, cells.hour, cells.seconds, cells.identifier):
        try:
            read(text)
        except cells.Unreadable:
            continue


@given(st.text(alphabet="0123456789.,%-~ 万亿元￥/:eE+'\"=年月日", max_size=20))
def test_near_figures_neither_crash_nor_become_zero_by_mistake(text: str) -> None:
    try:
        value = cells.number(text, percent=True)
    except cells.Unreadable:
        return
    if value == 0:
        assert "0" in text
