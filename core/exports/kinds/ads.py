"""Ad reports by item and plan: 商品报表 and 计划报表 of 万相台, and the older ones of 直通车."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.exports.kinds.sources import current_name
from core.exports.sheet import Column, Origin, Sheet
from core.language.wording import N_

if TYPE_CHECKING:
    import pandas as pd

PLAN_COLUMNS = (
    Column("date", "date", "日期", "统计日期", "时间"),
    Column("scene", "text", "场景名字", "场景名称", "营销场景", keep=current_name),
    Column("plan_id", "id", "计划ID"),
    Column("plan", "text", "计划名字", "计划名称", "推广计划名称", "推广计划", "计划基本信息"),
)
RESULT_COLUMNS = (
    Column("impressions", "count", "展现量", "展现", "展现数"),
    Column("clicks", "count", "点击量", "点击", "点击数"),
    Column("cost", "money", "花费", "消耗", "推广消耗"),
    Column("direct_gmv", "money", "直接成交金额", "直接引导成交金额"),
    Column("indirect_gmv", "money", "间接成交金额"),
    Column("gmv", "money", "总成交金额", "成交订单金额", "总引导成交金额"),
    Column("direct_orders", "count", "直接成交笔数"),
    Column("indirect_orders", "count", "间接成交笔数"),
    Column("orders", "count", "总成交笔数", "成交订单量", "总引导成交笔数"),
)


PARTITIONS = (
    "hour", "terminal", "slot", "region", "match", "unit", "scene",
    "原二级场景ID", "原二级场景名字", "流量来源",
)  # fmt: skip
"""Dimensions that divide a plan's day into parts that add up; reports by crowd or creative do not, as they
cover only part of a plan."""


class Ads(Sheet):
    """Ad results by day, from reports by item, by plan or for the whole account.

    The same money is in each of these reports, so they must never be added together.
    """

    id = "ads"
    title = N_("Ads by item and plan")
    patterns = ("*商品报表*", "*计划报表*", "*宝贝报表*", "*主体报表*", "*推广商品*")
    key = ("date", "report", "scene", "plan_id", "item")
    grain = "day, plan, item"
    days = 60
    needs = (("cost",), ("item", "plan", "plan_id"))
    least = (("cost",),)
    wants = ("impressions", "clicks", "gmv", "orders")
    must = ("date",)
    strangers = ("词名字/词包名字", "关键词", "品牌流量包", "订单编号")
    adds = (
        "impressions", "clicks", "cost", "direct_gmv", "indirect_gmv", "gmv", "net_gmv", "direct_orders",
        "indirect_orders", "orders", "carts", "favourites",
    )  # fmt: skip
    add_over = PARTITIONS
    attributes = ("brand", "category", "code", "platform", "order_type")
    keyed = ("plan", "item")
    whole_for = ("date", "report", "scene")
    weight = ("cost",)
    columns = (
        PLAN_COLUMNS[0],
        Column("report", "text"),
        *PLAN_COLUMNS[1:],
        Column("item", "id", "主体ID", "商品ID", "宝贝ID"),
        Column("item_title", "text", "主体名称", "商品名称", "宝贝名称"),
        Column("subject", "text", "主体类型", inner=True),
        *RESULT_COLUMNS,
        Column("carts", "count", "总购物车数", "添加购物车量"),
        Column("favourites", "count", "收藏宝贝数", "宝贝收藏数", "收藏宝贝量"),
        Column("new_buyers", "count", "成交新客数"),
        Column("net_gmv", "money", "净成交金额", "退款后成交金额"),
        Column("net_roi", "ratio", "净实际投产比", "净投产比", "退款后投产比", inner=True),
    )

    @classmethod
    def refine(cls, frame: pd.DataFrame, origin: Origin) -> pd.DataFrame:
        """Set each row's ``report`` to "item", "plan" or "whole" (the account), the level of the report.

        Reports of 万相台 also contain rows about other promoted subjects, such as videos; these are dropped.
        """
        by_plan = "plan" if {"plan", "plan_id"} & set(frame) else "whole"
        frame["report"] = "item" if "item" in frame else by_plan
        if "subject" in frame:
            frame = frame[frame["subject"].isin(("", "商品", "宝贝", "商品推广"))]
        return with_plan(with_net(with_gmv(frame)), origin)

    @classmethod
    def settle(cls, frame: pd.DataFrame) -> pd.DataFrame:
        """Where a day was imported both by plan and without plans, keep only the rows of the newer import.

        This is decided for each item and kind of report.
        """
        whole = (frame["plan_id"] == "") & (frame["scene"] == "")
        if not whole.any() or whole.all():
            return frame
        group = [frame["date"], frame["report"], frame["item"].where(frame["report"] == "item", "")]
        rank = frame["_rank"]
        newest_whole = rank.where(whole, -1).groupby(group).transform("max")
        newest_part = rank.where(~whole, -1).groupby(group).transform("max")
        return frame[whole == (newest_whole > newest_part)]


def with_gmv(frame: pd.DataFrame) -> pd.DataFrame:
    """Compute the columns of total sales and orders, if missing, as direct plus indirect ones."""
    for total, parts in (
        ("gmv", ("direct_gmv", "indirect_gmv")),
        ("orders", ("direct_orders", "indirect_orders")),
    ):
        if total not in frame and set(parts) <= set(frame):
            frame[total] = frame[parts[0]] + frame[parts[1]]
    return frame


def with_net(frame: pd.DataFrame) -> pd.DataFrame:
    """Compute net sales, if missing, as net return times cost."""
    if "net_gmv" not in frame and "net_roi" in frame:
        frame["net_gmv"] = (frame["net_roi"] * frame["cost"]).round(2)
    return frame


def with_plan(frame: pd.DataFrame, origin: Origin) -> pd.DataFrame:
    """Use plan names as plan ids if the file has no ids, and fill in the scene of reports of 直通车.

    The scene (the kind of ad) is 直通车 under its current name; it is set only if the file has none.
    """
    if "plan_id" not in frame and "plan" in frame:
        frame["plan_id"] = frame["plan"]
    if "scene" not in frame and any("(分)" in header for header in origin.headers):
        frame["scene"] = current_name("直通车")
    return frame
