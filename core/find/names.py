"""Names of daily figures as people type them, in every language, including trade jargon."""

from __future__ import annotations

from functools import cache
from typing import Final

from core.find.normalize import folded
from core.language.wording import in_every_language
from core.measures.metrics import NAMES

OF_THE_DAY: Final = (
    "gmv", "visitors", "buyers", "conversion", "aov", "cart_rate", "bounce_rate", "depth", "returning",
    "paid_share", "refund_amount", "negative_reviews", "cost", "clicks", "ctr", "cpc", "roi",
    "service_conversion", "first_response_s", "average_response_s", "target_share",
)  # fmt: skip
"""The metrics of :mod:`core.measures.metrics` that have one value per day for the whole shop."""
_CALLED: Final[dict[str, tuple[str, ...]]] = {
    "gmv": ("销售额", "支付金额", "成交额", "成交金额", "成交", "营业额", "业绩", "sold"),
    "visitors": ("uv", "访客", "访客数", "流量", "traffic"),
    "buyers": ("买家数", "买家", "支付买家数", "支付人数"),
    "conversion": ("cvr", "转化", "转化率", "支付转化率", "conversion rate"),
    "aov": ("客单", "客单价"),
    "cart_rate": ("加购率", "cart rate"),
    "bounce_rate": ("跳失率", "跳出率", "bounce"),
    "depth": ("人均浏览量", "访问深度", "浏览深度"),
    "returning": ("老访客占比", "回访占比"),
    "paid_share": ("支付率", "下单支付率"),
    "refund_amount": ("退款", "退款金额"),
    "negative_reviews": ("差评", "差评数"),
    "cost": ("花费", "消耗", "推广费", "推广花费", "广告费", "spend"),
    "clicks": ("点击", "点击量", "点击数"),
    "ctr": ("点击率", "click rate"),
    "cpc": ("ppc", "点击花费", "平均点击花费"),
    "roi": ("投产", "投产比", "投入产出比", "roas"),
    "target_share": ("达成", "达成率", "目标达成", "目标达成率", "完成率", "target", "of target"),
    "service_conversion": ("询单转化率", "客服转化率"),
    "first_response_s": ("首响", "首次响应"),
    "average_response_s": ("响应", "平均响应"),
}


def metric_of(name: str) -> str | None:
    """Return the metric that the name stands for; None if it is not the name of a daily figure."""
    return _by_name().get(folded(name))


def known_names() -> tuple[str, ...]:
    """Return one name for every daily figure that can be searched for, in the current language."""
    from core.language.wording import say

    return tuple(dict.fromkeys(say(NAMES[metric]) for metric in OF_THE_DAY))


@cache
def _by_name() -> dict[str, str]:
    found: dict[str, str] = {}
    for metric in OF_THE_DAY:
        for name in (metric, *_CALLED.get(metric, ()), *in_every_language(NAMES[metric])):
            found.setdefault(folded(name), metric)
    return found
