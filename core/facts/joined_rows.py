"""Load rows completed from other exports: item ids in stock lists, times of payment in refund lists."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from core.exports.kinds.catalogue import Catalogue
from core.exports.kinds.items import Items
from core.exports.kinds.orders import Orders
from core.exports.kinds.refunds import Refunds
from core.exports.kinds.stock import Stock
from core.exports.sheet import Sheet
from core.facts.refunded_orders import with_payments
from core.facts.stock_items import known_codes, with_items
from core.facts.window import load

S = TypeVar("S", bound=Sheet)


def joined_with(sheets: Collection[str]) -> tuple[str, ...]:
    """Return the ids of the other sheets from which :func:`load_joined` completes the rows of ``sheets``."""
    stock = (Catalogue.id, Items.id) if Stock.id in sheets else ()
    return (*stock, *((Orders.id,) if Refunds.id in sheets else ()))


def load_joined(folder: Path, sheet: type[S], first: date, last: date) -> S:
    """Load the sheet like :func:`core.facts.window.load`, and complete its rows from other exports.

    Rows of a stock list get their item ids. Refunds whose list does not contain the time the order was paid
    get it from the order list.
    """
    found = load(folder, sheet, first, last)
    if isinstance(found, Stock) and (found.frame["item"] == "").any():
        frame = with_items(found.frame, known_codes(folder, last))
    elif isinstance(found, Refunds) and found.frame["paid"].isna().any():
        orders = load(folder, Orders, first - timedelta(days=Orders.days), last)
        frame = with_payments(found.frame, orders.frame)
    else:
        return found
    made = sheet(frame)
    made.batches = found.batches
    return made
