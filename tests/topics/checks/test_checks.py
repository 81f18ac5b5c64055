"""Ad money, subscriptions, refunds that wait, what is ticked by hand."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from pandas import DataFrame

from core.answers.answer import About, Answer, Finding, Number, Table, with_words
from core.answers.answer_codec import encode
from core.exports.kinds.ads import Ads
from core.exports.kinds.orders import Orders
from core.exports.kinds.refunds import Refunds
from core.facts.goods_on_the_way import OnTheWay, TopUp
from core.language import speech
from core.records.records import Check, Records
from core.shop.settings import AdSettings as Account
from core.shop.settings import Shop, Subscription
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
    assert "The ad balance is ¥860 and a day of ads costs ¥3,900:" in answer.verdict.text
    assert answer.findings[0].proposals[0].due == "2026-06-15"


def test_what_was_spent_since_the_balance_was_typed_is_taken_off() -> None:
    old = typed((MONDAY - timedelta(days=4), Check(name="ads_balance", value=9000)))
    answer = due(old, spent(2000), shop=shop(), today=MONDAY)
    assert keys(answer, "act") == ["checks/balance"]
    assert "¥1,750" in answer.findings[0].text  # three days, and Thursday from nine


def test_a_top_up_since_the_balance_was_typed_is_told_with_it() -> None:
    paid = OnTheWay(top_ups=(TopUp(datetime(2026, 6, 14, 10, 0, tzinfo=UTC), 3000.0),))
    typed_in = shop(ads=Account(balance=1000, balance_on=SUNDAY))
    answer = due(TICKED_INBOX, spent(1000), on_the_way=paid, shop=typed_in, today=MONDAY)
    (said,) = found(answer, "balance")
    assert (said.level, said.text) == (
        "good",
        "Ad balance topped up 14 Jun. The ad balance is enough for about 4 days.",
    )
    assert not [one for one in answer.limits if "; whether it was topped up since is not known." in one]
    (said,) = found(untold := balance_for(4), "balance")
    assert said.text == "The ad balance is enough for about 4 days."
    assert [one for one in untold.limits if "; whether it was topped up since is not known." in one]


def test_a_balance_nobody_typed_is_asked_for() -> None:
    assert keys(due(None, spent(2000), shop=shop(), today=MONDAY), "watch") == ["checks/balance"]


def test_refunds_of_two_days_and_older_come_first() -> None:
    answer = due(TICKED, spent(1000), refunds((1, ASKED), (3, ASKED), (5, ASKED)), shop=shop(), today=MONDAY)
    found = next(one for one in answer.findings if one.key == "checks/after_sales")
    assert found.level == "act"
    assert (
        "3 refunds (¥300) are waiting, the oldest since 10 Jun. First handle the 2 refunds older "
        "than two days."
    ) in found.text


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
    assert answer.verdict.text.startswith(
        "Going by the spend since 11 Jun, the ad account should be empty. Check it and top up "
    )


@pytest.mark.parametrize(("ago", "level"), [(3, "good"), (4, "watch")])
def test_a_balance_is_asked_for_again_after_three_days(ago: int, level: str) -> None:
    old = typed((MONDAY - timedelta(days=ago), Check(name="ads_balance", value=90_000)))
    (said,) = found(due(old, spent(1000), shop=shop(), today=MONDAY), "balance")
    assert said.level == level
    assert ("The ad balance was entered 4 days ago; after the spend since then, about" in said.text) == (
        level == "watch"
    )


@pytest.mark.parametrize(
    ("left", "level"), [(-1, "watch"), (0, "act"), (1, "act"), (2, "watch"), (7, "watch")]
)
def test_a_subscription_is_said_a_week_before_its_end(left: int, level: str) -> None:
    ends = shop(subscriptions=(Subscription(name="店透视", expires=MONDAY + timedelta(days=left)),))
    (said,) = found(due(TICKED, spent(1000), shop=ends, today=MONDAY), "expires")
    assert (said.level, said.about) == (level, About(other="店透视"))
    assert [(one.deed, one.about) for one in said.proposals] == [("renew", About(other="店透视"))]
    assert ("expired on" in said.text) == (left < 0)


def test_a_subscription_that_ends_in_eight_days_is_silent() -> None:
    ends = shop(subscriptions=(Subscription(name="店透视", expires=MONDAY + timedelta(days=8)),))
    answer = due(TICKED, spent(1000), shop=ends, today=MONDAY)
    assert not found(answer, "expires")
    assert table(answer, "Subscriptions").rows == (("店透视", "2026-06-23", 8),)


def test_an_end_typed_into_a_check_counts_like_one_of_the_settings() -> None:
    ends = typed((MONDAY, Check(name="赤兔", expires=MONDAY + timedelta(days=3), note="赤兔名品")))
    (said,) = found(due(ends, spent(1000), shop=shop(), today=MONDAY), "expires")
    assert said.about == About(other="赤兔名品")


@pytest.mark.parametrize(
    ("ago", "level"), [(0, "watch"), (1, "watch"), (2, "act"), (60, "act"), (61, "good")]
)
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
    assert said.text == "Checked on 15 Jun and found not in order: Inbox and platform messages."


def test_a_failed_check_the_data_speak_of_is_not_said_twice() -> None:
    failed = typed((MONDAY, Check(name="after_sales", passed=False)))
    assert not found(due(failed, spent(1000), shop=shop(), today=MONDAY), "failed")


def balance_now(checks: Records[Check], own: Shop) -> list[float]:
    """Return the balance told, a list of one; empty where nobody typed one that counts."""
    answer = due(checks, spent(1000), shop=own, today=MONDAY)
    numbers = [one for one in answer.evidence if isinstance(one, Number)]
    return [one.value for one in numbers if one.name == "Ad balance now (about)" and one.value is not None]


def typed_balance(ago: int, yuan: float) -> Records[Check]:
    return typed((MONDAY - timedelta(days=ago), Check(name="ads_balance", value=yuan)))


def test_a_balance_of_this_morning_is_what_is_left() -> None:
    assert balance_now(typed_balance(0, 9000), shop()) == [9000.0]


def test_the_later_of_the_check_and_the_settings_counts() -> None:
    of_saturday = shop(ads=Account(balance=4000, balance_on=SUNDAY - timedelta(days=1)))
    # Of Saturday evening: Sunday's 1,000 is gone. Of Sunday at nine: 15 of 24 hours of 1,000 are gone.
    assert balance_now(typed_balance(3, 9000), of_saturday) == [3000.0]
    assert balance_now(typed_balance(2, 9000), of_saturday) == [3000.0], "the settings mean the evening"
    assert balance_now(typed_balance(1, 9000), of_saturday) == [8375.0]
    of_today = shop(ads=Account(balance=4000, balance_on=MONDAY))
    assert balance_now(typed_balance(0, 9000), of_today) == [9000.0]


def test_a_balance_of_a_day_to_come_counts_for_nothing() -> None:
    tomorrow = shop(ads=Account(balance=4000, balance_on=MONDAY + timedelta(days=1)))
    assert balance_now(TICKED_INBOX, tomorrow) == []
    assert balance_now(TICKED_INBOX, shop(ads=Account(balance=4000, balance_on=MONDAY))) == [4000.0]


def test_a_day_whose_costs_are_missing_is_taken_as_an_ordinary_one() -> None:
    ads = spent(1000)
    gone = Ads(ads.frame[ads.frame["date"].dt.date != SUNDAY])
    answer = due(typed_balance(2, 9000), gone, shop=shop(), today=MONDAY)
    assert (
        "The ad spend of 1 day since the balance was entered is not imported; "
        "that of an ordinary day is assumed." in answer.limits
    )
    numbers = {one.name: one.value for one in answer.evidence if isinstance(one, Number)}
    assert numbers["Ad balance now (about)"] == 7375.0  # 9,000 - 15/24 of Saturday - Sunday


def test_the_report_with_more_days_counts() -> None:
    ads = spent(1000).frame
    doubled = ads.assign(cost=ads["cost"].where(ads["report"] == "item", 2000.0))

    def a_day(frame: DataFrame) -> list[float | None]:
        answer = due(TICKED, Ads(frame), shop=shop(), today=MONDAY)
        numbers = [one for one in answer.evidence if isinstance(one, Number)]
        return [one.value for one in numbers if one.name == "Ad spend on an ordinary day"]

    assert a_day(doubled) == [2000.0], "the plan report has every cost"
    assert a_day(doubled[(doubled["report"] == "item") | (doubled["date"].dt.date < SUNDAY)]) == [1000.0]
    assert a_day(doubled[doubled["report"] == "item"]) == [1000.0]


@pytest.mark.parametrize(("budget", "wanted"), [(None, "¥2,800"), (1000.0, "¥2,800"), (2000.0, "¥5,000")])
def test_a_top_up_lasts_three_days_and_is_round(budget: float | None, wanted: str) -> None:
    """3 × 1,234 - 1,000 = 2,702 up to the next hundred; where the budget is higher 3 × 2,000 - 1,000."""
    own = shop(ads=Account(daily_budget=budget))
    (said,) = found(due(typed_balance(0, 1000), spent(1234), shop=own, today=MONDAY), "balance")
    assert f"Top up {wanted} before noon." in said.text


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
    assert [row[0] for row in shown] == ["accept or decline", "check the return", "send the exchange"]


def test_checks_ticked_by_hand_show_when() -> None:
    ticked = typed((SUNDAY, Check(name="inbox", passed=True)), (MONDAY, Check(name="直播设备", passed=True)))
    answer = due(ticked, spent(1000), shop=shop(), today=MONDAY)
    assert table(answer, "Checked by hand").rows == (
        ("inbox", "2026-06-14", "open"),
        ("直播设备", "2026-06-15", "ticked"),
    )
    assert table(with_words(answer), "Checked by hand").rows == (
        (
            "Inbox and platform messages",
            "2026-06-14",
            "not yet today",
        ),
        ("直播设备", "2026-06-15", "ticked"),
    )


def test_the_checks_of_the_program_have_names() -> None:
    names = ("ads_balance", "tools", "after_sales", "inbox")
    answer = due(
        typed(*((MONDAY, Check(name=name)) for name in names)), spent(1000), shop=shop(), today=MONDAY
    )
    assert [row[0] for row in table(with_words(answer), "Checked by hand").rows] == [
        "Ad balance", "After-sales", "Inbox and platform messages", "Tools and subscriptions",
    ]  # fmt: skip
    assert [column.id for column in table(answer, "Checked by hand").columns] == [
        "check",
        "ticked_on",
        "state",
    ]


def test_subscriptions_stand_in_the_order_they_end() -> None:
    ends = {"店透视": 30, "市场洞察": 4, "赤兔": 9}
    own = shop(
        subscriptions=tuple(
            Subscription(name=name, expires=MONDAY + timedelta(days=days)) for name, days in ends.items()
        )
    )
    listed = table(due(TICKED, spent(1000), shop=own, today=MONDAY), "Subscriptions")
    assert [column.id for column in listed.columns] == ["subscription", "ends", "days_left"]
    assert listed.rows == (
        ("市场洞察", "2026-06-19", 4), ("赤兔", "2026-06-24", 9), ("店透视", "2026-07-15", 30)
    )  # fmt: skip


@pytest.mark.parametrize(("left", "due_on"), [(-3, "2026-06-15"), (1, "2026-06-15"), (4, "2026-06-18")])
def test_a_subscription_is_decided_the_day_before_it_ends(left: int, due_on: str) -> None:
    ends = shop(subscriptions=(Subscription(name="店透视", expires=MONDAY + timedelta(days=left)),))
    (said,) = found(due(TICKED, spent(1000), shop=ends, today=MONDAY), "expires")
    assert [(one.role, one.due) for one in said.proposals] == [("owner", due_on)]


def test_what_is_asked_for_is_for_today() -> None:
    failed = typed((MONDAY, Check(name="直播设备", passed=False)))
    answer = due(failed, spent(1000), refunds((3, ASKED)), shop=shop(), today=MONDAY)
    asks = {one.kind: (ask.role, ask.due) for one in answer.findings for ask in one.proposals}
    assert asks == {
        "balance": ("promotion", "2026-06-15"),
        "after_sales": ("service", "2026-06-15"),
        "failed": ("operator", "2026-06-15"),
    }
    assert {one.key for one in answer.findings if one.kind == "balance"} == {"checks/balance"}
    assert {one.key for one in balance_for(5).findings if one.kind == "balance"} == {"checks/balance"}


def test_what_is_not_there_is_said_as_a_limit() -> None:
    no_costs = "Without ad spend it cannot be said how long the balance lasts."
    no_refunds = "Without the refund file only cases entered by hand are known."
    bare = due(TICKED, shop=shop(), today=MONDAY)
    assert {no_costs, no_refunds} <= set(bare.limits)
    whole = due(TICKED, spent(1000), refunds((3, ASKED)), shop=shop(), today=MONDAY)
    assert not {no_costs, no_refunds} & set(whole.limits)


def test_waiting_money_is_told_to_the_fen() -> None:
    sheet = refunds((3, ASKED), (4, ASKED))
    sheet.frame["amount"] = [10.124, 0.004]
    rows = table(due(TICKED, spent(1000), sheet, shop=shop(), today=MONDAY), "After-sales").rows
    assert rows == (("answer", 2, 10.13, "2026-06-11", 2),)


def test_the_balance_and_the_usual_cost_are_figures() -> None:
    figures = {one.name: one for one in balance_for(5).evidence if one.kind == "number"}
    assert figures["Ad balance now (about)"].value == 5000.0
    assert figures["Ad balance now (about)"].reference == 2000.0
    assert figures["Ad spend on an ordinary day"].value == 1000.0


def test_an_old_refund_file_is_said_to_be_old() -> None:
    fresh = due(TICKED, spent(1000), refunds((1, ASKED)), shop=shop(), today=MONDAY)
    old = due(TICKED, spent(1000), refunds((2, ASKED)), shop=shop(), today=MONDAY)
    assert not any("newest refund" in limit for limit in fresh.limits)
    assert "The newest refund in the file is from Sat 13 Jun." in old.limits


def test_two_languages_say_the_same() -> None:
    low = shop(
        ads=Account(balance=860, balance_on=SUNDAY),
        subscriptions=(Subscription(name="市场洞察", expires=MONDAY + timedelta(days=4)),),
    )
    failed = typed((MONDAY, Check(name="inbox", passed=False)))
    said = {}
    for language in ("en", "zh"):
        speech.speak(language)
        said[language] = encode(checks.due(failed, spent(3900), refunds((3, ASKED)), shop=low, today=MONDAY))
    assert said["en"] == said["zh"]
    assert [one["kind"] for one in said["en"]["findings"]] == [
        "balance",
        "after_sales",
        "failed",
        "expires",
        "weekly",
    ]


def ordered(*rows: tuple[float, str]) -> Orders:
    """Orders paid so many hours before Monday 09:00, the newest order's moment."""
    now = datetime.combine(MONDAY, time(9))
    made = [(0.0, "交易成功"), *rows]
    return of_rows(
        Orders,
        [
            {
                "order": str(n),
                "date": MONDAY,
                "created": now - timedelta(hours=hours),
                "paid": now - timedelta(hours=hours),
                "status": status,
            }
            for n, (hours, status) in enumerate(made)
        ],
    )


