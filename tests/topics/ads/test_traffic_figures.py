"""What the next yuan of ads brings, from figures that are given: arithmetic, sentences and tables."""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

from core.answers.answer import About, Number, Table
from core.exports.kinds.ads import Ads
from core.language.wording import text
from core.measures.order_value import RefundShares, ShopRefunds
from core.records.team import PromotionPlan
from core.shop.settings import Item
from core.topics.ads.traffic import findings
from core.topics.ads.traffic.buying import Purchase, pooled_marginal, purchases
from core.topics.ads.traffic.missing import Missing
from core.topics.ads.traffic.spending import Spending, net_note, spendings
from core.topics.ads.traffic.strengths import Selling, Strength, selling, strengths
from core.topics.ads.traffic.tables import evidence
from core.topics.ads.traffic_holds import of_worse
from tests.topics.recorded import typed
from tests.topics.tables import MONDAY, SUNDAY, of_rows, shop
from tests.topics.team.test_advice import items

TODAY = MONDAY
WIDE = math.exp(1.2815516)
"""The middle 80 % of a log with a sd of one."""


def spent(**known: Any) -> Spending:
    """100 yuan a day for twenty days, bringing 300; 2 are needed to break even."""
    given: dict[str, Any] = {
        "item": "d1", "name": "Dress", "scene": "人群", "impressions": 50_000.0, "clicks": 1000.0,
        "cost": 2000.0, "orders": 60.0, "gmv": 6000.0, "days": 20, "low": 2.4, "high": 3.7, "share": 0.5,
        "chance_bad": 0.1,
    }  # fmt: skip
    return Spending(**(given | known))


def purchase(call: str = "more", slope: float = 0.75, spread: float = 1.0, **known: Any) -> Purchase:
    """The next yuan brings 0.75 × 3 = 2.25 of 2 needed."""
    return Purchase(
        spent=spent(**known),
        slope=slope,
        measured=True,
        spread=spread,
        chance=0.9,
        call=call,  # type: ignore[arg-type]
    )


def day(n: int) -> date:
    return SUNDAY - timedelta(days=n)


# ---- the next yuan


def test_the_next_yuan_brings_less_than_the_mean_one() -> None:
    one = purchase()
    assert (one.daily, one.marginal) == (100.0, 2.25)
    assert one.marginal_range == pytest.approx((2.25 / WIDE, 2.25 * WIDE))
    free = purchase(cost=0.0)
    assert (free.marginal, free.marginal_range) == (None, None)


@pytest.mark.parametrize(
    ("one", "change"),
    [
        (purchase(slope=0.7), 5.0 / 0.3 * 0.01 * 100 * 1.0593),  # (2.1 / 2)^(1 / 0.3) = 1.1766
        (purchase(), 30.0),  # (2.25 / 2)⁴ = 1.60: a third more at most
        (purchase(slope=0.6), 0.0),  # 1.8 of 2: nothing more, and nothing less either
        (purchase("less"), -20.0),
        (purchase("hold"), 0.0),
        (purchase(share=None), 0.0),
        (purchase(cost=0.0), 0.0),
    ],
)
def test_the_spend_goes_to_where_the_next_yuan_pays_in_steps(one: Purchase, change: float) -> None:
    assert one.change == pytest.approx(change, abs=0.01)


def test_what_so_many_yuan_more_bring() -> None:
    """1.3^0.75 - 1 = 0.2175 of the slope's 0.225: 30 yuan of 2.25 bring 65.2 in the middle."""
    one = purchase()
    middle = 300 * (1.3**0.75 - 1)
    assert one.brings(30.0) == pytest.approx((middle / WIDE, middle * WIDE), rel=1e-6)
    loss = 300 * (0.8**0.75 - 1)
    assert one.brings(-20.0) == pytest.approx((loss * WIDE, loss / WIDE), rel=1e-6)
    assert one.brings(0.0) is None
    assert purchase(cost=0.0).brings(30.0) is None


