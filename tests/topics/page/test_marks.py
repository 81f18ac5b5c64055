"""The figures of a page check against figures worked out by hand."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

from core.answers.answer import Finding, Number
from core.exports.kinds.items import Items
from core.exports.kinds.shop_day import ShopDay
from core.exports.kinds.sources import Sources
from core.language.message import Words
from core.language.wording import text
from core.shop.settings import Item, Thresholds
from core.topics.page import findings, marks, page_gate, page_health, visitors
from core.topics.page.marks import PageFigure
from core.topics.page.page_health import Sample
from tests.topics.tables import MONDAY, SUNDAY, of_rows, shop

TODAY = MONDAY


def back(days: int) -> date:
    return SUNDAY - timedelta(days=days)


def days(*rows: Mapping[str, float | None]) -> pd.DataFrame:
    """Shop days, the last of them Sunday."""
    return of_rows(ShopDay, [{"date": back(len(rows) - 1 - n), **one} for n, one in enumerate(rows)]).frame


def sold(*rows: dict[str, Any]) -> pd.DataFrame:
    return of_rows(Items, [{"date": SUNDAY, "title": "开衫"} | one for one in rows]).frame


# ---- the week


def test_a_week_is_the_seven_days_up_to_the_last() -> None:
    frame = days(*[{"visitors": float(n)} for n in range(10)])
    assert list(marks.week(frame, SUNDAY)["visitors"]) == [3, 4, 5, 6, 7, 8, 9]
    assert list(marks.week(frame, back(2))["visitors"]) == [1, 2, 3, 4, 5, 6, 7]


# ---- AOV


def test_the_shop_s_aov_is_held_against_the_hero_s() -> None:
    """300 a buyer against 200: 1.5; each side scatters by 0.75² / buyers, 90 % is 1.645 of its root."""
    hero_week = sold(
        {"item": "1", "visitors": 900.0, "buyers": 50.0, "gmv": 10_000.0},
        {"item": "1", "date": back(7), "visitors": 900.0, "buyers": 500.0, "gmv": 10.0},
        {"item": "2", "visitors": 10.0, "buyers": 9.0, "gmv": 90.0},
    )
    line = marks.aov(days({"buyers": 100.0, "gmv": 30_000.0}), hero_week, shop(), SUNDAY)
    assert line is not None
    widen = math.exp(1.6449 * math.sqrt(0.75**2 / 100 + 0.75**2 / 50))
    assert line.value == 1.5
    assert (line.low, line.high) == pytest.approx((1.5 / widen, 1.5 * widen), rel=1e-4)
    assert (line.key, line.line, line.goal, line.side, line.unit, line.doubt) == (
        "aov", 1.3, None, "above", "ratio", ""
    )  # fmt: skip
    assert text(line.name) == "Shop-to-hero order ratio"
    assert (
        text(line.meaning) == "The shop's average order value is 1.50 times that of its best seller (开衫)."
    )
    assert (line.passed, line.reached) == ("unclear", None)


@pytest.mark.parametrize(
    ("frame", "items"),
    [
        (days({"buyers": 0.0, "gmv": 0.0}), sold({"item": "1", "visitors": 9.0, "buyers": 5.0, "gmv": 10.0})),
        (days({"buyers": 9.0, "gmv": 90.0}), None),
        (days({"buyers": 9.0, "gmv": 90.0}), Items.empty()),
        (days({"buyers": 9.0, "gmv": 90.0}), sold({"item": "1", "visitors": 9.0, "buyers": 0.0, "gmv": 0.0})),
        (days({"buyers": 9.0, "gmv": 90.0}), sold({"item": "1", "visitors": 9.0, "buyers": 5.0, "gmv": 0.0})),
        (days({"buyers": 9.0, "gmv": 0.0}), sold({"item": "1", "visitors": 9.0, "buyers": 5.0, "gmv": 9.0})),
    ],
)
def test_without_buyers_who_paid_there_is_no_ratio(frame: pd.DataFrame, items: pd.DataFrame | None) -> None:
    assert marks.aov(frame, items, shop(), SUNDAY) is None


@pytest.mark.parametrize(("everyone", "own", "few"), [(30, 30, False), (29, 30, True), (30, 29, True)])
def test_thirty_buyers_on_either_side_are_the_least(everyone: float, own: float, *, few: bool) -> None:
    found = page_health.aov_ratio(Sample(everyone, 300.0, None), Sample(own, 200.0, 150.0))
    assert found is not None
    assert (found.few, found.assumed) == (few, True)


def test_a_scatter_that_is_known_is_not_assumed() -> None:
    """Both sides' sd is half the mean: (0.5² / 100) twice."""
    found = page_health.aov_ratio(Sample(100, 300.0, 150.0), Sample(100, 200.0, 100.0))
    assert found is not None
    assert not found.assumed
    assert found.high == pytest.approx(1.5 * math.exp(1.6449 * math.sqrt(0.005)), rel=1e-4)
    half = page_health.aov_ratio(Sample(100, 300.0, 150.0), Sample(100, 200.0, None))
    assert half is not None
    assert half.assumed


