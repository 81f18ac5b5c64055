"""Load the pandas frames with the figures that actions promise to change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pandas as pd

SHEETS_READ: Final = (
    "shop_day",
    "sources",
    "items",
    "ads",
    "keywords",
    "service",
    "stock",
    "orders",
    "catalogue",
)


def promise_frames(folder: Path, items: Sequence[str], earliest: date, day: date) -> dict[str, pd.DataFrame]:
    """Return the frames with the promised figures, starting well before ``earliest``.

    ``earliest``: the day of the first promise. Without ``items``, only the exports with figures of the whole
    shop are read.
    """
    from core.exports.kinds.orders import Orders
    from core.exports.kinds.registry import SHEETS
    from core.facts.days_from_orders import shop_days
    from core.facts.joined_rows import load_joined
    from core.facts.window import load

    wanted = [name for name in SHEETS_READ if name != Orders.id]
    if not items:
        wanted = ["shop_day", "ads", "service"]
    sheets = {
        name: load_joined(folder, SHEETS[name], earliest - timedelta(days=SHEETS[name].days), day)
        for name in wanted
    }
    frames = {name: sheet.frame for name, sheet in sheets.items() if not sheet.frame.empty}
    if "shop_day" not in frames:
        orders = load(folder, Orders, earliest - timedelta(days=Orders.days), day)
        if not orders.frame.empty:
            frames["shop_day"] = shop_days(orders).frame
    return frames