def test_several_are_pooled_by_what_is_spent_on_each() -> None:
    """2.25 on 100 yuan and 4.5 on 50 yuan: 3 on the whole."""
    two = [purchase(), purchase(cost=1000.0, gmv=6000.0)]
    assert pooled_marginal(two) == pytest.approx((3.0 / WIDE, 3.0 * WIDE))
    assert pooled_marginal([*two, purchase(cost=0.0)]) == pooled_marginal(two)
    assert pooled_marginal([]) is pooled_marginal([purchase(cost=0.0)]) is None


# ---- from the report


def report(cost: list[float], gmv: list[float], **known: Any) -> Ads:
    """One scene of the dress, day by day, the last of them Sunday's."""
    usual = {
        "report": "item",
        "item": "d1",
        "scene": "人群",
        "impressions": 1000.0,
        "clicks": 50.0,
        "orders": 3.0,
    }
    return of_rows(
        Ads,
        [
            usual | {"date": day(len(cost) - 1 - n), "cost": one, "gmv": gmv[n]} | known
            for n, one in enumerate(cost)
        ],
    )


def bought(ads: Ads, held: Any = "", **settings: Any) -> Purchase:
    days = sorted({when.date() for when in ads.frame["date"]})
    own = shop(**({"margin": 0.5, "refund_rate": 0.0} | settings))
    (one,) = purchases(
        ads.frame,
        days,
        spendings(ads.frame, days, own, {"d1": "Dress"}),
        {"d1": held} if held else {},
        own,
    )
    return one


@pytest.mark.parametrize(
    ("gmv", "held", "call"),
    [
        (600.0, "", "more"),  # 0.7 × 6 = 4.2 of 2
        (600.0, "stock", "scarce"),
        (600.0, "price", "below_cost"),
        (600.0, "reviews", "worse"),
        (600.0, "refunds", "worse"),
        (285.0, "", "hold"),  # 0.7 × 2.85 = 2 of 2
        (285.0, "stock", "scarce"),
        (150.0, "", "less"),
        (150.0, "stock", "less"),
    ],
)
def test_what_is_called(gmv: float, held: str, call: str) -> None:
    assert bought(report([100.0] * 14, [gmv] * 14), held).call == call


def test_without_a_margin_or_enough_clicks_nothing_is_called() -> None:
    ads = report([100.0] * 14, [600.0] * 14)
    assert (bought(ads, margin=None).call, bought(ads, margin=None).chance) == ("unknown", None)
    assert bought(report([100.0] * 14, [600.0] * 14, clicks=4.0)).call == "unknown"


def test_spend_that_hardly_moves_leaves_the_usual_slope() -> None:
    still = bought(report([100.0] * 14, [600.0] * 14))
    assert still.slope == pytest.approx(0.7)
    assert not still.measured
    # The spread: 1.56 / 42 orders and the usual doubt about the slope.
    moved = bought(report([50.0, 150.0] * 14, [300.0, 500.0] * 14))
    assert moved.measured
    assert moved.slope == pytest.approx(math.log(500 / 300) / math.log(3), abs=0.05)
    assert moved.spread < still.spread


def test_only_the_report_by_item_is_counted() -> None:
    plan = report([900.0] * 14, [1.0] * 14, report="plan")
    both = report([100.0] * 14, [600.0] * 14)
    both = Ads(_joined(both, plan))
    assert bought(both).spent.cost == 1400.0
    nobody = report([5.0] * 14, [1.0] * 14, item="")
    assert bought(Ads(_joined(report([100.0] * 14, [600.0] * 14), nobody))).spent.cost == 1400.0


def _joined(*sheets: Ads) -> Any:
    import pandas as pd

    return pd.concat([one.frame for one in sheets], ignore_index=True)


