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


@pytest.mark.parametrize(
    "text",
    [
        *("", "-", "--", "---", "—", "——", "–", "/", "nan", "null", "None", "nil", "\\N", "N/A", "#N/A"),
        *(
            "#DIV/0!",
            "延迟统计",
            "0000-00-00",
            "0000-00-00 00:00:00",
            "暂无",
            "暂无数据",
            "无退款申请",
            "无数据",
        ),
        *(" - ", "\u200b-", "－"),
    ],
)
def test_what_platforms_write_where_there_is_nothing(text: str) -> None:
    assert cells.is_missing(text)


@pytest.mark.parametrize("text", ["0", "0.00", "0.00%", "无", "暂", "x"])
def test_a_nought_or_a_word_is_something(text: str) -> None:
    assert not cells.is_missing(text)


SUMS = (
    *(
        "总计",
        "合计",
        "汇总",
        "小计",
        "共计",
        "总和",
        "累计",
        "总量",
        "Grand Total",
        "TOTAL",
        "sum",
        "overall",
    ),
    *(
        "本月合计",
        "当日汇总",
        "全店总计",
        "分类小计",
        "合计：",
        "汇总值",
        "合计数",
        "总 计",
        "全店汇总",
        "全店汇总值",
    ),
)
AVERAGES = ("平均值", "平均", "均值", "日均", "周均", "月均", "average", "本月平均", "全店平均值")
BENCHMARKS = ("同行同层优秀", "同行同层均值", "同行均值", "同行优秀")


@pytest.mark.parametrize("text", [*SUMS, *AVERAGES, *BENCHMARKS])
def test_rows_that_add_up_or_compare_are_no_rows_of_their_own(text: str) -> None:
    assert cells.is_total(text)


def test_of_those_only_sums_are_sums() -> None:
    assert [text for text in SUMS if not cells.is_sum(text)] == []
    assert [text for text in (*AVERAGES, *BENCHMARKS) if cells.is_sum(text)] == []


@pytest.mark.parametrize("text", ["", "总计划", "合计款连衣裙", "平均码女裤", "2026-06-18", "7365", "sumo"])
def test_goods_and_days_are_no_totals(text: str) -> None:
    assert not cells.is_total(text)
    assert not cells.is_sum(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("(1,234.50)", -1234.5),
        ("-￥5", -5.0),
        ("￥-5", -5.0),
        ("+3", 3.0),
        ("$7", 7.0),
        ("3.5万元", 35_000.0),
        ("1.5亿元", 150_000_000.0),
        *((f"8{unit}", 8.0) for unit in "元人件次笔个条单分星秒s"),
        ("1e-3", 0.001),
        ("12 345", 12_345.0),
    ],
)
def test_a_number_with_its_unit_or_sign(text: str, value: float) -> None:
    assert cells.number(text) == pytest.approx(value)


@pytest.mark.parametrize("text", ["", "万", "%", "元", "+-3", "-￥-5", "(5", "12元人", "1,2345"])
def test_a_unit_or_sign_alone_or_twice_is_no_number(text: str) -> None:
    if text:
        with pytest.raises(cells.Unreadable):
            cells.number(text, percent=True)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1小时2分3秒", 3723),
        ("2h5m", 7500),
        ("1时1分", 3660),
        ("1:02:03.5", 3723.5),
        ("02:03", 123),
        ("-", None),
    ],
)
def test_durations(text: str, value: float | None) -> None:
    assert cells.seconds(text) == (None if value is None else pytest.approx(value))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("23", 23),
        ("8.0", 8),
        ("8点", 8),
        ("2026-11-15 08:00", 8),
        ("2026-11-15T8", 8),
        ("8~9", 8),
        ("-", None),
    ],
)
def test_hours_as_platforms_write_them(text: str, value: float | None) -> None:
    assert cells.hour(text) == value


@pytest.mark.parametrize("text", ["24", "008", "8x", "早上"])
def test_what_is_no_hour_is_refused(text: str) -> None:
    with pytest.raises(cells.Unreadable):
        cells.hour(text)


