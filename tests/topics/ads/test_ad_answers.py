"""What the two questions about ads say as a whole: verdicts, numbers, limits, and the sources that moved."""

from __future__ import annotations

from typing import Any

import pytest

from core.answers.answer import Answer, Number, Table
from core.exports.kinds.items import Items
from core.exports.kinds.stock import Stock
from core.topics.ads import paid
from core.topics.ads.keywords import pictures
from core.topics.ads.traffic.strengths import strengths
from tests.topics.ads.test_attribution_review import asked as looked_at_again
from tests.topics.ads.test_attribution_review import decided
from tests.topics.ads.test_paid import STEADY, bought, young
from tests.topics.ads.test_promotion import NO_PLANS, adverts, traffic
from tests.topics.ads.test_promotion import asked as promoted
from tests.topics.ads.test_traffic_figures import behind, sells
from tests.topics.tables import MONDAY, SUNDAY, of_rows, shop, told_by, usual_shop

judged = told_by(paid.words)
LOSES = ("毛衣女", 1800.0, 5.0, 2.1)
DEAR = ("收腰裙", 400.0, 10.0, 1.6)
CHEAP = ("法式连衣裙", 600.0, 36.0, 1.0)
STILL = shop(margin=0.25)


def words(*more: tuple[str, float, float, float], own: Any = STILL, **known: Any) -> Answer:
    return judged(bought(*STEADY, *more), shop=own, today=MONDAY, **known)


def number(answer: Answer, start: str) -> Number:
    (found,) = [one for one in answer.evidence if isinstance(one, Number) and one.name.startswith(start)]
    return found


# ---- words


def test_the_verdict_names_the_word_that_loses_and_its_money() -> None:
    answer = words(LOSES)
    (one,) = [one for one in answer.findings if one.kind == "delete"]
    assert one.impact is not None
    loss = f"{round(one.impact.yuan):,}"
    assert answer.verdict.text == (
        f"The keyword “毛衣女” loses about ¥{loss} a day: delete it. "
        "Other keywords: 0 to lower, 0 to raise, 0 to add."
    )
    two = words(LOSES, ("毛衣男", 1800.0, 5.0, 2.1))
    assert two.verdict.level == "act"
    assert two.verdict.text.startswith("2 keywords lose about ¥")
    both = sum(one.impact.yuan for one in two.findings if one.impact is not None and one.kind == "delete")
    assert f"¥{round(both):,} a day, “毛衣" in two.verdict.text


@pytest.mark.parametrize(
    ("more", "level", "said"),
    [
        ((), "good", "No keyword needs a change today: each is worth its price or too new to judge."),
        (
            (DEAR,),
            "watch",
            "No keyword wastes money; keywords to change: 1 to lower, 0 to raise, 0 to add.",
        ),
        (
            (CHEAP,),
            "watch",
            "No keyword wastes money; keywords to change: 0 to lower, 9 to raise, 0 to add.",
        ),
    ],
)
def test_the_verdict_counts_what_is_to_be_changed(more: tuple[Any, ...], level: str, said: str) -> None:
    answer = words(*more)
    assert (answer.verdict.level, answer.verdict.text) == (level, said)


def test_without_a_margin_or_two_weeks_the_verdict_says_so() -> None:
    assert words(own=shop()).verdict.text.startswith(
        "Clicks are known, but profit is not: set the margin in shop.toml, and every "
        "keyword gets a target price."
    )
    few = judged(bought(*STEADY, days=13), shop=STILL, today=MONDAY)
    assert (
        few.verdict.text
        == "Only 13 days are old enough to judge: change bids only a little and delete no keyword."
    )
    assert judged(bought(*STEADY, days=14), shop=STILL, today=MONDAY).verdict.level == "good"


def test_while_the_page_fails_dearer_words_wait() -> None:
    failing = words(CHEAP, days=usual_shop(bounce_rate=0.74))
    assert failing.verdict.text.endswith(
        "9 keyword bid raises are on hold until the bounce rate is under 70%."
    )
    lower = words(DEAR, days=usual_shop(bounce_rate=0.74))
    assert lower.verdict.text.endswith("1 to lower, 0 to raise, 0 to add.")


def test_the_cost_of_the_newest_day_stands_beside_the_usual_one() -> None:
    """Eight words of 300 clicks at 1.05 in twenty days: 126 yuan a day."""
    answer = words()
    cost = number(answer, "Keyword ad spend on 11 Jun")
    assert (cost.value, cost.reference) == (126.0, 126.0)
    late = judged(young(bought(*STEADY), "裙0", 10, 2.0), shop=STILL, today=MONDAY)
    assert number(late, "Keyword ad spend on 14 Jun").value == 20.0
    assert not [
        one
        for one in answer.evidence
        if one.name.startswith("Change in daily ad spend if all decisions are carried out")
    ]


def test_what_all_decisions_move_together() -> None:
    """A deleted word of 1,800 clicks at 2.10 in twenty days saves 189 a day."""
    assert number(words(LOSES), "Change in daily ad spend if all decisions are carried out").value == -189.0


def test_a_margin_is_asked_for_by_the_names_of_items_with_a_price() -> None:
    (asked,) = [one for one in words(own=shop()).findings if one.kind == "margin"]
    assert asked.text.startswith(
        "No margin is set for 连衣裙: clicks and conversion are shown, but not what they are worth."
    )
    assert (asked.level, [one.role for one in asked.proposals]) == ("watch", ["operator"])
    assert not [one for one in words().findings if one.kind == "margin"]


