"""Daily shop reports of 生意参谋 (自助取数 and similar): one row per day for the whole shop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.exports.sheet import Column, Origin, Sheet
from core.language.wording import N_

if TYPE_CHECKING:
    import pandas as pd


class ShopDay(Sheet):
    """Daily figures of the shop: traffic, orders, buyers, ad costs, scores."""

    id = "shop_day"
    title = N_("Shop by day")
    patterns = ("*店铺整体日报*", "*自助取数*", "*每日流量*", "*宏观监控*")
    key = ("date",)
    grain = "day"
    days = 480
    """A year, a campaign with the quiet days after it, and the eight weeks before the same day last year."""
    blends = True
    needs = (("gmv", "visitors"), ("buyers", "visitors", "ordered_amount"))
    least = (("gmv", "visitors"),)
    wants = ("visitors", "gmv", "buyers")
    must = ("date",)
    strangers = (
        "商品ID", "主体ID", "SKUID", "SKU", "搜索词", "一级来源", "来源", "来源明细", "流量来源", "时段",
        "小时", "旺旺昵称", "统计时间", "计划ID", "订单编号", "货品成长阶段",
    )  # fmt: skip
    adds = (
        "gmv", "ordered_amount", "ordered_units", "units", "suborders", "cart_units", "pageviews", "old_gmv",
        "ads_whole", "ads_keyword", "ads_crowd", "ads_scene", "taoke_fee", "refund_amount",
        "refunded_of_day", "net_gmv",
    )  # fmt: skip
    attributes = ("platform",)
    columns = (
        Column("date", "date", "统计日期", "日期"),
        Column("visitors", "count", "访客数", "店铺访客数"),
        Column("pageviews", "count", "浏览量", "店铺浏览量"),
        Column("item_visitors", "count", "商品访客数"),
        Column("seconds", "seconds", "平均停留时长", "商品平均停留时长"),
        Column("bounce_rate", "rate", "跳失率"),
        Column("cart_buyers", "count", "加购人数", "商品加购人数"),
        Column("cart_units", "count", "加购件数", "商品加购件数"),
        Column("favourite_buyers", "count", "商品收藏买家数", "商品收藏人数"),
        Column("ordered_amount", "money", "下单金额"),
        Column("ordered_buyers", "count", "下单买家数"),
        Column("ordered_units", "count", "下单件数"),
        Column("gmv", "money", "支付金额"),
        Column("buyers", "count", "支付买家数"),
        Column("units", "count", "支付件数"),
        Column("suborders", "count", "支付子订单数"),
        Column("old_visitors", "count", "老访客数"),
        Column("new_visitors", "count", "新访客数"),
        Column("new_buyers", "count", "支付新买家数"),
        Column("old_buyers", "count", "支付老买家数"),
        Column("old_gmv", "money", "老买家支付金额"),
        Column("ads_whole", "money", "全站推广花费"),
        Column("ads_keyword", "money", "关键词推广花费", "直通车消耗", "直通车花费"),
        Column("ads_crowd", "money", "精准人群推广花费", "引力魔方花费", "钻石展位消耗", "钻展消耗"),
        Column("ads_scene", "money", "智能场景花费", "万相台花费"),
        Column("taoke_fee", "money", "淘宝客佣金"),
        Column("refund_amount", "money", "成功退款金额", "成功退货退款金额"),
        Column("refunded_of_day", "money", "退款金额（支付时间）"),
        Column("net_gmv", "money", "净支付金额"),
        Column("reviews_count", "count", "评价数"),
        Column("negative_reviews", "count", "负面评价数"),
        Column("members", "count", "会员总数"),
        Column("new_members", "count", "新增会员数"),
        Column("followers", "count", "关注店铺人数"),
        Column("score_item", "ratio", "描述相符评分"),
        Column("score_logistics", "ratio", "物流服务评分"),
        Column("score_service", "ratio", "服务态度评分"),
    )

    @classmethod
    def refine(cls, frame: pd.DataFrame, origin: Origin) -> pd.DataFrame:
        """Compute new buyers, if missing, as buyers minus returning buyers."""
        del origin
        if "new_buyers" not in frame and {"buyers", "old_buyers"} <= set(frame):
            frame["new_buyers"] = frame["buyers"] - frame["old_buyers"]
        return frame