@pytest.mark.parametrize(
    ("pinned", "name"),
    [
        ((), "开衫"),
        ((Item(id="2", name="裤子", hero=True),), "裤子"),
        ((Item(id="2", hero=True), Item(id="3", hero=True)), "裙"),
        ((Item(id="2", name="裤子"),), "开衫"),
        ((Item(id="9", name="没有", hero=True),), "开衫"),
    ],
)
def test_the_hero_is_the_pinned_item_with_most_visitors_in_four_weeks(
    pinned: tuple[Item, ...], name: str
) -> None:
    frame = sold(
        {"item": "1", "visitors": 500.0, "buyers": 40.0, "gmv": 8000.0},
        {"item": "2", "title": "裤", "visitors": 100.0, "buyers": 40.0, "gmv": 8000.0},
        {"item": "2", "title": "裤", "date": back(28), "visitors": 9000.0, "buyers": 1.0, "gmv": 8.0},
        {"item": "3", "title": "裙", "date": back(27), "visitors": 150.0, "buyers": 1.0, "gmv": 8.0},
        {"item": "3", "title": "旧裙", "date": back(30), "visitors": 1.0, "buyers": 1.0, "gmv": 8.0},
        {"item": "3", "title": "裙", "visitors": 1.0, "buyers": 40.0, "gmv": 8000.0},
    )
    line = marks.aov(days({"buyers": 100.0, "gmv": 30_000.0}), frame, shop(items=pinned), SUNDAY)
    assert line is not None
    assert (
        text(line.meaning)
        == f"The shop's average order value is 1.50 times that of its best seller ({name})."
    )


# ---- bounce


def test_the_bounce_rate_is_that_of_the_week_s_visitors() -> None:
    """600 of 1,000 and 1,400 of 2,000: two thirds; days of which one figure is missing are left out."""
    line = marks.bounce(
        days(
            {"bounce_rate": 0.6, "visitors": 1000.0},
            {"bounce_rate": 0.7, "visitors": 2000.0},
            {"bounce_rate": 0.9, "visitors": None},
            {"bounce_rate": None, "visitors": 5000.0},
            {"bounce_rate": 0.9, "visitors": 0.0},
        ),
        shop(),
    )
    assert line is not None
    assert line.value == pytest.approx(2 / 3)
    assert (line.key, line.line, line.goal, line.side, line.unit) == ("bounce", 0.7, 0.6, "below", "rate")
    assert text(line.name) == "Bounce rate"
    assert marks.bounce(days({"visitors": 1000.0}), shop()) is None
    assert marks.bounce(days({"bounce_rate": 0.6, "visitors": 0.0}), shop()) is None


def test_one_visitor_is_enough_for_a_rate() -> None:
    assert page_health.bounce_rate(0, 0) is None
    assert page_health.bounce_rate(1, 1) is not None


def test_days_that_scatter_more_than_chance_widen_the_limits() -> None:
    """600 and 1,400 around two thirds: 66.7² / 222.2 + 66.7² / 444.4 = 30 over one degree of freedom."""
    assert page_health.rate_dispersion([600, 1400], [1000, 2000]) == pytest.approx(30.0)
    found = page_health.bounce_rate(2000, 3000, 30.0)
    assert found is not None
    assert found[:3] == pytest.approx((2000, 3000, 2 / 3))
    # Wilson for 66.7 of 100 at 95 %.
    assert (found.low, found.high) == pytest.approx((0.5694, 0.7514), abs=0.0005)


