"""What people type to find something, and what is understood by it."""

from __future__ import annotations

from datetime import date

import pytest

from core.errors import UsageError
from core.find.query import Condition, Query, read

NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))


def test_words_need_no_signs_and_chinese_no_breaks() -> None:
    assert read("直通车") == Query(("直通车",))
    assert read("  直通车   ROI ") == Query(("直通车", "roi"))
    assert read("价") == Query(("价",))


def test_case_and_full_width_letters_make_no_difference() -> None:
    assert read("ＲＯＩ　保本") == read("roi 保本")


@pytest.mark.parametrize("text", ['"首屏 换图"', "“首屏 换图”", "「首屏  换图」"])
def test_words_in_quotation_marks_stand_together(text: str) -> None:
    assert read(text) == Query(("首屏 换图",))


def test_a_minus_says_what_must_not_be_there() -> None:
    assert read('直通车 -老客 -"不 好"') == Query(("直通车",), ("不 好", "老客"))
    assert read("双11-预售") == Query(("双11-预售",))


@pytest.mark.parametrize(
    ("text", "metric", "relation", "value"),
    [
        ("转化率<2%", "conversion", "<", 0.02),
        ("支付转化率 ＜ 2 ％", "conversion", "<", 0.02),
        ("conversion<0.02", "conversion", "<", 0.02),
        ("conversion<2", "conversion", "<", 0.02),
        ("gmv>50000", "gmv", ">", 50_000),
        ("成交额>=5万", "gmv", ">=", 50_000),
        ("sales ≥ ¥50,000", "gmv", ">=", 50_000),
        ("roi<1.5", "roi", "<", 1.5),
        ("投产<=1.5", "roi", "<=", 1.5),
        ("ad ROI<1.5", "roi", "<", 1.5),
        ("uv<3千", "visitors", "<", 3000),
        ("客单价=118", "aov", "=", 118),
        ("访客<1w", "visitors", "<", 10_000),
        ("成交额>1亿", "gmv", ">", 100_000_000),
        ("sales>2m", "gmv", ">", 2_000_000),
        ("sales>3k", "gmv", ">", 3000),
    ],
)
def test_a_figure_is_held_against_a_number(text: str, metric: str, relation: str, value: float) -> None:
    (condition,) = read(text).conditions
    assert (condition.metric, condition.relation) == (metric, relation)
    assert condition.value == pytest.approx(value)
    assert read(text).words == ()


def test_words_figures_and_days_go_together() -> None:
    query = read("直通车 roi<1.5 2026-11 -老客")
    assert (query.words, query.without) == (("直通车",), ("老客",))
    assert [one.metric for one in query.conditions] == ["roi"]
    assert (query.first, query.last) == NOVEMBER


def test_a_condition_needs_no_blank_behind_it() -> None:
    query = read("转化率<2%直通车 gmv>5万")
    assert query.words == ("直通车",)
    assert [one.metric for one in query.conditions] == ["conversion", "gmv"]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-11", *NOVEMBER),
        ("2026年11月", *NOVEMBER),
        ("2026-11-16", date(2026, 11, 16), date(2026, 11, 16)),
        ("2026年11月16日", date(2026, 11, 16), date(2026, 11, 16)),
        ("2026-02..2026-03", date(2026, 2, 1), date(2026, 3, 31)),
        ("2026-11-01..2026-11-16", date(2026, 11, 1), date(2026, 11, 16)),
        ("2026年", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_days_are_days(text: str, first: date, last: date) -> None:
    assert read(text) == Query(first=first, last=last)


@pytest.mark.parametrize("text", ["2026", "618", "11.11", "2026-13", "1688"])
def test_other_numbers_are_words(text: str) -> None:
    assert read(text).words == (text,)


def test_days_narrow_what_was_given_besides() -> None:
    query = read("直通车 2026-11", first=date(2026, 11, 10), last=date(2027, 1, 1))
    assert (query.first, query.last) == (date(2026, 11, 10), date(2026, 11, 30))


def test_equal_means_as_exact_as_it_was_written() -> None:
    (exact,) = read("转化率=2.1%").conditions
    assert exact.fits(0.0214)
    assert not exact.fits(0.0216)
    assert Condition("roi", "=", 1.5, 0.05).fits(1.54)


def test_nothing_to_look_for_is_said() -> None:
    for text in ("", "   ", '""'):
        with pytest.raises(UsageError, match="Look for words"):
            read(text)


def test_a_figure_nobody_knows_is_named_with_the_closest() -> None:
    with pytest.raises(UsageError, match=r"no figure “convrsion”\. Did you mean “conversion”"):
        read("convrsion<2%")
    with pytest.raises(UsageError, match="Known: sales, visitors"):
        read("天气>30")


def test_the_sign_can_be_looked_for_in_quotation_marks() -> None:
    assert read('"天气>30"') == Query(("天气>30",))
