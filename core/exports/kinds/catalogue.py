"""A list of warehouse codes and their items, kept by hand or exported by the warehouse program."""

from __future__ import annotations

from core.exports.sheet import EVERY, Column, Sheet
from core.language.wording import N_


class Catalogue(Sheet):
    """Warehouse codes of goods, each with its item or style code; only the newest row of a code is used."""

    id = "catalogue"
    title = N_("Item codes")
    patterns = ("*catalogue*", "*编码对照*", "*商品资料*")
    key = ("code",)
    grain = "code"
    days = 3650
    lasting = True
    gaps = ""
    needs = (("code",), ("item",))
    least = (("code",), ("item", "item_code"))
    must = ("code", "date")
    strangers = (
        "订单编号", "内部订单号", "退款编号", "库存", "数量", "可用数", "支付金额", "访客数", "花费", "日期",
        "统计日期",
    )  # fmt: skip
    attributes = (EVERY,)
    columns = (
        Column("date", "date"),
        Column("code", "text", "编码", "code", "商品编码", "SKU编码"),
        Column("item", "id", "商品ID", "item"),
        Column("item_code", "text", "款式编码", "item_code", "款号"),
        Column("title", "text", "商品名称", "title"),
        Column("sku_text", "text", "颜色规格", "规格"),
        Column("cost", "money", "成本价", "cost"),
    )
