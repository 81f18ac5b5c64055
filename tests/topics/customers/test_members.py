"""Returning buyers: what is said of each group, of each wake-up, and of what a new buyer costs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.answers.answer import About, Answer, Finding, Number, Table, with_words
from core.answers.answer_codec import encode
from core.exports.kinds.ads import Ads
from core.exports.kinds.orders import Orders
from core.exports.kinds.shop_day import ShopDay
from core.language import wording
from core.records.records import Records
from core.records.team import WakeUp
from core.shop.settings import Shop
from core.topics.customers import members
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
    assert ask.text.count("Leave out 20.") == left_out
    assert ask.text.count("Too few to leave anybody out.") == 1 - left_out
    assert (said.level, said.about, ask.about) == ("watch", About(other="twice"), About(other="twice"))
    assert (ask.metric, ask.direction, ask.due) == ("returning", "up", "2026-06-17")


def test_those_asleep_are_named_and_nothing_is_sent() -> None:
    answer = returning(orders(("a", 80, 100.0), YESTERDAY), NO_WAKE_UPS, shop=shop(), today=MONDAY)
    (said,) = found(answer, "group")
    assert (said.about, said.level, said.proposals) == (About(other="asleep"), "info", ())


def test_a_group_nobody_was_in_two_weeks_ago_has_no_rate_to_beat() -> None:
    answer = returning(orders(*twice(5, 30), YESTERDAY), NO_WAKE_UPS, shop=shop(), today=MONDAY)
    assert "How many buy anyway is not known yet." in found(answer, "group")[0].text


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
            "first look at the new line, small coupon with a floor above the usual basket",
            "WeChat or 旺旺, by name; SMS for the rest",
        ),
    )
    assert (table.keys, table.about) == (("members/group/twice",), (About(other="twice"),))
    shown = next(one for one in with_words(answer).evidence if isinstance(one, Table))
    assert shown.rows[0][0] == "Bought twice or more, silent 30–60 days"


# ---- wake-ups


def test_a_wake_up_without_figures_is_asked_for_them() -> None:
    said = woken(sent=900)
    assert said.level == "watch"
    assert said.text == "Wake-up of 14 Jun (老客): what came of it is not noted yet."
    (ask,) = said.proposals
    assert (ask.role, ask.due, ask.about) == ("service", "2026-06-15", About(other="老客"))


def test_the_channel_of_a_wake_up_is_named_where_it_was_noted() -> None:
    one = WakeUp(group="老客", on=SUNDAY, sent=900, channel="微信")
    answer = returning(orders(YESTERDAY), typed((SUNDAY, one)), shop=shop(), today=MONDAY)
    assert found(answer, "woken")[0].text.startswith("Wake-up of 14 Jun (老客, 微信): what came of it")


@pytest.mark.parametrize(("held", "control"), [(9, 0), (10, 1)])
def test_ten_left_out_are_a_control(held: int, control: int) -> None:
    said = woken(sent=900, back=63, held=held, held_back=1, cost=100.0)
    assert said.text.count("nobody was left out") == 1 - control
    assert (said.level, said.proposals) == ("info", ())


@pytest.mark.parametrize(
    ("back", "level", "words"),
    [(99, "good", "likely worked"), (30, "info", "no difference"), (3, "watch", "likely did harm. Stop it.")],
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
    assert plain.text.startswith("A new buyer costs ¥20 of ads (all ad cost laid on new ones). What an old")
    (known,) = found(cost(shop(margin=0.5, refund_rate=0.2)), "cost")
    assert "The first order and the repeat leave ¥80 to pay it from." in known.text


def test_an_old_buyer_has_a_cost_once_a_wake_up_has_one() -> None:
    one = typed((SUNDAY, WakeUp(group="老客", on=SUNDAY, sent=900, back=100, cost=500.0)))
    answer = cost(shop(), one)
    (said,) = found(answer, "cost")
    assert "That is 4.0 times an old one (3.2–5.0); the saying is 6." in said.text
    numbers = {one.name: one for one in answer.evidence if isinstance(one, Number)}
    assert numbers["New : old, cost of a buyer"].value == 4.0
    assert numbers["Old buyers, as the platform counts them"].value == 0.3333
    assert any("some would have come anyway" in limit for limit in answer.limits)


def test_without_ads_nothing_is_said_of_costs() -> None:
    answer = returning(orders(YESTERDAY), NO_WAKE_UPS, DAYS, shop=shop(), today=MONDAY)
    assert not found(answer, "cost")
    assert not any("Laying all ad cost" in limit for limit in answer.limits)


# ---- how many come back


@pytest.mark.parametrize(("buyers", "rate"), [(29, 0), (30, 1)])
def test_a_rate_needs_thirty_buyers_followed_to_the_end(buyers: int, rate: int) -> None:
    old = [(f"a{n}", 100, 100.0) for n in range(buyers)]
    answer = returning(orders(*old, YESTERDAY), NO_WAKE_UPS, shop=shop(), today=MONDAY)
    assert answer.verdict.text.count("come back within 90 days") == rate
    assert answer.verdict.text.count("Nobody was followed long enough") == 1 - rate


@pytest.mark.parametrize(("first", "unknown"), [(179, 1), (180, 0)])
def test_a_young_export_calls_nobody_new(first: int, unknown: int) -> None:
    answer = returning(orders(("a", first, 100.0), YESTERDAY), NO_WAKE_UPS, shop=shop(), today=MONDAY)
    assert sum("looks new here" in limit for limit in answer.limits) == unknown


def test_where_the_orders_end_before_yesterday_is_said() -> None:
    late = returning(orders(("a", 3, 100.0)), NO_WAKE_UPS, shop=shop(), today=MONDAY)
    assert any("The order list ends on 12 Jun" in limit for limit in late.limits)
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
        wording.speak(language)
        said[language] = encode(
            members.returning_buyers(
                orders(*twice(40), YESTERDAY), tried, DAYS, ADS, shop=shop(margin=0.5), today=MONDAY
            )
        )
    assert said["en"] == said["zh"]
    assert {one["kind"] for one in said["en"]["findings"]} == {"woken", "group", "cost"}
