"""The order list of 千牛 (ExportOrderList). Names, phone numbers and addresses are dropped while reading."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from core.exports.sheet import EVERY, Column, Origin, Sheet
from core.language.wording import N_, plural

if TYPE_CHECKING:
    import pandas as pd

_PROVINCES = (
    "北京", "天津", "上海", "重庆", "河北", "山西", "辽宁", "吉林", "黑龙江", "江苏", "浙江", "安徽",
    "福建", "江西", "山东", "河南", "湖北", "湖南", "广东", "海南", "四川", "贵州", "云南", "陕西", "甘肃",
    "青海", "台湾", "内蒙古", "广西", "西藏", "宁夏", "新疆", "香港", "澳门",
)  # fmt: skip
_PROVINCE = re.compile("|".join(_PROVINCES))


def province(address: str) -> str:
    """Return the province an address starts with, dropping the rest; "" if not recognized."""
    plain = address.strip("[('\"= ").removeprefix("中国").strip()
    if found := _PROVINCE.match(plain):
        return found[0]
    first = plain.split()[0] if plain else ""
    return first[:-1] if 2 < len(first) < 8 and first.endswith("省") else ""  # noqa: PLR2004 - length of a province's name


class Orders(Sheet):
    """Orders, dated by their day of payment or, while unpaid, of creation."""

    id = "orders"
    title = N_("Order list")
    patterns = ("ExportOrderList*", "*订单*", "*order_report*")
    key = ("order",)
    grain = "order"
    days = 90
    drifts = 30
    gaps = "created"
    outliers = ("amount",)
    needs = (("order",), ("created", "paid"), ("amount", "paid_amount"))
    wants = ("amount", "paid_amount", "created", "paid")
    must = ("order", "date")
    strangers = ("退款编号", "子订单编号", "外部系统编号", "标题")
    adds = ("amount", "paid_amount", "kinds", "units", "refund_amount")
    attributes = (EVERY,)
    columns = (
        Column("order", "id", "订单编号", "主订单编号", "订单号"),
        Column("date", "date"),
        Column("created", "time", "订单创建时间", "创建时间"),
        Column("paid", "time", "订单付款时间", "付款时间"),
        Column("picked_up", "time", "揽收时间", "快递揽收时间"),
        Column("amount", "money", "总金额", "买家应付货款"),
        Column("paid_amount", "money", "买家实际支付金额", "买家实付金额"),
        Column("status", "text", "订单状态"),
        Column("titles", "text", "宝贝标题", "商品标题"),
        Column("kinds", "count", "宝贝种类"),
        Column("units", "count", "宝贝总数量", "购买数量"),
        Column("region", "text", "收货地址", "收货省份", "省份", keep=province),
        Column("buyer", "text", "买家会员名", "买家昵称"),
        Column("refund_amount", "money", "退款金额"),
        Column("confirmed", "time", "确认收货时间"),
        Column("close_reason", "text", "订单关闭原因"),
        Column("sent", "time", "发货时间"),
        Column("sent_number", "text", "物流单号"),
        Column("mobile", "text", "是否手机订单"),
        Column("item", "id", "商品ID"),
        Column("goods", "text"),
        Column("alipay", "text", "买家支付宝账号", private=True),
        Column("receiver", "text", "收货人姓名", private=True),
        Column("phone", "text", "联系电话", private=True),
        Column("mobile_phone", "text", "联系手机", private=True),
        Column("message", "text", "买家留言", private=True),
        Column("memo", "text", "订单备注", private=True),
        Column("new_address", "text", "修改后的收货地址", private=True),
    )

    @classmethod
    def undated(cls, n: int) -> str:
        """Return the message that ``n`` orders were left out because they have no payment time."""
        return plural(
            "{n} order without a payment time was left out because it was not paid.",
            "{n} orders without a payment time were left out because they were not paid.",
            n,
        )

    @classmethod
    def refine(cls, frame: pd.DataFrame, origin: Origin) -> pd.DataFrame:
        """Add each order's day, and replace buyer names by irreversible hashes."""
        import pandas as pd

        missing = pd.Series(pd.NaT, index=frame.index, dtype="datetime64[ns]")
        paid, created = frame.get("paid", missing), frame.get("created", missing)
        frame["date"] = paid.fillna(created).dt.normalize()
        if "buyer" in frame:
            codes, names = pd.factorize(frame["buyer"])
            hashed = [pseudonym(str(name), origin.salt) for name in names]
            frame["buyer"] = pd.Series(hashed, dtype="str").array.take(codes)
        if "item" in frame:
            frame["goods"] = goods_of(frame)
        return frame


def goods_of(frame: pd.DataFrame) -> pd.Series:
    """Return the item, units and amount of each row as one text: ``61000001:2:59.0``; "" without an item.

    Later, when the rows of an order of several goods are merged, their texts are joined with ``;``.
    """
    import pandas as pd

    parts = frame["item"].astype("str")
    for name in ("units", "amount"):
        figures = frame[name] if name in frame else pd.Series(float("nan"), index=frame.index)
        parts = parts + ":" + figures.map("{:.12g}".format).replace("nan", "")
    return parts.where(frame["item"] != "", "").astype("str")


def pseudonym(name: str, salt: bytes) -> str:
    """Return a keyed hash (16 hex digits) of the name, valid only within this shop; "" for an empty name."""
    return hashlib.blake2b(name.encode(), key=salt[:64], digest_size=8).hexdigest() if name else ""
