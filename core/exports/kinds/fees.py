"""Fee bills from 千牛 (收支账单, 支出账单): what the platform charged by day and kind of fee."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.exports.sheet import EVERY, Column, Origin, Sheet
from core.language.wording import N_

if TYPE_CHECKING:
    import pandas as pd


class Fees(Sheet):
    """Platform fees by day and kind; ``turnover`` is the amount on which a fee was charged, not a fee."""

    id = "fees"
    title = N_("Fee bill")
    patterns = ("*收支账单*", "*支出账单*", "*日汇总*")
    key = ("date", "category")
    grain = "day, category"
    days = 120
    gaps = ""
    daily = False
    needs = (("category",), ("net", "charged"))
    must = ("date", "category")
    strangers = ("订单编号", "退款编号", "商品ID", "计划ID", "访客数")
    adds = ("charged", "returned", "net", "turnover")
    attributes = (EVERY,)
    columns = (
        Column("date", "date", "日期", "账期"),
        Column("category", "text", "业务大类"),
        Column("charged", "money", "扣费金额合计(元)", "支出金额合计(元)", "账单金额"),
        Column("returned", "money", "退款金额合计(元)", "退款金额"),
        Column("net", "money", "本月付款"),
        Column("turnover", "money", "本月交易额"),
    )

    @classmethod
    def refine(cls, frame: pd.DataFrame, origin: Origin) -> pd.DataFrame:
        """Compute the net fee, if the file has none, as the amount charged less the amount returned."""
        del origin
        if "net" not in frame:
            back = frame["returned"].abs() if "returned" in frame else 0.0
            frame["net"] = frame["charged"].abs() - back
        return frame
