"""Returning buyers: what is said of each group, of each wake-up, and of what a new buyer costs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.answers.answer import About, Answer, Finding, Number, Table, with_words
from core.answers.answer_codec import encode
from core.exports.kinds.ads import Ads
from core.exports.kinds.orders import Orders
from core.exports.kinds.shop_day import ShopDay
from core.language import speech
from core.records.records import Records
from core.records.team import WakeUp
from core.shop.settings import Shop
from core.topics.customers import members
from core.topics.customers.buyers import customers
from tests.topics.recorded import typed
from tests.topics.tables import MONDAY, SUNDAY, of_rows, shop, told_by

returning = told_by(members.returning_buyers)
NO_WAKE_UPS: Records[WakeUp] = Records()
YESTERDAY = ("z", 1, 50.0)
"""An order that makes the file reach to yesterday."""


def orders(*bought: tuple[str, int, float]) -> Orders:
    """Orders of (buyer, days ago, yuan), all kept."""
    return of_rows(
        Orders,
        [
            {
                "order": str(number),
                "date": (day := MONDAY - timedelta(days=back)),
                "paid": f"{day} 10:00",
                "created": f"{day} 09:58",
                "amount": yuan,
                "refund_amount": 0.0,
                "buyer": buyer,
            }
            for number, (buyer, back, yuan) in enumerate(bought)
        ],
    )


def twice(n: int, last: int = 45) -> list[tuple[str, int, float]]:
    """So many buyers who bought 100 days ago and again ``last`` days ago."""
    return [(f"a{one}", back, 100.0) for one in range(n) for back in (100, last)]


def found(answer: Answer, kind: str) -> list[Finding]:
    return [one for one in answer.findings if one.kind == kind]


def groups(*bought: tuple[str, int, float]) -> list[str]:
    answer = returning(orders(*bought, YESTERDAY), NO_WAKE_UPS, shop=shop(), today=MONDAY)
    return [one.about.other for one in found(answer, "group")]


def woken(**given: float) -> Finding:
    one = WakeUp(group="老客", on=SUNDAY, **given)  # type: ignore[arg-type]
    answer = returning(orders(YESTERDAY), typed((SUNDAY, one)), shop=shop(), today=MONDAY)
    (said,) = found(answer, "woken")
    assert said.about == About(other="老客")
    return said


# ---- groups


@pytest.mark.parametrize(
    ("last", "group"), [(29, []), (30, ["twice"]), (59, ["twice"]), (60, ["asleep"]), (61, ["asleep"])]
)
def test_regulars_are_quiet_from_thirty_days_on_and_asleep_from_sixty(last: int, group: list[str]) -> None:
    assert groups(*twice(3, last)) == group


@pytest.mark.parametrize(("last", "group"), [(9, []), (10, ["fresh"]), (24, ["fresh"]), (25, [])])
def test_a_first_order_is_fresh_between_ten_and_twenty_five_days(last: int, group: list[str]) -> None:
    assert groups(*((f"a{n}", last, 100.0) for n in range(3))) == group


def test_a_large_basket_is_one_of_the_top_fifth() -> None:
    small = [(f"a{n}", 40, 50.0) for n in range(8)]
    assert groups(*small) == []
    assert groups(*small, ("rich", 40, 900.0)) == ["dear"]


@pytest.mark.parametrize(("size", "left_out"), [(199, 0), (200, 1)])
def test_a_tenth_is_left_out_from_two_hundred_on(size: int, left_out: int) -> None:
    answer = returning(orders(*twice(size), YESTERDAY), NO_WAKE_UPS, shop=shop(), today=MONDAY)
    (said,) = found(answer, "group")
    (ask,) = said.proposals
    assert ask.text.count(". Send nothing to 20 of them, as a hold-out group.") == left_out
    assert ask.text.count(". Too few for a hold-out group: write to all.") == 1 - left_out
    assert (said.level, said.about, ask.about) == ("watch", About(other="twice"), About(other="twice"))
    assert (ask.role, ask.metric, ask.direction, ask.due) == ("service", "returning", "up", "2026-06-17")


def test_those_asleep_are_named_and_nothing_is_sent() -> None:
    answer = returning(orders(("a", 80, 100.0), YESTERDAY), NO_WAKE_UPS, shop=shop(), today=MONDAY)
    (said,) = found(answer, "group")
    assert (said.about, said.level, said.proposals) == (About(other="asleep"), "info", ())


def test_a_group_nobody_was_in_two_weeks_ago_has_no_rate_to_beat() -> None:
    answer = returning(orders(*twice(5, 30), YESTERDAY), NO_WAKE_UPS, shop=shop(), today=MONDAY)
    assert "each. How many would buy without a message is not known yet." in found(answer, "group")[0].text


def test_what_a_group_does_anyway_is_told_with_its_limits() -> None:
    """None of forty: with 90 % limits at most 6.3 %."""
    answer = returning(orders(*twice(40), YESTERDAY), NO_WAKE_UPS, shop=shop(), today=MONDAY)
    assert found(answer, "group")[0].text.endswith(
        " buyers; their last order was 45 days ago, and they spent ¥200 each. None of the similar buyers "
        "bought within two weeks without a message, so at most 6.3% would; a message must "
        "do better than that."
    )


def test_each_cell_of_the_table_of_groups() -> None:
    """Forty silent for 45 days; of the forty that were silent two weeks ago ten have bought since."""
    back = [(f"b{n}", day, 60.0) for n in range(10) for day in (100, 50, 5)]
    answer = returning(orders(*twice(30), *back, YESTERDAY), NO_WAKE_UPS, shop=shop(), today=MONDAY)
    (table,) = (one for one in answer.evidence if isinstance(one, Table))
    assert [column.id for column in table.columns] == [
        "group",
        "people",
        "last_bought",
        "spent",
        "anyway",
        "offer",
        "channel",
    ]
    assert table.rows == (
        (
            "twice",
            30,
            45.0,
            200,
            0.25,
            "first look at new items, small coupon with a minimum above the usual order value",
            "WeChat or Wangwang, addressing each buyer by name; SMS for the rest",
        ),
    )
    assert (table.keys, table.about) == (("members/group/twice",), (About(other="twice"),))
    shown = next(one for one in with_words(answer).evidence if isinstance(one, Table))
    assert shown.rows[0][0] == "Bought twice or more, no order for 30–60 days"


# ---- wake-ups


def test_a_wake_up_without_figures_is_asked_for_them() -> None:
    said = woken(sent=900)
    assert said.level == "watch"
    assert said.text == "The result of the wake-up message of 14 Jun (老客) is not noted yet."
    (ask,) = said.proposals
    assert (ask.role, ask.due, ask.about) == ("service", "2026-06-15", About(other="老客"))


def test_the_channel_of_a_wake_up_is_named_where_it_was_noted() -> None:
    one = WakeUp(group="老客", on=SUNDAY, sent=900, channel="微信")
    answer = returning(orders(YESTERDAY), typed((SUNDAY, one)), shop=shop(), today=MONDAY)
    assert found(answer, "woken")[0].text.startswith(
        "The result of the wake-up message of 14 Jun (老客, 微信) is not noted yet."
    )


def test_the_newest_record_of_a_wake_up_counts() -> None:
    first = WakeUp(group="老客", on=SUNDAY, sent=900)
    later = WakeUp(group="老客", on=SUNDAY, sent=900, back=70, cost=100.0)
    answer = returning(orders(YESTERDAY), typed((SUNDAY, first), (MONDAY, later)), shop=shop(), today=MONDAY)
    (said,) = found(answer, "woken")
    assert said.text.startswith(
        "Wake-up message of 14 Jun (老客): 70/900 = 7.8% bought. There was no hold-out group, so "
        "it is not known how many would have come anyway."
    )


def test_a_wake_up_that_reached_nobody_is_still_open() -> None:
    assert "The result of the wake-up message of" in woken(sent=0, back=0).text


@pytest.mark.parametrize("unknown", ["held", "held_back"])
def test_a_control_without_its_size_or_its_buyers_is_none(unknown: str) -> None:
    known = {name: n for name, n in {"held": 300, "held_back": 9}.items() if name != unknown}
    assert (
        "bought. There was no hold-out group, so it is not known how many would have come anyway."
    ) in woken(sent=900, back=99, cost=1395.0, **known).text


def test_what_a_wake_up_brought_is_told_in_buyers_and_yuan() -> None:
    """11 % of 900 against 3 % of 300: with 80 % limits 6.0 to 9.7 points, 54 to 88 buyers."""
    assert woken(sent=900, back=99, held=300, held_back=9, cost=1395.0).text == (
        "Wake-up message of 14 Jun (老客): 99/900 = 11.0% bought, in the hold-out group 9/300 = "
        "3.0%. The message probably worked: 54 to 88 more buyers for ¥1,395."
    )
    assert woken(sent=900, back=30, held=300, held_back=9, cost=1395.0).text.endswith(
        ". No difference can be seen for the ¥1,395 spent."
    )


@pytest.mark.parametrize(("held", "control"), [(9, 0), (10, 1)])
def test_ten_left_out_are_a_control(held: int, control: int) -> None:
    said = woken(sent=900, back=63, held=held, held_back=1, cost=100.0)
    assert (
        said.text.count(
            "bought. There was no hold-out group, so it is not known how many would have come anyway."
        )
        == 1 - control
    )
    assert (said.level, said.proposals) == ("info", ())


@pytest.mark.parametrize(
    ("back", "level", "words"),
    [
        (99, "good", "The message probably worked:"),
        (30, "info", "No difference can be seen for the ¥1,395 spent."),
        (3, "watch", ". The message probably did harm: send it no more."),
    ],
)
def test_a_wake_up_is_held_against_those_left_out(back: int, level: str, words: str) -> None:
    said = woken(sent=900, back=back, held=300, held_back=9, cost=1395.0)
    assert said.level == level
    assert words in said.text


def test_only_the_last_three_wake_ups_are_said() -> None:
    many = typed(*((SUNDAY, WakeUp(group=f"g{n}", on=SUNDAY, sent=9)) for n in range(4)))
    answer = returning(orders(YESTERDAY), many, shop=shop(), today=MONDAY)
    assert [one.about.other for one in found(answer, "woken")] == ["g1", "g2", "g3"]


# ---- what a buyer costs


DAYS = of_rows(
    ShopDay,
    [
        {
            "date": SUNDAY - timedelta(days=n),
            "buyers": 30.0,
            "gmv": 6000.0,
            "new_buyers": 20.0,
            "old_buyers": 10.0,
        }
        for n in range(28)
    ],
)
ADS = of_rows(
    Ads,
    [
        {
            "date": SUNDAY - timedelta(days=n),
            "report": report,
            "scene": "关键词推广",
            "item": "1",
            "cost": 400.0,
        }
        for n in range(28)
        for report in ("item", "plan")
    ],
)


def cost(own: Shop, wake_ups: Records[WakeUp] = NO_WAKE_UPS) -> Answer:
    return returning(orders(YESTERDAY), wake_ups, DAYS, ADS, shop=own, today=MONDAY)


def test_a_new_buyer_costs_the_ads_and_may_cost_the_margin() -> None:
    (plain,) = found(cost(shop()), "cost")
    assert plain.text.startswith(
        "A new buyer costs ¥20 of ad spend (with all ad spend charged to new buyers). What a returning"
    )
    (known,) = found(cost(shop(margin=0.5, refund_rate=0.2)), "cost")
    assert (
        "The first and repeat orders of a new buyer earn ¥80; the ad cost of a new buyer has to be "
        "paid from this."
    ) in known.text


def test_an_old_buyer_has_a_cost_once_a_wake_up_has_one() -> None:
    one = typed((SUNDAY, WakeUp(group="老客", on=SUNDAY, sent=900, back=100, cost=500.0)))
    answer = cost(shop(), one)
    (said,) = found(answer, "cost")
    assert (
        "Winning a new buyer costs 4.0 times as much as bringing back a returning customer "
        "(3.2–5.0); the trade's rule of thumb is 6 times."
    ) in said.text
    numbers = {one.name: one for one in answer.evidence if isinstance(one, Number)}
    ratio = numbers["Cost ratio of a new to a returning buyer"]
    assert (ratio.unit, ratio.value, ratio.low, ratio.high) == ("ratio", 4.0, 3.2, 4.96)
    assert numbers["Returning customers, as the platform counts them"].value == 0.3333
    assert any("some would have come anyway" in limit for limit in answer.limits)


def test_without_ads_nothing_is_said_of_costs() -> None:
    answer = returning(orders(YESTERDAY), NO_WAKE_UPS, DAYS, shop=shop(), today=MONDAY)
    assert not found(answer, "cost")
    assert not any(
        (
            "Charging all ad spend to new buyers is a simplification: returning customers click ads too, "
            "and free sources bring new buyers."
        )
        in limit
        for limit in answer.limits
    )


def days_and_ads(back: int, report: str = "item", **changes: float) -> tuple[ShopDay, Ads]:
    """Return one day of 20 new buyers of 30 and 400 yuan of ads, so many days ago."""
    day = MONDAY - timedelta(days=back)
    shop_day = {"date": day, "buyers": 30.0, "gmv": 6000.0, "new_buyers": 20.0, "old_buyers": 10.0}
    ad = {"date": day, "report": report, "scene": "关键词推广", "item": "1", "cost": 400.0}
    known = {name: one for name, one in changes.items() if name in shop_day}
    spent = {name: one for name, one in changes.items() if name in ad}
    return of_rows(ShopDay, [{**shop_day, **known}]), of_rows(Ads, [{**ad, **spent}])


@pytest.mark.parametrize(("back", "counted"), [(0, False), (1, True), (28, True), (29, False)])
def test_costs_are_of_four_weeks_up_to_yesterday(back: int, *, counted: bool) -> None:
    days, ads = days_and_ads(back)
    answer = returning(orders(YESTERDAY), NO_WAKE_UPS, days, ads, shop=shop(), today=MONDAY)
    assert bool(found(answer, "cost")) is counted
    names = {one.name for one in answer.evidence if isinstance(one, Number)}
    assert ("Returning customers, as the platform counts them" in names) is counted


@pytest.mark.parametrize("report", ["plan", "whole"])
def test_costs_are_known_from_any_report_and_only_where_there_are_any(report: str) -> None:
    def told(**changes: float) -> int:
        days, ads = days_and_ads(1, report, **changes)
        return len(
            found(returning(orders(YESTERDAY), NO_WAKE_UPS, days, ads, shop=shop(), today=MONDAY), "cost")
        )

    assert told() == 1
    assert told(cost=0.0) == told(new_buyers=0.0) == 0


def test_the_cost_of_a_new_buyer_is_told_to_the_fen() -> None:
    days, ads = days_and_ads(1, cost=401.0, new_buyers=30.0)
    answer = returning(orders(YESTERDAY), NO_WAKE_UPS, days, ads, shop=shop(), today=MONDAY)
    assert found(answer, "cost")[0].text.startswith(
        "A new buyer costs ¥13.37 of ad spend (with all ad spend charged to new buyers)."
    )


def test_nothing_sold_leaves_nothing_to_pay_a_buyer_from() -> None:
    days, ads = days_and_ads(1, buyers=0.0)
    answer = returning(orders(YESTERDAY), NO_WAKE_UPS, days, ads, shop=shop(margin=0.5), today=MONDAY)
    (said,) = found(answer, "cost")
    assert "The first and repeat orders of a new buyer earn" not in said.text
    assert not any(isinstance(one, Number) for one in answer.evidence)


def test_the_share_that_comes_back_is_part_of_what_a_new_buyer_is_worth() -> None:
    """200 yuan a buyer at half margin are 100; a fifth of forty came back: 120."""
    bought = [(f"a{n}", 100, 100.0) for n in range(40)] + [(f"a{n}", 70, 100.0) for n in range(8)]
    answer = returning(
        orders(*bought, YESTERDAY), NO_WAKE_UPS, DAYS, ADS, shop=shop(margin=0.5), today=MONDAY
    )
    assert (
        "The first and repeat orders of a new buyer earn ¥120; the ad cost of a new buyer has to "
        "be paid from this."
    ) in found(answer, "cost")[0].text


# ---- how many come back


def test_the_rate_has_its_limits_in_the_verdict_and_as_a_figure() -> None:
    """Eight of forty: Wilson's 95 % limits are 10.5 % and 34.8 %."""
    bought = [(f"a{n}", 100, 100.0) for n in range(40)] + [(f"a{n}", 70, 100.0) for n in range(8)]
    answer = returning(orders(*bought, YESTERDAY), NO_WAKE_UPS, shop=shop(), today=MONDAY)
    assert answer.verdict.text.startswith("20.0% of buyers buy again within 90 days (10.5%–34.8%).")
    (rate,) = (one for one in answer.evidence if isinstance(one, Number))
    assert (rate.name, rate.unit) == ("Buy again within 90 days", "rate")
    assert (rate.value, rate.low, rate.high) == (0.2, 0.105, 0.3476)
    assert (
        "The repeat rate counts only the 40 buyers followed for 90 days; counting all buyers would "
        "give only 19.5%."
    ) in answer.limits