def test_the_figures_of_a_scene_are_added_up() -> None:
    """42 orders of 200 yuan on 1,400 yuan; 90 % of Gamma(42.5) lie between 32.4 and 53.9."""
    ads = report([100.0] * 14, [600.0] * 14)
    days = sorted({when.date() for when in ads.frame["date"]})
    (one,) = spendings(ads.frame, days, shop(margin=0.5, refund_rate=0.0), {})
    assert (one.item, one.name, one.scene, one.days) == ("d1", "d1", "人群", 14)
    assert (one.impressions, one.clicks, one.cost, one.orders, one.gmv) == (
        14_000.0,
        700.0,
        1400.0,
        42.0,
        8400.0,
    )
    assert (one.roi, one.break_even) == (6.0, 2.0)
    assert one.daily_loss == pytest.approx(100 - 300)
    assert (one.low, one.high) == pytest.approx((32.4 / 7, 53.9 / 7), abs=0.05)
    assert one.chance_bad == pytest.approx(0.0, abs=1e-6)
    none = spendings(report([0.0] * 14, [0.0] * 14).frame, days, shop(), {})
    assert none == []


@pytest.mark.parametrize(
    ("clicks", "orders", "known"), [(60.0, 5.0, True), (59.0, 5.0, False), (60.0, 0.0, False)]
)
def test_sixty_clicks_and_an_order_are_the_least_for_a_range(
    clicks: float, orders: float, *, known: bool
) -> None:
    ads = report([100.0], [500.0], clicks=clicks, orders=orders)
    (one,) = spendings(ads.frame, [SUNDAY], shop(margin=0.5), {})
    assert (one.low is not None, one.high is not None, one.chance_bad is not None) == (known, known, known)


def test_the_most_expensive_scene_is_first() -> None:
    two = Ads(_joined(report([10.0], [50.0]), report([20.0], [50.0], scene="关键词推广")))
    found = spendings(two.frame, [SUNDAY], shop(), {})
    assert [(one.scene, one.by_keyword) for one in found] == [("关键词推广", True), ("人群", False)]


# ---- how it is said


def kinds(*found: Purchase, page_fails: bool = False) -> list[tuple[str, str, str]]:
    said = findings.of_purchases(found, TODAY, page_fails=page_fails)
    return [(one.kind, one.level, one.about.item) for one in said]


def test_buying_more_is_said_with_what_it_brings() -> None:
    (found,) = findings.of_purchases([purchase(spread=0.1)], TODAY, page_fails=False)
    assert text(found.text) == (
        "Buy more: 人群 for Dress, ¥30 a day on top of ¥100. The additional spend returns "
        "2.25 per yuan (1.98–2.56), break-even 2.00; expect ¥57 to ¥74 more sales a day."
    )
    assert found.impact is not None
    middle = 300 * (1.3**0.75 - 1)
    assert found.impact.yuan == pytest.approx(middle)
    assert (found.impact.low, found.impact.high) == pytest.approx((middle / WIDE**0.1, middle * WIDE**0.1))
    assert (found.impact.per, found.impact.of, found.impact.side) == ("day", "sales", "gain")
    (asked,) = found.proposals
    assert text(asked.text) == "人群 for Dress: spend ¥30 a day more, check again in four days"
    assert (asked.metric, asked.direction, asked.due, asked.item, asked.deed, asked.price, asked.about) == (
        "visitors", "up", "2026-06-19", "d1", "raise_spend", 130.0, About(item="d1", scene="人群")
    )  # fmt: skip
    (waits,) = findings.of_purchases([purchase()], TODAY, page_fails=True)
    assert text(waits.text) == (
        "人群 for Dress could take ¥30 a day more of ad spend (this additional spend would return "
        "2.25 per yuan, break-even 2.00), but only once the page is good again."
    )
    assert (waits.level, waits.proposals, waits.impact) == ("info", (), None)


