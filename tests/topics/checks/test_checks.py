"""Ad money, subscriptions, refunds that wait, what is ticked by hand."""

from __future__ import annotations

from datetime import timedelta

from core.answers.answer import Answer
from core.exports.kinds.ads import Ads
from core.exports.kinds.refunds import Refunds
from core.records.records import Check
from core.shop.settings import Ads as Account
from core.shop.settings import Subscription
from core.topics.checks import checks
from tests.topics.recorded import typed
from tests.topics.tables import MONDAY, SUNDAY, of_rows, shop


def spent(a_day: float, days: int = 14) -> Ads:
    """The same cost in both reports, which are never to be added."""
    return of_rows(
        Ads,
        [
            {
                "date": SUNDAY - timedelta(days=n),
                "report": report,
                "scene": "关键词推广",
                "item": "1",
                "cost": a_day,
            }
            for n in range(days)
            for report in ("item", "plan")
        ],
    )


def refunds(*rows: tuple[int, str]) -> Refunds:
    """Refunds of 100 yuan as (days ago, status)."""
    return of_rows(
        Refunds,
        [
            {
                "refund": str(n),
                "date": MONDAY - timedelta(days=ago),
                "status": status,
                "amount": 100.0,
                "closed": str(SUNDAY) if status == "退款成功" else None,
            }
            for n, (ago, status) in enumerate(rows)
        ],
    )


TICKED = typed(
    (MONDAY, Check(name="inbox", passed=True)), (MONDAY, Check(name="ads_balance", value=20_000, passed=True))
)
ASKED = "买家已经申请退款，等待卖家同意"


def keys(answer: Answer, *levels: str) -> list[str]:
    return [one.key for one in answer.findings if one.level in levels]


# ---- left alone


def test_everything_in_order_is_said_so() -> None:
    answer = checks.due(TICKED, spent(1000), refunds((3, "退款成功")), shop=shop(), today=MONDAY)
    assert answer.verdict.level == "good"
    assert keys(answer, "act", "watch") == []


def test_refunds_that_wait_for_the_buyer_are_not_ours() -> None:
    answer = checks.due(
        TICKED, spent(1000), refunds((9, "卖家已经同意退款，等待买家退货")), shop=shop(), today=MONDAY
    )
    assert keys(answer, "act", "watch") == []


def test_a_subscription_far_off_is_silent() -> None:
    far = shop(subscriptions=(Subscription(name="店透视", expires=MONDAY + timedelta(days=30)),))
    assert keys(checks.due(TICKED, spent(1000), shop=far, today=MONDAY), "act", "watch") == []


def test_an_old_failure_is_not_warmed_up() -> None:
    failed = typed(
        (MONDAY - timedelta(days=5), Check(name="直播设备", passed=False)),
        *((row.at.date(), row.value) for row in TICKED),
    )
    assert keys(checks.due(failed, spent(1000), shop=shop(), today=MONDAY), "act") == []


# ---- said


def test_a_balance_for_hours_is_topped_up_before_noon() -> None:
    low = shop(ads=Account(balance=860, balance_on=SUNDAY, daily_budget=4500))
    answer = checks.due(None, spent(3900), shop=low, today=MONDAY)
    assert answer.verdict.level == "act"
    assert "¥860, a day costs ¥3,900: it lasts about 5 hours" in answer.verdict.text
    assert answer.findings[0].proposals[0].due == "2026-06-15"


def test_what_was_spent_since_the_balance_was_typed_is_taken_off() -> None:
    old = typed((MONDAY - timedelta(days=4), Check(name="ads_balance", value=9000)))
    answer = checks.due(old, spent(2000), shop=shop(), today=MONDAY)
    assert keys(answer, "act") == ["checks/balance"]
    assert "¥1,750" in answer.findings[0].text  # three days, and Thursday from nine


def test_a_balance_nobody_typed_is_asked_for() -> None:
    assert keys(checks.due(None, spent(2000), shop=shop(), today=MONDAY), "watch") == ["checks/balance"]


def test_refunds_of_two_days_and_older_come_first() -> None:
    answer = checks.due(
        TICKED, spent(1000), refunds((1, ASKED), (3, ASKED), (5, ASKED)), shop=shop(), today=MONDAY
    )
    found = next(one for one in answer.findings if one.key == "checks/after_sales")
    assert found.level == "act"
    assert "3 refunds wait for us (¥300), the oldest since 10 Jun. 2 are two days old" in found.text


def test_a_subscription_that_ends_this_week_is_to_be_decided() -> None:
    soon = shop(subscriptions=(Subscription(name="市场洞察", expires=MONDAY + timedelta(days=4)),))
    answer = checks.due(TICKED, spent(1000), shop=soon, today=MONDAY)
    assert keys(answer, "watch") == ["checks/expires/市场洞察"]
    assert "in 4 days" in answer.verdict.text


def test_a_failure_ticked_today_becomes_something_to_do() -> None:
    failed = typed(
        (MONDAY, Check(name="直播设备", passed=False, note="灯坏了")),
        *((row.at.date(), row.value) for row in TICKED),
    )
    answer = checks.due(failed, spent(1000), shop=shop(), today=MONDAY)
    assert "灯坏了" in answer.verdict.text


def test_the_inbox_is_ticked_by_hand() -> None:
    assert "checks/inbox" in keys(checks.due(None, spent(1000), shop=shop(), today=MONDAY), "info")
    assert "checks/inbox" not in keys(checks.due(TICKED, spent(1000), shop=shop(), today=MONDAY), "info")
