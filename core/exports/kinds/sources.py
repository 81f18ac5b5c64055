"""The traffic-source report of 生意参谋 (店铺来源), in the formats of 2018, 2023 and 2026.

The date is only in the file name. The tree of sources is a flat list with subtotals (汇总). Subtotals are
kept and marked, because they cannot be computed: a visitor may come from several sources of one branch. Names
are converted to those used since February 2024.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from core.exports.cells import fold, is_total
from core.exports.sheet import Column, Origin, Sheet
from core.language.wording import N_

if TYPE_CHECKING:
    import pandas as pd

LEVELS = ("level1", "level2", "level3", "level4")
RENAMED = {
    "直通车": "关键词推广",
    "引力魔方": "精准人群推广",
    "钻石展位": "精准人群推广",
    "超级推荐": "精准人群推广",
    "万相台": "智能场景",
}
"""Former names of paid sources, with their current names."""
_FORMERLY = re.compile(r"\(原.+\)$")


def current_name(name: str) -> str:
    """Return the current name of a source: ``关键词推广(原直通车)`` and ``直通车`` become ``关键词推广``."""
    plain = _FORMERLY.sub("", fold(name))
    return RENAMED.get(plain, plain)


class Sources(Sheet):
    """Visitors and sales by traffic source and day."""

    id = "sources"
    title = N_("Visitors by source")
    patterns = ("*店铺流量来源*", "*店铺来源*", "*流量来源构成*")
    key = ("date", "carrier", *LEVELS)
    scope = ("date", "carrier")
    grain = "day, source"
    days = 70
    totals = "keep"
    needs = (("level1",), ("visitors",))
    wants = ("gmv", "buyers")
    must = ("date",)
    strangers = (
        "跳出本店人数",
        "店内跳转人数",
        "浏览量占比",
        "商品ID",
        "流量指数",
        "搜索词",
        "流量指数(本店)",
    )
    adds = ("gmv", "ordered_amount")
    attributes = ("platform",)
    columns = (
        Column("date", "date", "统计日期", "日期"),
        Column("carrier", "text", "流量载体"),
        Column("level1", "text", "一级来源", "流量来源", "来源", keep=current_name),
        Column("level2", "text", "二级来源", "来源明细", keep=current_name),
        Column("level3", "text", "三级来源", keep=current_name),
        Column("level4", "text", "四级来源", keep=current_name),
        Column("visitors", "count", "访客数"),
        Column("new_visitors", "count", "新访客", "新访客数"),
        Column("buyers", "count", "支付买家数"),
        Column("gmv", "money", "支付金额"),
        Column("ordered_buyers", "count", "下单买家数"),
        Column("ordered_amount", "money", "下单金额"),
        Column("cart_buyers", "count", "加购人数"),
        Column("favourite_buyers", "count", "商品收藏人数", "收藏商品买家数", "收藏人数"),
        Column("subtotal", "flag"),
    )

    @classmethod
    def refine(cls, frame: pd.DataFrame, origin: Origin) -> pd.DataFrame:
        """Fill merged cells of the source levels, mark subtotals, and add a missing carrier column."""
        _fill_merged(frame)
        totals = {name: frame[name].map(_is_total).astype(bool) for name in LEVELS if name in frame}
        above = None
        for name, total in totals.items():
            above = total if above is None else above | total
            frame[name] = frame[name].mask(above, "")
        frame["subtotal"] = False if above is None else above
        if "carrier" not in frame:
            frame["carrier"] = _carrier(origin)
        return frame


def _is_total(name: str) -> bool:
    return bool(name) and is_total(name)


def _fill_merged(frame: pd.DataFrame) -> None:
    """Copy the level in a merged cell to the rows below it, until a row starts a new branch of the tree."""
    import numpy as np
    import pandas as pd

    fresh = pd.Series(data=False, index=frame.index)
    deeper = [name for name in ("carrier", *LEVELS) if name in frame]
    for place, name in enumerate(deeper[:-1]):
        here = frame[name] != ""
        below = np.logical_or.reduce([frame[other] != "" for other in deeper[place + 1 :]])
        fresh |= here
        gap = ~here & below
        if gap.any():
            groups = fresh.cumsum() if place else pd.Series(0, index=frame.index)
            filled = frame[name].where(here).groupby(groups).ffill()
            frame[name] = frame[name].mask(gap, filled).fillna("").astype("str")


def _carrier(origin: Origin) -> str:
    """Return the carrier (PC or 无线) named by the tab or file, as in old formats; "" if none."""
    said = f"{origin.page} {origin.file}"
    if "PC" in said.upper():
        return "PC"
    return "无线" if "无线" in said else ""
