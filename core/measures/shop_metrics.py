"""The shop's metrics by day, from its daily export."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from core.measures import baseline

if TYPE_CHECKING:
    import pandas as pd

_COLUMNS: Final = (
    "gmv",
    "visitors",
    "buyers",
    "pageviews",
    "cart_buyers",
    "bounce_rate",
    "old_visitors",
    "new_visitors",
    "refund_amount",
)


def shop_metrics(frame: pd.DataFrame) -> dict[str, dict[date, float]]:
    """Return each metric by day: money in yuan, counts, and rates as fractions computed from their parts."""
    value = {name: baseline.column(frame, name) for name in _COLUMNS}
    everyone = {
        day: value["old_visitors"][day] + value["new_visitors"][day]
        for day in value["old_visitors"]
        if day in value["new_visitors"]
    }
    return {
        "gmv": value["gmv"],
        "visitors": value["visitors"],
        "buyers": value["buyers"],
        "conversion": baseline.over(value["buyers"], value["visitors"]),
        "aov": baseline.over(value["gmv"], value["buyers"]),
        "cart_rate": baseline.over(value["cart_buyers"], value["visitors"]),
        "bounce_rate": value["bounce_rate"],
        "depth": baseline.over(value["pageviews"], value["visitors"]),
        "returning": baseline.over(value["old_visitors"], everyone),
        "refund_amount": value["refund_amount"],
    }
