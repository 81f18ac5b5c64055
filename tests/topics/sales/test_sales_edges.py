"""Where a sentence about a day's gap begins and ends: each line tried exactly on it and beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from core.language.wording import text
from core.statistics.split import Effects, Trade
from core.topics.sales.causes import shop_side
from core.topics.sales.variance import summary
from core.topics.sales.variance.effects import Gap
from tests.topics.sales.test_causes import item_rows, looked, said, stock_rows
from tests.topics.sales.test_driver_findings import USUALLY, made
from tests.topics.tables import SUNDAY, festival


def back(n: int) -> date:
    return SUNDAY - timedelta(days=n)


def gap(effects: Effects, likely: str = "likely", **known: Any) -> Gap:
    """A usual day of 6,112 yuan with these effects, each judged likely."""
    found, _ = made(effects, likely, sold=known.pop("sold", USUALLY + effects.total))
    return replace(found, **known)


def sentence(found: Gap) -> tuple[str, str]:
    told = summary.verdict(found, None)
    return told.level, text(told.text).replace("−", "-")


LESS = Effects(-2000.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("known", "against"),
    [
        ({}, "¥2,000 below a usual day;"),
        ({"dip": festival(date(2026, 6, 10))}, "¥2,000 below a usual day after 618;"),
        ({"multiplier": 1.2}, "¥2,000 below the sales the campaign calendar expects;"),
        ({"shape_known": False}, "¥2,000 below a usual day (yesterday was not one)."),
    ],
)
def test_what_a_day_is_held_against(known: dict[str, Any], against: str) -> None:
    assert against in sentence(gap(LESS, **known))[1]


# ---- sources and items


def days(*visitors: float | None) -> dict[date, Trade]:
    """Visitors of the days before Sunday, the nearest last; None: not in the export."""
    return {
        back(len(visitors) - n): Trade(one, 0.0, 0.0) for n, one in enumerate(visitors) if one is not None
    }


# ---- empty items


@pytest.mark.parametrize(("gmv", "hurt"), [(30.0, True), (29.9, False)])
def test_empty_items_hurt_from_exactly_three_percent(gmv: float, *, hurt: bool) -> None:
    stock = stock_rows(i1=0.0, i2=9000.0)
    found = shop_side.stock(looked(stock=stock, items=item_rows(i1=gmv, i2=1000.0 - gmv)))
    assert (found.state == "hurt") == hurt


def test_empty_items_of_a_shop_without_sales_are_no_cause() -> None:
    found = shop_side.stock(looked(stock=stock_rows(i1=0.0), items=item_rows(i1=0.0)))
    assert said(found)[1:] == ("usual", "every item that sells is in stock.")


def test_three_empty_items_are_named_the_largest_first() -> None:
    stock = stock_rows(i1=0.0, i2=0.0, i3=0.0, i4=0.0, i5=9000.0)
    items = item_rows(i1=100.0, i2=400.0, i3=300.0, i4=200.0, i5=1000.0)
    found = shop_side.stock(looked(stock=stock, items=items))
    assert said(found)[2] == "款2, 款3, 款4 out of stock; they made 50% of sales in the last 14 days."
    assert found.weight == pytest.approx(3 + 5)
