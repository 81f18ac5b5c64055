"""The target after refunds, and what was kept: read as an operator reads the morning."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from core.answers.answer import Answer, Number, Table
from core.answers.answer_codec import rendered
from core.errors import BadSettings
from core.exports.kinds.refunds import Refunds
from core.exports.kinds.shop_day import ShopDay
from core.measures.net_sales import net_sales
from core.shop.loading import shop_in
from core.shop.settings import CalendarDay, MoneySettings, Shop, TargetSettings
from core.topics.sales.net_days import called
from core.topics.sales.net_target import derived, month_chance, net_month
from core.topics.sales.target import reached
from tests.measures.test_net_sales import SHOP, TODAY, morning

EXAMPLES = {
    one["name"]: (one["input"], one["expected"])
    for one in json.loads(
        (Path(__file__).parents[2] / "statistics" / "money_examples.json").read_text(encoding="utf-8")
    )
}
NET = SHOP._replace(targets_net={"2026-11": 300_000.0}, margin=0.5)


def sheets(**made: Any) -> tuple[ShopDay, Refunds]:
    days, back = morning(**made)
    days["ads_keyword"] = 1000.0
    return ShopDay(days), Refunds(back)


def asked(shop: Shop, days: ShopDay, refunds: Refunds | None) -> Answer:
    return rendered(reached(days, refunds=refunds, shop=shop, today=TODAY))


def said(answer: Answer, key: str) -> str:
    return next((str(one.text) for one in answer.findings if one.key == key), "")


def test_the_month_s_chance_has_the_refunds_to_come_in_it() -> None:
    given, expected = EXAMPLES["target.month_net"]
    found = month_chance(
        given["net_so_far"], given["forecast_rest_net"], given["sd_of_refunds_to_come"],
        given["sd_of_forecast"], given["target"],
    )  # fmt: skip
    assert found == pytest.approx((expected["forecast"], expected["sd"], expected["chance"]), abs=1e-5)


def test_a_net_target_is_worked_out_from_the_one_in_paid_money() -> None:
    given, expected = EXAMPLES["target.derive_net_from_gross"]
    found = derived(given["target_gross"], given["rate"], given["rate_sd"])
    assert found == pytest.approx((expected["target_net"], expected["lo"], expected["hi"]), abs=1)


@pytest.mark.parametrize(
    ("chance", "verdict"),
    [(0.8, "met"), (0.78, "leans_met"), (0.6, "leans_met"), (0.5, "open"), (0.4, "leans_missed"),
     (0.21, "leans_missed"), (0.2, "missed"), (0.05, "missed")],
)  # fmt: skip
def test_a_day_is_called_by_its_chance(chance: float, verdict: str) -> None:
    assert called(chance) == verdict


def test_a_verdict_never_gets_better_with_a_higher_target() -> None:
    order = ["missed", "leans_missed", "open", "leans_met", "met"]
    days, back = sheets()
    one = net_sales(days.frame, back.frame, SHOP, TODAY).day(TODAY - timedelta(days=1))
    assert one is not None
    places = [order.index(called(one.chance(float(target)))) for target in range(6000, 14_000, 100)]
    assert places == sorted(places, reverse=True)
    assert {places[0], places[-1]} == {0, 4}


def test_campaign_days_are_planned_by_what_is_left_of_them_after_refunds() -> None:
    days, back = sheets()
    campaign = CalendarDay(date(2026, 11, 20), multiplier=2.0, note="店庆")
    shop = NET._replace(calendar=(campaign,))
    net = net_sales(days.frame, back.frame, shop, TODAY)
    dearer = replace(net, campaign_rate=min(0.98, net.rate * 1.4))
    for one in (net, dearer):
        month = net_month(net.paid, one, shop, TODAY - timedelta(days=1))
        assert month is not None
        assert sum(month.by_day.values()) == 300_000
        ratio = month.by_day[date(2026, 11, 20)] / month.by_day[date(2026, 11, 19)]
        assert ratio == pytest.approx(2 * (1 - one.campaign_rate) / (1 - one.rate), rel=0.01)


def test_the_morning_says_what_was_paid_what_stays_and_whether_the_net_target_is_met() -> None:
    days, back = sheets()
    answer = asked(NET, days, back)
    assert answer.verdict.text.startswith("Paid ¥20,000 yesterday, about ¥")
    assert "after refunds" in answer.verdict.text
    assert "target ¥10,000:" in answer.verdict.text
    assert "Month to date ¥" in answer.verdict.text
    assert "still expected" in said(answer, "target/net")
    assert said(answer, "target/none") == ""
    names = [one.name for one in answer.evidence if isinstance(one, Number)]
    assert names[:4] == [
        "Yesterday's sales", "Yesterday after refunds", "Yesterday's profit", "Month to date after refunds"
    ]  # fmt: skip


def test_days_are_ticked_once_nine_tenths_of_their_refunds_are_in_and_hollow_before() -> None:
    days, back = sheets()
    answer = asked(NET, days, back)
    (course,) = [one for one in answer.evidence if isinstance(one, Table) and "after refunds" in one.name]
    places = {column.id: at for at, column in enumerate(course.columns)}
    states = {row[places["day"]]: row[places["net_state"]] for row in course.rows}
    assert states["2026-11-01"] in ("met", "missed")
    assert states["2026-11-15"] in ("met?", "missed?", "open")
    assert states["2026-11-20"] == ""
    words = dict(next(column.words for column in course.columns if column.id == "net_state"))
    assert (words["met"], words["missed"], words["open"]) == ("✓ reached", "✗ missed", "◦ cannot tell")


def test_a_target_met_in_paid_money_and_missed_after_refunds_is_said() -> None:
    days, back = sheets()
    both = NET._replace(
        targets={"2026-11": 500_000.0}, targets_net={"2026-11": 450_000.0}, target=TargetSettings("both")
    )
    answer = asked(both, days, back)
    assert said(answer, "target/only_paid") == "Target reached before refunds, missed after refunds."
    assert "Before refunds: Yesterday ¥20,000" in answer.verdict.text
    paid = asked(both._replace(target=TargetSettings("paid")), days, back)
    assert paid.verdict.text.startswith("Yesterday ¥20,000")


def test_a_small_shop_is_not_called_on_one_day_but_on_seven() -> None:
    days, back = sheets(a_day=12, rate=0.55)
    answer = asked(NET._replace(targets_net={"2026-11": 16_200.0}), days, back)
    assert answer.verdict.text.startswith(
        "Too few orders to judge yesterday's net sales; the last 7 days "
    ), answer.verdict.text


# ---- three shops that know less, three honest answers


def test_without_a_refund_list_the_rate_of_the_month_is_rough_and_calls_no_day() -> None:
    days, _ = sheets()
    days.frame["refund_amount"] = 9000.0
    answer = asked(NET, days, None)
    assert answer.verdict.text.startswith(
        "Paid ¥20,000 yesterday; how much remains after refunds cannot be told yet."
    )
    assert said(answer, "target/net").startswith(
        "Of ¥20,000 paid yesterday, about ¥11,000 remain at the refund rate of the last four "
        "weeks (45%). This rate counts refunds on the day they are completed, so single days "
        "cannot be judged by it."
    )


def test_a_list_of_seven_days_says_how_short_it_is() -> None:
    days, back = sheets()
    recent = Refunds(back.frame[back.frame["applied"] >= "2026-11-09"])
    answer = asked(SHOP._replace(refund_rate=0.5), days, recent)
    assert any(
        (
            "The refund list covers only 7 days, since 9 Nov: how fast refunds usually come in "
            "is therefore partly assumed"
        )
        in str(one)
        for one in answer.limits
    )
    assert "about ¥" in said(answer, "target/net")


def test_with_a_typed_rate_only_it_is_said_that_nobody_knows() -> None:
    days, _ = sheets()
    answer = asked(SHOP, days, None)
    assert said(answer, "target/net") == (
        "Of ¥20,000 paid yesterday, about ¥14,000 would remain at the refund rate in the "
        "settings (30%); without the refund list the true figure is unknown."
    )
    nothing = asked(SHOP._replace(refund_rate=0.0), days, None)
    assert said(nothing, "target/net") == ""
    assert "There is no refund list and no refund rate, so net sales are not known." in nothing.limits


def test_refunds_larger_than_their_order_are_told() -> None:
    days, back = sheets()
    frame = back.frame.copy()
    frame.loc[frame.index[:3], "amount"] = 500.0
    answer = asked(SHOP, days, Refunds(frame))
    assert "3 refunds are larger than their orders; only the amounts paid are counted." in answer.limits


def test_profit_is_said_with_what_is_not_booked_and_what_is_left_out() -> None:
    days, back = sheets()
    answer = asked(NET, days, back)
    text = said(answer, "target/profit")
    assert text.startswith("Profit about ¥")
    assert "of the amounts in it are not booked" in text
    assert "Not included, because not set in shop.toml [money]: category commission (category_fee)" in text
    full = MoneySettings(0.006, 0.05, 0.005, 4.0, 1.0, "shipped", 3.0, 0.03, 30_000.0)
    assert "Left out" not in said(asked(NET._replace(money=full), days, back), "target/profit")
    without = said(asked(NET._replace(margin=None), days, back), "target/profit")
    assert without.startswith("The profit is not calculated: the goods cost of some items sold is not set.")
    assert "of net sales" in without


def test_the_first_days_of_a_month_work_out_what_the_target_comes_to_after_refunds() -> None:
    days, back = sheets()
    shop = SHOP._replace(targets={"2026-11": 600_000.0, "2026-10": 600_000.0})
    early = rendered(reached(days, refunds=back, shop=shop, today=date(2026, 11, 3)))
    assert said(early, "target/net_target").startswith("The target of ¥600,000 corresponds to ¥")
    assert said(asked(shop, days, back), "target/net_target") == ""


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ('[targets_net]\n"2026-13" = 5.0', "targets_net: “2026-13” = 5.0 is not valid."),
        (
            '[targets]\n"2026-11" = 100.0\n[targets_net]\n"2026-11" = 200.0',
            "targets_net: 2026-11: the net target 200.0 is higher than the target 100.0 before refunds.",
        ),
        ('[target]\njudge = "gross"', "“gross” is not one of: net, paid, both."),
    ],
)
def test_a_net_target_that_cannot_be_is_one_sentence(lines: str, told: str) -> None:
    with pytest.raises(BadSettings) as error:
        shop_in("shop.toml", f'name = "x"\n{lines}\n'.encode())
    assert told in str(error.value)
