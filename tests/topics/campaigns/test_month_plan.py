"""The month to come: what needs no plan is left alone, what lacks is named with its days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.answers.answer import Answer, Table
from core.exports.kinds.ads import Ads
from core.exports.kinds.items import Items
from core.exports.kinds.search_terms import SearchTerms
from core.exports.kinds.shop_day import ShopDay
from core.measures.order_value import RefundShares, ShopRefunds
from core.records.month import CampaignResult
from core.records.records import CampaignEntry, Records
from core.records.team import NewItem
from core.shop.settings import AdSettings, CalendarDay, Shop
from core.topics.campaigns import month_plan
from core.topics.campaigns.month_ahead.forecast import month_ahead
from tests.topics.recorded import typed
from tests.topics.tables import festival, hero, of_rows, shop, told_by, usual_shop

plan_month = told_by(month_plan.plan)

FIRST = date(2026, 7, 1)
LAST = date(2026, 6, 30)


def july(target: float | None = 180_000.0, **settings: object) -> Shop:
    """Return a shop whose July target is what a usual July brings (31 days of about 6,000)."""
    return shop(targets={} if target is None else {"2026-07": target}, **settings)


def plan(july_shop: Shop, **reads: object) -> Answer:
    days = reads.pop("days", usual_shop(last=LAST))
    return plan_month(days, **reads, shop=july_shop, today=FIRST)  # type: ignore[arg-type]


def found(answer: Answer, key: str) -> str:
    return next((f"{one.level}: {one.text}" for one in answer.findings if one.key == key), "")


def campaign(name: str, start: date, days: int = 3, discount: str = "8折") -> CampaignEntry:
    return CampaignEntry(
        name=name, kind="own", start=start, end=start + timedelta(days=days - 1), discount=discount
    )


def test_a_target_the_shop_brings_anyway_needs_nothing_new() -> None:
    answer = plan(july(170_000.0))
    assert answer.verdict.level == "good"
    assert found(answer, "month_plan/target").startswith("good")
    assert not next(one for one in answer.findings if one.key == "month_plan/target").proposals


def test_a_month_full_of_campaigns_gets_none_added() -> None:
    starts = [date(2026, 7, day) for day in (2, 10, 18, 26)]
    answer = plan(july(), entries=typed(*((LAST, campaign(f"第{n}场", day)) for n, day in enumerate(starts))))
    assert found(answer, "month_plan/campaigns").startswith("good")


def test_room_is_only_named_a_week_away_from_any_other() -> None:
    answer = plan(july(), entries=typed((LAST, campaign("上新", date(2026, 7, 14)))))
    text = found(answer, "month_plan/campaigns")
    assert "1 of 4" in text
    assert "24 Jul to 26 Jul" in text


def day_targets(answer: Answer) -> int:
    table = next(one for one in answer.evidence if isinstance(one, Table))
    return sum(row[2] for row in table.rows if isinstance(row[2], int))


def test_the_days_add_up_to_the_month() -> None:
    answer = plan(july(181_003.0))
    table = next(one for one in answer.evidence if isinstance(one, Table))
    assert len(table.rows) == 31
    assert day_targets(answer) == 181_003


def test_a_gap_is_said_in_yuan_with_a_range_and_an_owner() -> None:
    answer = plan(july(260_000.0))
    assert answer.verdict.level == "act"
    assert "ordinary days bring" in answer.verdict.text
    target = next(one for one in answer.findings if one.key == "month_plan/target")
    assert "ordinary days bring ¥185,000 (80% range:" in target.text
    assert [one.role for one in target.proposals] == ["operator", "owner"]


def test_without_a_target_one_is_asked_for() -> None:
    answer = plan(july(None))
    assert answer.verdict.level == "act"
    assert "no target" in answer.verdict.text
    assert not any(isinstance(one, Table) for one in answer.evidence)


def test_a_net_target_is_planned_as_the_paid_sales_it_takes() -> None:
    """90,000 after half is refunded are 180,000 paid, which is what July brings anyway."""
    half = ShopRefunds(RefundShares(0.3, 0.2), {}, "list")
    answer = plan(july(None, targets_net={"2026-07": 90_000.0}), refunds=half)
    assert "no target" not in answer.verdict.text
    assert day_targets(answer) == 180_000
    limit = "The net target of ¥90,000 takes about ¥180,000 of paid sales at the usual refund rate of 50%"
    assert any(one.startswith(limit) for one in answer.limits)
    paid = plan(july(170_000.0, targets_net={"2026-07": 90_000.0}), refunds=half)
    assert day_targets(paid) == 170_000
    assert not any("net target" in one for one in paid.limits)
    assert "no target" in plan(july(None, targets_net={"2026-07": 90_000.0})).verdict.text
    gone = ShopRefunds(RefundShares(0.5, 0.5), {}, "list")
    assert "no target" in plan(july(None, targets_net={"2026-07": 90_000.0}), refunds=gone).verdict.text


def test_a_week_of_history_makes_no_call() -> None:
    answer = plan(july(), days=usual_shop(days=7, last=LAST))
    assert answer.verdict.level == "info"
    assert "chance" not in found(answer, "month_plan/target")


def test_no_sales_at_all() -> None:
    assert plan(july(), days=ShopDay(ShopDay.empty())).verdict.level == "nodata"


@pytest.mark.parametrize(
    ("today", "first"),
    [(date(2026, 7, 1), FIRST), (date(2026, 6, 16), FIRST), (date(2026, 6, 15), date(2026, 6, 1)),
     (date(2026, 12, 20), date(2027, 1, 1))],
)  # fmt: skip
def test_in_the_second_half_the_next_month_is_planned(today: date, first: date) -> None:
    assert month_ahead(today) == first


def test_the_platforms_own_day_missing_in_the_calendar() -> None:
    november = shop(targets={"2026-11": 200_000.0})
    days = usual_shop(last=date(2026, 10, 31))
    answer = plan_month(days, shop=november, today=date(2026, 11, 1))
    assert found(answer, "month_plan/calendar/2026-11-11").startswith("watch: 双11")
    known = shop(targets={"2026-11": 200_000.0}, calendar=(festival(date(2026, 11, 11), note="双11"),))
    assert not found(plan_month(days, shop=known, today=date(2026, 11, 1)), "month_plan/calendar/2026-11-11")


def test_a_campaign_in_the_calendar_lifts_what_is_usual() -> None:
    plain = plan(july(260_000.0))
    big = CalendarDay(start=date(2026, 7, 10), end=date(2026, 7, 14), multiplier=4.0, note="年中")
    lifted = plan(july(260_000.0, calendar=(big,)))
    assert plain.verdict.level == "act"
    assert lifted.verdict.level == "good"


def terms(days: int, **rising: float) -> SearchTerms:
    """Return days of four steady terms, and others that bring so many times more in the newer half."""
    rows: list[dict[str, object]] = []
    for back in range(days, 0, -1):
        day = FIRST - timedelta(days=back)
        for n, term in enumerate(("连衣裙", "牛仔裤女", "针织开衫", "半身裙")):
            rows.append(
                {"date": day, "place": "店外-无线", "term": term, "visitors": 100.0 + (back * (n + 3)) % 7}
            )
        for term, times in rising.items():
            visitors = 30.0 * (times if back <= days // 2 else 1.0) + back % 3
            rows.append({"date": day, "place": "店外-无线", "term": term, "visitors": visitors})
    return of_rows(SearchTerms, rows)


def test_steady_search_is_left_alone() -> None:
    answer = plan(july(), search_terms=terms(28, 防晒衣=1.0))
    assert not found(answer, "month_plan/rising")
    assert "No search term changed beyond chance in" in found(answer, "month_plan/search")


def test_a_week_of_search_terms_says_nothing() -> None:
    answer = plan(july(), search_terms=terms(7, 防晒衣=3.0))
    assert not found(answer, "month_plan/rising")
    assert any("Too few days of search terms" in one for one in answer.limits)


def test_a_rising_term_no_title_carries_asks_for_an_item() -> None:
    answer = plan(july(), search_terms=terms(28, 防晒衣=2.0))
    assert "防晒衣" in found(answer, "month_plan/rising")
    assert next(one for one in answer.findings if one.key == "month_plan/rising").proposals


def items(**titles: float) -> Items:
    rows: list[dict[str, object]] = [
        {"date": FIRST - timedelta(days=back), "item": name, "title": name, "gmv": gmv, "units": 10.0,
         "visitors": 100.0, "buyers": 9.0}
        for back in range(1, 29) for name, gmv in titles.items()
    ]  # fmt: skip
    return of_rows(Items, rows)


def test_a_rising_term_that_a_title_carries_needs_no_item() -> None:
    answer = plan(july(), search_terms=terms(28, 防晒衣=2.0), items=items(夏季防晒衣女薄款=1000.0))
    assert found(answer, "month_plan/rising").startswith("good")


def test_a_month_that_hangs_on_one_hero() -> None:
    spread = plan(july(items=(hero("a", "甲"),)), items=items(a=1000.0, b=900.0, c=900.0))
    heavy = plan(july(items=(hero("a", "甲"),)), items=items(a=9000.0, b=900.0))
    assert found(spread, "month_plan/heroes").startswith("info")
    assert found(heavy, "month_plan/heroes").startswith("watch: 甲 bring")


def ads(a_day: float) -> Ads:
    return of_rows(
        Ads,
        [
            {"date": FIRST - timedelta(days=n), "report": "plan", "scene": "关键词推广", "cost": a_day}
            for n in range(1, 29)
        ],
    )


def test_a_daily_budget_that_is_enough_is_not_mentioned() -> None:
    answer = plan(july(ads=AdSettings(daily_budget=2000.0)), ads=ads(500.0))
    assert found(answer, "month_plan/budget").startswith("info")
    assert not found(answer, "month_plan/budget_days")


def test_the_day_the_daily_budget_is_too_small_for() -> None:
    calendar = (festival(date(2026, 7, 18), multiplier=4.0, note="年中"),)
    answer = plan(july(ads=AdSettings(daily_budget=900.0), calendar=calendar), ads=ads(500.0))
    assert (
        "On 1 day, the daily ad limit of ¥900 is too low for the usual share of sales that goes into ads; "
        "Sat 18 Jul"
    ) in found(answer, "month_plan/budget_days")


def test_arrivals_and_last_lessons_are_brought_up() -> None:
    coming: Records[NewItem] = typed(
        (LAST, NewItem(item="亚麻衬衫", listed=date(2026, 7, 9), state="pictures"))
    )
    results: Records[CampaignResult] = typed(
        (LAST, CampaignResult(name="618", uplift=90_000.0, profit=-4_000.0, lesson="少给满减"))
    )
    answer = plan(july(), coming=coming, results=results)
    assert "亚麻衬衫 (9 Jul)" in found(answer, "month_plan/arrivals")
    assert found(answer, "month_plan/lesson/618").startswith("watch")
    assert "少给满减" in found(answer, "month_plan/lesson/618")


def test_sentences_fit_their_line() -> None:
    for target in (None, 100_000.0, 190_000.0, 400_000.0):
        text = plan(july(target)).verdict.text
        assert len(text) <= 110
        assert "nan" not in text
