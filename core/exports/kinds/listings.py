"""Item listings of other shops on a day, as saved by a monitoring tool (店透视, 竞店列表 …)."""

from __future__ import annotations

from core.exports.sheet import EVERY, Column, Sheet
from core.language.wording import N_


class Listings(Sheet):
    """Item listings of other shops by day. Counts are kept as displayed: "2000+" means at least 2000."""

    id = "listings"
    title = N_("Rivals' listings")
    patterns = ("*rival*", "*竞店*", "*竞品*", "*listings*")
    key = ("date", "shop", "item")
    grain = "day, shop, item"
    days = 30
    gaps = ""
    needs = (("item",), ("shop",), ("price",), ("title",))
    wants = ("sold", "reviews")
    must = ("date", "item", "shop")
    strangers = (
        "订单编号",
        "访客数",
        "商品访客数",
        "支付金额",
        "支付买家数",
        "花费",
        "计划ID",
        "搜索词",
        "skuId",
        "数量",
        "可销数",
        "买家会员名",
    )
    attributes = (EVERY, "shop", "shop_id")
    columns = (
        Column("date", "date", "update_time", "日期", "采集日期", "更新时间"),
        Column("item", "id", "id", "商品ID", "宝贝ID"),
        Column("title", "text", "title", "商品标题", "宝贝标题", "标题"),
        Column("price", "money", "price", "价格", "到手价", "券后价", "现价"),
        Column("sold", "text", "sale_count", "销量", "月销量", "付款人数"),
        Column("reviews", "text", "comment_count", "评论数", "评价数", "累计评价"),
        Column("shop", "text", "店名", "店铺", "店铺名称", "掌柜名"),
    )
