"""Orders that stand in several lines, one for each of their goods, made one row an order.

Whether the amount stands per line or per order is not written anywhere. The lines show it: an amount that is
the same on all lines of nearly every order is the order's, one that differs is the line's.
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
"""Dimensions that tell the goods of one order apart."""
_MONEY: Final = ("amount", "paid_amount", "refund_amount")
_PER_LINE: Final = ("units", "kinds")
_ENOUGH: Final = 3
"""Orders of several lines from which they show what their amounts are."""
_MOSTLY: Final = 0.9


def goods_lines(
    frame: pd.DataFrame,
    side: SideColumns,
    troubles: ProblemCollector,
    *,
    per: str = "",
    lines_by: Sequence[str] = (),
) -> tuple[pd.DataFrame, np.ndarray]:
    """Return the orders with their lines joined, and which rows of the frame they begin in (positions).

    ``per``: that the amounts are those of an ``order`` or a ``line``, where it is known. ``lines_by``: side
    columns that name a line; a line that stands there twice counts once.
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
                    "It cannot be told whether the amount stands per order or per line "
                    "(only {n} order has several lines).",
                    "It cannot be told whether the amount stands per order or per line "
                    "(only {n} orders have several lines).",
                    n,
                ),
                or_teach(say("Export more days at a time.")),
            )
            return frame, everything
        is_once[name] = bool(per_order)
        said |= name == "amount" and bool(per_order)
    joined = _joined(split, is_once)
    troubles.note(
        say("An order stands in several lines, its amount on each; it was counted once.")
        if said
        else say("An order stands in several lines; their amounts were added up.")
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
    """Return what tells each row's goods: the title, and what else the file says of item, size and code."""
    import pandas as pd

    made = held["titles"].astype("str")
    for header in side.headers:
        if dimension_of(header) in GOODS or header in lines_by:
            column = side.column(header)
            made = made + "\x1f" + pd.Series(column.codes, index=held.index).astype("str")
    return made


def _filled_down(split: pd.DataFrame) -> pd.DataFrame:
    """Fill amounts and moments that stand on an order's first line only."""
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
    """Tell whether the amount is the order's; None when too few orders show it."""
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
    """Return one row an order with what its lines add up to."""
    import pandas as pd

    grouped = split.groupby("order", sort=False)
    made = {}
    for name in (*_MONEY, *_PER_LINE):
        if name in split:
            made[name] = grouped[name].first() if once.get(name) else grouped[name].sum(min_count=1)
    made["titles"] = grouped["titles"].agg(
        lambda texts: "，".join(dict.fromkeys(text for text in texts if text))
    )
    return pd.DataFrame(made)


def is_orders(sheet: type[Sheet]) -> bool:
    """Tell whether the sheet's rows may be lines of one order."""
    return sheet.key == ("order",)
