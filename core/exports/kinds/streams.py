"""The shop's own live streams, one row each, with duration, viewers and sales.

Each platform's own headers are mapped by layouts; the headers declared here are those of a hand-kept table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.exports.sheet import EVERY, Column, Origin, Sheet
from core.language.wording import N_

if TYPE_CHECKING:
    import pandas as pd


class Streams(Sheet):
    """The shop's own live streams, by the time they began."""

    id = "streams"
    title = N_("Our live streams")
    patterns = ("*直播明细*", "*直播场次*")
    key = ("started", "host")
    grain = "stream"
    days = 28
    gaps = ""
    needs = (("started",), ("gmv",), ("viewers", "minutes"))
    wants = ("minutes", "viewers", "buyers")
    must = ("date", "started")
    strangers = ("商品ID", "订单编号", "退款编号", "计划ID", "搜索词")
    adds = ("gmv", "refund_amount", "ad_cost")
    attributes = (EVERY,)
    columns = (
        Column("date", "date"),
        Column("started", "time", "开播时间"),
        Column("host", "text", "主播"),
        Column("minutes", "count", "直播时长(分钟)"),
        Column("viewers", "count", "观看人数"),
        Column("buyers", "count", "直播成交人数"),
        Column("gmv", "money", "直播成交金额"),
        Column("refund_amount", "money", "直播退款金额"),
        Column("ad_cost", "money", "直播投放花费"),
    )

    @classmethod
    def refine(cls, frame: pd.DataFrame, origin: Origin) -> pd.DataFrame:
        """Add each stream's day: the day on which it began."""
        del origin
        frame["date"] = frame["started"].dt.normalize()
        return frame
