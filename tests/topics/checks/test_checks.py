"""Ad money, subscriptions, refunds that wait, what is ticked by hand."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.answers.answer import About, Answer, Finding, Table, with_words
from core.answers.answer_codec import encode
from core.exports.kinds.ads import Ads
from core.exports.kinds.refunds import Refunds
from core.language import wording
from core.records.records import Check
from core.shop.settings import AdSettings as Account
from core.shop.settings import Subscription
from core.topics.checks import checks
from tests.topics.recorded import typed
from tests.topics.tables import MONDAY, SUNDAY, of_rows, shop, told_by

due = told_by(checks.due)


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
TICKED_INBOX = typed((MONDAY, Check(name="inbox", passed=True)))
ASKED = "买家已经申请退款，等待卖家同意"


def keys(answer: Answer, *levels: str) -> list[str]:
    return [one.key for one in answer.findings if one.level in levels]


def found(answer: Answer, kind: str) -> list[Finding]:
    return [one for one in answer.findings if one.kind == kind]


def table(answer: Answer, name: str) -> Table:
    return next(one for one in answer.evidence if isinstance(one, Table) and one.name == name)


def balance_for(days: float) -> Answer:
    """A balance of this morning that lasts so many days at 1,000 yuan a day."""
    typed_in = shop(ads=Account(balance=1000 * days, balance_on=SUNDAY))
    return due(TICKED_INBOX, spent(1000), refunds(), shop=typed_in, today=MONDAY)


# ---- left alone


def test_everything_in_order_is_said_so() -> None:
    answer = due(TICKED, spent(1000), refunds((3, "退款成功")), shop=shop(), today=MONDAY)
    assert answer.verdict.level == "good"
    assert keys(answer, "act", "watch") == []


def test_refunds_that_wait_for_the_buyer_are_not_ours() -> None:
    answer = due(
        TICKED, spent(1000), refunds((9, "卖家已经同意退款，等待买家退货")), shop=shop(), today=MONDAY
    )
    assert keys(answer, "act", "watch") == []


def test_a_subscription_far_off_is_silent() -> None:
    far = shop(subscriptions=(Subscription(name="店透视", expires=MONDAY + timedelta(days=30)),))
    assert keys(due(TICKED, spent(1000), shop=far, today=MONDAY), "act", "watch") == []


def test_an_old_failure_is_not_warmed_up() -> None:
    failed = typed(
        (MONDAY - timedelta(days=5), Check(name="直播设备", passed=False)),
        *((row.at.date(), row.value) for row in TICKED),
    )
    assert keys(due(failed, spent(1000), shop=shop(), today=MONDAY), "act") == []


# ---- said


def test_a_balance_for_hours_is_topped_up_before_noon() -> None:
    low = shop(ads=Account(balance=860, balance_on=SUNDAY, daily_budget=4500))
    answer = due(None, spent(3900), shop=low, today=MONDAY)
    assert answer.verdict.level == "act"
    assert "¥860, a day costs ¥3,900: it lasts about 5 hours" in answer.verdict.text
    assert answer.findings[0].proposals[0].due == "2026-06-15"


def test_what_was_spent_since_the_balance_was_typed_is_taken_off() -> None:
    old = typed((MONDAY - timedelta(days=4), Check(name="ads_balance", value=9000)))
    answer = due(old, spent(2000), shop=shop(), today=MONDAY)
    assert keys(answer, "act") == ["checks/balance"]
    assert "¥1,750" in answer.findings[0].text  # three days, and Thursday from nine


def test_a_balance_nobody_typed_is_asked_for() -> None:
    assert keys(due(None, spent(2000), shop=shop(), today=MONDAY), "watch") == ["checks/balance"]


def test_refunds_of_two_days_and_older_come_first() -> None:
    answer = due(TICKED, spent(1000), refunds((1, ASKED), (3, ASKED), (5, ASKED)), shop=shop(), today=MONDAY)
    found = next(one for one in answer.findings if one.key == "checks/after_sales")
    assert found.level == "act"
    assert (
        "3 refunds (¥300) are waiting, the oldest since 10 Jun. Do the 2 of two days and older first."
        in found.text
    )


def test_a_subscription_that_ends_this_week_is_to_be_decided() -> None:
    soon = shop(subscriptions=(Subscription(name="市场洞察", expires=MONDAY + timedelta(days=4)),))
    answer = due(TICKED, spent(1000), shop=soon, today=MONDAY)
    assert keys(answer, "watch") == ["checks/expires/市场洞察"]
    assert "in 4 days" in answer.verdict.text


def test_a_failure_ticked_today_becomes_something_to_do() -> None:
    failed = typed(
        (MONDAY, Check(name="直播设备", passed=False, note="灯坏了")),
        *((row.at.date(), row.value) for row in TICKED),
    )
    answer = due(failed, spent(1000), shop=shop(), today=MONDAY)
    assert "灯坏了" in answer.verdict.text


def test_the_inbox_is_ticked_by_hand() -> None:
    assert "checks/inbox" in keys(due(None, spent(1000), shop=shop(), today=MONDAY), "info")
    assert "checks/inbox" not in keys(due(TICKED, spent(1000), shop=shop(), today=MONDAY), "info")


# ---- both sides of every line


@pytest.mark.parametrize(("days", "level"), [(1.9, "act"), (2.0, "good"), (0.9, "act")])
def test_a_balance_is_low_below_two_days(days: float, level: str) -> None:
    (said,) = found(balance_for(days), "balance")
    assert said.level == level
    assert [(one.deed, one.about) for one in said.proposals] == (
        [("top_up", About())] if level == "act" else []
    )


def test_hours_are_said_below_a_day() -> None:
    assert "about 22 hours" in balance_for(0.9).verdict.text
    assert "about 1.9 days" in balance_for(1.9).verdict.text


def test_an_account_that_must_be_empty_is_called_empty() -> None:
    answer = due(
        TICKED_INBOX,
        spent(1000),
        shop=shop(ads=Account(balance=3000, balance_on=MONDAY - timedelta(days=4))),
        today=MONDAY,
    )
    assert answer.verdict.text.startswith("By the costs since 11 Jun the ad account is empty.")


@pytest.mark.parametrize(("ago", "level"), [(3, "good"), (4, "watch")])
def test_a_balance_is_asked_for_again_after_three_days(ago: int, level: str) -> None:
    old = typed((MONDAY - timedelta(days=ago), Check(name="ads_balance", value=90_000)))
    (said,) = found(due(old, spent(1000), shop=shop(), today=MONDAY), "balance")
    assert said.level == level
    assert ("was typed 4 days ago" in said.text) == (level == "watch")


@pytest.mark.parametrize(
    ("left", "level"), [(-1, "watch"), (0, "act"), (1, "act"), (2, "watch"), (7, "watch")]
)
def test_a_subscription_is_said_a_week_before_its_end(left: int, level: str) -> None:
    ends = shop(subscriptions=(Subscription(name="店透视", expires=MONDAY + timedelta(days=left)),))
    (said,) = found(due(TICKED, spent(1000), shop=ends, today=MONDAY), "expires")
    assert (said.level, said.about) == (level, About(other="店透视"))
    assert [(one.deed, one.about) for one in said.proposals] == [("renew", About(other="店透视"))]
    assert ("ended on" in said.text) == (left < 0)


def test_a_subscription_that_ends_in_eight_days_is_silent() -> None:
    ends = shop(subscriptions=(Subscription(name="店透视", expires=MONDAY + timedelta(days=8)),))
    answer = due(TICKED, spent(1000), shop=ends, today=MONDAY)
    assert not found(answer, "expires")
    assert table(answer, "Subscriptions").rows == (("店透视", "2026-06-23", 8),)


def test_an_end_typed_into_a_check_counts_like_one_of_the_settings() -> None:
    ends = typed((MONDAY, Check(name="赤兔", expires=MONDAY + timedelta(days=3), note="赤兔名品")))
    (said,) = found(due(ends, spent(1000), shop=shop(), today=MONDAY), "expires")
    assert said.about == About(other="赤兔名品")


@pytest.mark.parametrize(("ago", "level"), [(1, "watch"), (2, "act"), (60, "act"), (61, "good")])
def test_a_case_is_urgent_from_two_days_on_and_forgotten_after_sixty(ago: int, level: str) -> None:
    answer = due(TICKED, spent(1000), refunds((ago, ASKED)), shop=shop(), today=MONDAY)
    (said,) = found(answer, "after_sales")
    assert said.level == level
    assert said.impact is None  # a refund that is asked for is no loss by waiting


@pytest.mark.parametrize(("ago", "said"), [(0, 1), (1, 1), (2, 0)])
def test_a_failure_counts_for_two_days(ago: int, said: int) -> None:
    failed = typed((MONDAY - timedelta(days=ago), Check(name="直播设备", passed=False)))
    answer = due(failed, spent(1000), shop=shop(), today=MONDAY)
    assert [one.about for one in found(answer, "failed")] == [About(other="直播设备")] * said


def test_a_failed_check_of_the_program_is_called_by_its_name() -> None:
    failed = typed((MONDAY, Check(name="inbox", passed=False)))
    (said,) = found(due(failed, spent(1000), shop=shop(), today=MONDAY), "failed")
    assert said.text == "Ticked as not all right on 15 Jun: Inbox and platform messages."


def test_a_failed_check_the_data_speak_of_is_not_said_twice() -> None:
    failed = typed((MONDAY, Check(name="after_sales", passed=False)))
    assert not found(due(failed, spent(1000), shop=shop(), today=MONDAY), "failed")


# ---- tables, figures, limits


def test_waiting_cases_are_a_row_for_each_thing_they_wait_for() -> None:
    back, swap = "买家已退货，等待卖家确认收货", "换货中，待商家发货"
    answer = due(
        TICKED, spent(1000), refunds((1, ASKED), (3, ASKED), (2, back), (1, swap)), shop=shop(), today=MONDAY
    )
    assert table(answer, "After-sales").rows == (
        ("answer", 2, 200.0, "2026-06-12", 1),
        ("check", 1, 100.0, "2026-06-13", 1),
        ("send", 1, 100.0, "2026-06-14", 0),
    )
    shown = table(with_words(answer), "After-sales").rows
    assert [row[0] for row in shown] == ["answer the request", "check what came back", "send the exchange"]


def test_checks_ticked_by_hand_show_when() -> None:
    ticked = typed((SUNDAY, Check(name="inbox", passed=True)), (MONDAY, Check(name="直播设备", passed=True)))
    answer = due(ticked, spent(1000), shop=shop(), today=MONDAY)
    assert table(answer, "By hand").rows == (
        ("inbox", "2026-06-14", "open"),
        ("直播设备", "2026-06-15", "ticked"),
    )
    assert table(with_words(answer), "By hand").rows == (
        ("Inbox and platform messages", "2026-06-14", "not yet today"),
        ("直播设备", "2026-06-15", "ticked"),
    )


def test_the_balance_and_the_usual_cost_are_figures() -> None:
    figures = {one.name: one for one in balance_for(5).evidence if one.kind == "number"}
    assert figures["Ad balance now, about"].value == 5000.0
    assert figures["Ad balance now, about"].reference == 2000.0
    assert figures["Ads cost on an ordinary day"].value == 1000.0


def test_an_old_refund_file_is_said_to_be_old() -> None:
    fresh = due(TICKED, spent(1000), refunds((1, ASKED)), shop=shop(), today=MONDAY)
    old = due(TICKED, spent(1000), refunds((2, ASKED)), shop=shop(), today=MONDAY)
    assert not any("newest refund" in limit for limit in fresh.limits)
    assert "The newest refund in the file is of Sat 13 Jun." in old.limits


def test_two_languages_say_the_same() -> None:
    low = shop(
        ads=Account(balance=860, balance_on=SUNDAY),
        subscriptions=(Subscription(name="市场洞察", expires=MONDAY + timedelta(days=4)),),
    )
    failed = typed((MONDAY, Check(name="inbox", passed=False)))
    said = {}
    for language in ("en", "zh"):
        wording.speak(language)
        said[language] = encode(checks.due(failed, spent(3900), refunds((3, ASKED)), shop=low, today=MONDAY))
    assert said["en"] == said["zh"]
    assert [one["kind"] for one in said["en"]["findings"]] == ["balance", "after_sales", "failed", "expires"]