def test_what_is_to_be_done_first_is_in_the_verdict() -> None:
    bought = [(f"a{n}", 100, 100.0) for n in range(40)]
    quiet = returning(orders(*bought, YESTERDAY), NO_WAKE_UPS, shop=shop(), today=MONDAY).verdict
    assert quiet.level == "good", "the sleepers are no group to write to first"
    assert quiet.text.endswith(". No group of buyers needs a message now.")
    fresh = [(f"b{n}", 15, 100.0) for n in range(3)]
    waiting = returning(orders(*bought, *fresh, YESTERDAY), NO_WAKE_UPS, shop=shop(), today=MONDAY).verdict
    assert waiting.level == "watch"
    assert waiting.text == (
        "0.0% of buyers buy again within 90 days (0.0%–8.8%). First send a message to: First order "
        "10–25 days ago (3 buyers)."
    )


def test_a_second_order_is_the_next_day_something_was_bought() -> None:
    (one,) = customers(orders(("a", 40, 50.0), ("a", 40, 30.0), ("a", 12, 60.0), ("a", 3, 70.0)).frame)
    days = [(MONDAY - timedelta(days=back)) for back in (40, 12, 3)]
    assert (one.first, one.second, one.last) == tuple(days)
    assert (one.times, one.spent) == (3, 210.0)