def test_buying_less_is_said_with_what_it_saves() -> None:
    (found,) = findings.of_purchases([purchase("less", spread=0.1)], TODAY, page_fails=True)
    assert text(found.text) == (
        "Buy less: 人群 for Dress returns ¥3.00 per yuan on average, but the last part spent only "
        "¥2.25 (break-even ¥2.00). Cut a fifth and save ¥20 a day."
    )
    assert found.impact is not None
    assert (found.impact.yuan, found.impact.per, found.impact.of) == (20.0, "day", "margin")
    (asked,) = found.proposals
    assert text(asked.text) == "人群 for Dress: spend ¥20 a day less"
    assert (asked.metric, asked.direction, asked.due, asked.deed, asked.item) == (
        "cost", "down", "2026-06-16", "lower_spend", "d1"
    )  # fmt: skip
    assert (asked.expected, asked.price) == (80, 80.0)


@pytest.mark.parametrize(
    ("known", "level"),
    [
        ({"cost": 10_000.0, "gmv": 19_000.0}, "act"),  # 1.9 of 2, 100 a day to save
        ({"cost": 9_990.0, "gmv": 19_000.0}, "watch"),  # 99.9
        ({"cost": 10_000.0, "gmv": 20_000.0}, "watch"),  # 2 of 2
        ({"cost": 10_000.0, "gmv": 19_000.0, "share": None}, "watch"),
    ],
)
def test_a_loss_of_a_hundred_yuan_a_day_is_for_today(known: dict[str, Any], level: str) -> None:
    assert kinds(purchase("less", **known)) == [("less", level, "d1")]


def test_three_of_a_kind_are_said_the_largest_first_and_small_ones_not() -> None:
    more = [purchase(item=f"m{n}", cost=2000.0 + n, gmv=6000.0 + 3 * n) for n in range(4)]
    less = [purchase("less", item=f"l{n}", cost=2000.0 + n) for n in range(4)]
    assert [item for _, _, item in kinds(*more, *less)] == ["l3", "l2", "l1", "m3", "m2", "m1"]
    assert kinds(purchase(cost=1334.0, gmv=4002.0)) == [("more", "good", "d1")]  # 20 a day
    assert kinds(purchase(cost=1333.0, gmv=3999.0)) == []


def test_each_item_that_runs_out_is_said_once() -> None:
    found = findings.of_purchases(
        [purchase("scarce"), purchase("scarce", scene="直通车")], TODAY, page_fails=False
    )
    assert [text(one.text) for one in found] == [
        ("Dress will run out before new stock arrives. Do not buy more traffic for it, whatever the ROI.")
    ]
    assert kinds(purchase("hold"), purchase("worse"), purchase("unknown")) == []


def test_items_that_please_less_are_said_where_they_are_advertised() -> None:
    whys: dict[str, Any] = {"d1": "reviews", "d2": "refunds", "d3": "stock", "d4": "reviews"}
    found = of_worse(whys, {"d1", "d2", "d3"}, {"d1": "Dress"}, "paid")
    assert [text(one.text) for one in found] == [
        "Dress: bad reviews are increasing. Do not advertise it more until the cause is fixed.",
        ("d2: refunds for faults are increasing. Do not advertise it more until the cause is fixed."),
    ]
    assert [(one.key, one.level) for one in found] == [("paid/worse/d1", "watch"), ("paid/worse/d2", "watch")]


# ---- promotion's own plans


