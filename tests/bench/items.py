"""Steps that look at every item: a thousand items against a hundred."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Final

import numpy as np

from core.exports.kinds.items import Items
from core.exports.kinds.keywords import Keywords
from core.exports.kinds.refunds import Refunds
from core.exports.kinds.service import Service
from core.exports.kinds.shop_day import ShopDay
from core.exports.kinds.sources import Sources
from core.exports.kinds.stock import Stock
from core.exports.sheet import Sheet
from core.shop.settings import Shop
from core.topics.incidents import incidents
from core.topics.page import page
from core.topics.stock import stock
from tests.bench.measure import Figure, Result, in_turns, timed
from tests.exam.made_shop import TODAY, quiet, sheets
from tests.topics.tables import of_rows

FEW, MANY, LIMIT = 100, 1000, 12.0
SHOP: Final = Shop(name="Made", margin=0.5, lead_days=10)


def figures(rounds: int) -> Iterator[Result]:
    """Yield each step that looks at all items, with 1,000 of them against 100."""
    few, many = (_sheets(items) for items in (FEW, MANY))
    for name, step in (("what changed", _morning), ("stock", _stock), ("page", _page)):
        ours, theirs = in_turns(min(rounds, 5), timed(partial(step, many)), timed(partial(step, few)))
        yield Figure(f"{name}: {MANY:,} items", f"the same with {FEW}", LIMIT, "ms", ours, theirs)


def _sheets(items: int) -> dict[str, Sheet]:
    made = quiet(77, visitors=60.0 * items, items=items)
    found = sheets(made)
    chance = np.random.default_rng(7)
    rows: list[dict[str, object]] = [
        {"date": TODAY - timedelta(days=1), "item": made.item(place), "title": f"第{place}号衣服",
         "sku": made.item(place), "on_hand": float(chance.integers(0, 80)), "price": 100.0, "cost": 40.0}
        for place in range(items)
    ]  # fmt: skip
    return found | {Stock.id: of_rows(Stock, rows)}


def _morning(held: dict[str, Sheet]) -> None:
    kinds = (ShopDay, Items, Sources, Keywords, Service, Refunds, Stock)
    incidents.morning(*(held.get(kind.id) for kind in kinds), shop=SHOP, today=TODAY)  # type: ignore[arg-type]


def _stock(held: dict[str, Sheet]) -> None:
    stock.cover(held[Stock.id], held[Items.id], shop=SHOP, today=TODAY)  # type: ignore[arg-type]


def _page(held: dict[str, Sheet]) -> None:
    page.health(held[ShopDay.id], held[Items.id], shop=SHOP, today=TODAY)  # type: ignore[arg-type]
