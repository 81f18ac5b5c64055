"""Look up in the order list when a refunded order was paid; some refund lists do not contain this time."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def with_payments(refunds: pd.DataFrame, orders: pd.DataFrame) -> pd.DataFrame:
    """Return the refunds with missing times and amounts of payment filled in from the order list.

    They stay empty for an order that is not in the list.
    """
    known = orders[orders["paid"].notna()].drop_duplicates("order", keep="last").set_index("order")
    if known.empty:
        return refunds
    amount = known["paid_amount"].fillna(known["amount"])
    order = refunds["order"].astype("str")
    return refunds.assign(
        paid=refunds["paid"].fillna(order.map(known["paid"])),
        paid_amount=refunds["paid_amount"].fillna(order.map(amount)),
    )