@pytest.mark.parametrize(
    ("budget", "visitors", "price", "level", "said"),
    [
        (
            300.0,
            100,
            (3.0, 5.0),
            "good",
            "¥3 a visitor matches what an additional visitor costs in this shop (¥3–¥5).",
        ),
        (
            500.0,
            100,
            (3.0, 5.0),
            "good",
            "¥5 a visitor matches what an additional visitor costs in this shop (¥3–¥5).",
        ),
        (
            200.0,
            100,
            (3.0, 5.0),
            "watch",
            (
                "That is ¥2 a visitor. An additional visitor costs ¥3–¥5 in this shop, so the "
                "proposal expects too many visitors."
            ),
        ),
        (
            600.0,
            100,
            (3.0, 5.0),
            "watch",
            ("That is ¥6 a visitor. An additional visitor costs ¥3–¥5 in this shop, so it is too expensive."),
        ),
        (
            300.0,
            100,
            None,
            "info",
            "The proposal lacks the number of visitors or the amount of money, so it cannot be checked.",
        ),
        (
            300.0,
            None,
            (3.0, 5.0),
            "info",
            "The proposal lacks the number of visitors or the amount of money, so it cannot be checked.",
        ),
    ],
)
def test_a_plan_is_held_against_what_a_further_visitor_costs(
    budget: float, visitors: int | None, price: tuple[float, float] | None, level: str, said: str
) -> None:
    plan = PromotionPlan(channel="直通车", budget=budget, visitors=visitors)
    (found,) = findings.of_plans(typed((TODAY, plan)), price, shop(), TODAY)
    assert text(found.text) == f"The promotion team proposes 直通车: ¥{budget:.0f} a day more. {said}"
    assert (found.kind, found.level, found.about) == ("plan", level, About(entry="0"))


def test_without_a_plan_of_today_promotion_is_asked_first() -> None:
    plan = PromotionPlan(channel="直通车", budget=300.0, visitors=100)
    (found,) = findings.of_plans(typed((SUNDAY, plan)), (3.0, 5.0), shop(), TODAY)
    assert (found.kind, found.level) == ("first", "info")


# ---- items on target


def sells(item: str = "1", title: str = "法式碎花连衣裙", **known: Any) -> Selling:
    """1,000 visitors, 30 buyers of 100 yuan, half by search; 1,000 yuan a week of 900 aimed for."""
    given: dict[str, Any] = {
        "name": f"Dress {item}", "visitors": 1000.0, "buyers": 30.0, "searched": 500.0, "gmv": 3000.0,
        "week": 1000.0, "aim": 900.0,
    }  # fmt: skip
    given |= known
    return Selling(
        item=item, title=title, a=1.0 + given["buyers"], b=99.0 + given["visitors"] - given["buyers"], **given
    )


def behind(item: str, **known: Any) -> Selling:
    return sells(item, **({"week": 100.0} | known))


def found(*items: Selling, scarce: tuple[str, ...] = ()) -> list[Strength]:
    return strengths(items, scarce, shop())


def test_what_an_item_comes_to() -> None:
    one = sells()
    assert one.rate == pytest.approx(31 / 1100)
    assert (one.aov, one.reached) == (100.0, True)
    assert (sells(buyers=0.0).aov, sells(aim=None).reached, sells(week=900.0).reached) == (None, None, True)
    assert sells(week=899.0).reached is False


def test_a_strength_in_conversion_is_held_against_items_of_its_price() -> None:
    """60 of 1,000 where the others of its price have 20."""
    strong = sells(buyers=60.0, gmv=6000.0)
    (one,) = found(strong, behind("2", buyers=20.0, gmv=2000.0), behind("3", buyers=20.0, gmv=2000.0))
    assert (one.kind, one.usual) == ("conversion", 0.02)
    assert one.value == pytest.approx(61 / 1100)
    assert one.chance > 0.99
    assert [two.item for two in one.copies] == ["2", "3"]
    assert found(strong, behind("2", buyers=20.0, gmv=2000.0 * 1.71)) == []
    assert found(strong, behind("2", buyers=20.0, gmv=2000.0 * 1.69))[0].kind == "conversion"
    assert found(strong, behind("2", buyers=20.0, gmv=2000.0 * 0.59)) == []
    assert found(strong, behind("2", buyers=20.0, gmv=2000.0 * 0.61))[0].kind in ("conversion", "price")


