"""The weekly page check."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.answers.answer import About, Answer, Finding, Number, Series, Table, with_words
from core.answers.answer_codec import encode
from core.exports.kinds.items import Items
from core.exports.kinds.shop_day import ShopDay
from core.exports.kinds.sources import Sources
from core.language import speech
from core.shop.settings import Thresholds
from core.topics.page import page
from tests.topics.tables import MONDAY, SUNDAY, hero, of_rows, shop, told_by, usual_shop

health = told_by(page.health)


def days(
    bounce: float, *, pages: float = 2800, before: float | None = None, visitors: float = 1000
) -> ShopDay:
    """Four weeks; last week's bounce rate, and before it another where given."""
    rows: list[dict[str, object]] = []
    for back in range(28):
        rate = bounce if back < 7 or before is None else before
        rows.append(
            {
                "date": SUNDAY - timedelta(days=back),
                "visitors": visitors,
                "buyers": visitors * 0.03,
                "gmv": visitors * 0.03 * 310.0,
                "bounce_rate": rate + (back % 3 - 1) * 0.002,
                "pageviews": pages + (back % 4) * 20,
                "old_visitors": visitors * 0.3,
                "new_visitors": visitors * 0.7,
            }
        )
    return of_rows(ShopDay, rows)


def items(aov: float = 200.0, buyers: float = 12.0, other_visitors: float = 100.0) -> Items:
    rows: list[dict[str, object]] = []
    for back in range(28):
        day = SUNDAY - timedelta(days=back)
        rows.append(
            {
                "date": day,
                "item": "1",
                "title": "开衫",
                "visitors": 400.0,
                "buyers": buyers,
                "gmv": buyers * aov,
            }
        )
        rows.append(
            {
                "date": day,
                "item": "2",
                "title": "牛仔裤",
                "visitors": other_visitors,
                "buyers": 5.0,
                "gmv": 500.0,
            }
        )
    return of_rows(Items, rows)


def found(answer: Answer, kind: str) -> list[Finding]:
    return [one for one in answer.findings if one.kind == kind]


def table(answer: Answer) -> Table:
    return next(one for one in answer.evidence if isinstance(one, Table))


def level(answer: Answer, key: str) -> str:
    return next(one.level for one in answer.findings if one.key == key)


def test_a_page_that_passes_is_left_alone() -> None:
    answer = health(days(0.62), items(), shop=shop(), today=MONDAY)
    assert answer.verdict.level == "good"
    assert not [one for one in answer.findings if one.level in ("act", "watch")]
    assert not [one for one in answer.findings if one.proposals]


def test_a_bounce_rate_on_the_line_is_unclear_not_red() -> None:
    answer = health(days(0.699, visitors=90), items(), shop=shop(), today=MONDAY)
    assert level(answer, "page/bounce") == "watch"
    assert "cannot tell" in next(one.text for one in answer.findings if one.key == "page/bounce")


def test_a_page_that_fails_stops_more_traffic() -> None:
    answer = health(days(0.76, before=0.66), items(), shop=shop(), today=MONDAY)
    assert answer.verdict.level == "act"
    assert answer.verdict.text == (
        "Fix the page before buying traffic: Bounce rate 76.0% (limit 70.0%), worse since 8 Jun."
    )
    asked = next(one for one in answer.findings if one.key == "page/bounce").proposals
    assert [one.role for one in asked] == ["design", "promotion"]


def test_few_hero_buyers_give_no_verdict() -> None:
    answer = health(days(0.62), items(buyers=3.0), shop=shop(), today=MONDAY)
    assert level(answer, "page/aov") == "watch"
    assert "fewer than 30 buyers of the best seller" in next(
        one.text for one in answer.findings if one.key == "page/aov"
    )


def test_the_hero_is_the_one_the_shop_pinned() -> None:
    pinned = shop(items=(hero("2", "我的牛仔裤"),))
    answer = health(days(0.62), items(), shop=pinned, today=MONDAY)
    assert "我的牛仔裤" in next(one.text for one in answer.findings if one.key == "page/aov")


def test_a_hero_nobody_bought_leaves_a_dash_not_a_zero() -> None:
    answer = health(days(0.62), items(buyers=0.0), shop=shop(), today=MONDAY)
    assert not [one for one in answer.findings if one.key == "page/aov"]
    assert any("no buyers last week" in limit for limit in answer.limits)


def test_three_days_are_no_week() -> None:
    short = usual_shop(days=3, bounce_rate=0.9)
    assert health(short, shop=shop(), today=MONDAY).verdict.level == "nodata"


def test_the_unchanged_mix_is_said_to_explain_nothing() -> None:
    answer = health(days(0.76), items(), shop=shop(), today=MONDAY)
    assert any(
        "hardly changed, so it does not explain a change in the figures." in limit for limit in answer.limits
    )