@pytest.mark.parametrize(
    ("hits", "trials", "wide"),
    [
        ([600, 600], [1000, 1000], 1.0),  # not less than chance
        ([600], [1000], 1.0),
        ([600, 0], [1000, 0], 1.0),
        ([0, 0], [1000, 1000], 1.0),
        ([1000, 1000], [1000, 1000], 1.0),
        ([], [], 1.0),
        ([60, 40, 50], [100, 100, 100], 4.0),  # (100 + 100 + 0) / 25 over two
    ],
)
def test_the_scatter_of_days_is_at_least_that_of_chance(
    hits: list[float], trials: list[float], wide: float
) -> None:
    assert page_health.rate_dispersion(hits, trials) == pytest.approx(wide)


# ---- depth


def test_pages_per_visitor_are_the_mean_of_the_days() -> None:
    """2.4, 2.6 and 2.8: 2.6 ± 2.92 × 0.2 / √3 at 90 %."""
    line = marks.depth(
        days(*[{"pageviews": 100 * pages, "visitors": 100.0} for pages in (2.4, 2.6, 2.8)]), shop()
    )
    assert line is not None
    half = 2.92 * 0.2 / math.sqrt(3)
    assert line.value == pytest.approx(2.6)
    assert (line.low, line.high) == pytest.approx((2.6 - half, 2.6 + half), abs=0.001)
    assert (line.key, line.line, line.goal, line.side, line.unit) == ("depth", 2.5, 3.5, "above", "ratio")
    assert (text(line.name), text(line.show(line.value))) == ("Pages per visitor", "2.60")
    one = marks.depth(days({"pageviews": 260.0, "visitors": 100.0}), shop())
    assert one is not None
    assert (one.value, one.low, one.high, one.passed) == (2.6, None, None, "unclear")
    assert marks.depth(days({"visitors": 100.0}), shop()) is None


# ---- since when


@pytest.mark.parametrize(
    ("rates", "since"),
    [
        ([0.60] * 20 + [0.70] * 7, back(6)),
        ([0.60] * 24 + [0.70] * 3, back(2)),
        ([0.60] * 25 + [0.70] * 2, None),
        ([0.60] * 3 + [0.70] * 25, back(24)),
        ([0.60] * 2 + [0.70] * 25, None),
        ([0.70] * 20 + [0.60] * 7, None),
        ([0.60] * 27, None),
        # Days that differ by a point: a sd of 1.02 and 1.07 points; the step must be more than twice that.
        ([0.59, 0.61] * 10 + [0.61, 0.63, 0.61, 0.63, 0.61, 0.63], None),
        ([0.59, 0.61] * 10 + [0.62, 0.64, 0.62, 0.64, 0.62, 0.64], back(6)),
        # A sd of exactly 0.25: a step of twice as much is not more.
        ([0.75, 0.25, 0.50, 1.00, 1.00, 1.00], None),
        ([0.75, 0.25, 0.50, 1.01, 1.01, 1.01], back(2)),
        # What lies before the four weeks is not looked at.
        ([0.50] * 30 + [0.60] * 27, None),
    ],
)
def test_bounce_is_worse_since_the_day_of_a_step_up(rates: list[float], since: date | None) -> None:
    assert marks.bounce_shift(days(*[{"bounce_rate": rate} for rate in rates]), SUNDAY) == since


# ---- pass, fail and what is asked


def figure(
    key: str = "bounce",
    value: float = 0.65,
    low: float | None = 0.63,
    high: float | None = 0.67,
    **known: Any,
) -> PageFigure:
    lines: dict[str, dict[str, Any]] = {
        "bounce": {"line": 0.7, "goal": 0.6, "side": "below", "unit": "rate", "name": "Bounce"},
        "depth": {"line": 2.5, "goal": 3.5, "side": "above", "unit": "ratio", "name": "Depth"},
        "aov": {"line": 1.3, "goal": None, "side": "above", "unit": "ratio", "name": "AOV"},
    }
    given: dict[str, Any] = {"key": key, "value": value, "low": low, "high": high}
    return PageFigure(**(given | lines[key] | known))