def test_a_strength_in_search_is_held_against_the_whole_shop() -> None:
    strong = sells(searched=800.0)
    (one,) = found(strong, behind("2", searched=200.0), behind("3", searched=200.0))
    assert (one.kind, one.value, one.usual) == ("source", 0.8, 0.4)
    assert found(sells(searched=439.0), behind("2", searched=361.0)) == [], "0.439 is less than 1.1 × 0.4"
    assert found(sells(searched=math.nan), behind("2", searched=200.0)) == []


def test_a_strength_in_price_needs_similar_items_and_no_lower_conversion() -> None:
    """150 a buyer where the others take 100; it converts 5 % where they have 3.8."""
    strong = sells(buyers=50.0, gmv=7500.0)
    (one,) = found(strong, behind("2", buyers=38.0, gmv=3800.0))
    assert (one.kind, one.value, one.usual) == ("price", 150.0, 100.0)
    assert found(strong, behind("2", title="男士皮鞋黑", buyers=38.0, gmv=3800.0))[0].kind == "conversion"
    assert found(sells(buyers=38.0, gmv=5700.0), behind("2", buyers=38.0, gmv=3800.0)) == []
    near = sells(buyers=50.0, gmv=5700.0)  # 114 is less than 1.15 × 100
    assert [one.kind for one in found(near, behind("2", buyers=38.0, gmv=3800.0))] == ["conversion"]


def test_only_items_on_target_teach_and_only_others_learn() -> None:
    strong, weak = sells(buyers=60.0, gmv=6000.0), behind("2", buyers=20.0, gmv=2000.0)
    assert found(behind("1", buyers=60.0, gmv=6000.0), weak) == []
    assert found(sells(buyers=60.0, gmv=6000.0, aim=None), weak) == []
    assert [len(one.copies) for one in found(strong, weak, scarce=("2",))] == [0]
    assert [len(one.copies) for one in found(strong, sells("2", buyers=20.0, gmv=2000.0))] == [0]
    other = behind("3", title="男士皮鞋黑", buyers=20.0, gmv=2000.0)
    (one,) = found(
        strong, weak, other, behind("4", buyers=20.0, gmv=2000.0), behind("5", buyers=20.0, gmv=2000.0)
    )
    assert [two.item for two in one.copies] == ["2", "4"]


def strength(kind: str = "conversion", *copies: Selling) -> Strength:
    value, usual = (130.0, 100.0) if kind == "price" else (0.055, 0.02)
    return Strength(sells(), kind, value, usual, 0.9, copies)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "said", "todo", "role", "metric"),
    [
        (
            "conversion",
            "). Its strength is conversion: 5.5%, while items of a similar price have 2.0%.",
            "Dress 2, Dress 3: make the first pictures and selling points like those of Dress 1",
            "design",
            "item_conversion",
        ),
        (
            "source",
            "). Its strength is free search: 5.5% of its visitors, usually 2.0%.",
            "Dress 2, Dress 3: put the keywords that work for Dress 1 into the title",
            "content",
            "item_visitors",
        ),
        (
            "price",
            (
                "). Its strength is the price: each buyer pays ¥130, for similar items ¥100, "
                "and its conversion is no lower."
            ),
            "Dress 2, Dress 3: try a slightly higher price or a better bundle, as Dress 1 has",
            "operator",
            "item_aov",
        ),
    ],
)
def test_a_strength_is_copied_to_similar_items(
    kind: str, said: str, todo: str, role: str, metric: str
) -> None:
    (alone,) = findings.of_strengths([strength(kind)], TODAY)
    assert text(alone.text) == f"Dress 1 is above its target (¥1,000 in 7 days, target ¥900{said}"
    assert (alone.level, alone.proposals, alone.about) == ("good", (), About(item="1"))
    (copied,) = findings.of_strengths([strength(kind, behind("2"), behind("3"))], TODAY)
    assert (
        text(copied.text)
        == f"Dress 1 is above its target (¥1,000 in 7 days, target ¥900{said} Apply it to: Dress 2, Dress 3."
    )
    (asked,) = copied.proposals
    assert text(asked.text) == todo
    assert (asked.role, asked.metric, asked.direction, asked.due, asked.item, asked.about) == (
        role, metric, "up", "2026-06-18", "2", About(item="2")
    )  # fmt: skip


