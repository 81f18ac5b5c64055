"""How the month and yesterday are said: each side of each line that is drawn."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.answers.answer import Finding, Impact
from core.language.message import Words
from core.language.wording import text
from core.shop.settings import Thresholds
from core.statistics.distributions import normal_quantile
from core.topics.sales.month import findings
from core.topics.sales.month.plan import MonthPlan
from core.topics.sales.month.progress import DayInMonth
from core.topics.sales.run_rate import RunRate, Spread
from tests.topics.tables import SUNDAY, festival, shop

JUNE = [date(2026, 6, day) for day in range(1, 31)]
LAST = JUNE[-1]


def month(
    *,
    day: date = SUNDAY,
    sold: float = 1000.0,
    achieved: float = 14_000.0,
    chance: float | None = 0.5,
    required: float | None = 1.0,
    forecast: float | None = 30_000.0,
    low: float | None = 29_000.0,
    high: float | None = 31_000.0,
    sd: float | None = 0.1,
    days: int = 14,
    learnt: bool = True,
    unsized: tuple[date, ...] = (),
) -> DayInMonth:
    """Return a June of 30,000 yuan, 1,000 a day."""
    plan = MonthPlan(30_000.0, dict.fromkeys(JUNE, 1000), learnt, unsized, (1.0,) * 7)
    pace = RunRate(
        achieved, 14_000.0, achieved / 14_000, 0, required, 1.0, forecast, 500.0, chance, low, high
    )
    sales = dict.fromkeys(JUNE[:days], 1000.0) | {day: sold}
    return DayInMonth(day, sales, plan, pace, None if sd is None else Spread(sd, 0.0, 56), shop())


def test_the_lines_are_those_of_the_settings() -> None:
    assert (Thresholds().likely, Thresholds().leans) == (0.80, 0.60)


@pytest.mark.parametrize(
    ("chance", "said"),
    [
        (0.999, "Reaching the month's target is practically certain."),
        (0.80, "80% likely to reach the month's target."),
        (0.79, "79% likely to reach the month's target."),
        (0.60, "60% likely to reach the month's target."),
        (0.59, "59% likely to reach the month's target: it needs ¥1,000 a day for 16 days."),
        (0.41, "41% likely to reach the month's target: it needs ¥1,000 a day for 16 days."),
        (0.39, "39% likely to reach the month's target: it needs ¥1,000 a day for 16 days."),
        (0.21, "21% likely to reach the month's target: it needs ¥1,000 a day for 16 days."),
        (0.19, "19% likely to reach the month's target: it needs ¥1,000 a day for 16 days."),
        (0.001, "The month's target is practically out of reach: it needs ¥1,000 a day for 16 days."),
        (None, "¥1,000 needed per day from now on."),
    ],
)
def test_the_outlook_says_as_much_as_the_chance_carries(chance: float | None, said: str) -> None:
    assert text(findings.outlook(month(chance=chance))) == said


def test_a_month_that_is_made_or_over_has_no_odds() -> None:
    assert text(findings.outlook(month(required=0.0))) == "The month's target is already reached."
    assert text(findings.outlook(month(day=LAST, achieved=30_000.0))) == "The target of 2026-06 is reached."
    missed = findings.outlook(month(day=LAST, achieved=29_999.0))
    assert text(missed) == "The target of 2026-06 was missed by ¥1."


@pytest.mark.parametrize(
    ("chance", "said"), [(0.995, "over 99%"), (0.994, "99%"), (0.005, "under 1%"), (0.006, "1%")]
)
def test_a_chance_is_never_0_or_100_percent(chance: float, said: str) -> None:
    assert text(findings.chance_words(chance)) == said


@pytest.mark.parametrize(
    ("share", "said"),
    [(None, "—"), (0.994, "99%"), (0.995, "99.5%"), (0.9996, "99.9%"), (1.0, "100%"), (1.004, "100%")],
)
def test_a_share_that_misses_never_reads_100_percent(share: float | None, said: str) -> None:
    assert text(findings.share_words(share)) == said


@pytest.mark.parametrize(
    ("chance", "required", "level"),
    [
        (0.60, 1.0, "good"),
        (0.59, 1.5, "watch"),
        (0.21, 1.5, "watch"),
        (0.19, 1.05, "act"),
        (0.19, 1.04, "watch"),
        (None, 1.5, "info"),
    ],
)
def test_the_month_is_urgent_when_it_is_likely_missed_by_far(
    chance: float | None, required: float, level: str
) -> None:
    assert findings.month_level(month(chance=chance, required=required)) == level


def test_a_month_that_is_over_was_made_or_missed() -> None:
    assert findings.month_level(month(day=LAST, achieved=30_000.0)) == "good"
    assert findings.month_level(month(day=LAST, achieved=29_999.0)) == "watch"


def asked(found: Finding[Words]) -> list[tuple[str, str | None, float | None]]:
    return [(one.role, one.due, one.expected) for one in found.proposals]


def test_what_is_asked_grows_with_the_miss() -> None:
    plan = ("operator", "2026-06-16", 1000)
    assert asked(findings.month_finding(month(chance=0.60, forecast=29_500.0))) == []
    assert asked(findings.month_finding(month(chance=0.59, forecast=29_500.0))) == [plan]
    assert asked(findings.month_finding(month(chance=0.19, forecast=29_500.0))) == [
        plan,
        ("owner", "2026-06-16", None),
    ]
    assert asked(findings.month_finding(month(chance=0.59, forecast=30_000.0))) == [], "nothing is missing"
    assert asked(findings.month_finding(month(day=LAST, chance=0.1, forecast=20_000.0))) == []
    first = findings.month_finding(month(chance=0.3, forecast=29_500.0)).proposals[0]
    assert "how to make up the missing ¥500" in text(first.text)


@pytest.mark.parametrize(
    ("given", "impact"),
    [
        (
            {"forecast": 28_000.0, "low": 27_000.0, "high": 29_000.0},
            Impact(2000, "once", low=1000, high=3000),
        ),
        ({"forecast": 29_500.0, "low": 28_500.0, "high": 30_500.0}, Impact(500, "once", low=0, high=1500)),
        ({"forecast": 29_500.0, "low": None, "high": None}, Impact(500, "once")),
        ({"forecast": 30_000.0}, None),
        ({"forecast": None, "chance": None, "low": None, "high": None}, None),
        ({"day": LAST, "achieved": 29_000.0, "forecast": None}, Impact(1000, "once")),
        ({"day": LAST, "achieved": 30_000.0, "forecast": None}, None),
    ],
)
def test_what_the_month_falls_short_by_is_at_stake(given: dict[str, float], impact: Impact | None) -> None:
    found = findings.month_finding(month(**given))  # type: ignore[arg-type]
    assert (found.key, found.kind) == ("target/month", "month")
    assert found.impact == impact


def test_the_month_is_said_with_as_much_as_is_known() -> None:
    whole = text(findings.month_finding(month()).text)
    assert whole == (
        "2026-06: ¥14,000 of ¥30,000 so far, 16 days left; month-end forecast ¥30,000 (¥29,000 to ¥31,000), "
        "¥1,000 needed per day."
    )
    assert text(findings.month_finding(month(low=None)).text) == (
        "2026-06: ¥14,000 of ¥30,000 so far, 16 days left; ¥1,000 needed per day."
    )
    assert text(findings.month_finding(month(day=LAST, achieved=29_000.0)).text) == (
        "2026-06: ¥29,000 of ¥30,000; the month is over."
    )


SWING = normal_quantile(0.9) * 0.1 * 1000


@pytest.mark.parametrize(
    ("sold", "sd", "level", "said", "at_stake"),
    [
        (1000.0, 0.1, "good", "reached.", None),
        (1000.0 + SWING - 1, 0.1, "good", "reached.", None),
        (1000.0 + SWING + 1, 0.1, "good", "Find out what was done well", None),
        (1500.0, None, "good", "reached.", None),
        (1000.0 - SWING + 1, 0.1, "info", "within the usual range of ±13%.", None),
        (1000.0 - SWING - 1, 0.1, "watch", "outside the usual range of ±13%.", SWING + 1),
        (990.0, None, "info", "too little history to say what is usual.", 10.0),
    ],
)
def test_yesterday_is_an_event_only_beyond_its_swing(
    sold: float, sd: float | None, level: str, said: str, at_stake: float | None
) -> None:
    found = findings.day_finding(month(sold=sold, sd=sd))
    assert (found.key, found.kind, found.level) == ("target/yesterday", "yesterday", level)
    assert said in text(found.text)
    assert (found.impact is None) == (at_stake is None)
    if found.impact is not None:
        assert found.impact.yuan == pytest.approx(at_stake)
        assert found.impact.per == "once"


def limits(one: DayInMonth) -> list[str]:
    return [text(limit) for limit in findings.limits(one)]


def test_each_limit_is_said_only_where_it_holds() -> None:
    assert limits(month(chance=None)) == []
    assert [limit[:32] for limit in limits(month())] == ["The forecast continues the level"]
    assert limits(month(chance=None, learnt=False)) == [
        "Less than two usual weeks of history: the target is spread evenly over the weekdays."
    ]
    assert limits(month(chance=None, unsized=(date(2026, 6, 18), date(2026, 6, 20)))) == [
        (
            "These days are in the calendar without a multiplier, so their target is that of a "
            "usual weekday: 18 Jun, 20 Jun."
        )
    ]
    holed = month(chance=None)
    del holed.sales[date(2026, 6, 5)]  # type: ignore[attr-defined]
    assert limits(holed) == [
        ("1 day of the month is missing. It was not counted as 0 but at the pace of the other days: 5 Jun.")
    ]


def test_under_seven_days_of_sales_give_no_chance() -> None:
    sixth, seventh = JUNE[5], JUNE[6]
    assert limits(month(day=sixth, days=6, chance=None, sd=None)) == [
        "Only 6 days of sales so far: too little to say how likely the month's target is."
    ]
    assert limits(month(day=seventh, days=7, chance=None, sd=None)) == []
    assert limits(month(day=sixth, days=6, chance=None)) == []
    assert limits(month(day=JUNE[0], days=1, chance=None, sd=None)) == [
        "Only 1 day of sales so far: too little to say how likely the month's target is."
    ]


def after_a_campaign(sold: float) -> DayInMonth:
    """Return a day in the dip after 618, planned at 1,000 like any other; such days bring about 714."""
    calendar = (
        festival(date(2026, 6, 10), multiplier=4.0),
        festival(date(2026, 6, 11), date(2026, 6, 20), 0.7, "after"),
    )
    days = {SUNDAY - timedelta(days=n): 1000.0 + 20 * (n % 3) for n in range(80)}
    days |= {date(2026, 6, 10): 4000.0, SUNDAY: sold}
    plan = MonthPlan(30_000.0, dict.fromkeys(JUNE, 1000), learnt=True, unsized=(), factors=(1.0,) * 7)
    pace = RunRate(14_000.0, 14_000.0, 1.0, 0, 1.0, 1.0, 30_000.0, 500.0, 0.5, 29_000.0, 31_000.0)
    return DayInMonth(SUNDAY, days, plan, pace, Spread(0.1, 0.0, 56), shop(calendar=calendar))


def test_days_after_a_campaign_bring_less_and_that_is_said() -> None:
    found = findings.day_finding(after_a_campaign(700.0))
    assert found.level == "info"
    assert "A usual day after 618 is ¥714; the day's target was set too high." in text(found.text)
    assert found.impact == Impact(300.0, "once")


def test_less_than_even_such_days_bring_is_not_laid_on_the_plan() -> None:
    found = findings.day_finding(after_a_campaign(450.0))
    assert found.level == "watch"
    assert "outside the usual range" in text(found.text)
    assert found.impact == Impact(550.0, "once")


def test_a_plan_that_asks_what_such_days_bring_does_not_ask_more() -> None:
    found = findings.day_finding(month(sold=700.0))
    assert found.level == "watch"
    assert "set too high" not in text(found.text)