WAITS = "买家已付款，等待卖家发货"


@pytest.mark.parametrize(
    ("hours", "level"), [(24.0, ""), (24.1, "watch"), (48.0, "watch"), (48.1, "act"), (24 * 31.0, "")]
)
def test_paid_orders_not_sent_for_a_day_are_said_and_after_two_they_are_urgent(
    hours: float, level: str
) -> None:
    answer = due(
        None,
        None,
        None,
        ordered((hours, WAITS), (90.0, "卖家已发货，等待买家确认")),
        shop=shop(),
        today=MONDAY,
    )
    found = [one for one in answer.findings if one.kind == "dispatch"]
    assert [one.level for one in found] == ([level] if level else [])
    assert ("48 hours" in found[0].text) is (level == "act") if found else True


def test_parcels_are_counted_with_their_oldest_and_the_moment_they_stood_so() -> None:
    answer = due(
        None, None, None, ordered((30.0, WAITS), (50.0, WAITS), (2.0, WAITS)), shop=shop(), today=MONDAY
    )
    (found,) = [one for one in answer.findings if one.kind == "dispatch"]
    assert found.text == (
        "2 paid orders have not been sent for more than 24 hours, the oldest since 13 Jun. 1 of these "
        "orders is older than 48 hours: send it first."
    )
    assert found.proposals[0].role == "supply"
    assert any("Mon 15 Jun 09:00" in one for one in answer.limits)