def test_three_strengths_are_said() -> None:
    assert len(findings.of_strengths([strength()] * 4, TODAY)) == 3


# ---- evidence


def rows(table: Any) -> list[dict[str, Any]]:
    assert isinstance(table, Table)
    ids = [column.id for column in table.columns]
    return [
        {
            name: cell if isinstance(cell, int | float | None) else text(cell)
            for name, cell in zip(ids, row, strict=True)
        }
        for row in table.rows
    ]


def numbers(pieces: tuple[Any, ...]) -> list[tuple[str, float | None, float | None, float | None]]:
    return [(text(one.name), one.value, one.low, one.high) for one in pieces if isinstance(one, Number)]


def test_the_gap_and_its_price_are_numbers() -> None:
    """1,000 a day short; 400 to 900 yuan buy it, 600 in the geometric middle."""
    gap = Missing(6000.0, 5000.4, 6.0, (400.4, 900.0))
    assert gap.visitors == pytest.approx(999.6 / 6)
    assert Missing(6000.0, 5000.0, None, None).visitors is None
    assert numbers(evidence(gap, [], None, (1.004, 4.0), [])) == [
        ("Daily worth of the missing visitors", 1000, None, None),
        ("Cost of buying all missing visitors, a day", 600, 400.0, 900.0),
        ("Cost of one more visitor", 2.0, 1.0, 4.0),
    ]
    ahead = Missing(5000.0, 6000.0, 6.0, None)
    assert numbers(evidence(ahead, [], None, None, [])) == [
        ("Daily worth of the missing visitors", 0.0, None, None)
    ]
    assert evidence(None, [], None, None, []) == ()


def test_each_cell_of_what_the_next_yuan_brings() -> None:
    (table,) = evidence(None, [purchase(spread=0.1), purchase("hold", cost=0.0, scene="")], None, None, [])
    full, bare = rows(table)
    assert full == {
        "item": "Dress", "scene": "人群", "spent_a_day": 100, "roi": 3.0, "next_yuan": 2.25,
        "interval": "1.98–2.56", "break_even": 2.0, "pays": 0.9, "call": "more", "change_a_day": 30,
    }  # fmt: skip
    assert (bare["scene"], bare["roi"], bare["next_yuan"], bare["interval"], bare["change_a_day"]) == (
        "—", None, None, "—", None
    )  # fmt: skip


def test_each_cell_of_an_item_on_target() -> None:
    (table,) = evidence(
        None, [], None, None, [strength("source", behind("2"), behind("3")), strength("price")]
    )
    assert rows(table) == [
        {"item": "Dress 1", "week": 1000, "aim": 900, "strength": "source", "copied_to": "Dress 2, Dress 3"},
        {"item": "Dress 1", "week": 1000, "aim": 900, "strength": "price", "copied_to": "—"},
    ]


def test_a_margin_of_its_own_moves_an_item_s_break_even() -> None:
    ads = report([100.0], [500.0])
    own = shop(margin=0.5, refund_rate=0.2, items=(Item(id="d1", margin=0.25),))
    (one,) = spendings(ads.frame, [SUNDAY], own, {})
    assert one.break_even == pytest.approx(1 / (0.25 * 0.8))


def test_nothing_is_bought_on_top_for_what_sells_below_its_cost() -> None:
    (found,) = of_worse({"d1": "price", "d2": "price"}, {"d1"}, {"d1": "Dress"}, "paid")
    assert (found.key, found.level) == ("paid/worse/d1", "watch")
    assert text(found.text) == (
        "Dress sells below its cost. Do not advertise it more until the price is corrected."
    )


