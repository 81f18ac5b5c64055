"""Stock lists: the goods template of 千牛 (发布模板) and lists of an ERP, at the time of the export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.exports.sheet import Column, Origin, Sheet
from core.language.wording import N_, plural

if TYPE_CHECKING:
    import pandas as pd


_FEW = 0.05
"""The share of rows in which more units may be available than are in stock, as with virtual stock."""


class Stock(Sheet):
    """Stock by SKU at one moment; only the latest snapshot is used."""

    id = "stock"
    title = N_("Stock list")
    patterns = ("*发布模板*", "*库存*")
    key = ("date", "item", "sku")
    grain = "item, sku"
    days = 30
    snapshot = True
    gaps = ""
    weight = ("on_hand",)
    needs = (("physical", "available"), ("item", "sku", "art_no", "item_code"))
    wants = ("sku", "price")
    must = ("date",)
    strangers = (
        "订单编号", "采购单号", "支付金额", "访客数", "订单号", "主订单编号", "子订单编号", "内部订单号",
        "线上订单号", "原始线上订单号", "线上子订单编号", "平台订单号", "平台单号", "出库单号", "入库单号",
        "售后单号", "下单时间", "付款时间", "付款日期", "销售数量", "销售金额", "退货数量",
    )  # fmt: skip
    adds = ("physical", "available", "on_hand", "reserved", "in_transit")
    constant = ("price", "cost")
    add_over = ("warehouse",)
    attributes = ("item", "sku", "code", "brand", "category", "platform", "order_type")
    columns = (
        Column("date", "date", "日期", "统计日期"),
        Column("item", "id", "商品ID"),
        Column("title", "text", "商品标题", "商品名称", "货品名称", "品名"),
        Column("sku", "text", "skuId", "商品编码"),
        Column("sku_text", "text", "属性对", "规格", "规格名称", "货品规格"),
        Column("price", "money", "价格", "一口价"),
        Column(
            "physical",
            "count",
            "主仓实际库存数",
            "实际库存数",
            "数量",
            "总数量",
            "在库数",
            "库存",
            "库存数量",
            "总库存",
            "账面库存",
            "实际库存",
            "现有库存",
            "库存数",
            "库存总量",
            "实盘数量",
        ),
        Column(
            "available",
            "count",
            "可用数",
            "可用库存",
            "可售库存",
            "可销数",
            "可配货库存",
            "可发库存",
            "公有可用数",
            "可配库存",
            "可用数量",
            "可销库存",
            "实际可用库存",
        ),
        Column("on_hand", "count"),
        Column(
            "reserved",
            "count",
            "订单占有数",
            "订单占有",
            "占用",
            "待出",
            "锁定数量",
            "锁定库存",
            "占用库存",
            "待出库数",
            "待发货数",
            "冻结库存",
            "预占数量",
        ),
        Column(
            "in_transit",
            "count",
            "采购在途数",
            "生产在途",
            "待入",
            "采购在途",
            "在途数量",
            "在途库存",
            "在途数",
        ),
        Column(
            "cost",
            "money",
            "单价成本",
            "成本价",
            "单位成本",
            "库存成本价",
            "含税成本价",
            "固定成本价",
            "采购价",
        ),
        Column("art_no", "text", "商家编码#2", "商家编码", "商品编码"),
        Column("item_code", "text", "款式编码", "货品编号", "货号", "款号"),
        Column("item_art_no", "text", "商家编码", inner=True),
    )

    @classmethod
    def remarks(cls, frame: pd.DataFrame) -> tuple[str, ...]:
        """Report rows where more can be sold than is in stock: the columns are probably mixed up."""
        both = frame[frame["physical"].notna() & frame["available"].notna()]
        more = int((both["available"] > both["physical"]).sum())
        if more <= _FEW * len(both):
            return ()
        return (
            plural(
                "In {n} of {all} rows, the quantity for sale is larger than the quantity in stock: were "
                "both columns chosen correctly?",
                "In {n} of {all} rows, the quantity for sale is larger than the quantity in stock: were "
                "both columns chosen correctly?",
                more,
                all=len(both),
            ),
        )

    @classmethod
    def refine(cls, frame: pd.DataFrame, origin: Origin) -> pd.DataFrame:
        """Set the units on hand and fill in missing SKUs; rows with neither item nor SKU are left out.

        A list contains the physical stock, the available stock, or both; the units on hand are the physical
        stock or, where it is missing, the available stock. ``reserved`` is a part of the difference between
        physical and available stock.
        """
        del origin
        frame["on_hand"] = _either(frame, "physical", "available")
        if {"art_no", "item_art_no"} <= set(frame):
            frame["art_no"] = frame["art_no"].where(frame["art_no"] != "", frame["item_art_no"])
        if "sku" not in frame and "sku_text" in frame and "item" in frame:
            frame["sku"] = frame["sku_text"]
        codes = [name for name in ("art_no", "item_code") if name in frame]
        if codes and "sku" not in frame and "item" not in frame:
            frame["sku"] = frame[codes[0]]
        named = [frame[name] != "" for name in ("item", "sku") if name in frame]
        return frame[named[0] | named[-1]]


def _either(frame: pd.DataFrame, first: str, second: str) -> pd.Series:
    """Return the first column, with its missing values taken from the second."""
    if first not in frame:
        return frame[second].copy()
    return frame[first].fillna(frame[second]) if second in frame else frame[first].copy()
