"""The arithmetic of sales held against figures worked out by hand: pace, sources, plan, gap, causes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from core.answers.answer import Number, Table
from core.exports.kinds.shop_day import ShopDay
from core.language import message
from core.language.wording import text
from core.measures import baseline
from core.shop.settings import CalendarDay
from core.statistics.drift import ScoreDrop
from core.statistics.split import Trade
from core.statistics.swing import Counts, sampling_swing
from core.topics.sales import daily_targets, run_rate, target, traffic
from core.topics.sales.causes import shop_side
from core.topics.sales.causes import tables as causes_said
from core.topics.sales.causes.cause import Looked, by_standing
from core.topics.sales.month import plan
from core.topics.sales.month.progress import course, month_of, numbers
from core.topics.sales.scores.scores import explained
from core.topics.sales.variance.effects import gap_of, sized, trades
from tests.topics.incidents.morning import of_the_morning
from tests.topics.tables import MONDAY, SUNDAY, WOBBLE, of_rows, shop, told_by, usual_shop

reached = told_by(target.reached)


def back(n: int) -> date:
    return SUNDAY - timedelta(days=n)


# ---- pace of the month


def pace(**known: Any) -> run_rate.RunRate:
    """110 and 90 of a hundred a day, eight days to come."""
    found = run_rate.month_pace([110, 90], [100, 100], [100] * 8, 1000, **known)
    assert found is not None
    return found


def test_the_forecast_s_doubt_is_that_of_days_and_of_the_level() -> None:
    """Sd 0.1: the days to come scatter by 8 × 10², the level of two days by 800² × 0.01 / 2."""
    found = pace(spread=run_rate.Spread(0.1, 0.0, 56))
    assert (found.achieved, found.target_so_far, found.achievement, found.required_ratio) == (
        200,
        200,
        1.0,
        1.0,
    )
    assert found.sd == pytest.approx(math.sqrt(800 + 3200))
    assert found.forecast == pytest.approx(1000)
    assert found.chance == pytest.approx(0.5)
    assert found.low == pytest.approx(1000 - 1.2971 * math.sqrt(4000), abs=0.05)
    assert found.high == pytest.approx(1000 + 1.2971 * math.sqrt(4000), abs=0.05)


def test_days_that_follow_each_other_widen_it() -> None:
    """An autocorrelation of 0.5 makes three times the variance."""
    assert pace(spread=run_rate.Spread(0.1, 0.5, 56)).sd == pytest.approx(math.sqrt(2400 + 9600))


def test_without_eight_weeks_the_month_s_own_days_say_how_they_scatter() -> None:
    """1.1 and 0.9: sd 0.1414; Student with one degree: 3.078."""
    found = pace()
    sd = math.sqrt(0.02 * 8 * 100**2 + 800**2 * 0.02 / 2)
    assert found.sd == pytest.approx(sd)
    assert found.high == pytest.approx(1000 + 3.0777 * sd, rel=1e-4)


def test_earlier_months_weigh_in() -> None:
    """1.1 ± 0.05 weighs 400, two days of sd 0.1 weigh 200: 1.0667, and its variance is 1 / 600."""
    found = pace(prior=run_rate.RatioPrior(1.1, 0.05), spread=run_rate.Spread(0.1, 0.0, 56))
    assert found.ratio == pytest.approx(1.0667, abs=1e-4)
    assert found.forecast == pytest.approx(200 + 800 * 1.066667, abs=0.01)
    sd = math.sqrt(800 + 800**2 / 600)
    assert found.sd == pytest.approx(sd)
    assert found.high == pytest.approx(found.forecast + 1.28155 * sd, abs=0.01)  # type: ignore[operator]
    assert found.chance == pytest.approx(0.5 + 0.3914, abs=0.001)


def test_a_day_without_a_figure_is_a_day_to_come() -> None:
    """200 of 200 so far; one of eight hundred to come is already gone: 100 a day for seven days."""
    found = run_rate.month_pace(
        [110, None, 90], [100] * 3, [100] * 7, 1100, spread=run_rate.Spread(0.1, 0.0, 56)
    )
    assert found is not None
    assert (found.missing_days, found.required_ratio) == pytest.approx((1, 800 / 700))
    assert found.sd == pytest.approx(math.sqrt(800 + 3200))


@pytest.mark.parametrize(
    ("ratios", "spread"),
    [
        ([1.0, 1.2], (math.sqrt(0.02), 0.0, 2)),
        # Lag one: (0.01 + 0.01 - 0.01 × 2) / 0.04 = ... of -0.1 -0.1 +0.1 +0.1: (1 - 1 + 1) / 4 + 1 / 4.
        ([0.9, 0.9, 1.1, 1.1], (math.sqrt(0.04 / 3), 0.5, 4)),
        ([1.0, 1.0, 1.0], (0.05, 0.0, 3)),
    ],
)
def test_how_days_scatter_and_follow_each_other(
    ratios: list[float], spread: tuple[float, float, int]
) -> None:
    assert run_rate.ratio_spread(ratios) == pytest.approx(spread)


# ---- sources


def test_what_a_visitor_cost() -> None:
    """100 visitors: between 81.4 and 121.6 at 95 %."""
    found = traffic.cost_per_visitor(200.0, 100.0)
    assert (found.state, found.value) == ("paid", 2.0)
    assert (found.low, found.high) == pytest.approx((200 / 121.63, 200 / 81.36), rel=1e-3)
    assert traffic.cost_per_visitor(0.0, 5.0) == ("free", 0.0, 0.0, 0.0)


def test_how_sales_follow_spend() -> None:
    """Logs of 1, 2, 4 and of 1, 2, 2: slope 0.5, what is left over 0.0800 on one degree."""
    found = traffic.elasticity([1.0, 2.0, 4.0, 0.0, 5.0], [1.0, 2.0, 2.0, 9.0, 0.0])
    assert found is not None
    step = math.log(2)
    assert (found.value, found.days) == pytest.approx((0.5, 3))
    assert found.error == pytest.approx(math.sqrt((step / 6) ** 2 * 6 / (2 * step**2)))


@pytest.mark.parametrize(
    ("measured", "believed"),
    [
        (traffic.Elasticity(1.0, 0.2, 8), 0.85),
        (traffic.Elasticity(1.0, 0.2, 7), 0.7),
        (traffic.Elasticity(1.0, 0.1, 8), 0.94),  # 100 of 125
        (traffic.Elasticity(-9.0, 0.01, 8), 0.0),
        (traffic.Elasticity(9.0, 0.01, 8), 1.0),
    ],
)
def test_a_measured_slope_is_pulled_to_the_usual_one(measured: traffic.Elasticity, believed: float) -> None:
    assert traffic.believed_elasticity(measured) == pytest.approx(believed, abs=1e-3)
    assert traffic.marginal_roi(3.0, 0.7) == pytest.approx(2.1)


# ---- the month's plan


@pytest.mark.parametrize(("days", "learnt"), [(13, False), (14, True)])
def test_weekdays_are_learnt_from_two_weeks(days: int, *, learnt: bool) -> None:
    sales = {back(n): 100.0 + 50 * (back(n).weekday() == 6) for n in range(days)}
    assert daily_targets.weekday_factors(sales).learnt == learnt


def june(**settings: Any) -> Any:
    return shop(**{"targets": {"2026-06": 30_000.0}, "weekday_weights": (1.0,) * 7, **settings})


FLAT = {back(n): 1000.0 + (20 if n % 2 else -20) for n in range(70)}


def test_a_month_s_target_lies_on_its_days_by_weekday_and_calendar() -> None:
    """31 parts on 30 days where one counts twice."""
    own = june(calendar=(CalendarDay(date(2026, 6, 18), multiplier=2.0), CalendarDay(date(2026, 6, 20))))
    found = plan.month_plan(FLAT, own, SUNDAY)
    assert found is not None
    assert found.by_day[date(2026, 6, 18)] == pytest.approx(60_000 / 31, abs=1)
    assert found.by_day[date(2026, 6, 17)] == pytest.approx(30_000 / 31, abs=1)
    assert (sum(found.by_day.values()), found.learnt, found.unsized) == (30_000, True, (date(2026, 6, 20),))
    assert found.upto(date(2026, 6, 2)) == found.by_day[date(2026, 6, 1)] + found.by_day[date(2026, 6, 2)]
    assert plan.month_plan(FLAT, shop(targets={}), SUNDAY) is None
    closed = june(calendar=(CalendarDay(date(2026, 6, 1), date(2026, 6, 30), multiplier=0.0),))
    shut = plan.month_plan(FLAT, closed, SUNDAY)
    assert shut is not None
    assert set(shut.by_day.values()) == {1000}


def test_typed_weekdays_are_taken_as_shares_of_their_mean() -> None:
    factors, known = plan.weekday_shape(FLAT, june(weekday_weights=(1, 1, 1, 1, 1, 3, 6)))
    assert known
    assert factors == pytest.approx((0.5, 0.5, 0.5, 0.5, 0.5, 1.5, 3.0))
    assert plan.weekday_shape({}, shop()) == ((1.0,) * 7, False)


def paced(sales: Mapping[date, float], **settings: Any) -> run_rate.RunRate:
    own = june(**settings)
    made = plan.month_plan(sales, own, SUNDAY)
    assert made is not None
    found, _ = plan.month_pace(sales, own, made, SUNDAY)
    assert found is not None
    return found


def test_seven_days_of_a_month_give_a_chance_where_nothing_lies_before_it() -> None:
    seven = {back(n): 1000.0 + n for n in range(7)}
    assert paced(seven).chance is not None
    six = paced({back(n): 1000.0 + n for n in range(6)})
    assert (six.sd, six.low, six.high, six.chance) == (None, None, None, None)
    assert six.forecast is not None


def test_the_month_ends_where_the_level_of_six_weeks_and_its_drift_lead() -> None:
    """1 % more each day up to 1,000 yesterday: the drift goes on, half of it in ten days, and dies down."""
    growing = {back(n): 1000.0 * 1.01**-n for n in range(60)}
    found = paced(growing)
    assert found.forecast is not None
    ahead = (found.forecast - found.achieved) / 16
    assert 1050 < ahead < 1090
    flat = paced({back(n): 1000.0 for n in range(60)})
    assert flat.forecast == pytest.approx(30_000, rel=0.001)
    assert (flat.low or 0) < 30_000 < (flat.high or 0)


def test_a_new_month_begins_at_the_level_of_the_last_one() -> None:
    """The first of June is gone; May brought 1,000 a day, June's first 900 by chance."""
    sales = {date(2026, 6, 1) - timedelta(days=n): 1000.0 + 100 * (-1) ** n for n in range(1, 60)}
    sales[date(2026, 6, 1)] = 900.0
    own = june()
    made = plan.month_plan(sales, own, SUNDAY)
    assert made is not None
    found, _ = plan.month_pace(sales, own, made, date(2026, 6, 1))
    assert found is not None
    assert found.forecast == pytest.approx(29_900, rel=0.01)