@pytest.mark.parametrize(
    ("one", "passed", "reached"),
    [
        (figure(), "pass", "fail"),
        (figure(value=0.55, low=0.53, high=0.57), "pass", "pass"),
        (figure(value=0.75, low=0.73, high=0.77), "fail", "fail"),
        (figure(value=0.69, low=0.67, high=0.71), "unclear", "fail"),
        (figure(value=0.6, low=0.58, high=0.62), "pass", "unclear"),
        (figure(low=None), "unclear", "unclear"),
        (figure(high=None), "unclear", "unclear"),
        (figure(doubt="few buyers"), "unclear", "unclear"),
        (figure("depth", 3.0, 2.8, 3.2), "pass", "fail"),
        (figure("depth", 2.0, 1.8, 2.2), "fail", "fail"),
        (figure("aov", 1.5, 1.4, 1.6), "pass", None),
    ],
)
def test_a_figure_passes_when_its_whole_interval_does(
    one: PageFigure, passed: str, reached: str | None
) -> None:
    assert (one.passed, one.reached) == (passed, reached)


INSIDE = "cannot tell, because it is too close to the limit of 70.0%."


def one_finding(line: PageFigure, since: date | None = None) -> Finding[Words]:
    (found,) = findings.findings([line], since, TODAY)
    return found


@pytest.mark.parametrize(
    ("line", "level", "said"),
    [
        (figure(value=0.75, low=0.73, high=0.77), "act", ("Bounce 75.0% (73.0% to 77.0%) misses its limit of "
"70.0%.")),
        (figure(), "good", "Bounce 65.0% (63.0% to 67.0%) meets its limit of 70.0%; the goal is 60.0%."),
        (figure(value=0.55, low=0.53, high=0.57), "good", ("Bounce 55.0% (53.0% to 57.0%) meets its limit of "
"70.0%.")),
        (figure("aov", 1.5, 1.4, 1.6), "good", "AOV 1.50 (1.40 to 1.60) meets its limit of 1.30."),
        (
            figure(value=0.69, low=0.67, high=0.71),  # two points either side, one away: (2 / 1)² weeks
            "watch",
            (
                f"Bounce 69.0% (67.0% to 71.0%): {INSIDE} "
                "About 4 more weeks like this one would show whether the limit is met."
            ),
        ),
        (
            figure("aov", 1.5, 1.2, 1.8, doubt="few buyers"),  # (0.3 / 0.2)² = 2.25
            "watch",
            ("AOV 1.50 (1.20 to 1.80): cannot tell, because few buyers. About 3 more weeks "
"like this one would show whether the limit is met."),
        ),
    ],
)  # fmt: skip
def test_each_figure_is_said_with_its_interval_and_its_line(line: PageFigure, level: str, said: str) -> None:
    found = one_finding(line)
    assert (found.level, text(found.text), found.kind) == (level, said, line.key)
    assert bool(found.proposals) == (level == "act")


@pytest.mark.parametrize(
    ("value", "half", "more"),
    [
        (0.69, 0.028, "About 8 more weeks like this one would show whether the limit is met."),  # 2.8² = 7.84
        (
            0.69,
            0.029,
            (
                "The figure is exactly at its limit; even several more weeks would hardly show whether it "
                "meets the limit."
            ),
        ),  # 8.41
        (
            0.69,
            0.005,
            "About 2 more weeks like this one would show whether the limit is met.",
        ),  # at least two
        (0.71, 0.02, "About 4 more weeks like this one would show whether the limit is met."),
        (0.70, 0.02, ""),
    ],
)
def test_how_much_longer_it_takes_is_told_up_to_eight_weeks(value: float, half: float, more: str) -> None:
    doubt = figure(value=value, low=value - half, high=value + half, doubt="few days")
    assert (
        text(one_finding(doubt).text)
        .removesuffix(more)
        .endswith("): cannot tell, because few days." + " " * bool(more))
    )


def test_without_an_interval_nothing_is_said_about_more_weeks() -> None:
    for low, high in ((None, 0.7), (0.6, None)):
        found = one_finding(figure(value=0.69, low=low, high=high))
        assert text(found.text).endswith("it is too close to the limit of 70.0%.")


