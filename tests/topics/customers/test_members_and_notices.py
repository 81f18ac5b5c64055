"""Buyers who come back, fairly counted; notices that need an answer."""

from __future__ import annotations

from datetime import date, timedelta

from core.answers.answer import Answer
from core.exports.kinds.orders import Orders
from core.records.records import CampaignEntry, Records
from core.records.team import Notice, WakeUp
from core.topics.campaigns import notices
from core.topics.customers import members
from core.topics.customers.buyers import customers
from tests.topics.recorded import typed
from tests.topics.tables import MONDAY, SUNDAY, of_rows, shop, told, told_by

deadlines = told_by(notices.deadlines)

NO_WAKE_UPS: Records[WakeUp] = Records()
NO_CAMPAIGNS: Records[CampaignEntry] = Records()


def orders(*bought: tuple[str, int, float] | tuple[str, int, float, float]) -> Orders:
    """Return orders of (buyer, days ago, yuan, refunded)."""
    rows: list[dict[str, object]] = []
    for number, (buyer, back, yuan, *refund) in enumerate(bought):
        day = MONDAY - timedelta(days=back)
        rows.append(
            {
                "order": str(number),
                "date": day,
                "paid": f"{day} 10:00",
                "created": f"{day} 09:58",
                "amount": yuan,
                "refund_amount": refund[0] if refund else 0.0,
                "buyer": buyer,
            }
        )
    return of_rows(Orders, rows)


def asked(sheet: Orders, wake_ups: Records[WakeUp] = NO_WAKE_UPS) -> Answer:
    return told(members.returning_buyers(sheet, wake_ups, shop=shop(), today=MONDAY))


def keys(answer: Answer) -> list[str]:
    return [one.key for one in answer.findings]


def test_young_buyers_are_not_counted_as_lost() -> None:
    """40 buyers followed for 100 days, half came back; 200 of last week cannot have yet."""
    old = [(f"a{n}", 100, 100.0) for n in range(40)] + [(f"a{n}", 70, 100.0) for n in range(20)]
    young = [(f"b{n}", 5, 100.0) for n in range(200)]
    answer = asked(orders(*old, *young))
    assert answer.verdict.text.startswith("50.0% of buyers buy again within 90 days")
    assert any("days; counting all buyers would give only 8.3%" in limit for limit in answer.limits)


def test_nobody_followed_long_enough_is_said() -> None:
    answer = asked(orders(*((f"a{n}", 5, 100.0) for n in range(50))))
    assert answer.verdict.level == "info"


def test_a_young_export_answers_for_a_shorter_window_and_says_so() -> None:
    answer = asked(orders(*((f"a{n}", 40, 100.0) for n in range(50)), ("z", 1, 50.0)))
    assert "within 30 days" in answer.verdict.text
    assert any("days is not known yet: the orders begin on" in limit for limit in answer.limits)
    assert any(
        "look new here; only the platform's own figure counts them as returning." in limit
        for limit in answer.limits
    )


def test_two_orders_on_one_day_are_one_purchase_and_a_returned_one_is_none() -> None:
    found = customers(orders(("a", 10, 50.0), ("a", 10, 60.0), ("b", 9, 80.0, 80.0)).frame)
    assert [(one.times, one.spent) for one in found] == [(1, 110.0)]


def test_equal_customers_get_equal_scores() -> None:
    found = customers(orders(*((f"a{n}", 20, 100.0) for n in range(6))).frame)
    assert {one.money for one in found} == {3}


def test_who_bought_last_week_is_not_woken_up() -> None:
    sold = [(f"a{n}", 6, 100.0) for n in range(40)] + [(f"a{n}", 100, 100.0) for n in range(40)]
    assert not any(key.startswith("members/group") for key in keys(asked(orders(*sold))))


def test_regulars_gone_quiet_come_first_with_what_they_do_anyway() -> None:
    sold = [(f"a{n}", 100, 100.0) for n in range(40)] + [(f"a{n}", 45, 100.0) for n in range(40)]
    answer = asked(orders(*sold, ("z", 1, 50.0)))
    group = next(one for one in answer.findings if one.key == "members/group/twice")
    assert group.text.startswith("Bought twice or more")
    assert ". Too few for a hold-out group: write to all." in group.proposals[0].text


def test_a_wake_up_without_those_left_out_proves_nothing() -> None:
    one = WakeUp(group="老客", on=SUNDAY, sent=900, back=70, cost=100.0)
    answer = asked(orders(("a", 40, 100.0)), typed((SUNDAY, one)))
    assert (
        "bought. There was no hold-out group, so it is not known how many would have come anyway."
    ) in answer.findings[0].text


def test_a_wake_up_within_chance_is_called_neither_way() -> None:
    one = WakeUp(group="老客", on=SUNDAY, sent=900, held=100, back=63, held_back=4, cost=1395.0)
    assert (
        "No difference can be seen for the ¥1,395 spent."
        in asked(orders(("a", 40, 100.0)), typed((SUNDAY, one))).findings[0].text
    )


def test_a_wake_up_far_above_those_left_out_worked() -> None:
    one = WakeUp(group="老客", on=SUNDAY, sent=900, held=300, back=99, held_back=9, cost=1395.0)
    assert asked(orders(("a", 40, 100.0)), typed((SUNDAY, one))).findings[0].level == "good"


# ---- notices


def due(*written: Notice, campaigns: Records[CampaignEntry] = NO_CAMPAIGNS, on: date = SUNDAY) -> Answer:
    return deadlines(typed(*((on, one) for one in written)), campaigns, shop=shop(), today=MONDAY)


def test_a_notice_passed_over_or_applied_for_is_left_alone() -> None:
    answer = due(
        Notice(campaign="甲", deadline=MONDAY, state="passed over"),
        Notice(campaign="乙", deadline=MONDAY, state="applied"),
        Notice(campaign="丙", deadline=MONDAY, concerns=False),
    )
    assert answer.verdict.level == "good"
    assert not answer.findings


def test_a_notice_whose_campaign_was_applied_for_is_settled() -> None:
    entry = typed((SUNDAY, CampaignEntry(name="年中大促", state="applied")))
    assert not due(Notice(campaign="年中大促", deadline=MONDAY), campaigns=entry).findings


def test_a_distant_deadline_does_not_ring() -> None:
    answer = due(Notice(campaign="甲", deadline=MONDAY + timedelta(days=12)))
    assert answer.verdict.level == "info"


def test_an_undecided_notice_that_ends_tomorrow_is_urgent() -> None:
    answer = due(Notice(campaign="甲", deadline=MONDAY + timedelta(days=1)))
    assert answer.verdict.level == "act"
    assert "decide today" in answer.findings[0].proposals[0].text


def test_one_that_ran_out_unanswered_is_said_without_alarm() -> None:
    answer = due(Notice(campaign="甲", deadline=MONDAY - timedelta(days=2)))
    assert answer.findings[0].level == "info"


def test_groups_nobody_looked_at_for_days_are_named() -> None:
    answer = due(Notice(campaign="甲", concerns=False), on=MONDAY - timedelta(days=6))
    assert "notices/silent" in keys(answer)