@pytest.mark.parametrize("text", ["1 ~ 2 ~ 3", "1 ~ -", "甲 ~ 乙", "2-1"])
def test_what_has_not_two_ends_is_no_range(text: str) -> None:
    with pytest.raises(cells.Unreadable):
        cells.span(text)


@pytest.mark.parametrize("text", ["1 ~ 2", "1～2", "1至2", "1—2", "1–2", "1--2", "1 - 2", "1 to 2", "1-2"])
def test_a_range_is_written_in_many_ways(text: str) -> None:
    assert cells.span(text) == (1.0, 2.0)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("NO. 77", "77"), ("id: A-1_2", "A-1_2"), ("“77”", "77"), ("12.0", "12"), ("A.0", "A.0"),
        ("a/b:c#d*e+f", "a/b:c#d*e+f"), ("-", ""), ("x" * 64, "x" * 64),
    ],
)  # fmt: skip
def test_ids_in_other_wrappings(text: str, name: str) -> None:
    assert cells.identifier(text) == name


def test_what_is_no_id_is_refused() -> None:
    for text in ("x" * 65, "a b", "1,2"):
        with pytest.raises(cells.Unreadable):
            cells.identifier(text)
    for text in ("1.2e+18", "1.2E18"):
        with pytest.raises(cells.LostDigits):
            cells.identifier(text)
    assert cells.identifier_of_number(float("nan")) == ""
    assert cells.identifier_of_number(-999_999_999_999_999.0) == "-999999999999999"
    with pytest.raises(cells.LostDigits):
        cells.identifier_of_number(1_000_000_000_000_000.0)
    with pytest.raises(cells.Unreadable, match=r"1\.5"):
        cells.identifier_of_number(1.5)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("1990-01-01", datetime(1990, 1, 1)), ("2100-12-31 23:59", datetime(2100, 12, 31, 23, 59)),
        ("32874", datetime(1990, 1, 1)), ("73415.0", datetime(2100, 12, 31)),
        ("46191.5", datetime(2026, 6, 18, 12)), ("20260618.0", datetime(2026, 6, 18)),
        ("2026年6月18号", datetime(2026, 6, 18)), ("2026-06-18T08:05:09.123", datetime(2026, 6, 18, 8, 5, 9)),
        ('="2026-06-18"', datetime(2026, 6, 18)), ("-", None),
    ],
)  # fmt: skip
def test_moments_at_the_edges(text: str, read: datetime | None) -> None:
    assert cells.moment(text) == read


@pytest.mark.parametrize(
    "text",
    ["1989-12-31", "2101-01-01", "32873", "73416", "2026-06-18 24:00", "2026-06-18 08:60", "2026-06-18x",
     "2026-06/18", "202613", "2026-6-18 8", "20261318"],
)  # fmt: skip
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(cells.Unreadable) as refused:
        cells.moment(text)
    assert not isinstance(refused.value, cells.ManyDays)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2026-06-18 16:30:00Z", datetime(2026, 6, 19, 0, 30)),
        ("2026-06-18 16:30 UTC", datetime(2026, 6, 19, 0, 30)),
        ("2026-06-18 16:30 GMT", datetime(2026, 6, 19, 0, 30)),
        ("2026-06-18T16:30:00+08:00", datetime(2026, 6, 18, 16, 30)),
        ("2026-06-18 16:30+0930", datetime(2026, 6, 18, 15, 0)),
        ("2026-06-18 16:30-05:30", datetime(2026, 6, 19, 6, 0)),
    ],
)
def test_a_time_in_another_zone_is_told_in_the_shops(text: str, read: datetime) -> None:
    assert cells.moment(text) == read
    assert cells.is_zoned(text) is not text.endswith("+08:00")


def test_a_time_without_a_zone_or_with_none_that_can_be_is_in_the_shops() -> None:
    assert not cells.is_zoned("2026-06-18 16:30")
    assert not cells.is_zoned("2026-06-18 16:30+99:00")
    with pytest.raises(cells.Unreadable):
        cells.moment("2026-06-18 16:30+24:00")