def test_a_step_up_is_asked_after_where_bounce_fails() -> None:
    failed = figure(value=0.75, low=0.73, high=0.77)
    asked = (
        " This figure suddenly got worse on Mon 8 Jun: what was changed on the page or in the ads that day?"
    )
    assert text(one_finding(failed, back(6)).text).endswith(f"misses its limit of 70.0%.{asked}")
    assert asked not in text(one_finding(figure("depth", 2.0, 1.8, 2.2), back(6)).text)
    assert asked not in text(one_finding(figure(), back(6)).text)


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        (
            figure(value=0.75, low=0.73, high=0.77),
            [
                ("design", "Rework the first screen", "bounce_rate", "down", "2026-06-22", 0.7),
                (
                    "promotion",
                    "Buy no additional traffic until the page meets its limits again",
                    None,
                    None,
                    None,
                    None,
                ),
            ],
        ),
        (
            figure("depth", 2.0, 1.8, 2.2),
            [
                (
                    "design",
                    "On each of the most visited pages, link three matching items and a bundle",
                    "depth",
                    "up",
                    "2026-06-22",
                    2.5,
                ),
                (
                    "promotion",
                    "Buy no additional traffic until the page meets its limits again",
                    None,
                    None,
                    None,
                    None,
                ),
            ],
        ),
        (
            figure("aov", 1.0, 0.9, 1.1),
            [
                (
                    "operator",
                    "Offer a bundle or a second-piece discount beside the best seller",
                    "aov",
                    "up",
                    "2026-06-22",
                    None,
                )
            ],
        ),
    ],
)
def test_what_is_done_about_a_figure_that_fails(line: PageFigure, asked: list[tuple[Any, ...]]) -> None:
    found = one_finding(line).proposals
    assert [(one.role, one.metric, one.direction, one.due, one.expected) for one in found] == [
        (role, metric, direction, due, expected) for role, _, metric, direction, due, expected in asked
    ]
    assert all(text(one.text).startswith(said) for one, (_, said, *_) in zip(found, asked, strict=True))


FAILED = figure(value=0.75, low=0.73, high=0.77)
SHALLOW = figure("depth", 2.0, 1.8, 2.2)


@pytest.mark.parametrize(
    ("lines", "since", "level", "said"),
    [
        (
            [SHALLOW, FAILED],
            None,
            "act",
            "Fix the page before buying traffic: Bounce 75.0% (limit 70.0%).",
        ),
        (
            [FAILED],
            back(6),
            "act",
            "Fix the page before buying traffic: Bounce 75.0% (limit 70.0%), worse since 8 Jun.",
        ),
        ([SHALLOW], back(6), "act", "Fix the page before buying traffic: Depth 2.00 (limit 2.50)."),
        (
            [figure(), figure("depth", 2.6, 2.4, 2.8), figure("aov", 1.5, doubt="few")],
            None,
            "watch",
            (
                "No page figure is clearly beyond its limit, but these are too close to tell: Depth "
                "2.60, AOV 1.50."
            ),
        ),
        (
            [figure(), figure("depth", 3.4, 3.3, 3.6), figure("aov", 1.5, 1.4, 1.6)],
            None,
            "good",
            "The page is good enough; not yet at the goal: Bounce 65.0% / 60.0%, Depth 3.40 / 3.50.",
        ),
        (
            [figure("aov", 1.5, 1.4, 1.6)],
            back(6),
            "good",
            "The page is good enough and reaches its goals: traffic may be bought.",
        ),
    ],
)
def test_the_verdict_names_what_fails_then_what_is_unclear_then_the_goals(
    lines: list[PageFigure], since: date | None, level: str, said: str
) -> None:
    found = findings.verdict(lines, since)
    assert (found.level, text(found.text)) == (level, said)


def test_the_numbers_are_the_figures_with_their_limits_and_line() -> None:
    assert findings.numbers([figure()]) == (Number("Bounce", "rate", 0.65, 0.63, 0.67, 0.7),)


