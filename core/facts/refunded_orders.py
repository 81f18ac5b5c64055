"""Look up in the order list when the order of a refund was paid; some refund lists do not say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def with_payments(refunds: pd.DataFrame, orders: pd.DataFrame) -> pd.DataFrame:
    """Return the refunds with the payment time and amount of their orders where the list has none.

    An order that is not in the order list stays without.
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