def test_what_a_buyer_spends_comes_from_items_somebody_bought() -> None:
    ranking = of_rows(
        Items,
        [
            {"date": SUNDAY, "item": "d1", "title": "a", "gmv": 300.0, "buyers": 2.0},
            {"date": SUNDAY, "item": "d1", "title": "a", "gmv": 100.0, "buyers": 2.0},
            {"date": SUNDAY, "item": "d2", "title": "b", "gmv": 0.0, "buyers": 0.0},
        ],
    )
    assert paid._values(ranking) == {"d1": 100.0}
    assert paid._values(None) == {}


@pytest.mark.parametrize(
    ("rank", "slot"),
    [
        (1.0, "1-3"),
        (3.4, "1-3"),
        (3.5, "4-6"),
        (6.5, "7-10"),
        (10.4, "7-10"),
        (10.5, "11+"),
        (float("nan"), "?"),
    ],
)
def test_the_slots_of_a_result_page(rank: float, slot: str) -> None:
    assert pictures._slot(rank) == slot


# ---- looked at again


def test_open_decisions_stand_above_those_that_hold() -> None:
    answer = looked_at_again(decided(), decided("raise", key="paid/word/1/外搭女"))
    (table,) = [
        one
        for one in answer.evidence
        if isinstance(one, Table) and one.name == "Earlier decisions checked again"
    ]
    assert [row[-1] for row in table.rows] == ["open", "holds"]
    turned = looked_at_again(decided("raise", key="paid/word/1/外搭女"), decided())
    (table,) = [
        one
        for one in turned.evidence
        if isinstance(one, Table) and one.name == "Earlier decisions checked again"
    ]
    assert [row[-1] for row in table.rows] == ["open", "holds"]
    (open_,) = [one for one in answer.findings if one.kind == "reopened"]
    assert (
        "With all orders credited, the same days have 20 orders of 280 clicks, which means “raise”."
    ) in open_.text
    assert [(one.role, one.due) for one in open_.proposals] == [("promotion", MONDAY.isoformat())]


def test_a_decision_that_holds_is_told_with_its_orders_and_clicks() -> None:
    answer = looked_at_again(decided(), late=0.0)
    (held,) = [one for one in answer.findings if one.kind == "matured"]
    assert held.text.endswith("“毛衣女”: delete (then 0/280, with all orders credited 0/280).")


# ---- traffic


def test_the_goods_are_asked_after_only_where_more_is_bought_blindly() -> None:
    told = "No stock file is imported: check that an item is in stock before buying more traffic for it."
    left = of_rows(Stock, [{"date": SUNDAY, "item": "a", "title": "a", "sku": "1", "on_hand": 5000}])
    assert told in promoted(adverts(a=700)).limits
    assert told not in promoted(adverts(a=290)).limits
    assert told not in promoted(adverts(a=700), stock=left).limits


@pytest.mark.parametrize(
    ("gmv", "settings", "level", "said"),
    [
        (
            {"a": 700},
            {},
            "watch",
            "¥30 a day more would probably pay off; for more than that there is no data.",
        ),
        ({"a": 205}, {}, "act", "Spend ¥20 a day less: the last part spent loses money."),
        (
            {"a": 700, "b": 205},
            {},
            "act",
            ("Move ¥20 a day from ads that lose money to ads that earn it; ¥30 a day more would pay off."),
        ),
        ({"a": 290}, {}, "good", "Ad spend is right: neither raise nor lower it."),
    ],
)
def test_the_verdict_says_what_the_next_yuan_asks_for(
    gmv: dict[str, Any], settings: dict[str, Any], level: str, said: str
) -> None:
    answer = promoted(adverts(**gmv), **settings)
    assert (answer.verdict.level, answer.verdict.text) == (level, said)


def test_short_of_target_the_verdict_begins_with_the_gap() -> None:
    short = promoted(adverts(a=205), targets={"2026-06": 230_000.0}).verdict
    assert "visitors a day missing (worth ¥" in short.text
    assert short.text.endswith(
        "). Buying traffic does not make up for the missing visitors: "
        "the last ¥20 spent each day already loses money."
    )


def test_without_ads_nothing_is_said_about_buying() -> None:
    none = promoted()
    assert none.verdict.text == "Without the ad file it cannot be said whether buying traffic pays."
    few = promoted(adverts(days=5, a=290))
    assert (
        few.verdict.text
        == "Too few days of ads have all their orders credited to say whether buying traffic pays."
    )
    assert (
        "Fewer than two weeks of ad days have all their orders credited: too few to say what is worth buying."
        in few.limits
    )
    assert traffic(usual_shop(days=0), NO_PLANS, shop=shop(), today=MONDAY).verdict.level == "nodata"


def test_the_price_of_a_visitor_is_the_middle_half_of_the_scenes() -> None:
    """100 yuan for 80 clicks, and 0.7 of a visitor a click: 1.79."""
    (price,) = [one for one in promoted(adverts(a=290)).evidence if one.name == "Cost of one more visitor"]
    assert isinstance(price, Number)
    assert price.value == pytest.approx(1.25 / 0.7, abs=0.15)


def test_titles_that_share_a_fifth_of_their_pairs_are_alike() -> None:
    """One of five pairs of characters is shared: 2 of 10."""
    strong = sells(title="ABCDEF", buyers=60.0, gmv=6000.0)
    weak = {"buyers": 20.0, "gmv": 2000.0}
    (one,) = strengths([strong, behind("2", title="ABXYZW", **weak)], (), shop())
    assert [two.item for two in one.copies] == ["2"]
    (other,) = strengths([strong, behind("2", title="ABXYZWV", **weak)], (), shop())
    assert other.copies == ()