def test_a_day_without_a_rate_is_a_gap_in_the_course() -> None:
    course = findings.course(
        days({"bounce_rate": 0.6}, {"bounce_rate": None}, {"bounce_rate": 0.7}), SUNDAY, ()
    )
    assert (course.values[-3:], course.values[:25]) == ((0.6, None, 0.7), (None,) * 25)
    assert course.dates[0] == back(27).isoformat()
    assert course.unit == "rate"


# ---- who came


def came(new: float | None, old: float | None) -> Mapping[str, float | None]:
    return {"new_visitors": new, "old_visitors": old}


def test_shares_are_those_of_the_week_and_of_the_three_weeks_before() -> None:
    """New are 30 of 100 last week and 20 of 100 before; what is older, or half known, does not count."""
    rows = [came(90.0, 10.0), *[came(20.0, 80.0)] * 21, *[came(30.0, 70.0)] * 6, came(999.0, None)]
    frame = days(*rows)
    ((who, now, before),) = visitors.mix(frame, None, shop(), SUNDAY)
    assert (text(who), now, before) == ("new visitors", 0.3, 0.2)
    assert visitors.mix(frame[:22], None, shop(), SUNDAY) == []
    assert visitors.mix(frame[22:], Sources.empty(), shop(), SUNDAY) == []


@pytest.mark.parametrize(
    ("now", "before", "moved"),
    [(0.05, 0.0, True), (0.0, 0.05, True), (0.049, 0.0, False), (0.2, 0.249, False), (0.3, 0.2, True)],
)
def test_a_share_that_moved_by_five_points_is_a_finding(now: float, before: float, *, moved: bool) -> None:
    found = visitors.findings([("new visitors", now, before)])
    assert [(one.kind, one.level) for one in found] == [("mix", "info")] * moved


# ---- the gate other topics ask


@pytest.mark.parametrize(("rate", "failing"), [(0.75, 0.75), (0.65, None), (0.70, None)])
def test_the_page_fails_with_its_bounce_rate(rate: float, failing: float | None) -> None:
    usual: dict[str, float | None] = {"bounce_rate": rate, "visitors": 1000.0}
    other: dict[str, float | None] = {"bounce_rate": 0.1, "visitors": 1e6}
    week = days(other, *[usual] * 7, other)
    found = page_gate.failing(week, shop(), SUNDAY)
    assert found == (None if failing is None else pytest.approx(failing))
    assert page_gate.failing(None, shop(), SUNDAY) is None
    assert page_gate.failing(days({"visitors": 1.0}), shop(), SUNDAY) is None
    strict = shop(thresholds=Thresholds(bounce_pass=0.5))
    assert page_gate.failing(week, strict, SUNDAY) == pytest.approx(rate)


def test_what_waits_for_the_page_says_so_and_proposes_nothing() -> None:
    waiting = page_gate.waiting(one_finding(FAILED))
    assert text(waiting.text).endswith("limit of 70.0%. Do this once the page meets its limits again.")
    assert (waiting.proposals, waiting.key) == ((), "page/bounce")


def test_a_pinned_hero_nobody_saw_gives_way_to_the_item_with_most_visitors() -> None:
    assert page_health.hero_item({"1": 5.0, "2": 9.0}) == "2"
    assert page_health.hero_item({"1": 5.0}, "7") == "7"
    assert page_health.hero_item({}) is None


@pytest.mark.parametrize(("old", "fails"), [(40.0, False), (60.0, True)])
def test_pages_with_many_returning_visitors_are_held_to_stricter_lines(old: float, *, fails: bool) -> None:
    rows = [{"visitors": 1_000, "bounce_rate": 0.6, "new_visitors": 100 - old, "old_visitors": old}]
    frame = days(*rows * 7)
    assert (page_gate.failing(frame, shop(), MONDAY) is not None) is fails
    lines = marks.with_own_lines(shop(), frame).thresholds
    assert (lines.bounce_pass, lines.depth_pass) == ((0.5, 4.0) if fails else (0.7, 2.5))


def test_lines_of_the_shop_that_are_stricter_already_stay() -> None:
    rows = [{"new_visitors": 10.0, "old_visitors": 90.0}]
    own = marks.with_own_lines(shop(thresholds=Thresholds(bounce_pass=0.4, depth_pass=5.0)), days(*rows * 7))
    assert (own.thresholds.bounce_pass, own.thresholds.depth_pass) == (0.4, 5.0)
