"""Days the files do not reach, or were looked at by too few, are unknown: never nothing, never a cause."""

from __future__ import annotations

from datetime import date, timedelta

from core.answers.answer import Answer
from core.exports.kinds.ads import Ads
from core.exports.kinds.items import Items
from core.exports.kinds.orders import Orders
from core.exports.kinds.service import Service
from core.exports.kinds.stock import Stock
from core.journal.projections import Past
from core.records.records import Check, Records
from core.records.team import WakeUp
from core.shop.settings import AdSettings as Account
from core.topics.checks import checks
from core.topics.customers import members
from core.topics.sales import target
from core.topics.stock import stock
from core.topics.team import standup
from tests.topics.recorded import typed
from tests.topics.tables import MONDAY, SUNDAY, of_rows, shop, told, told_by, usual_shop

LATER = MONDAY + timedelta(days=15)
WEEK_AGO = LATER - timedelta(days=7)


def said(answer: Answer) -> str:
    return " ".join([answer.verdict.text, *(one.text for one in answer.findings), *answer.limits])


# ---- ad balance


def spent(a_day: float, last: date = SUNDAY) -> Ads:
    return of_rows(
        Ads,
        [
            {"date": last - timedelta(days=n), "report": "plan", "scene": "关键词推广", "cost": a_day}
            for n in range(14)
        ],
    )


def test_a_balance_written_down_later_is_not_known_yet() -> None:
    rich = shop(ads=Account(balance=860, balance_on=MONDAY + timedelta(days=40), daily_budget=4500))
    answer = told_by(checks.due)(None, spent(3900), shop=rich, today=MONDAY)
    assert "¥860" not in said(answer)
    assert [one.level for one in answer.findings if one.key == "checks/balance"] == ["watch"]


def test_days_without_ad_costs_are_taken_at_the_usual_cost() -> None:
    """12,000 on Sunday evening, 4,000 a day; the costs of Monday and Tuesday are not imported yet."""
    full = shop(ads=Account(balance=12_000, balance_on=SUNDAY))
    answer = told_by(checks.due)(None, spent(4000), shop=full, today=MONDAY + timedelta(days=2))
    found = next(one for one in answer.findings if one.key == "checks/balance")
    assert found.level == "act"
    assert "The ad balance is ¥4,000 and a day of ads costs ¥4,000" in found.text
    assert any("2 days" in limit and "not imported" in limit for limit in answer.limits)


def test_a_balance_typed_in_the_morning_has_paid_for_the_rest_of_that_day() -> None:
    """Typed on Sunday at nine; the file knows Sunday's whole cost of 4,000."""
    answer = told_by(checks.due)(
        typed((SUNDAY, Check(name="ads_balance", value=8_000))), spent(4000), shop=shop(), today=MONDAY
    )
    found = next(one for one in answer.findings if one.key == "checks/balance")
    assert "¥5,500" in found.text


def test_the_meeting_knows_no_balance_of_a_later_day() -> None:
    poor = shop(ads=Account(balance=120.0, balance_on=MONDAY + timedelta(days=3), daily_budget=400.0))
    answer = told(standup.agenda(Past(MONDAY), usual_shop(ads_keyword=400.0), shop=poor, today=MONDAY))
    assert "120" not in said(answer)


# ---- stock


def sold(a_day: float) -> Items:
    rows: list[dict[str, object]] = [
        {
            "date": SUNDAY - timedelta(days=n),
            "item": "coat",
            "title": "coat",
            "units": a_day,
            "gmv": a_day * 100,
        }
        for n in range(35)
    ]
    return of_rows(Items, rows)


def test_unknown_sales_since_the_count_are_not_taken_for_no_sales() -> None:
    """120 counted a week ago, 10 a day, nobody imported sales for the days since."""
    counted = of_rows(
        Stock, [{"date": WEEK_AGO, "item": "coat", "title": "coat", "sku": "coat-1", "on_hand": 120}]
    )
    answer = told_by(stock.cover)(counted, sold(10), shop=shop(lead_days=10), today=LATER)
    assert "coat has 6 days of cover" in answer.verdict.text
    assert any("6 days of sales" in limit and "usual sales are assumed" in limit for limit in answer.limits)


def test_a_shelf_is_not_called_empty_by_a_guess() -> None:
    counted = of_rows(
        Stock, [{"date": WEEK_AGO, "item": "coat", "title": "coat", "sku": "coat-1", "on_hand": 60}]
    )
    answer = told_by(stock.cover)(counted, sold(10), shop=shop(lead_days=10), today=LATER)
    assert answer.verdict.level == "act"
    assert "is sold out" not in said(answer)


# ---- buyers


def test_buyers_are_followed_only_as_far_as_the_orders_reach() -> None:
    """40 buyers of 70 days ago, half came back; 400 of 50 days ago; then two weeks without any file."""
    rows: list[dict[str, object]] = []
    bought = [(f"a{n}", 70) for n in range(40)] + [(f"a{n}", 40) for n in range(20)]
    for number, (buyer, back) in enumerate([*bought, *((f"b{n}", 50) for n in range(400)), ("z", 1)]):
        day = MONDAY - timedelta(days=back)
        rows.append(
            {"order": str(number), "date": day, "paid": f"{day} 10:00", "amount": 100.0, "buyer": buyer}
        )
    none: Records[WakeUp] = Records()
    answer = told_by(members.returning_buyers)(of_rows(Orders, rows), none, shop=shop(), today=LATER)
    assert answer.verdict.text.startswith("50.0% of buyers buy again within 60 days")
    assert any("14 Jun" in limit for limit in answer.limits)


# ---- a rate of few


def test_a_service_rate_of_few_inquiries_is_no_cause() -> None:
    """Steady days of 40 inquiries at about 50 %, then 26 of 40: that comes by chance."""
    rows: list[dict[str, object]] = [
        {
            "date": SUNDAY - timedelta(days=n),
            "agent": "小林",
            "inquiries": 40,
            "converted": 26 if n == 0 else 20 + n % 2,
            "benchmark": None,
        }
        for n in range(40)
    ]
    answer = told(target.reached(usual_shop(), service=of_rows(Service, rows), shop=shop(), today=MONDAY))
    assert not [one for one in answer.findings if one.key == "target/cause/service"]


# ---- the month


def test_a_month_missed_by_little_says_by_how_much() -> None:
    days = usual_shop()
    made = float(days.frame[days.frame["date"].dt.month == 5]["gmv"].sum())
    near = shop(targets={"2026-05": made + 700})
    answer = told(target.reached(days, shop=near, today=date(2026, 6, 1)))
    assert "missed by ¥700" in answer.verdict.text
