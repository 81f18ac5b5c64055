"""The keyword report of 万相台 (关键词报表), and the older one of 直通车: cost and results by keyword."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from core.exports.kinds.ads import PARTITIONS, PLAN_COLUMNS, RESULT_COLUMNS, with_gmv, with_plan
from core.exports.sheet import Column, Origin, Sheet
from core.language.wording import N_

if TYPE_CHECKING:
    import pandas as pd


class Keywords(Sheet):
    """Ad results by day and keyword; a keyword can occur in many plans and items."""

    id = "keywords"
    title = N_("Keywords by day")
    patterns = ("*关键词报表*", "*推广关键词*", "*关键词*")
    key = ("date", "scene", "plan_id", "unit_id", "item", "word_type", "word")
    grain = "day, plan, unit, item, word"
    days = 60
    needs = (("word",), ("cost",), ("clicks", "impressions"))
    wants = ("impressions", "clicks", "gmv", "orders", "item")
    coded = True
    unread = (
        "plan_id", "plan", "unit_id", "unit", "word_type", "word_id",
        "direct_gmv", "direct_orders", "indirect_gmv", "indirect_orders", "carts",
    )  # fmt: skip
    must = ("date", "word")
    strangers = ("搜索人气",)
    adds = (
        "impressions", "clicks", "cost", "direct_gmv", "indirect_gmv", "gmv", "direct_orders",
        "indirect_orders", "orders", "carts",
    )  # fmt: skip
    weighted = MappingProxyType({"rank": "impressions"})
    add_over = PARTITIONS
    attributes = ("brand", "category", "code", "platform")
    keyed = ("word", "plan", "unit", "item")
    whole_for = ("date", "scene")
    weight = ("cost",)
    columns = (
        *PLAN_COLUMNS,
        Column("unit_id", "id", "单元ID", "推广单元ID"),
        Column("unit", "text", "单元名字", "单元名称", "推广单元名称"),
        Column("item", "id", "宝贝ID", "商品ID", "主体ID"),
        Column("item_title", "text", "宝贝名称", "商品名称", "主体名称"),
        Column("word_type", "text", "词类型"),
        Column("word_id", "id", "词ID/词包ID", "词ID", "关键词ID"),
        Column("word", "text", "词名字/词包名字", "词名字", "关键词", "关键词名称", "关键词名字"),
        *(column for column in RESULT_COLUMNS if column.name != "orders"),
        Column("orders", "count", "总成交笔数", "成交订单量"),
        Column("carts", "count", "总购物车数"),
        Column("rank", "ratio", "平均展现排名", "平均排名"),
    )

    @classmethod
    def refine(cls, frame: pd.DataFrame, origin: Origin) -> pd.DataFrame:
        """Fill in what old reports lack: the word type, and the ids of ad units (their names are used)."""
        if "word_type" not in frame:
            frame["word_type"] = "关键词"
        if "unit_id" not in frame and "unit" in frame:
            frame["unit_id"] = frame["unit"]
        return with_plan(with_gmv(frame), origin)