def test_orders_unpaid_or_of_nobody_make_no_customer() -> None:
    sheet = orders(("a", 40, 50.0), ("", 30, 50.0), ("b", 20, 50.0))
    unpaid = sheet.frame.assign(paid=sheet.frame["paid"].where(sheet.frame["buyer"] != "b"))
    assert [one.buyer for one in customers(unpaid)] == ["a"]


@pytest.mark.parametrize(("buyers", "rate"), [(29, 0), (30, 1)])
def test_a_rate_needs_thirty_buyers_followed_to_the_end(buyers: int, rate: int) -> None:
    old = [(f"a{n}", 100, 100.0) for n in range(buyers)]
    answer = returning(orders(*old, YESTERDAY), NO_WAKE_UPS, shop=shop(), today=MONDAY)
    assert answer.verdict.text.count("of buyers buy again within 90 days") == rate
    assert (
        answer.verdict.text.count("No buyer has been followed long enough yet to say how many come back.")
        == 1 - rate
    )


@pytest.mark.parametrize(("first", "rate"), [(90, 0), (91, 1)])
def test_a_buyer_of_ninety_days_ago_was_followed_for_eighty_nine(first: int, rate: int) -> None:
    """The last day that is known is yesterday."""
    old = [(f"a{n}", first, 100.0) for n in range(30)]
    answer = returning(orders(*old, YESTERDAY), NO_WAKE_UPS, shop=shop(), today=MONDAY)
    assert answer.verdict.text.count("of buyers buy again within 90 days") == rate


