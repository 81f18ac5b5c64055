"""The refund list of 千牛 (退款单): all refunds with their reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.exports.sheet import EVERY, Column, Origin, Sheet
from core.language.wording import N_

if TYPE_CHECKING:
    import pandas as pd


class Refunds(Sheet):
    """Refunds, dated by the day they were requested."""

    id = "refunds"
    title = N_("Refund list")
    patterns = ("*退款单*", "*退款*", "*退货*")
    key = ("refund",)
    grain = "refund"
    days = 120
    gaps = ""
    needs = (("refund",), ("applied", "closed"), ("amount",))
    wants = ("applied", "closed", "status", "reason", "item")
    must = ("refund", "date")
    adds = ("amount",)
    attributes = (EVERY,)
    columns = (
        Column("refund", "id", "退款编号"),
        Column("order", "id", "订单编号"),
        Column("date", "date"),
        Column("paid", "time", "订单付款时间"),
        Column("applied", "time", "退款申请时间"),
        Column("closed", "time", "退款完结时间"),
        Column("paid_amount", "money", "买家实际支付金额"),
        Column("amount", "money", "退款总额", "退给买家金额", "退款金额"),
        Column("title", "text", "宝贝标题"),
        Column("item", "id", "商品ID"),
        Column("sku", "text", "商品sku信息"),
        Column("full_or_part", "text", "部分退款/全额退款"),
        Column("status", "text", "退款状态"),
        Column("goods_state", "text", "货物状态"),
        Column("reason", "text", "买家退款原因", "退款原因"),
        Column("stage", "text", "售中或售后"),
        Column("responsible", "text", "责任方"),
        Column("art_no", "text", "商家编码"),
        Column("kind", "text", "售后类型"),
        Column("answer_by", "time", "超时时间", "退款超时时间"),
        Column("platform_amount", "money", "退给平台金额"),
        Column("sent_number", "text", "发货物流单号"),
        Column("back_number", "text", "退货物流单号"),
        Column("explained", "text", "买家退款说明", private=True),
        Column("alipay", "text", "支付宝交易号", private=True),
        Column("address", "text", "卖家退货地址", private=True),
        Column("phone", "text", "卖家电话", private=True),
        Column("mobile_phone", "text", "卖家手机", private=True),
        Column("seller", "text", "卖家真实姓名", private=True),
    )

    @classmethod
    def refine(cls, frame: pd.DataFrame, origin: Origin) -> pd.DataFrame:
        """Add each refund's day: when it was requested, else when it was closed."""
        del origin
        asked = frame["applied"] if "applied" in frame else frame["closed"]
        frame["date"] = asked.fillna(frame.get("closed", asked)).dt.normalize()
        return frame
