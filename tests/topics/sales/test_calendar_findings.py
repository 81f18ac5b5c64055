"""Festivals nobody confirmed: asked about, counted with a wider range; and days that sold like one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

import pytest

from core.answers.answer import About, Answer, Finding
from core.measures import baseline
from core.measures.festivals.drafts import drafted
from core.shop.settings import CalendarDay, Shop
from core.topics.campaigns import campaigns
from core.topics.sales import target
from core.topics.sales.month.plan import month_pace, month_plan
from tests.topics.tables import shop, told_by, usual_shop

reached = told_by(target.reached)
progress = told_by(campaigns.progress)
TODAY = date(2026, 12, 4)
YESTERDAY = TODAY - timedelta(days=1)
NEW = shop(targets={"2026-12": 260_000.0})


def of_kind(answer: Answer, kind: str) -> list[Finding]:
    return [one for one in answer.findings if one.kind == kind]


def chance(given: Shop) -> tuple[float, float]:
    days = usual_shop(last=YESTERDAY)
    sales = baseline.column(days.frame, "gmv")
    plan = month_plan(sales, given, YESTERDAY)
    assert plan is not None
    pace, _ = month_pace(sales, given, plan, YESTERDAY)
    assert pace is not None
    assert pace.sd is not None
    assert pace.chance is not None
    return pace.sd, pace.chance


def test_an_unconfirmed_festival_makes_the_chance_less_sure_than_a_confirmed_one() -> None:
    days = usual_shop(last=YESTERDAY)
    draft = drafted(NEW, TODAY, baseline.column(days.frame, "gmv"))
    sure = draft._replace(calendar=tuple(one._replace(state="confirmed") for one in draft.calendar))
    (sd, open_chance), (sd_sure, sure_chance) = chance(draft), chance(sure)
    assert sd > sd_sure
    assert abs(open_chance - 0.5) < abs(sure_chance - 0.5)


def test_the_line_says_why_the_range_is_wider_and_the_festival_is_asked_about() -> None:
    days = usual_shop(last=YESTERDAY)
    draft = drafted(NEW, TODAY, baseline.column(days.frame, "gmv"))
    answer = reached(days, shop=draft, today=TODAY)
    assert any("range wider: Double 12." in line for line in answer.limits), answer.limits
    (asked,) = of_kind(progress(days, shop=draft, today=TODAY), "calendar")
    assert (asked.level, asked.about) == ("watch", About(campaign="双12", day="2026-12-08"))
    assert "Double 12" in asked.text


@pytest.mark.parametrize("state", ["confirmed", "not_for_us"])
def test_a_confirmed_or_declined_festival_is_asked_about_no_more(
    state: Literal["confirmed", "not_for_us"],
) -> None:
    days = usual_shop(last=YESTERDAY)
    row = CalendarDay(date(2026, 12, 10), date(2026, 12, 12), 1.5, note="双12", state=state)
    known = drafted(NEW._replace(calendar=(row,)), TODAY, baseline.column(days.frame, "gmv"))
    answer = reached(days, shop=known, today=TODAY)
    assert not any("Not confirmed" in line for line in answer.limits)
    assert [one.about.campaign for one in of_kind(progress(days, shop=known, today=TODAY), "calendar")] == []


def large_august() -> tuple[Shop, Answer, date]:
    """A shop without a calendar whose 26 to 28 August sold twice the usual."""
    today = date(2026, 8, 29)
    changes: dict[date, dict[str, float | None]] = {
        date(2026, 8, day): {"visitors": 1800, "buyers": 60, "gmv": 13_000} for day in (26, 27, 28)
    }
    days = usual_shop(last=today - timedelta(days=1), changes=changes)
    given = drafted(shop(targets={"2026-08": 190_000.0}), today, baseline.column(days.frame, "gmv"))
    return given, reached(days, shop=given, today=today), today


def test_days_that_sold_like_a_festival_are_asked_about_once_by_its_name() -> None:
    given, answer, _ = large_august()
    (asked,) = of_kind(answer, "festival")
    assert asked.about == About(campaign="新势力周", day="2026-08-26")
    assert "Was it New Fashion Week?" in asked.text
    assert of_kind(answer, "odd_day") == []
    assert not baseline.is_plain(given, date(2026, 8, 27))
