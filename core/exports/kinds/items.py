"""The item report of 生意参谋 (商品排行): daily figures of every item."""

from __future__ import annotations

from core.exports.sheet import Column, Sheet
from core.language.wording import N_


class Items(Sheet):
    """Traffic, carts and sales of every item by day."""

    id = "items"
    title = N_("Items by day")
    patterns = ("*商品_全部_*", "*商品排行*")
    key = ("date", "item")
    grain = "day, item"
    days = 70
    needs = (("item",), ("visitors", "gmv"))
    wants = ("visitors", "gmv", "buyers", "units", "cart_buyers")
    must = ("date", "item")
    strangers = (
        "推广消耗",
        "主体ID",
        "计划ID",
        "订单编号",
        "咨询人数",
        "货品成长阶段",
        "词类型",
        "花费",
    )
    adds = (
        "gmv", "units", "ordered_units", "ordered_amount", "cart_units", "pageviews", "refund_amount",
        "old_gmv",
    )  # fmt: skip
    attributes = ("brand", "category", "code", "platform")
    keyed = ("item",)
    whole_for = ("date",)
    weight = ("gmv", "visitors")
    columns = (
        Column("date", "date", "统计日期", "日期"),
        Column("item", "id", "商品ID"),
        Column("title", "text", "商品名称", "商品标题"),
        Column("parent", "id", "主商品ID"),
        Column("status", "text", "商品状态"),
        Column("tag", "text", "商品标签"),
        Column("art_no", "text", "货号"),
        Column("visitors", "count", "商品访客数", "访客数"),
        Column("pageviews", "count", "商品浏览量", "浏览量"),
        Column("seconds", "seconds", "平均停留时长"),
        Column("bounce_rate", "rate", "商品详情页跳出率"),
        Column("favourites", "count", "商品收藏人数", "收藏人数"),
        Column("cart_units", "count", "商品加购件数", "加购件数"),
        Column("cart_buyers", "count", "商品加购人数", "加购人数"),
        Column("ordered_buyers", "count", "下单买家数"),
        Column("ordered_units", "count", "下单件数"),
        Column("ordered_amount", "money", "下单金额"),
        Column("buyers", "count", "支付买家数"),
        Column("units", "count", "支付件数"),
        Column("gmv", "money", "支付金额"),
        Column("new_buyers", "count", "支付新买家数"),
        Column("old_buyers", "count", "支付老买家数"),
        Column("old_gmv", "money", "老买家支付金额"),
        Column("refund_amount", "money", "成功退款金额"),
        Column("search_visitors", "count", "搜索引导访客数"),
        Column("search_buyers", "count", "搜索引导支付买家数"),
    )