@pytest.mark.parametrize(("first", "unknown"), [(179, 1), (180, 0)])
def test_a_young_export_calls_nobody_new(first: int, unknown: int) -> None:
    answer = returning(orders(("a", first, 100.0), YESTERDAY), NO_WAKE_UPS, shop=shop(), today=MONDAY)
    assert (
        sum(
            "look new here; only the platform's own figure counts them as returning." in limit
            for limit in answer.limits
        )
        == unknown
    )


def test_where_the_orders_end_before_yesterday_is_said() -> None:
    late = returning(orders(("a", 3, 100.0)), NO_WAKE_UPS, shop=shop(), today=MONDAY)
    assert any(
        ": repeat orders and days without an order are counted up to then." in limit for limit in late.limits
    )
    whole = returning(orders(YESTERDAY), NO_WAKE_UPS, shop=shop(), today=MONDAY)
    assert not any("The order list ends" in limit for limit in whole.limits)


def test_an_export_without_orders_says_so() -> None:
    answer = returning(Orders(Orders.empty()), NO_WAKE_UPS, shop=shop(), today=MONDAY)
    assert answer.verdict.level == "nodata"


def test_two_languages_say_the_same() -> None:
    tried = typed(
        (SUNDAY, WakeUp(group="老客", on=SUNDAY, sent=900, held=300, back=99, held_back=9, cost=1395.0))
    )
    said = {}
    for language in ("en", "zh"):
        speech.speak(language)
        said[language] = encode(
            members.returning_buyers(
                orders(*twice(40), YESTERDAY), tried, DAYS, ADS, shop=shop(margin=0.5), today=MONDAY
            )
        )
    assert said["en"] == said["zh"]
    assert {one["kind"] for one in said["en"]["findings"]} == {"woken", "group", "cost"}
