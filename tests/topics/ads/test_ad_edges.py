"""The lines of buying traffic tried on both sides: the gap to the target, the week of an item, a call."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from core.exports.kinds.items import Items
from core.shop.settings import Thresholds
from core.topics.ads.keywords import tables
from core.topics.ads.traffic import buying
from core.topics.ads.traffic.missing import missing, visitor_value
from core.topics.ads.traffic.strengths import selling
from core.topics.ads.traffic.tables import evidence
from tests.topics.ads.test_ad_answers import judged
from tests.topics.ads.test_ad_findings import STILL, terms
from tests.topics.ads.test_keyword_figures import add, picture, spent, word
from tests.topics.ads.test_paid import STEADY, bought
from tests.topics.ads.test_traffic_figures import bought as called
from tests.topics.ads.test_traffic_figures import purchase, report
from tests.topics.tables import MONDAY, SUNDAY, of_rows, shop, usual_shop

OWN = shop(targets={"2026-06": 30_000.0}, weekday_weights=(1.0,) * 7)


def back(n: int) -> date:
    return SUNDAY - timedelta(days=n)


def days(last: float = 900.0) -> Any:
    """900 yuan a day of 300 visitors; the last day's sales as given."""
    changes = {back(n): {"gmv": 900.0, "visitors": 300.0} for n in range(70)}
    changes[SUNDAY] = {"gmv": last, "visitors": 300.0}
    return usual_shop(changes=changes).frame


@pytest.mark.parametrize(("likely", "chance", "call"), [
    (0.75, 0.75, "more"), (0.75, 0.7499, "hold"), (0.75, 0.25, "less"), (0.75, 0.2501, "hold"),
])  # fmt: skip
def test_a_call_is_made_from_likely_on(likely: float, chance: float, call: str) -> None:
    assert buying._call(chance, "", shop(thresholds=Thresholds(likely=likely))) == call


def test_a_day_without_spend_says_nothing_about_how_sales_follow_it() -> None:
    still = called(report([100.0] * 13 + [0.0], [600.0] * 13 + [0.0]))
    assert not still.measured


def test_the_gap_is_what_a_day_must_bring_less_what_it_heads_for() -> None:
    """14 days of 900 are 12,600; 17,400 of 30,000 are left for 16 days: 1,087.5 a day instead of 900."""
    found = missing(days(), [purchase()], OWN, MONDAY)
    assert found is not None
    assert (found.needed, found.heading, found.gap) == pytest.approx((1087.5, 900.0, 187.5), rel=2e-3)
    assert found.value == pytest.approx(3.0)
    assert found.visitors == pytest.approx(62.5, rel=2e-3)
    low, high = purchase().marginal_range or (0.0, 0.0)
    assert found.cost == pytest.approx((187.5 / high, 187.5 / low), rel=2e-3)
    more = missing(days(), [purchase(), purchase("less", gmv=9.0)], OWN, MONDAY)
    assert more is not None
    assert more.cost == found.cost
    only = missing(days(), [purchase("hold")], OWN, MONDAY)
    assert only is not None
    assert only.cost == found.cost
    none = missing(days(), [], OWN, MONDAY)
    assert none is not None
    assert none.cost is None
    ahead = missing(days(), [purchase()], shop(targets={"2026-06": 20_000.0}), MONDAY)
    assert ahead is not None
    assert ahead.cost is None
    frame = days()
    assert missing(frame[frame["date"].dt.date < SUNDAY], [], OWN, MONDAY) is None
    assert missing(frame, [], shop(targets={}), MONDAY) is None


def test_a_visitor_brings_what_the_last_28_days_brought() -> None:
    frame = days()
    frame.loc[frame["date"].dt.date <= back(28), "gmv"] = 9e6
    assert visitor_value(frame, OWN, MONDAY) == pytest.approx(3.0)
    frame.loc[frame["date"].dt.date > back(28), "visitors"] = 0.0
    assert visitor_value(frame, OWN, MONDAY) is None
    assert visitor_value(frame[:0], OWN, MONDAY) is None


def test_an_item_s_week_is_its_last_seven_days_and_its_aim_its_share_of_the_plan() -> None:
    """Two items at 600 and 300 yuan a day; the plan of seven days is 7,000, two thirds of it 4,666.67."""
    rows = [
        {
            "date": back(n),
            "item": item,
            "title": item,
            "gmv": gmv,
            "visitors": 100.0,
            "buyers": 3.0,
            "search_visitors": 40.0,
        }
        for n in range(30)
        for item, gmv in (("a", 600.0), ("b", 300.0))
    ]
    sales = {back(n): 900.0 for n in range(70)}
    a, b = selling(of_rows(Items, rows).frame, sales, OWN, MONDAY)
    assert (a.item, a.week, b.week) == ("a", 4200.0, 2100.0)
    assert a.aim == pytest.approx(7000 * 2 / 3, abs=1)
    assert (a.visitors, a.buyers, a.searched, a.gmv) == (2800.0, 84.0, 1120.0, 16_800.0)
    assert [one.aim for one in selling(of_rows(Items, rows).frame, sales, shop(targets={}), MONDAY)] == [
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("table", "kinds"),
    [
        (tables.picture_table([picture()]), "text rate rate ratio rate"),
        (tables.spending_table([spent()]), "text text money count rate money count ratio text ratio"),
        (tables.addition_table([add()], {}), "text text count count rate text money"),
        (
            tables.word_table([word()]),
            "text text word money money money rate count count rate text rate count money ratio ratio text",
        ),
        (
            evidence(None, [purchase()], None, None, [])[0],
            "text text money ratio ratio text ratio rate word money",
        ),
    ],
)
def test_each_column_has_its_kind(table: Any, kinds: str) -> None:
    assert [column.kind for column in table.columns] == kinds.split()


def test_a_missing_term_alone_is_worth_a_verdict() -> None:
    answer = judged(bought(*STEADY), search_terms=terms(), shop=STILL, today=MONDAY)
    assert answer.verdict.text == (
        "No keyword wastes money; keywords to change: 0 to lower, 0 to raise, 1 to add."
    )
