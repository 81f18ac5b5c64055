"""Parcels not picked up, refund-only cases, violations, tax figures, and what is ticked weekly."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.answers.answer import Answer, Finding
from core.exports.kinds.orders import Orders
from core.exports.kinds.refunds import Refunds
from core.exports.kinds.shop_day import ShopDay
from core.records.platform_checks import TaxQuarter, Violation
from core.records.records import Check
from core.topics.checks import checks
from core.topics.checks.pickup import Parcel, due_parcels
from core.topics.checks.tax import quarter_of, tax_check
from tests.topics.recorded import typed
from tests.topics.tables import MONDAY, festival, of_rows, shop, told_by

due = told_by(checks.due)
NOON = datetime(MONDAY.year, MONDAY.month, MONDAY.day, 12)


def of_kind(answer: Answer, kind: str) -> list[Finding]:
    return [one for one in answer.findings if one.kind == kind]


def orders(*rows: tuple[float, float | None]) -> Orders:
    """Orders as (paid so many hours before noon, picked up so many hours after that or not at all)."""
    return of_rows(
        Orders,
        [
            {
                "order": str(n),
                "date": (NOON - timedelta(hours=ago)).date(),
                "paid": NOON - timedelta(hours=ago),
                "created": NOON - timedelta(hours=ago),
                "picked_up": None if after is None else NOON - timedelta(hours=ago - after),
                "status": "卖家已发货，等待买家确认",
            }
            for n, (ago, after) in enumerate(rows)
        ],
    )


# ---- parcels


def test_parcels_picked_up_in_time_are_left_alone() -> None:
    answer = due(orders=orders((0, 0), (60, 20), (70, 30)), shop=shop(), today=MONDAY)
    assert of_kind(answer, "pickup") == []


def test_without_pick_up_times_nothing_is_said_of_them() -> None:
    assert of_kind(due(orders=orders((0, None), (60, None)), shop=shop(), today=MONDAY), "pickup") == []


def test_a_parcel_not_picked_up_after_two_days_is_an_act_and_one_nearly_due_is_named() -> None:
    answer = due(orders=orders((0, 0), (60, None), (40, None), (70, 10)), shop=shop(), today=MONDAY)
    (said,) = of_kind(answer, "pickup")
    assert said.level == "act"
    assert "1 parcel was not picked up within 48 hours after payment" in said.text
    assert "1 parcel must be picked up within 12 hours" in said.text


MOMENTS = st.integers(0, 200)


@given(st.lists(st.tuples(MOMENTS, st.none() | MOMENTS), max_size=20))
def test_each_order_is_in_exactly_one_group_and_what_is_picked_up_is_fine(
    rows: list[tuple[int, int | None]],
) -> None:
    parcels = [
        Parcel(
            str(n),
            NOON - timedelta(hours=ago),
            None if after is None else NOON - timedelta(hours=ago) + timedelta(hours=after),
        )
        for n, (ago, after) in enumerate(rows)
    ]
    found = due_parcels(parcels, NOON)
    assert sorted(found.overdue + found.soon + found.fine) == sorted(one.order for one in parcels)
    assert {one.order for one in parcels if one.picked_up} <= set(found.fine)


# ---- refund-only


def refunds(
    kind: str, status: str = "买家已经申请退款，等待卖家同意", answer_by: datetime | None = None
) -> Refunds:
    return of_rows(
        Refunds,
        [
            {
                "refund": "1",
                "date": MONDAY - timedelta(days=1),
                "status": status,
                "amount": 88.0,
                "kind": kind,
                "answer_by": answer_by,
                "closed": None,
            }
        ],
    )


def test_a_refund_without_a_return_is_said_with_its_hour() -> None:
    tonight = datetime(MONDAY.year, MONDAY.month, MONDAY.day, 22, 30)
    answer = due(refunds=refunds("仅退款", answer_by=tonight), shop=shop(), today=MONDAY)
    (said,) = of_kind(answer, "refund_only")
    assert said.level == "act"
    assert "22:30" in said.text


def test_returns_and_closed_cases_are_no_refund_only_matter() -> None:
    assert of_kind(due(refunds=refunds("退货退款"), shop=shop(), today=MONDAY), "refund_only") == []
    assert of_kind(due(refunds=refunds("仅退款", "退款成功"), shop=shop(), today=MONDAY), "refund_only") == []


# ---- violations


def violation(left: int, **more: object) -> Violation:
    return Violation(name="延迟发货", on=MONDAY, appeal_until=MONDAY + timedelta(days=left), **more)  # type: ignore[arg-type]


def test_an_appeal_that_ends_soon_is_pressing_and_a_withdrawn_violation_is_silent() -> None:
    (soon,) = of_kind(due(violations=typed((MONDAY, violation(1))), shop=shop(), today=MONDAY), "appeal")
    (later,) = of_kind(due(violations=typed((MONDAY, violation(9))), shop=shop(), today=MONDAY), "appeal")
    assert (soon.level, later.level) == ("act", "info")
    gone = typed((MONDAY, violation(1)), (MONDAY, violation(1, state="withdrawn")))
    assert of_kind(due(violations=gone, shop=shop(), today=MONDAY), "appeal") == []


def test_points_count_until_they_expire() -> None:
    held = typed((MONDAY, violation(-5, points=2.0, expires=date(2026, 12, 31))))
    (said,) = of_kind(due(violations=held, shop=shop(), today=MONDAY), "points")
    assert "2.0 penalty points" in said.text
    assert of_kind(due(violations=held, shop=shop(), today=date(2027, 1, 1)), "points") == []


# ---- the quarter's tax figures


def first_quarter(paid: float, back: float, days: int = 90) -> ShopDay:
    start = date(2026, 1, 1)
    return of_rows(
        ShopDay,
        [
            {"date": start + timedelta(days=n), "gmv": paid / 90, "refund_amount": back / 90}
            for n in range(days)
        ],
    )


def reported(yuan: float) -> object:
    return typed((MONDAY, TaxQuarter(quarter=date(2026, 2, 1), reported=yuan)))


def test_tax_figures_within_two_percent_are_good_and_beyond_it_go_to_the_owner() -> None:
    days = first_quarter(6_890_000, 3_741_000)
    (good,) = of_kind(due(quarters=reported(3_120_000), days=days, shop=shop(), today=MONDAY), "tax")  # type: ignore[arg-type]
    (off,) = of_kind(due(quarters=reported(3_400_000), days=days, shop=shop(), today=MONDAY), "tax")  # type: ignore[arg-type]
    assert good.level == "good"
    assert (off.level, off.proposals[0].role) == ("watch", "owner")


def test_missing_days_make_no_tax_verdict() -> None:
    days = first_quarter(6_890_000, 3_741_000, days=80)
    (said,) = of_kind(due(quarters=reported(3_120_000), days=days, shop=shop(), today=MONDAY), "tax")  # type: ignore[arg-type]
    assert said.level == "info"
    assert "our own figures of 10 days are missing" in said.text


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_a_quarter_has_its_day_and_three_whole_months(day: date) -> None:
    first, last = quarter_of(day)
    assert first <= day <= last
    assert first.day == 1
    assert (last + timedelta(days=1)).day == 1
    assert 90 <= (last - first).days + 1 <= 92


def test_no_own_income_is_no_comparison() -> None:
    assert tax_check(100.0, 50.0, 60.0) is None


# ---- by hand


def by_hand(today: date, *ticked: tuple[date, str], campaign: bool = False) -> str:
    given = shop(calendar=(festival(today),) if campaign else ())
    names = typed(*((day, Check(name=name, passed=True)) for day, name in ticked))
    return " ".join(one.text for one in of_kind(due(names, shop=given, today=today), "weekly"))


def test_deposit_and_violations_are_ticked_on_mondays_and_violations_daily_in_campaigns() -> None:
    tuesday = MONDAY + timedelta(days=1)
    assert "Deposit and payouts" in by_hand(MONDAY)
    assert "Deposit" not in by_hand(tuesday)
    both = ((MONDAY, "deposit"), (MONDAY, "violations"))
    assert "Deposit" not in by_hand(MONDAY, *both)
    assert "Violations and points" in by_hand(tuesday, *both, campaign=True)
    assert "Violations" not in by_hand(tuesday, *both)
