"""Out of the ordinary, three days in a row, and what a score's fall is made of: quiet on ordinary days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.answers.answer import About, Answer, Finding, LevelName, finding
from core.exports.kinds.reviews import Reviews
from core.exports.kinds.shop_day import ShopDay
from core.measures.usual_days import BIG
from core.shop.settings import CalendarDay, Shop
from core.topics.sales import drivers
from core.topics.sales.scores.findings import diagnosed, told_once
from core.topics.sales.scores.unusual_figures import judged
from tests.topics.tables import MONDAY, SUNDAY, WOBBLE, of_rows, shop, told_by, usual_shop

gap = told_by(drivers.gap)

Changes = dict[date, dict[str, float | None]]


def bounce(day: date) -> float:
    return 0.66 * (1 + WOBBLE[day.toordinal() % 11] / 3)


def asked(
    changes: Changes | None = None, *, calendar: tuple[CalendarDay, ...] = (), reviews: Reviews | None = None
) -> Answer:
    base: Changes = {
        day: {"bounce_rate": bounce(day)} for day in (SUNDAY - timedelta(days=n) for n in range(70))
    }
    for day, values in (changes or {}).items():
        base.setdefault(day, {}).update(values)
    return gap(usual_shop(changes=base), reviews=reviews, shop=shop(calendar=calendar), today=MONDAY)


def last(days: int, **values: float) -> Changes:
    return {SUNDAY - timedelta(days=n): dict(values) for n in range(days)}


def topics(answer: Answer) -> list[str]:
    return [one.key for one in answer.findings if one.key.startswith(("drivers/run/", "drivers/out/"))]


def found(answer: Answer, key: str) -> str:
    return next((f"{one.level}: {one.text}" for one in answer.findings if one.key == key), "")


def test_ordinary_days_make_no_topic() -> None:
    assert topics(asked()) == []


@pytest.mark.parametrize("back", range(1, 15))
def test_none_of_the_last_days_would_have_made_one(back: int) -> None:
    day = MONDAY - timedelta(days=back)
    whole = usual_shop().frame
    earlier = ShopDay(whole[whole["date"].dt.date < day])
    assert topics(gap(earlier, shop=shop(), today=day)) == []


def test_two_days_in_a_row_are_not_yet_a_topic() -> None:
    assert "drivers/run/bounce_rate" not in topics(asked(last(2, bounce_rate=0.75)))


def test_three_days_in_a_row_are() -> None:
    answer = asked(last(3, bounce_rate=0.75))
    assert "3 days in a row since 12 Jun: 75.0%" in found(answer, "drivers/run/bounce_rate")
    assert found(answer, "drivers/bounce_rate") == "", "told once"
    ask = next(one for one in answer.findings if one.key == "drivers/run/bounce_rate").proposals[0]
    assert (ask.role, ask.direction) == ("design", "down")


def test_better_three_days_in_a_row_is_no_problem() -> None:
    assert "drivers/run/bounce_rate" not in topics(asked(last(3, bounce_rate=0.55)))


def test_a_great_day_in_between_is_passed_over() -> None:
    calendar = (CalendarDay(start=SUNDAY - timedelta(days=1), multiplier=4.0, note="618"),)
    quiet = asked(last(4, bounce_rate=0.75), calendar=calendar)
    assert "3 days in a row since 11 Jun" in found(quiet, "drivers/run/bounce_rate")


def test_a_great_day_rings_nothing() -> None:
    calendar = (CalendarDay(start=SUNDAY, multiplier=6.0, note="618"),)
    big: Changes = {SUNDAY: {"visitors": 3000.0, "buyers": 200.0, "gmv": 40_000.0, "bounce_rate": 0.4}}
    assert topics(asked(big, calendar=calendar)) == []


def test_a_sized_day_is_judged_without_the_calendars_part() -> None:
    calendar = (CalendarDay(start=SUNDAY, multiplier=1.44, note="会员日"),)
    as_planned: Changes = {SUNDAY: {"visitors": 1200.0, "buyers": 43.0, "gmv": 8640.0}}
    assert topics(asked(as_planned, calendar=calendar)) == []


def test_refunds_after_a_campaign_are_what_was_sold_before_it() -> None:
    calendar = (
        CalendarDay(start=date(2026, 6, 8), end=date(2026, 6, 10), multiplier=4.0, note="618"),
        CalendarDay(start=date(2026, 6, 11), end=SUNDAY, multiplier=0.9, note="after"),
    )
    plain: Changes = {
        SUNDAY - timedelta(days=n): {"refund_amount": 600.0 * (1 + WOBBLE[n % 11])} for n in range(70)
    }
    for n in (8, 9, 10):
        plain[date(2026, 6, n)] |= {"gmv": 24_000.0, "buyers": 120.0, "visitors": 2000.0}
    for n in (12, 13, 14):
        plain[date(2026, 6, n)]["refund_amount"] = 1300.0
    assert "drivers/run/refund_share" not in topics(asked(plain, calendar=calendar))
    for n in (12, 13, 14):
        plain[date(2026, 6, n)]["refund_amount"] = 5000.0
    assert "drivers/run/refund_share" in topics(asked(plain, calendar=calendar))


def test_sales_and_visitors_falling_together_are_one_event() -> None:
    answer = asked(last(3, visitors=700.0, buyers=21.0, gmv=4200.0))
    assert "drivers/run/visitors" in topics(answer)
    assert "drivers/run/gmv" not in topics(answer)


SCORES = {"score_item": 4.80, "score_logistics": 4.80, "score_service": 4.80}


def scored(**now: float) -> Changes:
    changes: Changes = {SUNDAY - timedelta(days=n): dict(SCORES) for n in range(20)}
    changes[SUNDAY] = {**SCORES, **now}
    return changes


def reviews(*texts: str) -> Reviews:
    return of_rows(
        Reviews,
        [
            {"review": f"r{n}", "date": SUNDAY, "item": "1", "stars": 1.0, "text": text}
            for n, text in enumerate(texts)
        ],
    )


def test_a_score_that_stands_is_not_explained() -> None:
    assert not [one for one in asked(scored()).findings if one.key.startswith("drivers/score")]


def test_a_fall_is_said_in_one_star_ratings() -> None:
    text = found(asked(scored(score_item=4.79)), "drivers/score/score_item")
    assert "3 one-star ratings in a thousand" in text, "1000 × 0.01 / 3.79, as many as it takes"
    assert "bad review" not in text, "without reviews nothing is said of them"


def test_what_the_weeks_bad_reviews_are_about() -> None:
    answer = asked(scored(score_item=4.78), reviews=reviews("袖口开线", "掉色严重", "下摆开线"))
    assert "seams (2)" in found(answer, "drivers/score/score_item")


def test_reviews_about_something_else_make_it_general() -> None:
    answer = asked(scored(score_logistics=4.78), reviews=reviews("袖口开线", "掉色严重"))
    assert "general displeasure" in found(answer, "drivers/score/score_logistics")


def test_reviews_without_bad_words_explain_nothing() -> None:
    good = of_rows(Reviews, [{"review": "g", "date": SUNDAY, "item": "1", "stars": 5.0, "text": "很好"}])
    assert "ratings came without words" in found(
        asked(scored(score_item=4.78), reviews=good), "drivers/score/score_item"
    )


def test_an_unknown_calendar_size_is_left_alone() -> None:
    unsized: Shop = shop(calendar=(CalendarDay(start=SUNDAY, note="店庆"),))
    answer = gap(usual_shop(changes=last(3, bounce_rate=0.9)), shop=unsized, today=MONDAY)
    assert topics(answer) == []


def test_a_steady_figure_rings_from_five_percent() -> None:
    def level(change: float) -> str:
        days = usual_shop(pageviews=0.0).frame
        days["pageviews"] = days["visitors"] * 5.0 * (1 + days["date"].dt.day % 2 / 1000)
        days.loc[days["date"].dt.date == SUNDAY, "pageviews"] *= change
        return next(one.found.level for one in judged(days, shop(), SUNDAY) if one.figure.metric == "depth")

    assert level(1.0) != "alarm"
    assert level(0.97) != "alarm"
    assert level(0.93) == "alarm"


@pytest.mark.parametrize(("size", "told"), [(BIG, True), (BIG + 0.01, False)])
def test_a_day_is_great_beyond_a_size(size: float, *, told: bool) -> None:
    calendar = (CalendarDay(start=SUNDAY, multiplier=size, note="618"),)
    assert bool(judged(usual_shop().frame, shop(calendar=calendar), SUNDAY)) == told


@pytest.mark.parametrize(("back", "said"), [(6, True), (7, False)])
def test_bad_reviews_of_the_last_seven_days_explain_a_score(back: int, *, said: bool) -> None:
    rows = [
        {"review": "1", "date": SUNDAY - timedelta(days=back), "item": "1", "stars": 1.0, "text": "袖口开线"}
    ]
    text = found(
        asked(scored(score_item=4.78), reviews=of_rows(Reviews, [*rows])), "drivers/score/score_item"
    )
    assert ("seams (1)" in text) == said
    assert ("ratings came without words" in text) != said


def test_the_figures_farthest_out_are_told_three_at_most() -> None:
    odd = {"refund_amount": 900.0, "cart_buyers": 10.0, "aov": 50.0, "bounce_rate": 0.95}
    base: Changes = {}
    for n in range(70):
        day = SUNDAY - timedelta(days=n)
        wobble = 1 + WOBBLE[day.toordinal() % 11] / 3
        usual = {"refund_amount": 300.0, "cart_buyers": 100.0, "aov": 200.0, "bounce_rate": 0.6}
        base[day] = {name: (value * wobble if n else odd[name]) for name, value in usual.items()}
        base[day]["gmv"] = 30.0 * (base[day].pop("aov") or 0.0)
    out = [
        one for one in judged(usual_shop(changes=base).frame, shop(), SUNDAY) if one.found.level == "alarm"
    ]
    assert len(out) > 3
    topics, _ = diagnosed(usual_shop(changes=base).frame, None, None, shop(), SUNDAY)
    assert len([one for one in topics if one.kind == "out"]) == 3


def said(kind: str, level: LevelName, metric: str = "") -> Finding[str]:
    return finding("drivers", kind, level, "x", about=About(metric=metric))


def test_a_run_takes_the_place_of_its_day_and_a_gap_that_of_an_alarm() -> None:
    gap_found = [said("visitors", "watch"), said("bounce_rate", "watch"), said("depth", "watch")]
    runs = [said("run", "watch", "visitors"), said("run", "watch", "bounce_rate")]
    assert [one.key for one in told_once(gap_found, runs)] == [
        "drivers/visitors",
        "drivers/run/visitors",
        "drivers/run/bounce_rate",
    ], "a factor stays beside its run; depth follows from bounce"
    alarm = [said("out", "watch", "bounce_rate")]
    assert [one.key for one in told_once(gap_found[1:2], alarm)] == ["drivers/bounce_rate"]
    assert [one.key for one in told_once([said("bounce_rate", "info")], alarm)] == [
        "drivers/out/bounce_rate",
        "drivers/bounce_rate",
    ]
