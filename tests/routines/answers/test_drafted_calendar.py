"""A festival nobody has confirmed is held against the shop's own days, and moves nothing else."""

from __future__ import annotations

from datetime import date

from core.exports.kinds.items import Items
from core.shop.settings import Shop
from routines.answers.compute_answer import _with_drafts
from tests.topics.tables import of_rows, usual_shop

TODAY = date(2026, 11, 30)
SHOP = Shop(name="小店")


def test_an_analysis_that_reads_the_shops_days_knows_the_festivals_to_come() -> None:
    days = usual_shop(last=date(2026, 11, 29))
    assert {one.state for one in _with_drafts(SHOP, TODAY, {"days": days}).calendar} == {"proposed"}


def test_an_order_of_goods_is_not_moved_by_a_festival_nobody_has_confirmed() -> None:
    items = of_rows(Items, [{"date": TODAY, "item": "1", "gmv": 10.0}])
    assert _with_drafts(SHOP, TODAY, {"items": items}) is SHOP