@pytest.mark.parametrize("times", [3.0, 8.0, 30.0])
@pytest.mark.parametrize("ago", [0, 5, 20])
def test_one_unlisted_peak_hardly_moves_the_rest_of_the_month(times: float, ago: int) -> None:
    usual = {back(n): 1000.0 * (1 + WOBBLE[n % 11]) for n in range(60)}
    peak = usual | {back(ago): 1000.0 * times}
    before, after = paced(usual), paced(peak)
    assert before.forecast is not None
    assert after.forecast is not None
    rest = before.forecast - before.achieved
    assert after.forecast - after.achieved == pytest.approx(rest, rel=0.03)


def test_days_scatter_around_their_size_over_eight_weeks() -> None:
    """980 and 1,020 in turns: 2 % either way; days of unknown size and closed ones say nothing."""
    found = plan.daily_spread(FLAT, june(), (1.0,) * 7, SUNDAY)
    assert found is not None
    assert (found.sd, found.days) == pytest.approx((0.02 * math.sqrt(56 / 55), 56))
    odd = (CalendarDay(back(3)), CalendarDay(back(4), multiplier=0.0), CalendarDay(back(5), multiplier=2.0))
    sizes = FLAT | {back(5): FLAT[back(5)] * 2, back(3): 9e9, back(4): 9e9}
    part = plan.daily_spread(sizes, june(calendar=odd), (1.0,) * 7, SUNDAY)
    assert part is not None
    assert part.days == 54
    assert part.sd == pytest.approx(0.02, abs=0.0005)
    few = {day: sold for day, sold in FLAT.items() if day > back(13)}
    assert plan.daily_spread(few, june(), (1.0,) * 7, SUNDAY) is None
    assert plan.daily_spread(few | {back(13): 1000.0}, june(), (1.0,) * 7, SUNDAY) is not None
    assert plan.daily_spread(dict.fromkeys(FLAT, 0.0), june(), (1.0,) * 7, SUNDAY) is None


