"""Header rows of the platforms' files exactly as seen, with brackets, trailing spaces and lower case."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

HERE = Path(__file__).parent


@lru_cache(maxsize=1)
def _all() -> dict[str, list[str]]:
    read: dict[str, list[str]] = json.loads((HERE / "layouts.json").read_text(encoding="utf-8"))
    return read


def layout(name: str) -> list[str]:
    """Return the headers of a layout, e.g. ``layout("sycm_item_rank")``."""
    return _all()[name]


def keyword_report() -> list[str]:
    """Return the keyword report's headers: its own first columns, the item report's last ones, the rank."""
    tail = layout("wxt_item_report")
    return [*layout("wxt_keyword_report_lead"), *tail[tail.index("千次展现花费") + 1 :], "平均展现排名"]


REVIEWS = [
    "评论内容",
    "追加评论",
    "评分",
    "日期",
    "SKU",
    "用户昵称",
    "商家回复",
    "平台",
    "商品ID",
    "商品标题",
]
HOURS = ["日期", "时段", "访客数", "支付买家数", "支付金额", "下单买家数", "花费", "点击量"]
SERVICE_TAIL = ["汇总值", "平均值", "全店汇总值", "全店平均值", "同行同层优秀", "同行同层均值"]
FEE_BILL = [
    "日期",
    "业务大类",
    "开票方向",
    "币种",
    "账单金额",
    "本月付款",
    "本月交易额",
    "扣费金额合计 (元）",
    "退款金额",
    "支出金额合计（元）",
    "退款金额合计 (元）",
]
"""HOURS and the last two columns of REVIEWS are invented, as no such export was available."""
