"""The key figures say how much, against what, and no more than one day can tell."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from core.answers.answer import About, Answer, Finding, Series, Table, Verdict
from core.answers.answer_codec import rendered
from core.answers.incidents import Incidents
from core.answers.key_figures import COLUMNS
from core.exports.kinds.ads import Ads
from core.language.message import Words
from core.shop.settings import AdSettings, Shop
from core.topics.team.key_figures import key_figures
from tests.topics.tables import MONDAY, SUNDAY, festival, of_rows, shop, usual_shop


def shown(
    own: Shop,
    changes: Mapping[date, Mapping[str, float | None]] | None = None,
    found: Incidents | None = None,
    ads: Ads | None = None,
) -> Answer:
    frames = {"shop_day": usual_shop(changes=changes).frame}
    if ads is not None:
        frames["ads"] = ads.frame
    evidence = key_figures(frames, own, MONDAY, found)
    return rendered(Answer(Verdict("info", "x"), evidence=evidence))


def rows(answer: Answer) -> dict[str, dict[str, object]]:
    table = next(one for one in answer.evidence if isinstance(one, Table))
    return {str(row[0]): dict(zip(COLUMNS, row, strict=True)) for row in table.rows}


def incident(metric: str) -> Incidents:
    told: Finding[Words] = Finding("incidents/x", "watch", "x", kind="x", about=About(metric=metric))
    return Incidents(Answer(Verdict("watch", "x"), (told,)))


def test_a_day_like_any_other_is_reached_or_usual_and_nothing_is_called_high_or_low() -> None:
    found = rows(shown(shop()))
    assert list(found) == ["Sales", "Visitors", "Conversion", "Order value"]
    assert {row["state"] for row in found.values()} <= {"reached", "usual"}
    assert found["Sales"]["seen"] == "¥6,000"
    assert found["Sales"]["share"] == pytest.approx(1.0, abs=0.1)


def test_half_the_sales_missed_the_target_but_visitors_are_low_only_where_an_incident_says_so() -> None:
    half = {SUNDAY: {"gmv": 3000.0, "visitors": 500.0, "buyers": 15.0}}
    found = rows(shown(shop(targets={}), half))
    assert found["Visitors"]["state"] == "usual"
    assert found["Sales"]["state"] == "usual", "without a target a single day is not called anything"
    assert rows(shown(shop(), half))["Sales"]["state"] == "missed"
    called = rows(shown(shop(targets={}), half, incident("visitors")))
    assert called["Visitors"]["state"] == "low"
    assert called["Conversion"]["state"] == "usual"


def test_the_week_before_is_not_compared_with_a_festival() -> None:
    plain = rows(shown(shop()))["Sales"]
    assert plain["comparable"] == "yes"
    week_before = SUNDAY - timedelta(7)
    special = rows(shown(shop(calendar=(festival(week_before),))))["Sales"]
    assert special["comparable"] == "no"
    assert special["week_before"] == plain["week_before"]


def test_the_ad_budget_is_a_limit_and_not_a_goal() -> None:
    days = [{"date": SUNDAY - timedelta(n), "item": "1", "cost": 90.0, "gmv": 300.0} for n in range(20)]
    ads = of_rows(Ads, days)
    within = rows(shown(shop(ads=AdSettings(daily_budget=100.0)), ads=ads))["Ad spend"]
    assert (within["state"], within["share"]) == ("within", 0.9)
    assert rows(shown(shop(ads=AdSettings(daily_budget=80.0)), ads=ads))["Ad spend"]["state"] == "over"
    rush = shop(ads=AdSettings(daily_budget=80.0), calendar=(festival(SUNDAY),))
    assert rows(shown(rush, ads=ads))["Ad spend"]["aim"] == "—", "a campaign day has a budget of its own"


def test_nothing_is_shown_of_a_shop_whose_last_days_are_missing() -> None:
    late = MONDAY + timedelta(3)
    assert key_figures({"shop_day": usual_shop().frame}, shop(), late, None) == ()
    assert key_figures({}, shop(), MONDAY, None) == ()


def test_thirty_days_of_sales_come_with_their_targets_and_the_festivals_between() -> None:
    first = SUNDAY - timedelta(10)
    answer = shown(shop(calendar=(festival(first, first + timedelta(2)),)))
    sales = next(one for one in answer.evidence if isinstance(one, Series))
    assert len(sales.dates) == len(sales.values) == len(sales.targets) == len(sales.low) == 30
    assert sales.dates[-1] == SUNDAY.isoformat()
    assert [(mark.date, mark.text) for mark in sales.marks] == [(first.isoformat(), "618")]
    june = [aim for day, aim in zip(sales.dates, sales.targets, strict=True) if day >= "2026-06"]
    assert all(aim is not None for aim in june)
    assert all(aim is None for day, aim in zip(sales.dates, sales.targets, strict=True) if day < "2026-06")
    low, high, aim = sales.low[-1], sales.high[-1], sales.targets[-1]
    assert low is not None and high is not None and aim is not None  # noqa: PT018
    assert low < aim < high