def test_where_the_month_stands_in_numbers_and_day_by_day() -> None:
    """13 days of 1,000 on average, the 5th missing; 30 of 1,000 planned."""
    sales = {day: 1000.0 for day in FLAT if day != date(2026, 6, 5)}
    month = month_of(sales, june(), SUNDAY)
    assert month is not None
    assert (month.sold, month.target, len(month.left), month.planned_a_day, month.known) == (
        1000,
        1000,
        16,
        1000,
        13,
    )
    assert month.needed_a_day == pytest.approx(1000, rel=1e-4)
    day, so_far, need, end = [one for one in numbers(month) if isinstance(one, Number)]
    assert (day.value, day.reference) == (1000, 1000)
    assert (so_far.value, so_far.reference) == (13_000, 13_000)
    assert (need.value, need.reference) == pytest.approx((1000, 1000), rel=1e-4)
    assert (end.value, end.reference) == pytest.approx((30_000, 30_000), rel=1e-3)
    rows = course(month).rows
    assert rows[3] == ("2026-06-04", 1000, 1000, 1.0, 1.0)
    assert rows[4] == ("2026-06-05", 1000, None, None, None)
    assert rows[5] == ("2026-06-06", 1000, 1000, 1.0, None)
    assert rows[14] == ("2026-06-15", 1000, None, None, None)
    assert month_of(sales, june(), date(2026, 6, 5)) is None
    assert month_of(sales, shop(targets={}), SUNDAY) is None