def test_ads_are_judged_by_net_return_where_the_report_knows_net_sales() -> None:
    """Margin 0.5, a fifth goes back: 100 paid leave 40, and 80 of it are kept: 80 / 40."""
    given = {"item": "d1", "scene": "人群", "report": "item", "clicks": 100.0, "cost": 100.0, "orders": 4.0,
             "gmv": 400.0, "date": MONDAY}  # fmt: skip
    own = shop(margin=0.5, refund_rate=0.2)
    (without,) = spendings(of_rows(Ads, [given]).frame, [MONDAY], own, {})
    assert without.break_even == pytest.approx(2.5)
    assert (without.roi, without.in_net, net_note(without)) == (4.0, False, "")
    (one,) = spendings(of_rows(Ads, [{**given, "net_gmv": 330.0}]).frame, [MONDAY], own, {})
    assert (one.roi, one.in_net) == (3.3, True)
    assert one.break_even == pytest.approx(2.0)
    assert one.daily_loss == pytest.approx(100 - 330 / 2.0)
    assert text(net_note(one)) == "Return and break-even are after refunds."


@pytest.mark.parametrize(("kept", "chances"), [(330.0, (0.0, 0.2)), (150.0, (0.8, 1.0))])
def test_ads_that_sell_what_comes_back_are_seen_by_their_net_return(
    kept: float, chances: tuple[float, float]
) -> None:
    """Four yuan of sales for one of ads look well; whether they stay decides."""
    rows = [
        {"item": "d1", "scene": "人群", "report": "item", "clicks": 1000.0, "cost": 1000.0, "orders": 40.0,
         "gmv": 4000.0, "net_gmv": kept * 10, "date": MONDAY - timedelta(days=20)}
    ]  # fmt: skip
    own = shop(margin=0.5, refund_rate=0.2)
    (one,) = spendings(of_rows(Ads, rows).frame, [MONDAY - timedelta(days=20)], own, {})
    assert one.chance_bad is not None
    assert chances[0] <= one.chance_bad <= chances[1]


def test_refunds_still_to_come_are_taken_off_the_report_s_net_sales() -> None:
    """A tenth of what is left of that day will still go back."""
    day = MONDAY - timedelta(days=8)
    given = {"item": "d1", "scene": "人群", "report": "item", "clicks": 100.0, "cost": 100.0, "orders": 4.0,
             "gmv": 400.0, "net_gmv": 300.0, "date": day}  # fmt: skip
    measured = ShopRefunds(RefundShares(0.1, 0.2), {}, "list", 60, 500, stays={day: 0.9})
    (one,) = spendings(of_rows(Ads, [given]).frame, [day], shop(margin=0.5), {}, measured)
    assert one.gmv == pytest.approx(270.0)
    assert one.break_even == pytest.approx(0.7 / (0.7 * 0.5))


def test_a_report_that_has_net_sales_for_some_days_only_is_judged_by_all_sales() -> None:
    days = [MONDAY - timedelta(days=n) for n in (20, 21)]
    rows: list[dict[str, object]] = [
        {"item": "d1", "scene": "人群", "report": "item", "clicks": 100.0, "cost": 100.0, "orders": 4.0,
         "gmv": 400.0, "net_gmv": net, "date": day}
        for day, net in zip(days, (300.0, None), strict=True)
    ]  # fmt: skip
    (one,) = spendings(of_rows(Ads, rows).frame, days, shop(margin=0.5), {})
    assert (one.roi, one.in_net) == (4.0, False)


def test_a_peak_nobody_explained_is_no_strength() -> None:
    """Thirty times the usual buyers of every item on one day tell as much as a day without a file."""
    usual = items().frame
    day = usual["date"] == pd.Timestamp(MONDAY - timedelta(days=3))
    peaked = usual.copy()
    for name in ("buyers", "units", "gmv"):
        peaked[name] = peaked[name].where(~day, peaked[name] * 30)
    known = [selling(frame, {}, shop(), MONDAY) for frame in (peaked, usual[~day])]
    assert known[0] == known[1]
    assert known[0]
