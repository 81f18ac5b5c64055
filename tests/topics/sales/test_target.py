"""The month, yesterday, and what was missing or done well."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from core.answers.answer import About, Answer, Finding, Number, Series, Table
from core.answers.answer_codec import encode
from core.exports.kinds.reviews import Reviews
from core.exports.kinds.shop_day import ShopDay
from core.exports.kinds.stock import Stock
from core.language.speech import speak
from core.records.market import MarketSeen
from core.shop.settings import CalendarDay, OddDay
from core.topics.sales import target
from core.topics.sales.month.plan import daily_spread
from core.topics.sales.month.trend import sales_trend
from tests.topics.incidents.morning import of_the_morning
from tests.topics.recorded import typed
from tests.topics.tables import MONDAY, SUNDAY, festival, of_rows, shop, told_by, usual_shop

reached = told_by(target.reached)


def found(answer: Answer, key: str) -> str:
    return next((f"{one.level}: {one.text}" for one in answer.findings if one.key == key), "")


def number(answer: Answer, name: str) -> Number:
    return next(one for one in answer.evidence if isinstance(one, Number) and one.name == name)


def causes(answer: Answer) -> list[str]:
    return [one.key for one in answer.findings if one.key.startswith("target/cause/")]


def test_a_usual_day_names_no_cause() -> None:
    answer = reached(usual_shop(), shop=shop(), today=MONDAY)
    assert causes(answer) == []
    assert found(answer, "target/yesterday").startswith(("info", "good"))


def test_a_day_a_little_short_is_the_usual_swing() -> None:
    days = usual_shop(changes={SUNDAY: {"visitors": 960, "buyers": 28, "gmv": 5600}})
    answer = reached(days, shop=shop(), today=MONDAY)
    assert "within the usual range" in found(answer, "target/yesterday")
    assert causes(answer) == []


def test_the_dip_after_a_campaign_is_not_cried_over() -> None:
    calendar = (
        festival(date(2026, 6, 10), multiplier=3.0),
        festival(date(2026, 6, 11), date(2026, 6, 17), 0.7, "after"),
    )
    changes: dict[date, dict[str, float | None]] = {
        date(2026, 6, day): {"visitors": 840, "buyers": 21, "gmv": 4200} for day in range(11, 15)
    }
    answer = reached(usual_shop(changes=changes), shop=shop(calendar=calendar), today=MONDAY)
    assert causes(answer) == []
    assert found(answer, "target/yesterday").startswith(("info", "good"))


def test_more_target_than_the_shop_ever_sold_is_said_as_that() -> None:
    answer = reached(usual_shop(), shop=shop(targets={"2026-06": 260_000.0}), today=MONDAY)
    assert answer.verdict.level == "act"
    assert "practically out of reach" in answer.verdict.text
    assert "the day's target was set too high" in found(answer, "target/yesterday")
    assert causes(answer) == []


def test_a_reachable_month_is_likely_made() -> None:
    answer = reached(usual_shop(), shop=shop(targets={"2026-06": 160_000.0}), today=MONDAY)
    assert answer.verdict.level == "good"
    assert "Reaching the month's target is practically certain" in answer.verdict.text


def test_the_verdict_has_the_figure_and_fits_the_line() -> None:
    for june in (160_000.0, 178_000.0, 181_000.0, 260_000.0):
        text = reached(usual_shop(), shop=shop(targets={"2026-06": june}), today=MONDAY).verdict.text
        assert "¥" in text
        assert len(text) <= 150, "two lines of a step at 80 columns"


def test_the_day_targets_add_up_to_the_month() -> None:
    answer = reached(usual_shop(), shop=shop(targets={"2026-06": 181_003.0}), today=MONDAY)
    course = next(
        one for one in answer.evidence if isinstance(one, Table) and one.name == "Each day's target and sales"
    )
    assert sum(row[1] for row in course.rows if isinstance(row[1], int)) == 181_003


def test_a_very_good_day_asks_what_was_done() -> None:
    days = usual_shop(changes={SUNDAY: {"visitors": 1700, "buyers": 52, "gmv": 10600}})
    answer = reached(days, shop=shop(), today=MONDAY)
    assert "Find out what was done well" in found(answer, "target/yesterday")
    assert found(answer, "target/cause/traffic").startswith("good: ")


def test_no_target_is_asked_for_once() -> None:
    answer = reached(usual_shop(), shop=shop(targets={}), today=MONDAY)
    assert answer.verdict.level == "watch"
    assert "No target is set for 2026-06" in answer.verdict.text
    assert answer.findings[0].proposals[0].role == "owner"


def test_yesterday_missing_is_no_zero() -> None:
    days = usual_shop(last=SUNDAY - timedelta(days=1))
    answer = reached(days, shop=shop(), today=MONDAY)
    assert answer.verdict.level == "nodata"
    assert "14 Jun" in answer.verdict.text
    assert "09:00" in answer.limits[0]


def test_an_empty_sheet_says_so() -> None:
    answer = reached(ShopDay(ShopDay.empty()), shop=shop(), today=MONDAY)
    assert answer.verdict.level == "nodata"


def test_a_missing_day_of_the_month_is_listed_not_counted_as_nothing() -> None:
    full = reached(usual_shop(), shop=shop(), today=MONDAY)
    holed = reached(usual_shop(changes={date(2026, 6, 5): {"gmv": None}}), shop=shop(), today=MONDAY)
    assert any("not counted as 0" in limit and "5 Jun" in limit for limit in holed.limits)
    assert not any("not counted as 0" in limit for limit in full.limits)
    sums = [number(answer, "Month to date").reference for answer in (full, holed)]
    assert (sums[1] or 0) < (sums[0] or 0)


def test_the_first_of_a_month_closes_the_last_one() -> None:
    days = usual_shop(last=date(2026, 6, 30))
    answer = reached(days, shop=shop(), today=date(2026, 7, 1))
    assert (
        "The target of 2026-06 was missed" in answer.verdict.text
        or "The target of 2026-06 is reached." in answer.verdict.text
    )
    assert "the month is over" in found(answer, "target/month")


def test_three_days_of_history_promise_nothing() -> None:
    answer = reached(usual_shop(days=3), shop=shop(), today=MONDAY)
    assert any("the target is spread evenly over the weekdays" in limit for limit in answer.limits)
    assert causes(answer) == []


def test_a_month_without_any_history_gives_the_run_rate_only() -> None:
    answer = reached(usual_shop(days=1), shop=shop(), today=MONDAY)
    assert "needed per day" in answer.verdict.text
    assert "chance" not in answer.verdict.text


def test_the_market_is_never_guessed() -> None:
    answer = reached(usual_shop(), shop=shop(), today=MONDAY)
    table = next(
        one for one in answer.evidence if isinstance(one, Table) and one.name == "Checklist of causes"
    )
    market = next(row for row in table.rows if row[0] == "Market demand")
    assert market[1] == "nodata"


REVIEWS = [{"review": f"r{n}", "date": SUNDAY - timedelta(days=n % 35), "stars": 5.0} for n in range(150)]


def test_one_bad_review_more_is_not_a_cause() -> None:
    bad = [
        {"review": "b1", "date": SUNDAY, "stars": 2.0},
        {"review": "b2", "date": SUNDAY - timedelta(days=20), "stars": 1.0},
    ]
    answer = reached(usual_shop(), reviews=of_rows(Reviews, [*REVIEWS, *bad]), shop=shop(), today=MONDAY)
    assert causes(answer) == []


def test_stock_of_something_that_never_sold_is_not_a_cause() -> None:
    stock = of_rows(Stock, [{"date": SUNDAY, "item": "1", "sku": "a", "on_hand": 9.0}])
    answer = reached(usual_shop(), stock=stock, shop=shop(), today=MONDAY)
    assert causes(answer) == []


@pytest.mark.parametrize("june", [160_000.0, 181_000.0, 260_000.0])
def test_nothing_is_called_significant(june: float) -> None:
    answer = reached(usual_shop(), shop=shop(targets={"2026-06": june}), today=MONDAY)
    words = " ".join([answer.verdict.text, *answer.limits, *(one.text for one in answer.findings)])
    assert "signific" not in words.lower()
    assert "nan" not in words.lower()


# ---- what is stated, about what, and what it costs


def table(answer: Answer, name: str) -> Table:
    return next(piece for piece in answer.evidence if isinstance(piece, Table) and piece.name == name)


def test_the_findings_say_what_they_are_about() -> None:
    days = usual_shop(changes={SUNDAY: {"visitors": 480, "buyers": 14, "gmv": 2800}})
    found = of_the_morning(days)
    answer = reached(days, found=found, shop=shop(), today=MONDAY)
    assert [(one.kind, one.about) for one in answer.findings][:3] == [
        ("month", About()),
        ("yesterday", About()),
        ("shop_visitors", About(metric="visitors")),
    ]
    assert "Shop: 480 visitors a day" in answer.verdict.text
    rows = next(
        one for one in answer.evidence if isinstance(one, Table) and one.name == "Checklist of causes"
    )
    states = {str(row[0]): row[1] for row in rows.rows}
    assert states["Traffic (visitors)"] == "hurt"
    month, yesterday, fallen = answer.findings[:3]
    end = number(answer, "Month-end forecast")
    assert month.impact is not None
    assert end.value is not None
    assert month.impact.yuan == pytest.approx(180_000.0 - end.value)
    assert month.impact.low == pytest.approx(max(0.0, 180_000.0 - (end.high or 0.0)))
    assert month.impact.high == pytest.approx(180_000.0 - (end.low or 0.0))
    assert yesterday.impact is not None
    assert yesterday.impact.yuan == (number(answer, "Yesterday's sales").reference or 0.0) - 2800
    assert fallen.impact is not None


def test_a_month_on_course_has_nothing_at_stake() -> None:
    answer = reached(usual_shop(), shop=shop(targets={"2026-06": 160_000.0}), today=MONDAY)
    assert [one.impact for one in answer.findings] == [None, None]


def test_the_figures_a_boss_asks_for() -> None:
    answer = reached(usual_shop(), shop=shop(), today=MONDAY)
    assert number(answer, "Yesterday's sales") == Number("Yesterday's sales", "CNY", 6000.0, reference=5968.0)
    assert number(answer, "Month to date") == Number("Month to date", "CNY", 83_972.0, reference=83_986.0)
    needed = number(answer, "Needed per day")
    assert needed.value == pytest.approx((180_000 - 83_972) / 16)
    assert needed.reference == pytest.approx((180_000 - 83_986) / 16)
    end = number(answer, "Month-end forecast")
    assert end.reference == 180_000.0
    assert end.low is not None
    assert end.high is not None
    assert end.value is not None
    assert end.low < end.value < end.high


def test_the_indicators_of_the_day() -> None:
    rows = table(reached(usual_shop(), shop=shop(), today=MONDAY), "Indicators").rows
    assert rows == (
        ("Sales", "Operator", "¥5,968", "¥6,000", "reached"),
        ("Visitors", "Promotion", "971", "1,000", "reached"),
        ("Conversion", "Design", "3.0%", "3.0%", "reached"),
        ("Order value", "Operator", "¥206", "¥200", "close"),
    )


def test_the_course_of_the_month_stops_its_sum_at_a_missing_day() -> None:
    days = usual_shop(changes={date(2026, 6, 3): {"gmv": None}})
    shown = table(reached(days, shop=shop(), today=MONDAY), "Each day's target and sales")
    assert [column.id for column in shown.columns] == ["day", "target", "sold", "reached", "month_so_far"]
    first, second, third, fourth = shown.rows[:4]
    assert (first[0], first[2]) == ("2026-06-01", 6448.0)
    assert first[3] == first[4] == 6448.0 / float(first[1] or 0)
    assert second[4] == (6448.0 + 5544.0) / (float(first[1] or 0) + float(second[1] or 0))
    assert third[2:] == (None, None, None)
    assert fourth[2] == 6592.0
    assert fourth[3] == 6592.0 / float(fourth[1] or 0)
    assert fourth[4] is None
    assert shown.rows[14][2:] == (None, None, None), "today is not over"


def test_without_a_target_yesterday_is_held_against_its_usual_days() -> None:
    answer = reached(usual_shop(), shop=shop(targets={}), today=MONDAY)
    assert [(one.key, one.kind, one.level) for one in answer.findings] == [("target/none", "none", "watch")]
    found = number(answer, "Yesterday's sales")
    assert found.value == 6000.0
    assert found.reference == pytest.approx(6112.0)
    (recent,) = (piece for piece in answer.evidence if isinstance(piece, Series))
    assert (len(recent.dates), recent.dates[-1], recent.values[-1]) == (28, "2026-06-14", 6000.0)
    assert answer.lead is recent
    assert "target/none" not in [one.key for one in reached(usual_shop(), shop=shop(), today=MONDAY).findings]


@pytest.mark.parametrize(("known", "shown"), [(20, 30), (45, 45), (90, 60)])
def test_the_trend_leads_with_up_to_sixty_days_of_which_the_first_is_known(known: int, shown: int) -> None:
    found = sales_trend(
        {SUNDAY - timedelta(days=n): 6000.0 for n in range(known)}, shop(), SUNDAY, 0.2, lead=True
    )
    assert found is not None
    assert found.lead
    assert len(found.dates) == len(found.targets) == len(found.low) == shown
    usual = sales_trend({SUNDAY - timedelta(days=n): 6000.0 for n in range(known)}, shop(), SUNDAY, 0.2)
    assert usual is not None
    assert (usual.lead, len(usual.dates)) == (False, 30)


def test_a_missing_yesterday_leaves_the_month_up_to_the_last_day() -> None:
    answer = reached(usual_shop(last=SUNDAY - timedelta(days=1)), shop=shop(), today=MONDAY)
    (month,) = answer.findings
    assert (month.key, month.kind, month.level) == ("target/month", "month", "info")
    assert month.text.startswith("Up to 13 Jun: ¥77,972 sold, target ¥7")
    no_target = reached(usual_shop(last=SUNDAY - timedelta(days=1)), shop=shop(targets={}), today=MONDAY)
    last_month = reached(usual_shop(last=date(2026, 5, 31)), shop=shop(), today=MONDAY)
    assert [no_target.findings, last_month.findings] == [(), ()]
    later = reached(usual_shop(last=MONDAY, changes={SUNDAY: {"gmv": None}}), shop=shop(), today=MONDAY)
    assert later.findings == (), "the sum so far would hold a day that is not over"


def test_how_days_scatter_comes_from_eight_weeks() -> None:
    frame = usual_shop().frame
    sales = {when.date(): gmv for when, gmv in zip(frame["date"], frame["gmv"], strict=True)}
    spread = daily_spread(sales, shop(), (1.0,) * 7, SUNDAY)
    assert spread is not None
    assert spread.days == 56
    young = {day: gmv for day, gmv in sales.items() if day > SUNDAY - timedelta(days=13)}
    assert daily_spread(young, shop(), (1.0,) * 7, SUNDAY) is None
    assert daily_spread(sales, shop(), (1.0,) * 7, min(sales) + timedelta(days=13)) is not None


def test_the_answer_is_the_same_whichever_language_is_spoken() -> None:
    days = usual_shop(changes={SUNDAY: {"visitors": 480, "buyers": 14, "gmv": 2800}}, ordered_buyers=40.0)
    found = of_the_morning(days)
    bad = [{"review": f"b{n}", "date": SUNDAY - timedelta(days=n % 6), "stars": 1.0} for n in range(8)]
    encoded = []
    for language in ("en", "zh"):
        speak(language)
        given = of_rows(Reviews, [*REVIEWS, *bad])
        encoded.append(encode(target.reached(days, reviews=given, found=found, shop=shop(), today=MONDAY)))
    assert encoded[0] == encoded[1]
    assert [one["kind"] for one in encoded[0]["findings"]].count("shop_visitors") == 1


# ---- days that sold unlike any other


def odd_days(answer: Answer) -> list[Finding]:
    return [one for one in answer.findings if one.kind == "odd_day"]


def peaked(times: float, *ago: int, **settings: Any) -> Answer:
    """The usual shop, with so many times the usual sales some days ago (1 = yesterday)."""
    frame = usual_shop().frame
    usual = {when.date(): float(gmv) for when, gmv in zip(frame["date"], frame["gmv"], strict=True)}
    changes = {MONDAY - timedelta(days=n): {"gmv": usual[MONDAY - timedelta(days=n)] * times} for n in ago}
    return reached(usual_shop(changes=changes), shop=shop(**settings), today=MONDAY)


def test_a_peak_is_asked_about_and_both_month_ends_are_told() -> None:
    (asked,) = odd_days(peaked(8, 1))
    assert (asked.level, asked.about) == ("info", About(day="2026-06-14"))
    assert asked.text.startswith("Sun 14 Jun sold ¥48,000; a day like this usually sells ¥")
    assert "one large order, a lasting new level, or a wrong file?" in asked.text
    assert "If sales stay at this new level, the month will end at ¥" in asked.text
    assert [one.text for one in asked.proposals] == [
        "Note what happened on Sun 14 Jun (form “What an unusual day was”)"
    ]
    assert not odd_days(reached(usual_shop(), shop=shop(), today=MONDAY))


def test_a_peak_that_is_over_is_no_new_level() -> None:
    (asked,) = odd_days(peaked(8, 3))
    assert "new level, the month will end" not in asked.text


def test_a_day_of_next_to_nothing_is_asked_about_as_a_gap() -> None:
    (asked,) = odd_days(peaked(0.02, 2))
    assert "sold only ¥" in asked.text
    assert "Was the shop closed, or is the file incomplete?" in asked.text


@pytest.mark.parametrize(("times", "asked"), [(0.3, 1), (0.4, 0), (1.1, 0), (3.0, 1)])
def test_a_bad_day_is_no_gap_and_a_good_one_no_peak(times: float, asked: int) -> None:
    assert len(odd_days(peaked(times, 2))) == asked


@pytest.mark.parametrize(("ago", "asked"), [(7, 1), (8, 0)])
def test_a_day_is_asked_about_for_a_week(ago: int, asked: int) -> None:
    assert len(odd_days(peaked(8, ago))) == asked


@pytest.mark.parametrize("what", ["order", "file", "campaign"])
def test_a_day_that_was_explained_is_not_asked_about(what: Any) -> None:
    told = (OddDay(SUNDAY, what),)
    assert not odd_days(peaked(8, 1, odd_days=told))
    of_an_item = (OddDay(SUNDAY, what, "coat"),)
    assert odd_days(peaked(8, 1, odd_days=of_an_item)), "said of one item only"


def month_end(answer: Answer) -> float:
    value = next(
        one.value for one in answer.evidence if isinstance(one, Number) and one.name == "Month-end forecast"
    )
    assert value is not None
    return value


def test_a_level_that_was_said_to_be_new_is_believed() -> None:
    days = {"targets": {"2026-06": 180_000.0}}
    waiting = month_end(peaked(3, 1, 2, 3, 4, **days))
    told = month_end(peaked(3, 1, 2, 3, 4, odd_days=(OddDay(MONDAY - timedelta(days=4), "level"),), **days))
    assert told > 1.2 * waiting


def test_a_closed_day_has_no_target_to_make() -> None:
    closed = CalendarDay(SUNDAY, kind="closed")
    quiet = reached(usual_shop(changes={SUNDAY: {"gmv": 0.0}}), shop=shop(calendar=(closed,)), today=MONDAY)
    (yesterday,) = [one for one in quiet.findings if one.kind == "yesterday"]
    assert (yesterday.level, yesterday.text) == (
        "info",
        "Sun 14 Jun: the shop was closed, so no sales were expected.",
    )
    assert not odd_days(quiet)
    sold = reached(usual_shop(), shop=shop(calendar=(closed,)), today=MONDAY)
    (yesterday,) = [one for one in sold.findings if one.kind == "yesterday"]
    assert yesterday.text == "Sun 14 Jun: sales were ¥6,000, although the calendar says the shop was closed."


def market_of(answer: Answer) -> tuple[object, ...]:
    table = next(
        one for one in answer.evidence if isinstance(one, Table) and one.name == "Checklist of causes"
    )
    return next(row for row in table.rows if row[0] == "Market demand")


@pytest.mark.parametrize(
    ("moved", "state", "words"),
    [(-18.0, "hurt", "The market moved the same way as we did."),
     (9.0, "usual", "The market does not explain our change."),
     (-2.0, "usual", "The market does not explain our change.")],
)  # fmt: skip
def test_what_was_typed_of_the_market_is_held_against_our_week(moved: float, state: str, words: str) -> None:
    days = usual_shop(changes={SUNDAY: {"visitors": 800, "buyers": 24, "gmv": 4_800}})
    market = typed((MONDAY, MarketSeen(visitors=-5.0, sales=moved)))
    row = market_of(reached(days, market=market, shop=shop(), today=MONDAY))
    assert row[1] == state
    assert words in str(row[2])
    assert "visitors -5%" in str(row[2])


def test_the_market_typed_yesterday_is_not_taken_for_today_s() -> None:
    market = typed((SUNDAY, MarketSeen(sales=-30.0)))
    assert market_of(reached(usual_shop(), market=market, shop=shop(), today=MONDAY))[1] == "nodata"


def test_a_target_far_above_what_the_shop_sells_gets_no_odds_from_its_scatter() -> None:
    """Days of very uneven sales: the month's range is what the shop may sell, not the target's."""
    uneven = {SUNDAY - timedelta(days=n): {"gmv": 6000.0 if n % 5 == 0 else 0.0} for n in range(70)}
    days = usual_shop(changes=uneven)
    answer = reached(days, shop=shop(targets={"2026-06": 9_000_000.0}), today=MONDAY)
    end = next(one for one in answer.evidence if isinstance(one, Number) and one.name == "Month-end forecast")
    assert end.value is not None
    assert 0 <= (end.low or 0.0) <= end.value <= (end.high or 0.0) < 200_000
    assert "practically out of reach" in answer.verdict.text


def test_a_day_of_many_times_the_usual_is_asked_about_and_not_praised() -> None:
    days = usual_shop(changes={SUNDAY: {"buyers": 900, "gmv": 180_000.0}})
    answer = reached(days, shop=shop(), today=MONDAY)
    assert found(answer, "target/yesterday").startswith("info: ")
    assert "an unusual day, see the question" in found(answer, "target/yesterday")
    assert any(one.kind == "odd_day" for one in answer.findings)
