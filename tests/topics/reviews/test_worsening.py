"""Items that please their buyers less: more refunds for faults, or more bad reviews, than chance gives."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.exports.kinds.items import Items
from core.exports.kinds.refunds import Refunds
from core.topics.reviews.worsening import Worse, worsening
from tests.topics.reviews.test_reviews import written
from tests.topics.tables import MONDAY, of_rows, shop

FAULT = "质量问题"


def sold(days: int = 70, visitors: float = 500) -> Items:
    """Return days on which ten dresses were sold, the last one yesterday."""
    rows: list[dict[str, object]] = [
        {"date": MONDAY - timedelta(days=back), "item": "dress", "title": "dress", "units": 10.0,
         "visitors": visitors, "gmv": 2000.0}
        for back in range(1, days + 1)
    ]  # fmt: skip
    return of_rows(Items, rows)


def refunded(*days_ago: int, reason: str = FAULT, weeks: int = 8) -> Refunds:
    """Return one refund for a fault in each week before the last, and those of the last."""
    usual = [(10 + 7 * week, FAULT) for week in range(weeks)]
    rows: list[dict[str, object]] = [
        {"refund": str(number), "date": MONDAY - timedelta(days=back), "item": "dress", "reason": why}
        for number, (back, why) in enumerate([*usual, *((back, reason) for back in days_ago)])
    ]
    return of_rows(Refunds, rows)


def worse(refunds: Refunds | None, items: Items | None = None) -> dict[str, Worse]:
    goods = sold() if items is None else items
    return worsening(None, None if refunds is None else refunds.frame, goods.frame, shop(), MONDAY)


@pytest.mark.parametrize(("faults", "said"), [(0, {}), (2, {}), (4, {"dress": "refunds"})])
def test_more_refunds_for_faults_than_a_usual_week_gives_are_told(
    faults: int, said: dict[str, Worse]
) -> None:
    """One a week on 140 dresses of a fortnight is usual: four come by chance in two weeks of a hundred."""
    assert worse(refunded(*[3] * faults)) == said


@pytest.mark.parametrize(("days_ago", "counted"), [(0, False), (1, True), (7, True), (8, False)])
def test_the_last_seven_days_count(days_ago: int, *, counted: bool) -> None:
    assert bool(worse(refunded(*[days_ago] * 6))) is counted


@pytest.mark.parametrize(
    ("reason", "fault"),
    [("做工瑕疵", True), ("商品破损", True), ("与商品描述不符", True), ("漏发", True), ("7天无理由", False),
     ("不喜欢", False), ("尺码不合适，与描述不符", False), ("尺寸与商品描述不符", False)],
)  # fmt: skip
def test_a_fault_is_of_the_goods_and_not_of_the_size(reason: str, *, fault: bool) -> None:
    assert bool(worse(refunded(*[3] * 6, reason=reason))) is fault


def test_refunds_of_a_month_say_what_is_usual_and_of_less_they_do_not() -> None:
    """The week begins seven days ago: five weeks back there must be a refund."""
    assert worse(refunded(*[3] * 6, 35, weeks=0))
    assert not worse(refunded(*[3] * 6, 34, weeks=0))


def test_many_more_sold_make_as_many_more_refunds_usual() -> None:
    goods = sold().frame
    goods.loc[goods["date"].dt.date >= MONDAY - timedelta(days=14), "units"] = 60.0
    assert worse(refunded(*[3] * 6))
    assert not worse(refunded(*[3] * 6), Items(goods))


def test_an_item_not_sold_lately_is_not_judged() -> None:
    goods = sold().frame
    goods.loc[goods["date"].dt.date >= MONDAY - timedelta(days=14), "units"] = 0.0
    assert worse(refunded(*[3] * 6), Items(goods)) == {}
    goods.loc[goods["date"].dt.date == MONDAY - timedelta(days=14), "units"] = 10.0
    assert worse(refunded(*[3] * 6), Items(goods)) == {"dress": "refunds"}


def test_bad_reviews_are_told_before_refunds() -> None:
    bad = written(*((1 + n % 7, "dress", 1.0, "开线", "") for n in range(9))).frame
    calm = written().frame
    refunds = refunded(*[3] * 6).frame
    assert worsening(bad, None, sold().frame, shop(), MONDAY) == {"dress": "reviews"}
    assert worsening(bad, refunds, sold().frame, shop(), MONDAY) == {"dress": "reviews"}
    assert worsening(calm, refunds, sold().frame, shop(), MONDAY) == {"dress": "refunds"}
    assert worsening(calm, None, sold().frame, shop(), MONDAY) == {}


def test_without_items_or_visitors_nothing_is_told() -> None:
    refunds = refunded(*[3] * 6)
    assert worsening(None, refunds.frame, None, shop(), MONDAY) == {}
    assert worse(refunds, sold(visitors=0)) == {}
    assert worse(None) == {}
    assert worse(Refunds(Refunds.empty())) == {}
