"""优惠券 by day: how many were taken and used."""

from __future__ import annotations

from core.exports.sheet import Column, Sheet
from core.language.wording import N_


class Coupons(Sheet):
    """Coupons by day and name."""

    id = "coupons"
    title = N_("Coupons")
    patterns = ("*优惠券*",)
    how = "千牛 › 营销 › 优惠券 › 效果数据"
    key = ("date", "coupon")
    grain = "day, coupon"
    days = 30
    needs = (("coupon",), ("taken",), ("used",))
    must = ("date", "coupon")
    columns = (
        Column("date", "date", "日期", "统计日期"),
        Column("coupon", "text", "优惠券名称"),
        Column("taken", "count", "领取张数"),
        Column("used", "count", "使用张数"),
    )