# ---- the day's gap


def test_with_few_days_the_swing_is_that_of_counting() -> None:
    """Four usual days of 1,000 visitors, 30 of whom buy for 200 yuan."""
    days = {back(7 * n): Trade(1000.0, 30.0, 6000.0) for n in range(1, 5)} | {
        SUNDAY: Trade(500.0, 15.0, 3000.0)
    }
    found = gap_of(days, shop(), SUNDAY)
    assert found is not None
    assert (found.placebo, found.total, found.usually, found.calendar) == (0, -3000.0, 6000.0, 0.0)
    chance = sampling_swing(Counts(4000.0, 120.0, 500.0, 15.0), 6000.0, dispersion=1.0)
    halves = [1.2815516 * sd for sd in (chance.visitors, chance.conversion, chance.aov) if sd is not None]
    bands = [found.bands[name] for name in ("visitors", "conversion", "aov")]
    assert [band.low for band in bands if band is not None] == pytest.approx([-half for half in halves])
    assert [band.high for band in bands if band is not None] == pytest.approx(halves)
    assert found.whole_band is not None
    whole = math.sqrt(math.fsum(half * half for half in halves))
    assert (found.whole_band.low, found.whole_band.high) == pytest.approx((-whole, whole))
    assert found.effect("visitors") == pytest.approx(-3000.0)
    assert found.said["conversion"] == found.said["aov"] == "usual"
    assert not found.inside


def test_a_day_without_usual_days_or_sales_has_no_gap() -> None:
    days = {back(7): Trade(1000.0, 30.0, 6000.0), SUNDAY: Trade(500.0, 15.0, 3000.0)}
    assert gap_of({SUNDAY: days[SUNDAY]}, shop(), SUNDAY) is None
    assert gap_of({back(7): days[back(7)]}, shop(), SUNDAY) is None
    nothing = {back(7 * n): Trade(1000.0, 0.0, 0.0) for n in range(1, 5)} | {SUNDAY: days[SUNDAY]}
    assert gap_of(nothing, shop(), SUNDAY) is None