def of_whole_orders(*rows: tuple[str, float, str]) -> Refunds:
    """Refund applications: order, money asked back of 100 yuan paid, status."""
    return of_rows(
        Refunds,
        [
            {
                "refund": f"r{order}", "order": order, "date": MONDAY,
                "applied": datetime.combine(MONDAY, time(8)),
                "paid_amount": 100.0, "amount": amount, "status": status,
            }
            for order, amount, status in rows
        ],
    )  # fmt: skip


def test_an_order_whose_money_is_asked_back_is_not_one_to_send() -> None:
    """Four late orders: asked back as a whole, refunded as a whole, asked back in part, taken back."""
    late = ordered((30.0, WAITS), (50.0, WAITS), (60.0, WAITS), (70.0, WAITS))
    back = of_whole_orders(
        ("1", 100.0, "买家已经申请退款，等待卖家同意"), ("2", 100.0, "退款成功"), ("3", 40.0, "退款成功"),
        ("4", 100.0, "退款关闭"),
    )  # fmt: skip
    (found,) = [
        one
        for one in due(None, None, back, late, shop=shop(), today=MONDAY).findings
        if one.kind == "dispatch"
    ]
    assert found.text.startswith("2 paid orders have not been sent")


def test_without_the_order_list_nothing_is_said_of_parcels() -> None:
    assert not [one for one in due(shop=shop(), today=MONDAY).findings if one.kind == "dispatch"]