@pytest.mark.parametrize("bounce", [0.55, 0.65, 0.70, 0.8])
def test_the_sentence_fits_the_line(bounce: float) -> None:
    assert len(health(days(bounce), items(), shop=shop(), today=MONDAY).verdict.text) <= 120


def test_the_lines_are_the_shops_own() -> None:
    own = shop(thresholds=Thresholds(bounce_pass=0.80, bounce_goal=0.78))
    assert health(days(0.76), items(), shop=own, today=MONDAY).verdict.level == "good"


# ---- findings, deeds and cells


def test_each_figure_is_a_finding_of_its_own() -> None:
    answer = health(days(0.62), items(), shop=shop(), today=MONDAY)
    assert [one.key for one in answer.findings] == ["page/aov", "page/bounce", "page/depth"]
    bare = of_rows(
        ShopDay,
        [{"date": SUNDAY - timedelta(days=n), "visitors": 1000, "bounce_rate": 0.6} for n in range(7)],
    )
    assert [one.key for one in health(bare, shop=shop(), today=MONDAY).findings] == ["page/bounce"]


def test_what_to_do_about_each_figure_that_fails() -> None:
    flat = health(days(0.76, pages=2000), items(aov=600.0), shop=shop(), today=MONDAY)
    assert [one.level for one in flat.findings[:3]] == ["act", "act", "act"]
    asked = {one.kind: one.proposals for one in flat.findings}
    assert [(one.role, one.metric, one.expected) for one in asked["bounce"]] == [
        ("design", "bounce_rate", 0.70),
        ("promotion", None, None),
    ]
    assert [(one.role, one.metric, one.expected) for one in asked["depth"]] == [
        ("design", "depth", 2.5),
        ("promotion", None, None),
    ]
    assert [(one.role, one.metric, one.expected) for one in asked["aov"]] == [("operator", "aov", None)]
    assert {one.due for one in asked["aov"]} == {"2026-06-22"}


def test_the_sentence_names_the_goal_that_is_still_ahead() -> None:
    answer = health(days(0.65), items(), shop=shop(), today=MONDAY)
    assert answer.verdict.level == "good"
    assert "Bounce rate 65.0% / 60.0%" in answer.verdict.text
    (bounce,) = found(answer, "bounce")
    assert bounce.text.endswith(") meets its limit of 70.0%; the goal is 60.0%.")
    reached = health(days(0.55, pages=4000), items(), shop=shop(), today=MONDAY)
    assert reached.verdict.text == "The page is good enough and reaches its goals: traffic may be bought."
    assert found(reached, "bounce")[0].text.endswith("limit of 70.0%.")


def test_a_figure_that_cannot_be_called_is_named_with_its_value() -> None:
    answer = health(days(0.699, visitors=90), items(), shop=shop(), today=MONDAY)
    assert answer.verdict.level == "watch"
    assert "Bounce rate 69.9%" in answer.verdict.text


def test_each_cell_of_the_check() -> None:
    answer = health(days(0.76), items(), shop=shop(), today=MONDAY)
    assert [column.id for column in table(answer).columns] == [
        "figure",
        "last_week",
        "pass_mark",
        "passed",
        "goal",
        "reached",
    ]
    assert table(answer).rows == (
        ("Shop-to-hero order ratio", "1.55", "1.30", "pass", "—", None),
        ("Bounce rate", "76.0%", "70.0%", "fail", "60.0%", "fail"),
        ("Pages per visitor", "2.83", "2.50", "pass", "3.50", "fail"),
    )
    assert [row[3] for row in table(with_words(answer)).rows] == [
        "meets limit",
        "misses limit",
        "meets limit",
    ]


def test_the_figures_carry_their_interval_and_pass_mark() -> None:
    numbers = [
        one for one in health(days(0.76), shop=shop(), today=MONDAY).evidence if isinstance(one, Number)
    ]
    assert [(one.name, one.unit, one.reference) for one in numbers] == [
        ("Bounce rate", "rate", 0.70),
        ("Pages per visitor", "ratio", 2.5),
    ]
    assert all(one.low < one.value < one.high for one in numbers if one.low and one.value and one.high)
    assert all(one.low is not None and one.high is not None for one in numbers)


def test_the_course_of_four_weeks_is_shown() -> None:
    answer = health(days(0.76, before=0.66), shop=shop(), today=MONDAY)
    course = next(one for one in answer.evidence if isinstance(one, Series))
    assert (len(course.dates), course.dates[-1]) == (28, "2026-06-14")
    assert course.values[-1] == pytest.approx(0.758)
    assert course.values[0] == pytest.approx(0.658)
    assert answer.lead is course, "it proves the verdict"
    assert course.limit
    assert set(course.targets) == {one.reference for one in answer.evidence if isinstance(one, Number)
                                   and one.name == "Bounce rate"}  # fmt: skip
    assert [course.state(0), course.state(27)] == ["met", "missed"]