def test_a_size_lies_half_on_visitors_and_half_on_conversion() -> None:
    assert sized(Trade(100.0, 3.0, 600.0), 4.0) == (200.0, 12.0, 2400.0)
    assert sized(Trade(None, None, None), 4.0) == (None, None, None)


def test_only_days_with_all_three_figures_are_compared() -> None:
    rows = [
        {"date": back(0), "visitors": 9.0, "buyers": 2.0, "gmv": 5.0},
        {"date": back(1), "visitors": 9.0, "gmv": 5.0},
        {"date": back(2), "buyers": 9.0, "gmv": 5.0},
        {"date": back(3), "visitors": 9.0, "buyers": 5.0},
    ]
    assert trades(of_rows(ShopDay, rows).frame) == {SUNDAY: Trade(9.0, 2.0, 5.0)}


# ---- causes


def standing(value: float, **known: Any) -> baseline.Standing:
    given: dict[str, Any] = {"usual": 0.05, "low": 0.045, "high": 0.055, "score": 4.0, "days": 20}
    return baseline.Standing(value=value, **(given | known))


def looked(**known: Any) -> Looked:
    return Looked(day=SUNDAY, shop=shop(), days=usual_shop().frame, **known)


@pytest.mark.parametrize(
    ("value", "score", "state", "seen"),
    [
        (
            0.06,
            4.0,
            "helped",
            "6.0%, +20% compared with the usual 5.0%; outside the usual range (4.5% to 5.5%).",
        ),
        (
            0.06,
            3.8,
            "moved",
            "6.0%, +20% compared with the usual 5.0%; outside the usual range (4.5% to 5.5%).",
        ),
        (
            0.04,
            -4.0,
            "moved",
            "4.0%, -20% compared with the usual 5.0%; outside the usual range (4.5% to 5.5%).",
        ),
        (0.054, 1.0, "usual", "5.4%, usually 5.0%; within the usual range."),
        (0.0551, 0.0, "usual", "5.5%, usually 5.0%; within the usual range."),
    ],
)
def test_a_figure_helped_hurt_or_was_as_usual(value: float, score: float, state: str, seen: str) -> None:

    found = by_standing(looked(), "ctr", "CTR", standing(value, score=score), message.percent)
    assert (found.state, text(found.seen).replace("−", "-"), found.weight) == (state, seen, abs(score))
    assert text(found.text).startswith("CTR: ")


def test_more_bought_clicks_are_no_praise_whatever_their_number() -> None:
    found = by_standing(looked(), "c", "Clicks", standing(0.09, score=9.0), message.percent, bought=True)
    assert found.state == "moved"
    assert causes_said.findings((found,)) == ()


def test_a_figure_hurts_where_an_incident_of_the_morning_is_about_it() -> None:
    told = of_the_morning(usual_shop(changes={SUNDAY: {"visitors": 400, "buyers": 12, "gmv": 2400}}))
    here = replace(looked(), incidents=told)
    named = by_standing(here, "traffic", "Traffic", standing(0.04), message.percent, kinds=("shop_visitors",))
    assert (named.state, named.told) == ("hurt", True)
    assert "see the changes found this morning" in text(named.seen)
    other = by_standing(here, "ctr", "CTR", standing(0.04), message.percent, kinds=("agent_conversion",))
    assert (other.state, other.told) == ("moved", False)


@pytest.mark.parametrize("usual", [0.0, 1.0, 1.2])
def test_only_a_share_between_nothing_and_all_has_a_swing_of_counting(usual: float) -> None:
    one = standing(0.9, usual=usual)
    counts = {back(n): 100.0 for n in range(40)}
    assert shop_side._with_chance(looked(), one, counts) is one
    assert shop_side._with_chance(looked(), None, counts) is None


