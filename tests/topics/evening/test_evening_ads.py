"""Tonight's ads: leaving them is the usual answer; four gates before anything is added."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.answers.answer import Answer
from core.exports.kinds.ads import Ads
from core.records.evening import DayNow
from core.records.records import Check, Records
from core.shop.settings import Ads as Account
from core.topics.evening import evening_ads
from tests.topics.evenings import at, days_by_hour, moment
from tests.topics.tables import MONDAY, of_rows, shop, told_by

tonight = told_by(evening_ads.tonight)


def reported(roi: float = 8.0) -> Ads:
    """Return 28 days of 1,200 clicks, 2,400 yuan and 48 orders a day at this ROI."""
    rows: list[dict[str, object]] = [
        {
            "date": MONDAY - timedelta(days=back),
            "report": "item",
            "scene": "关键词推广",
            "plan_id": "1",
            "item": "9",
            "clicks": 1200,
            "cost": 2400,
            "orders": 48,
            "gmv": 2400 * roi,
        }
        for back in range(28, 0, -1)
    ]
    return of_rows(Ads, rows)


def asked(
    typed: Records[DayNow],
    ads: Ads | None = None,
    checks: Records[Check] | None = None,
    clock: str = "20:05",
    **settings: object,
) -> Answer:
    given: dict[str, object] = {"margin": 0.4, "ads": Account(daily_budget=2400.0), **settings}
    return tonight(
        typed,
        checks or Records(),
        days_by_hour(),
        reported() if ads is None else ads,
        shop=shop(**given),
        today=MONDAY,
        now=moment(clock),
    )


def now(
    spent: float, orders: int | None = 60, clicks: int = 1500, gmv: float | None = None
) -> Records[DayNow]:
    return at("20:02", DayNow(at="20:00", spent=spent, clicks=clicks, ad_orders=orders, ad_gmv=gmv))


def test_without_todays_figures_it_asks_and_says_from_where_it_would_matter() -> None:
    answer = asked(Records())
    assert answer.verdict.level == "nodata"
    assert "¥2,000 by 20:0" in answer.verdict.text.replace("¥2,010", "¥2,000")


def test_a_budget_that_lasts_is_left_alone_however_good_the_roi() -> None:
    answer = asked(now(1900.0, orders=300, gmv=60_000.0))
    assert answer.verdict.text.startswith("Leave it: ¥1,900 by 20:00 heads for ¥2,280 of ¥2,400")
    assert answer.verdict.level == "good"
    assert not any(finding.proposals for finding in answer.findings)


def test_clicks_without_typed_orders_are_no_call() -> None:
    assert "no call" in asked(now(2300.0, orders=None)).verdict.text


def test_under_thirty_clicks_are_no_call() -> None:
    assert "too few for a call" in asked(now(2300.0, orders=5, clicks=20)).verdict.text


def test_the_next_yuan_decides_not_the_average() -> None:
    answer = asked(now(2300.0, orders=30), reported(roi=3.0))
    assert answer.verdict.level == "info"
    assert "Leave it" in answer.verdict.text
    assert "needed" in answer.verdict.text


def test_it_adds_what_lacks_and_at_most_a_fifth() -> None:
    answer = asked(now(2300.0))
    assert answer.verdict.level == "act"
    (ask,) = next(finding for finding in answer.findings if finding.key == "evening_ads/raise").proposals
    assert "Raise today's budget by ¥360" in ask.text
    assert ask.due == MONDAY.isoformat()
    assert "by ¥480" in " ".join(
        one.text for finding in asked(now(2390.0 * 1.1)).findings for one in finding.proposals
    )


def test_late_in_the_evening_nothing_is_added() -> None:
    typed = at("22:40", DayNow(spent=2380.0, clicks=1500, ad_orders=60))
    late = asked(typed, clock="22:45", ads=None)
    assert "Add" not in late.verdict.text


def test_a_young_roi_is_said_to_be_young() -> None:
    answer = asked(now(1900.0, gmv=1900.0 * 2.1))
    young = next(finding for finding in answer.findings if finding.key == "evening_ads/young")
    assert "2.10" in young.text
    assert "3.00" in young.text


def test_a_balance_that_does_not_last_the_evening_is_urgent_and_an_old_one_is_not_believed() -> None:
    known = at("10:09", Check(name="ads_balance", passed=False, value=1000.0))
    answer = asked(now(1900.0), checks=known)
    assert "evening_ads/balance" in {finding.key for finding in answer.findings}
    old = at("10:09", Check(name="ads_balance", value=100.0), day=MONDAY - timedelta(days=4))
    assert "evening_ads/balance" not in {finding.key for finding in asked(now(1900.0), checks=old).findings}


def test_far_less_spent_than_usual_asks_what_stopped() -> None:
    answer = asked(now(600.0))
    assert "evening_ads/stopped" in {finding.key for finding in answer.findings}


@pytest.mark.parametrize("written", ["20:30", "20：30", "20点30", "20点30分"])
def test_the_hour_is_read_as_people_write_it(written: str) -> None:
    answer = asked(at("21:00", DayNow(at=written, spent=1900.0)), clock="21:05")
    assert "by 20:30" in answer.verdict.text