# ---- both sides of every line


@pytest.mark.parametrize(("there", "level"), [(3, "nodata"), (4, "act")])
def test_a_week_is_judged_from_four_days_on(there: int, level: str) -> None:
    few = days(0.76)
    frame = few.frame[few.frame["date"].dt.date > SUNDAY - timedelta(days=there)]
    answer = health(ShopDay(frame), shop=shop(), today=MONDAY)
    assert answer.verdict.level == level
    if level == "act":
        assert "Only 4 of the seven days are imported." in answer.limits


def test_a_whole_week_has_no_days_missing() -> None:
    assert not any("of the seven days" in one for one in health(days(0.6), shop=shop(), today=MONDAY).limits)


@pytest.mark.parametrize(("buyers", "doubt"), [(29 / 7, 1), (30.1 / 7, 0)])
def test_a_hero_is_judged_from_thirty_buyers_on(buyers: float, doubt: int) -> None:
    answer = health(days(0.62), items(buyers=buyers), shop=shop(), today=MONDAY)
    (aov,) = found(answer, "aov")
    assert aov.text.count("fewer than 30 buyers of the best seller") == doubt


@pytest.mark.parametrize(("worse", "since"), [(0.66, ""), (0.68, "Fix the page before buying traffic:")])
def test_a_step_up_is_dated_where_it_is_larger_than_the_days_scatter(worse: float, since: str) -> None:
    lines = shop(thresholds=Thresholds(bounce_pass=0.60, bounce_goal=0.55))
    answer = health(days(worse, before=0.66), shop=lines, today=MONDAY)
    assert answer.verdict.level == "act"
    assert ("worse since" in answer.verdict.text) == bool(since)
    assert since in answer.verdict.text
    (bounce,) = found(answer, "bounce")
    assert (": what was changed on the page or in the ads that day?" in bounce.text) == bool(since)


@pytest.mark.parametrize(
    ("rate", "says"),
    [
        (
            0.6999,
            (
                "The figure is exactly at its limit; even several more weeks would hardly show whether it "
                "meets the limit."
            ),
        ),
        (0.68, "more weeks like this one would show whether the limit is met."),
    ],
)
def test_an_unclear_figure_says_how_much_longer_it_takes(rate: float, says: str) -> None:
    (bounce,) = found(health(days(rate, visitors=90), shop=shop(), today=MONDAY), "bounce")
    assert bounce.level == "watch"
    assert bounce.text.endswith(says)


def moved(now: float, before: float) -> ShopDay:
    """Visitors of whom these shares are new, last week and in the three weeks before."""
    sheet = days(0.62)
    late = sheet.frame["date"].dt.date > SUNDAY - timedelta(days=7)
    for part, share in ((late, now), (~late, before)):
        sheet.frame.loc[part, "new_visitors"] = 1000 * share
        sheet.frame.loc[part, "old_visitors"] = 1000 * (1 - share)
    return sheet


@pytest.mark.parametrize(("now", "said"), [(0.745, 0), (0.755, 1), (0.645, 1)])
def test_a_mix_that_moved_by_five_points_is_said(now: float, said: int) -> None:
    answer = health(moved(now, 0.70), shop=shop(), today=MONDAY)
    mix = found(answer, "mix")
    assert [one.about for one in mix] == [About(other="0")] * said
    assert all(one.text.startswith("The share of new visitors changed from 70% to ") for one in mix)
    assert (
        sum(
            ("The share of new visitors hardly changed, so it does not explain a change in the figures.")
            in limit
            for limit in answer.limits
        )
        == 1 - said
    )


def test_more_bought_visitors_are_said_beside_the_page() -> None:
    rows: list[dict[str, object]] = [
        {
            "date": SUNDAY - timedelta(days=back),
            "source": source,
            "level1": level1,
            "visitors": bought if level1 == "付费推广" else 100,
        }
        for back in range(28)
        for bought in [300 if back < 7 else 100]
        for source, level1 in (("直通车", "付费推广"), ("手淘搜索", "平台流量"))
    ]
    answer = health(days(0.62), sources=of_rows(Sources, rows), shop=shop(), today=MONDAY)
    (mix,) = found(answer, "mix")
    assert mix.about == About(other="1")
    assert mix.text.startswith("The share of paid visitors changed from 50% to 75%, which may explain")


def test_two_languages_say_the_same() -> None:
    said = {}
    for language in ("en", "zh"):
        speech.speak(language)
        said[language] = encode(
            page.health(days(0.76, before=0.66), items(buyers=3.0), shop=shop(), today=MONDAY)
        )
    assert said["en"] == said["zh"]
    assert {one["kind"] for one in said["en"]["findings"]} == {"aov", "bounce", "depth"}
