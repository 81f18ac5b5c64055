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
        with pytest.raises(UsageError, match="Search for words"):
            read(text)


def test_a_figure_nobody_knows_is_named_with_the_closest() -> None:
    with pytest.raises(UsageError, match=r"no figure “convrsion”\. Did you mean “conversion”"):
        read("convrsion<2%")
    with pytest.raises(UsageError, match="Available: sales, visitors"):
        read("天气>30")


def test_the_sign_can_be_looked_for_in_quotation_marks() -> None:
    assert read('"天气>30"') == Query(("天气>30",))


@pytest.mark.parametrize(
    ("number", "words"),
    list(
        enumerate(
            [
                "周一 星期一 礼拜一 Monday mondays",
                "周二 星期二 礼拜二 Tuesday tuesdays",
                "周三 星期三 礼拜三 Wednesday wednesdays",
                "周四 星期四 礼拜四 Thursday thursdays",
                "周五 星期五 礼拜五 Friday fridays",
                "周六 星期六 礼拜六 Saturday saturdays",
                "周日 周天 星期日 星期天 礼拜天 Sunday sundays",
            ]
        )
    ),
)
def test_weekdays_in_every_word_for_them(number: int, words: str) -> None:
    for word in words.split():
        assert read(word) == Query(weekdays=(number,)), word
    assert read("周三 周一 星期三").weekdays == (0, 2)


def test_whether_the_target_was_reached_in_every_word_for_it() -> None:
    for words, relation in (
        ("达标 达成 达到目标 on-target", ">="),
        ("没达标 未达标 不达标 没达成 未达成 off-target", "<"),
    ):
        for word in words.split():
            (condition,) = read(word).conditions
            assert (condition.metric, condition.relation, condition.value) == ("target_share", relation, 1.0)


@pytest.mark.parametrize(
    ("metric", "names"),
    [
        ("gmv", "销售额 支付金额 成交额 成交金额 成交 营业额 业绩 sold sales"),
        ("visitors", "uv 访客 访客数 流量 traffic visitors"),
        ("buyers", "买家数 买家 支付买家数 支付人数 buyers"),
        ("conversion", "cvr 转化 转化率 支付转化率 conversion"),
        ("aov", "客单 客单价"),
        ("cart_rate", "加购率"),
        ("bounce_rate", "跳失率 跳出率 bounce"),
        ("depth", "人均浏览量 访问深度 浏览深度"),
        ("returning", "老访客占比 回访占比"),
        ("paid_share", "支付率 下单支付率"),
        ("refund_amount", "退款 退款金额 refunds"),
        ("negative_reviews", "差评 差评数"),
        ("cost", "花费 消耗 推广费 推广花费 广告费 spend"),
        ("clicks", "点击 点击量 点击数"),
        ("ctr", "点击率"),
        ("cpc", "ppc 点击花费 平均点击花费"),
        ("roi", "投产 投产比 投入产出比 roas"),
        ("target_share", "达成率 目标达成 目标达成率 完成率 target"),
        ("service_conversion", "询单转化率 客服转化率"),
        ("first_response_s", "首响 首次响应"),
        ("average_response_s", "响应 平均响应"),
    ],
)
def test_figures_in_every_word_for_them(metric: str, names: str) -> None:
    for name in names.split():
        assert [one.metric for one in read(f"{name}>1").conditions] == [metric], name
    assert read("conversion rate>1%").conditions[0].metric == "conversion"


@pytest.mark.parametrize(
    ("relation", "fits"),
    [
        ("<", [True, False, False]),
        ("<=", [True, True, False]),
        (">", [False, False, True]),
        (">=", [False, True, True]),
        ("=", [False, True, False]),
    ],
)
def test_a_figure_on_the_line_itself(relation: str, fits: list[bool]) -> None:
    (condition,) = read(f"uv{relation}100").conditions
    assert [condition.fits(figure) for figure in (99.0, 100.0, 101.0)] == fits
    assert read("uv=<100") == read("uv<=100")
    assert read("uv=>100") == read("uv>=100")


def test_a_rate_of_one_and_more_is_meant_in_percent() -> None:
    for text, value in (
        ("cvr>1", 0.01),
        ("cvr>0.99", 0.99),
        ("roi>1", 1.0),
        ("cvr>1%", 0.01),
        ("uv>.5", 0.5),
    ):
        assert read(text).conditions[0].value == pytest.approx(value), text


def test_days_on_the_edge_are_covered() -> None:
    query = read("2026-11-10..2026-11-16 周一")
    days = {day: query.covers(date(2026, 11, day)) for day in (9, 10, 15, 16, 17, 23)}
    assert [day for day, covered in days.items() if covered] == [16]
    assert read("2026-11-10..2026-11-16").covers(date(2026, 11, 10))
    assert not read("2026-11-10..2026-11-16").covers(date(2026, 11, 17))
    assert read("2026.11.16") == read("2026/11/16") == read("2026年11月16号") == read("2026-11-16")
    assert read("2026-11-10到2026-11-16") == read("2026-11-10至2026-11-16") == read("2026-11-10~2026-11-16")


def test_a_thousand_characters_are_looked_for_and_no_more() -> None:
    assert read("长" * 1000) == Query(("长" * 1000,))
    with pytest.raises(UsageError, match=r"^Search for fewer words: at most 1,000 characters\.$"):
        read("长" * 1001)
