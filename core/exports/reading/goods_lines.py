"""Merge the lines of an order (one line for each kind of goods) into one row per order.

Exports do not say whether an amount is that of the line or of the whole order. This is inferred: if nearly
all orders have the same amount on all their lines, it is the order's; otherwise it is the line's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from core.exports.dimensions import dimension_of
from core.exports.reading.problem_collector import ProblemCollector, or_teach
from core.exports.reading.side_columns import SideColumns
from core.exports.sheet import Sheet
from core.language.wording import plural, say

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

GOODS: Final = ("item", "sku", "code")
"""Dimensions by which the lines of one order differ."""
_MONEY: Final = ("amount", "paid_amount", "refund_amount")
_PER_LINE: Final = ("units", "kinds")
_ENOUGH: Final = 3
"""The minimum number of orders with several lines for inferring what their amounts mean."""
_MOSTLY: Final = 0.9


def goods_lines(
    frame: pd.DataFrame,
    side: SideColumns,
    troubles: ProblemCollector,
    *,
    per: str = "",
    lines_by: Sequence[str] = (),
) -> tuple[pd.DataFrame, np.ndarray]:
    """Return the orders with their lines merged, and the position of each order's first row in ``frame``.

    ``per``: whose amount a row contains, the whole "order"'s or the "line"'s; empty if unknown. ``lines_by``:
    headers of side columns that identify a line; a line that occurs twice counts once.
    """
    import numpy as np

    everything = np.arange(len(frame))
    repeated = frame.duplicated("order", keep=False).to_numpy()
    if not repeated.any():
        return frame, everything
    held = frame.reset_index(drop=True)
    goods = _goods(held, side, lines_by)
    if lines_by:
        once = ~held.assign(_goods=goods).duplicated(["order", "_goods"], keep="last").to_numpy()
        frame, everything = frame[once], everything[once]
        held, goods = held[once].reset_index(drop=True), goods[once].reset_index(drop=True)
        repeated = held.duplicated("order", keep=False).to_numpy()
    several = held.assign(_goods=goods).groupby("order", sort=False)["_goods"].nunique().gt(1)
    lines = held["order"].isin(set(several[several].index)).to_numpy() & repeated
    if not lines.any():
        return frame, everything
    split = _filled_down(held[lines])
    is_once, said = dict[str, bool](), False
    for name in _MONEY:
        per_order = per == "order" if per else _is_per_order(split, name)
        if per_order is None and name == "amount":
            n = int(split["order"].nunique())
            troubles.refuse(
                plural(
                    "It cannot be told whether the amount is per order or per line (only {n} order has "
                    "several "
                    "lines).",
                    "It cannot be told whether the amount is per order or per line (only {n} orders have "
                    "several lines).",
                    n,
                ),
                or_teach(say("Download more days at a time.")),
            )
            return frame, everything
        is_once[name] = bool(per_order)
        said |= name == "amount" and bool(per_order)
    joined = _joined(split, is_once)
    troubles.note(
        say("Orders with several lines repeat the order's amount on each line; it was counted once.")
        if said
        else say("Orders with several lines have an amount per line; the amounts were added up.")
    )
    first = ~held["order"].duplicated().to_numpy()
    keep = ~lines | first
    made = held[keep].copy()
    places = made.index.to_numpy()
    inside = made["order"].isin(joined.index)
    for name in joined.columns:
        made.loc[inside, name] = made.loc[inside, "order"].map(joined[name])
    return made.set_axis(frame.index[places], axis=0), everything[places]


def _goods(held: pd.DataFrame, side: SideColumns, lines_by: Sequence[str]) -> pd.Series:
    """Return a text for each row identifying its goods: the title plus item, SKU and code columns."""
    import pandas as pd

    made = held["titles"].astype("str")
    for header in side.headers:
        if dimension_of(header) in GOODS or header in lines_by:
            column = side.column(header)
            made = made + "\x1f" + pd.Series(column.codes, index=held.index).astype("str")
    return made


def _filled_down(split: pd.DataFrame) -> pd.DataFrame:
    """Copy amounts and times that only the first line of an order contains to the order's other lines."""
    names = [
        name for name in (*_MONEY, "created", "paid", "date", "status", "region", "buyer") if name in split
    ]
    made = split.copy()
    grouped = made.groupby("order", sort=False)
    for name in names:
        if made[name].dtype == "str":
            made[name] = made[name].replace("", None)
        count = made[name].notna().groupby(made["order"]).sum()
        if count.le(1).all() and count.gt(0).any():
            made[name] = grouped[name].ffill()
        if split[name].dtype == "str":
            made[name] = made[name].fillna("").astype("str")
    return made


def _is_per_order(split: pd.DataFrame, name: str) -> bool | None:
    """Return whether each line has the whole order's amount; None if too few orders have several lines."""
    grouped = split.groupby("order", sort=False)[name]
    told = grouped.max().gt(0)
    if not told.any():
        return name != "refund_amount"
    equal = grouped.nunique(dropna=False).eq(1)[told]
    share = float(equal.mean())
    if share < _MOSTLY:
        return False
    return None if len(equal) < _ENOUGH else True


def _joined(split: pd.DataFrame, once: dict[str, bool]) -> pd.DataFrame:
    """Return one row per order with the sums of its lines.

    Amounts marked in ``once`` are the whole order's, repeated in each line; they are taken from the first
    line.
    """
    import pandas as pd

    grouped = split.groupby("order", sort=False)
    made = {}
    for name in (*_MONEY, *_PER_LINE):
        if name in split:
            made[name] = grouped[name].first() if once.get(name) else grouped[name].sum(min_count=1)
    made["titles"] = grouped["titles"].agg(
        lambda texts: "，".join(dict.fromkeys(text for text in texts if text))
    )
    if "goods" in split:
        parts = split["goods"]
        if once.get("amount"):  # the amount is the whole order's, so no line has its own
            parts = parts.str.replace(r":[^:]*$", ":", regex=True)
        made["goods"] = parts[parts != ""].groupby(split["order"], sort=False).agg(";".join)
    return pd.DataFrame(made)


def is_orders(sheet: type[Sheet]) -> bool:
    """Return whether the sheet lists orders; one order may then be spread over several rows."""
    return sheet.key == ("order",)
