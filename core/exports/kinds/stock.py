"""千牛 发布模板 and stock lists of an ERP: what lies on the shelf, as it was when the file was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.exports.sheet import Column, Origin, Sheet
from core.language.wording import N_

if TYPE_CHECKING:
    import pandas as pd


class Stock(Sheet):
    """Stock by SKU at one moment; only the latest snapshot counts."""

    id = "stock"
    title = N_("Stock list")
    patterns = ("*发布模板*", "*库存*")
    how = "千牛 › 商品 › 批量导出商品（发布模板，含 SKU），或 ERP 的库存查询"
    key = ("date", "item", "sku")
    grain = "item, sku"
    days = 30
    snapshot = True
    gaps = ""
    needs = (("on_hand",), ("item", "sku"))
    wants = ("item", "sku", "price")
    must = ("date",)
    strangers = ("订单编号", "采购单号", "支付金额", "访客数")
    columns = (
        Column("date", "date", "日期", "统计日期"),
        Column("item", "id", "商品ID"),
        Column("title", "text", "商品标题", "商品名称"),
        Column("sku", "text", "skuId", "商品编码"),
        Column("sku_text", "text", "属性对", "规格"),
        Column("price", "money", "价格", "一口价"),
        Column("on_hand", "count", "数量", "可销数", "可用数", "主仓实际库存数", "总数量", "在库数"),
        Column("reserved", "count", "订单占有数", "待出"),
        Column("in_transit", "count", "采购在途数", "生产在途", "待入"),
        Column("cost", "money", "单价成本", "成本价"),
        Column("art_no", "text", "商家编码#2", "商家编码", "商品编码", "款式编码"),
        Column("item_art_no", "text", "商家编码", inner=True),
    )

    @classmethod
    def refine(cls, frame: pd.DataFrame, origin: Origin) -> pd.DataFrame:
        """A SKU without a code of its own goes by its item's; rows about neither are left out."""
        del origin
        if {"art_no", "item_art_no"} <= set(frame):
            frame["art_no"] = frame["art_no"].where(frame["art_no"] != "", frame["item_art_no"])
        named = [frame[name] != "" for name in ("item", "sku") if name in frame]
        return frame[named[0] | named[-1]]
