"""Hourly figures of the shop: visitors, sales, ad cost.

No real download was available: the headers are those of the sample shop.
"""

from __future__ import annotations

from core.exports.sheet import Column, Sheet
from core.language.wording import N_


class Hours(Sheet):
    """The shop's figures by hour, up to the current hour of today."""

    id = "hours"
    title = N_("Shop by hour")
    patterns = ("*分时*", "*小时*")
    key = ("date", "hour")
    grain = "day, hour"
    days = 35
    needs = (("hour",), ("gmv", "visitors", "ad_cost"))
    wants = ("gmv", "buyers", "ad_cost")
    must = ("date", "hour")
    strangers = ("商品ID", "搜索词", "旺旺昵称", "词名字/词包名字")
    adds = ("gmv", "ad_cost", "ad_clicks")
    attributes = ("platform",)
    keyed = ("hour",)
    columns = (
        Column("date", "date", "日期", "统计日期"),
        Column("hour", "hour", "时段", "小时", "时间段"),
        Column("visitors", "count", "访客数"),
        Column("ordered_buyers", "count", "下单买家数"),
        Column("buyers", "count", "支付买家数"),
        Column("gmv", "money", "支付金额"),
        Column("ad_cost", "money", "花费", "消耗"),
        Column("ad_clicks", "count", "点击量"),
    )