def test_few_who_asked_widen_the_swing() -> None:
    """A half of 100, and of 100 on each of four usual days: ± 2 × √(0.25 × (1/100 + 1/400))."""
    counts = {back(7 * n): 100.0 for n in range(5)}
    found = shop_side._with_chance(looked(), standing(0.4, usual=0.5, low=0.49, high=0.51), counts)
    assert found is not None
    half = baseline.MOVED_SCORE * math.sqrt(0.25 * (1 / 100 + 1 / 400))
    assert (found.low, found.high) == pytest.approx((0.5 - half, 0.5 + half))
    wide = replace(found, low=0.0, high=1.0)
    assert shop_side._with_chance(looked(), wide, counts) == wide
    alone = {SUNDAY: 100.0}
    assert shop_side._with_chance(looked(), found, alone) == found


# ---- scores and figures


def test_a_fallen_score_is_put_right_by_who_answers_for_it() -> None:
    drop = ScoreDrop("one process", ("score_logistics",))
    (found,) = explained((drop, {"score_logistics": (4.85, 4.82)}), None, SUNDAY)
    assert text(found.text).startswith("Logistics 4.85 → 4.82: as if ")
    (asked,) = found.proposals
    assert (
        text(asked.text)
        == "Read the five newest bad reviews about Logistics and fix what they complain about"
    )
    assert (asked.role, asked.metric, asked.direction, asked.due, asked.expected, asked.about.metric) == (
        "service", "score", "up", "2026-06-17", 4.85, "score_logistics"
    )  # fmt: skip
    assert (found.kind, found.level) == ("score", "watch")
    assert explained((drop, {"score_logistics": (4.85, 4.85)}), None, SUNDAY) == []


# ---- the answer about the target


def sales(**changes: float) -> ShopDay:
    return usual_shop(changes={SUNDAY: changes}) if changes else usual_shop()


def before(day: date) -> ShopDay:
    frame = sales().frame
    return ShopDay(frame[frame["date"].dt.date < day])


def test_a_day_beyond_its_swing_is_watched_in_a_month_that_is_made() -> None:
    fine = reached(sales(), shop=shop(targets={"2026-06": 150_000.0}), today=MONDAY)
    assert fine.verdict.level == "good"
    low = reached(sales(gmv=2000.0), shop=shop(targets={"2026-06": 150_000.0}), today=MONDAY)
    assert low.verdict.level == "watch"
    assert low.verdict.text.startswith("Yesterday ¥2,000, ")


def test_without_yesterday_the_month_is_said_up_to_the_last_day() -> None:
    days = before(SUNDAY)
    answer = reached(days, shop=june(), today=MONDAY)
    assert answer.verdict.level == "nodata"
    assert answer.verdict.text == "Yesterday (14 Jun) is not in the file yet; its last day is 13 Jun."
    (month,) = answer.findings
    assert month.text.startswith("Up to 13 Jun: ¥")
    assert month.text.endswith(" sold, target ¥13,000.")
    assert len(answer.limits) == 1
    assert reached(days, shop=shop(targets={}), today=MONDAY).findings == ()
    may = before(date(2026, 6, 1))
    assert reached(may, shop=june(), today=MONDAY).findings == ()
    empty = reached(ShopDay(ShopDay.empty()), shop=june(), today=MONDAY)
    assert (empty.verdict.level, empty.findings, empty.limits) == ("nodata", (), ())


def test_without_a_target_yesterday_is_held_against_usual_and_one_is_asked_for() -> None:
    answer = reached(sales(), shop=shop(targets={}), today=MONDAY)
    assert answer.verdict.level == "watch"
    assert "2026-06" in answer.verdict.text
    (none,) = [one for one in answer.findings if one.kind == "none"]
    assert (none.level, [one.role for one in none.proposals]) == ("watch", ["owner"])
    course_ = answer.evidence[-1]
    assert course_.name == "Sales by day"
    assert len(course_.dates) == 28  # type: ignore[union-attr]
    assert course_.dates[-1] == SUNDAY.isoformat()  # type: ignore[union-attr]
    assert any(isinstance(one, Table) and one.name == "Checklist of causes" for one in answer.evidence)
